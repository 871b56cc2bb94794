"""The year at a glance: incidents, activities by month, the state of the forms, rows dated after the day of the review."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TypeVar

from antq_review.forms.choices import IncidentKind, Topic, Verified
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.rows.evidence import Activity, Document, Incident
from antq_review.forms.rows.school import MeetingRow, PlanRow
from antq_review.forms.sheets import SHEETS, Sheet, sheet_named
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period, months
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, by_activity
from antq_review.scoring.model.review_parts import FormState, IncidentMonth, IncidentSummary, MonthCount
from antq_review.scoring.register.labels import is_private
from antq_review.source import CellRef
from antq_review.text import Message, tell

R = TypeVar("R", bound=Row)


def _dated(evidence: Evidence, model: type[R], day: str, year: int, as_of: date) -> list[EvidenceRow[R]]:
    window = span(year).until(as_of)
    return [row for row in evidence.of(model) if row.value_of(day) is not None and window.holds(row.value_of(day))]


def incident_summary(index: Index, year: int, as_of: date) -> IncidentSummary:
    """Incidents of the year by state, kind and month; the last comparison of the count with the police."""
    evidence = index.evidence
    rows = _dated(evidence, Incident, "happened_on", year, as_of)
    states = Counter(row.values.verified for row in rows)
    kinds = Counter(row.values.kind for row in rows if row.values.verified == Verified.YES)
    state = index.state(sheet_named("vu_viec"))
    checked_on, meeting = _last_police_check(evidence, as_of) or (None, None)
    return IncidentSummary(
        verified=states[Verified.YES], unverified=states[Verified.NO], refuted=states[Verified.REFUTED],
        by_kind=dict(sorted(kinds.items())),
        refused=len(evidence.refused("incidents")),
        declared_until=min(state.until, as_of) if state.until else None, cells=state.cells,
        police_checked_on=checked_on,
        police_incidents=meeting.values.police_incidents if meeting else None,
        police_own=_verified_by(evidence, year, checked_on) if checked_on else None,
        police_cells=meeting.cells(("police_checked_on", "police_incidents")) if meeting else (),
        by_month=tuple(_by_month(rows, when) for when in months(span(year).until(as_of))),
    )


def _last_police_check(evidence: Evidence, as_of: date) -> tuple[date, EvidenceRow[MeetingRow]] | None:
    checks = [(on, row) for row in evidence.of(MeetingRow) if (on := row.values.police_checked_on) and on <= as_of]
    return max(checks, key=lambda check: (check[0], check[1].id), default=None)


def _verified_by(evidence: Evidence, year: int, day: date) -> int:
    return sum(row.values.verified == Verified.YES for row in _dated(evidence, Incident, "happened_on", year, day))


def police_warning(evidence: Evidence, year: int, as_of: date) -> tuple[Message, ...]:
    """A warning where the count agreed with the police differs from the count of the form up to the same day."""
    on, meeting = _last_police_check(evidence, as_of) or (None, None)
    police = meeting.values.police_incidents if meeting else None
    if on is None or police is None:
        return ()
    own = _verified_by(evidence, year, on)
    return () if own == police else (tell("scoring.police_differs", day=on, police=police, own=own),)


def _by_month(rows: list[EvidenceRow[Incident]], when: tuple[int, int]) -> IncidentMonth:
    kinds = Counter(
        row.values.kind for row in rows
        if row.values.verified == Verified.YES and (row.values.happened_on.year, row.values.happened_on.month) == when
    )
    by_kind: dict[str, int] = {kind: kinds[kind] for kind in IncidentKind if kinds[kind]}
    return IncidentMonth(year=when[0], month=when[1], by_kind=by_kind)


def month_counts(evidence: Evidence, year: int, as_of: date) -> tuple[MonthCount, ...]:
    """Activities of every month of the year up to the day, in all and by topic.

    An activity with several rows counts once.
    """
    by_month: dict[tuple[int, int], list[EvidenceRow[Activity]]] = {}
    for row in _dated(evidence, Activity, "held_on", year, as_of):
        by_month.setdefault((row.values.held_on.year, row.values.held_on.month), []).append(row)
    found = []
    for when in months(span(year).until(as_of)):
        activities = by_activity(by_month.get(when, ()))
        counts = Counter(topic for own in activities for topic in {topic for row in own for topic in _topics(row.values)})
        by_topic: dict[str, int] = {topic: counts[topic] for topic in Topic if counts[topic]}
        found.append(MonthCount(year=when[0], month=when[1], activities=len(activities), by_topic=by_topic))
    return tuple(found)


def _topics(activity: Activity) -> list[Topic]:
    return [topic for topic in (activity.topic_1, activity.topic_2, activity.topic_3) if topic is not None]


def form_states(index: Index, year: int, as_of: date) -> tuple[FormState, ...]:
    """The state of every form: day of declaration, missing units, rows read and refused, rows with their file."""
    evidence, found = index.evidence, []
    for sheet in SHEETS:
        state = index.state(sheet)
        tables = [table.name for table in sheet.tables]
        file_rows = _file_rows(evidence, sheet, span(year).until(as_of))
        found.append(
            FormState(
                form=sheet.name, title=sheet.title, until=state.until, cells=state.cells,
                missing_units=state.missing_units, undeclared=tuple(copy.file for copy in state.undeclared),
                rows=sum(len(evidence.rows(name)) for name in tables),
                refused=sum(len(evidence.refused(name)) for name in tables), file_rows=len(file_rows),
                with_file=sum(_has_file(evidence, row) for row in file_rows),
            )
        )
    return tuple(found)


def _file_rows(evidence: Evidence, sheet: Sheet, window: Period) -> list[EvidenceRow[Row]]:
    """Rows of the window that should name a file. Private tables need no file."""
    found = []
    for table in sheet.tables:
        if "file" not in table.row.model_fields or is_private(table):
            continue
        for row in evidence.rows(table.name):
            on = row.value_of(table.day) if table.day else None
            if (on is None or window.holds(on)) and not _needs_none(row.values):
                found.append(row)
    return found


def _needs_none(row: Row) -> bool:
    """Does the row need no file: a confidential paper, a sentence of the plan of which the school itself tells nothing?"""
    if isinstance(row, PlanRow):
        return bool(row.measure) or not row.told
    return isinstance(row, Document) and row.confidential == YesNo.YES


def _has_file(evidence: Evidence, row: EvidenceRow[Row]) -> bool:
    return bool(row.value_of("file")) and (row.file, row.sheet, row.number) not in evidence.missing_files


def after_day(evidence: Evidence, as_of: date) -> tuple[CellRef, ...]:
    """The cells of rows dated after the day of the review. They are listed and not counted; they are no fault."""
    return tuple(
        row.cell(table.day)
        for sheet in SHEETS for table in sheet.tables if table.day
        for row in evidence.rows(table.name) if row.value_of(table.day) is not None and row.value_of(table.day) > as_of
    )
