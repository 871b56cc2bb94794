"""Draws one sheet of a marked copy: the form's look, the received texts at their addresses, the faulty cells marked.

Only the texts that were read are taken from the received file: no formula, link, style, comment or setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms.cell_styles import CellLook, dress
from antq_review.forms.save_workbook import CELL_LIMIT, put_text
from antq_review.forms.sheets import HEAD_LABELS, MARKED_COPY
from antq_review.ingest.cell_values import in_old_encoding, shown
from antq_review.ingest.reader import Value
from antq_review.ingest.recognise import Located, RecognisedSheet
from antq_review.publish.excel.marked_copy import look
from antq_review.publish.excel.marked_copy.lines import Mark, Place
from antq_review.publish.excel.marked_copy.proposed import CopyPage, as_typed
from antq_review.publish.excel.row_height import line_count, row_height
from antq_review.source import column_letters
from antq_review.text import fold, say
from antq_review.text.personal import masked
from antq_review.text.personal_paths import masked_path

_DOWNWARDS_WIDTHS = {"label": 34, "value": 44, "help": 70}
#: Least and greatest width of a column that is not in the form; its texts decide.
_NARROWEST, _WIDEST = 10, 36
#: Most lines of a row; letters of a text that are measured for it; most letters of a comment.
_MOST_LINES, _MEASURED, _COMMENT = 8, 600, 1_500
#: Most blank cells that are framed in one table.
_BLANKS = 50_000


def write(cell: Cell, text: str, as_: CellLook) -> None:
    """Writes the text as text, never as a formula, and cuts it at the limit of an Excel cell."""
    dress(cell, **as_)
    if text:
        put_text(cell, cut(text))


def cut(text: str) -> str:
    """The text, cut at the limit of an Excel cell. Excel counts UTF-16 units: a letter above U+FFFF counts as two."""
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * CELL_LIMIT else units[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def draw_page(sheet: Worksheet, drawn: CopyPage, marks: Mapping[Place, Mark]) -> bool:
    """Draws one received page. Returns whether any text of it was masked."""
    page, hidden = drawn.page, drawn.hidden
    if page.grid.hidden:
        sheet.sheet_state = "hidden"
        return False
    widths = _widths(page)
    for at, width in widths.items():
        sheet.column_dimensions[column_letters(at)].width = width + 2
    for at in page.grid.hidden_columns:
        sheet.column_dimensions[column_letters(at)].hidden = True
    for row in page.grid.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for row, cells in sorted(page.grid.rows.items()):
        if row in page.grid.hidden_rows:
            continue
        wanted = 1
        for at, value in cells.items():
            if at in page.grid.hidden_columns:
                continue
            text = say("marked.masked") if (row, at) in hidden else drawn.proposed.get((row, at)) or _text(page, row, at, value)
            as_ = look.MASKED if (row, at) in hidden else _look(page, row, at, value)
            if as_ is look.SUBTITLE:
                sheet.row_dimensions[row].height = row_height(1, 12)
            mark = marks.get((row, at))
            write(sheet.cell(row, at), text, look.FAULTY[mark.severity] if mark else as_)
            width = widths.get(at, _NARROWEST)
            # A text that does not wrap needs no height: it may cover the cells beside it.
            if as_["alignment"].wrap_text and (len(text) > width * 0.7 or "\n" in text):
                wanted = max(wanted, line_count(text[:_MEASURED], width, as_["font"].size))
        if wanted > 1:
            sheet.row_dimensions[row].height = row_height(min(wanted, _MOST_LINES), 11)
    _draw_blanks(sheet, page)
    for (row, at), mark in sorted(marks.items()):
        cell = sheet.cell(row, at)
        if at not in page.grid.rows.get(row, {}):
            write(cell, "", look.FAULTY[mark.severity])
        if mark.notes:
            cell.comment = _comment(mark)
    _set_up(sheet, page)
    return bool(hidden)


def _draw_blanks(sheet: Worksheet, page: RecognisedSheet) -> None:
    """Frames the blank cells in the lines of a form like the filled cells, except if there are very many."""
    for located in page.tables:
        lines = [row for row in page.grid.rows if located.heading_row < row <= located.last_row and len(page.grid.rows[row]) > 1]
        if len(lines) * len(located.columns) > _BLANKS:
            continue
        for row in lines:
            cells = page.grid.rows[row]
            helps = not located.table.downwards and any(_is_help(located, row, at, value) for at, value in cells.items())
            for at in set(located.columns.values()) - cells.keys():
                write(sheet.cell(row, at), "", look.HELP if helps else look.CELL)


def _text(page: RecognisedSheet, row: int, at: int, value: Value) -> str:
    """The text of a cell, without what points to one person.

    In an old encoding no letter of it is stripped.
    The code of marked copies replaces a form code; else the reader would take the copy for a form.
    """
    if in_old_encoding(value):
        return as_typed(value)
    files = any(one.columns.get("file") == at and one.heading_row < row <= one.last_row for one in page.tables)
    text = masked_path(shown(value)) if files else masked(shown(value))
    return MARKED_COPY if fold(text[:100]).split("/")[0] == "antq" else text


def _look(page: RecognisedSheet, row: int, at: int, value: Value) -> CellLook:
    located = next((entry for entry in page.tables if entry.heading_row <= row <= entry.last_row), None)
    if located is None:
        return _look_above(page, row, at, value)
    if row == located.heading_row:
        return look.HEADING
    if at == 1 and len(page.grid.rows[row]) == 1 and any(entry.heading_row == row + 1 for entry in page.tables):
        return look.SUBTITLE
    if located.table.downwards:
        return {"label": look.LABEL, "help": look.NOTE}.get(_field(located, at), look.CELL)
    if _is_help(located, row, at, value):
        return look.HELP
    return look.NUMBER if value[0] in ("n", "p") else look.CELL


def _look_above(page: RecognisedSheet, row: int, at: int, value: Value) -> CellLook:
    """The look of a cell above the tables, which is the form's head; a page that is no form has only plain cells."""
    if not page.tables:
        return look.NUMBER if value[0] in ("n", "p") else look.CELL
    if row == 1:
        return look.TITLE
    if any(entry.heading_row == row + 1 for entry in page.tables):
        return look.SUBTITLE
    if fold(value[1][:100]).rstrip(": ") in _head_labels():
        return look.LABEL
    return look.CELL if (row, at) in {place[:2] for place in page.head.values()} else look.UNWRAPPED if at == 1 else look.PLAIN


@cache
def _head_labels() -> frozenset[str]:
    return frozenset(fold(label) for label in HEAD_LABELS.values())


def _is_help(located: Located, row: int, at: int, value: Value) -> bool:
    if row != located.heading_row + 1:
        return False
    column = next((column for column in located.fields if column.name == _field(located, at)), None)
    return column is not None and column.help != "" and fold(value[1]) == fold(column.help)


def _field(located: Located, at: int) -> str:
    return next((name for name, column in located.columns.items() if column == at), "")


def _widths(page: RecognisedSheet) -> dict[int, float]:
    """Column → width, from the form or else from the length of its texts."""
    wide: dict[int, float] = {}
    for located in page.tables:
        forms = {column.name: column.width for column in located.table.row.columns()}
        for name, at in located.columns.items():
            wide[at] = max(wide.get(at, 0), (_DOWNWARDS_WIDTHS if located.table.downwards else forms)[name])
    for cells in page.grid.rows.values():
        for at, (_, text) in cells.items():
            if at not in wide or page.tables == []:
                wide[at] = min(_WIDEST, max(wide.get(at, _NARROWEST), len(text)))
    return wide


def _comment(mark: Mark) -> Comment:
    text = "\n\n".join(mark.notes)
    text = text if len(text) <= _COMMENT else text[: _COMMENT - 1] + "…"
    comment = Comment(text, "antq_review")
    comment.width = 330
    comment.height = 16 + 18 * line_count(text, 44, 10)
    return comment


def _set_up(sheet: Worksheet, page: RecognisedSheet) -> None:
    set_paper(sheet)
    sheet.sheet_view.showGridLines = not page.tables
    if page.tables and 1 in page.grid.rows:
        sheet.row_dimensions[1].height = max(26, sheet.row_dimensions[1].height or 0)
    if len(page.tables) == 1 and page.tables[0].heading_row <= 30:
        sheet.freeze_panes = sheet.cell(page.tables[0].heading_row + 1, 1)


def set_paper(sheet: Worksheet) -> None:
    """Sets A4 landscape, one page wide, with the name of the sheet and page numbers at the foot."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A – &P/&N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
