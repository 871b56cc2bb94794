"""`loi_nhap_lieu.xlsx`: every problem over all files, in one sheet a clerk can work through."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook

from antq_review.forms import style
from antq_review.forms.save import put_text, workbook_bytes
from antq_review.ingest.model import Problem
from antq_review.source import column_letters
from antq_review.text import say, words


def problem_list(problems: Iterable[Problem]) -> bytes:
    """The workbook; severity in words and colour, one line a problem, all its cells in one."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = say("publish_lists.title")
    columns = words("publish_lists")["columns"]
    for index, (heading, width) in enumerate(columns, start=1):
        cell = page.cell(1, index)
        put_text(cell, heading)
        cell.font, cell.fill, cell.border, cell.alignment = (
            style.HEADING,
            style.HEADING_FILL,
            style.BOX,
            style.WRAP_CENTRE,
        )
        page.column_dimensions[column_letters(index)].width = width
    for row, problem in enumerate(problems, start=2):
        values = (
            say(f"ingest.severity.{problem.severity.value}"),
            problem.place,
            problem.found,
            problem.says,
            problem.expected,
            problem.remedy,
            problem.consequence,
        )
        for index, value in enumerate(values, start=1):
            cell = page.cell(row, index)
            put_text(cell, value)
            cell.font, cell.border, cell.alignment = style.PLAIN, style.BOX, style.WRAP
        lines = max(-(-len(value) // max(int(columns[index][1]) - 2, 1)) for index, value in enumerate(values))
        page.row_dimensions[row].height = 15 * max(1, lines)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return workbook_bytes(book)
