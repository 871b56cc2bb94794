"""Who does a step of a criterion sheet, and until when: the plan's row about the same matter, else the head of the school."""

from __future__ import annotations

from antq_review.publish.dossier.context import Case, every
from antq_review.publish.dossier.sentences import gap, tell
from antq_review.scoring.model.review import Finding, GoalPart, TextReview
from antq_review.text import day


def person_of(case: Case, finding: Finding) -> str:
    """«Phụ trách» of the plan's row about the same matter; else the head, who answers for the criteria (Art. 9(1)(c))."""
    return next((part.in_charge for part in _same_matter(case, finding) if part.in_charge), "") or _head(case)


def _head(case: Case) -> str:
    return case.review.school.signer_post or gap("person")


def deadline_of(case: Case, text: TextReview, finding: Finding) -> str:
    """«Hạn» of the plan's row about the same matter, else the day on which the school hands in its papers.

    Without a day of its own the school hands in when the commune asks for it. Once that day is over: at once, as long as
    the authority has not decided; after that, in the year after.
    """
    today, own = case.review.as_of, case.review.school.hand_in_by
    due = [part.due_on for part in _same_matter(case, finding) if part.due_on >= today]
    if due:
        return day(due[0])
    if own is not None and own >= today:
        return day(own)
    if text.deadline < today:
        return next_year(case)
    return tell("criterion.when_asked" if own is None else "criterion.at_once")


def next_year(case: Case) -> str:
    """The time of a step that this year can no longer be done: `Năm 2027`."""
    return tell("criterion.next_year", year=case.review.year + 1)


def _same_matter(case: Case, finding: Finding) -> list[GoalPart]:
    """The parts of the plan with a measure of the finding, those that rest on the most of its cells first."""
    measured = [(one.measurement.measure, set(one.measurement.cells)) for one in every(finding) if one.measurement is not None]
    cells = {name: set().union(*(own for other, own in measured if other == name)) for name, _ in measured}
    parts = [part for goal in case.review.goals for part in goal.parts if part.measure in cells]
    return sorted(parts, key=lambda part: -len(cells[part.measure].intersection(part.measurement.cells if part.measurement else ())))
