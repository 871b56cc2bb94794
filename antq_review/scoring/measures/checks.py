"""Measures of checks, guard duty and logs. All read the sheet “Kiểm tra”. A line of a log covers a stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from antq_review.forms.choices import CheckKind, CheckResult
from antq_review.forms.rows.safety import Inspection
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period, covered_days, months
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import (
    cells_blank,
    certain,
    counted,
    covered,
    first_of,
    interval_rate,
    measure,
    shared,
    some_of,
    summed,
    unknown_rate,
)
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import Message, tell
from antq_review.text.message import Param

_TABLE = ("checks",)


@measure("checks", unit="check", filters=("kind",))
def check_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Checks of a kind that began in the window; each row is one check (plan II.3-6, III.1-3). Unit: checks."""
    rows = look.matching(look.of(Inspection, "from_on"), wanted)
    return counted(look, _TABLE, len(rows), look.cells(rows, ("from_on", *deciding_fields(wanted))))


@measure("checks", unit="check")
def head_check_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Checks by the head of the school in the window (plan II.2-2). Unit: checks."""
    return check_count(look, {"kind": (CheckKind.HEAD_CHECK,)})


@measure("checks", unit="rate", filters=("kind",))
def check_pass_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Checks of the window that passed, or failed and were put right by the window's end (plan II.3-5). Unit: rate.

    Base: checks of the kind; none: unknown. A check with a blank result may have either result.
    """
    rows = look.matching(look.of(Inspection, "from_on"), wanted)
    blank = [row for row in rows if row.values.result is None]
    good = [
        row for row in rows
        if row.values.result == CheckResult.PASSED or (row.values.result == CheckResult.FAILED and _mended(look, row))
    ]
    cells = look.cells(rows, (*deciding_fields(wanted), "from_on", "result", "mended_on"))
    return shared(look, _TABLE, len(good), len(rows), cells, maybe=len(blank), reasons=cells_blank(blank, "result"))


def _mended(look: EvidenceWindow, row: EvidenceRow[Inspection]) -> bool:
    return row.values.mended_on is not None and row.values.mended_on <= look.window.end


# --- logs: lines that cover stretches of days ---------------------------------------------------------------------------


def _stretch(row: EvidenceRow[Inspection]) -> Period:
    return Period(row.values.from_on, row.values.to_on or row.values.from_on)


def _lines(look: EvidenceWindow, kinds: Sequence[str]) -> list[EvidenceRow[Inspection]]:
    """Lines of the kinds that cover at least one day of the window."""
    if not look.window.days:
        return []
    rows = look.evidence.of(Inspection)
    return [row for row in rows if row.values.kind in kinds and look.window.overlaps(*_stretch(row))]


@measure("checks", unit="rate", filters=("kind",))
def log_month_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Calendar months of the window in which a log has a line (plan II.3-4, III.1-3). Unit: rate.

    Without a kind: the log of entries. Base: calendar months that the window touches; a window that has not begun:
    unknown. A line may cover many months, so a refused line may cover all of them.
    """
    base = months(look.window)
    if not base:
        return unknown_rate(look, _TABLE, [reason("not_begun")])
    first: dict[tuple[int, int], EvidenceRow[Inspection]] = {}
    for row in _lines(look, wanted.get("kind", (CheckKind.ENTRY_LOG,))):
        start, end = _stretch(row)
        for month in months(Period(max(start, look.window.start), min(end, look.window.end))):
            first.setdefault(month, row)
    hit = list(dict.fromkeys(first.values()))
    maybe = look.refused("checks") * len(base)
    return covered(look, _TABLE, len(first), len(base), look.cells(hit, ("kind", "from_on", "to_on")), maybe=maybe)


@dataclass(frozen=True)
class _GuardLog:
    """The log of guard duty in a window: lines inside it, lines across its edge, days without a line.

    `covered`: number of days of the window with a line.
    """

    inside: list[EvidenceRow[Inspection]]
    across: list[EvidenceRow[Inspection]]
    gaps: list[Period]
    covered: int

    @property
    def lines(self) -> list[EvidenceRow[Inspection]]:
        return [*self.inside, *self.across]

    def total(self, name: str, rows: Iterable[EvidenceRow[Inspection]]) -> Decimal:
        """Sum of a column over rows. A blank cell counts as 0; the caller checks for blank cells."""
        return sum((Decimal(row.value_of(name) or 0) for row in rows), ZERO)

    def blank(self, name: str) -> list[EvidenceRow[Inspection]]:
        """Lines in which the column is blank."""
        return [row for row in self.lines if row.value_of(name) is None]


def _guard_log(look: EvidenceWindow) -> _GuardLog:
    return look.index.once(("guard log", look.window), lambda: _read_guard_log(look))


def _read_guard_log(look: EvidenceWindow) -> _GuardLog:
    rows = _lines(look, (CheckKind.GUARD_DUTY,))
    within = {row: all(look.window.holds(day) for day in _stretch(row)) for row in rows}
    stretches = [_stretch(row) for row in rows]
    return _GuardLog(
        inside=[row for row in rows if within[row]], across=[row for row in rows if not within[row]],
        gaps=_gaps(look.window, stretches), covered=covered_days(look.window, stretches),
    )


def _gaps(window: Period, stretches: Iterable[Period]) -> list[Period]:
    """Stretches of the window that no line covers, in order."""
    found, reached = list[Period](), window.start
    for start, end in sorted(stretches):
        if start > reached:
            found.append(Period(reached, start - timedelta(days=1)))
        reached = max(reached, end + timedelta(days=1))
    if reached <= window.end:
        found.append(Period(reached, window.end))
    return found


def _span(start: date, end: date) -> Param:
    return start if start == end else tell("scoring.notes.stretch", start=start, end=end)


def _days_missing(log: _GuardLog) -> dict[str, Param]:
    """The places of a sentence on days without a line: how many days, and the first stretches of them."""
    return {"count": sum(gap.days for gap in log.gaps), "days": first_of([_span(*gap) for gap in log.gaps], 5, "; ")}


def _across(look: EvidenceWindow, log: _GuardLog) -> Reason:
    return reason("stretch_across", some_of(row.id for row in log.across), start=look.window.start, end=look.window.end)


def _notes(log: _GuardLog) -> list[Message]:
    """Notes that explain a rate below 1: lines with unsigned shifts, and days without a line."""
    unsigned = [row for row in log.lines if (row.values.shifts_signed or 0) < (row.values.shifts_due or 0)]
    lines = [
        tell(
            "scoring.notes.shifts_line", days=_span(*_stretch(row)), signed=row.values.shifts_signed or 0,
            due=row.values.shifts_due,
        )
        for row in sorted(unsigned, key=_stretch)
    ]
    notes = [tell("scoring.notes.shifts_unsigned", lines=first_of(lines, 5, "; "))] if lines else []
    return notes + ([tell("scoring.notes.days_without_line", **_days_missing(log))] if log.gaps else [])


def _cells(look: EvidenceWindow, log: _GuardLog, *names: str) -> list[CellRef]:
    return look.cells(log.lines, ("from_on", "to_on", *names))


@measure("checks", unit="rate")
def shifts_signed_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Guard duty that the log proves: shifts signed / shifts due, or days with a line / days, if that is smaller.

    Plan II.3-3, III.1-3. Unit: rate. Nothing proves that a day without a line was guarded. Base: the shifts due in the
    lines, or the days of the window; no line on a closed form: 0. A line with blank shifts: from 0. A line across the
    window's edge may have its unsigned shifts inside or outside the window.
    """
    if not look.window.days:
        return unknown_rate(look, _TABLE, [reason("not_begun")])
    log = _guard_log(look)
    due, signed = (log.total(name, log.inside) for name in ("shifts_due", "shifts_signed"))
    days, cells = Decimal(look.window.days), _cells(look, log, "shifts_due", "shifts_signed")
    if not certain(look, _TABLE):
        return interval_rate(look, _TABLE, ZERO, ONE, cells, count=signed, base=due, notes=_notes(log))
    low, high, reasons = _shifts(look, log, due, signed)
    shown = log.covered / days
    count, base = (Decimal(log.covered), days) if shown < low or not due else (signed, due)
    low, high = min(low, shown), min(high, shown)
    why = reasons if low < high else []
    return interval_rate(look, _TABLE, low, high, cells, count=count, base=base, reasons=why, notes=_notes(log))


def _shifts(look: EvidenceWindow, log: _GuardLog, due: Decimal, signed: Decimal) -> tuple[Decimal, Decimal, list[Reason]]:
    """The lowest and highest share of signed shifts, of the shifts due in the window; the reasons if they differ."""
    if not log.lines:
        return ONE, ONE, []
    blank = [why for name in ("shifts_due", "shifts_signed") for why in cells_blank(log.blank(name), name)]
    over_due, over_signed = (log.total(name, log.across) for name in ("shifts_due", "shifts_signed"))
    if blank or due + over_due == 0:
        return ZERO, ONE, blank or cells_blank(log.lines, "shifts_due")
    worst, best = due + over_due - over_signed, due + over_signed
    low = signed / worst if worst else ONE
    high = (signed + over_signed) / best if best else ONE
    return low, high, [_across(look, log)] if low < high else []


@measure("checks", unit="hour")
def hours_uncovered(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Hours without a guard on duty, according to the log (plan II.3-3, “24/24”). Unit: hours.

    The hours are not known for a day without a line and for a line where the cell is blank: then there is no upper end.
    A line across the window's edge may have its hours inside or outside the window.
    """
    log = _guard_log(look)
    blank = log.blank("hours_uncovered")
    across = log.total("hours_uncovered", log.across)
    reasons = cells_blank(blank, "hours_uncovered")
    if log.gaps:
        places = _days_missing(log)
        reasons.append(reason("days_without_line", places["days"], count=places["count"]))
    if across:
        reasons.append(_across(look, log))
    return summed(
        look, _TABLE, log.total("hours_uncovered", log.inside), _cells(look, log, "hours_uncovered"),
        maybe=None if blank or log.gaps else across, reasons=reasons,
    )
