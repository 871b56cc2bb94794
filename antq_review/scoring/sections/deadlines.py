"""The days ahead: the days from the review on when the texts and the plan still require something, with the days left.

Every day comes from data: a text's period, its provisions that are due in a quarter, the due days of the plan. The texts
give a day to the authority alone; the school's own day is the one that the commune told it, written in its profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from antq_review.ingest.model import Evidence
from antq_review.period import quarter
from antq_review.rules import Rulebook, provisions
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import DueDay, Finding, Goal, GoalStatus, Review, TextReview
from antq_review.text import Message, criterion_label, literal, tell

#: The text contains only “Quý I”, no day. The last day of the quarter is a conclusion, so it is not marked SEEN.
_QUARTER_CONFIDENCE = "INFERRED"
_DONE = (GoalStatus.MET, GoalStatus.EXCEEDED, GoalStatus.SELF_MET)
_HALF_YEAR = (6, 30)


def days_ahead(
    evidence: Evidence, rulebooks: Sequence[Rulebook], texts: Sequence[TextReview], goals: Sequence[Goal], year: int, as_of: date
) -> tuple[DueDay, ...]:
    """Every day of the year on or after `as_of` on which something is due, in order; `texts` are the reviews of `rulebooks`."""
    found = [day for rulebook, text in zip(rulebooks, texts, strict=True) for day in _of_text(rulebook, text, year, as_of)]
    if (own := hand_in_by(evidence)) is not None and texts:
        found.append(_due("hand-in", own, as_of, title=tell("calendar.hand_in"), citation=tell("calendar.hand_in_basis"), confidence=""))
    found += _of_plan(goals, as_of)
    return tuple(sorted((day for day in found if day.on >= as_of), key=lambda day: (day.on, bool(day.goals))))


def _of_text(rulebook: Rulebook, text: TextReview, year: int, as_of: date) -> Iterator[DueDay]:
    findings: dict[str, Finding] = {}
    for place in (place for top in text.findings for place in top.walk()):
        findings.setdefault(place.finding.id, place.finding)  # a part before its readings, which have its id too
    every = [part for criterion in rulebook.criteria for part in provisions(criterion)]
    titles = {part.id: part.title for part in reversed(every)}
    in_one_reading = {part.id for part in every if part.measure and part.due_quarter is None}
    due = {part.id: part for part in every if part.due_quarter is not None and part.id not in in_one_reading}
    for provision in due.values():
        finding = findings.get(provision.id)
        if provision.due_quarter is None or finding is None or finding.not_applicable:
            continue
        places = {"id": criterion_label(provision.id), "title": titles[provision.id]}
        yield _due(
            f"{rulebook.id}-{provision.id}", quarter(year, provision.due_quarter).end, as_of,
            title=tell("calendar.quarter", text=rulebook.short, **places), citation=provision.citation,
            confidence=_QUARTER_CONFIDENCE, done=finding.computed.truth is Truth.YES,
        )
    yield _due(
        f"{rulebook.id}-period", text.period_end, as_of, title=tell("calendar.period_end", text=rulebook.short),
        citation=literal(rulebook.period.citation), confidence=rulebook.period.confidence,
    )
    yield _due(
        f"{rulebook.id}-deadline", text.deadline, as_of,
        title=tell("calendar.deadline", text=rulebook.short, before=text.deadline + timedelta(days=1)),
        citation=literal(rulebook.deadline.citation), confidence=rulebook.deadline.confidence,
    )


def _of_plan(goals: Sequence[Goal], as_of: date) -> Iterator[DueDay]:
    """One entry for each day with all goals that are due on it.

    A goal whose parts are due on two days is in both entries.
    """
    by_day: dict[date, list[Goal]] = {}
    for goal in goals:
        for on in dict.fromkeys(part.due_on for part in goal.parts if part.status is not GoalStatus.SHOWN):
            by_day.setdefault(on, []).append(goal)
    for on, due in by_day.items():
        done = sum(goal.status in _DONE for goal in due)
        title = tell("calendar.plan_done", count=len(due), done=done) if done else tell("calendar.plan", count=len(due))
        yield _due(
            f"plan-{on.isoformat()}", on, as_of, title=title,
            citation=tell("calendar.plan_basis"), confidence="", goals=tuple(goal.id for goal in due), done=done == len(due),
        )


def _due(
    name: str, on: date, as_of: date, *, title: Message, citation: Message, confidence: str, goals: tuple[str, ...] = (), done: bool = False
) -> DueDay:
    return DueDay(
        id=name, on=on, days_left=(on - as_of).days, title=title, citation=citation, confidence=confidence, goals=goals, done=done
    )


# --- the days at the end of the year, among the warnings -----------------------------------------------------------------


def hand_in_by(evidence: Evidence) -> date | None:
    """The day up to which the school must hand in its papers, as the commune told it; None where it is not written down."""
    return evidence.profile.hand_in_by if evidence.profile is not None else None


def days_left(evidence: Evidence, texts: Sequence[TextReview], as_of: date) -> list[Message]:
    """The school's own day, then the authority's day of every text, once the period of the text is over.

    A day that has passed is told only while a criterion is open.
    """
    over = [text for text in texts if as_of >= text.period_end]
    still_open = {text.id for text in over if any(not finding.settled.settled for finding in text.findings)}
    found, own = list[Message](), hand_in_by(evidence)
    if own is not None and over and (own >= as_of or still_open):
        found.append(tell(f"scoring.guards.hand_in_{_state(own, as_of)}", days=Decimal(abs((own - as_of).days)), day=own))
    for text in over:
        if text.deadline >= as_of or text.id in still_open:
            places = {"text": text.short, "before": text.deadline + timedelta(days=1), "citation": text.deadline_citation}
            days = Decimal(abs((text.deadline - as_of).days))
            found.append(tell(f"scoring.guards.authority_{_state(text.deadline, as_of)}", days=days, **places))
    if own is None and any(text.deadline >= as_of for text in over):
        found.append(tell("scoring.guards.hand_in_unknown"))
    return found


def _state(on: date, as_of: date) -> str:
    return "left" if on > as_of else "last_day" if on == as_of else "over"


# --- is the year still running? ------------------------------------------------------------------------------------------


def is_interim(review: Review) -> bool:
    """Is the day of the review before the end of the first judged period?

    Without a text: before the end of the plan's year.
    """
    return review.as_of < min((text.period_end for text in review.texts), default=review.plan_end)


def is_half_year(review: Review) -> bool:
    """Do the figures cover exactly the first six months of the year?"""
    return is_interim(review) and review.as_of == date(review.year, *_HALF_YEAR)


def goals_not_due(review: Review) -> tuple[Goal, ...]:
    """The sentences of the plan that are not due yet, in the order of the plan."""
    return tuple(goal for goal in review.goals if goal.status is GoalStatus.NOT_DUE)
