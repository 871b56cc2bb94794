"""Findings from a text and the evidence: each provision is measured and awarded, in each of its possible readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from antq_review.ingest.model import Evidence
from antq_review.period import quarter
from antq_review.rules.model import Award, Condition, Provision, Reading, Rulebook
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.self_scores import settle
from antq_review.scoring.judging.too_late import too_late
from antq_review.scoring.measures import MAY_FALL, evaluate
from antq_review.scoring.model.outcome import (
    ZERO,
    Interval,
    Measurement,
    Outcome,
    Reason,
    Truth,
    all_of,
    any_of,
    hull,
    points_for,
    reaches,
    split_points,
    step_points,
    unit_points,
)
from antq_review.scoring.model.review import Finding, ReadingFinding
from antq_review.source import CellRef
from antq_review.text import SILENT, Message, tell


@dataclass(frozen=True)
class _Judged:
    """The result of judging one provision, from which its finding is built."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    measurement: Measurement | None = None
    parts: tuple[Finding, ...] = ()
    readings: tuple[ReadingFinding, ...] = ()
    not_applicable: Message = SILENT
    fact_cells: tuple[CellRef, ...] = ()


def look_for(rulebook: Rulebook, evidence: Evidence, year: int, as_of: date, index: Index | None = None) -> EvidenceWindow:
    """The evidence of the text's own period."""
    return EvidenceWindow(evidence, rulebook.period.of(year), as_of, year, index or Index(evidence))


def judge(rulebook: Rulebook, evidence: Evidence, year: int, as_of: date, index: Index | None = None) -> tuple[Finding, ...]:
    """Every criterion of a text as a finding, computed from the evidence and settled with the school's concluded score.

    Judgements of the same evidence share one `index`, so that its lookups are made only once.
    """
    look = look_for(rulebook, evidence, year, as_of, index)
    findings = []
    for criterion in rulebook.criteria:
        finding = _finding(criterion, look)
        if rulebook.draft and finding.computed.settled:
            finding = finding.model_copy(update={"reasons": (*finding.reasons, reason("rule_unconfirmed", rulebook.short))})
        findings.append(settle(finding, rulebook.id, look))
    return tuple(findings)


def _finding(provision: Provision, look: EvidenceWindow) -> Finding:
    judged = _judge(provision, look)
    return Finding(
        id=provision.id, title=provision.title, citation=provision.citation, text=provision.text, award=provision.award,
        confidence=provision.confidence, note=provision.note, points=provision.points, computed=judged.outcome,
        settled=judged.outcome, measurement=judged.measurement, parts=judged.parts, readings=judged.readings,
        reasons=() if judged.outcome.settled else judged.reasons, not_applicable=judged.not_applicable,
        fact_cells=judged.fact_cells, too_late=too_late(provision, judged.outcome, look), bonus=provision.bonus,
        one_of=provision.one_of,
    )


def _judge(provision: Provision, look: EvidenceWindow) -> _Judged:
    if provision.applies is None:
        return _award(provision, look)
    applies, cells, why = _applies(provision.applies, look)
    if applies is Truth.NO:
        outcome = _whole(provision, Truth.NOT_APPLICABLE)
        return _Judged(outcome, not_applicable=tell("scoring.not_applicable", only=provision.applies.says), fact_cells=cells)
    judged = _award(provision, look)
    if applies is Truth.UNKNOWN and judged.outcome.truth is not Truth.YES:
        return _Judged(
            _whole(provision, Truth.UNKNOWN), (*why, *judged.reasons), judged.measurement, judged.parts, judged.readings
        )
    return _Judged(
        judged.outcome, judged.reasons, judged.measurement, judged.parts, judged.readings, judged.not_applicable, cells
    )


def _applies(condition: Condition, look: EvidenceWindow) -> tuple[Truth, tuple[CellRef, ...], tuple[Reason, ...]]:
    """Does the provision apply to this school? A fact of the profile or a measure decides it."""
    if condition.measure is not None:
        found = evaluate(condition.measure, look, condition.filter)
        if found.low > 0:
            return Truth.YES, found.cells, ()
        return (Truth.NO if found.high == 0 else Truth.UNKNOWN), found.cells, found.reasons
    assert condition.fact is not None
    row = look.evidence.profile_row
    value = row.value_of(condition.fact) if row is not None else None
    if row is None or value is None:
        what = tell(f"scoring.bases.{condition.fact}")
        return Truth.UNKNOWN, (), (reason("base_unknown", "profile", what=what),)
    return (Truth.YES if value in condition.values else Truth.NO), (row.cell(condition.fact),), ()


def _award(provision: Provision, look: EvidenceWindow) -> _Judged:
    if provision.award in (Award.ALL_OF, Award.ANY_OF):
        return _from_readings(provision, look) if provision.readings else _from_parts(provision, look)
    if provision.award is Award.UNREAD:
        return _Judged(_whole(provision, Truth.UNKNOWN), (reason("rule_missing", provision.citation),))
    if provision.award is Award.JUDGEMENT:
        return _judgement(provision, look)
    assert provision.measure is not None
    found = evaluate(provision.measure, look, provision.filter)
    if not found.applies:
        why = tell("scoring.not_applicable_measure")
        return _Judged(_whole(provision, Truth.NOT_APPLICABLE), (), found, not_applicable=why)
    if provision.award in (Award.STEPS, Award.PER_UNIT):
        return _by_amount(provision, look, found)
    if provision.award is Award.NONE_OF:
        return _none_of(provision, look, found)
    return _threshold(provision, look, found)


def _by_amount(provision: Provision, look: EvidenceWindow, found: Measurement) -> _Judged:
    """Points by the measured amount. Before the period's end it may rise without limit; some rates may fall to 0."""
    reach: Interval = found
    reasons = found.reasons
    if not look.over:
        reach = Interval(low=ZERO if provision.measure in MAY_FALL else found.low, high=None)
        reasons = (*reasons, reason("period_open", look.period.end))
    if provision.award is Award.STEPS:
        return _Judged(step_points(reach, provision.steps), reasons, found)
    assert provision.points_per_unit is not None and provision.points is not None
    return _Judged(unit_points(reach, provision.points_per_unit, provision.points), reasons, found)


def _whole(provision: Provision, truth: Truth) -> Outcome:
    return points_for(truth, provision.points) if provision.points is not None else Outcome(truth=truth)


def _threshold(provision: Provision, look: EvidenceWindow, found: Measurement) -> _Judged:
    assert provision.bound is not None
    truth = reaches(found, provision.bound)
    due = _due(provision, look)
    if provision.else_points is not None:
        return _or_else(provision, look, found, truth)
    if truth is Truth.NO and look.as_of < due:
        return _Judged(_whole(provision, Truth.UNKNOWN), (reason("not_due", due),), found)
    if truth is Truth.NO and provision.points is not None and found.high != 0:
        outcome = Outcome(truth=Truth.UNKNOWN, low=ZERO, high=provision.points)
        return _Judged(outcome, (reason("split_unknown", provision.citation),), found)
    if truth is Truth.YES and _may_turn(provision, look):
        return _Judged(_whole(provision, Truth.UNKNOWN), (reason("period_open", look.period.end),), found)
    return _Judged(_whole(provision, truth), found.reasons, found)


def _may_turn(provision: Provision, look: EvidenceWindow) -> bool:
    """Can a bound that is met today be missed at the period's end? Yes for a rate that may fall, or an upper bound."""
    assert provision.bound is not None
    return not look.over and (provision.measure in MAY_FALL or provision.bound.at_least is None)


def _or_else(provision: Provision, look: EvidenceWindow, found: Measurement, truth: Truth) -> _Judged:
    """The points where the text gives points for a missed threshold: full points, `else_points`, or one of the two."""
    assert provision.points is not None and provision.else_points is not None
    final = look.over or (truth is Truth.YES and not _may_turn(provision, look))
    low = provision.points if truth is Truth.YES and final else provision.else_points
    high = provision.else_points if truth is Truth.NO and final else provision.points
    reasons = found.reasons if final or truth is Truth.UNKNOWN else (reason("period_open", look.period.end),)
    settled = truth if low == high else Truth.UNKNOWN
    return _Judged(Outcome(truth=settled, low=low, high=high), reasons, found)


def _due(provision: Provision, look: EvidenceWindow) -> date:
    return quarter(look.year, provision.due_quarter).end if provision.due_quarter else look.period.end


def _none_of(provision: Provision, look: EvidenceWindow, found: Measurement) -> _Judged:
    """One event gives no. No event on a closed form gives yes, but only after the period's end: before it, open."""
    if found.low > 0:
        return _Judged(_whole(provision, Truth.NO), (), found)
    if found.high == 0 and look.over:
        return _Judged(_whole(provision, Truth.YES), (), found)
    reasons = found.reasons if found.high != 0 else (reason("period_open", look.period.end),)
    return _Judged(_whole(provision, Truth.UNKNOWN), reasons, found)


def _judgement(provision: Provision, look: EvidenceWindow) -> _Judged:
    """People judge the provision. If it requires evidence and a closed form has none, the answer is no."""
    found = evaluate(provision.measure, look, provision.filter) if provision.measure else None
    if provision.evidence_required and found is not None and found.high == 0:
        if look.over:
            return _Judged(_whole(provision, Truth.NO), (), found)
        return _Judged(_whole(provision, Truth.UNKNOWN), (reason("not_due", look.period.end),), found)
    reasons: tuple[Reason, ...] = (reason("needs_judgement", provision.title),)
    if provision.evidence_required and found is not None and found.low == 0:
        reasons += found.reasons
    return _Judged(_whole(provision, Truth.UNKNOWN), reasons, found)


def _from_parts(provision: Provision, look: EvidenceWindow) -> _Judged:
    parts = tuple(_finding(part, look) for part in provision.parts)
    truths = [part.computed.truth for part in parts]
    open_reasons = _reasons_of(parts)
    if provision.points is None:
        truth = all_of(truths) if provision.award is Award.ALL_OF else any_of(truths)
        return _Judged(Outcome(truth=truth), open_reasons, parts=parts)
    found = evaluate(provision.measure, look, provision.filter) if provision.measure else None
    if provision.zero_if_nothing and found is not None and found.high == 0 and look.over:
        return _Judged(_whole(provision, Truth.NO), (), found, parts)
    outcome, split = split_points(truths, provision.points, nothing_is_zero=not provision.zero_if_nothing)
    reasons = (*open_reasons, reason("split_unknown", provision.citation)) if split else open_reasons
    return _Judged(outcome, reasons, found, parts)


def _from_readings(provision: Provision, look: EvidenceWindow) -> _Judged:
    """Judges every reading. Equal results: the reading has no effect. Decided but different: open, both shown."""
    readings = tuple(_reading(provision, reading, look) for reading in provision.readings)
    outcomes = [reading.outcome for reading in readings]
    outcome = hull(outcomes)
    differ = not outcome.settled and all(found.settled for found in outcomes)
    parts = [part for reading in readings for part in reading.parts]
    reasons = (reason("reading_differs", provision.citation, what=provision.title),) if differ else _reasons_of(parts)
    return _Judged(outcome, reasons, readings=readings)


def _reading(provision: Provision, reading: Reading, look: EvidenceWindow) -> ReadingFinding:
    parts = tuple(_finding(part, look) for part in reading.parts)
    outcome = _whole(provision, all_of(part.computed.truth for part in parts))
    return ReadingFinding(id=reading.id, says=reading.says, basis=reading.basis, outcome=outcome, parts=parts)


def _reasons_of(parts: Iterable[Finding]) -> tuple[Reason, ...]:
    found: Sequence[Reason] = [why for part in parts if not part.computed.settled for why in part.reasons]
    return tuple(dict.fromkeys(found))
