"""Joint actions with partners. Read the sheet “Phối hợp”; a row that points to an activity takes its day from there."""

from __future__ import annotations

from datetime import date

from antq_review.ingest.check_rows import find_row
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.look import Filter, Look, deciding_fields, matches
from antq_review.scoring.measures.base import cells_of, counted, covered, measure
from antq_review.scoring.outcome import Measurement

_TABLE = ("coordinations",)
_FILTERS = ("partner", "purpose")


def _day(look: Look, row: EvidenceRow) -> date | None:
    own: date | None = row.get("held_on")
    if own is None and row.get("activity"):
        activity = find_row(look.evidence, "activities", str(row.get("activity")), row)
        own = activity.get("held_on") if activity else None
    return own


def joint_actions(look: Look, wanted: Filter) -> list[EvidenceRow]:
    """Joint actions whose own day, or whose activity's day, lies in the window."""
    return [
        row for row in look.evidence.rows("coordinations")
        if matches(look, row, wanted) and (day := _day(look, row)) is not None and look.window.holds(day)
    ]


@measure("coordinations", unit="coordination", filters=_FILTERS)
def coordination_count(look: Look, wanted: Filter) -> Measurement:
    """Joint actions in the window. Unit: actions."""
    rows = joint_actions(look, wanted)
    return counted(look, _TABLE, len(rows), cells_of(rows, ("held_on", "activity", *deciding_fields(wanted))))


def _coverage(look: Look, wanted: Filter, name: str) -> Measurement:
    rest = {key: values for key, values in wanted.items() if key != name}
    first: dict[str, EvidenceRow] = {}
    for row in joint_actions(look, rest):
        if row.get(name) in wanted.get(name, ()):
            first.setdefault(row.get(name), row)
    return covered(look, _TABLE, len(first), len(wanted.get(name, ())), cells_of(first.values(), (name, "held_on", "activity")))


@measure("coordinations", unit="rate", filters=_FILTERS)
def partner_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed partners with whom something was done."""
    return _coverage(look, wanted, "partner")


@measure("coordinations", unit="rate", filters=_FILTERS)
def purpose_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed purposes for which something was done."""
    return _coverage(look, wanted, "purpose")
