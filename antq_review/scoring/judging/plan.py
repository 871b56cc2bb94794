"""The goals of the school's own plan: each sentence is judged by its parts, on its due day, after the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from antq_review.forms.choices import Operator, StandardResult
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow, Unit
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period, calendar_year
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.judging.targets import OVER_GOALS, Target, target_of
from antq_review.scoring.measures import MAY_FALL, evaluate
from antq_review.scoring.measures.filters import organisers_unclear
from antq_review.scoring.model.goals import BY_OWN_WORD
from antq_review.scoring.model.outcome import ONE, ZERO, Interval, Measurement, Reason, Truth, reaches
from antq_review.scoring.model.review import Goal, GoalPart, GoalStatus
from antq_review.text import listing, tell


def judge_plan(
    evidence: Evidence, year: int, as_of: date, index: Index | None = None, known: Mapping[str, Goal] = MappingProxyType({})
) -> tuple[Goal, ...]:
    """Every sentence of the plan as a goal, in the order of the sheet. Judgements of one evidence share one `index`.

    `known`: goals that are judged already and taken over unchanged. A goal over the other goals is always judged again.
    """
    look = EvidenceWindow(evidence, calendar_year(year), as_of, year, index or Index(evidence))
    by_id: dict[str, list[EvidenceRow[PlanRow]]] = {}
    for row in evidence.of(PlanRow):
        by_id.setdefault(row.values.goal_id, []).append(row)
    until = cache(lambda due_on: look.within(_period(year, due_on)))  # many parts are due on one day
    goals = {name: known.get(name) or _goal(name, [_part(row, look, until) for row in rows]) for name, rows in by_id.items()}
    for name, rows in by_id.items():
        if any(part.measure in OVER_GOALS for part in goals[name].parts):
            others = [goal for other, goal in goals.items() if other != name and _is_due(goal, as_of)]
            parts = [
                _over_goals(part, row, look, others) if part.measure in OVER_GOALS else part
                for part, row in zip(goals[name].parts, rows, strict=True)
            ]
            goals[name] = _goal(name, parts)
    return tuple(goals.values())


def _goal(name: str, parts: Sequence[GoalPart]) -> Goal:
    return Goal(id=name, status=_together(parts), parts=tuple(parts))


def _target(row: EvidenceRow[PlanRow], plan: EvidenceWindow) -> Target:
    return plan.index.once(("target", row), lambda: target_of(row, plan.year), "plan")


def _is_due(goal: Goal, as_of: date) -> bool:
    """Has the due day of every part come?"""
    return all(part.due_on <= as_of for part in goal.parts)


def _part(row: EvidenceRow[PlanRow], plan: EvidenceWindow, until: Callable[[date], EvidenceWindow]) -> GoalPart:
    target = _target(row, plan)
    if target.measure is None:
        return _goal_part(row, target, *_without_measure(row, target))
    if target.measure in OVER_GOALS:
        return _goal_part(row, target, GoalStatus.OPEN, None, ())
    strange = [*target.astray, *organisers_unclear(target.wanted, plan.evidence.of(Unit))]
    if strange:
        why = reason("filter_unclear", listing(dict.fromkeys(strange)), measure=Measure.label_of(target.measure))
        return _goal_part(row, target, GoalStatus.OPEN, None, (why,))
    found = evaluate(target.measure, until(target.due_on), target.wanted)
    status, reasons = _status(found, target, plan.as_of)
    return _goal_part(row, target, status, found, reasons)


def _without_measure(row: EvidenceRow[PlanRow], target: Target) -> tuple[GoalStatus, None, tuple[Reason, ...]]:
    """The status of a row whose measure is not in the register, or is blank: what the school wrote of it.

    Without that: open, if the row sets an operator. A result without a word on what was done is no result.
    """
    own = row.values.self_result
    if own is not None:
        return (_OWN_RESULTS[own], None, ()) if row.values.told else (GoalStatus.OPEN, None, (reason("goal_untold"),))
    if row.values.measure:
        return GoalStatus.NO_MEASURE, None, (reason("no_measure", row.values.measure),)
    return GoalStatus.OPEN if target.operator else GoalStatus.NO_MEASURE, None, (reason("goal_unclear", "measure"),)


_OWN_RESULTS = {
    StandardResult.MET: GoalStatus.SELF_MET, StandardResult.NOT_MET: GoalStatus.SELF_NOT_MET,
    StandardResult.NOT_APPLICABLE: GoalStatus.NOT_APPLICABLE,
}


def _period(year: int, due_on: date) -> Period:
    """From 1 January of the plan's year to the due day."""
    whole = calendar_year(year)
    return Period(whole.start, max(whole.start, min(due_on, whole.end)))


def _status(found: Interval, target: Target, as_of: date) -> tuple[GoalStatus, tuple[Reason, ...]]:
    reasons = found.reasons if isinstance(found, Measurement) else ()
    if target.operator is None and target.number is None:
        return GoalStatus.SHOWN, ()
    bound = target.bound
    if bound is None or target.number is None:
        return GoalStatus.OPEN, (reason("goal_unclear", "number"),)
    if target.proposed:
        return GoalStatus.OPEN, (reason("goal_proposed"),)
    truth = reaches(found, bound)
    upward = target.operator == Operator.AT_LEAST
    settles_early = upward and target.measure not in MAY_FALL
    if truth is Truth.YES and (settles_early or as_of >= target.due_on):
        beyond = upward and not target.is_rate and found.low > target.number
        return (GoalStatus.EXCEEDED if beyond else GoalStatus.MET), ()
    if truth is Truth.NO and not upward and found.low > target.number:
        return GoalStatus.NOT_MET, ()
    if as_of < target.due_on:
        return GoalStatus.NOT_DUE, (reason("not_due", target.due_on),)
    if truth is Truth.NO:
        return GoalStatus.NOT_MET, ()
    return GoalStatus.OPEN, reasons


def _goal_part(
    row: EvidenceRow[PlanRow], target: Target, status: GoalStatus, found: Measurement | None,
    reasons: tuple[Reason, ...],
) -> GoalPart:
    return GoalPart(
        part=row.values.part or "", quote=row.values.quote, corrected_quote=row.values.corrected_quote or "",
        measure=target.measure or "", measure_label=Measure.label_of(target.measure or ""),
        operator=target.operator or "", target=target.number, unit=row.values.unit or "", is_rate=target.is_rate,
        due_on=target.due_on,
        in_charge=row.values.in_charge or "", set_by=row.values.set_by or "", status=status, measurement=found,
        reasons=reasons, cells=row.cells(("goal_id", "number", "told")), told=row.values.told or "", file=row.values.file or "",
    )


#: The worst part decides the status of the sentence. Parts that are only shown, or do not apply, do not count. A sentence
#: that rests on the school's word for one part rests on it as a whole.
_WORST_FIRST = (
    (GoalStatus.NOT_MET, GoalStatus.NOT_MET), (GoalStatus.SELF_NOT_MET, GoalStatus.SELF_NOT_MET),
    (GoalStatus.OPEN, GoalStatus.OPEN), (GoalStatus.NO_MEASURE, GoalStatus.OPEN), (GoalStatus.NOT_DUE, GoalStatus.NOT_DUE),
    (GoalStatus.SELF_MET, GoalStatus.SELF_MET),
)


def _together(parts: Sequence[GoalPart]) -> GoalStatus:
    """Status of a sentence. With a part that cannot be measured, the sentence may still be missed, but not met."""
    shown = [part.status for part in parts if part.status is not GoalStatus.SHOWN]
    found = [status for status in shown if status is not GoalStatus.NOT_APPLICABLE]
    if not found:
        return GoalStatus.NOT_APPLICABLE if shown else GoalStatus.SHOWN
    if all(status is GoalStatus.NO_MEASURE for status in found):
        return GoalStatus.NO_MEASURE
    for status, whole in _WORST_FIRST:
        if status in found:
            return whole
    return GoalStatus.EXCEEDED if set(found) == {GoalStatus.EXCEEDED} else GoalStatus.MET


def _over_goals(part: GoalPart, row: EvidenceRow[PlanRow], plan: EvidenceWindow, others: Sequence[Goal]) -> GoalPart:
    """Share of the met, or of the carried out, sentences among the plan's other sentences that are due (plan III.1-1).

    An open sentence may be either. A sentence without a measure, also one that the school judged itself, is left out; a
    note gives their number.
    """
    test = _carried_out if part.measure == Measure.GOALS_CARRIED_OUT_RATE else _met
    truths = Counter(truth for goal in others if (truth := test(goal)) is not Truth.NOT_APPLICABLE)
    good, open_goals, base = truths[Truth.YES], truths[Truth.UNKNOWN], truths.total()
    low, high = (ONE * good / base, ONE * (good + open_goals) / base) if base else (ZERO, ONE)
    left_out = sum(goal.status in (GoalStatus.NO_MEASURE, *BY_OWN_WORD) for goal in others)
    notes = (tell("scoring.notes.goals_left_out", count=left_out),) if left_out else ()
    found = Measurement(
        measure=part.measure, unit="rate", low=low, high=high, count=ONE * good, base=ONE * base, notes=notes,
        reasons=_why(open_goals, base),
    )
    status, reasons = _status(found, _target(row, plan), plan.as_of)
    return part.model_copy(update={"status": status, "measurement": found, "reasons": reasons})


def _met(goal: Goal) -> Truth:
    """Is the sentence met? One that is only shown, or without a measure, is not counted."""
    return _TRUTHS.get(goal.status, Truth.NOT_APPLICABLE)


def _carried_out(goal: Goal) -> Truth:
    """Was something done for every part that asks for something, however much the target asks for?

    A part that only limits (“không để xảy ra”) or is only shown asks for nothing that could be done.
    """
    asked = [
        part for part in goal.parts
        if part.operator in (Operator.AT_LEAST, Operator.EQUALS) and part.target != 0 and part.status not in BY_OWN_WORD
    ]
    if goal.status is GoalStatus.NO_MEASURE or not asked:
        return Truth.NOT_APPLICABLE
    done = {_done(part.measurement) for part in asked}
    return Truth.NO if Truth.NO in done else Truth.UNKNOWN if Truth.UNKNOWN in done else Truth.YES


def _done(found: Measurement | None) -> Truth:
    if found is None or (found.low == 0 and found.high != 0):
        return Truth.UNKNOWN
    return Truth.YES if found.low > 0 else Truth.NO


_TRUTHS = {
    GoalStatus.MET: Truth.YES, GoalStatus.EXCEEDED: Truth.YES, GoalStatus.NOT_MET: Truth.NO, GoalStatus.OPEN: Truth.UNKNOWN,
}


def _why(open_goals: int, base: int) -> tuple[Reason, ...]:
    if not base:
        return (reason("no_goal_due"),)
    return (reason("goals_open", open_goals),) if open_goals else ()
