"""Recognising a form on a page: by its marker, else by its headings. A column is found by heading, not by position."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from antq_review.forms.columns import WORDS_FOR_PUPILS, Column
from antq_review.forms.sheets import (
    DOWNWARDS,
    FORM_VERSION,
    HEAD_LABELS,
    LISTS_MARKER,
    MARKED_COPY,
    SHEETS,
    Sheet,
    Table,
)
from antq_review.ingest.reader import Grid, Value
from antq_review.text import SILENT, Message, fold

#: A page without a marker is a form only when its headings are in these first rows.
_TOP_ROWS = 60
#: A longer text is no heading.
_LONGEST_HEADING = 200


@dataclass
class Located:
    """One table found on a page: the row of its headings, field → column number, column number → unknown heading.

    `pupils`: the word for pupils in its headings.
    """

    table: Table
    heading_row: int
    columns: dict[str, int]
    unknown: dict[int, str] = field(default_factory=dict)
    last_row: int = 0
    pupils: Message = SILENT

    @property
    def fields(self) -> tuple[Column, ...]:
        """The columns of its form, as this page calls them."""
        return self.table.row.columns(self.pupils)


@dataclass
class RecognisedSheet:
    """One page after recognition. `sheet` None: the page is not a form.

    `head`: head field → (row, column, value). `refused`: key of the problem for which the page is not read. `silent`:
    the page is passed over without a message (an empty page, the hidden sheet of drop-down lists).
    """

    grid: Grid
    sheet: Sheet | None = None
    head: dict[str, tuple[int, int, Value]] = field(default_factory=dict)
    tables: list[Located] = field(default_factory=list)
    refused: str | None = None
    silent: bool = False


def heading_key(text: str) -> str:
    """The form of a heading for comparison: folded, without the star of a required column."""
    return fold(text).rstrip("*").strip()


def _texts(grid: Grid, row: int) -> dict[int, str]:
    return {
        column: heading_key(text)
        for column, (kind, text) in grid.rows.get(row, {}).items() if kind == "s" and len(text) <= _LONGEST_HEADING
    }


def recognise(grid: Grid, sheets: tuple[Sheet, ...] = SHEETS) -> RecognisedSheet:
    """Find the form of a page among `sheets`, its tables and the values of its head."""
    page = RecognisedSheet(grid)
    if not grid.rows:
        page.silent = True
        return page
    _read_marker(page, sheets)
    if page.refused or page.silent:
        return page
    page.sheet = page.sheet or _sheet_by_headings(grid, sheets)
    if page.sheet is not None:
        page.tables = _find_tables(grid, page.sheet, sorted(grid.rows))
        if page.tables:
            _read_head(page, page.tables[0].heading_row)
        else:
            page.refused = "no_headings"
    return page


def _sheet_by_headings(grid: Grid, sheets: tuple[Sheet, ...]) -> Sheet | None:
    """The form with the most known headings near the top of a page without a marker; None where no heading is known."""
    top = [row for row in sorted(grid.rows) if row <= _TOP_ROWS]
    known = {sheet.name: sum(len(table.columns) for table in _find_tables(grid, sheet, top)) for sheet in sheets}
    best = max(sheets, key=lambda sheet: known[sheet.name])
    return best if known[best.name] else None


def _read_marker(page: RecognisedSheet, sheets: tuple[Sheet, ...]) -> None:
    for row in sorted(page.grid.rows)[:15]:
        for kind, text in page.grid.rows[row].values():
            parts = fold(text).split("/") if kind == "s" else []
            if parts[:1] != ["antq"] or len(parts) < 2:
                continue
            if fold(text) == LISTS_MARKER:
                page.silent = True
            elif fold(text) == MARKED_COPY:
                page.refused = "marked_copy"
            else:
                page.sheet = next((sheet for sheet in sheets if sheet.name == parts[1]), None)
                newer = len(parts) > 2 and parts[2].isdecimal() and int(parts[2]) > FORM_VERSION
                if newer or page.sheet is None:
                    page.refused = "form_too_new"
            return


def _find_tables(grid: Grid, sheet: Sheet, rows: list[int]) -> list[Located]:
    """The tables of a sheet, from top to bottom. The first row that matches a table is the row of its headings."""
    best: dict[str, Located] = {}
    for row in rows:
        if len(best) == len(sheet.tables):
            break
        texts = _texts(grid, row)
        if len(texts) < 2:
            continue
        found = max(
            (match for table in sheet.tables if (match := _match(table, row, texts))),
            key=lambda match: len(match.columns),
            default=None,
        )
        if found is not None and found.table.name not in best:
            best[found.table.name] = found
    located = sorted(best.values(), key=lambda table: table.heading_row)
    ends = [following.heading_row - 1 for following in located[1:]] + [max(grid.rows)]
    for table, end in zip(located, ends, strict=False):  # without any table, `ends` has one entry too many
        table.last_row = end
    return located


def _match(table: Table, row: int, texts: dict[int, str]) -> Located | None:
    """The table with this row as its headings; None where too few of the table's headings are in the row."""
    names = _names(table)
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        if text in names and names[text] not in columns:
            columns[names[text]] = column
        else:
            unknown[column] = text
    if table.downwards:
        enough = {"label", "value"} <= columns.keys()
    else:
        enough = len(columns) >= max(2, len(table.row.columns()) // 3) and len(columns) > len(unknown)
    return Located(table, row, columns, unknown, pupils=_word_for_pupils(table, texts)) if enough else None


def _word_for_pupils(table: Table, texts: dict[int, str]) -> Message:
    """The word for pupils with which most headings are the form's; the usual one where no heading tells."""
    found = set(texts.values())
    return max(WORDS_FOR_PUPILS, key=lambda word: len(found & {heading_key(column.heading) for column in table.row.columns(word)}))


@cache
def _names(table: Table) -> dict[str, str]:
    """Heading key → field, with every word for pupils. For a table that is read downwards, the fields are `label`, `value`, `help`."""
    if table.downwards:
        return {heading_key(heading): name for name, heading in DOWNWARDS.items()}
    return {heading_key(column.heading): column.name for pupils in WORDS_FOR_PUPILS for column in table.row.columns(pupils)}


def _read_head(page: RecognisedSheet, before: int) -> None:
    labels = {fold(label): name for name, label in HEAD_LABELS.items()}
    for row in sorted(number for number in page.grid.rows if number < before):
        cells = page.grid.rows[row]
        for column, (kind, text) in sorted(cells.items()):
            name = labels.get(fold(text).rstrip(":").strip()) if kind == "s" else None
            if name and name not in page.head:
                following = [other for other in sorted(cells) if other > column]
                if following and fold(cells[following[0]][1]) not in labels:
                    page.head[name] = (row, following[0], cells[following[0]])
