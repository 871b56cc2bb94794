"""The numeric annex and the evidence register as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.source import Cells, Frozen
from antq_review.text import SILENT, Message


class How(StrEnum):
    """The origin of a number: typed into a cell, rows counted, or cells added up."""

    ENTERED = "entered"
    COUNTED = "counted"
    SUMMED = "summed"


class NumericRow(Frozen):
    """One line of an annex table. `key` identifies the line in every year, even where its label changes.

    `value` None: not known, which is not 0; `note` contains the reason. `at_least`: the value is only a lower bound;
    `at_most` is the upper bound where there is one. A value in “%” is a percentage, not rounded. `words`: shown
    instead of a number (đạt).
    """

    key: str
    group: Message = SILENT
    label: Message
    unit: Message
    value: Decimal | None = None
    at_least: bool = False
    at_most: Decimal | None = None
    words: Message = SILENT
    how: How
    cells: Cells = ()
    note: Message = SILENT


class NumericTable(Frozen):
    """One annex table with its period. `notes`: forms that are not closed, and numbers that no form collects."""

    id: str
    title: Message
    period_start: date
    period_end: date
    rows: tuple[NumericRow, ...]
    notes: tuple[Message, ...] = ()

    def row(self, key: str) -> NumericRow | None:
        """The line with this key; None where the table has no such line."""
        return next((row for row in self.rows if row.key == key), None)


class RegisterItem(Frozen):
    """One piece of evidence with its code.

    `where`: format and path or address, or the keeper; never a path for confidential or private evidence. `serves`: the
    provisions (`tt_124/1a`) and then the sentences of the plan (`II.1-1`) that rest on it.
    """

    code: str
    title: Message
    kind: Message
    where: Message
    serves: tuple[str, ...] = ()
    note: Message = SILENT
    cells: Cells = ()
