"""What a slope chart draws: points of the items, rates of a text, sections of the plan, as shares of 1 from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.history.directions import Direction
from antq_review.history.model import Comparison, ComparisonLine, LineKind, Moved
from antq_review.publish.figures.canvas import BLUE, NO, OK
from antq_review.text import say

Range = tuple[Decimal, Decimal]
_DONE, _NOT = ("met", "exceeded"), ("not_met",)


@dataclass(frozen=True)
class Slope:
    """One line of a chart: a share of 1 in each year, as a range; None where there is none. `joined`: year to next comparable."""

    label: str
    values: tuple[Range | None, ...]
    joined: tuple[bool, ...]

    @property
    def colour(self) -> str:
        """Green where the newest year is surely above the one before, red where surely below, else blue."""
        before, now = self.values[-2:]
        if before is None or now is None or not self.joined[-1]:
            return BLUE
        return OK if now[0] > before[1] else NO if now[1] < before[0] else BLUE

    @property
    def sign(self) -> str:
        """The same without colour."""
        return {OK: say("compare.figures.up"), NO: say("compare.figures.down")}.get(self.colour, "")


def of_texts(comparison: Comparison) -> Iterator[tuple[str, list[Slope]]]:
    """Points of a text that gives points, else the rates that were measured for it."""
    for title in dict.fromkeys(line.group_title for line in comparison.of(LineKind.CRITERION)):
        criteria = [line for line in comparison.of(LineKind.CRITERION) if line.group_title == title]
        points = [slope for line in criteria if (slope := _of_points(line))]
        if points:
            yield say("compare.figures.points_title", text=title), points
            continue
        measures = [line for line in comparison.of(LineKind.MEASURE) if line.group_title == title]
        yield say("compare.figures.rates_title", text=title), [slope for line in measures if (slope := _of_rate(line))]


def _of_points(line: ComparisonLine) -> Slope | None:
    """Points of an item as a share of what it gives; an item that nobody has read has none."""
    values: list[Range | None] = []
    for side in line.sides:
        unread = side is not None and any(why.code == "rule_missing" for why in side.open)
        if side is None or side.low is None or side.high is None or not side.most or unread:
            values.append(None)
        else:
            values.append((side.low / side.most, side.high / side.most))
    return _slope(line.id, values, line) if any(values) else None


def _of_rate(line: ComparisonLine) -> Slope | None:
    """A measured rate of which more is better, unknown years left out."""
    if line.direction is not Direction.MORE or not any(side is not None and side.is_rate for side in line.sides):
        return None
    values: list[Range | None] = []
    for side in line.sides:
        if side is None or side.low is None or side.high is None or (side.low, side.high) == (0, 1):
            values.append(None)
        else:
            values.append((side.low, side.high))
    return _slope(line.id, values, line) if any(values) else None


def _slope(label: str, values: Sequence[Range | None], line: ComparisonLine) -> Slope:
    joined = tuple(change is not None and change.moved is not Moved.NOT_COMPARABLE for change in line.changes)
    return Slope(label, tuple(values), joined)


def of_sections(comparison: Comparison) -> Iterator[Slope]:
    """Sentences of a section that are met, as a share of those that are judged; what is open may be either."""
    goals = comparison.of(LineKind.GOAL)
    for title in dict.fromkeys(line.group_title for line in goals):
        section = [line for line in goals if line.group_title == title]
        values = [_met([line for line in section if line.sides[year] is not None], year) for year in range(len(comparison.years))]
        if any(values):
            yield Slope(section[0].id.rpartition("-")[0], tuple(values), (True,) * (len(values) - 1))


def _met(section: Sequence[ComparisonLine], year: int) -> Range | None:
    states = [side.state for line in section if (side := line.sides[year]) is not None]
    done, missed = sum(state in _DONE for state in states), sum(state in _NOT for state in states)
    unknown = sum(state == "open" for state in states)
    every = done + missed + unknown
    return (Decimal(done) / every, Decimal(done + unknown) / every) if every else None
