"""A copy of a received workbook with its faults marked, for the clerk who filled it in.

The copy is drawn anew from the texts that were read. It is never saved from the received file, so it contains no
formula, link, macro, comment, style or hidden content of that file. Only sheets that are forms are copied; the others are
named on the first sheet, a hidden one only counted. A hidden sheet, row or column of a form stays hidden and is empty. The
first sheet lists the faults, each with a link to its cell; on the other sheets every cell keeps its address. By a marker
the reader refuses the copy if it lies in a folder of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import LISTS_MARKER
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.ingest.reader import Grid
from antq_review.ingest.recognise import recognise
from antq_review.ingest.reread import KeptBooks, read_again
from antq_review.publish.excel.marked_copy.lines import lines_of, marks_of
from antq_review.publish.excel.marked_copy.list_sheet import draw_list
from antq_review.publish.excel.marked_copy.names import copy_names
from antq_review.publish.excel.marked_copy.proposed import copy_page
from antq_review.publish.excel.marked_copy.sheet import draw_page
from antq_review.text import fold, say

#: Characters that Excel refuses in the name of a sheet; its most letters.
_NOT_IN_SHEETS, _TITLE_LETTERS = re.compile(r"[\[\]:*?/\\]"), 31


@dataclass(frozen=True)
class MarkedCopy:
    """One copy: its file name, its bytes, and `titles`: sheet of the received file → title of its sheet in the copy."""

    name: str
    content: bytes
    titles: Mapping[str, str]


def marked_copies(evidence: Evidence, folder: Path, kept: KeptBooks | None = None) -> dict[str, MarkedCopy]:
    """Received file → its marked copy, for every file with an error or a warning inside it.

    The files are read a second time, one by one, unless they were `kept`. There is no copy of a file that cannot be read,
    that changed since the first reading, or whose name another file of the folder has too; its faults are only in the list.
    """
    problems = _by_file(evidence.problems)
    wanted = {file for file, found in problems.items() if any(_asks_for_a_copy(problem) for problem in found)}
    names = copy_names(record.name for record in evidence.files)
    copies: dict[str, MarkedCopy] = {}
    for file, book in read_again(folder, evidence.files, wanted, kept):
        copies[file] = _draw(file, names[file], book.sheets, problems[file])
    return copies


def wants_copy(evidence: Evidence, file: str) -> bool:
    """Does the file have a fault for which the clerk would look for a copy? A mere duplicate of a file has none."""
    found = [problem for problem in evidence.problems if problem.file == file and problem.severity is not Severity.NOTE]
    return any(problem.code != "file_twice" for problem in found)


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.file, []).append(problem)
    return found


def _asks_for_a_copy(problem: Problem) -> bool:
    """Is it a fault inside the file that must be corrected? A fault of the file as a whole needs no copy."""
    return problem.sheet != "" and problem.severity is not Severity.NOTE


def _draw(file: str, name: str, grids: list[Grid], problems: list[Problem]) -> MarkedCopy:
    read = [page for grid in grids if not _is_lists(grid) for page in [recognise(grid)]]
    shown = {id(page): drawn for page in read if (drawn := copy_page(page)) is not None}
    pages = list(shown.values())
    lines = lines_of(problems, [page.grid for page in read], pages)
    marks = marks_of(lines, pages)
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = say("marked.list_title")
    titles: dict[str, str] = {}
    masked = False
    for drawn, title in zip(pages, _sheet_titles(drawn.page.grid for drawn in pages), strict=True):
        sheet, grid = book.create_sheet(title), drawn.page.grid
        own = marks.get(grid.title, {})
        masked |= draw_page(sheet, drawn, own)
        if own:
            sheet.sheet_properties.tabColor = style.NO
        if not grid.hidden:  # a link does not lead to a hidden sheet
            titles.setdefault(grid.title, title)
    left_out = [page.grid for page in read if id(page) not in shown and page.grid.rows]
    about = _about(file, left_out, masked, any(drawn.proposed for drawn in pages))
    draw_list(first, file, lines, titles, about)
    return MarkedCopy(name, workbook_bytes(book, all_text=True), titles)


def _about(file: str, left_out: list[Grid], masked: bool, converted: bool) -> str:
    """What the copy is, what it masks and converts, and which sheets of the file it leaves out."""
    names, hidden = [grid.title for grid in left_out if not grid.hidden], sum(grid.hidden for grid in left_out)
    parts = [say("marked.about", file=file), *([say("marked.masks")] if masked else ()), *([say("marked.converts")] if converted else ())]
    if names:
        parts.append(say("marked.left_out", names="; ".join(f"«{name}»" for name in names)))
    if hidden:
        parts.append(say("marked.left_out_hidden", count=hidden))
    return " ".join(parts)


def _is_lists(grid: Grid) -> bool:
    """Is this the form's hidden sheet of drop-down lists, which the user does not fill in?"""
    return any(kind == "s" and fold(text) == LISTS_MARKER for cells in list(grid.rows.values())[:15] for kind, text in cells.values())


def _sheet_titles(grids: Iterable[Grid]) -> list[str]:
    """Titles that Excel accepts, all different, also from the title of the list."""
    titles: list[str] = []
    taken = {fold(say("marked.list_title"))}
    for grid in grids:
        plain = _NOT_IN_SHEETS.sub("_", " ".join(grid.title.split()))[:_TITLE_LETTERS].strip("' ") or say("marked.nameless")
        title, number = plain, 1
        while fold(title) in taken:
            number += 1
            title = say("marked.other_title", title=plain[: _TITLE_LETTERS - 6].strip("' "), number=number)
        taken.add(fold(title))
        titles.append(title)
    return titles
