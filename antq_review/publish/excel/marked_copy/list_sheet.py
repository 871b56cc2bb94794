"""The first sheet of a marked copy: “Lỗi”, with one line for each cause and a link to its first cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms.sheets import MARKED_COPY
from antq_review.ingest.model import Severity
from antq_review.publish.excel.marked_copy import look
from antq_review.publish.excel.marked_copy.lines import LINES, FaultLine
from antq_review.publish.excel.marked_copy.sheet import set_paper, write
from antq_review.publish.excel.row_height import line_count, row_height
from antq_review.source import column_letters
from antq_review.text import say, words

_FIRST_LINE = 8
_SHEET, _CELL = 3, 4


def draw_list(
    sheet: Worksheet, file: str, lines: Sequence[FaultLine], titles: Mapping[str, str], about: str
) -> None:
    """Draws title, marker, legend and lines. `titles`: sheet of the received file → sheet of the copy."""
    columns: list[tuple[str, int]] = [(heading, width) for heading, width in words("marked")["columns"]]
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[column_letters(at)].width = width
    _draw_head(sheet, file, lines, about)
    for at, (heading, _) in enumerate(columns, start=1):
        write(sheet.cell(_FIRST_LINE - 1, at), heading, look.HEADING)
    for number, line in enumerate(lines[:LINES], start=1):
        _draw_line(sheet, number, line, titles)
    last = _FIRST_LINE - 1 + min(len(lines), LINES)
    if len(lines) > LINES:
        write(sheet.cell(last + 1, 1), say("marked.rest", count=len(lines) - LINES), look.LABEL)
    sheet.auto_filter.ref = f"A{_FIRST_LINE - 1}:{column_letters(len(columns))}{last}"
    sheet.freeze_panes = sheet.cell(_FIRST_LINE, 1)
    sheet.print_title_rows = f"{_FIRST_LINE - 1}:{_FIRST_LINE - 1}"
    set_paper(sheet)


def _draw_head(sheet: Worksheet, file: str, lines: Sequence[FaultLine], about: str) -> None:
    write(sheet.cell(1, 1), say("marked.title", file=file), look.TITLE)
    write(sheet.cell(2, 1), say("marked.marker_label"), look.UNWRAPPED)
    write(sheet.cell(2, 3), MARKED_COPY, look.UNWRAPPED)
    found = Counter[Severity]()
    for line in lines:
        found[line.group.severity] += line.group.count
    counts = say("cli.check.counts", errors=found[Severity.ERROR], warnings=found[Severity.WARNING], notes=found[Severity.NOTE])
    write(sheet.cell(3, 1), counts, look.LABEL)
    write(sheet.cell(4, 1), about, look.PLAIN)
    sheet.merge_cells(start_row=4, start_column=1, end_row=4, end_column=8)
    for row, height in ((1, 26), (2, 15), (3, 20), (4, row_height(max(3, line_count(about, 130, 11)), 11)), (5, 22), (_FIRST_LINE - 1, 22)):
        sheet.row_dimensions[row].height = height
    write(sheet.cell(5, 1), say("marked.legend"), look.LABEL)
    for at, severity in zip((3, 6, 7), Severity, strict=True):
        write(sheet.cell(5, at), say(f"marked.severity.{severity.value}"), look.FAULTY[severity])
    sheet.merge_cells(start_row=5, start_column=3, end_row=5, end_column=5)


def _draw_line(sheet: Worksheet, number: int, line: FaultLine, titles: Mapping[str, str]) -> None:
    problem, row = line.group, _FIRST_LINE - 1 + number
    cell = line.shown or (say("marked.whole_sheet") if problem.sheet else "")
    values = (
        str(number), say(f"ingest.severity.{problem.severity.value}"), problem.sheet, cell, problem.column,
        str(problem.says), str(problem.expected), line.remedy, str(problem.consequence),
    )
    looks = {1: look.NUMBER, 2: look.SAID[problem.severity]}
    for at, value in enumerate(values, start=1):
        write(sheet.cell(row, at), value, looks.get(at, look.CELL))
    if (place := _target(line, titles)) is not None:
        write(sheet.cell(row, _CELL), cell, look.LINK)
        link = sheet.cell(row, _CELL)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=place, display=cell)
    widths = [width for _, width in words("marked")["columns"]]
    wanted = max(line_count(value, width - 1, 11) for value, width in zip(values, widths, strict=True))
    sheet.row_dimensions[row].height = row_height(wanted, 11)


def _target(line: FaultLine, titles: Mapping[str, str]) -> str | None:
    """The target of the link; None for a cell that the copy does not show."""
    title = titles.get(line.group.sheet)
    if title is None or (line.cell and line.place is None):
        return None
    return place_in(title, line.cell or "A1")


def place_in(title: str, cell: str) -> str:
    """The address of a cell as links need it: the title of the sheet in quotes, `!`, the cell."""
    return "'" + title.replace("'", "''") + "'!" + cell
