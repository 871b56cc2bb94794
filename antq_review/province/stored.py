"""`tong_hop.json`: what a roll-up said of each school, for a later run to compare with. Never an input of another roll-up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, ValidationError
from pydantic_core import to_json

from antq_review.errors import CannotDo, UsageError
from antq_review.files import reason_of
from antq_review.package.model import Summary
from antq_review.province import figures
from antq_review.province.choose import ReportState, Standing
from antq_review.province.frame import Frame
from antq_review.province.roll_up import CIRCULAR, RollUp, stated, text_of
from antq_review.province.totals import Total
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.source import Frozen
from antq_review.text import say, tell

_MOST_BYTES = 200_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _cell(given: object) -> int | date | str | None:
    """A cell as it was printed: only a text such as `2026-11-20` is a day. Left to itself pydantic reads `0` as the first day of 1970."""
    if isinstance(given, str) and _DAY.fullmatch(given):
        return date.fromisoformat(given)
    if given is None or (isinstance(given, int | str | date) and not isinstance(given, bool)):
        return given
    raise ValueError("no cell")


StoredCell = Annotated[int | date | str | None, PlainValidator(_cell)]


class StoredSchool(Frozen):
    """One school: its state, the package that counted, its results. `incidents`: None where it has not declared its whole year.

    `asks`: what Circular 124 asked of it; `criteria`: criterion of it → what was stated.
    """

    state: ReportState
    content: str = ""
    number: int | None = None
    asks: str = ""
    circular: TextResult | None = None
    criteria: dict[str, Truth] = Field(default_factory=dict)
    incidents: int | None = None


class StoredTable(Frozen):
    """One table as it was printed, with the notes below it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[StoredCell, ...], ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: Frame) -> StoredTable:
        """The table of a frame."""
        return cls(columns=tuple(heading for heading, _ in frame.columns), rows=frame.rows, notes=frame.notes)


class StoredNumber(Frozen):
    """The sum of one line over the schools; `high` None: open."""

    low: Decimal
    high: Decimal | None = None
    known: int
    base: int

    @property
    def total(self) -> Total:
        """The sum as it is printed."""
        return Total(self.low, self.high, self.known, self.base)


class StoredRollUp(Frozen):
    """A whole roll-up on one day. `lines`: the sentences of page one; `schools`, `numbers` (T8 by table and key): none in a public copy."""

    roll_up: Literal[1] = 1
    year: int
    as_of: date
    schools: dict[str, StoredSchool]
    lines: tuple[str, ...] = ()
    numbers: dict[str, StoredNumber] = Field(default_factory=dict)
    tables: dict[str, StoredTable]

    def to_json(self) -> bytes:
        """The roll-up as it is stored; the same bytes every time."""
        said = self.model_dump(mode="json", exclude_defaults=True) | {"roll_up": self.roll_up}
        return to_json(said, indent=1) + b"\n"

    @property
    def expected(self) -> list[StoredSchool]:
        """The schools that had to report."""
        return [one for one in self.schools.values() if one.state.is_expected]


def stored_school(standing: Standing) -> StoredSchool:
    """What is kept of one school."""
    arrival = standing.arrival
    if arrival is None:
        return StoredSchool(state=standing.state)
    kept = StoredSchool(state=standing.state, content=arrival.package.content, number=arrival.package.name.number)
    return kept.model_copy(update=_results(standing.counted.summary)) if standing.counted is not None else kept


def _results(summary: Summary) -> dict[str, object]:
    text = text_of(summary, CIRCULAR)
    incidents = summary.incidents.verified if figures.declares_all(summary) else None
    if text is None:
        return {"incidents": incidents}
    criteria = {one.id: stated(one) for one in text.criteria}
    return {"incidents": incidents, "asks": text.asks, "circular": text.official or TextResult.INSUFFICIENT, "criteria": criteria}


def schools_of(found: RollUp) -> dict[str, StoredSchool]:
    """Every school of the list by code."""
    return {one.code: stored_school(one) for one in found.standings}


def numbers_of(found: RollUp) -> dict[str, StoredNumber]:
    """The sum of every line by table and key: `PL1.people.pupils`."""
    return {
        f"{table}.{key}": StoredNumber(low=one.low, high=one.high, known=one.known, base=one.base)
        for (table, key), one in sorted(found.numbers.items(), key=lambda one: one[0])
    }


@dataclass(frozen=True)
class Compared:
    """The stored roll-ups beside which a new one is printed: of the year before, and of an earlier day of this year.

    `hidden`: row and column of the cells of T7 that an earlier public copy hid; `heads`: the columns that T7 had in each
    earlier public copy of this year.
    """

    last_year: StoredRollUp | None = None
    cut_off: StoredRollUp | None = None
    hidden: frozenset[tuple[str, str]] = frozenset()
    heads: frozenset[tuple[str, ...]] = frozenset()


def compared_with(earlier: Sequence[StoredRollUp], year: int) -> Compared:
    """The roll-ups by their year; of several of one year the latest. Raises UsageError for one of another year."""
    by_year: dict[int, StoredRollUp] = {}
    for one in sorted(earlier, key=lambda one: one.as_of):
        if one.year not in (year, year - 1):
            raise UsageError(tell("province.stored.other_year", year=one.year, now=year))
        if one.schools:
            by_year[one.year] = one
    hidden = frozenset(place for one in earlier for place in _hidden(one))
    public = [one.tables["T7"] for one in earlier if one.year == year and not one.schools and "T7" in one.tables]
    return Compared(by_year.get(year - 1), by_year.get(year), hidden, frozenset(table.columns[1:] for table in public))


def _hidden(earlier: StoredRollUp) -> Iterator[tuple[str, str]]:
    table = earlier.tables.get("T7")
    for label, *values in table.rows if table is not None else ():
        for heading, value in zip(table.columns[1:] if table is not None else (), values, strict=True):
            if value == say("province.tables.T7.hidden"):
                yield str(label), heading


def load_stored(path: Path) -> StoredRollUp:
    """A stored roll-up. Raises CannotDo where the file is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CannotDo(tell("province.stored.none", path=path))
        return StoredRollUp.model_validate_json(path.read_bytes())
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=path, why=reason_of(fault))) from fault
    except (ValidationError, ValueError) as fault:
        raise CannotDo(tell("province.stored.none", path=path)) from fault
