"""Systems and who uses them: the sheet “Chuyển đổi số”. Of the days on which a system was counted the latest one stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from antq_review.forms.choices import SYSTEMS
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import (
    all_closed,
    base_unknown,
    cells_blank,
    certain,
    interval_rate,
    measure,
    summed,
    unknown_rate,
)
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement

_TABLE = ("systems",)


def _latest(look: EvidenceWindow) -> dict[str, EvidenceRow]:
    """The latest row of each system that was counted in the window."""
    rows = sorted(look.rows("systems", "counted_on"), key=lambda row: row.get("counted_on"))
    return {row.get("system"): row for row in rows}


def _named(wanted: Filter) -> list[str]:
    """Codes of the systems that the filter names by label or code, each once."""
    return list(dict.fromkeys(SYSTEMS.code(name) or name for name in wanted.get("name", ())))


def _total(rows: Sequence[EvidenceRow], name: str) -> Decimal:
    return sum((Decimal(row.get(name) or 0) for row in rows), ZERO)


@measure("systems", unit="rate", filters=("name",))
def working_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Devices that work, of those installed, when the named systems were last counted in the window (plan II.3-5, II.5-1).

    Unit: rate. Base: installed devices of the named systems that the school has; without a name, of every system with a number
    installed; none: unknown. A later count may say anything, so the rate is open while the form is.
    """
    names = _named(wanted)
    rows = [
        row for system, row in sorted(_latest(look).items())
        if (system in names if names else row.get("installed") is not None)
    ]
    return _devices(look, rows, "installed", "working", "systems")


def _devices(look: EvidenceWindow, rows: Sequence[EvidenceRow], base: str, part: str, what: str) -> Measurement:
    """Σ part / Σ base over rows; a blank part may be anything up to its base, a blank base anything."""
    cells = look.cells(rows, ("system", "counted_on", base, part))
    count, total = _total(rows, part), _total(rows, base)
    without_base = [row for row in rows if row.get(base) is None]
    without_part = [row for row in rows if row.get(base) is not None and row.get(part) is None]
    reasons = cells_blank(without_base, base) + cells_blank(without_part, part)
    if not certain(look, _TABLE):
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=count, base=total, reasons=reasons)
    if without_base or not total:
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=count, base=total, reasons=reasons or [base_unknown(what)])
    high = (count + _total(without_part, base)) / total
    return interval_rate(look, _TABLE, count / total, high, cells, count=count, base=total, reasons=reasons)


@measure("systems", unit="rate", filters=("name",))
def system_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Named systems in use when last counted in the window: something works, or somebody uses it (plan II.5-1). Unit: rate.

    Base: the list; empty: unknown. A later count may say that a system no longer works: open while the form is.
    """
    names, latest = _named(wanted), _latest(look)
    if not names:
        return unknown_rate(look, _TABLE, [base_unknown("list")])
    rows = [latest[name] for name in names if name in latest]
    used = [row for row in rows if (row.get("working") or 0) > 0 or (row.get("users") or 0) > 0]
    unsaid = [row for row in rows if row.get("working") is None and row.get("users") is None]
    base, refused = Decimal(len(names)), look.refused("systems")
    low, high = max(0, len(used) - refused) / base, min(ONE, (len(used) + len(unsaid) + refused) / base)
    if not all_closed(look, _TABLE):
        low, high = ZERO, ONE
    cells = look.cells(rows, ("system", "counted_on", "working", "users"))
    reasons = cells_blank(unsaid, "working") if low < high else []
    return interval_rate(look, _TABLE, low, high, cells, count=ONE * len(used), base=base, reasons=reasons)


@measure("systems", unit="rate")
def adoption_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People who use VNeID, of those who can, when last counted in the window (plan II.5-2). Unit: rate.

    Base: eligible people of the latest count; not counted, or nobody eligible: unknown.
    """
    found = _latest(look).get("vneid")
    return _devices(look, [found] if found else [], "eligible", "users", "vneid")


@measure("systems", unit="message")
def vneid_report_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Messages about security that came in by VNeID in the window (plan II.5-2). Unit: messages.

    The sum of the counts; a count that does not say how many may stand for any number.
    """
    rows = [row for row in look.rows("systems", "counted_on") if row.get("system") == "vneid"]
    blank = [row for row in rows if row.get("reports_received") is None]
    cells = look.cells(rows, ("system", "counted_on", "reports_received"))
    return summed(
        look, _TABLE, _total(rows, "reports_received"), cells, maybe=None if blank else 0,
        reasons=cells_blank(blank, "reports_received"),
    )
