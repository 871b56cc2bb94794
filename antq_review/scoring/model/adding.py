"""How the points of a score table add up: ordinary rows, a bonus beyond them with its limit, rows of which only one counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from antq_review.rules.model import Provision
from antq_review.scoring.model.finding import Finding
from antq_review.scoring.model.outcome import ZERO, Interval


class Sums(NamedTuple):
    """Ordinary points, and the bonus that counts."""

    ordinary: Interval
    bonus: Interval


def summed(rows: Iterable[tuple[Finding | Provision, Interval]], bonus_most: Decimal | None) -> Sums:
    """The points of rows with their ranges.

    Of the rows with one code the best one counts: from the greatest of the lows to the greatest of the highs, because
    which of them is the best may still be open. The bonus is limited at both ends.
    """
    ordinary, bonus = [ZERO, ZERO], [ZERO, ZERO]
    best: dict[tuple[bool, str], list[Decimal]] = {}
    for row, points in rows:
        assert points.high is not None  # a row of a table has its standard points as the highest
        if row.one_of:
            group = best.setdefault((row.bonus, row.one_of), [points.low, points.high])
            group[:] = max(group[0], points.low), max(group[1], points.high)
            continue
        _add(bonus if row.bonus else ordinary, points.low, points.high)
    for (is_bonus, _), (low, high) in best.items():
        _add(bonus if is_bonus else ordinary, low, high)
    counted = [one if bonus_most is None else min(one, bonus_most) for one in bonus]
    return Sums(Interval(low=ordinary[0], high=ordinary[1]), Interval(low=counted[0], high=counted[1]))


def _add(sums: list[Decimal], low: Decimal, high: Decimal) -> None:
    sums[0] += low
    sums[1] += high


def standard(rows: Sequence[Finding | Provision], bonus_most: Decimal | None) -> tuple[Decimal, Decimal]:
    """(standard points of the ordinary rows, the most bonus that the others can give)."""
    found = summed(((row, Interval(low=row.points or ZERO, high=row.points or ZERO)) for row in rows), bonus_most)
    return found.ordinary.low, found.bonus.low


def limited(points: Decimal, never_over: Decimal | None) -> Decimal:
    """A whole total: never below 0, and never over the limit of the paper, where it has one."""
    return max(ZERO, points if never_over is None else min(points, never_over))
