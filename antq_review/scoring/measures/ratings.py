"""The measure of well rated units: the ratings on the sheet “Thi đua”, and discipline that makes a rating not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from antq_review.forms.choices import GOOD_RATINGS
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import DisciplinaryAction, Rating
from antq_review.forms.rows.school import Unit
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, units_of
from antq_review.scoring.measures.base import (
    all_closed,
    all_refused,
    interval_rate,
    measure,
    no_units,
    unknown_rate,
)
from antq_review.scoring.measures.emulation import STAFF_GROUPS, disciplined
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import Message, tell

_State = Literal["good", "bad", "open", "left_out"]


@dataclass
class _Marked:
    """Folded names of the units with a disciplined member: surely, or perhaps (with the row of the doubtful case).

    `without_unit`: number of people in cases that name no known unit.
    """

    sure: set[str] = field(default_factory=set)
    perhaps: dict[str, EvidenceRow[DisciplinaryAction]] = field(default_factory=dict)
    without_unit: int = 0


@measure("ratings", "discipline", unit="rate", filters=("unit_kind", "base", "without_discipline", "party"))
def rated_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Units rated “Hoàn thành tốt nhiệm vụ”, “Tập thể lao động tiên tiến” or better, among those eligible. Unit: rate.

    Base: the profile's units of the kind, without those marked as not eligible (Circular 124 Art. 7(5), 7(6)); `base`
    `all`: with them, and they count as not good. None eligible: not applicable; no units in the profile: unknown. A
    unit with a blank rating may have any rating. `without_discipline`: a unit does not count as good if a member got a
    warning or a heavier form of discipline; `party` as in `discipline_count`. Without a kind: every “đầu mối trực thuộc”.
    """
    kinds = wanted.get("unit_kind", ("subunit",))
    units = units_of(look.evidence, kinds)
    if not units or look.refused("units"):
        return unknown_rate(look, ("ratings",), [no_units(look, kinds)])
    marked = _marked(look, wanted) if "without_discipline" in wanted else _Marked()
    rows, notes = look.index.once(("ratings", look.year), lambda: _of_the_year(look), "ratings")
    states, cells, reasons = list[_State](), list[CellRef](), list[Reason]()
    for unit in units:
        found = rows.get(folded(unit.values.name), [])
        cells += look.cells(found, ("unit", "eligible", "rating")) or look.cells([unit], ("name",))
        state, why = _state(unit, found, marked)
        states.append(state)
        reasons += why
    eligible = len(units) - states.count("left_out")
    base = len(units) if eligible and "all" in wanted.get("base", ()) else eligible
    tables = ("ratings", "discipline") if "without_discipline" in wanted else ("ratings",)
    if base == 0:
        # A refused row may belong to an eligible unit.
        applies = all_refused(look, tables) > 0
        return unknown_rate(look, tables, ()).model_copy(update={"applies": applies, "cells": tuple(cells)})
    good = states.count("good")
    spoiled = min(good, marked.without_unit)
    if spoiled:
        reasons.append(reason("case_without_unit"))
    low, high = Decimal(good - spoiled) / base, Decimal(good + states.count("open")) / base
    low, high = _bounds(look, tables, low, high)
    count = Decimal(good)
    return interval_rate(look, tables, low, high, cells, count=count, base=Decimal(base), reasons=reasons, notes=notes)


def _bounds(look: EvidenceWindow, tables: tuple[str, ...], low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of the rate when rows may be missing.

    Later rows may add ratings and units that are not eligible, which never lowers the rate. They may also add
    discipline, which does. A refused row may do either.
    """
    if all_refused(look, tables):
        return ZERO, ONE
    if all_closed(look, tables):
        return low, high
    return (ZERO if "discipline" in tables else low), ONE


def _of_the_year(look: EvidenceWindow) -> tuple[dict[str, list[EvidenceRow[Rating]]], list[Message]]:
    """The ratings of the year under review by unit, and notes on those of other years. A blank year is this year."""
    found: dict[str, list[EvidenceRow[Rating]]] = {}
    notes = []
    for row in look.evidence.of(Rating):
        years = re.findall(r"\d{2,4}", row.values.year_considered or "")
        if not years or int(years[-1]) in (look.year, look.year % 100):
            found.setdefault(folded(row.values.unit), []).append(row)
        else:
            year = row.values.year_considered
            notes.append(tell("scoring.notes.other_year", unit=row.values.unit, of=year, year=look.year))
    return found, sorted(notes, key=str)  # as they are printed: the order of the rows has no effect


def _state(
    unit: EvidenceRow[Unit], rows: Iterable[EvidenceRow[Rating]], marked: _Marked
) -> tuple[_State, list[Reason]]:
    """The state of a unit, and the reasons if it is open. It is open, too, if its ratings contradict each other."""
    name = unit.values.name
    found = {_rated(row) for row in rows}
    if len(found) > 1:
        return "open", [reason("ratings_differ", name)]
    state = found.pop() if found else "open"
    if state == "open":
        return state, [reason("unrated", name)]
    if state == "good" and folded(name) in marked.sure:
        return "bad", []
    if state == "good" and folded(name) in marked.perhaps:
        case = marked.perhaps[folded(name)]
        return "open", [reason("reading_differs", case.id, what=case.shown.get("form", ""))]
    return state, []


def _rated(row: EvidenceRow[Rating]) -> _State:
    if row.values.eligible == YesNo.NO:
        return "left_out"
    if row.values.rating is None:
        return "open"
    return "good" if row.values.rating in GOOD_RATINGS else "bad"


def _marked(look: EvidenceWindow, wanted: Filter) -> _Marked:
    asked = {name: values for name, values in wanted.items() if name == "party"}
    sure, perhaps = disciplined(look, {**asked, "group": STAFF_GROUPS})
    known = {folded(unit.values.name) for unit in look.evidence.of(Unit)}
    found = _Marked()
    found.without_unit = sum(row.values.count for row in (*sure, *perhaps) if _unit_of(row) not in known)
    found.sure = {_unit_of(row) for row in sure}
    found.perhaps = {_unit_of(row): row for row in perhaps}
    return found


def _unit_of(row: EvidenceRow[DisciplinaryAction]) -> str:
    return folded(row.values.unit or "")
