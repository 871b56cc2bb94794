"""Measures of joint actions with partners. All read the sheet “Phối hợp”.

A joint action without a day of its own has the day of the activity that it names.
"""

from __future__ import annotations

from datetime import date

from antq_review.forms.rows.evidence import Activity, Coordination
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import counted, covered, measure
from antq_review.scoring.measures.blanks import undecided
from antq_review.scoring.model.outcome import Measurement, Reason

_TABLE = ("coordinations",)
_FILTERS = ("partner", "purpose")


def _day(look: EvidenceWindow, row: EvidenceRow[Coordination]) -> date | None:
    if row.values.held_on is not None or not row.values.activity:
        return row.values.held_on
    activity = look.find(Activity, row.values.activity, row)
    return activity.values.held_on if activity else None


def _days(look: EvidenceWindow) -> dict[EvidenceRow[Coordination], date | None]:
    """Each joint action → its day."""
    rows = look.evidence.of(Coordination)
    return look.index.once("joint days", lambda: {row: _day(look, row) for row in rows}, "coordinations", "activities")


def joint_actions(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow[Coordination]]:
    """Joint actions whose own day, or whose activity's day, lies in the window."""
    days, (start, end) = _days(look), look.window
    rows = look.matching(look.evidence.of(Coordination), wanted)
    return [row for row in rows if (day := days[row]) is not None and start <= day <= end]


def undated_actions(look: EvidenceWindow, wanted: Filter) -> tuple[int, list[Reason]]:
    """The number of joint actions whose day is not known, and the reasons: the activity that they name is not found."""
    days = _days(look)
    rows = [row for row in look.matching(look.evidence.of(Coordination), wanted) if days[row] is None]
    return len(rows), [reason("undated", row.id) for row in rows]


@measure("coordinations", unit="coordination", filters=_FILTERS)
def coordination_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Joint actions in the window. Unit: actions. One with a blank purpose may have any purpose."""
    rows = joint_actions(look, wanted)
    maybe, reasons = undated_actions(look, wanted)
    doubtful, blank = undecided(look, joint_actions(look, {}), wanted)
    cells = look.cells(rows, ("held_on", "activity", *deciding_fields(wanted)))
    return counted(look, _TABLE, len(rows), cells, maybe=maybe + len(doubtful), reasons=reasons + blank)


def _coverage(look: EvidenceWindow, wanted: Filter, name: str) -> Measurement:
    """Share of the values of one filter that at least one joint action has. Base: the list of values."""
    rest = {key: values for key, values in wanted.items() if key != name}
    first: dict[str, EvidenceRow[Coordination]] = {}
    for row in joint_actions(look, rest):
        if row.value_of(name) in wanted.get(name, ()):
            first.setdefault(row.value_of(name), row)
    maybe, reasons = undated_actions(look, wanted)
    missing = tuple(value for value in wanted.get(name, ()) if value not in first)
    doubtful, blank = undecided(look, joint_actions(look, {}), {**rest, name: missing}) if missing else ([], [])
    cells = look.cells(first.values(), (name, "held_on", "activity"))
    return covered(
        look, _TABLE, len(first), len(wanted.get(name, ())), cells, maybe=maybe + len(doubtful), reasons=reasons + blank,
    )


@measure("coordinations", unit="rate", filters=_FILTERS)
def partner_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed partners with at least one joint action."""
    return _coverage(look, wanted, "partner")


@measure("coordinations", unit="rate", filters=_FILTERS)
def purpose_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed purposes with at least one joint action."""
    return _coverage(look, wanted, "purpose")
