"""Joint actions with partners. Read the sheet “Phối hợp”; a row that points to an activity takes its day from there."""

from __future__ import annotations

from datetime import date

from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import counted, covered, measure, reason
from antq_review.scoring.model.outcome import Measurement, Reason

_TABLE = ("coordinations",)
_FILTERS = ("partner", "purpose")


def _day(look: EvidenceWindow, row: EvidenceRow) -> date | None:
    own: date | None = row.get("held_on")
    if own is None and row.get("activity"):
        activity = look.find("activities", str(row.get("activity")), row)
        own = activity.get("held_on") if activity else None
    return own


def joint_actions(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow]:
    """Joint actions whose own day, or whose activity's day, lies in the window."""
    return [
        row for row in look.matching(look.evidence.rows("coordinations"), wanted)
        if (day := _day(look, row)) is not None and look.window.holds(day)
    ]


def undated_actions(look: EvidenceWindow, wanted: Filter) -> tuple[int, list[Reason]]:
    """Joint actions that may lie in the window: the activity they point to is not there, so nobody knows their day."""
    rows = [row for row in look.matching(look.evidence.rows("coordinations"), wanted) if _day(look, row) is None]
    return len(rows), [reason("undated", row.id) for row in rows]


@measure("coordinations", unit="coordination", filters=_FILTERS)
def coordination_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Joint actions in the window. Unit: actions."""
    rows = joint_actions(look, wanted)
    maybe, reasons = undated_actions(look, wanted)
    cells = look.cells(rows, ("held_on", "activity", *deciding_fields(wanted)))
    return counted(look, _TABLE, len(rows), cells, maybe=maybe, reasons=reasons)


def _coverage(look: EvidenceWindow, wanted: Filter, name: str) -> Measurement:
    rest = {key: values for key, values in wanted.items() if key != name}
    first: dict[str, EvidenceRow] = {}
    for row in joint_actions(look, rest):
        if row.get(name) in wanted.get(name, ()):
            first.setdefault(row.get(name), row)
    maybe, reasons = undated_actions(look, wanted)
    cells = look.cells(first.values(), (name, "held_on", "activity"))
    return covered(look, _TABLE, len(first), len(wanted.get(name, ())), cells, maybe=maybe, reasons=reasons)


@measure("coordinations", unit="rate", filters=_FILTERS)
def partner_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed partners with whom something was done."""
    return _coverage(look, wanted, "partner")


@measure("coordinations", unit="rate", filters=_FILTERS)
def purpose_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed purposes for which something was done."""
    return _coverage(look, wanted, "purpose")
