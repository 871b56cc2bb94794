"""The sheet “Phép đo”: which filter columns each measure understands. It is help; the reader passes over it.

In the tables that name a measure, a filter that the chosen measure does not understand is shaded while the clerk types.
"""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms import cell_styles as style
from antq_review.forms.columns import Column, Offer
from antq_review.forms.measure_filters import FILTERS, MEASURE_FILTERS, filters
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import put_text
from antq_review.forms.sheets import LISTS_MARKER, Sheet
from antq_review.source import column_letters
from antq_review.text import Message

MEASURES_TITLE = "Phép đo"
_HELP = (
    "Chọn phép đo ở hàng, xem các cột điều kiện có dấu x: chỉ các cột đó thu hẹp được phép đo. Cột điều kiện để trống: đếm tất cả.",
    "Ở biểu Kế hoạch, ô điều kiện mà phép đo không dùng được sẽ có nền xám; hãy để trống ô đó.",
)
#: Shown while a cell of the column «Phép đo» is chosen.
MEASURE_HINT = (
    "Phép đo dùng được cột điều kiện nào: xem trang «Phép đo». Câu không có phép đo: để trống, ghi «Kết quả thực hiện» và «Tự đánh giá»."
)
_TOP = 6


def names_measures(sheet: Sheet) -> bool:
    """Has the sheet a column that offers measures?"""
    return any(column.offer is Offer.MEASURES for table in sheet.tables for column in table.row.columns())


def draw_measures(book: Workbook, pupils: Message) -> Worksheet:
    """Add the sheet after those that are drawn, with the headings of their plan."""
    page = book.create_sheet(MEASURES_TITLE)
    put_text(page.cell(1, 1), LISTS_MARKER)
    page.cell(1, 1).font = style.SMALL
    put_text(page.cell(2, 1), "Phép đo dùng được điều kiện nào")
    page.cell(2, 1).font = style.TITLE
    for row, text in enumerate(_HELP, start=3):
        put_text(page.cell(row, 1), text)
        page.cell(row, 1).font = style.HELP
    for index, text in enumerate(("Phép đo", *(column.heading for column in filters(pupils))), start=1):
        cell = page.cell(_TOP, index)
        put_text(cell, text)
        style.dress(cell, font=style.HEADING, fill=style.HEADING_FILL, border=style.BOX, alignment=style.WRAP_CENTRE)
    page.row_dimensions[_TOP].height = 34
    for row, measure in enumerate(Measure, start=_TOP + 1):
        marks = ("x" if column.name in MEASURE_FILTERS.get(measure, ()) else "" for column in FILTERS)
        for index, text in enumerate((measure.label, *marks), start=1):
            cell = page.cell(row, index)
            if text:
                put_text(cell, text)
            style.dress(cell, font=style.PLAIN, border=style.BOX, alignment=style.WRAP if index == 1 else style.WRAP_CENTRE)
    page.freeze_panes = page.cell(_TOP + 1, 2)
    page.column_dimensions["A"].width = 48
    for index in range(2, len(FILTERS) + 2):
        page.column_dimensions[column_letters(index)].width = 13
    page.print_title_rows = f"{_TOP}:{_TOP}"
    return page


def shade_unused(page: Worksheet, columns: tuple[Column, ...], first: int, last: int) -> None:
    """Shade the filters of a row that its measure does not understand."""
    letters = {column.name: column_letters(index) for index, column in enumerate(columns, start=1)}
    measure = next((column.name for column in columns if column.offer is Offer.MEASURES), None)
    if measure is None:
        return
    names = f"'{MEASURES_TITLE}'!$A${_TOP + 1}:$A${_TOP + len(Measure)}"
    for index, column in enumerate(FILTERS, start=2):
        if column.name not in letters:
            continue
        marks = f"'{MEASURES_TITLE}'!${column_letters(index)}${_TOP + 1}:${column_letters(index)}${_TOP + len(Measure)}"
        chosen = f"${letters[measure]}{first}"
        found = f'AND({chosen}<>"",COUNTIF({names},{chosen})>0,COUNTIFS({names},{chosen},{marks},"x")=0)'
        cells = f"{letters[column.name]}{first}:{letters[column.name]}{last}"
        page.conditional_formatting.add(cells, FormulaRule(formula=[found], fill=style.UNUSED_FILL))
