"""The parts of a review that stand beside its texts and its plan: the school, its forms, the year at a glance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from antq_review.scoring.model.outcome import Interval, Measurement, Reason, Truth
from antq_review.source import CellRef, Frozen


class FormState(Frozen):
    """How far a form is declared, and who is missing. Rows read and refused.

    `file_rows`: rows of the year that should name a file (none of a private or confidential kind); `with_file`: those of them
    whose file is there.
    """

    form: str
    title: str
    until: date | None
    cells: tuple[CellRef, ...]
    missing_units: tuple[str, ...]
    undeclared: tuple[str, ...]
    rows: int
    refused: int
    file_rows: int = 0
    with_file: int = 0


class IncidentMonth(Frozen):
    """Verified incidents of one month by kind."""

    year: int
    month: int
    by_kind: dict[str, int]


class IncidentSummary(Frozen):
    """Counts of the year's incidents, the day of declaration, the day of the check with the police.

    `police_own`: verified incidents of the form up to the day of that check, to set beside `police_incidents`.
    """

    verified: int
    unverified: int
    refuted: int
    refused: int
    by_kind: dict[str, int]
    declared_until: date | None
    cells: tuple[CellRef, ...]
    police_checked_on: date | None = None
    police_incidents: int | None = None
    police_own: int | None = None
    police_cells: tuple[CellRef, ...] = ()
    by_month: tuple[IncidentMonth, ...] = ()


class MonthCount(Frozen):
    """Activities of one month, in all and by topic."""

    year: int
    month: int
    activities: int
    by_topic: dict[str, int]


class Settled(Frozen):
    """A criterion that a step would settle. `becomes`: yes, no, not_applicable, points (then `points`, None: people say how
    many), or either: which one, people say."""

    id: str
    becomes: str
    points: Decimal | None = None


class TextEffect(Frozen):
    """What a step would change of one text.

    `before`, `after`: the range of the points considered; `points_won`: rise of its low end. `bands_removed`: classes that
    are no longer possible; of a text without points, results. `considered`: points that come under consideration.
    """

    text: str
    short: str
    before: Interval | None
    after: Interval | None
    points_won: Decimal = Decimal(0)
    bands_removed: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    considered: Decimal = Decimal(0)


class GoalEffect(Frozen):
    """A goal of the plan that a step would close, and its status then (`either`: which one, people say)."""

    id: str
    becomes: str


class Advice(Frozen):
    """One thing to do, what it would change (tried on a copy of the evidence), and until when it helps.

    `points`: won for sure. `closes`: criteria and goals closed, in words. `effect`: the whole effect in words; `promised`
    False: nobody can tell it yet (a refused row). `assumes`: on what condition. `effort`: enter, paper, meet or hold.
    """

    says: str
    closes: tuple[str, ...]
    points: Decimal
    due_on: date | None
    promised: bool = False
    effort: str = ""
    assumes: str = ""
    effect: str = ""
    bands_removed: int = 0
    texts: tuple[TextEffect, ...] = ()
    goals: tuple[GoalEffect, ...] = ()


class Progress(Frozen):
    """How much of what was asked for is handed in and declared. It says nothing about the result.

    `of`: a text, or `plan`. `asked`: copies of forms asked for, one for each unit; `declared`: those declared complete up to
    `until`. `units_asked`, `units_in`: units that must hand in, and those of them all of whose copies are there.
    """

    of: str
    says: str
    until: date
    asked: int
    declared: int
    units_asked: int
    units_in: int


class ConsistencyCheck(Frozen):
    """Something that does not fit together. `size` of `out_of`: how large it is; `kind`: what does not fit."""

    kind: str
    text: str
    id: str
    says: str
    size: Decimal
    out_of: Decimal
    cells: tuple[CellRef, ...] = ()


class DeductionFinding(Frozen):
    """Points taken away: `each` for every event, `at_most` in all (None: no limit); the range computed and the one that stands."""

    id: str
    text: str
    citation: str
    each: Decimal
    at_most: Decimal | None
    computed: Interval
    settled: Interval
    measurement: Measurement | None = None
    reasons: tuple[Reason, ...] = ()
    self_points: Decimal | None = None
    concluded: bool = False
    reason: str = ""
    conflict: str = ""


class CapFinding(Frozen):
    """What keeps the school from a class above `highest`, and whether it applies."""

    id: str
    text: str
    citation: str
    highest: str
    truth: Truth
    measurement: Measurement | None = None
    reasons: tuple[Reason, ...] = ()


class DueDay(Frozen):
    """A day on which a text or the plan asks for something, `days_left` days after the day of the review.

    `confidence` of the citation (SEEN, INFERRED; empty for the plan's own days); `goals`: ids of the plan's sentences due that
    day; `done`: what it asks for is there already.
    """

    id: str
    on: date
    days_left: int
    title: str
    citation: str
    confidence: str
    goals: tuple[str, ...] = ()
    done: bool = False


class School(Frozen):
    """Who is reviewed, and how its papers are headed, signed and sent; an empty text where the profile is blank."""

    code: str
    name: str
    levels: str
    commune: str
    province: str
    superior_body: str
    address: str = ""
    class_count: int | None = None
    place_name: str = ""
    document_symbol: str = ""
    signer: str = ""
    signer_post: str = ""
    recipients: str = ""
    steering_committee: str = ""


class InputFile(Frozen):
    """One workbook that was read: name, sha256, size in bytes, sheets recognised."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...]
