"""The parts of a review beside its texts and its plan: the school, its forms, the year at a glance, advice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from antq_review.scoring.model.outcome import Interval, Measurement, Reason, Truth
from antq_review.source import Cells, Frozen
from antq_review.text import SILENT, Message


class FormState(Frozen):
    """The state of a form: declared complete `until` a day, missing units, rows read and refused.

    `file_rows`: rows of the year that should name a file (private and confidential rows are not among them);
    `with_file`: the rows among them whose file exists.
    """

    form: str
    title: str
    until: date | None
    cells: Cells
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
    """Counts of the year's incidents, the day of declaration, the day on which the count was compared with the police.

    `police_own`: verified incidents of the form up to that day, for comparison with `police_incidents`.
    """

    verified: int
    unverified: int
    refuted: int
    refused: int
    by_kind: dict[str, int]
    declared_until: date | None
    cells: Cells
    police_checked_on: date | None = None
    police_incidents: int | None = None
    police_own: int | None = None
    police_cells: Cells = ()
    by_month: tuple[IncidentMonth, ...] = ()


class MonthCount(Frozen):
    """Activities of one month, in all and by topic."""

    year: int
    month: int
    activities: int
    by_topic: dict[str, int]


class Settled(Frozen):
    """A criterion that a step would settle.

    `becomes`: yes, no, not_applicable, points, or either (people decide which). With points: `points` is the number,
    None where people decide it.
    """

    id: str
    becomes: str
    points: Decimal | None = None


class TextEffect(Frozen):
    """The effect of a step on one text.

    `before`, `after`: the range of the points considered; `points_won`: the rise of its lower bound. `bands_removed`:
    classes (for a text without points: results) that are no longer possible. `by_reading`: criteria that stay open, but
    are met from then on under at least one reading. `considered`: points that are considered in addition.
    """

    text: str
    short: Message
    before: Interval | None
    after: Interval | None
    points_won: Decimal = Decimal(0)
    bands_removed: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    by_reading: tuple[str, ...] = ()
    considered: Decimal = Decimal(0)


class GoalEffect(Frozen):
    """A goal of the plan that a step would close, and its new status (`either`: people decide which)."""

    id: str
    becomes: str


class Advice(Frozen):
    """One step, its effect (tried on a copy of the evidence), and the last day on which it helps.

    `points`: points that are won for certain. `closes`: the criteria and goals that it closes, in words. `effect`: the
    whole effect in words; `promised` False: the effect is not known yet (a refused row). `assumes`: the condition of
    the effect. `effort`: enter, paper, meet or hold.
    """

    says: Message
    closes: tuple[Message, ...]
    points: Decimal
    due_on: date | None
    promised: bool = False
    effort: str = ""
    assumes: Message = SILENT
    effect: Message = SILENT
    bands_removed: int = 0
    texts: tuple[TextEffect, ...] = ()
    goals: tuple[GoalEffect, ...] = ()


class Progress(Frozen):
    """The number of required forms that are handed in and declared. It is independent of the result.

    `of`: a text, or `plan`. `asked`: required copies of forms, one for each unit; `declared`: the copies among them
    that are declared complete up to `until`. `units_asked`: units that must hand in; `units_in`: units whose copies
    are all there.
    """

    of: str
    says: Message
    until: date
    asked: int
    declared: int
    units_asked: int
    units_in: int


class ConsistencyCheck(Frozen):
    """A contradiction of the kind `kind`. Its size is `size` out of `out_of` (points, criteria or rows)."""

    kind: str
    text: str
    id: str
    says: Message
    size: Decimal
    out_of: Decimal
    cells: Cells = ()


class DeductionFinding(Frozen):
    """A deduction: `each` points for every event, `at_most` in all (None: no limit); computed and final range.

    `self_points`: as the school typed them, `concluded`: by a meeting; then those of the superior and the agreed ones.
    """

    id: str
    text: str
    citation: Message
    each: Decimal
    at_most: Decimal | None
    computed: Interval
    settled: Interval
    measurement: Measurement | None = None
    reasons: tuple[Reason, ...] = ()
    self_points: Decimal | None = None
    concluded: bool = False
    verified_points: Decimal | None = None
    agreed_points: Decimal | None = None
    reason: str = ""
    conflict: Message = SILENT


class CapFinding(Frozen):
    """A condition that excludes the classes above `highest`, and whether it applies."""

    id: str
    text: str
    citation: Message
    highest: str
    truth: Truth
    measurement: Measurement | None = None
    reasons: tuple[Reason, ...] = ()


class DueDay(Frozen):
    """A day on which a text or the plan requires something, `days_left` days after the day of the review.

    `confidence` of the citation: SEEN, INFERRED; empty for the plan's own days. `goals`: ids of the sentences of the
    plan that are due on that day. `done`: the requirement is met already.
    """

    id: str
    on: date
    days_left: int
    title: Message
    citation: Message
    confidence: str
    goals: tuple[str, ...] = ()
    done: bool = False


class LeftOut(Frozen):
    """A text of the year by which the school was not judged, because of its level. `says`: the reason in one sentence."""

    id: str
    short: Message
    level_known: bool
    says: Message


class School(Frozen):
    """The school, and the heading, signature and recipients of its papers; an empty text where the profile is blank."""

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
    hand_in_by: date | None = None
    previous_result: str = ""
    codes_before: tuple[str, ...] = ()


class InputFile(Frozen):
    """One workbook that was read: name, sha256, size in bytes, sheets recognised."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...]
