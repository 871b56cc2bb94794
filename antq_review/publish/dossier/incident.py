"""The report of one incident: code, kind, days and counts are known; people write the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from antq_review.forms.choices import IncidentKind, Verified
from antq_review.publish.dossier.field_groups import IncidentAccount
from antq_review.publish.dossier.numbers import Figure
from antq_review.publish.dossier.sentences import counted, gap, paragraphs, tell
from antq_review.scoring.sections.incident_record import IncidentRecord
from antq_review.text import Message, long_day

_STATES: Mapping[str, str] = {Verified.YES: "verified", Verified.NO: "unverified", Verified.REFUTED: "refuted"}


def incident_account(one: IncidentRecord, pupils: Message) -> IncidentAccount:
    """The known facts of an incident; gaps in place of the paragraphs that people write."""
    detected = tell("incident.detected", moment=_moment(one.detected_at)) if one.detected_at else tell("incident.not_detected")
    reported = tell("incident.reported", moment=_moment(one.reported_at)) if one.reported_at else tell("incident.not_reported")
    closed = tell("incident.closed", day=long_day(one.closed_on)) if one.closed_on else tell("incident.pending")
    return IncidentAccount(
        incident_code=one.code, incident_kind=IncidentKind.label_of(one.kind), incident_time=long_day(one.happened_on),
        incident_detected=detected, incident_reported=reported,
        incident_state=" ".join((tell(f"incident.{_STATES[one.verified]}"), closed)), incident_people=_people(one, pupils),
        incident_place=[gap("incident_place")], incident_course=[gap("incident_course", pupils=pupils)],
        incident_consequences=[gap("incident_consequences")], incident_measures=[gap("incident_measures")],
        incident_requests=[gap("incident_requests")],
    )


def _moment(when: datetime | date) -> str:
    """`16 giờ 45 phút, ngày 12 tháng 3 năm 2026`; without the time where only the day is known."""
    if not isinstance(when, datetime):
        return long_day(when)
    return tell("incident.moment", hour=f"{when.hour:02d}", minute=f"{when.minute:02d}", day=long_day(when.date()))


def _people(one: IncidentRecord, pupils: Message) -> list[str]:
    """One line for each group. A blank cell is not 0: a gap asks for the number."""
    groups = {"pupils": one.pupils, "staff": one.staff, "outsiders": one.outsiders}
    found = paragraphs(
        *(counted(f"incident.{name}", Figure(Decimal(count)), pupils=pupils) for name, count in groups.items() if count is not None)
    )
    return found if len(found) == len(groups) else [*found, gap("incident_people")]
