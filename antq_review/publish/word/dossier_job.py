"""The documents of one dossier, all or none: forms are checked, then filled beside their place, then moved there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from antq_review.errors import CannotDo, NotFinal
from antq_review.files import write_whole
from antq_review.package.summarise import code_of
from antq_review.places.lock import locked
from antq_review.places.manifest import MANIFEST, manifest_bytes, read_manifest, sha256_of
from antq_review.places.move import move_set
from antq_review.places.names import INSIDE, PUBLIC
from antq_review.places.staging import staging
from antq_review.places.versions import year_folder
from antq_review.publish.dossier import DOCUMENTS, DocumentFields, DossierFields, missing
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import Form, load_form
from antq_review.publish.word.layout_fields import with_marks
from antq_review.publish.word.pdf import office, to_pdf
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.incident_record import IncidentRecord
from antq_review.text import say, tell

#: File → its entry in the manifest. Nothing is known of the entry: it is JSON from the disk, which a person may have changed.
_Entries: TypeAlias = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Order:
    """The documents to make, and how. `own`: document → the school's own form. `incident`: for D11.

    `texts`: those of the final version that the documents belong to; empty: all in force.
    """

    codes: tuple[str, ...]
    final: bool = False
    public: bool = False
    own: dict[str, Path] = field(default_factory=dict)
    pdf: bool = False
    incident: IncidentRecord | None = None
    texts: str = ""


@dataclass
class Made:
    """The finished files (name → path), and the gaps of each document that a person must still fill."""

    paths: dict[str, Path]
    open_places: dict[str, list[str]]


def write_dossier(
    review: Review, previous: Review | None, order: Order, out: Path, step: Callable[[str], None] = lambda _: None
) -> Made:
    """Make the documents of an order below `OUT/<school code>/<year>/ho_so/` (public copies: `ho_so_cong_khai/`).

    Raises NotFinal where a final version is ordered and a gap is left. Raises CannotDo for a refused form, where a
    draft or a different final version would replace a final version, and where a document was edited after this tool
    made it.
    """
    program = office() if order.pdf else ""
    target = year_folder(out, review.school.code, review.year)
    place = target / (PUBLIC if order.public else INSIDE)
    forms = {code: load_form(code, order.own.get(code)) for code in order.codes}
    dossier = DossierFields(review, previous, order.public)
    values = {code: dossier.fields(code, order.incident if code == "D11" else None) for code in order.codes}
    left = {code: _left(values[code], forms[code]) for code in order.codes}
    if order.final and any(left.values()):
        reasons = tuple(tell("word.left", code=code, text=text) for code, texts in left.items() for text in texts)
        raise NotFinal(tell("word.not_final", count=len(reasons)), reasons)
    names = {code: _file_name(code, order.incident) for code in order.codes}
    with locked(target), staging(target) as workshop:
        known = _entries_of(place)
        _refuse_overwriting(place, list(names.values()), known, order)
        for code in order.codes:
            step(say("word.step", code=code))
            marked = with_marks(values[code], not order.final, DOCUMENTS[code].is_landscape)
            write_whole(workshop / names[code], fill(forms[code].content, marked, forms[code].name))
        if order.pdf:
            step(say("word.step_pdf"))
            to_pdf(sorted(workshop.glob("*.docx")), program)
        _refuse_replacing(place, workshop, names.values(), known)
        write_whole(workshop / MANIFEST, _manifest(review, order, forms, names, workshop, place, known))
        paths = move_set(workshop, place, last=MANIFEST, drop=_old_pdfs(place, names, known, order))
    return Made(paths, {code: texts for code, texts in left.items() if texts})


def _left(values: DocumentFields, form: Form) -> list[str]:
    """The gaps that a person must still fill in this form, each once, in the order of the fields."""
    return list(dict.fromkeys(text for texts in missing(values, form.used).values() for text in texts))


def _file_name(code: str, incident: IncidentRecord | None) -> str:
    ending = ""
    if code == "D11" and incident is not None:
        safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in incident.code)
        # Two codes that give the same file name (`VV 01`, `VV-01`) are two documents.
        ending = f"_{safe}" if safe == incident.code else f"_{safe}_{sha256_of(incident.code.encode('utf-8'))[:6]}"
    return f"{DOCUMENTS[code].slug}{ending}.docx"


# --- documents of earlier runs -------------------------------------------------------------------------------------


def _entries_of(place: Path) -> _Entries:
    """The entries of the manifest; empty where no run finished."""
    found = read_manifest(place).get("documents")
    return {name: about for name, about in found.items() if isinstance(about, dict)} if isinstance(found, dict) else {}


def _refuse_overwriting(place: Path, names: list[str], known: _Entries, order: Order) -> None:
    """A draft never replaces a final version; a file that a person edited or replaced by a scan stays."""
    edited: list[Path] = []
    for name in names:
        about = known.get(name, {})
        if (place / name).exists() and about.get("draft") is False and not order.final:
            raise CannotDo(tell("word.final_exists", path=place / name))
        ours = {place / name: about.get("sha256")} | ({_pdf(place / name): about.get("pdf_sha256")} if order.pdf else {})
        edited += [path for path, digest in ours.items() if path.exists() and digest != sha256_of(path)]
    if edited:
        raise CannotDo(tell("word.edited", place=place, names=", ".join(path.name for path in edited)))


def _refuse_replacing(place: Path, workshop: Path, names: Iterable[str], known: _Entries) -> None:
    """A final version is never replaced by a different one; the same version may be made again."""
    issued = [name for name in names if known.get(name, {}).get("draft") is False and (place / name).exists()]
    other = [name for name in issued if sha256_of(workshop / name) != known[name].get("sha256")]
    if other:
        raise CannotDo(tell("word.final_differs", place=place, names=", ".join(other)))


def _pdf(document: Path) -> Path:
    return document.with_suffix(".pdf")


def _old_pdfs(place: Path, names: dict[str, str], known: _Entries, order: Order) -> set[str]:
    """The PDFs of an earlier run whose documents this run makes anew: their content is out of date. Any other PDF stays."""
    old = set()
    for path in () if order.pdf else (_pdf(place / name) for name in names.values()):
        digest = known.get(path.with_suffix(".docx").name, {}).get("pdf_sha256")
        if digest and path.exists() and digest == sha256_of(path):
            old.add(path.name)
    return old


def _manifest(
    review: Review, order: Order, forms: dict[str, Form], names: dict[str, str], workshop: Path, place: Path,
    known: _Entries,
) -> bytes:
    """The manifest: each document with its form, its hashes and the check code of its figures; entries of other runs stay."""
    documents = {name: about for name, about in known.items() if (place / name).exists()}
    check = code_of(review)
    for code, name in names.items():
        documents[name] = {
            "code": code,
            "draft": not order.final,
            "as_of": review.as_of.isoformat(),
            "sha256": sha256_of(workshop / name),
            "form": forms[code].name,
            "form_sha256": sha256_of(forms[code].content),
            **({} if order.public else {"check": check}),
        } | ({"pdf_sha256": sha256_of(_pdf(workshop / name))} if order.pdf else {})
    return manifest_bytes(review.school.code, {"year": review.year, "documents": dict(sorted(documents.items()))})
