"""lich.ics: the days ahead as a calendar file (RFC 5545) for any calendar program; the same bytes for the same review.

Events last the whole day and block no time. Reminders come at eight o'clock, seven days and one day before. The time
stamp is the day of the review, not the clock. An event keeps its identifier through the year, so a later file updates
the same events.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from antq_review.publish.wording import mark, shortened
from antq_review.scoring.model.review import DueDay, Goal, Review
from antq_review.text import Message, day, say, tidy
from antq_review.version import VERSION

if TYPE_CHECKING:
    from icalendar import Alarm, Event

NAME = "lich.ics"
#: Days before the event on which a program reminds, and the hour of that day.
_REMIND_DAYS, _REMIND_AT = (7, 1), timedelta(hours=8)
#: Most letters of a quote from the plan; the report has the whole quote.
_QUOTE_LETTERS = 120


def calendar_file(review: Review) -> bytes:
    """The days ahead of a review as the bytes of an .ics file, in UTF-8, with the lines that the standard requires."""
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", f"-//antq_review//antq_review {VERSION}//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("x-wr-calname", _line(say("calendar.file.name", year=review.year, school=review.school.name or review.school.code)))
    for due in review.days_ahead:
        found.add_component(_event(due, review))
    content: bytes = found.to_ical()
    return content


def _event(due: DueDay, review: Review) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"antq-{_line(review.school.code)}-{review.year}-{due.id}")
    event.add("dtstamp", datetime.combine(review.as_of, time(), UTC))
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _line(due.title))
    event.add("description", "\n".join(_description(due, review)))
    event.add("categories", [say("calendar.file.category")])
    event.add("transp", "TRANSPARENT")
    for days in _REMIND_DAYS:
        if not due.done and days < due.days_left:
            event.add_component(_alarm(due, days))
    return event


def _alarm(due: DueDay, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _REMIND_AT - timedelta(days=days))
    alarm.add("description", _line(say("calendar.file.alarm", left=say("calendar.days_left", days=days), title=due.title)))
    return alarm


def _description(due: DueDay, review: Review) -> list[str]:
    lines = [_line(say("calendar.file.basis", citation=due.citation))]
    if due.confidence == "INFERRED":
        lines.append(say("calendar.file.inferred"))
    if due.done:
        lines.append(say("calendar.file.done", day=day(review.as_of)))
    lines += [_goal(goal, due) for goal in review.goals if goal.id in due.goals]
    return [*lines, say("calendar.file.made", day=day(review.as_of))]


def _goal(goal: Goal, due: DueDay) -> str:
    parts = [part for part in goal.parts if part.due_on == due.on]
    quotes = "; ".join(dict.fromkeys(shortened(_line(part.quote), _QUOTE_LETTERS) for part in parts))
    who = "; ".join(dict.fromkeys(part.in_charge for part in parts if part.in_charge))
    charged = f" ({say('calendar.file.in_charge', who=who)})" if who else ""
    return _line(say("calendar.file.goal", id=goal.id, state=mark(goal.status), quote=quotes) + charged)


def _line(text: str | Message) -> str:
    """The text on one line, because a line break from a cell must not begin a new line of the file."""
    return " ".join(tidy(str(text)).split())
