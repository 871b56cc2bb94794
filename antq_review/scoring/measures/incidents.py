"""Incidents: counts and codes. All read the sheet “Vụ việc”; an unverified incident might be one, so it opens the count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from antq_review.forms.choices import EVENT_LETTERS
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import base_unknown, counted, measure, reason, shared
from antq_review.scoring.model.outcome import Measurement, Reason

_TABLE = ("incidents",)
EVENTS = tuple(letter for letter in EVENT_LETTERS.labels if letter != "none")


def _incidents(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow]:
    """Incidents of the window that were not refuted."""
    return [
        row for row in look.rows("incidents", "happened_on")
        if row.get("verified") != "refuted" and ("kind" not in wanted or row.get("kind") in wanted["kind"])
    ]


def _count(look: EvidenceWindow, rows: Sequence[EvidenceRow], fields: Sequence[str], doubtful: Sequence[EvidenceRow] = ()) -> Measurement:
    """Verified rows count; unverified and doubtful ones might."""
    verified = [row for row in rows if row.get("verified") == "yes"]
    open_rows = [row for row in rows if row.get("verified") == "no"] + list(doubtful)
    reasons = [reason("unverified", row.id) for row in open_rows]
    cells = look.cells([*verified, *open_rows], ("happened_on", *fields, "verified"))
    return counted(look, _TABLE, len(verified), cells, maybe=len(open_rows), reasons=reasons)


@measure("incidents", unit="incident", filters=("kind",))
def incident_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents of a kind. Unit: incidents."""
    return _count(look, _incidents(look, wanted), ("kind",))


@measure("incidents", unit="incident")
def violence_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified cases of school violence; any case, however small (Circular 124 Art. 7(4)). Unit: incidents."""
    return _count(look, _incidents(look, {"kind": ("school_violence",)}), ("kind",))


@measure("incidents", unit="incident", filters=("event_letter", "excuse", "excusable_kind"))
def event_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified events under a letter of Art. 6(3) that nothing excuses (Circular 124 Art. 7(3)). Unit: incidents.

    `excuse`: `force_majeure`; `mitigated` – found in time, all measures, reported at once, and the authority's paper. An
    excuse that is claimed but not shown leaves the event open. `excusable_kind`: force majeure reaches these kinds only.
    Without a letter: an event under any of them.
    """
    letters = wanted.get("event_letter", EVENTS)
    rows = [row for row in _incidents(look, {}) if row.get("event_letter") in letters]
    states = {id(row): _excused(look, row, wanted) for row in rows}
    plain = [row for row in rows if states[id(row)] == "no"]
    doubtful = [row for row in rows if states[id(row)] == "unknown"]
    fields = ("event_letter", "force_majeure", "found_in_time", "all_measures", "reported_at_once", "authority_document")
    return _count(look, plain, fields, doubtful)


def _excused(look: EvidenceWindow, row: EvidenceRow, wanted: Filter) -> str:
    excuses = wanted.get("excuse", ())
    kinds = wanted.get("excusable_kind")
    if "force_majeure" in excuses and row.get("force_majeure") == "yes" and (kinds is None or row.get("kind") in kinds):
        return "yes"
    if "mitigated" not in excuses:
        return "no"
    facts = [row.get(name) for name in ("found_in_time", "all_measures", "reported_at_once")]
    if "no" in facts:
        return "no"
    paper = row.get("authority_document")
    shown = paper and look.find("documents", str(paper), row) is not None
    return "yes" if shown and facts == ["yes"] * 3 else "unknown"


@measure("incidents", unit="incident")
def hot_spot_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that became a “điểm nóng” (plan II.2-4). Unit: incidents."""
    return _marked(look, "hot_spot")


@measure("incidents", unit="incident")
def complex_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents marked complex (plan II.7-3). Unit: incidents."""
    return _marked(look, "complex")


def _marked(look: EvidenceWindow, field: str) -> Measurement:
    """Rows marked yes count; a row without a mark might be one."""
    rows = _incidents(look, {})
    marked = [row for row in rows if row.get(field) == "yes"]
    blank = [row for row in rows if row.get(field) is None]
    return _count(look, marked, (field,), blank)


@measure("incidents", unit="incident")
def repeat_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that repeat an earlier one (plan II.2-6). Unit: incidents."""
    return _count(look, [row for row in _incidents(look, {}) if row.get("repeats")], ("repeats",))


@measure("incidents", unit="incident")
def drawn_out_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Verified incidents that lasted longer than the school's own number of days (plan II.7-3). Unit: incidents."""
    limit = look.evidence.profile.drawn_out_days if look.evidence.profile else None
    rows = _incidents(look, {})
    if limit is None:
        missing: list[Reason] = [base_unknown("drawn_out_days")] if rows else []
        return counted(look, _TABLE, 0, look.cells(rows, ("happened_on", "closed_on")), maybe=len(rows), reasons=missing)
    long = [
        row for row in rows
        if ((row.get("closed_on") or look.window.end) - row.get("happened_on")).days > limit
    ]
    return _count(look, long, ("closed_on",))


@measure("incidents", unit="rate", filters=("kind",))
def reported_in_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Incidents reported within the school's number of hours after they were found (plan II.2-6).

    Base: incidents of the window; none on a closed form: full (nothing to report). Hours not set, or no time of day: open.
    """
    hours = look.evidence.profile.report_within_hours if look.evidence.profile else None
    limit = timedelta(hours=hours) if hours is not None else None
    return _in_time(look, wanted, limit, "detected_at", "reported_at", "report_within_hours")


@measure("incidents", unit="rate", filters=("kind",))
def handled_in_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Incidents closed within the school's number of days (plan II.2-6, II.7-1). Base as for reporting."""
    days = look.evidence.profile.handle_within_days if look.evidence.profile else None
    limit = timedelta(days=days) if days is not None else None
    return _in_time(look, wanted, limit, "happened_on", "closed_on", "handle_within_days")


def _in_time(look: EvidenceWindow, wanted: Filter, limit: timedelta | None, start: str, end: str, setting: str) -> Measurement:
    rows = _incidents(look, wanted)
    verdict: Callable[[EvidenceRow], bool | None] = lambda row: _within(row.get(start), row.get(end), limit, look.window.end)  # noqa: E731
    verdicts = [verdict(row) for row in rows]
    reasons = [base_unknown(setting)] if limit is None and rows else []
    if limit is not None and None in verdicts:
        reasons = [base_unknown("incident_times")]
    return shared(
        look, _TABLE, verdicts.count(True), len(rows), look.cells(rows, (start, end)), maybe=verdicts.count(None),
        vacuous=True, reasons=reasons,
    )


def _within(start: date | None, end: date | None, limit: timedelta | None, today: date) -> bool | None:
    """In time, late, or None where it cannot be said: no limit, no start, or days without a time of day."""
    if limit is None or start is None:
        return None
    if end is None:
        return False if timedelta(days=(today - _day(start)).days) > limit else None
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start <= limit
    days = timedelta(days=(_day(end) - _day(start)).days)
    if limit < timedelta(days=1) or limit % timedelta(days=1):
        # Days alone cannot prove a limit of hours, unless even the widest or narrowest gap decides it.
        if days + timedelta(days=1) <= limit:
            return True
        return False if days - timedelta(days=1) >= limit else None
    return days <= limit


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
