"""The form of a document: the shipped one, or the school's own from a folder that the user named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.publish.dossier import DOCUMENTS, compulsory, shape
from antq_review.publish.dossier.field_schema import shape_of
from antq_review.publish.word.active_content import live_parts
from antq_review.publish.word.form_policy import Known, checked
from antq_review.publish.word.layout_fields import LayoutFields
from antq_review.publish.word.open_docx import MAX_FORM_XML, parts_of
from antq_review.publish.word.pictures import large_pictures
from antq_review.shipped import shipped
from antq_review.text import tell

_CODE = re.compile(r"D(\d{1,2})(?![0-9A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Form:
    """A form that may be filled: its bytes, its name, the fields of the dossier that it prints."""

    name: str
    content: bytes
    used: frozenset[str]


def known_fields(code: str) -> Known:
    """All fields that a form of that document may use, with their shapes."""
    return shape(code) | shape_of(LayoutFields)


def shipped_form(code: str) -> Path:
    """The form of the document that is part of the package."""
    return shipped("data_templates") / "bieu_word" / f"{DOCUMENTS[code].slug}.docx"


def own_forms(folder: Path, evidence: Path) -> dict[str, Path]:
    """Document → the school's own form; the file's name begins with the document's code (`D3.docx`, `D03_bao_cao_124.docx`).

    Raises UsageError for a missing folder or one without forms, for a folder inside the evidence folder (a form is a
    program, and must not come in together with evidence), for a name without the code of a document, and for two forms
    of one document.
    """
    if not folder.is_dir():
        raise UsageError(tell("word.no_forms", path=folder))
    if folder.resolve().is_relative_to(evidence.resolve()):
        raise UsageError(tell("word.forms_inside", path=folder, folder=evidence))
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() != ".docx" or path.name.startswith(("~$", ".")):
            continue  # no form, or the lock file that Word puts beside an open document
        named = _CODE.match(path.name)
        code = f"D{int(named[1])}" if named else ""
        if code not in DOCUMENTS:
            raise UsageError(tell("word.form_name", name=path.name, known=", ".join(DOCUMENTS)))
        if code in found:
            raise UsageError(tell("word.two_forms", code=code, first=found[code].name, second=path.name))
        found[code] = path
    if not found:
        raise UsageError(tell("word.no_forms", path=folder))
    return found


def load_form(code: str, own: Path | None = None) -> Form:
    """The form, after the check of its parts and of its code. Raises CannotDo with every fault."""
    return _checked(code, own) if own else _shipped(code)


@cache
def _shipped(code: str) -> Form:
    """The package's own form; it does not change while the program runs."""
    return _checked(code, shipped_form(code))


def _checked(code: str, path: Path) -> Form:
    parts = parts_of(path, MAX_FORM_XML)
    faults = [*live_parts(parts), *large_pictures(path)]
    if faults:
        raise CannotDo(tell("word.form_refused", form=path.name, why=" ".join(faults)))
    content = path.read_bytes()
    return Form(path.name, content, frozenset(checked(content, path.name, known_fields(code), compulsory(code))))
