"""The guide to a school's own forms: its written part, then the fields, from the list by which forms are checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from antq_review.publish.dossier import DOCUMENTS, TEXT, TRUTH, compulsory, shape
from antq_review.publish.dossier.field_schema import FieldShape
from antq_review.publish.word.forms import known_fields
from antq_review.publish.word.layout_fields import ADDED
from tools.word_forms.words import phrase


def form_guide(written: str) -> str:
    """The guide as Markdown. `written`: the part that people wrote; the lists of fields follow it."""
    common = shape("D1")
    incident = {name: what for name, what in sorted(shape("D11").items()) if name not in common}
    lines = [written.rstrip(), "", f"## {phrase('guide.compulsory')}", ""]
    lines += [f"- {code}: {_names(compulsory(code))}" for code in DOCUMENTS]
    kinds: dict[str, FieldShape] = {"plain": TEXT, "texts": [TEXT], "truths": TRUTH}
    for key, kind in kinds.items():
        lines += ["", f"## {phrase(f'guide.{key}')}", "", _names(sorted(name for name, what in common.items() if what == kind))]
    lines += ["", phrase("guide.added", names=_marked(known_fields("D1"), sorted(ADDED)))]
    lines += ["", phrase("guide.incident", names=_marked(incident, incident)), "", f"## {phrase('guide.rows')}", ""]
    lines += [f"- {line}" for name, what in sorted(common.items()) if isinstance(what, list) for line in _rows(name, what[0])]
    lines += ["", f"## {phrase('guide.cells')}", ""]
    groups = sorted(name for name, what in common.items() if isinstance(what, Mapping) and not name.startswith("annex_pl"))
    lines += [f"- {line}" for name in groups for line in _rows(name, common[name])]
    return "\n".join(lines) + "\n"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _marked(known: Mapping[str, FieldShape], names: Iterable[str]) -> str:
    """The names; a field that is no text also with its tag, `for` or `if`."""
    return ", ".join(f"`{name}`" + _tag(known[name]) for name in names)


def _tag(what: FieldShape) -> str:
    return " (for)" if isinstance(what, list) else " (if)" if what == TRUTH else ""


def _rows(name: str, cells: FieldShape) -> list[str]:
    """The cells of a field's rows, and below them the cells of rows inside its rows; empty for a list of texts."""
    if not isinstance(cells, Mapping):
        return []
    inner = [line for key, what in cells.items() if isinstance(what, list) for line in _rows(f"{name}.{key}", what[0])]
    return [f"`{name}`: {_marked(cells, cells)}", *inner]
