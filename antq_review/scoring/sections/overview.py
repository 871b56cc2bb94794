"""The year at a glance: incidents, activities by month, the state of the forms, rows dated after the day of the review."""

from __future__ import annotations

from collections import Counter
from datetime import date

from antq_review.forms import choices as lists
from antq_review.forms.sheets import SHEETS, Sheet, sheet_named
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period, months
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, activity_key
from antq_review.scoring.model.review_parts import FormState, IncidentMonth, IncidentSummary, MonthCount
from antq_review.scoring.register.labels import is_private
from antq_review.source import CellRef
from antq_review.text import day as shown_day
from antq_review.text import say


def _dated(evidence: Evidence, table: str, day: str, year: int, as_of: date) -> list[EvidenceRow]:
    window = span(year).until(as_of)
    return [row for row in evidence.rows(table) if row.get(day) is not None and window.holds(row.get(day))]


def incident_summary(index: Index, year: int, as_of: date) -> IncidentSummary:
    """Incidents of the year by state, kind and month; the last check with the police."""
    evidence = index.evidence
    rows = _dated(evidence, "incidents", "happened_on", year, as_of)
    states = Counter(row.get("verified") for row in rows)
    kinds = Counter(row.get("kind") for row in rows if row.get("verified") == "yes")
    state = index.state(sheet_named("vu_viec"))
    last = _last_police_check(evidence, as_of)
    return IncidentSummary(
        verified=states["yes"], unverified=states["no"], refuted=states["refuted"], by_kind=dict(sorted(kinds.items())),
        refused=len(evidence.refused("incidents")),
        declared_until=min(state.until, as_of) if state.until else None, cells=state.cells,
        police_checked_on=last.get("police_checked_on") if last else None,
        police_incidents=last.get("police_incidents") if last else None,
        police_own=_verified_by(evidence, year, last.get("police_checked_on")) if last else None,
        police_cells=last.cells(("police_checked_on", "police_incidents")) if last else (),
        by_month=tuple(_by_month(rows, when) for when in months(span(year).until(as_of))),
    )


def _last_police_check(evidence: Evidence, as_of: date) -> EvidenceRow | None:
    checks = [row for row in evidence.rows("meetings") if row.get("police_checked_on") and row.get("police_checked_on") <= as_of]
    return max(checks, key=lambda row: (row.get("police_checked_on"), row.id), default=None)


def _verified_by(evidence: Evidence, year: int, day: date) -> int:
    return sum(row.get("verified") == "yes" for row in _dated(evidence, "incidents", "happened_on", year, day))


def police_warning(evidence: Evidence, year: int, as_of: date) -> tuple[str, ...]:
    """The count agreed with the police and the form's own, up to that day, should be one number."""
    meeting = _last_police_check(evidence, as_of)
    if meeting is None or meeting.get("police_incidents") is None:
        return ()
    on, police = meeting.get("police_checked_on"), meeting.get("police_incidents")
    own = _verified_by(evidence, year, on)
    return () if own == police else (say("scoring.police_differs", day=shown_day(on), police=police, own=own),)


def _by_month(rows: list[EvidenceRow], when: tuple[int, int]) -> IncidentMonth:
    kinds = Counter(
        row.get("kind") for row in rows
        if row.get("verified") == "yes" and (row.get("happened_on").year, row.get("happened_on").month) == when
    )
    return IncidentMonth(year=when[0], month=when[1], by_kind={kind: kinds[kind] for kind in lists.INCIDENT_KINDS.labels if kinds[kind]})


def month_counts(evidence: Evidence, year: int, as_of: date) -> tuple[MonthCount, ...]:
    """Activities of every month of the year up to the day, in all and by topic; one activity counts once."""
    rows = _dated(evidence, "activities", "held_on", year, as_of)
    found = []
    for when in months(span(year).until(as_of)):
        here = [row for row in rows if (row.get("held_on").year, row.get("held_on").month) == when]
        activities: dict[tuple[object, ...], set[str]] = {}
        for row in here:
            topics = {row.get(f"topic_{index}") for index in (1, 2, 3)} - {None}
            activities.setdefault(activity_key(row), set()).update(topics)
        counts = Counter(topic for topics in activities.values() for topic in topics)
        by_topic = {code: counts[code] for code in lists.TOPICS.labels if counts[code]}
        found.append(MonthCount(year=when[0], month=when[1], activities=len(activities), by_topic=by_topic))
    return tuple(found)


def form_states(index: Index, year: int, as_of: date) -> tuple[FormState, ...]:
    """Every form: how far declared, who is missing, rows read and refused, rows with their file."""
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


def _file_rows(evidence: Evidence, sheet: Sheet, window: Period) -> list[EvidenceRow]:
    """Rows of the window that should name a file; confidential papers and private tables need none."""
    found = []
    for table in sheet.tables:
        if "file" not in table.row.model_fields or is_private(table):
            continue
        for row in evidence.rows(table.name):
            on = row.get(table.day) if table.day else None
            secret = "confidential" in table.row.model_fields and row.get("confidential") == "yes"
            if (on is None or window.holds(on)) and not secret:
                found.append(row)
    return found


def _has_file(evidence: Evidence, row: EvidenceRow) -> bool:
    return bool(row.get("file")) and (row.file, row.sheet, row.number) not in evidence.missing_files


def after_day(evidence: Evidence, as_of: date) -> tuple[CellRef, ...]:
    """Rows dated after the day of the review: listed, not counted, no fault."""
    return tuple(
        row.cell(table.day)
        for sheet in SHEETS for table in sheet.tables if table.day
        for row in evidence.rows(table.name) if row.get(table.day) is not None and row.get(table.day) > as_of
    )
