"""The school's own plan: each sentence by its parts, judged on its due day, after the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from antq_review.forms.measure_labels import MEASURES
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period, calendar_year
from antq_review.rules.model import Bound
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import MAY_FALL, evaluate, registry
from antq_review.scoring.measures.base import reason
from antq_review.scoring.measures.filters import filters_astray, filters_of, measure_named, organisers_unclear
from antq_review.scoring.model.outcome import ONE, ZERO, Interval, Measurement, Reason, Truth, reaches
from antq_review.scoring.model.review import Goal, GoalPart, GoalStatus
from antq_review.text import day, say

#: A goal that is met when all others are: judged last, from their statuses.
_OVER_GOALS = "goals_met_rate"


@dataclass(frozen=True)
class _Target:
    """What a part asks for, read from its row."""

    measure: str | None
    wanted: Filter
    operator: str | None
    number: Decimal | None
    is_rate: bool
    due_on: date
    proposed: bool


def judge_plan(
    evidence: Evidence, year: int, as_of: date, index: Index | None = None, known: Mapping[str, Goal] = MappingProxyType({})
) -> tuple[Goal, ...]:
    """Every sentence of the plan, in the order of the sheet. `index` is shared by judgements of the same evidence.

    `known`: goals that are known to stand as they are given; a goal over the other goals is judged in any case.
    """
    look = EvidenceWindow(evidence, calendar_year(year), as_of, year, index or Index(evidence))
    by_id: dict[str, list[EvidenceRow]] = {}
    for row in evidence.rows("plan"):
        by_id.setdefault(str(row.get("goal_id")), []).append(row)
    goals = {name: known.get(name) or _goal(name, [_part(row, look) for row in rows]) for name, rows in by_id.items()}
    for name, rows in by_id.items():
        if any(part.measure == _OVER_GOALS for part in goals[name].parts):
            others = [goal for other, goal in goals.items() if other != name and _is_due(goal, as_of)]
            parts = [
                _over_goals(part, row, look, others) if part.measure == _OVER_GOALS else part
                for part, row in zip(goals[name].parts, rows, strict=True)
            ]
            goals[name] = _goal(name, parts)
    return tuple(goals.values())


def wanted_of(row: EvidenceRow, year: int) -> Filter:
    """What the filters of a plan row ask for, in codes."""
    return _target(row, year).wanted


def _goal(name: str, parts: Sequence[GoalPart]) -> Goal:
    return Goal(id=name, status=_together(parts), parts=tuple(parts))


def _target(row: EvidenceRow, year: int) -> _Target:
    measure = measure_named(row.get("measure"), _OVER_GOALS)
    entry = registry().get(measure or "")
    is_rate = entry.unit == "rate" if entry else measure == _OVER_GOALS or folded(row.get("unit") or "") == "%"
    number: Decimal | None = row.get("number")
    if number is not None and is_rate:
        number = number / 100
    due = row.get("due_on") or calendar_year(year).end
    wanted = filters_of(row, entry.tables if entry else ())
    return _Target(measure, wanted, row.get("operator"), number, is_rate, due, row.get("set_by") == "proposed")


def _is_due(goal: Goal, as_of: date) -> bool:
    """Has the due day of every part come?"""
    return all(part.due_on <= as_of for part in goal.parts)


def _part(row: EvidenceRow, plan: EvidenceWindow) -> GoalPart:
    target = _target(row, plan.year)
    if target.measure is None:
        return _goal_part(row, target, *_without_measure(row, target))
    if target.measure == _OVER_GOALS:
        return _goal_part(row, target, GoalStatus.OPEN, None, ())
    units = [str(unit.get("name")) for unit in plan.evidence.rows("units")]
    strange = [*filters_astray(target.measure, target.wanted), *organisers_unclear(target.wanted, units)]
    if strange:
        why = reason("filter_unclear", ", ".join(dict.fromkeys(strange)), measure=MEASURES.label(target.measure))
        return _goal_part(row, target, GoalStatus.OPEN, None, (why,))
    found = evaluate(target.measure, plan.within(_period(plan.year, target.due_on)), target.wanted)
    status, reasons = _status(found, target, plan.as_of)
    return _goal_part(row, target, status, found, reasons)


def _without_measure(row: EvidenceRow, target: _Target) -> tuple[GoalStatus, None, tuple[Reason, ...]]:
    """A row whose measure is none of the register, or not chosen yet though there is something to reach."""
    if row.get("measure"):
        return GoalStatus.NO_MEASURE, None, (reason("no_measure", str(row.get("measure"))),)
    return GoalStatus.OPEN if target.operator else GoalStatus.NO_MEASURE, None, (reason("goal_unclear", "measure"),)


def _period(year: int, due_on: date) -> Period:
    """From 1 January of the plan's year to the due day."""
    whole = calendar_year(year)
    return Period(whole.start, max(whole.start, min(due_on, whole.end)))


def _status(found: Interval, target: _Target, as_of: date) -> tuple[GoalStatus, tuple[Reason, ...]]:
    reasons = found.reasons if isinstance(found, Measurement) else ()
    if target.operator is None and target.number is None:
        return GoalStatus.SHOWN, ()
    if target.number is None or target.operator is None:
        return GoalStatus.OPEN, (reason("goal_unclear", "number"),)
    if target.proposed:
        return GoalStatus.OPEN, (reason("goal_proposed"),)
    truth = reaches(found, Bound(**{target.operator: target.number}))
    upward = target.operator == "at_least"
    settles_early = upward and target.measure not in MAY_FALL
    if truth is Truth.YES and (settles_early or as_of >= target.due_on):
        beyond = upward and not target.is_rate and found.low > target.number
        return (GoalStatus.EXCEEDED if beyond else GoalStatus.MET), ()
    if truth is Truth.NO and not upward and found.low > target.number:
        return GoalStatus.NOT_MET, ()
    if as_of < target.due_on:
        return GoalStatus.NOT_DUE, (reason("not_due", day(target.due_on)),)
    if truth is Truth.NO:
        return GoalStatus.NOT_MET, ()
    return GoalStatus.OPEN, reasons


def _goal_part(
    row: EvidenceRow, target: _Target, status: GoalStatus, found: Measurement | None, reasons: tuple[Reason, ...]
) -> GoalPart:
    return GoalPart(
        part=str(row.get("part") or ""), quote=str(row.get("quote")), corrected_quote=str(row.get("corrected_quote") or ""),
        measure=target.measure or "", measure_label=MEASURES.label(target.measure or ""), operator=target.operator or "",
        target=target.number, unit=str(row.get("unit") or ""), is_rate=target.is_rate, due_on=target.due_on,
        in_charge=str(row.get("in_charge") or ""), set_by=str(row.get("set_by") or ""), status=status, measurement=found,
        reasons=reasons, cells=row.cells(("goal_id", "number")),
    )


#: The worst part decides the sentence; parts that are only shown do not count. A part without measure leaves it open.
_WORST_FIRST = (
    (GoalStatus.NOT_MET, GoalStatus.NOT_MET), (GoalStatus.OPEN, GoalStatus.OPEN), (GoalStatus.NO_MEASURE, GoalStatus.OPEN),
    (GoalStatus.NOT_DUE, GoalStatus.NOT_DUE),
)


def _together(parts: Sequence[GoalPart]) -> GoalStatus:
    """Status of a sentence. A part that cannot be measured yet keeps its sentence from being met, never from failing."""
    found = [part.status for part in parts if part.status is not GoalStatus.SHOWN]
    if not found:
        return GoalStatus.SHOWN
    if all(status is GoalStatus.NO_MEASURE for status in found):
        return GoalStatus.NO_MEASURE
    for status, whole in _WORST_FIRST:
        if status in found:
            return whole
    return GoalStatus.EXCEEDED if set(found) == {GoalStatus.EXCEEDED} else GoalStatus.MET


def _over_goals(part: GoalPart, row: EvidenceRow, plan: EvidenceWindow, others: Sequence[Goal]) -> GoalPart:
    """Share of the plan's other sentences that are met, among those due; open ones may go either way (plan III.1-1)."""
    met = sum(goal.status in (GoalStatus.MET, GoalStatus.EXCEEDED) for goal in others)
    missed = sum(goal.status is GoalStatus.NOT_MET for goal in others)
    open_goals = sum(goal.status is GoalStatus.OPEN for goal in others)
    base = met + missed + open_goals
    low, high = (ONE * met / base, ONE * (met + open_goals) / base) if base else (ZERO, ONE)
    left_out = sum(goal.status is GoalStatus.NO_MEASURE for goal in others)
    notes = (say("scoring.notes.goals_left_out", count=left_out),) if left_out else ()
    found = Measurement(
        measure=_OVER_GOALS, unit="rate", low=low, high=high, count=ONE * met, base=ONE * base, notes=notes,
        reasons=_why(open_goals, base),
    )
    status, reasons = _status(found, _target(row, plan.year), plan.as_of)
    return part.model_copy(update={"status": status, "measurement": found, "reasons": reasons})


def _why(open_goals: int, base: int) -> tuple[Reason, ...]:
    if not base:
        return (reason("no_goal_due"),)
    return (reason("goals_open", str(open_goals)),) if open_goals else ()
