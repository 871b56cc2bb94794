"""The guide to a school's own forms: its written part, then the fields, from the list by which forms are checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from antq_review.forms.guide_page import page
from antq_review.publish.dossier import DOCUMENTS, TEXT, TRUTH, compulsory, shape
from antq_review.publish.dossier.field_schema import FieldShape
from antq_review.publish.word.forms import known_fields
from antq_review.publish.word.layout_fields import ADDED
from tools.word_forms.words import phrase


def form_guide(written: str) -> str:
    """The guide as an HTML page. `written`: the part that people wrote, in Markdown; the lists of fields follow it."""
    text = _whole(written)
    return page(text.partition("\n")[0].lstrip("# "), "\n".join(_html(text)))


def _html(text: str) -> Iterator[str]:
    """The few marks of Markdown that the guide uses: headings, lists, tables, code, bold."""
    for kind, lines in groupby(text.splitlines(), _kind):
        found = list(lines)
        if kind == "#":
            yield from (_heading(one) for one in found)
        elif kind == "-":
            yield "<ul>" + "".join(f"<li>{_marks(one[2:])}</li>" for one in found) + "</ul>"
        elif kind == "1":
            yield "<ol>" + "".join(f"<li>{_marks(one.partition('. ')[2])}</li>" for one in found) + "</ol>"
        elif kind == "|":
            rows = [re.split(r" \| ", one.strip("| ")) for one in found if not one.startswith("|---")]
            head, *below = ("".join(f"<{tag}>{_marks(cell)}</{tag}>" for cell in row) for row, tag in _with_tags(rows))
            yield f"<table><thead><tr>{head}</tr></thead><tbody>" + "".join(f"<tr>{row}</tr>" for row in below) + "</tbody></table>"
        elif kind:
            yield f"<p>{_marks(' '.join(found))}</p>"


def _heading(line: str) -> str:
    level = len(line) - len(line.lstrip("#"))
    return f'<h{level} class="flow">{_marks(line.lstrip("# "))}</h{level}>'


def _with_tags(rows: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    """Every row of a table with the tag of its cells: the first is the heading."""
    return ((row, "td" if number else "th") for number, row in enumerate(rows))


def _kind(line: str) -> str:
    if re.match(r"\d+\. ", line):
        return "1"
    return line[:1] if line[:1] in ("#", "|") else "-" if line.startswith("- ") else "p" if line.strip() else ""


def _marks(text: str) -> str:
    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)


def _whole(written: str) -> str:
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
