"""The evidence register. Each piece of evidence has one code, even where several criteria rest on it.

On the sheet “Văn bản” each paper is a piece of evidence, with or without a file. On every other sheet each file that a
row names is a piece of evidence. Confidential and private evidence is listed without its path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from antq_review.forms.choices import DocumentKind
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.forms.rows.school import MeetingRow
from antq_review.forms.sheets import SHEETS, Table, table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.model.review import Finding, Goal, TextReview
from antq_review.scoring.register.labels import is_private, kind_of, title_of, where_of
from antq_review.source import CellRef
from antq_review.text import SILENT, criterion_label, tell, words

#: Table → the field that contains the code of a paper. A criterion that rests on the row rests on the paper too.
_PAPER_OF = {"initiatives": "decision", "commendations": "decision", "activities": "launched_by"}
Place = tuple[str, str, int]


@dataclass
class _Item:
    """One piece of evidence while the register is built: its rows, and the provisions and goals that rest on them."""

    rows: list[EvidenceRow[Row]]
    serves: dict[str, None] = field(default_factory=dict)


def register(
    index: Index, texts: Sequence[TextReview], goals: Sequence[Goal], year: int, as_of: date, pattern: str = ""
) -> tuple[RegisterItem, ...]:
    """Every piece of evidence of the year up to `as_of`, in the order of the first criterion or goal that rests on it.

    Unit: pieces of evidence. `pattern` contains `{criterion}` and `{number}`; empty: `(MC.AN.1a.01)`. The numbers
    restart for each provision; a piece is numbered under the first provision that rests on it. Pieces without a
    provision come last.
    """
    items = _items(index, year, as_of)
    by_place = {_place(row): [item] for item in items for row in item.rows}
    _papers_too(index, items, by_place)
    order = list(_serving(index, texts, goals, by_place))
    rank = {key: number for number, key in enumerate(dict.fromkeys(map(id, order)))}
    items.sort(key=lambda item: rank.get(id(item), len(rank)))
    return _coded(index, items, pattern or words("numeric")["register"]["pattern"])


def code_pattern(written: str | None) -> str:
    """The school's own pattern (`[H1-TC-SS]`: TC the criterion, SS the number) in the form that `register` needs.

    Empty: the usual pattern. A pattern without TC or SS would give the same code to two papers, so it is ignored.
    """
    if not written or "TC" not in written or "SS" not in written:
        return ""
    plain = written.replace("{", "{{").replace("}", "}}")
    return plain.replace("TC", "{criterion}", 1).replace("SS", "{number:02d}", 1)


# --- the pieces of evidence ------------------------------------------------------------------------------------------


def _items(index: Index, year: int, as_of: date) -> list[_Item]:
    """One item for each paper signed by `as_of`; for other sheets one item for each file.

    A row joins the item of a paper where exactly one paper names the same file.
    """
    found: list[_Item] = []
    by_file: dict[str, list[_Item]] = {}
    for paper in index.evidence.of(Document):
        if paper.values.signed_on <= as_of:
            found.append(_Item([paper]))
            if paper.values.file and paper.values.confidential != YesNo.YES:
                by_file.setdefault(folded(paper.values.file), []).append(found[-1])
    files = {name: own[0] for name, own in by_file.items() if len(own) == 1}
    for table in (table for sheet in SHEETS for table in sheet.tables if table.name != "documents"):
        if "file" in table.row.model_fields:
            for row in _rows(index, table, year, as_of):
                _join(row, table, files, found)
    return found


def _join(row: EvidenceRow[Row], table: Table, files: dict[str, _Item], found: list[_Item]) -> None:
    name = folded(str(row.value_of("file") or ""))
    if not name:
        return
    key = name if not is_private(table) else f"{table.name}\0{row.id}\0{name}"
    if key in files:
        files[key].rows.append(row)
    else:
        files[key] = _Item([row])
        found.append(files[key])


def _rows(index: Index, table: Table, year: int, as_of: date) -> Iterator[EvidenceRow[Row]]:
    """Rows that are dated in the year up to `as_of`, and rows without a day."""
    window = span(year).until(as_of)
    for row in index.evidence.rows(table.name):
        on = row.value_of(table.day) if table.day else None
        if on is None or window.holds(on):
            yield row


def _place(row: EvidenceRow[Row]) -> Place:
    return row.file, row.sheet, row.number


def _papers_too(index: Index, items: Sequence[_Item], by_place: dict[Place, list[_Item]]) -> None:
    """Adds to `by_place`, for each row that names a paper, the item of this paper."""
    papers = {item.rows[0]: item for item in items if item.rows[0].table == "documents"}
    for table, name in _PAPER_OF.items():
        for row in index.evidence.rows(table):
            paper = index.find(Document, str(row.value_of(name)), row) if row.value_of(name) else None
            if paper is not None and paper in papers:
                by_place.setdefault(_place(row), []).append(papers[paper])


# --- the provisions and goals that rest on them ----------------------------------------------------------------------


def _serving(
    index: Index, texts: Sequence[TextReview], goals: Sequence[Goal], by_place: dict[Place, list[_Item]]
) -> Iterator[_Item]:
    """The items in the order of the criteria and goals that rest on them. Fills `serves` of each item."""
    known: dict[CellRef, Sequence[_Item]] = {}  # many criteria and goals rest on the same cells
    for name, cells in _grounds(index, texts, goals):
        for cell in cells:
            if cell not in known:
                known[cell] = by_place.get((cell.file, cell.sheet, cell.row), ())
            for item in known[cell]:
                item.serves.setdefault(name)
                yield item


def _grounds(index: Index, texts: Sequence[TextReview], goals: Sequence[Goal]) -> Iterator[tuple[str, Iterable[CellRef]]]:
    for text in texts:
        for finding in text.findings:
            for part in (place.finding for place in finding.walk()):
                yield f"{text.id}/{part.id}", (*(part.measurement.cells if part.measurement else ()), *part.fact_cells)
            yield f"{text.id}/{finding.id}", _minutes(index, text, finding)
    for goal in goals:
        for own in goal.parts:
            yield goal.id, (*(own.measurement.cells if own.measurement else ()), *own.cells)


def _minutes(index: Index, text: TextReview, finding: Finding) -> tuple[CellRef, ...]:
    """The minutes of the meeting that settled a finding which the evidence left open."""
    own = finding.self_score
    if own is None or not own.concluded or not finding.settled_by_meeting:
        return ()
    meeting = index.find(MeetingRow, own.meeting)
    paper = index.find(Document, str(meeting.values.minutes), meeting) if meeting is not None else None
    return (paper.cell("signed_on"),) if paper is not None else ()


# --- codes ---------------------------------------------------------------------------------------------------------


def _coded(index: Index, items: Sequence[_Item], pattern: str) -> tuple[RegisterItem, ...]:
    numbers: Counter[str] = Counter()
    found = []
    for item in _by_privacy(items):
        criterion = _criterion(next(iter(item.serves), ""))
        numbers[criterion] += 1
        found.append(_register_item(index, item, pattern.format(criterion=criterion, number=numbers[criterion])))
    return tuple(found)


def _by_privacy(items: Sequence[_Item]) -> Iterator[_Item]:
    """Within a criterion, items that a public copy leaves out come last: gaps in the numbers would reveal them."""
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(_criterion(next(iter(item.serves), "")), []).append(item)
    for group in groups.values():
        yield from sorted(group, key=lambda item: _is_left_out(item.rows[0]))


def _is_left_out(row: EvidenceRow[Row]) -> bool:
    return _is_private(row) or (isinstance(row.values, Document) and row.values.kind == DocumentKind.INCIDENT_REPORT)


def _is_private(row: EvidenceRow[Row]) -> bool:
    return is_private(table_named(row.table)[1])


def _criterion(served: str) -> str:
    """The middle of a code: the provision in the way of its text, or the id of a sentence of the plan."""
    settings: dict[str, Any] = words("numeric")["register"]  # Any: TOML
    if not served:
        return str(settings["other"])
    text, _, provision = served.rpartition("/")
    return str(settings["criteria"].get(text, "{id}")).format(id=criterion_label(provision))


def _register_item(index: Index, item: _Item, code: str) -> RegisterItem:
    first, pupils = item.rows[0], index.evidence.pupils
    missing = any(_place(row) in index.evidence.missing_files for row in item.rows)
    private = _is_private(first)
    cells = [cell for row in item.rows for cell in row.cells(_shown(row))]
    return RegisterItem(
        code=code, title=title_of(item.rows, pupils), kind=kind_of(first, pupils), where=where_of(first, private),
        serves=tuple(item.serves), note=tell("numeric.register.missing") if missing and not private else SILENT,
        cells=tuple(dict.fromkeys(cells)),
    )


def _shown(row: EvidenceRow[Row]) -> tuple[str, ...]:
    """The cells that may be shown: no path of confidential or private evidence, no free text of an incident."""
    if isinstance(row.values, Document):
        return ("signed_on",) if row.values.confidential == YesNo.YES else ("number", "signed_on")
    return ("happened_on", "month_on") if _is_private(row) else ("file",)
