"""From the lines of a recognised table to typed rows. Every fault of a line is reported; no value is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from antq_review.forms.columns import CellKind, Column, Row
from antq_review.forms.sheets import DOWNWARDS, PRIVATE_TABLES, Table
from antq_review.ingest.cell_values import NOT_SHOWN, read_cell, shown
from antq_review.ingest.furniture import is_furniture, is_title, is_total, merges, noted_lines
from antq_review.ingest.merged_cells import Covered, covered, meant_by_merges
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.personal_cells import without_personal
from antq_review.ingest.problems import Where, how_to_name, problem
from antq_review.ingest.reader import Value
from antq_review.ingest.recognise import Located, RecognisedSheet, heading_key
from antq_review.ingest.refused import Refused
from antq_review.ingest.swapped_days import Spot, doubtful_days
from antq_review.ingest.yes_no import TICK, is_tick, ticked_columns
from antq_review.source import CellRef, column_letters
from antq_review.text import fold, near_name, tell
from antq_review.text.message import Param

#: Faults of cells that no judgement needs: the fault is reported and the cell counts as blank; the row stays.
_LEFT_BLANK = frozenset({"not_a_time"})
#: Problem → the remedy that repeats nothing of the cell.
_PLAIN_REMEDIES = {"not_a_count": "ingest.count.plain", "not_a_date": "ingest.day.plain", "not_in_list": "ingest.list.plain"}
#: Filled fields → the set of them that rows share. Rows are frozen, and a copy of a row copies its set.
_FILLED: dict[frozenset[str], set[str]] = {}


@dataclass(frozen=True)
class _Marks:
    """What a table shows only as a whole: covered cells, days that may be others, columns of ticks, struck lines, links.

    `typed`: field → cell → its value. Most cells of a column say what another one has said.
    """

    covered: Covered
    doubtful: dict[Spot, str]
    ticked: frozenset[int]
    struck: set[int]
    links: dict[tuple[int, int], str]
    typed: dict[str, dict[Value, Any]]


@dataclass
class TableRead:
    """One table of one page: its rows, the first cells of its refused lines, its problems.

    `refused_codes`: the codes of the refused lines. `swapped`: some of its days have the mark of a computer with American dates.
    """

    table: Table
    rows: list[EvidenceRow[Row]] = field(default_factory=list)
    refused: list[CellRef] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused_codes: set[str] = field(default_factory=set)
    swapped: bool = False


def read_table(page: RecognisedSheet, located: Located, file: str) -> TableRead:
    """Read one table of a page."""
    reading = TableRead(located.table)
    columns = {column.name: column for column in located.fields}
    where = place(page, file)
    heading_problems(reading, located, where)
    _missing_headings(reading, located, columns, where)
    body, ranges = list(lines(page, located)), merges(page.grid.merged)
    notes, meant = noted_lines(body, located, columns, ranges), meant_by_merges(located, body, ranges)
    at = {column: name for name, column in located.columns.items()}
    marks = _Marks(
        covered(located, body, ranges, meant), doubtful_days({number: columns[name] for number, name in at.items()}, body),
        ticked_columns({number: columns[name] for number, name in at.items()}, body), page.grid.struck,
        page.grid.links, {name: {} for name in columns},
    )
    headed = {*located.columns.values(), *located.unknown}
    reading.swapped = "days_swapped" in marks.doubtful.values()
    for number, cells in body:
        if number in notes and number not in meant:
            cell = f"{column_letters(min(cells))}{number}"
            reading.problems.append(problem(notes[number], cells=[cell], **where))
            continue
        _report_stray(reading, headed, number, cells, where)
        filled = {at[column]: value for column, value in sorted(cells.items()) if column in at}
        if number in meant:
            filled = {**meant[number], **{name: value for name, value in filled.items() if name not in meant[number]}}
        if filled and not is_furniture(filled, cells, located.table.row):
            _read_line(reading, located, columns, number, filled, marks, where)
    return reading


def place(page: RecognisedSheet, file: str) -> Where:
    """File, sheet and form of a page, for its problems."""
    return {"file": file, "sheet": page.grid.title, "forms": (page.sheet.name,) if page.sheet else ()}


def lines(page: RecognisedSheet, located: Located) -> Iterator[tuple[int, dict[int, Value]]]:
    """Row number and cells of each filled line below the headings of a table."""
    for number in sorted(page.grid.rows):
        if located.heading_row < number <= located.last_row:
            yield number, page.grid.rows[number]


def heading_problems(reading: TableRead, located: Located, where: Where) -> None:
    """Report unknown headings, and headings that occur twice. Where no column of the form is absent, it is the school's own."""
    headings = DOWNWARDS if located.table.downwards else {c.name: c.heading for c in located.fields}
    known = {heading_key(heading) for heading in headings.values()}
    other = "heading_own" if headings.keys() <= located.columns.keys() else "heading_unknown"
    for column, text in sorted(located.unknown.items()):
        cell, code = f"{column_letters(column)}{located.heading_row}", "heading_twice" if text in known else other
        how = how_to_name("heading", near_name(text, [headings[name] for name in headings.keys() - located.columns.keys()]))
        reading.problems.append(problem(code, cells=[cell], found=text, how=how, **where))


def _missing_headings(reading: TableRead, located: Located, columns: dict[str, Column], where: Where) -> None:
    for column in columns.values():
        if column.name not in located.columns:
            code = "heading_missing_required" if column.required else "heading_newer" if column.newer else "heading_missing"
            at = f"A{located.heading_row}"
            reading.problems.append(problem(code, cells=[at], found=column.heading, column=column.heading, **where))


def _report_stray(reading: TableRead, headed: set[int], number: int, cells: dict[int, Value], where: Where) -> None:
    """Report filled cells in columns without a heading; they are not read."""
    stray = [_address(column, number) for column in sorted(cells.keys() - headed)]
    if stray and not is_title(cells):
        reading.problems.append(problem("column_without_heading", cells=stray, **where))


def _address(column: int, row: int) -> str:
    return f"{column_letters(column)}{row}"


def _read_line(
    reading: TableRead, located: Located, columns: dict[str, Column], number: int, filled: dict[str, Value],
    marks: _Marks, where: Where,
) -> None:
    """Add the line to the rows, or to the refused lines with its problems. A line that sums up others is skipped."""
    name, first = next(iter(filled.items()))
    cell = f"{column_letters(located.columns[name])}{number}"
    if first[0] == "s" and is_total(first[1], all(one in filled for one, column in columns.items() if column.required)):
        reading.problems.append(problem("total_row", cells=[cell], found=shown(first), **where))
        return
    row, faults = _read_row(reading, located, columns, number, filled, marks, where)
    if row is not None:
        reading.rows.append(row)
        return
    reading.problems += faults
    if "id" in filled:
        reading.refused_codes.add(fold(shown(filled["id"])))
    cell, text = (faults[0].cells[0], faults[0].unquoted().found) if faults else (cell, _quoted(located, columns[name], first))
    reading.refused.append(CellRef(file=where["file"], sheet=where["sheet"], cell=cell, shown=text))


def _read_row(
    reading: TableRead, located: Located, columns: dict[str, Column], number: int, filled: dict[str, Value], marks: _Marks,
    where: Where,
) -> tuple[EvidenceRow[Row] | None, list[Problem]]:
    """The row and no faults, or None and its faults.

    A row is refused without a fault where a whole required column is missing: `_missing_headings` reports that once.
    """
    if hidden := marks.covered.get(number):
        anchors = sorted({reference.partition(":")[0] for reference in hidden.values()})
        found = ", ".join(sorted(set(hidden.values())))
        return None, [problem("cells_merged", cells=anchors, found=found, **where)]
    if number in marks.struck:
        cell = f"{column_letters(located.columns[next(iter(filled))])}{number}"
        return None, [problem("row_struck", cells=[cell], **where)]
    faults, values = _read_values(located, columns, number, filled, marks, where)
    reading.problems += [fault for fault in faults if fault.code in _LEFT_BLANK]
    faults = [fault for fault in faults if fault.code not in _LEFT_BLANK]
    if faults or any(column.required and column.name not in located.columns for column in columns.values()):
        return None, faults
    row = _sharing(located.table.row(**values))
    fault = _contradiction(row, located, columns, number, where)
    if fault is not None:
        return None, [fault]
    read: EvidenceRow[Row] = EvidenceRow(
        str(values.get("id") or ""), located.table.name, row, where["file"], where["sheet"], number,
        located.columns,
        {name: NOT_SHOWN if columns[name].private else shown(value) for name, value in filled.items()},
        marks.links.get((number, located.columns.get("file", 0)), ""), located.pupils,
    )
    clean, warnings = without_personal(read, columns, where)
    reading.problems += warnings
    return clean, []


def _sharing(row: Row) -> Row:
    """The row with the set of its filled fields that rows filled alike share: of its own it takes a sixth of a row's memory."""
    fields = row.model_fields_set
    object.__setattr__(row, "__pydantic_fields_set__", _FILLED.setdefault(frozenset(fields), fields))
    return row


def _read_values(
    located: Located, columns: dict[str, Column], number: int, filled: dict[str, Value], marks: _Marks, where: Where
) -> tuple[list[Problem], dict[str, Any]]:
    """The faults and the typed values of a line's cells. The type of a value depends on its column."""
    faults: list[Problem] = []
    values: dict[str, Any] = {}
    for name, index in located.columns.items():
        column, value, typed = columns[name], filled.get(name), marks.typed[name]
        if value is None:
            if column.required:
                faults.append(problem("required_blank", cells=[_address(index, number)], column=column.heading, **where))
        elif code := marks.doubtful.get((number, index)):
            faults.append(problem(code, cells=[_address(index, number)], column=column.heading, **where))
        elif value in typed:
            values[name] = typed[value]
        else:
            try:
                values[name] = typed[value] = read_cell(column, TICK if index in marks.ticked and is_tick(value) else value)
            except Refused as fault:
                text = _quoted(located, column, value)
                faults.append(problem(
                    fault.code, cells=[_address(index, number)], column=column.heading, found=text, **where, **_places(fault, text),
                ))
    return faults, values


def _quoted(located: Located, column: Column, value: Value) -> str:
    """The text of an unread cell, for a message; a fixed phrase where the cell may contain a person's name."""
    private = column.private or column.kind is CellKind.PLAIN_CODE or located.table.name in PRIVATE_TABLES
    return NOT_SHOWN if private else shown(value)


def _places(fault: Refused, found: str) -> dict[str, Param]:
    """The fault's other values for its message.

    A remedy that repeats something of a cell that is not shown is replaced.
    """
    if "how" in fault.places and found == NOT_SHOWN:
        return {**fault.places, "how": tell(_PLAIN_REMEDIES[fault.code])}
    return fault.places


def _contradiction(row: Row, located: Located, columns: dict[str, Column], number: int, where: Where) -> Problem | None:
    found = row.contradiction()
    if found is None:
        return None
    name, code, places = found
    cell = f"{column_letters(located.columns.get(name, 1))}{number}"
    return problem(code, cells=[cell], column=columns[name].heading, found="", pupils=located.pupils, **where, **places)
