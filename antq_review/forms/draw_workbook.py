"""Drawing the workbooks: blank ones for a school to fill in, or filled ones (the example school)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms import cell_styles as style
from antq_review.forms.columns import CellKind, Column, Offer
from antq_review.forms.lists_sheet import DropDownLists
from antq_review.forms.measures_sheet import MEASURE_HINT, draw_measures, names_measures, shade_unused
from antq_review.forms.new_school import UNKNOWN, NewSchool
from antq_review.forms.save_workbook import put_text, workbook_bytes
from antq_review.forms.sheets import (
    DECLARATION,
    DOWNWARDS,
    HEAD_LABELS,
    OWN_TITLE,
    SHEET_TITLE,
    SHEETS,
    TABLE_TITLE,
    Sheet,
    Table,
    marker,
)
from antq_review.forms.validation import validate
from antq_review.source import column_letters

#: Table → rows to draw: field → content of the cell (labels instead of codes).
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

_FORMATS = {
    CellKind.DATE: "dd/mm/yyyy", CellKind.TIME: "hh:mm", CellKind.MOMENT: "dd/mm/yyyy hh:mm", CellKind.COUNT: "0",
    CellKind.NUMBER: "General",
}
_DOWNWARDS = tuple(zip(DOWNWARDS.values(), (34, 44, 70), strict=True))


@dataclass(frozen=True)
class Head:
    """The values in the head of one sheet. None: blank, the unit fills it in."""

    school_code: str | None = None
    year: int | None = None
    unit: str | None = None
    declared_until: date | None = None
    declared_by: str | None = None
    declared_post: str | None = None
    name: str | None = None
    body: str | None = None
    day: date | None = None


def draw_workbook(
    sheets: Iterable[Sheet], heads: Mapping[str, Head], rows: Rows, measures: Mapping[str, str], school: NewSchool = UNKNOWN
) -> Workbook:
    """One workbook with the given sheets.

    `measures`: code → label, for the drop-down lists of the columns that offer measures. `school`: whose entries the
    drop-down lists offer.
    """
    book = Workbook()
    book.remove(book.active)
    lists, drawn = DropDownLists(measures, school), list(sheets)
    for sheet in drawn:
        _draw_sheet(book.create_sheet(sheet.title), sheet, heads.get(sheet.name, Head()), rows, lists)
    if any(names_measures(sheet) for sheet in drawn):
        _set_page(draw_measures(book, lists.pupils))
    lists.draw(book)
    return book


def workbook_file(
    workbook: str, heads: Mapping[str, Head], rows: Rows, measures: Mapping[str, str], school: NewSchool = UNKNOWN
) -> bytes:
    """One of the shipped workbooks as .xlsx."""
    return workbook_bytes(draw_workbook(sheets_of(workbook), heads, rows, measures, school))


def sheets_of(workbook: str) -> list[Sheet]:
    """The sheets of a workbook, in order."""
    return [sheet for sheet in SHEETS if sheet.workbook == workbook]


def _draw_sheet(page: Worksheet, sheet: Sheet, head: Head, rows: Rows, lists: DropDownLists) -> None:
    _set_widths(page, sheet)
    top = _draw_head(page, sheet, head, lists)
    for number, table in enumerate(sheet.tables):
        title_row = top
        put_text(page.cell(title_row, 1), TABLE_TITLE.format(number=number + 1, title=table.called(lists.pupils)))
        page.cell(title_row, 1).font = style.SUBTITLE
        draw = _draw_downwards if table.downwards else _draw_across
        top = draw(page, table, title_row + 1, list(rows.get(table.name, ())), lists) + 2
        if number == 0 and len(sheet.tables) == 1:
            page.freeze_panes = page.cell(title_row + 3, 3 if len(table.row.columns()) > 4 else 1)
            page.print_title_rows = f"{title_row + 1}:{title_row + 1}"
    _set_page(page)


def _set_widths(page: Worksheet, sheet: Sheet) -> None:
    widths: dict[int, int] = {}
    for table in sheet.tables:
        wide = [width for _, width in _DOWNWARDS] if table.downwards else [c.width for c in table.row.columns()]
        for index, width in enumerate(wide, start=1):
            widths[index] = max(width, widths.get(index, 0))
    for index, width in widths.items():
        page.column_dimensions[column_letters(index)].width = width + 2


def _draw_head(page: Worksheet, sheet: Sheet, head: Head, lists: DropDownLists) -> int:
    """Draw title, marker, school, unit, declaration and note; returns the first free row."""
    put_text(page.cell(1, 1), OWN_TITLE.format(title=sheet.own_heading) if sheet.own_heading else SHEET_TITLE.format(title=sheet.title))
    page.cell(1, 1).font = style.TITLE
    values: dict[str, Any] = {"marker": marker(sheet)}
    if sheet.own_heading:
        values |= {name: getattr(head, name) for name in sheet.head}
    else:
        if not any(table.downwards for table in sheet.tables):
            values |= {"school_code": head.school_code, **({"name": head.name} if head.name else {}), "year": head.year}
        values["unit"] = head.unit
    if sheet.declared:
        values |= {
            "declared_until": head.declared_until,
            "declared_by": head.declared_by,
            "declared_post": head.declared_post,
        }
    at = _value_column(page)
    for row, (name, value) in enumerate(values.items(), start=2):
        put_text(page.cell(row, 1), HEAD_LABELS[name])
        style.dress(page.cell(row, 1), font=style.BOLD)
        cell = page.cell(row, at)
        style.dress(
            cell, font=style.SMALL if name == "marker" else style.PLAIN, border=style.BOX,
            alignment=style.RIGHT if name == "year" else style.TOP if name in ("name", "body") else style.WRAP,
            number_format="dd/mm/yyyy" if name in ("declared_until", "day") else "0" if name == "year" else "@",
        )
        if name != "marker":
            cell.fill = style.ENTRY_FILL
        if isinstance(value, str):
            put_text(cell, value)
        elif value is not None:
            cell.value = value
        if name == "unit":
            validate(page, CellKind.TEXT, cell.coordinate, lists.offer(Offer.UNITS))
    row = 2 + len(values)
    if sheet.declared:
        put_text(page.cell(row, 1), DECLARATION.format(declared=sheet.declared))
        page.cell(row, 1).font = style.HELP
        validate(page, CellKind.DATE, f"{column_letters(at)}{row - 3}")
        row += 1
    for note in (sheet.note, sheet.offers):
        if note:
            put_text(page.cell(row, 1), note)
            page.cell(row, 1).font = style.BOLD
            row += 1
    return row + 1


def _value_column(page: Worksheet) -> int:
    """The first column that begins right of the longest label."""
    index, reached = 1, 0.0
    while reached < 34:
        reached += page.column_dimensions[column_letters(index)].width
        index += 1
    return index


def _draw_headings(page: Worksheet, row: int, headings: Sequence[tuple[str, bool]]) -> None:
    for index, (heading, required) in enumerate(headings, start=1):
        cell = page.cell(row, index)
        put_text(cell, heading + (" *" if required else ""))
        style.dress(cell, font=style.HEADING, fill=style.HEADING_FILL, border=style.BOX, alignment=style.WRAP_CENTRE)
    page.row_dimensions[row].height = 34


def _draw_across(page: Worksheet, table: Table, row: int, filled: list[Mapping[str, Any]], lists: DropDownLists) -> int:
    """Draw headings, the help line, the filled rows and blank rows; returns the last drawn row."""
    columns = table.row.columns(lists.pupils)
    _draw_headings(page, row, [(column.heading, column.required) for column in columns])
    for index, column in enumerate(columns, start=1):
        cell = page.cell(row + 1, index)
        put_text(cell, column.help)
        style.dress(cell, font=style.HELP, fill=style.WASH_FILL, alignment=style.WRAP, border=style.BOX)
    page.row_dimensions[row + 1].height = max(26, 13 * max(_lines(column) for column in columns))
    last = row + 1 + max(table.blank_rows, len(filled) + 10)
    for index, column in enumerate(columns, start=1):
        letter = column_letters(index)
        hint = MEASURE_HINT if column.offer is Offer.MEASURES else ""
        validate(page, column.kind, f"{letter}{row + 2}:{letter}{last}", lists.reference(column), hint)
        first = page.cell(row + 2, index)
        style.dress(first, border=style.BOX, font=style.PLAIN, alignment=style.WRAP, number_format=_FORMATS.get(column.kind, "@"))
        for line in range(row + 3, last + 1):
            page.cell(line, index)._style = copy(first._style)
    shade_unused(page, columns, row + 2, last)
    for line, values in enumerate(filled, start=row + 2):
        for index, column in enumerate(columns, start=1):
            _put(page.cell(line, index), values.get(column.name))
    return last


def _draw_downwards(page: Worksheet, table: Table, row: int, filled: list[Mapping[str, Any]], lists: DropDownLists) -> int:
    """Draw one line per field: label, value, help text; returns the last drawn row."""
    _draw_headings(page, row, [(heading, False) for heading, _ in _DOWNWARDS])
    values = filled[0] if filled else {}
    for line, column in enumerate(table.row.columns(lists.pupils), start=row + 1):
        label, value, note = (page.cell(line, index) for index in (1, 2, 3))
        put_text(label, column.heading + (" *" if column.required else ""))
        put_text(note, column.help)
        style.dress(label, font=style.BOLD, border=style.BOX, alignment=style.WRAP)
        style.dress(
            value, font=style.PLAIN, fill=style.ENTRY_FILL, border=style.BOX, alignment=style.WRAP,
            number_format=_FORMATS.get(column.kind, "@"),
        )
        style.dress(note, font=style.HELP, border=style.BOX, alignment=style.WRAP)
        validate(page, column.kind, f"B{line}", lists.reference(column))
        _put(value, values.get(column.name))
    return row + len(table.row.columns())


def _put(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value


def _lines(column: Column) -> int:
    """Estimated number of lines of the help text in its cell."""
    return -(-len(column.help) * 9 // (10 * max(column.width, 1)))


def _set_page(page: Worksheet) -> None:
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 100
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&A – trang &P/&N"
    page.oddFooter.center.size = 9
    page.page_margins.left = page.page_margins.right = 0.4
