"""Progress: the share of the required forms that is handed in and declared. It is independent of the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms.sheets import SHEETS, Sheet, sheet_named
from antq_review.ingest.declarations import must_hand_in
from antq_review.ingest.model import Evidence
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.overall import titles_of
from antq_review.scoring.model.review import Goal, TextReview
from antq_review.scoring.model.review_parts import Progress
from antq_review.text import fold, shaped, tell

#: `Progress.of` for the school's own plan.
PLAN = "plan"


def progress(
    evidence: Evidence, texts: Sequence[TextReview], sheets_of: Sequence[Iterable[str]], goals: Sequence[Goal], as_of: date
) -> tuple[Progress, ...]:
    """For every text and for the plan: copies of forms declared up to the effective day, divided by copies required.

    `sheets_of`: identifiers of the sheets on which each text rests. Sheets without a declaration (profile, plan,
    self-scores, meetings) are not counted. Every unit that the profile names and every unit that handed in a copy
    needs one copy; a form without such a unit needs one copy. The effective day of a text is the day up to which it is
    judged. The effective day of a form of the plan is the latest due day, up to `as_of`, of the goals that read the
    form; without such a goal the form is not required. Refused rows and unread files change nothing here: they are
    faults, not missing declarations.
    """
    until = [(text.id, dict.fromkeys(sheets, text.data_until)) for text, sheets in zip(texts, sheets_of, strict=True)]
    until.append((PLAN, _due_of_plan(goals, as_of)))
    declared = [(of, {name: day for name, day in days.items() if sheet_named(name).declared}) for of, days in until]
    return tuple(_progress(evidence, of, days) for of, days in declared if days)


def _due_of_plan(goals: Sequence[Goal], as_of: date) -> dict[str, date]:
    """Sheet → the latest due day, up to `as_of`, of the goals that read the sheet."""
    known, found = registry(), dict[str, date]()
    for part in (part for goal in goals for part in goal.parts if part.measure in known and part.due_on <= as_of):
        for name in titles_of(known[part.measure].tables):
            found[name] = max(part.due_on, found.get(name, part.due_on))
    return found


def _progress(evidence: Evidence, of: str, until: Mapping[str, date]) -> Progress:
    asked = declared = 0
    waiting: set[str] = set()
    units: set[str] = set()
    for sheet in SHEETS:
        if sheet.name not in until:
            continue
        days = _days(evidence, sheet)
        own = {fold(unit) for unit in must_hand_in(evidence, sheet)}
        units |= own
        waiting |= own - days.keys()
        asked += len(own | days.keys()) or 1
        declared += sum(day is not None and day >= until[sheet.name] for day in days.values())
    last = max(until.values())
    rate = shaped(Decimal(declared) / asked, "percent")
    says = tell("progress.says", rate=rate, declared=declared, asked=asked, day=last)
    if units:
        says = tell("progress.with_units", says=says, there=len(units - waiting), units=len(units))
    return Progress(
        of=of, says=says, until=last, asked=asked, declared=declared, units_asked=len(units), units_in=len(units - waiting)
    )


def _days(evidence: Evidence, sheet: Sheet) -> dict[str, date | None]:
    """Unit → the day up to which its copy is declared. Two copies: the earlier day; None where one is not declared."""
    days: dict[str, date | None] = {}
    for copy in evidence.copies:
        if copy.sheet == sheet.name:
            unit, day = fold(copy.unit), copy.declared_until
            known = days.get(unit, day)
            days[unit] = min(known, day) if known is not None and day is not None else None
    return days
