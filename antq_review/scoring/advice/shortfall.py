"""What a measure lacks, and the rows that would fill it: common to all tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from antq_review.scoring.advice.what_if import Adding, EvidenceChange
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.text import say

#: More rows than this are no small step.
MOST_ROWS = 20


@dataclass(frozen=True)
class Shortfall:
    """What is asked: a measure through a window, with its filters, up to `bound`; `low` is what there is."""

    measure: str
    look: EvidenceWindow
    wanted: Filter
    bound: Decimal
    low: Decimal

    @property
    def on(self) -> date:
        """The day of the rows to add: the day of the review, or the window's last where it has passed."""
        return self.look.window.end

    @property
    def count(self) -> int:
        """How many are missing."""
        return int((self.bound - self.low).to_integral_value(ROUND_CEILING))

    def first(self, name: str, default: str | None = None) -> str | None:
        """The first value that a filter allows."""
        return next(iter(self.wanted.get(name, ())), default)

    def without(self, *names: str) -> Filter:
        """The filters but these."""
        return {name: values for name, values in self.wanted.items() if name not in names}


Maker = Callable[[Shortfall], EvidenceChange | None]


def new(table: str, number: int, **values: Any) -> Adding:
    """A row to add; what is not said stays blank, its file stands for whatever shows it."""
    said = {name: value for name, value in values.items() if value is not None}
    return Adding(table, (*said.items(), ("file", say("what_if.some_file", number=number))))


def adding(rows: Iterable[Adding]) -> EvidenceChange:
    """A change that only adds rows."""
    return EvidenceChange(adding=tuple(rows))


def times(lack: Shortfall, make: Callable[[int], Adding]) -> EvidenceChange | None:
    """As many rows as are missing; None where they are too many."""
    return adding(make(number) for number in range(1, lack.count + 1)) if lack.count <= MOST_ROWS else None


def lacking(lack: Shortfall, name: str) -> list[str]:
    """The values of a list of which nothing is there, each asked of the measure that counts them."""
    return [
        value for value in lack.wanted.get(name, ())
        if evaluate(lack.measure, lack.look, {**lack.wanted, name: (value,)}).low < 1
    ]


def in_threes(name: str, values: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Values spread over the three columns `name_1` … of as few rows as possible: number of the row, its columns."""
    for start in range(0, len(values), 3):
        yield start // 3 + 1, {f"{name}_{place}": value for place, value in enumerate(values[start:start + 3], start=1)}
