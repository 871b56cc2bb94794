"""The data of slope charts: points of items, rates of a text, sections of the plan, as fractions of 1 by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.history.directions import Direction
from antq_review.history.model import Comparison, ComparisonLine, LineKind, Moved
from antq_review.publish.figures.canvas import BLUE, NO, OK
from antq_review.scoring.model.review import GoalStatus
from antq_review.text import say

Range = tuple[Decimal, Decimal]
_DONE = (GoalStatus.MET, GoalStatus.EXCEEDED)


@dataclass(frozen=True)
class Slope:
    """One line of a chart.

    `values`: for each year a range of fractions of 1, None if it is not known; `joined`: for each pair of neighbouring
    years, whether they can be compared.
    """

    label: str
    values: tuple[Range | None, ...]
    joined: tuple[bool, ...]

    @property
    def colour(self) -> str:
        """Green if the newest year is surely above the year before, red if it is surely below, else blue."""
        before, now = self.values[-2:]
        if before is None or now is None or not self.joined[-1]:
            return BLUE
        return OK if now[0] > before[1] else NO if now[1] < before[0] else BLUE

    @property
    def sign(self) -> str:
        """The sign with the same meaning as the colour."""
        return {OK: say("compare.figures.up"), NO: say("compare.figures.down")}.get(self.colour, "")


def of_texts(comparison: Comparison) -> Iterator[tuple[str, list[Slope]]]:
    """(title, slopes) for each text: the points of its items if it gives points, else its measured rates."""
    for title in dict.fromkeys(str(line.group_title) for line in comparison.of(LineKind.CRITERION)):
        criteria = [line for line in comparison.of(LineKind.CRITERION) if str(line.group_title) == title]
        points = [slope for line in criteria if (slope := _of_points(line))]
        if points:
            yield say("compare.figures.points_title", text=title), points
            continue
        measures = [line for line in comparison.of(LineKind.MEASURE) if str(line.group_title) == title]
        yield say("compare.figures.rates_title", text=title), [slope for line in measures if (slope := _of_rate(line))]


def _of_points(line: ComparisonLine) -> Slope | None:
    """The points of an item as a fraction of its full points;

    None for a year in which the text of the item is not known.
    """
    values: list[Range | None] = []
    for side in line.sides:
        unread = side is not None and any(why.code == "rule_missing" for why in side.open)
        if side is None or side.low is None or side.high is None or not side.most or unread:
            values.append(None)
        else:
            values.append((side.low / side.most, side.high / side.most))
    return _slope(line.id, values, line) if any(values) else None


def _of_rate(line: ComparisonLine) -> Slope | None:
    """A measured rate for which more is better; None for a year in which the rate is not known."""
    if line.direction is not Direction.MORE or not any(side is not None and side.is_rate for side in line.sides):
        return None
    values: list[Range | None] = []
    for side in line.sides:
        if side is None or side.low is None or side.high is None or (side.low == 0 and side.high == 1):
            values.append(None)
        else:
            values.append((side.low, side.high))
    return _slope(line.id, values, line) if any(values) else None


def _slope(label: str, values: Sequence[Range | None], line: ComparisonLine) -> Slope:
    joined = tuple(change is not None and change.moved is not Moved.NOT_COMPARABLE for change in line.changes)
    return Slope(label, tuple(values), joined)


def of_sections(comparison: Comparison) -> Iterator[Slope]:
    """For each section, the goals met as a fraction of the goals judged; an open goal may be met or not."""
    goals = comparison.of(LineKind.GOAL)
    for title in dict.fromkeys(str(line.group_title) for line in goals):
        section = [line for line in goals if str(line.group_title) == title]
        values = [_met([line for line in section if line.sides[year] is not None], year) for year in range(len(comparison.years))]
        if any(values):
            yield Slope(section[0].id.rpartition("-")[0], tuple(values), (True,) * (len(values) - 1))


def _met(section: Sequence[ComparisonLine], year: int) -> Range | None:
    states = [side.state for line in section if (side := line.sides[year]) is not None]
    done, missed = sum(state in _DONE for state in states), sum(state == GoalStatus.NOT_MET for state in states)
    unknown = sum(state == GoalStatus.OPEN for state in states)
    every = done + missed + unknown
    return (Decimal(done) / every, Decimal(done + unknown) / every) if every else None
