"""Units rated well: the table of ratings on the sheet “Thi đua”, and the discipline that spoils a rating."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from antq_review.forms.choices import GOOD_RATINGS
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, units_of
from antq_review.scoring.measures.base import (
    all_closed,
    all_refused,
    base_unknown,
    interval_rate,
    measure,
    reason,
    unknown_rate,
)
from antq_review.scoring.measures.emulation import STAFF_GROUPS, disciplined
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import say


@dataclass
class _Marked:
    """Units with a disciplined member: surely, perhaps (the row of the doubtful case), and cases that name no known unit."""

    sure: set[str] = field(default_factory=set)
    perhaps: dict[str, EvidenceRow] = field(default_factory=dict)
    homeless: int = 0


@measure("ratings", "discipline", unit="rate", filters=("unit_kind", "without_discipline"))
def rated_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Units rated “Hoàn thành tốt nhiệm vụ”, “Tập thể lao động tiên tiến” or better, among those eligible. Unit: rate.

    Base: the profile's units of the kind, less those that the sheet calls not eligible (Circular 124 Art. 7(5), 7(6)); none
    eligible: not applicable; no units in the profile: unknown. A unit without a rating may have any. `without_discipline`:
    a unit with a member disciplined from warning up does not count as rated. Without a kind: every đầu mối trực thuộc.
    """
    units = units_of(look.evidence, wanted.get("unit_kind", ("subunit",)))
    if not units or look.refused("units"):
        return unknown_rate(look, ("ratings",), [base_unknown("units")])
    marked = _marked(look) if "without_discipline" in wanted else _Marked()
    rows, notes = _of_the_year(look)
    states, cells, reasons = [], list[CellRef](), list[Reason]()
    for unit in units:
        found = rows.get(folded(unit.get("name")), [])
        cells += look.cells(found, ("unit", "eligible", "rating")) or look.cells([unit], ("name",))
        state, why = _state(unit, found, marked)
        states.append(state)
        reasons += why
    base = len(units) - states.count("left_out")
    tables = ("ratings", "discipline") if "without_discipline" in wanted else ("ratings",)
    if base == 0:
        # A refused row may be of a unit that is eligible after all.
        applies = all_refused(look, tables) > 0
        return unknown_rate(look, tables, ()).model_copy(update={"applies": applies, "cells": tuple(cells)})
    good = states.count("good")
    spoiled = min(good, marked.homeless)
    if spoiled:
        reasons.append(reason("case_without_unit"))
    low, high = Decimal(good - spoiled) / base, Decimal(good + states.count("open")) / base
    low, high = _bounds(look, tables, low, high)
    count = Decimal(good)
    return interval_rate(look, tables, low, high, cells, count=count, base=Decimal(base), reasons=reasons, notes=notes)


def _bounds(look: EvidenceWindow, tables: tuple[str, ...], low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Rows to come add ratings and left-out units, which never lower the rate, but also discipline; refused rows do anything."""
    if all_refused(look, tables):
        return ZERO, ONE
    if all_closed(look, tables):
        return low, high
    return (ZERO if "discipline" in tables else low), ONE


def _of_the_year(look: EvidenceWindow) -> tuple[dict[str, list[EvidenceRow]], list[str]]:
    """The ratings of the year under review by unit, and notes on those of other years. A blank year is this one."""
    found: dict[str, list[EvidenceRow]] = {}
    notes = []
    for row in look.evidence.rows("ratings"):
        years = re.findall(r"\d{2,4}", str(row.get("year_considered") or ""))
        if not years or int(years[-1]) in (look.year, look.year % 100):
            found.setdefault(folded(row.get("unit")), []).append(row)
        else:
            notes.append(say("scoring.notes.other_year", unit=row.get("unit"), of=row.get("year_considered"), year=look.year))
    return found, sorted(notes)


def _state(unit: EvidenceRow, rows: Iterable[EvidenceRow], marked: _Marked) -> tuple[str, list[Reason]]:
    """good, bad, open or left_out, and why it is open. Ratings of one unit that contradict each other leave it open."""
    name = str(unit.get("name"))
    found = {_rated(row) for row in rows} or {"open"}
    if len(found) > 1:
        return "open", [reason("ratings_differ", name)]
    state = found.pop()
    if state == "open":
        return state, [reason("unrated", name)]
    if state == "good" and folded(name) in marked.sure:
        return "bad", []
    if state == "good" and folded(name) in marked.perhaps:
        case = marked.perhaps[folded(name)]
        return "open", [reason("reading_differs", case.id, what=case.shown.get("form", ""))]
    return state, []


def _rated(row: EvidenceRow) -> str:
    if row.get("eligible") == "no":
        return "left_out"
    if row.get("rating") is None:
        return "open"
    return "good" if row.get("rating") in GOOD_RATINGS else "bad"


def _marked(look: EvidenceWindow) -> _Marked:
    sure, perhaps = disciplined(look, {"group": STAFF_GROUPS})
    known = {folded(unit.get("name")) for unit in look.evidence.rows("units")}
    found = _Marked()
    found.homeless = sum(row.get("count") for row in (*sure, *perhaps) if _unit_of(row) not in known)
    found.sure = {_unit_of(row) for row in sure}
    found.perhaps = {_unit_of(row): row for row in perhaps}
    return found


def _unit_of(row: EvidenceRow) -> str:
    return folded(row.get("unit") or "")
