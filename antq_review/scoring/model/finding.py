"""A finding: one criterion or a part of one, with its outcome, its reasons, its readings and the school's own score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from antq_review.forms.choices import StandardResult
from antq_review.rules.model import Award
from antq_review.scoring.model.outcome import Measurement, Outcome, Reason, Truth
from antq_review.source import Cells, Frozen
from antq_review.text import SILENT, Message, words

#: The results of a criterion on the forms and their truth values. No form has a word for “unknown”: its cell stays blank.
_RESULTS = (
    (StandardResult.MET, Truth.YES), (StandardResult.NOT_MET, Truth.NO), (StandardResult.NOT_APPLICABLE, Truth.NOT_APPLICABLE),
)
TRUTH_OF_RESULT: dict[str, Truth] = dict(_RESULTS)
RESULT_OF_TRUTH: dict[Truth, StandardResult] = {truth: result for result, truth in _RESULTS}


def marked(text: str, bonus: bool, one_of: str) -> str:
    """A row's text behind the mark of its kind: `Điểm thưởng: …`, `Chọn một (nhóm A): …`; an ordinary row's text alone."""
    says = words("scoring")["score_table"]
    mark = (says["bonus_mark"] if bonus else "") + (says["one_of_mark"].format(group=one_of) if one_of else "")
    return mark + text


class SelfScore(Frozen):
    """The school's own score, and the scores that the superior verified and both agreed on.

    `concluded`: by a meeting with minutes. `reason_cells`: the cell of the sheet “Tự chấm” for the reason, blank or not;
    empty where that sheet has no line for it.
    """

    points: Decimal | None = None
    result: str | None = None
    concluded: bool = False
    meeting: str = ""
    held_on: date | None = None
    minutes: str = ""
    reason: str = ""
    verified_points: Decimal | None = None
    verified_result: str | None = None
    verified_by: str = ""
    agreed_points: Decimal | None = None
    cells: Cells = ()
    reason_cells: Cells = ()


class Finding(Frozen):
    """One criterion or a part of one.

    `computed`: the result from the evidence; `settled`: the same, completed by a concluded meeting where the evidence
    leaves it open (criteria only); `official`: what a meeting concluded, whatever the evidence says. `too_late`: why
    nothing can be added any more to a part that is not met. `bonus`, `one_of`: as in the provision. `returned`: what the
    receiving office wrote at it.
    """

    id: str
    title: str
    citation: Message
    text: str
    award: Award
    confidence: str
    note: str = ""
    points: Decimal | None = None
    computed: Outcome
    settled: Outcome
    measurement: Measurement | None = None
    parts: tuple[Finding, ...] = ()
    readings: tuple[ReadingFinding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    not_applicable: Message = SILENT
    fact_cells: Cells = ()
    self_score: SelfScore | None = None
    conflict: Message = SILENT
    returned: tuple[Message, ...] = ()
    too_late: Message = SILENT
    bonus: bool = False
    one_of: str = ""

    @property
    def marked_text(self) -> str:
        """Its text as tables print it: a bonus, and one of several of which only one counts, is marked as such."""
        return marked(self.text, self.bonus, self.one_of)

    @property
    def is_unread(self) -> bool:
        """Is the text of the provision unknown, so that nothing can be judged?"""
        return self.award is Award.UNREAD

    @property
    def settled_by_meeting(self) -> bool:
        """Did a concluded meeting settle the result that the evidence leaves open?"""
        return self.settled.settled and not self.computed.settled

    @property
    def official(self) -> Outcome | None:
        """The result that a meeting concluded; None: no meeting did. A provision whose text is not known has none."""
        own = self.self_score
        return self.stated if own is not None and own.concluded and not self.is_unread else None

    @property
    def stated(self) -> Outcome | None:
        """The school's own result as it is typed, concluded or not; None: it gave none."""
        own = self.self_score
        if own is None:
            return None
        if self.points is None:
            return Outcome(truth=TRUTH_OF_RESULT[own.result]) if own.result in TRUTH_OF_RESULT else None
        if own.points is None:
            return None
        truth = Truth.YES if own.points == self.points else Truth.NO if own.points == 0 else Truth.UNKNOWN
        return Outcome(truth=truth, low=own.points, high=own.points)

    @property
    def is_contradicted(self) -> bool:
        """Can the school's own result not be true beside what the evidence says?"""
        own, computed = self.stated, self.computed
        if own is None:
            return False
        if own.low is not None and computed.low is not None and computed.high is not None:
            return not computed.low <= own.low <= computed.high
        return computed.truth is not Truth.UNKNOWN and own.truth is not computed.truth

    @property
    def official_truth(self) -> Truth:
        """The meeting's answer; unknown where no meeting concluded. A fact of the profile alone can rule the criterion out."""
        if self.official is not None:
            return self.official.truth
        return Truth.NOT_APPLICABLE if self.computed.truth is Truth.NOT_APPLICABLE else Truth.UNKNOWN

    @property
    def explained(self) -> bool:
        """Does the school give a reason for its difference? None explains “không áp dụng” without a fact of the profile."""
        own = self.self_score
        return own is not None and bool(own.reason) and not self.rules_out

    @property
    def rules_out(self) -> bool:
        """Does the school call the criterion not applicable without the fact of the profile which that needs?"""
        stated = self.stated
        return stated is not None and stated.truth is Truth.NOT_APPLICABLE is not self.computed.truth

    def concluded_points(self) -> Decimal | None:
        """The school's own points if a meeting concluded them; None for a provision whose text is not known."""
        own = self.self_score
        return own.points if own and own.concluded and not self.is_unread else None

    def walk(self, *, readings: bool = True) -> Iterator[FindingPlace]:
        """The finding and everything below it, depth first: the finding, its parts, then the parts of its readings.

        `readings` False: the parts of readings are left out.
        """
        return _walk(FindingPlace((), self), readings)


class ReadingFinding(Frozen):
    """One way to read a provision, and the outcome under this reading."""

    id: str
    says: str
    basis: str
    outcome: Outcome
    parts: tuple[Finding, ...]


class FindingPlace(NamedTuple):
    """A finding and its place below the finding where a walk began.

    `path`: ids of the parts and readings down to it, empty for the first finding. `above`: the finding above it;
    `reading`: the reading above it, if it is a direct part of one.
    """

    path: tuple[str, ...]
    finding: Finding
    above: Finding | None = None
    reading: ReadingFinding | None = None

    @property
    def depth(self) -> int:
        """Number of steps from the first finding. A reading is a step of its own."""
        return len(self.path)


def _walk(place: FindingPlace, readings: bool) -> Iterator[FindingPlace]:
    yield place
    path, finding = place.path, place.finding
    for part in finding.parts:
        yield from _walk(FindingPlace((*path, part.id), part, finding), readings)
    for reading in finding.readings if readings else ():
        for part in reading.parts:
            yield from _walk(FindingPlace((*path, reading.id, part.id), part, finding, reading), readings)
