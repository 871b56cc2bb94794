"""The shortfall of a measure, and helpers of all tables to make the missing rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType

from antq_review.scoring.advice.what_if import Adding, EvidenceChange, placeholder
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate

#: A step adds or fills in at most this many rows.
MOST_ROWS = 20


@dataclass(frozen=True)
class Shortfall:
    """A measure in a window with its filters. `bound`: the required value; `low`: the present value (lower bound).

    `begun_by`: the day by which a model must have begun; None: any day of the window.
    """

    measure: str
    look: EvidenceWindow
    wanted: Filter
    bound: Decimal
    low: Decimal
    begun_by: date | None = None

    @property
    def on(self) -> date:
        """The day of the rows to add: the day of the review, or the last day of the window where that is earlier."""
        return self.look.window.end

    @property
    def count(self) -> int:
        """Number of missing rows."""
        return int((self.bound - self.low).to_integral_value(ROUND_CEILING))

    def first(self, name: str, default: str | None = None) -> str | None:
        """The first value that a filter accepts; `default` where there is no such filter."""
        return next(iter(self.wanted.get(name, ())), default)

    def without(self, *names: str) -> Filter:
        """The filters except the named ones."""
        return {name: values for name, values in self.wanted.items() if name not in names}


Maker = Callable[[Shortfall], EvidenceChange | None]


def new(table: str, number: int, rest: Mapping[str, object] = MappingProxyType({}), /, **values: object) -> Adding:
    """A row to add. Fields with None stay blank; the file gets a placeholder name.

    `rest`: what stands in the fields that are left blank; see `Adding`.
    """
    said = {name: value for name, value in values.items() if value is not None}
    left = tuple((name, value) for name, value in rest.items() if name not in said)
    return Adding(table, (*said.items(), ("file", placeholder("file", number))), left)


def adding(rows: Iterable[Adding]) -> EvidenceChange:
    """A change that only adds rows."""
    return EvidenceChange(adding=tuple(rows))


def times(lack: Shortfall, make: Callable[[int], Adding]) -> EvidenceChange | None:
    """As many rows as are missing; None where these are more than `MOST_ROWS`."""
    return adding(make(number) for number in range(1, lack.count + 1)) if lack.count <= MOST_ROWS else None


def lacking(lack: Shortfall, name: str) -> list[str]:
    """The values of a filter for which the measure finds no row; the measure runs once for each value."""
    return [
        value for value in lack.wanted.get(name, ())
        if evaluate(lack.measure, lack.look, {**lack.wanted, name: (value,)}).low < 1
    ]


def in_threes(name: str, values: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Spreads values over the columns `name_1` … `name_3` of as few rows as possible.

    Yields (number of the row, its columns).
    """
    for start in range(0, len(values), 3):
        yield start // 3 + 1, {f"{name}_{place}": value for place, value in enumerate(values[start:start + 3], start=1)}
