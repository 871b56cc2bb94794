"""A workbook of plain tables, one sheet each: title, lines below it, headings, rows, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter


@dataclass(frozen=True)
class TablePage:
    """One sheet. `columns`: heading and width; `bold`: the places of rows that sum up others."""

    sheet: str
    title: str
    under: Sequence[str]
    columns: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[str | int | float | date | None]]
    notes: Sequence[str] = ()
    bold: frozenset[int] = frozenset()


def table_book(pages: Sequence[TablePage], mark: str = "") -> bytes:
    """The workbook; the same bytes for the same pages. `mark`: stands at the foot of every printed page."""
    book = Workbook()
    book.remove(book.active)
    for one in pages:
        page = SheetWriter(book.create_sheet(one.sheet), WORKING, [SheetColumn(heading, width) for heading, width in one.columns])
        page.title(one.title)
        for line in one.under:
            page.line(Put(line, size=10), centred=False)
        page.headings()
        first = page.next_row
        for place, row in enumerate(one.rows):
            page.row([Put(value, bold=place in one.bold) for value in row])
        if one.rows:
            page.sheet.auto_filter.ref = f"A{first - 1}:{page.sheet.cell(first, len(one.columns)).column_letter}{page.next_row - 1}"
        for note in one.notes:
            page.line(Put(note, italic=True, size=9, colour=style.SOFT), centred=False)
        page.finish(draft=False, internal=mark)
    return workbook_bytes(book)
