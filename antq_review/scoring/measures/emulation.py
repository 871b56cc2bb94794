"""Commendations and discipline: the sheet “Thi đua”."""

from __future__ import annotations

from antq_review.forms.choices import WARNING_OR_WORSE
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import measure, reason, summed
from antq_review.scoring.model.outcome import Measurement

#: Groups whose discipline has the form “cảnh cáo”: civil servants. Pupils, contract staff and hired guards have other forms.
_CIVIL_SERVANTS = ("managers", "teachers", "employees")
STAFF_GROUPS = (*_CIVIL_SERVANTS, "contract_staff", "guards")


def disciplined(look: EvidenceWindow, wanted: Filter) -> tuple[list[EvidenceRow], list[EvidenceRow]]:
    """(surely warning or worse, perhaps): the rows of the window in the wanted groups and causes."""
    rows = [
        row for row in look.rows("discipline", "decided_on")
        if all(row.get(name) in values for name, values in wanted.items()) and row.get("count")
    ]
    regime = look.evidence.profile.guard_regime if look.evidence.profile else None
    sure, perhaps = [], []
    for row in rows:
        civil = row.get("group") in _CIVIL_SERVANTS or (row.get("group") == "guards" and regime == "civil_servant")
        if civil and row.get("form") in WARNING_OR_WORSE:
            sure.append(row)
        elif row.get("form") == "other" or (not civil and row.get("form") != "none"):
            perhaps.append(row)
    return sure, perhaps


@measure("discipline", unit="person", filters=("group", "cause"))
def discipline_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People disciplined “từ hình thức cảnh cáo trở lên” (Circular 124 Art. 7(4), 7(5), 7(6)). Unit: people.

    Staff by the form of discipline. For pupils that form no longer exists since 31/10/2025, contract staff and hired guards
    have forms of their own: no case is no case, any case is open for the meeting to judge.
    """
    sure, perhaps = disciplined(look, wanted)
    reasons = [reason("reading_differs", row.id, what=row.shown.get("form", "")) for row in perhaps]
    people = sum(row.get("count") for row in sure)
    cells = look.cells([*sure, *perhaps], ("group", "cause", "form", "decided_on", "count"))
    return summed(look, ("discipline",), people, cells, maybe=sum(row.get("count") for row in perhaps), reasons=reasons)


@measure("discipline", unit="person")
def crime_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People of the school with a judgment in force, whatever the discipline (Circular 124 Art. 7(4)). Unit: people."""
    rows = [row for row in look.rows("discipline", "decided_on") if row.get("cause") == "crime" and row.get("count")]
    people = sum(row.get("count") for row in rows)
    return summed(look, ("discipline",), people, look.cells(rows, ("group", "cause", "decided_on", "count")))


@measure("commendations", unit="commendation", filters=("recipient", "level"))
def commendation_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Commendations awarded in the window. Unit: commendations."""
    rows = [
        row for row in look.rows("commendations", "awarded_on")
        if all(row.get(name) in values for name, values in wanted.items())
    ]
    people = sum(row.get("count") or 0 for row in rows)
    return summed(look, ("commendations",), people, look.cells(rows, ("awarded_on", "count")))
