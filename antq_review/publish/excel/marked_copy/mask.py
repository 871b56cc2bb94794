"""Masks private text in a marked copy: free text about people who broke rules, were harmed or need help.

The copy is one of the results, and results are passed on; so the rule for messages (PRIVATE_TABLES) applies here too.
On a sheet with such a table, only harmless content is shown: the form's own words, its head, and days, numbers and
choices that were read as such. All other text is masked, in whichever cell it was typed. A masked cell keeps its place
and its mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from antq_review.forms.columns import CellKind, Column
from antq_review.forms.sheets import (
    DECLARATION,
    DOWNWARDS,
    HEAD_LABELS,
    PRIVATE_TABLES,
    SHEET_TITLE,
    SHEETS,
    TABLE_TITLE,
    Sheet,
    Table,
)
from antq_review.ingest.cell_values import read_cell
from antq_review.ingest.reader import Grid, Value
from antq_review.ingest.recognise import Located, RecognisedSheet, heading_key
from antq_review.ingest.refused import Refused
from antq_review.text import fold

#: Letters; headings and titles are shorter.
_A_LINE = 200

Place = tuple[int, int]

_TYPED = frozenset({
    CellKind.COUNT, CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.MOMENT, CellKind.YES_NO, CellKind.CHOICE,
    CellKind.CHOICES, CellKind.PLAIN_CODE,
})


def masked_cells(page: RecognisedSheet) -> set[Place]:
    """(row, column) of the cells whose text is masked."""
    if page.sheet is None:
        return {place for place, _ in _foreign_cells(page.grid)} if _may_be_private(page.grid) else set()
    private = {table.name for table in page.sheet.tables} & PRIVATE_TABLES
    if not private:
        return {
            (row, at) for located in page.tables for column, at in _columns(located) if column.private or column.kind is CellKind.PLAIN_CODE
            for row, cells in page.grid.rows.items() if located.heading_row < row <= located.last_row
            if column.private or (at in cells and not _is_read(column, cells[at]))
        }
    if private - {located.table.name for located in page.tables}:  # not found on the page: its lines may be anywhere
        return {place for place, _ in _foreign_cells(page.grid)} - _head(page)
    return {place for place, value in _foreign_cells(page.grid) if not _harmless(page, place, value)}


def _foreign_cells(grid: Grid) -> Iterator[tuple[Place, Value]]:
    """The cells that contain other text than the form's own words."""
    for row, cells in grid.rows.items():
        for at, value in cells.items():
            if value[0] != "s" or heading_key(value[1]) not in _own_words():
                yield (row, at), value


def _head(page: RecognisedSheet) -> set[Place]:
    return {(row, at) for row, at, _ in page.head.values()}


def _harmless(page: RecognisedSheet, place: Place, value: Value) -> bool:
    located = next((entry for entry in page.tables if entry.heading_row <= place[0] <= entry.last_row), None)
    if located is None:
        return place in _head(page)
    column = _column(located, place[1])
    if located.table.name not in PRIVATE_TABLES:
        return column is None or not column.private
    return column is not None and column.kind in _TYPED and not column.private and _is_read(column, value)


def _is_read(column: Column, value: Value) -> bool:
    try:
        read_cell(column, value)
    except Refused:
        return False
    return True


def _column(located: Located, at: int) -> Column | None:
    return next((column for column, index in _columns(located) if index == at), None)


def _columns(located: Located) -> list[tuple[Column, int]]:
    """The columns that are on the page, each with its number."""
    return [(column, located.columns[column.name]) for column in located.table.row.columns() if column.name in located.columns]


@cache
def _own_words() -> frozenset[str]:
    """All texts of the blank forms, as keys for comparing headings."""
    said: list[str] = [*HEAD_LABELS.values(), *DOWNWARDS.values()]
    for sheet in SHEETS:
        said += [SHEET_TITLE.format(title=sheet.title), DECLARATION.format(declared=sheet.declared)]
        for number, table in enumerate(sheet.tables, start=1):
            said += [table.title, TABLE_TITLE.format(number=number, title=table.title), *_headings(table)]
            said += [column.help for column in table.row.columns()]
    return frozenset(heading_key(text) for text in said)


def _headings(table: Table) -> list[str]:
    return [column.heading for column in table.row.columns()]


def _may_be_private(grid: Grid) -> bool:
    """Can a page that is not a form be a private sheet?

    Yes, if it contains the title of a private table, the form code of its sheet, or a heading that only such tables
    have.
    """
    words, codes, headings = _private_signs()
    texts = [fold(text) for cells in grid.rows.values() for kind, text in cells.values() if kind == "s" and len(text) < _A_LINE]
    return any(
        any(word in text for word in words) or "/".join(text.split("/")[:2]) in codes or heading_key(text) in headings
        for text in (fold(grid.title), *texts)
    )


@cache
def _private_signs() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Titles of the private tables, beginnings of their sheets' form codes, and headings that only they have."""
    sheets: list[Sheet] = [sheet for sheet in SHEETS if any(table.name in PRIVATE_TABLES for table in sheet.tables)]
    every = [table for sheet in SHEETS for table in sheet.tables]
    own = {heading_key(text) for table in every if table.name in PRIVATE_TABLES for text in _headings(table)}
    shared = {heading_key(text) for table in every if table.name not in PRIVATE_TABLES for text in _headings(table)}
    titles = tuple(fold(table.title) for table in every if table.name in PRIVATE_TABLES)
    return titles, frozenset(f"antq/{sheet.name}" for sheet in sheets), frozenset(own - shared)
