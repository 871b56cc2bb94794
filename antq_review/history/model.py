"""The data of a comparison: lines, their values with sources in each year, and the changes from year to year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.history.directions import Direction
from antq_review.period import Period
from antq_review.scoring.model.outcome import Reason
from antq_review.scoring.model.review import School
from antq_review.source import Cells, Frozen
from antq_review.text import SILENT, Message


class LineKind(StrEnum):
    """The subject of a line."""

    CRITERION = "criterion"  # a criterion of a text, with its settled result
    TOTAL = "total"  # points of the criteria whose wording is the same in all years
    GOAL = "goal"  # a goal of the plan
    MEASURE = "measure"  # the measured value of a criterion or a goal
    ROW = "row"  # a row of the numeric tables PL1–PL10


class Moved(StrEnum):
    """The direction of a change. HIGHER and LOWER are for a number that is neither good nor bad."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_COMPARABLE = "not_comparable"


class Why(StrEnum):
    """Why two years cannot be compared."""

    TEXT = "text"  # the wording or the points of the criterion or goal differ
    TARGET = "target"  # the plan has another target number
    METHOD = "method"  # the wording is the same, one of the years was measured in another way or without this reading
    SPLIT = "split"  # one criterion became several
    ABSENT = "absent"  # one of the years has no such line
    UNIT = "unit"
    PERIOD = "period"  # the periods differ in their days or length
    NOT_APPLICABLE = "not_applicable"  # the line does not apply in one of the years
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"  # no value: not declared, not measured, not judged
    OVERLAP = "overlap"  # two ranges that overlap


#: Reasons that better evidence can remove.
OPEN = frozenset({Why.UNKNOWN, Why.OVERLAP, Why.NOT_DUE})


class YearValue(Frozen):
    """The value of one line in one year.

    `state`: a Truth, GoalStatus or StandardResult, empty for a number alone; `rank`: the place of the state from worse
    to better, None if open. `low`, `high`: points, a count, or a rate as a fraction of 1; `high` None: no upper end;
    `low` None: no number. `most`: the full points. `count`, `base`: the fraction behind a rate. `asks`: the wording in
    that year, used only for comparison; `target`: the plan's number in words. `open`: the reasons why the value is not
    settled. `said`: words that are printed in place of the value (a result in words, as “Đạt”).
    """

    year: int
    state: str = ""
    rank: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    count: Decimal | None = None
    base: Decimal | None = None
    most: Decimal | None = None
    unit: Message = SILENT
    is_rate: bool = False
    asks: str = ""
    target: Message = SILENT
    citation: Message = SILENT
    window: Period | None = None
    open: tuple[Reason, ...] = ()
    said: Message = SILENT
    cells: Cells = ()


class YearChange(Frozen):
    """The change from one year to the next.

    `gap_low`, `gap_high`: the smallest and the largest possible increase, equal if both years are settled; None: no
    limit. `share`: the increase as a fraction of the earlier value; None for a rate, or if the earlier value is 0 or
    not settled. `why`, `says`: the reason, as code and sentence, if the years are not comparable.
    """

    moved: Moved
    gap_low: Decimal | None = None
    gap_high: Decimal | None = None
    share: Decimal | None = None
    why: Why | None = None
    says: Message = SILENT


class ComparisonLine(Frozen):
    """One line over all years.

    `key` names the line: `tt_124/4`, `plan/II.1-6/a`, `PL7/incidents.all`. `under`: of a measure, the key of its
    criterion or goal; of a table row, its group. `reading`: of a measure, the letters of the readings that it is for, if the
    part has others. `sides`: one value for each year, None if that year does not have the
    line; `changes`: one for each pair of neighbouring years, None if neither year has the line.
    """

    key: str
    kind: LineKind
    group: str
    group_title: Message
    under: Message = SILENT
    id: str = ""
    label: Message
    reading: str = ""
    direction: Direction
    sides: tuple[YearValue | None, ...]
    changes: tuple[YearChange | None, ...]

    @property
    def last(self) -> YearChange | None:
        """The newest change."""
        return self.changes[-1]


class TextOfYear(Frozen):
    """A text by which a year was judged."""

    id: str
    short: Message
    number: str
    start: date
    end: date
    data_until: date
    illustrative: bool
    draft: bool


class YearHead(Frozen):
    """One of the years: the day of its review, whether it is a draft, the texts by which it was judged.

    `rescored`: the mark of a year that was judged again by another text, else empty. `former`: that it is stored under a
    former code of the school, else silent.
    """

    year: int
    as_of: date
    draft: bool
    rescored: Message
    former: Message = SILENT
    tool_version: str
    texts: tuple[TextOfYear, ...]


class Comparison(Frozen):
    """One school in two to ten years, the earliest first.

    >>> len(comparison.years)
    3
    """

    school: School
    years: tuple[YearHead, ...]
    lines: tuple[ComparisonLine, ...]

    def of(self, *kinds: LineKind) -> list[ComparisonLine]:
        """The lines of these kinds."""
        return [line for line in self.lines if line.kind in kinds]

    def line(self, key: str) -> ComparisonLine | None:
        """The line of that key."""
        return next((line for line in self.lines if line.key == key), None)
