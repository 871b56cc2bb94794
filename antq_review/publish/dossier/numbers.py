"""A number of the dossier: how exactly it is known, and whether a public copy may print it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from antq_review.publish import wording as phrases
from antq_review.publish.dossier.suppression import few_of
from antq_review.publish.tables.numbers import is_percent
from antq_review.publish.tables.numbers import shown as shown_in_table
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.scoring.model.review import Review
from antq_review.text import number, say

#: Numbers below this are written with a 0 in front in sentences: “02 buổi”.
_TWO_DIGITS = 10


@dataclass(frozen=True)
class Figure:
    """`value` None: not known. `lower`: the value is only a lower bound.

    `hidden`: this copy prints the number only if it is 0.
    """

    value: Decimal | None
    lower: bool = False
    hidden: bool = False

    @property
    def state(self) -> str:
        """The sentence pattern that suits the number: zero, one, many, at_least, unknown, hidden."""
        if self.value is None or (self.lower and not self.value):
            return "unknown"
        if not self.value:
            return "zero"
        if self.hidden:
            return "hidden"
        return "at_least" if self.lower else "one" if self.value == 1 else "many"

    @property
    def positive(self) -> bool:
        """Is the number surely above 0?"""
        return bool(self.value)

    @property
    def prose(self) -> str:
        """The number in a sentence: `02`, `1.250`, `ít nhất 12`.

        Of a hidden number not even `dưới 3`, only that it is hidden.
        """
        if self.value is None:
            return say("dossier.dash")
        if self.hidden and self.value:
            return say("dossier.hidden")
        n = prose(self.value)
        return say("dossier.counted_at_least", n=n) if self.lower else n


def prose(value: Decimal | int) -> str:
    """A number in a sentence; whole numbers below 10 with two digits, as offices write them."""
    whole = Decimal(value)
    plain = number(whole)
    return f"0{plain}" if whole == whole.to_integral_value() and 0 < whole < _TWO_DIGITS else plain


@dataclass(frozen=True)
class Cells:
    """The numeric tables of one review, by table and key. `hidden`: the cells that a public copy does not print."""

    rows: dict[tuple[str, str], NumericRow]
    hidden: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, review: Review | None, public: bool) -> Cells:
        """The cells of a review; no cells for None."""
        tables = review.tables if review is not None else ()
        rows = {(table.id, row.key): row for table in tables for row in table.rows}
        return cls(rows, few_of(rows) if public else frozenset())

    def figure(self, table: str, key: str) -> Figure:
        """The number of a cell; of a missing cell it is not known."""
        row = self.rows.get((table, key))
        if row is None:
            return Figure(None)
        return Figure(row.value, row.at_least, (table, key) in self.hidden)

    def label(self, table: str, key: str) -> str:
        """The label of the cell's line; the key where the cell is missing."""
        row = self.rows.get((table, key))
        return str(row.label) if row is not None else key

    def keys(self, table: str, begins: str) -> list[str]:
        """Keys of a table that begin with `begins`, in the order of the table."""
        return [key for of, key in self.rows if of == table and key.startswith(begins)]

    def rate(self, table: str, key: str) -> str:
        """A percentage of a cell in words; a dash where it is not known."""
        row = self.rows.get((table, key))
        return shown_in_table(row) if row is not None and is_percent(row) else say("dossier.dash")

    def shown(self, table: str, key: str) -> str:
        """The cell in a table: `12`, `98,5%`, `Đạt`; a dash where it is not known, `…` where a public copy hides it."""
        if (table, key) in self.hidden:
            return say("dossier.hidden")
        return shown_in_table(self.rows.get((table, key)))


def listed(parts: Iterable[tuple[str, Figure]]) -> str:
    """`Sinh hoạt dưới cờ 10; chuyên đề 02`: the numbers above 0 with their labels, in the order given."""
    there = [(label, figure) for label, figure in parts if figure.positive]
    return "; ".join(f"{label} {figure.prose}" for label, figure in there)


def rate_of(value: Decimal) -> str:
    """A rate in [0, 1] as a percentage that is never rounded up to a whole one."""
    return phrases.rate(value)
