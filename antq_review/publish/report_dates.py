"""Dates of a report: its title, which differs before the end of the year, and the days ahead in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.places.versions import Kind, Version
from antq_review.scoring.model.review import DueDay, Goal, GoalPart, GoalStatus, Review
from antq_review.scoring.sections.deadlines import goals_not_due, is_half_year, is_interim
from antq_review.text import day, say, shaped

#: Number of days ahead on the terminal and on page one; the table of days has all of them.
NEXT_DAYS = 3

__all__ = [
    "NEXT_DAYS", "due", "due_parts", "goals_not_due", "is_half_year", "is_interim", "left", "left_until", "next_day_lines",
    "next_days", "said", "title", "unsure", "version_in_words",
]


def title(review: Review) -> str:
    """The title of the report: of the year, of its first six months, or up to a day before the end of the period."""
    kind = "half" if is_half_year(review) else "interim" if is_interim(review) else "year"
    return say(f"calendar.report.{kind}", year=review.year, day=day(review.as_of))


def version_in_words(review: Review, version: Version | None = None) -> str:
    """`Bản chính thức lần 2, số liệu đến ngày 16/11/2026`: what stands on the first page of every output of the version.

    Without a version, for a review that lies nowhere yet: a draft or a final version as the review says.
    """
    if version is not None and version.number:
        named = str(shaped(version.named, "upper_first"))
    elif version is not None and version.kind is Kind.INTERIM:
        named = say("places.named_interim")
    else:
        named = say("places.named_draft" if review.draft else "places.named_final")
    return say("places.in_words", version=named, day=day(review.as_of))


def left(days: int) -> str:
    """`hôm nay`, `còn 12 ngày`."""
    return say("calendar.days_left", days=days) if days else say("calendar.today")


def due(review: Review, on: date) -> str:
    """`hạn 19/11/2026`, with a note if the day has passed."""
    return say("calendar.due_passed" if on < review.as_of else "calendar.due", day=day(on))


def left_until(review: Review, on: date) -> str:
    """The days left from the day of the review."""
    return left((on - review.as_of).days)


def unsure(due: DueDay) -> bool:
    """Must the report add that the day is inferred, not read in the text? Not if the citation begins with this note."""
    return due.confidence == "INFERRED" and not str(due.citation).startswith(say("calendar.inferred"))


def said(same: Sequence[DueDay]) -> str:
    """The titles due on one day. The inferred ones come last, with a note that they are inferred."""
    sure = [str(due.title) for due in same if due.confidence != "INFERRED"]
    reasoned = "; ".join(str(due.title) for due in same if due.confidence == "INFERRED")
    return "; ".join([*sure, *([f"{reasoned} ({say('calendar.inferred_day')})"] if reasoned else [])])


def next_days(review: Review) -> tuple[tuple[DueDay, ...], ...]:
    """The nearest days with work that is not done, at most NEXT_DAYS, each with all its entries.

    The last days of a text whose period is over are left out, because the review already warns of them.
    """
    warned = {day for text in review.texts if text.period_end <= review.as_of for day in (text.deadline, review.school.hand_in_by)}
    by_day: dict[date, list[DueDay]] = {}
    for due in review.days_ahead:
        if not due.done and (due.goals or due.on not in warned):
            by_day.setdefault(due.on, []).append(due)
    return tuple(tuple(same) for same in list(by_day.values())[:NEXT_DAYS])


def next_day_lines(review: Review) -> list[str]:
    """`19/11/2026 (còn 3 ngày): …; …`, one line for each day."""
    return [
        say("calendar.next_day", day=day(same[0].on), left=left(same[0].days_left), what=said(same))
        for same in next_days(review)
    ]


def due_parts(goal: Goal) -> tuple[GoalPart, ...]:
    """The parts of a goal whose due day has not come."""
    return tuple(part for part in goal.parts if part.status is GoalStatus.NOT_DUE)
