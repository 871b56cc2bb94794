"""Ratings, commendations and discipline: the sheet “Thi đua”."""

from __future__ import annotations

from decimal import Decimal

from antq_review.forms.choices import GOOD_RATINGS, WARNING_OR_WORSE
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.look import Filter, Look, units_of
from antq_review.scoring.measures.base import (
    all_closed, all_refused, base_unknown, cells_of, counted, interval_rate, measure, reason, unknown_rate,
)
from antq_review.scoring.outcome import ONE, ZERO, Measurement
from antq_review.source import CellRef
from antq_review.text import fold

#: Groups whose discipline has the form “cảnh cáo”: civil servants. Pupils, contract staff and hired guards have other forms.
_CIVIL_SERVANTS = ("managers", "teachers", "employees")


def _disciplined(look: Look, wanted: Filter) -> tuple[list[EvidenceRow], list[EvidenceRow]]:
    """(surely warning or worse, perhaps): the rows of the window in the wanted groups and causes."""
    rows = [
        row for row in look.rows("discipline", "decided_on")
        if all(row.get(name) in values for name, values in wanted.items()) and row.get("count")
    ]
    regime = look.evidence.profile.guard_regime if look.evidence.profile else None
    sure, perhaps = [], []
    for row in rows:
        civil = row.get("group") in _CIVIL_SERVANTS or (row.get("group") == "guards" and regime == "civil_servant")
        if civil and row.get("form") in WARNING_OR_WORSE:
            sure.append(row)
        elif row.get("form") == "other" or (not civil and row.get("form") not in ("none", "reminder", "reprimand")):
            perhaps.append(row)
        elif row.get("group") == "pupils" and row.get("form") != "none":
            perhaps.append(row)
    return sure, perhaps


@measure("discipline", unit="person", filters=("group", "cause"))
def discipline_count(look: Look, wanted: Filter) -> Measurement:
    """People disciplined “từ hình thức cảnh cáo trở lên” (Circular 124 Art. 7(4), 7(5), 7(6)). Unit: people.

    Staff by the form of discipline. For pupils that form no longer exists since 31/10/2025, contract staff and hired guards
    have forms of their own: no case is no case, any case is open for the meeting to judge.
    """
    sure, perhaps = _disciplined(look, wanted)
    reasons = [reason("reading_differs", row.id, what=row.shown.get("form", "")) for row in perhaps]
    people = sum(row.get("count") for row in sure)
    cells = cells_of([*sure, *perhaps], ("group", "cause", "form", "decided_on", "count"))
    return counted(look, ("discipline",), people, cells, maybe=sum(row.get("count") for row in perhaps), reasons=reasons)


@measure("discipline", unit="person")
def crime_count(look: Look, wanted: Filter) -> Measurement:
    """People of the school with a judgment in force, whatever the discipline (Circular 124 Art. 7(4)). Unit: people."""
    rows = [row for row in look.rows("discipline", "decided_on") if row.get("cause") == "crime" and row.get("count")]
    people = sum(row.get("count") for row in rows)
    return counted(look, ("discipline",), people, cells_of(rows, ("group", "cause", "decided_on", "count")))


@measure("ratings", "discipline", unit="rate", filters=("unit_kind", "without_discipline"))
def rated_rate(look: Look, wanted: Filter) -> Measurement:
    """Units rated “Hoàn thành tốt nhiệm vụ”, “Tập thể lao động tiên tiến” or better, among those eligible.

    Base: the profile's units of the kind, less those that the sheet calls not eligible (Circular 124 Art. 7(5), 7(6)); none
    eligible: not applicable; no units in the profile: unknown. A unit without a rating may have any. `without_discipline`:
    a unit with a member disciplined from warning up does not count as rated.
    """
    units = units_of(look.evidence, wanted["unit_kind"])
    if not units:
        return unknown_rate(look, ("ratings",), [base_unknown("units")])
    marked = _units_with_discipline(look) if "without_discipline" in wanted else ({}, False)
    rows = {fold(row.get("unit")): row for row in look.evidence.rows("ratings")}
    good = open_units = left_out = 0
    cells: list[CellRef] = []
    reasons = []
    for unit in units:
        row = rows.get(fold(unit.get("name")))
        cells += row.cells(("unit", "eligible", "rating")) if row else unit.cells(("name",))
        state = _rating_state(row, marked, fold(unit.get("name")))
        good += state == "good"
        left_out += state == "left_out"
        if state == "open":
            open_units += 1
            reasons.append(reason("unrated", str(unit.get("name"))))
    base = len(units) - left_out
    tables = ("ratings", "discipline") if "without_discipline" in wanted else ("ratings",)
    if base == 0:
        return unknown_rate(look, tables, ()).model_copy(update={"applies": False, "cells": tuple(cells)})
    low, high = Decimal(good) / base, Decimal(good + open_units) / base
    if not all_closed(look, tables) or all_refused(look, tables):
        low, high = (low, ONE) if not all_refused(look, tables) and "without_discipline" not in wanted else (ZERO, ONE)
    return interval_rate(look, tables, low, high, cells, count=Decimal(good), base=Decimal(base), reasons=reasons)


def _rating_state(row: EvidenceRow | None, marked: tuple[dict[str, bool], bool], unit: str) -> str:
    if row is not None and row.get("eligible") == "no":
        return "left_out"
    if row is None or row.get("rating") is None:
        return "open"
    if row.get("rating") not in GOOD_RATINGS:
        return "bad"
    sure = marked[0].get(unit)
    if sure:
        return "bad"
    return "open" if sure is False or marked[1] else "good"


def _units_with_discipline(look: Look) -> tuple[dict[str, bool], bool]:
    """Unit → surely (True) or perhaps (False) has a disciplined member; and whether a case names no known unit."""
    sure, perhaps = _disciplined(look, {"group": (*_CIVIL_SERVANTS, "contract_staff", "guards")})
    known = {fold(unit.get("name")) for unit in look.evidence.rows("units")}
    found: dict[str, bool] = {}
    homeless = False
    for rows, certain in ((perhaps, False), (sure, True)):
        for row in rows:
            name = fold(row.get("unit") or "")
            homeless = homeless or name not in known
            found[name] = certain
    return found, homeless


@measure("commendations", unit="commendation", filters=("recipient", "level"))
def commendation_count(look: Look, wanted: Filter) -> Measurement:
    """Commendations awarded in the window. Unit: commendations."""
    rows = [
        row for row in look.rows("commendations", "awarded_on")
        if all(row.get(name) in values for name, values in wanted.items())
    ]
    people = sum(row.get("count") or 0 for row in rows)
    maybe_unbounded = bool(look.refused("commendations"))
    found = counted(look, ("commendations",), people, cells_of(rows, ("awarded_on", "count")), count_refused=False)
    # A refused row may stand for any number of commendations.
    return found.model_copy(update={"high": None, "reasons": look.why_open("commendations")}) if maybe_unbounded else found
