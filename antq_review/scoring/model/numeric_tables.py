"""What the numeric annex and the evidence register are made of, as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.source import CellRef, Frozen


class How(StrEnum):
    """How a number came about: typed by somebody, rows counted, cells added up."""

    ENTERED = "entered"
    COUNTED = "counted"
    SUMMED = "summed"


class NumericRow(Frozen):
    """One line of an annex table. `key` names the line in every year, whatever its words.

    `value` None: not known, which is not 0; `note` says why. `at_least`: the value is only a lower end, `at_most` the upper
    end where there is one. A value in “%” is a percentage, not rounded. `words` stand where the line has no number (đạt).
    """

    key: str
    group: str = ""
    label: str
    unit: str
    value: Decimal | None = None
    at_least: bool = False
    at_most: Decimal | None = None
    words: str = ""
    how: How
    cells: tuple[CellRef, ...] = ()
    note: str = ""


class NumericTable(Frozen):
    """One annex table with the days it speaks of. `notes`: forms that are not closed, what the forms do not ask."""

    id: str
    title: str
    period_start: date
    period_end: date
    rows: tuple[NumericRow, ...]
    notes: tuple[str, ...] = ()

    def row(self, key: str) -> NumericRow | None:
        """The line of that key; None where the table has none."""
        return next((row for row in self.rows if row.key == key), None)


class RegisterItem(Frozen):
    """One piece of evidence with its code.

    `where`: format and path or address, or who keeps it; never a path for what is confidential or private. `serves`: what
    rests on it, `tt_124/1a` for a provision of a text, `II.1-1` for a sentence of the plan, in that order.
    """

    code: str
    title: str
    kind: str
    where: str
    serves: tuple[str, ...] = ()
    note: str = ""
    cells: tuple[CellRef, ...] = ()
