"""Measures of commendations and discipline: the sheet “Thi đua”."""

from __future__ import annotations

from antq_review.forms.choices import WARNING_OR_WORSE, DisciplineCause, DisciplineForm, DisciplineGroup, GuardRegime
from antq_review.forms.rows.evidence import Commendation, DisciplinaryAction
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import measure, summed
from antq_review.scoring.model.outcome import Measurement

Disciplined = list[EvidenceRow[DisciplinaryAction]]

#: Civil servants: “cảnh cáo” is one of their forms of discipline.
#: Pupils, contract staff and hired guards have other forms.
_CIVIL_SERVANTS = (DisciplineGroup.MANAGERS, DisciplineGroup.TEACHERS, DisciplineGroup.EMPLOYEES)
STAFF_GROUPS = (*_CIVIL_SERVANTS, DisciplineGroup.CONTRACT_STAFF, DisciplineGroup.GUARDS)


def disciplined(look: EvidenceWindow, wanted: Filter) -> tuple[Disciplined, Disciplined]:
    """Rows of the window in the wanted groups and causes: (surely a warning or a heavier form, perhaps one)."""
    rows = [
        row for row in look.of(DisciplinaryAction, "decided_on")
        if all(row.value_of(name) in values for name, values in wanted.items()) and row.values.count
    ]
    regime = look.evidence.profile.guard_regime if look.evidence.profile else None
    sure, perhaps = [], []
    for row in rows:
        guard = row.values.group == DisciplineGroup.GUARDS
        civil = row.values.group in _CIVIL_SERVANTS or (guard and regime == GuardRegime.CIVIL_SERVANT)
        if civil and row.values.form in WARNING_OR_WORSE:
            sure.append(row)
        elif row.values.form == DisciplineForm.OTHER or (not civil and row.values.form != DisciplineForm.NONE):
            perhaps.append(row)
    return sure, perhaps


@measure("discipline", unit="person", filters=("group", "cause"))
def discipline_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People disciplined “từ hình thức cảnh cáo trở lên” (Circular 124 Art. 7(4), 7(5), 7(6)). Unit: people.

    Civil servants count by the form of discipline. For pupils the form “cảnh cáo” no longer exists since 31/10/2025;
    contract staff and hired guards have other forms. So a case in these groups leaves the count open, and the meeting
    judges it.
    """
    sure, perhaps = disciplined(look, wanted)
    reasons = [reason("reading_differs", row.id, what=row.shown.get("form", "")) for row in perhaps]
    people = sum(row.values.count for row in sure)
    cells = look.cells([*sure, *perhaps], ("group", "cause", "form", "decided_on", "count"))
    return summed(look, ("discipline",), people, cells, maybe=sum(row.values.count for row in perhaps), reasons=reasons)


@measure("discipline", unit="person")
def crime_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People of the school with a judgment in force, whatever the discipline (Circular 124 Art. 7(4)). Unit: people."""
    rows = [
        row for row in look.of(DisciplinaryAction, "decided_on")
        if row.values.cause == DisciplineCause.CRIME and row.values.count
    ]
    people = sum(row.values.count for row in rows)
    return summed(look, ("discipline",), people, look.cells(rows, ("group", "cause", "decided_on", "count")))


@measure("commendations", unit="commendation", filters=("recipient", "level"))
def commendation_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Commendations awarded in the window. Unit: commendations."""
    rows = [
        row for row in look.of(Commendation, "awarded_on")
        if all(row.value_of(name) in values for name, values in wanted.items())
    ]
    awarded = sum(row.values.count for row in rows)
    return summed(look, ("commendations",), awarded, look.cells(rows, ("awarded_on", "count")))
