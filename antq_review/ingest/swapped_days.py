"""Columns of days in which day and month may have changed places.

A computer with American dates turns dd/mm/yyyy up to the twelfth into a day with day and month swapped, and leaves
everything after the twelfth as a text. A list that writes the month first betrays itself in the same way. No single cell
shows it; the column does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from antq_review.forms.columns import CellKind, Column
from antq_review.ingest.reader import Value
from antq_review.ingest.written_days import day_parts, is_day
from antq_review.text import tidy

#: Line and column of a cell.
Spot = tuple[int, int]
DAY_KINDS = frozenset({CellKind.DATE, CellKind.MOMENT})
#: No text of a day is longer.
_LONGEST_DAY = 60


class _Sort(Enum):
    """What one cell tells of its column. A text names its day first; a cell is a day as Excel stores it."""

    LATE_TEXT = auto()
    EARLY_TEXT = auto()
    MONTH_FIRST = auto()
    LATE_CELL = auto()
    EARLY_CELL = auto()


@dataclass(frozen=True)
class _Sign:
    """`turns`: day and month differ and are both at most 12, so the cell could mean another day."""

    spot: Spot
    sort: _Sort
    turns: bool


def doubtful_days(columns: Mapping[int, Column], rows: Iterable[tuple[int, Mapping[int, Value]]]) -> dict[Spot, str]:
    """The cells of a table that may mean another day, each with the key of its problem in text/ingest.toml.

    `columns`: column number → column. All columns of days together are judged first, then each alone: one person fills
    in one form on one computer.
    """
    signs: dict[int, list[_Sign]] = {number: [] for number, column in columns.items() if column.kind in DAY_KINDS}
    for number, cells in rows if signs else ():
        for column in signs.keys() & cells.keys():
            if sign := _sign((number, column), cells[column]):
                signs[column].append(sign)
    together = _judged([sign for column in signs.values() for sign in column])
    return together or {spot: code for column in signs.values() for spot, code in _judged(column).items()}


def may_be_swapped(value: Value) -> bool:
    """Could a cell of a form that was filled in on such a computer mean another day?"""
    sign = _sign((0, 0), value)
    return sign is not None and sign.sort is _Sort.EARLY_CELL and sign.turns


def _sign(spot: Spot, value: Value) -> _Sign | None:
    kind, text = value
    if kind in ("d", "t"):
        day = date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text).date()
        late = day.day > 12
        return _Sign(spot, _Sort.LATE_CELL if late else _Sort.EARLY_CELL, not late and day.day != day.month)
    parts = day_parts(tidy(text)) if kind == "s" and len(text) <= _LONGEST_DAY else None
    if parts is None:
        return None
    first, second, year = parts
    if not is_day(first, second, year):
        return _Sign(spot, _Sort.MONTH_FIRST, False) if is_day(second, first, year) else None
    return _Sign(spot, _Sort.LATE_TEXT if first > 12 else _Sort.EARLY_TEXT, first <= 12 and first != second)


def _judged(signs: Sequence[_Sign]) -> dict[Spot, str]:
    sorts = {sign.sort for sign in signs}
    if _Sort.MONTH_FIRST in sorts and _Sort.LATE_TEXT not in sorts:
        return _month_first(signs, sorts)
    whole = not sorts & {_Sort.EARLY_TEXT, _Sort.LATE_CELL}
    found: dict[Spot, str] = {}
    for run in _runs(signs):
        texts = sum(sign.sort is _Sort.LATE_TEXT for sign in run)
        cells = [sign.spot for sign in run if sign.sort is _Sort.EARLY_CELL and sign.turns]
        # A part of a column between days that are surely right needs more than one sign of each sort.
        if min(texts, len(cells)) >= (1 if whole else 2):
            found |= dict.fromkeys(cells, "days_swapped")
    return found


def _month_first(signs: Sequence[_Sign], sorts: set[_Sort]) -> dict[Spot, str]:
    """Texts that may have the month first too; and cells, where two such texts and no cell after the twelfth agree."""
    several = sum(sign.sort is _Sort.MONTH_FIRST for sign in signs) > 1
    wanted = {_Sort.EARLY_TEXT} | ({_Sort.EARLY_CELL} if several and _Sort.LATE_CELL not in sorts else set())
    return {sign.spot: "days_month_first" for sign in signs if sign.sort in wanted and sign.turns}


def _runs(signs: Sequence[_Sign]) -> list[list[_Sign]]:
    """The signs between those that speak against a swap: a text up to the twelfth, a cell after it."""
    runs: list[list[_Sign]] = [[]]
    for sign in signs:
        if sign.sort in (_Sort.EARLY_TEXT, _Sort.LATE_CELL):
            runs.append([])
        else:
            runs[-1].append(sign)
    return runs
