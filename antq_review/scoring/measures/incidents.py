"""Measures of incidents. All read the sheet “Vụ việc”. An unverified incident may count, so the count stays open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from antq_review.forms.choices import EventLetter, IncidentKind, Verified
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Incident
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import base_unknown, cells_blank, counted, measure, shared
from antq_review.scoring.measures.excuses import FACTS, excuse_of
from antq_review.scoring.model.outcome import Measurement, Reason, Truth

_TABLE = ("incidents",)
EVENTS = tuple(letter for letter in EventLetter if letter is not EventLetter.NONE)


def _incidents(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow[Incident]]:
    """Incidents of the window of the wanted kinds that were not refuted."""
    return [
        row for row in look.of(Incident, "happened_on")
        if row.values.verified != Verified.REFUTED and ("kind" not in wanted or row.values.kind in wanted["kind"])
    ]


def _count(
    look: EvidenceWindow, rows: Sequence[EvidenceRow[Incident]], field: str, blank: Sequence[EvidenceRow[Incident]] = ()
) -> Measurement:
    """Verified rows count; unverified rows, and rows in which the deciding field is blank, may count."""
    verified = [row for row in rows if row.values.verified == Verified.YES]
    open_rows = [*(row for row in rows if row.values.verified == Verified.NO), *blank]
    reasons = [reason("unverified", row.id) for row in open_rows if row.values.verified == Verified.NO]
    reasons += cells_blank(blank, field)
    cells = look.cells([*verified, *open_rows], ("happened_on", field, "verified"))
    return counted(look, _TABLE, len(verified), cells, maybe=len(open_rows), reasons=reasons)


@measure("incidents", unit="incident", filters=("kind",))
def incident_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents of a kind. Unit: incidents."""
    return _count(look, _incidents(look, wanted), "kind")


@measure("incidents", unit="incident")
def violence_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified cases of school violence; any case, however small (Circular 124 Art. 7(4)). Unit: incidents."""
    return _count(look, _incidents(look, {"kind": (IncidentKind.SCHOOL_VIOLENCE,)}), "kind")


@measure("incidents", unit="incident", filters=("event_letter", "excuse", "excusable_kind"))
def event_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified events under a letter of Art. 6(3) without an excuse (Circular 124 Art. 7(3)). Unit: incidents.

    `excuse`: `force_majeure`, or `mitigated` (found in time, all measures taken, reported at once). An excuse holds by a
    paper of another body than the school; a note names such an event. A claim without a paper leaves the event open for
    the meeting; a blank cell leaves it open, too. `excusable_kind`: force majeure excuses only these kinds. Without a
    letter: events under any letter.
    """
    letters = wanted.get("event_letter", EVENTS)
    rows = [row for row in _incidents(look, {}) if row.values.event_letter in letters]
    excuses = [(row, excuse_of(look, row, wanted)) for row in rows]
    plain = [row for row, excuse in excuses if excuse.truth is Truth.NO]
    sure = [row for row in plain if row.values.verified == Verified.YES]
    maybe = [row for row, excuse in excuses if excuse.truth is Truth.UNKNOWN]
    unverified = [row for row in [*plain, *maybe] if row.values.verified == Verified.NO]
    reasons = [reason("unverified", row.id) for row in unverified]
    reasons += [why for _, excuse in excuses for why in excuse.reasons]
    cells = look.cells(rows, ("happened_on", "event_letter", *FACTS, "authority_document", "verified"))
    return counted(
        look, _TABLE, len(sure), cells, maybe=len(rows) - len(sure) - sum(one.truth is Truth.YES for _, one in excuses),
        reasons=reasons, notes=[excuse.note for _, excuse in excuses if excuse.note],
    )


@measure("incidents", unit="incident")
def hot_spot_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that became a “điểm nóng” (plan II.2-4). Unit: incidents."""
    return _marked(look, "hot_spot")


@measure("incidents", unit="incident")
def complex_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents marked complex (plan II.7-3). Unit: incidents."""
    return _marked(look, "complex")


def _marked(look: EvidenceWindow, field: str) -> Measurement:
    """Rows marked yes count; a row with a blank mark may count."""
    rows = _incidents(look, {})
    marked = [row for row in rows if row.value_of(field) == YesNo.YES]
    blank = [row for row in rows if row.value_of(field) is None]
    return _count(look, marked, field, blank)


@measure("incidents", unit="incident")
def repeat_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that repeat an earlier one (plan II.2-6). Unit: incidents."""
    return _count(look, [row for row in _incidents(look, {}) if row.values.repeats], "repeats")


@measure("incidents", unit="incident")
def drawn_out_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that lasted longer than the school's own number of days (plan II.7-3). Unit: incidents.

    An incident with a blank day of its end, older than this number of days, may have lasted longer.
    """
    limit = look.evidence.profile.drawn_out_days if look.evidence.profile else None
    rows = _incidents(look, {})
    if limit is None:
        missing: list[Reason] = [base_unknown("drawn_out_days")] if rows else []
        return counted(look, _TABLE, 0, look.cells(rows, ("happened_on", "closed_on")), maybe=len(rows), reasons=missing)
    long = [
        row for row in rows
        if ((row.values.closed_on or look.window.end) - row.values.happened_on).days > limit
    ]
    blank = [row for row in long if row.values.closed_on is None]
    return _count(look, [row for row in long if row.values.closed_on is not None], "closed_on", blank)


@measure("incidents", unit="rate", filters=("kind",))
def reported_in_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Incidents reported within the school's number of hours after they were found (plan II.2-6).

    Unit: rate. Base: incidents of the window; none on a closed form: 1 (nothing to report). If the profile sets no
    hours, or a cell is blank or lacks the time of day: open.
    """
    hours = look.evidence.profile.report_within_hours if look.evidence.profile else None
    limit = timedelta(hours=hours) if hours is not None else None
    return _in_time(look, wanted, limit, "detected_at", "reported_at", "report_within_hours")


@measure("incidents", unit="rate", filters=("kind",))
def handled_in_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Incidents closed within the school's number of days (plan II.2-6, II.7-1). Unit and base as in reporting."""
    days = look.evidence.profile.handle_within_days if look.evidence.profile else None
    limit = timedelta(days=days) if days is not None else None
    return _in_time(look, wanted, limit, "happened_on", "closed_on", "handle_within_days")


def _in_time(
    look: EvidenceWindow, wanted: Filter, limit: timedelta | None, start: str, end: str, setting: str
) -> Measurement:
    """Share of the incidents with at most `limit` between two fields. `setting`: the profile's field of the limit."""
    rows = _incidents(look, wanted)
    verdicts = [_within(row.value_of(start), row.value_of(end), limit) for row in rows]
    if limit is None:
        reasons = [base_unknown(setting)] if rows else []
    else:
        reasons = [why for name in (start, end) for why in cells_blank([row for row in rows if row.value_of(name) is None], name)]
        filled = [row.value_of(start) is not None and row.value_of(end) is not None for row in rows]
        if any(verdict is None and both for verdict, both in zip(verdicts, filled, strict=True)):
            reasons.append(base_unknown("incident_times"))
    return shared(
        look, _TABLE, verdicts.count(True), len(rows), look.cells(rows, (start, end)), maybe=verdicts.count(None),
        vacuous=True, reasons=reasons,
    )


def _within(start: date | None, end: date | None, limit: timedelta | None) -> bool | None:
    """In time (True) or late (False). None: not known, because of no limit, a blank cell, or days without a time of day."""
    if limit is None or start is None or end is None:
        return None
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start <= limit
    days = timedelta(days=(_day(end) - _day(start)).days)
    if limit < timedelta(days=1) or limit % timedelta(days=1):
        # Without times of day, the real gap may be up to one day longer or shorter. A limit of hours is decided only if
        # the longest and the shortest gap lie on the same side of it.
        if days + timedelta(days=1) <= limit:
            return True
        return False if days - timedelta(days=1) >= limit else None
    return days <= limit


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
