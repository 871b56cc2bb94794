"""A text of law as data: its criteria, their parts, and the measure and the award of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from antq_review.rules.validity import Amendment, Deadline, PeriodRule, Source
from antq_review.source import Frozen
from antq_review.text import Message


class Award(StrEnum):
    """The way in which a provision is awarded.

    A clause that fits no kind gets a new kind, never an expression in a string.
    """

    THRESHOLD = "threshold"  # full points (or yes) where the measure reaches its bound
    STEPS = "steps"  # points of the highest step that the measure reaches
    PER_UNIT = "per_unit"  # points for each counted unit, at most the full points
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    NONE_OF = "none_of"  # the measure counts events that must not occur
    JUDGEMENT = "judgement"  # only people can decide
    UNREAD = "unread"  # the text of the provision is not known


class Condition(Frozen):
    """The provision applies only where a fact of the profile has one of these values, or where a measure is not 0."""

    fact: str | None = None
    values: tuple[str, ...] = ()
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    says: str


class AwardStep(Frozen):
    """A measure of `at_least` or more gives these points."""

    at_least: Decimal
    points: Decimal


class Bound(Frozen):
    """The bound of a measure: exactly one of the three is given. Rates are fractions of 1, counts are plain numbers."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    equals: Decimal | None = None


class Provision(Frozen):
    """A criterion or a part of one.

    `text`: quoted from the law. `title`: short name for tables. `else_points`: points where the threshold is missed;
    None where the law does not give them. `ground`: why the papers in the filter count, and others do not or may count.
    `bonus`: its points come beyond the total. `one_of`: of the criteria with this code only the best one counts.
    """

    id: str
    title: str
    citation: Message
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
    ground: str = ""
    bonus: bool = False
    one_of: str = ""


class Reading(Frozen):
    """One of the ways to read a provision; all are judged."""

    id: str
    says: str
    basis: str
    parts: tuple[Provision, ...]


class Band(Frozen):
    """A class and its lowest number of points; it ends below the next higher class."""

    name: str
    at_least: Decimal


class Heading(Frozen):
    """A heading in the official table. `before`: the criterion below it."""

    id: str
    text: str
    before: str
    points: Decimal | None = None


class Deduction(Frozen):
    """Points deducted for each event that the measure counts, at most `at_most`.

    No measure: the meeting decides the number.
    """

    id: str
    text: str
    citation: Message
    each: Decimal
    at_most: Decimal | None = None
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Cap(Frozen):
    """No class above `highest` where the measure meets its bound.

    No measure: the meeting decides whether the cap applies.
    """

    id: str
    text: str
    citation: Message
    highest: str
    measure: str | None = None
    filter: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    bound: Bound | None = None


class MappingKind(StrEnum):
    """The relation of criteria to those of an older text.

    It does not decide whether two can be compared: their wording does.
    """

    SAME = "same"  # the same number
    RENAMED = "renamed"  # another number
    SPLIT = "split"  # one criterion became several
    NEW = "new"  # no criterion in the older text
    GONE = "gone"  # no criterion in this text


class Mapping(Frozen):
    """Ids of criteria of this text (`new`) and of the text `older` (`old`).

    For `same` and `renamed` they form pairs.
    """

    older: str
    kind: MappingKind
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    note: str = ""


class Rulebook(Frozen):
    """One text of law: its issuer, its validity, its criteria.

    `total`: declared sum of points; None for a text with the results “đạt” and “chưa đạt” only. `illustrative`: its
    results are never final. `draft`: two people (`confirmed_by`) have not confirmed it yet. `levels`: school levels in
    its scope; `inferred_levels`: those of them that the text does not name itself. `gaps`: unknown facts of its score
        table. `bonus_most`, `never_over`: limits of the bonus and of the whole total, where the paper has them.
    `standing_gaps`: facts that stay unknown when a school fills in its own table. `score_columns`: columns of
    points on its form. `mapping`: its criteria beside those of an older text; it contains every criterion of both
    exactly once.
    """

    id: str
    number: str
    title: Message
    short: Message
    issuer: str
    signed_on: date
    effective_from: date
    effective_to: date | None = None
    completes: str | None = None
    illustrative: bool = False
    draft: bool = False
    total: Decimal | None = None
    bonus_most: Decimal | None = None
    never_over: Decimal | None = None
    period: PeriodRule
    deadline: Deadline
    levels: tuple[str, ...]
    inferred_levels: tuple[str, ...] = ()
    scope_citation: str
    scope_confidence: str = "SEEN"
    sources: tuple[Source, ...]
    amendments: tuple[Amendment, ...] = ()
    gaps: tuple[Message, ...] = ()
    standing_gaps: tuple[Message, ...] = ()
    headings: tuple[Heading, ...] = ()
    criteria: tuple[Provision, ...]
    bands: tuple[Band, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    caps: tuple[Cap, ...] = ()
    score_columns: tuple[str, ...] = ("own",)
    confirmed_by: tuple[str, ...] = ()
    mapping: tuple[Mapping, ...] = ()


Provision.model_rebuild()
