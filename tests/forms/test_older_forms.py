"""Forms that were handed out before a column was added: they are read, nothing in them is refused or blocks."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.columns import CellKind
from antq_review.forms.draw_workbook import Head, draw_workbook, sheets_of
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.scoring.pipeline import read_folder

NEWER = [
    pytest.param(sheet, table, id=table.name)
    for sheet in SHEETS for table in sheet.tables
    if not table.downwards and any(column.newer for column in table.row.columns())
]
_SAMPLE: dict[CellKind, Any] = {
    CellKind.DATE: date(2026, 5, 1), CellKind.COUNT: 3, CellKind.NUMBER: 3, CellKind.YES_NO: "Có", CellKind.TIME: time(8, 0),
}


def line(table: str, newer: bool) -> dict[str, Any]:
    """A row with every required cell, and with the newer cells where they are asked for."""
    found: dict[str, Any] = {}
    for column in table_named(table)[1].row.columns():
        if column.required or (newer and column.newer):
            first = next(iter(column.choices.labels().values())) if column.choices else None
            found[column.name] = first or _SAMPLE.get(column.kind, "VB-01" if column.kind is CellKind.CODE else "x")
    if table == "activities":
        found |= {"audience": "Giáo viên"}
    return found


def written(folder: Path, table: str, newer: bool) -> Path:
    """A folder with the table's workbook; an old one has the newer columns taken out, heading, help and cells."""
    sheet = table_named(table)[0]
    heads = {one.name: Head("00000001", 2026, "Tổ 1", date(2026, 11, 15), "A", "B") for one in sheets_of(sheet.workbook)}
    book = draw_workbook(sheets_of(sheet.workbook), heads, {table: [line(table, newer)]}, Measure.labels())
    if not newer:
        for page in book.worksheets:
            headings = {c.heading for s, t in ((s, t) for s in SHEETS for t in s.tables) if s.title == page.title
                        for c in t.row.columns() if c.newer}
            for row in page.iter_rows():
                for cell in row:
                    if cell.value in headings:
                        at = cell.column
                        for number in range(cell.row, cell.row + 3):
                            page.cell(number, at).value = None
    (folder / f"{sheet.workbook}.xlsx").write_bytes(workbook_bytes(book))
    return folder


@pytest.mark.parametrize(("sheet", "table"), NEWER)
def test_an_older_form_is_read(sheet: Any, table: Any, tmp_path: Path) -> None:
    evidence = read_folder(written(tmp_path, table.name, newer=False))
    (row,) = evidence.rows(table.name)
    newer = [column.name for column in table.row.columns() if column.newer]
    assert newer and [row.value_of(name) for name in newer] == [None] * len(newer)
    assert not evidence.refused(table.name)
    assert {one.severity.value for one in evidence.problems if one.code.startswith("heading")} == {"note"}


@pytest.mark.parametrize(("sheet", "table"), NEWER)
def test_a_new_form_gives_the_newer_cells(sheet: Any, table: Any, tmp_path: Path) -> None:
    evidence = read_folder(written(tmp_path, table.name, newer=True))
    (row,) = evidence.rows(table.name)
    newer = [column.name for column in table.row.columns() if column.newer]
    assert None not in [row.value_of(name) for name in newer]


def test_the_columns_of_this_edition_are_newer() -> None:
    """A column added to a table that schools already have must be optional."""
    added = {
        "documents": {"recognised_year", "members_by_post"}, "activities": {"pledged"},
        "initiatives": {"operating_rules", "reviewed_on"}, "incidents": {"outcome", "place", "offender"},
    }
    for table, names in added.items():
        columns = {column.name: column for column in table_named(table)[1].row.columns()}
        assert all(columns[name].newer and not columns[name].required for name in names), table
