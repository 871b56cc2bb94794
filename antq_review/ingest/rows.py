"""From the lines of a recognised table to typed rows; every fault of every line, none guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from antq_review.forms.column import Column, Row
from antq_review.forms.sheets import Table
from antq_review.ingest.cells import Refused, read_cell, shown
from antq_review.ingest.locate import Located, Page, heading_key
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.ingest.reader import Value
from antq_review.source import CellRef, column_letters
from antq_review.text import fold

#: First cell of a line that sums up others; such a line is no evidence.
_TOTALS = frozenset({"tổng", "tổng cộng", "tổng số", "cộng"})


@dataclass
class TableRead:
    """Rows, refused lines and problems of one table on one page."""

    table: Table
    rows: list[EvidenceRow] = field(default_factory=list)
    refused: list[CellRef] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(page: Page, located: Located, file: str) -> TableRead:
    """Read one table of a page."""
    reading = TableRead(located.table)
    columns = {column.name: column for column in located.table.row.columns()}
    where = {"file": file, "sheet": page.grid.title, "forms": _forms(page)}
    _heading_problems(reading, located, columns, where)
    helps = {fold(column.help) for column in columns.values()} - {""}
    for number, cells in _lines(page, located):
        if number == located.heading_row + 1 and _is_help(cells, helps):
            continue
        _read_line(reading, located, columns, number, cells, where)
    return reading


def read_downwards(page: Page, located: Located, file: str) -> TableRead:
    """Read a table whose fields stand under one another: one row."""
    reading = TableRead(located.table)
    by_label = {heading_key(column.heading): column for column in located.table.row.columns()}
    label_at, value_at = located.columns["mục"], located.columns["nội dung"]
    found: dict[str, tuple[int, Value]] = {}
    lines: dict[str, int] = {}
    for number, cells in _lines(page, located):
        column = by_label.get(heading_key(cells[label_at][1])) if label_at in cells else None
        if column is not None:
            lines.setdefault(column.name, number)
        if column is not None and value_at in cells:
            found[column.name] = (number, cells[value_at])
    where = {"file": file, "sheet": page.grid.title, "forms": _forms(page)}
    values: dict[str, Any] = {}
    for column in by_label.values():
        number, value = found.get(column.name, (0, None))
        if value is None:
            if column.required:
                line = lines.get(column.name, located.heading_row)
                cell = f"{column_letters(value_at)}{line}"
                reading.problems.append(problem("field_blank", cells=[cell], column=column.heading, **where))
            continue
        try:
            values[column.name] = read_cell(column, value)
        except Refused as fault:
            reading.problems.append(
                problem(fault.code, cells=[f"{column_letters(value_at)}{number}"], column=column.heading,
                        found=shown(value), **where, **fault.places)
            )
    if found:
        reading.rows.append(
            DownwardsRow(
                located.table.name, located.table.name, located.table.row(**values), file, page.grid.title,
                located.heading_row, {name: line * 1000 + value_at for name, (line, _) in found.items()},
                {name: shown(value) for name, (_, value) in found.items()},
            )
        )
    return reading


@dataclass(frozen=True, slots=True)
class DownwardsRow(EvidenceRow):
    """A row read downwards; `columns` holds line * 1000 + column."""

    def cell(self, name: str) -> CellRef:
        """The cell in which a field stands."""
        line, column = divmod(self.columns[name], 1000) if name in self.columns else (self.number, 1)
        return CellRef(
            file=self.file, sheet=self.sheet, cell=f"{column_letters(column)}{line}", shown=self.shown.get(name, "")
        )


def _forms(page: Page) -> tuple[str, ...]:
    return (page.sheet.name,) if page.sheet else ()


def _lines(page: Page, located: Located) -> Iterator[tuple[int, dict[int, Value]]]:
    for number in sorted(page.grid.rows):
        if located.heading_row < number <= located.last_row:
            yield number, page.grid.rows[number]


def _is_help(cells: dict[int, Value], helps: set[str]) -> bool:
    return any(kind == "s" and fold(text) in helps for kind, text in cells.values())


def _heading_problems(
    reading: TableRead, located: Located, columns: dict[str, Column], where: dict[str, Any]
) -> None:
    for column, text in sorted(located.unknown.items()):
        cell = f"{column_letters(column)}{located.heading_row}"
        twice = text in {heading_key(known.heading) for known in columns.values()}
        reading.problems.append(problem("heading_twice" if twice else "heading_unknown", cells=[cell], found=text, **where))
    for column in columns.values():
        if column.name not in located.columns:
            code = "heading_missing_required" if column.required else "heading_missing"
            cells = [f"A{located.heading_row}"]
            reading.problems.append(problem(code, cells=cells, found=column.heading, column=column.heading, **where))


def _read_line(
    reading: TableRead, located: Located, columns: dict[str, Column], number: int, cells: dict[int, Value],
    where: dict[str, Any],
) -> None:
    at = {column: name for name, column in located.columns.items()}
    filled = {at[column]: value for column, value in sorted(cells.items()) if column in at}
    first = next(iter(filled.values()), None)
    if first is None or _is_title(cells):
        return
    if first[0] == "s" and fold(first[1]) in _TOTALS:
        cell = f"{column_letters(min(cells))}{number}"
        reading.problems.append(problem("total_row", cells=[cell], found=shown(first), **where))
        return
    faults, values = _read_values(located, columns, number, filled, where)
    if not faults:
        row = reading.table.row(**values)
        fault = _contradiction(row, located, columns, number, where)
        if fault is None:
            reading.rows.append(
                EvidenceRow(
                    str(values.get("id") or ""), reading.table.name, row, where["file"], where["sheet"], number,
                    located.columns, {name: shown(value) for name, value in filled.items()},
                )
            )
            return
        faults = [fault]
    reading.problems += faults
    reading.refused.append(
        CellRef(file=where["file"], sheet=where["sheet"], cell=faults[0].cells[0], shown=faults[0].found)
    )


def _read_values(
    located: Located, columns: dict[str, Column], number: int, filled: dict[str, Value], where: dict[str, Any]
) -> tuple[list[Problem], dict[str, Any]]:
    faults: list[Problem] = []
    values: dict[str, Any] = {}
    for column in columns.values():
        value = filled.get(column.name)
        cell = f"{column_letters(located.columns.get(column.name, 1))}{number}"
        if value is None:
            if column.required:
                faults.append(problem("required_blank", cells=[cell], column=column.heading, **where))
            continue
        try:
            values[column.name] = read_cell(column, value)
        except Refused as fault:
            text = "" if column.private else shown(value)
            faults.append(problem(fault.code, cells=[cell], column=column.heading, found=text, **where, **fault.places))
    return faults, values


def _contradiction(
    row: Row, located: Located, columns: dict[str, Column], number: int, where: dict[str, Any]
) -> Problem | None:
    found = row.contradiction()
    if found is None:
        return None
    name, code, places = found
    cell = f"{column_letters(located.columns.get(name, 1))}{number}"
    return problem(code, cells=[cell], column=columns[name].heading, **where, **places)


def _is_title(cells: dict[int, Value]) -> bool:
    """A line with a single text in its first column that reads like “Bảng 2. …”: the title of the next table."""
    if len(cells) != 1 or 1 not in cells or cells[1][0] != "s":
        return False
    return fold(cells[1][1]).startswith("bảng ")
