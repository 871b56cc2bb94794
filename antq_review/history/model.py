"""What a comparison of years is, as data: lines, their value in each year with its sources, and what changed from year to year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.history.directions import Direction
from antq_review.period import Period
from antq_review.scoring.model.outcome import Reason
from antq_review.scoring.model.review import School
from antq_review.source import CellRef, Frozen


class LineKind(StrEnum):
    """What a line is of."""

    CRITERION = "criterion"  # of a text, as it was settled
    TOTAL = "total"  # points of the criteria whose words are the same in all years
    GOAL = "goal"  # a sentence of the plan
    MEASURE = "measure"  # what was measured for a criterion or a goal
    ROW = "row"  # of the numeric tables PL1–PL10


class Moved(StrEnum):
    """What became of a line from one year to the next. `higher`, `lower`: of a number that is neither good nor bad."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_COMPARABLE = "not_comparable"


class Why(StrEnum):
    """Why two years cannot be compared."""

    TEXT = "text"  # the words, the points or the plan's sentence differ
    TARGET = "target"  # the plan asked for another number
    SPLIT = "split"  # one criterion became several
    ABSENT = "absent"  # one of the years has no such line
    UNIT = "unit"
    PERIOD = "period"  # of other length
    NOT_APPLICABLE = "not_applicable"  # in one year only
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"  # no value: not declared, not measured, not judged
    OVERLAP = "overlap"  # two ranges that have something in common


#: Reasons that better evidence would take away.
OPEN = frozenset({Why.UNKNOWN, Why.OVERLAP, Why.NOT_DUE})


class YearValue(Frozen):
    """One line in one year.

    `state`: a truth or the state of a goal, empty for a number alone; `rank`: its place from worse to better, None while it is
    not settled. `low`, `high`: points, a count, or a rate as a fraction of 1; `high` None: no upper end; `low` None: no number.
    `asks`: what the line asked for in that year, only ever compared; `target` the plan's number in words. `open`: why it is not
    settled. `said`: the words that stand for it where they are not the state's (“Đạt” by a meeting).
    """

    year: int
    state: str = ""
    rank: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    count: Decimal | None = None
    base: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    is_rate: bool = False
    asks: str = ""
    target: str = ""
    citation: str = ""
    window: Period | None = None
    open: tuple[Reason, ...] = ()
    said: str = ""
    cells: tuple[CellRef, ...] = ()


class YearChange(Frozen):
    """From one year to the next. `gap_low`, `gap_high`: what was added, exactly where both years are settled; `share`: of the
    earlier value, None where that was 0 or for a rate. `why`, `says`: for what is not comparable.
    """

    moved: Moved
    gap_low: Decimal | None = None
    gap_high: Decimal | None = None
    share: Decimal | None = None
    why: Why | None = None
    says: str = ""


class ComparisonLine(Frozen):
    """One line in every year. `sides`: one a year, None where that year has no such line; `changes`: one for each pair of
    neighbouring years, None where neither has it. `key` names the line: `tt_124/4`, `plan/II.1-6/a`, `PL7/incidents.all`.
    """

    key: str
    kind: LineKind
    group: str
    group_title: str
    under: str = ""
    id: str = ""
    label: str
    direction: Direction
    sides: tuple[YearValue | None, ...]
    changes: tuple[YearChange | None, ...]

    @property
    def last(self) -> YearChange | None:
        """The newest change."""
        return self.changes[-1]


class TextOfYear(Frozen):
    """Which text a year was judged by."""

    id: str
    short: str
    number: str
    start: date
    end: date
    data_until: date
    illustrative: bool
    draft: bool


class YearHead(Frozen):
    """One of the years: its day, whether it was final, by what it was judged."""

    year: int
    as_of: date
    draft: bool
    rescored: str
    tool_version: str
    texts: tuple[TextOfYear, ...]


class Comparison(Frozen):
    """One school in two to ten years, the earliest first."""

    school: School
    years: tuple[YearHead, ...]
    lines: tuple[ComparisonLine, ...]

    def of(self, *kinds: LineKind) -> list[ComparisonLine]:
        """The lines of these kinds."""
        return [line for line in self.lines if line.kind in kinds]

    def line(self, key: str) -> ComparisonLine | None:
        """The line of that key."""
        return next((line for line in self.lines if line.key == key), None)
