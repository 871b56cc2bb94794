"""Measures of systems and their users: the sheet “Chuyển đổi số”. The latest count of a system in the window counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from antq_review.forms.choices import SystemKind
from antq_review.forms.rows.safety import System
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


def _latest(look: EvidenceWindow) -> dict[str, EvidenceRow[System]]:
    """The latest row in the window of each system, by the code of the system."""
    rows = sorted(look.of(System, "counted_on"), key=lambda row: row.values.counted_on)
    return {row.values.system: row for row in rows}


def _named(wanted: Filter) -> list[str]:
    """Codes of the systems that the filter names by label or code, each once."""
    return list(dict.fromkeys(SystemKind.of_label(name) or name for name in wanted.get("name", ())))


def _total(rows: Sequence[EvidenceRow[System]], name: str) -> Decimal:
    return sum((Decimal(row.value_of(name) or 0) for row in rows), ZERO)


@measure("systems", unit="rate", filters=("name",))
def working_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Devices that work, of those installed, when the named systems were last counted in the window (plan II.3-5, II.5-1).

    Unit: rate. Base: installed devices of the named systems that the school has; without a name: of every system with a
    number of installed devices; none: unknown. A later count may give any rate, so the rate is open as long as the form
    is open.
    """
    names = _named(wanted)
    rows = [
        row for system, row in sorted(_latest(look).items())
        if (system in names if names else row.values.installed is not None)
    ]
    return _devices(look, rows, "installed", "working", "systems")


def _devices(look: EvidenceWindow, rows: Sequence[EvidenceRow[System]], base: str, part: str, what: str) -> Measurement:
    """Σ part / Σ base over the rows. A blank part may be any number up to its base, a blank base any number."""
    cells = look.cells(rows, ("system", "counted_on", base, part))
    count, total = _total(rows, part), _total(rows, base)
    without_base = [row for row in rows if row.value_of(base) is None]
    without_part = [row for row in rows if row.value_of(base) is not None and row.value_of(part) is None]
    reasons = cells_blank(without_base, base) + cells_blank(without_part, part)
    if not certain(look, _TABLE):
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=count, base=total, reasons=reasons)
    if without_base or not total:
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=count, base=total, reasons=reasons or [base_unknown(what)])
    high = (count + _total(without_part, base)) / total
    return interval_rate(look, _TABLE, count / total, high, cells, count=count, base=total, reasons=reasons)


@measure("systems", unit="rate", filters=("name",))
def system_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Named systems in use at their last count in the window: with a working device or a user (plan II.5-1).

    Unit: rate. Base: the list; empty: unknown. At a later count a system may no longer work, so the rate is open as
    long as the form is open.
    """
    names, latest = _named(wanted), _latest(look)
    if not names:
        return unknown_rate(look, _TABLE, [base_unknown("list")])
    rows = [latest[name] for name in names if name in latest]
    used = [row for row in rows if (row.values.working or 0) > 0 or (row.values.users or 0) > 0]
    unfilled = [row for row in rows if row.values.working is None and row.values.users is None]
    base, refused = Decimal(len(names)), look.refused("systems")
    low, high = max(0, len(used) - refused) / base, min(ONE, (len(used) + len(unfilled) + refused) / base)
    if not all_closed(look, _TABLE):
        low, high = ZERO, ONE
    cells = look.cells(rows, ("system", "counted_on", "working", "users"))
    reasons = cells_blank(unfilled, "working") if low < high else []
    return interval_rate(look, _TABLE, low, high, cells, count=ONE * len(used), base=base, reasons=reasons)


@measure("systems", unit="rate")
def adoption_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Users of VNeID, of the people who can use it, at the last count in the window (plan II.5-2). Unit: rate.

    Base: eligible people of the last count; no count, or no eligible people: unknown.
    """
    found = _latest(look).get(SystemKind.VNEID)
    return _devices(look, [found] if found else [], "eligible", "users", "vneid")


@measure("systems", unit="message")
def vneid_report_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Messages about security that the school received by VNeID in the window (plan II.5-2). Unit: messages.

    The sum of the counts. A count with a blank number of messages may have any number.
    """
    rows = [row for row in look.of(System, "counted_on") if row.values.system == SystemKind.VNEID]
    blank = [row for row in rows if row.values.reports_received is None]
    cells = look.cells(rows, ("system", "counted_on", "reports_received"))
    return summed(
        look, _TABLE, _total(rows, "reports_received"), cells, maybe=None if blank else 0,
        reasons=cells_blank(blank, "reports_received"),
    )
