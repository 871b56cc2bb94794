"""Sums over schools that stay honest: a range, and how many schools it rests on. A school that is silent is not 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, TypeVar

from antq_review.text import number, percent, say

ZERO = Decimal(0)
T = TypeVar("T")


class SaidNumber(NamedTuple):
    """What one school says of one number. `low` None: it has no such number; `high` None: only a lower bound is known."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Total:
    """From `low` to `high`; `high` None: open, because a school of the base does not say. SaidNumber of `known` out of `base` schools."""

    low: Decimal
    high: Decimal | None
    known: int
    base: int

    @property
    def is_closed(self) -> bool:
        """Does every school of the base say its number exactly?"""
        return self.low == self.high

    def __str__(self) -> str:
        if self.is_closed:
            return number(self.low)
        said = {"low": number(self.low), "known": number(self.known), "base": number(self.base)}
        if not self.low and self.high is None:  # “at least 0” says nothing
            return say(f"province.total.{'nought_so_far' if self.known else 'unknown'}", **said)
        if self.high is not None:
            return say("province.total.between", high=number(self.high), **said)
        return say("province.total.at_least", **said)


def alike(objects: Iterable[T]) -> list[tuple[T, int]]:
    """Each object once, in the order of its first place, with the number of its places.

    What several schools say alike is one object (`summaries`): counted so, a million lines are some thousand.
    """
    found = list(objects)
    counts = Counter(map(id, found))
    return [(one, counts[place]) for place, one in dict(zip(map(id, found), found, strict=True)).items()]


def total_of(values: Iterable[tuple[SaidNumber, int]], base: int) -> Total:
    """The sum over the schools that say something: each number, and how many schools say it. The base counts the silent ones too.

    Adding a school to the values never lowers the low end, and never raises a high end that was open.
    """
    low, high, known = ZERO, ZERO, 0
    for (least, most), schools in values:
        if least is None:
            continue
        low += least * schools
        if most is not None:
            known += schools
            high += most * schools
    return Total(low, high if known == base else None, known, base)


def share(part: int, whole: int) -> str:
    """`533/722` with its percentage, never rounded up to a whole one; a dash where the base is empty."""
    if whole == 0:
        return say("province.total.no_base")
    return say("province.total.share", part=number(part), whole=number(whole), percent=percent(Decimal(part) / whole))
