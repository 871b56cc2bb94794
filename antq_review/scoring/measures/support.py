"""Measures of the support for pupils at risk, month by month: the sheet “Hỗ trợ học sinh”, which has only counts."""

from __future__ import annotations

from decimal import Decimal

from antq_review.forms.rows.safety import Support
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank, certain, interval_rate, measure, summed
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement

_TABLE = ("support",)


def _total(rows: list[EvidenceRow[Support]], name: str) -> Decimal:
    return sum((Decimal(row.value_of(name) or 0) for row in rows), ZERO)


@measure("support", unit="session")
def counselling_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Counselling sessions in the months of the window (plan II.7-2). Unit: sessions.

    A month with a blank number may have any number of sessions.
    """
    rows = look.of(Support, "month_on")
    blank = [row for row in rows if row.values.counselling_sessions is None]
    return summed(
        look, _TABLE, _total(rows, "counselling_sessions"), look.cells(rows, ("month_on", "counselling_sessions")),
        maybe=None if blank else 0, reasons=cells_blank(blank, "counselling_sessions"),
    )


@measure("support", unit="rate")
def supported_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Pupils supported, of those at risk, summed over the months of the window (plan II.7-2). Unit: rate.

    Base: pupils at risk; none on a closed form: 1 (no pupil needs support). A month with a blank number of pupils at
    risk leaves the rate open.
    """
    rows = look.of(Support, "month_on")
    cells = look.cells(rows, ("month_on", "at_risk", "supported"))
    at_risk, supported = _total(rows, "at_risk"), _total(rows, "supported")
    uncounted = [row for row in rows if row.values.at_risk is None]
    unfilled = [row for row in rows if row.values.at_risk and row.values.supported is None]
    reasons = cells_blank(uncounted, "at_risk") + cells_blank(unfilled, "supported")
    if not certain(look, _TABLE) or uncounted:
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=supported, base=at_risk, reasons=reasons)
    if not at_risk:
        return interval_rate(look, _TABLE, ONE, ONE, cells, count=ZERO, base=ZERO)
    high = (supported + _total(unfilled, "at_risk")) / at_risk
    return interval_rate(look, _TABLE, supported / at_risk, high, cells, count=supported, base=at_risk, reasons=reasons)
