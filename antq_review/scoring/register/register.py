"""The evidence register: one code for one piece of evidence, however many criteria rest on it.

A paper of the sheet “Văn bản” is a piece of evidence whether it has a file or not; of every other sheet, the file that its rows
name. What is confidential or private is listed without a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from antq_review.forms.sheets import SHEETS, Table, table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.model.review import Finding, Goal, TextReview, criterion_label
from antq_review.scoring.register.labels import is_private, kind_of, title_of, where_of
from antq_review.source import CellRef
from antq_review.text import say, words

#: Fields that point to a paper: what rests on the row rests on its paper too.
_PAPER_OF = {"initiatives": "decision", "commendations": "decision", "activities": "launched_by"}
Place = tuple[str, str, int]


@dataclass
class _Item:
    """One piece of evidence while it is put together: its rows, and what rests on them."""

    rows: list[EvidenceRow]
    serves: dict[str, None] = field(default_factory=dict)


def register(
    index: Index, texts: Sequence[TextReview], goals: Sequence[Goal], year: int, as_of: date, pattern: str = ""
) -> tuple[RegisterItem, ...]:
    """Every piece of evidence of the year up to `as_of`, in the order of the criteria and goals it first serves.

    Unit: pieces. `pattern` holds `{criterion}` and `{number}`; empty: `(MC.AN.1a.01)`. The number counts within the first
    provision that a piece serves; what serves none comes last.
    """
    items = _items(index, year, as_of)
    by_place = {_place(row): [item] for item in items for row in item.rows}
    _papers_too(index, items, by_place)
    order = list(_serving(index, texts, goals, by_place))
    rank = {key: number for number, key in enumerate(dict.fromkeys(map(id, order)))}
    items.sort(key=lambda item: rank.get(id(item), len(rank)))
    return _coded(index, items, pattern or words("numeric")["register"]["pattern"])


def code_pattern(written: str | None) -> str:
    """The school's own pattern (`[H1-TC-SS]`: TC the criterion, SS the number) as one of `register`; empty: the usual one.

    A pattern without both places would give two papers one code, so it is passed over.
    """
    if not written or "TC" not in written or "SS" not in written:
        return ""
    plain = written.replace("{", "{{").replace("}", "}}")
    return plain.replace("TC", "{criterion}", 1).replace("SS", "{number:02d}", 1)


# --- what there is -------------------------------------------------------------------------------------------------


def _items(index: Index, year: int, as_of: date) -> list[_Item]:
    """One item a paper; of other sheets one item a file, joined to the paper that alone names the same file."""
    papers = [_Item([row]) for row in _rows(index, "documents", None, year, as_of)]
    by_file: dict[str, list[_Item]] = {}
    for item in papers:
        if item.rows[0].get("file") and item.rows[0].get("confidential") != "yes":
            by_file.setdefault(folded(str(item.rows[0].get("file"))), []).append(item)
    found, files = list(papers), {name: own[0] for name, own in by_file.items() if len(own) == 1}
    for table in (table for sheet in SHEETS for table in sheet.tables if table.name != "documents"):
        if "file" in table.row.model_fields:
            for row in _rows(index, table.name, table.day, year, as_of):
                _join(row, table, files, found)
    return found


def _join(row: EvidenceRow, table: Table, files: dict[str, _Item], found: list[_Item]) -> None:
    name = folded(str(row.get("file") or ""))
    if not name:
        return
    key = name if not is_private(table) else f"{table.name}\0{row.id}\0{name}"
    if key in files:
        files[key].rows.append(row)
    else:
        files[key] = _Item([row])
        found.append(files[key])


def _rows(index: Index, table: str, day: str | None, year: int, as_of: date) -> Iterator[EvidenceRow]:
    """Rows that may count: papers signed by the day of the review, of other tables what is dated in the year, or not at all."""
    window = span(year).until(as_of)
    for row in index.evidence.rows(table):
        on = row.get(day) if day else None
        if row.get("signed_on") <= as_of if table == "documents" else on is None or window.holds(on):
            yield row


def _place(row: EvidenceRow) -> Place:
    return row.file, row.sheet, row.number


def _papers_too(index: Index, items: Sequence[_Item], by_place: dict[Place, list[_Item]]) -> None:
    """What rests on a row rests on the paper it points to as well."""
    papers = {id(item.rows[0]): item for item in items if item.rows[0].table == "documents"}
    for table, name in _PAPER_OF.items():
        for row in index.evidence.rows(table):
            paper = index.find("documents", str(row.get(name)), row) if row.get(name) else None
            if paper is not None and id(paper) in papers:
                by_place.setdefault(_place(row), []).append(papers[id(paper)])


# --- what it serves ------------------------------------------------------------------------------------------------


def _serving(
    index: Index, texts: Sequence[TextReview], goals: Sequence[Goal], by_place: dict[Place, list[_Item]]
) -> Iterator[_Item]:
    """The items in the order in which criteria and goals come to rest on them; each is told what it serves."""
    for name, cells in _grounds(index, texts, goals):
        for cell in cells:
            for item in by_place.get((cell.file, cell.sheet, cell.row), ()):
                item.serves.setdefault(name)
                yield item


def _grounds(index: Index, texts: Sequence[TextReview], goals: Sequence[Goal]) -> Iterator[tuple[str, Iterable[CellRef]]]:
    for text in texts:
        for finding in text.findings:
            for part in _every(finding):
                yield f"{text.id}/{part.id}", (*(part.measurement.cells if part.measurement else ()), *part.fact_cells)
            yield f"{text.id}/{finding.id}", _minutes(index, text, finding)
    for goal in goals:
        for own in goal.parts:
            yield goal.id, own.measurement.cells if own.measurement else ()


def _every(finding: Finding) -> Iterator[Finding]:
    yield finding
    for part in (*finding.parts, *(part for reading in finding.readings for part in reading.parts)):
        yield from _every(part)


def _minutes(index: Index, text: TextReview, finding: Finding) -> tuple[CellRef, ...]:
    """The minutes by which a meeting settled what the evidence left open."""
    own = finding.self_score
    if own is None or not own.concluded or finding.computed.settled or not finding.settled.settled:
        return ()
    meeting = index.find("meetings", own.meeting)
    paper = index.find("documents", str(meeting.get("minutes")), meeting) if meeting is not None else None
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
    """Within a criterion what a public copy leaves out comes last: a gap between two numbers would tell how much it was."""
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(_criterion(next(iter(item.serves), "")), []).append(item)
    for group in groups.values():
        yield from sorted(group, key=lambda item: _is_left_out(item.rows[0]))


def _is_left_out(row: EvidenceRow) -> bool:
    return _is_private(row) or (row.table == "documents" and row.get("kind") == "incident_report")


def _is_private(row: EvidenceRow) -> bool:
    return is_private(table_named(row.table)[1])


def _criterion(served: str) -> str:
    """The middle of a code: the provision by the text's own habit, a plan sentence by its id."""
    settings: dict[str, Any] = words("numeric")["register"]
    if not served:
        return str(settings["other"])
    text, _, provision = served.rpartition("/")
    return str(settings["criteria"].get(text, "{id}")).format(id=criterion_label(provision))


def _register_item(index: Index, item: _Item, code: str) -> RegisterItem:
    first = item.rows[0]
    missing = any(_place(row) in index.evidence.missing_files for row in item.rows)
    private = _is_private(first)
    cells = [cell for row in item.rows for cell in row.cells(_shown(row))]
    return RegisterItem(
        code=code, title=title_of(item.rows), kind=kind_of(first), where=where_of(first, private), serves=tuple(item.serves),
        note=say("numeric.register.missing") if missing and not private else "", cells=tuple(dict.fromkeys(cells)),
    )


def _shown(row: EvidenceRow) -> tuple[str, ...]:
    """The cells that may be shown: never the path of what is confidential or private, never an incident's words."""
    if row.table == "documents":
        return ("signed_on",) if row.get("confidential") == "yes" else ("number", "signed_on")
    return ("happened_on", "month_on") if _is_private(row) else ("file",)
