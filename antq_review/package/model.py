"""What a school's package says: `tom_tat.json`, codes, numbers, days and hashes by an allow-list.

There is no field in which a sentence about a person could stand: a criterion is its id, a reason its code, a meeting a count.
The one free text is the name of the school. An unknown key, a string beyond its bound or a number that is no number is refused.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.dataclasses import dataclass

from antq_review.package.values import Code, Count, Digest, Line, Number, SchoolCode, ShortDigest
from antq_review.places.versions import Kind
from antq_review.scoring.model.goals import GoalStatus
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.source import Frozen

# What a summary holds has slots: a province's year has a million of these objects, and a model of pydantic is ten times as large.
_CLOSED = ConfigDict(extra="forbid")
Reasons = Annotated[tuple[Code, ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Range:
    """From `low` to `high`, both included; `high` None: no upper bound. Raises ValueError where low > high."""

    low: Number
    high: Number | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.high is not None and self.low > self.high:
            raise ValueError(f"{self.low} > {self.high}")
        return self


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class OwnResult:
    """What the school's meeting, or its superior, says of a criterion: points, or a result without points."""

    truth: Truth | None = None
    points: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class CriterionSummary:
    """One criterion: from the evidence (`computed`), completed by a meeting (`settled`), concluded (`own`), by the superior.

    `low`, `high`: points of `settled`, where the text has points. `title`: of the law's own criteria only; a title of a
    school's own table is free text and is not sent. `reasons`: codes of what leaves it open.
    """

    id: Code
    title: Annotated[str, StringConstraints(max_length=120)] = ""
    points: Number | None = None
    computed: Truth
    settled: Truth
    low: Number | None = None
    high: Number | None = None
    own: OwnResult | None = None
    verified: OwnResult | None = None
    conflict: bool = False
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class TextSummary:
    """One text. `asks`: hash over (id, points) of all its criteria and their wording: equal hashes are comparable texts.

    `result`: by the evidence completed by a meeting; `official`: by the meeting alone. `range`, `total`, `considered`,
    `unread`: points; `bonus`: the most points beyond them; `bands`: the classes that are still possible.
    """

    id: Code
    number: Line
    short: Line
    period_start: date
    period_end: date
    data_until: date
    deadline: date
    draft: bool
    illustrative: bool
    own_table: bool
    asks: Digest
    result: TextResult | None = None
    official: TextResult | None = None
    total: Number | None = None
    considered: Number | None = None
    unread: Number | None = None
    bonus: Number | None = None
    range: Range | None = None
    bands: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    confirmed: Count = 0
    criteria: Annotated[tuple[CriterionSummary, ...], Field(max_length=300)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class PartSummary:
    """One part of a sentence of the plan: target and measured range. A rate is a fraction of 1."""

    part: Code
    measure: Annotated[str, StringConstraints(pattern=r"^[\w.\-]{0,60}$")]
    operator: Annotated[str, StringConstraints(pattern=r"^\w{0,20}$")]
    target: Number | None = None
    is_rate: bool
    set_by: Annotated[str, StringConstraints(pattern=r"^\w{0,20}$")]
    due_on: date
    status: GoalStatus
    low: Number | None = None
    high: Number | None = None
    count: Number | None = None
    base: Number | None = None
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class GoalSummary:
    """One sentence of the plan by its id. `asks`: hash of its wording and targets, for counting unchanged sentences only."""

    id: Code
    asks: ShortDigest
    status: GoalStatus
    parts: Annotated[tuple[PartSummary, ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class NumberSummary:
    """One line of an annex table. `value` None: not known, which is not 0; `at_least`: only a lower bound."""

    key: Code
    value: Number | None = None
    at_least: bool = False
    at_most: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class IncidentsSummary:
    """Verified incidents of the year by kind, and the comparison with the police. Nothing finer than the year."""

    verified: Count
    unverified: Count
    refuted: Count
    refused: Count
    by_kind: dict[Code, Count]
    declared_until: date | None = None
    police_checked_on: date | None = None
    police_incidents: Count | None = None
    police_own: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class FormSummary:
    """A form: the day up to which it is declared, rows read and refused, rows that name a file and that have it."""

    form: Code
    until: date | None = None
    rows: Count
    refused: Count
    file_rows: Count = 0
    with_file: Count = 0
    missing_units: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class SchoolSummary:
    """The school: no person, no address."""

    code: SchoolCode
    name: Line
    levels: Line
    commune: Line
    province: Line
    class_count: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class VersionSummary:
    """Which version of the year's results the package holds."""

    kind: Kind
    number: Count = 0
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Tally:
    """Counts of what is not sent itself: meetings held, papers by kind, problems by severity, workbooks read."""

    meetings: Count = 0
    concluded_on: date | None = None
    papers: dict[Code, Count]
    problems: dict[Code, Count]
    workbooks: Count = 0
    workbooks_digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class EvidenceHashes:
    """The first 32 hex digits of the SHA-256 of evidence files: of the school's own making, and received from others."""

    own: Annotated[tuple[ShortDigest, ...], Field(max_length=20_000)] = ()
    received: Annotated[tuple[ShortDigest, ...], Field(max_length=20_000)] = ()


class Summary(Frozen):
    """`tom_tat.json`: one school, one year, one version of its results."""

    package: Literal[1] = 1
    tool: Annotated[str, StringConstraints(pattern=r"^[\w.+\- ]{1,40}$")]
    school: SchoolSummary
    year: Annotated[int, Field(ge=2000, le=2100)]
    as_of: date
    draft: bool
    version: VersionSummary
    texts: Annotated[tuple[TextSummary, ...], Field(max_length=10)]
    goals: Annotated[tuple[GoalSummary, ...], Field(max_length=300)]
    tables: dict[Annotated[str, StringConstraints(pattern=r"^PL\d{1,2}$")], Annotated[tuple[NumberSummary, ...], Field(max_length=200)]]
    incidents: IncidentsSummary
    forms: Annotated[tuple[FormSummary, ...], Field(max_length=50)]
    tally: Tally
    evidence: EvidenceHashes = EvidenceHashes()

    def to_json(self) -> bytes:
        """The summary as it is sent: compact, fields at their default left out; the same bytes every time."""
        return self.model_dump_json(exclude_defaults=True).encode("utf-8") + b"\n"
