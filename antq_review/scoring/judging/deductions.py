"""Deductions and caps of a text with points, and the classes that are still possible."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from antq_review.forms.columns import YesNo
from antq_review.forms.rows.score_table import ScoreCap, ScoreText
from antq_review.rules import Bound, Cap, Deduction, Rulebook
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.self_scores import meeting_of, score_of, told
from antq_review.scoring.measures import MAY_FALL, evaluate
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, ZERO, Interval, Measurement, Reason, Truth, reaches
from antq_review.scoring.model.review_parts import CapFinding, DeductionFinding
from antq_review.text import SILENT, tell


def judge_deductions(rulebook: Rulebook, look: EvidenceWindow) -> tuple[DeductionFinding, ...]:
    """Every deduction as a range of the points that it takes away, in the order of the table."""
    return tuple(_deduction(one, rulebook.id, look) for one in rulebook.deductions)


def _deduction(one: Deduction, text_id: str, look: EvidenceWindow) -> DeductionFinding:
    computed, reasons, found = _taken(one, look)
    score = score_of(one.id, text_id, look)
    own = score.points if score else None
    inside = own is not None and computed.low <= own and (computed.high is None or own <= computed.high)
    settles = (
        score is not None and score.concluded and inside and bool(reasons) and not computed.settled
        and all(why.code in SETTLED_BY_MEETING for why in reasons)
    )
    settled = Interval(low=own, high=own) if settles and own is not None else computed
    conflict = SILENT
    if score is not None and own is not None and not inside:
        high = computed.high if computed.high is not None else tell("scoring.without_end")
        conflict = told(tell("scoring.conflict.points", own=own, low=computed.low, high=high), score, one.id)
    return DeductionFinding(
        id=one.id, text=one.text, citation=one.citation, each=one.each, at_most=one.at_most, computed=computed,
        settled=settled, measurement=found, reasons=() if computed.settled else reasons, self_points=own,
        concluded=bool(score and score.concluded and own is not None),
        verified_points=score.verified_points if score else None, agreed_points=score.agreed_points if score else None,
        reason=score.reason if score else "", conflict=conflict,
    )


def _taken(one: Deduction, look: EvidenceWindow) -> tuple[Interval, tuple[Reason, ...], Measurement | None]:
    if one.measure is None:
        return Interval(low=ZERO, high=one.at_most), (reason("needs_judgement", one.text),), None
    found = evaluate(one.measure, look, one.filter)
    top = None if found.high is None or not look.over else found.high * one.each
    if one.at_most is not None:
        top = one.at_most if top is None else min(top, one.at_most)
    low = found.low * one.each
    taken = Interval(low=low if one.at_most is None else min(low, one.at_most), high=top)
    reasons = found.reasons
    if not look.over and found.high is not None:
        reasons = (*reasons, reason("period_open", look.period.end))
    return taken, reasons, found


def judge_caps(rulebook: Rulebook, look: EvidenceWindow) -> tuple[CapFinding, ...]:
    """Every cap: it applies (yes), does not apply (no), or this is not known."""
    return tuple(_cap(one, look) for one in rulebook.caps)


def _cap(one: Cap, look: EvidenceWindow) -> CapFinding:
    fields = {"id": one.id, "text": one.text, "citation": one.citation, "highest": one.highest}
    if one.measure is None or one.bound is None:
        truth, reasons = _by_meeting(one, look)
        return CapFinding(**fields, truth=truth, reasons=reasons)
    found = evaluate(one.measure, look, one.filter)
    truth, reasons = reaches(found, one.bound), found.reasons
    if truth is not Truth.UNKNOWN and not look.over and not _final(truth, one.bound, one.measure):
        truth, reasons = Truth.UNKNOWN, (reason("period_open", look.period.end),)
    return CapFinding(**fields, truth=truth, measurement=found, reasons=reasons if truth is Truth.UNKNOWN else ())


def _final(truth: Truth, bound: Bound, measure: str) -> bool:
    """Can the answer no longer change before the period's end? Only if a number that never falls is high enough."""
    if measure in MAY_FALL:
        return False
    return truth is Truth.YES if bound.at_least is not None else truth is Truth.NO and bound.at_most is not None


def _by_meeting(one: Cap, look: EvidenceWindow) -> tuple[Truth, tuple[Reason, ...]]:
    """The answer that a concluded meeting with minutes wrote beside the cap; unknown until then."""
    row = next((row for row in look.evidence.of(ScoreCap) if folded(row.values.number) == folded(one.id)), None)
    head = next(iter(look.evidence.of(ScoreText)), None)
    answer = row.values.concluded if row is not None else None
    if answer is None or head is None or meeting_of(head, look) is None:
        return Truth.UNKNOWN, (reason("needs_judgement", one.text),)
    return (Truth.YES if answer == YesNo.YES else Truth.NO), ()


def points_taken(deductions: Sequence[DeductionFinding]) -> list[Interval]:
    """The settled ranges of the points that are taken from the total."""
    return [one.settled for one in deductions]


def possible_loss(deductions: Sequence[DeductionFinding]) -> Decimal | None:
    """The highest number of points that the deductions may take; None: no limit."""
    highs = [one.settled.high for one in deductions]
    return None if None in highs else sum((high for high in highs if high is not None), ZERO)
