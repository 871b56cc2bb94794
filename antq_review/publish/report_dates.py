"""The year while it runs: the title of a report made before its end, and the days ahead as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.scoring.model.review import DueDay, Goal, GoalPart, GoalStatus, Review
from antq_review.scoring.sections.deadlines import goals_not_due, is_half_year, is_interim
from antq_review.text import day, say

#: Days ahead that the terminal and page one name; all of them stand in their own table.
NEXT_DAYS = 3

__all__ = [
    "NEXT_DAYS", "due", "due_parts", "goals_not_due", "is_half_year", "is_interim", "left", "left_until", "next_day_lines",
    "next_days", "said", "title", "unsure",
]


def title(review: Review) -> str:
    """What the report is: of the year, of its first six months, or up to a day before the period's end."""
    kind = "half" if is_half_year(review) else "interim" if is_interim(review) else "year"
    return say(f"calendar.report.{kind}", year=review.year, day=day(review.as_of))


def left(days: int) -> str:
    """`hôm nay`, `còn 12 ngày`."""
    return say("calendar.days_left", days=days) if days else say("calendar.today")


def due(review: Review, on: date) -> str:
    """`hạn 19/11/2026`, and that it has passed where it has."""
    return say("calendar.due_passed" if on < review.as_of else "calendar.due", day=day(on))


def left_until(review: Review, on: date) -> str:
    """The days left from the day of the review."""
    return left((on - review.as_of).days)


def unsure(due: DueDay) -> bool:
    """Must it be said that the day was reasoned, not read? Not where the citation says so itself."""
    return due.confidence == "INFERRED" and not due.citation.startswith(say("calendar.inferred"))


def said(same: Sequence[DueDay]) -> str:
    """What falls on one day; at the end what was reasoned, not read, and that it was."""
    sure = [due.title for due in same if due.confidence != "INFERRED"]
    reasoned = "; ".join(due.title for due in same if due.confidence == "INFERRED")
    return "; ".join([*sure, *([f"{reasoned} ({say('calendar.inferred_day')})"] if reasoned else [])])


def next_days(review: Review) -> tuple[tuple[DueDay, ...], ...]:
    """The nearest days on which something is still to be done, each with all that falls on it.

    A text's deadline of which the review warns already (its period is over) is not said twice.
    """
    warned = {text.deadline for text in review.texts if text.period_end <= review.as_of}
    by_day: dict[date, list[DueDay]] = {}
    for due in review.days_ahead:
        if not due.done and (due.goals or due.on not in warned):
            by_day.setdefault(due.on, []).append(due)
    return tuple(tuple(same) for same in list(by_day.values())[:NEXT_DAYS])


def next_day_lines(review: Review) -> list[str]:
    """`19/11/2026 (còn 3 ngày): …; …`, one line a day."""
    return [
        say("calendar.next_day", day=day(same[0].on), left=left(same[0].days_left), what=said(same))
        for same in next_days(review)
    ]


def due_parts(goal: Goal) -> tuple[GoalPart, ...]:
    """The parts of a sentence whose day has not come."""
    return tuple(part for part in goal.parts if part.status is GoalStatus.NOT_DUE)
