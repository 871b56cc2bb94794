"""The guide's good and bad rows of every table (guide_rows.toml), written into the real forms of a small school."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from antq_review.forms.draw_workbook import Head, draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, WORKBOOKS, Sheet, table_named
from antq_review.rules import rulebook
from antq_review.scoring.score_table.lines import known_rows

_FILE = Path(__file__).with_suffix(".toml")
HEAD = Head("00123456", 2026, "Đội TNTP", date(2026, 12, 20), "Nguyễn Văn Bình", "Tổng phụ trách Đội")
Row = Mapping[str, Any]


class BadCell(NamedTuple):
    """A cell of a bad row: its field, what stands in it, the code of the problem."""

    field: str
    typed: Any
    code: str


class TableRows(NamedTuple):
    """`bad`: for the row in the same place of `good`, the cells that differ."""

    good: Sequence[Row]
    bad: Sequence[tuple[BadCell, ...]]


@cache
def table_rows() -> dict[str, TableRows]:
    """Table → its rows in the guide."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        table: TableRows(
            tuple(rows["good"]), tuple(tuple(BadCell(field, *cell) for field, cell in row.items()) for row in rows["bad"])
        )
        for table, rows in found.items()
    }


def workbooks(bad: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of each workbook of a school whose rows are all good, or all bad."""
    rows = {table: [*_known(table), *(_spoilt(known) if bad else known.good)] for table, known in table_rows().items()}
    for workbook in WORKBOOKS:
        sheets = [short(sheet) for sheet in SHEETS if sheet.workbook == workbook]
        heads = {sheet.name: HEAD for sheet in sheets if sheet.declared}
        yield f"{workbook}.xlsx", workbook_bytes(draw_workbook(sheets, heads, rows, Measure.labels()))


def short(sheet: Sheet) -> Sheet:
    """The sheet with one blank line below each table."""
    return dataclasses.replace(sheet, tables=tuple(dataclasses.replace(table, blank_rows=1) for table in sheet.tables))


def _known(table: str) -> Sequence[Row]:
    """The rows that the blank form brings along."""
    return known_rows(rulebook("qd_510")) if table == "score_rows" else ()


def _spoilt(rows: TableRows) -> list[Row]:
    return [{**good, **{cell.field: cell.typed or None for cell in cells}} for good, cells in zip(rows.good, rows.bad, strict=True)]


def heading(table: str, field: str) -> str:
    """What stands above the cell."""
    return next(column.heading for column in table_named(table)[1].row.columns() if column.name == field)
