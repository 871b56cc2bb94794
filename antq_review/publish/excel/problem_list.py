"""`loi_nhap_lieu.xlsx`: the problems of all files in one sheet, for the clerk to work through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms import cell_styles as style
from antq_review.forms.save_workbook import put_text, workbook_bytes
from antq_review.ingest.model import Problem
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.publish.excel.marked_copy import look
from antq_review.publish.excel.marked_copy.lines import place_of
from antq_review.publish.excel.marked_copy.list_sheet import place_in
from antq_review.publish.excel.row_height import line_count, row_height
from antq_review.source import column_letters
from antq_review.text import say, words

if TYPE_CHECKING:
    from antq_review.publish.excel.marked_copy.copies import MarkedCopy

#: Most links in the sheet. Excel allows 65,530, more than a clerk ever follows.
_LINKS = 5_000


def problem_list(problems: Iterable[Problem], copies: Mapping[str, MarkedCopy] = {}) -> bytes:
    """The workbook: one line for each cause, with all its faulty cells; the severity in words and colour.

    `copies`: received file → its marked copy in the same folder. The last column links to the first faulty cell in the
    copy.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = say("publish_lists.title")
    columns = words("publish_lists")["columns"]
    for index, (heading, width) in enumerate(columns, start=1):
        cell = page.cell(1, index)
        put_text(cell, heading)
        style.dress(cell, font=style.HEADING, fill=style.HEADING_FILL, border=style.BOX, alignment=style.WRAP_CENTRE)
        page.column_dimensions[column_letters(index)].width = width
    for row, group in enumerate(problem_groups(problems), start=2):
        _draw_problem(page, row, group, copies.get(group.file), [width for _, width in columns])
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return workbook_bytes(book)


def _draw_problem(page: Worksheet, row: int, problem: ProblemGroup, copy: MarkedCopy | None, widths: list[int]) -> None:
    values = (
        say(f"ingest.severity.{problem.severity.value}"),
        problem.place,
        problem.found,
        str(problem.says),
        str(problem.expected),
        str(problem.remedy),
        str(problem.consequence),
        copy.name if copy else "",
    )
    for index, value in enumerate(values, start=1):
        cell = page.cell(row, index)
        put_text(cell, value)
        style.dress(cell, font=style.PLAIN, border=style.BOX, alignment=style.WRAP)
    severity = page.cell(row, 1)
    severity.font, severity.fill = look.FAULTY[problem.severity]["font"], look.FAULTY[problem.severity]["fill"]
    if copy is not None and row <= _LINKS:
        _link(page.cell(row, len(values)), problem, copy)
    lines = max(line_count(value[:2_000], width - 1, 11) for value, width in zip(values, widths, strict=True))
    page.row_dimensions[row].height = row_height(lines, 11)


def _link(cell: Cell, problem: ProblemGroup, copy: MarkedCopy) -> None:
    """Links to the copy in the same folder, and in it to the first faulty cell if the copy contains it."""
    title = copy.titles.get(problem.sheet)
    first = problem.cells[0] if problem.cells and place_of(problem.cells[0]) else "A1"
    place = place_in(title, first) if title else None
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=quote(copy.name), location=place, display=copy.name)
    cell.font = look.LINK["font"]
