"""Tables with one field per line: they hold one row, and the labels in the first column name its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from antq_review.forms.columns import Column, Row
from antq_review.ingest.cell_values import read_cell, shown
from antq_review.ingest.model import EvidenceRow
from antq_review.ingest.problems import Where, how_to_name, problem
from antq_review.ingest.reader import Value
from antq_review.ingest.recognise import Located, RecognisedSheet, heading_key
from antq_review.ingest.refused import Refused
from antq_review.ingest.table_rows import TableRead, heading_problems, lines, place
from antq_review.source import column_letters
from antq_review.text import near_name

R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True, slots=True, eq=False)  # compared as every row
class DownwardsRow(EvidenceRow[R_co]):
    """A row of a table with one field per line.

    `columns`: field → line * 1000 + column. It contains blank fields too: their problems need the cell to fill in.
    """

    def _address(self, name: str) -> str:
        line, column = divmod(self.columns[name], 1000) if name in self.columns else (self.number, 1)
        return f"{column_letters(column)}{line}"


def read_downwards(page: RecognisedSheet, located: Located, file: str) -> TableRead:
    """Read a table with one field per line: one row, or none where all fields are blank."""
    reading, where = TableRead(located.table), place(page, file)
    heading_problems(reading, located, where)
    filled, labels = _collect(reading, page, located, where)
    letter = column_letters(located.columns["value"])
    found: dict[str, tuple[int, Value]] = {}
    values: dict[str, Any] = {}
    for column in located.fields:
        entries = filled.get(column.name, [])
        cells = [f"{letter}{number}" for number, _ in entries]
        if not entries:
            if column.required:
                cells = [f"{letter}{labels.get(column.name, located.heading_row)}"]
                reading.problems.append(problem("field_blank", cells=cells, column=column.heading, **where))
            continue
        if len({shown(value) for _, value in entries}) > 1:
            reading.problems.append(problem("field_twice", cells=cells, column=column.heading, **where))
            continue
        found[column.name] = entries[0]
        values[column.name] = _read(reading, column, entries[0][1], cells, where)
    if found:
        reading.rows.append(_row(located, where, values, found, labels))
    return reading


def _collect(
    reading: TableRead, page: RecognisedSheet, located: Located, where: Where
) -> tuple[dict[str, list[tuple[int, Value]]], dict[str, int]]:
    """Field → its lines and values; field → line of its label.

    A value without a known label is reported. Where no label of the form is absent, it is the school's own.
    """
    by_label = {heading_key(column.heading): column for column in located.fields}
    label_at, value_at = located.columns["label"], located.columns["value"]
    filled: dict[str, list[tuple[int, Value]]] = {}
    labels: dict[str, int] = {}
    others: list[tuple[int, Value]] = []
    for number, cells in lines(page, located):
        label, value = cells.get(label_at), cells.get(value_at)
        column = by_label.get(heading_key(label[1])) if label else None
        if column is not None:
            labels.setdefault(column.name, number)
        if value is not None and column is not None:
            filled.setdefault(column.name, []).append((number, value))
        elif value is not None:
            others.append((number, label or value))
    code = "field_own" if len(labels) == len(by_label) else "field_unknown"
    absent = [column.heading for column in by_label.values() if column.name not in labels]
    for number, value in others:
        how = how_to_name("field", near_name(shown(value), absent))
        reading.problems.append(problem(code, cells=[f"{column_letters(value_at)}{number}"], found=shown(value), how=how, **where))
    return filled, labels


def _read(reading: TableRead, column: Column, value: Value, cells: list[str], where: Where) -> Any:
    """The typed value of a cell (its type depends on the column); None with a problem where it cannot be read."""
    try:
        return read_cell(column, value)
    except Refused as fault:
        reading.problems.append(
            problem(fault.code, cells=cells, column=column.heading, found=shown(value), **where, **fault.places)
        )
        return None


def _row(
    located: Located, where: Where, values: dict[str, Any], found: dict[str, tuple[int, Value]], labels: dict[str, int]
) -> DownwardsRow[Row]:
    at = located.columns["value"]
    lines_of = {name: number for name, (number, _) in found.items()}
    lines_of |= {name: number for name, number in labels.items() if name not in found}
    return DownwardsRow(
        located.table.name, located.table.name, located.table.row(**values), where["file"], where["sheet"],
        located.heading_row, {name: number * 1000 + at for name, number in lines_of.items()},
        {name: shown(value) for name, (_, value) in found.items()},
    )
