"""The plan by states, and this year beside last year: only numbers that are known in both years are compared."""

from __future__ import annotations

from collections import Counter

from antq_review.forms.measure_labels import Measure
from antq_review.history.compare import former_code
from antq_review.publish import wording as phrases
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_rows import GoalCells
from antq_review.publish.dossier.numbers import prose
from antq_review.publish.dossier.sentences import paragraphs, raised, tell
from antq_review.publish.tables.evidence_codes import codes_of
from antq_review.scoring.model.review import Goal, GoalPart, GoalStatus, TextReview
from antq_review.text import day, number, say

#: Numbers that are compared with last year: name in the patterns → cell.
_COMPARED = {
    "activities": ("PL3", "activities.all"), "coordination": ("PL6", "coordination.all"), "models": ("PL4", "models.kept"),
    "incidents": ("PL7", "incidents.all"),
}
_FAILED = (GoalStatus.NOT_MET, GoalStatus.SELF_NOT_MET)
_NOT_MET_SHOWN = 8
_QUOTE_LENGTH = 90


def plan_paragraphs(case: Case) -> list[str]:
    """The number of the plan's goals in each state, and the goals that are not met."""
    goals = case.review.goals
    if not goals:
        return [tell("plan.none")]
    counts = Counter(goal.status for goal in goals)
    states = [
        tell("plan.state", n=prose(counts[status]), state=tell(f"plan.states.{status.value}")) for status in GoalStatus if counts[status]
    ]
    failed = [goal for goal in goals if goal.status in _FAILED]
    named = "; ".join(tell("plan.goal", id=goal.id, quote=_short(_failed(goal).quote)) for goal in failed[:_NOT_MET_SHOWN])
    return paragraphs(
        tell("plan.all", year=case.review.year, count=prose(len(goals)), list="; ".join(states)),
        tell("plan.not_met", list=named) if named else "",
    )


def _failed(goal: Goal) -> GoalPart:
    return next((part for part in goal.parts if part.status in _FAILED), goal.parts[0])


def _short(quote: str) -> str:
    """The beginning of a sentence of the plan, cut between words; the table of goals contains the whole sentence."""
    text = quote.rstrip(".; ")
    if len(text) <= _QUOTE_LENGTH:
        return text
    return tell("plan.cut", text=text[:_QUOTE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:"))


def goal_rows(case: Case) -> list[GoalCells]:
    """One row for each part of the plan's goals. Where a public copy hides the number, the row keeps its state."""
    return [_goal(case, goal, place) for goal in case.review.goals for place in range(len(goal.parts))]


def _goal(case: Case, goal: Goal, place: int) -> GoalCells:
    part = goal.parts[place]
    hidden = case.hides(part.measurement) and part.measurement is not None and part.measurement.high != 0
    return GoalCells(
        id=f"{goal.id}{part.part}" if len(goal.parts) > 1 else goal.id, content=_content(goal, place), target=phrases.target(part),
        done=say("dossier.hidden") if hidden else _done(case, goal, part), state=raised(tell(f"plan.states.{part.status.value}")),
        due=day(part.due_on), person=part.in_charge,
    )


def _content(goal: Goal, place: int) -> str:
    """The sentence of the plan, once: parts of one sentence are told apart by what is measured."""
    part, same = goal.parts[place], [one for one in goal.parts if one.quote == goal.parts[place].quote]
    if len(same) == 1 or not part.measure:
        return raised(part.quote)
    measured = Measure.label_of(part.measure)
    return tell("plan.measured", quote=raised(part.quote.rstrip(". ")), measure=measured) if part is same[0] else measured


def _done(case: Case, goal: Goal, part: GoalPart) -> str:
    """What was done, in the school's words after the measured value; with the codes of the evidence where only these words tell it."""
    if not part.told:
        return _measured(part)
    if part.measurement is not None:
        return tell("plan.with_words", done=_measured(part), told=raised(part.told))
    codes = codes_of(case.review).get(goal.id, []) if part.file else []
    return tell("plan.with_codes", told=raised(part.told), codes="; ".join(codes)) if codes else raised(part.told)


def _measured(part: GoalPart) -> str:
    """The measured value; before the day of the target only how much so far, because more may come."""
    found = part.measurement
    if part.status is not GoalStatus.NOT_DUE or found is None or found.settled or not found.applies:
        return phrases.done(part)
    if not (found.count or found.low):
        return tell("plan.nothing_so_far")
    if found.unit != "rate":
        return tell("plan.so_far", done=phrases.between(found.low, found.low, part.unit))
    if found.count is None or not found.base:
        return phrases.done(part)
    return tell("plan.so_far", done=say("publish.phrases.of", count=number(found.count), base=number(found.base)))


# --- compared with last year ---------------------------------------------------------------------------------------


def change_paragraphs(case: Case) -> list[str]:
    """Last year's results and the numbers that are known in both years."""
    before = case.previous
    if before is None:
        return [tell("change.none", year=case.review.year - 1)]
    changes = [text for name, cell in _COMPARED.items() if (text := _change(case, name, cell))]
    former = former_code(before, case.review.school)
    told = paragraphs(
        _text_before(case), _points_before(case), tell("change.figures", year=before.year, list="; ".join(changes)) if changes else ""
    )
    if former and told:
        return [tell("change.former", year=before.year, code=before.school.code), *told]
    return told or [tell("change.none", year=before.year)]


def _change(case: Case, name: str, cell: tuple[str, str]) -> str:
    now, was = case.cells.figure(*cell), case.before.figure(*cell)
    if now.value is None or was.value is None or now.lower or was.lower or now.hidden or was.hidden:
        return ""
    gap = now.value - was.value
    key = "up" if gap > 0 else "down" if gap < 0 else "same"
    return tell(
        f"change.{key}", label=tell(f"change.labels.{name}"), gap=prose(abs(gap)), before=prose(was.value), now=prose(now.value)
    )


def _text_before(case: Case) -> str:
    text = case.previous.text(CIRCULAR) if case.previous else None
    if text is None or case.previous is None:
        return ""
    result = tell(f"change.results.{text.official_result.value if text.official_result else 'no_meeting_yet'}")
    return tell("change.text", year=case.previous.year, result=result)


def _points_before(case: Case) -> str:
    """Both totals, only where both years used the same table of points and both totals are complete."""
    text, now = case.previous.text(DECISION) if case.previous else None, case.decision
    if text is None or now is None or case.previous is None or _table(text) != _table(now):
        return ""
    before, after = text.own_total(), now.own_total()
    hidden = case.hidden_points | case.hidden_points_before
    if before is None or after is None or f"{DECISION}.total" in hidden:
        return ""
    key = "table_illustrative" if now.illustrative else "table_unconfirmed" if now.draft else "table"
    return tell("change.points", table=tell(f"change.{key}"), year=case.previous.year, before=number(before), now=number(after))


def _table(text: TextReview) -> tuple[object, ...]:
    """Two tables of points are the same if these are equal: text, rule of the period, every row with its points."""
    rows = tuple((finding.id, finding.points) for finding in text.findings)
    return text.number, text.total, text.period_citation, text.illustrative, text.draft, rows
