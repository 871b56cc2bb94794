"""Masks private text in a marked copy: free text about people who broke rules, were harmed or need help.

The copy is one of the results, and results are passed on; so the rule for messages (PRIVATE_TABLES) applies here too.
On a sheet with such a table, only harmless content is shown: the form's own words, its head, and days, numbers and
choices that were read as such. All other text is masked, in whichever cell it was typed. A masked cell keeps its place
and its mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from antq_review.forms.columns import WORDS_FOR_PUPILS, CellKind, Column
from antq_review.forms.sheets import (
    DECLARATION,
    DOWNWARDS,
    HEAD_LABELS,
    PRIVATE_TABLES,
    SHEET_TITLE,
    SHEETS,
    TABLE_TITLE,
)
from antq_review.ingest.cell_values import read_cell
from antq_review.ingest.reader import Grid, Value
from antq_review.ingest.recognise import Located, RecognisedSheet, heading_key
from antq_review.ingest.refused import Refused

Place = tuple[int, int]

_TYPED = frozenset({
    CellKind.COUNT, CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.MOMENT, CellKind.YES_NO, CellKind.CHOICE,
    CellKind.CHOICES, CellKind.PLAIN_CODE,
})


def masked_cells(page: RecognisedSheet) -> set[Place]:
    """(row, column) of the cells whose text is masked."""
    assert page.sheet is not None, "only forms are copied"
    private = {table.name for table in page.sheet.tables} & PRIVATE_TABLES
    if not private:
        return {place for place, value in _foreign_cells(page.grid) if not _belongs(page, place, value)}
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


def _belongs(page: RecognisedSheet, place: Place, value: Value) -> bool:
    """Is it a cell of a table's column, its headings or the head? A text beside or below the tables is nobody's question."""
    located = next((entry for entry in page.tables if entry.heading_row <= place[0] <= entry.last_row), None)
    if located is None:
        return place in _head(page)
    column = _column(located, place[1])
    if place[0] == located.heading_row:
        return True
    return column is not None and not column.private and (column.kind is not CellKind.PLAIN_CODE or _is_read(column, value))


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
    return [(column, located.columns[column.name]) for column in located.fields if column.name in located.columns]


@cache
def _own_words() -> frozenset[str]:
    """All texts of the blank forms, as keys for comparing headings."""
    said: list[str] = [*HEAD_LABELS.values(), *DOWNWARDS.values()]
    for sheet in SHEETS:
        said += [SHEET_TITLE.format(title=sheet.title), DECLARATION.format(declared=sheet.declared)]
        said += [note for note in (sheet.note, sheet.offers) if note]
        for number, table in enumerate(sheet.tables, start=1):
            for pupils in WORDS_FOR_PUPILS:
                title, columns = table.called(pupils), table.row.columns(pupils)
                said += [title, TABLE_TITLE.format(number=number, title=title)]
                said += [text for column in columns for text in (column.heading, column.help)]
    return frozenset(heading_key(text) for text in said)
