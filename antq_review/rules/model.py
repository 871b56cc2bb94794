"""A text of law as data: criteria, their parts, the measure each rests on, and how it is awarded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from antq_review.period import Period
from antq_review.source import Frozen


class Award(StrEnum):
    """How a provision is awarded. A clause that fits none gets a new named kind, never an expression in a string."""

    THRESHOLD = "threshold"  # the measure reaches its bound: full points, or yes
    STEPS = "steps"  # points by the highest bound that the measure reaches
    PER_UNIT = "per_unit"  # points for each unit measured, capped at the full points
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    NONE_OF = "none_of"  # the measure counts events that must not happen
    JUDGEMENT = "judgement"  # only people can say
    UNREAD = "unread"  # the text of the provision is not known


class Condition(Frozen):
    """A provision applies only where a fact of the profile has one of these values, or where a measure finds something."""

    fact: str | None = None
    values: tuple[str, ...] = ()
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    says: str


class AwardStep(Frozen):
    """From `at_least` on, these points."""

    at_least: Decimal
    points: Decimal


class Bound(Frozen):
    """What a measure must reach: exactly one of the three. Rates are fractions of 1, counts are counts."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    equals: Decimal | None = None


class Provision(Frozen):
    """A criterion or a part of one.

    `text` is quoted; `title` is the short name used in tables. `else_points`: what a missed threshold is worth, None where the
    text does not say.
    """

    id: str
    title: str
    citation: str
    text: str
    award: Award
    points: Decimal | None = None
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bound: Bound | None = None
    steps: tuple[AwardStep, ...] = ()
    points_per_unit: Decimal | None = None
    else_points: Decimal | None = None
    evidence_required: bool = False
    zero_if_nothing: bool = False
    due_quarter: int | None = None
    applies: Condition | None = None
    parts: tuple[Provision, ...] = ()
    readings: tuple[Reading, ...] = ()
    confidence: str = "SEEN"
    note: str = ""


class Reading(Frozen):
    """One of two ways to read a provision; both are judged."""

    id: str
    says: str
    basis: str
    parts: tuple[Provision, ...]


class Band(Frozen):
    """A class and the points from which it is given, up to below the next."""

    name: str
    at_least: Decimal


class Heading(Frozen):
    """A line of the official table that only stands above others. `before`: the criterion it stands above."""

    id: str
    text: str
    before: str
    points: Decimal | None = None


class Deduction(Frozen):
    """Points taken away for each event that the measure counts, at most `at_most`. No measure: the meeting says how many."""

    id: str
    text: str
    citation: str
    each: Decimal
    at_most: Decimal | None = None
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Cap(Frozen):
    """What keeps a school from a class above `highest`: the measure meets its bound. No measure: the meeting says so."""

    id: str
    text: str
    citation: str
    highest: str
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bound: Bound | None = None


class PeriodRule(Frozen):
    """Day and month on which the period opens and closes; `start_year_offset` -1: it opens in the year before."""

    start_month: int
    start_day: int
    start_year_offset: int
    end_month: int
    end_day: int
    citation: str
    confidence: str

    def of(self, year: int) -> Period:
        """The period of one year under review."""
        return Period(
            date(year + self.start_year_offset, self.start_month, self.start_day), date(year, self.end_month, self.end_day)
        )


class Deadline(Frozen):
    """Last day on which the work can be done: the day before “trước ngày …”."""

    month: int
    day: int
    citation: str
    confidence: str

    def of(self, year: int) -> date:
        """The day in one year."""
        return date(year, self.month, self.day)


class Source(Frozen):
    """Where the text was read, by whom, on which day."""

    where: str
    read_by: str
    read_on: date
    note: str = ""


class MappingKind(StrEnum):
    """What became of criteria of an older text. Whether two of one pair can be compared is decided by their words, not by this."""

    SAME = "same"  # the same number
    RENAMED = "renamed"  # another number
    SPLIT = "split"  # one became several
    NEW = "new"  # the older text had none
    GONE = "gone"  # this text has none


class Mapping(Frozen):
    """Criteria of this text (`new`) beside those of the text `older` (`old`), by id, in pairs for `same` and `renamed`."""

    older: str
    kind: MappingKind
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    note: str = ""


class Rulebook(Frozen):
    """One text: who issued it, when it applies, its criteria.

    `total`: declared points, None for a text that knows only đạt / chưa đạt. `illustrative`: never final; `draft`: not yet
    confirmed by two people (`confirmed_by`). `levels`: school levels inside its scope. `gaps`: what is not known of its table,
    `standing_gaps`: what a school's own table does not answer either. `score_columns`: the columns of points on its form.
    `mapping`: what its criteria were in an older text; every criterion of both stands in it once.
    """

    id: str
    number: str
    title: str
    short: str
    issuer: str
    signed_on: date
    effective_from: date
    effective_to: date | None = None
    completes: str | None = None
    illustrative: bool = False
    draft: bool = False
    total: Decimal | None = None
    period: PeriodRule
    deadline: Deadline
    levels: tuple[str, ...]
    scope_citation: str
    sources: tuple[Source, ...]
    gaps: tuple[str, ...] = ()
    standing_gaps: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    criteria: tuple[Provision, ...]
    bands: tuple[Band, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    caps: tuple[Cap, ...] = ()
    score_columns: tuple[str, ...] = ("own",)
    confirmed_by: tuple[str, ...] = ()
    mapping: tuple[Mapping, ...] = ()


Provision.model_rebuild()
