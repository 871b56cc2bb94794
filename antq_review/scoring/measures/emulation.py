"""Measures of commendations and discipline: the sheet “Thi đua”."""

from __future__ import annotations

from datetime import date

from antq_review.forms.choices import WARNING_OR_WORSE, DisciplineCause, DisciplineForm, DisciplineGroup, GuardRegime
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Commendation, DisciplinaryAction
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank, measure, summed
from antq_review.scoring.model.outcome import Measurement, Truth

Disciplined = list[EvidenceRow[DisciplinaryAction]]

#: Civil servants: “cảnh cáo” is one of their forms of discipline.
#: Contract staff and hired guards have other forms; pupils had this form until the day below.
_CIVIL_SERVANTS = (DisciplineGroup.MANAGERS, DisciplineGroup.TEACHERS, DisciplineGroup.EMPLOYEES)
STAFF_GROUPS = (*_CIVIL_SERVANTS, DisciplineGroup.CONTRACT_STAFF, DisciplineGroup.GUARDS)
#: Day from which the form “cảnh cáo” of pupils (Thông tư 08/TT of 1988) no longer exists: Thông tư 19/2025/TT-BGDĐT, SEEN-2ND.
NO_WARNING_FOR_PUPILS = date(2025, 10, 31)
#: Forms that are below “cảnh cáo” under every regime.
_BELOW = (DisciplineForm.NONE, DisciplineForm.REMINDER, DisciplineForm.REPRIMAND)


def disciplined(look: EvidenceWindow, wanted: Filter) -> tuple[Disciplined, Disciplined]:
    """Rows of the window in the wanted groups and causes: (surely a warning or a heavier form, perhaps one).

    `party`: discipline by the Party alone `counts`, or is `left_out`; without this filter it perhaps counts.
    """
    party = wanted.get("party", ())
    rest = {name: values for name, values in wanted.items() if name != "party"}
    sure, perhaps = list[EvidenceRow[DisciplinaryAction]](), list[EvidenceRow[DisciplinaryAction]]()
    for row in look.of(DisciplinaryAction, "decided_on"):
        by_party = row.values.by_party == YesNo.YES
        if not row.values.count or (by_party and "left_out" in party):
            continue
        if any(row.value_of(name) not in values for name, values in rest.items()):
            continue
        state = _from_warning_up(look, row)
        if state is Truth.YES and (not by_party or "counts" in party):
            sure.append(row)
        elif state is not Truth.NO:
            perhaps.append(row)
    return sure, perhaps


def _from_warning_up(look: EvidenceWindow, row: EvidenceRow[DisciplinaryAction]) -> Truth:
    """Is the form “từ hình thức cảnh cáo trở lên” for this group of people, on this day?"""
    regime = look.evidence.profile.guard_regime if look.evidence.profile else None
    group, form = row.values.group, row.values.form
    pupils = group == DisciplineGroup.PUPILS
    had_warning = pupils and row.values.decided_on < NO_WARNING_FOR_PUPILS
    civil = group in _CIVIL_SERVANTS or (group == DisciplineGroup.GUARDS and regime == GuardRegime.CIVIL_SERVANT)
    if pupils and not had_warning and form == DisciplineForm.REMINDER:
        return Truth.UNKNOWN  # among the heaviest forms that are left: nothing says what replaces “cảnh cáo”
    if form in _BELOW:
        return Truth.NO
    return Truth.YES if (civil or had_warning) and form in WARNING_OR_WORSE else Truth.UNKNOWN


@measure("discipline", unit="person", filters=("group", "cause", "party"))
def discipline_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People disciplined “từ hình thức cảnh cáo trở lên” (Circular 124 Art. 7(4), 7(5), 7(6)). Unit: people.

    Civil servants count by the form of discipline, and so do pupils before 31/10/2025. Since then pupils have no form
    “cảnh cáo”; contract staff and hired guards have other forms. So a case in these groups leaves the count open, and
    the meeting judges it; “khiển trách” is below “cảnh cáo” for everyone.
    """
    sure, perhaps = disciplined(look, wanted)
    reasons = [reason("reading_differs", row.id, what=row.shown.get("form", "")) for row in perhaps]
    people = sum(row.values.count for row in sure)
    cells = look.cells([*sure, *perhaps], ("group", "cause", "form", "decided_on", "count", "by_party"))
    return summed(look, ("discipline",), people, cells, maybe=sum(row.values.count for row in perhaps), reasons=reasons)


@measure("discipline", unit="person", filters=("dated_by",))
def crime_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People of the school with a judgment in force, whatever the discipline (Circular 124 Art. 7(4)). Unit: people.

    `dated_by` `act`: by the day of the act; without the filter: by the day of the judgment. An act with a blank day is
    surely before the window only where its judgment is.
    """
    window = look.window
    rows = [
        row for row in look.evidence.of(DisciplinaryAction)
        if row.values.cause == DisciplineCause.CRIME and row.values.count and row.values.decided_on <= look.as_of
    ]
    if "act" not in wanted.get("dated_by", ()):
        rows = [row for row in rows if window.holds(row.values.decided_on)]
        return _people(look, rows, [])
    known = [row for row in rows if row.values.committed_on is not None and window.holds(row.values.committed_on)]
    return _people(look, known, _undated(rows, window))


def _undated(rows: Disciplined, window: Period) -> Disciplined:
    return [row for row in rows if row.values.committed_on is None and row.values.decided_on >= window.start]


def _people(look: EvidenceWindow, rows: Disciplined, doubtful: Disciplined) -> Measurement:
    people, maybe = (sum(row.values.count for row in some) for some in (rows, doubtful))
    cells = look.cells([*rows, *doubtful], ("group", "cause", "decided_on", "committed_on", "count"))
    return summed(look, ("discipline",), people, cells, maybe=maybe, reasons=cells_blank(doubtful, "committed_on"))


@measure("commendations", unit="commendation", filters=("recipient", "level"))
def commendation_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Commendations awarded in the window. Unit: commendations."""
    rows = [
        row for row in look.of(Commendation, "awarded_on")
        if all(row.value_of(name) in values for name, values in wanted.items())
    ]
    awarded = sum(row.values.count for row in rows)
    return summed(look, ("commendations",), awarded, look.cells(rows, ("awarded_on", "count")))
