"""Activities and the people they reach. All read the sheet “Hoạt động”; people are compared with the profile's headcounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.forms.choices import AUDIENCES, PUPILS, STAFF
from antq_review.ingest.model import EvidenceRow
from antq_review.ingest.people import headcount, reaches
from antq_review.period import months
from antq_review.scoring.look import Filter, Look, deciding_fields, matches, organised_by, units_of
from antq_review.scoring.measures.base import (
    all_closed, all_refused, base_unknown, cells_of, counted, covered, interval_rate, measure, reason, unknown_rate,
)
from antq_review.scoring.outcome import ONE, ZERO, Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import fold, say

_TABLE = ("activities",)
_FILTERS = ("topic", "form", "channel", "level", "audience", "organiser", "name", "led_by_pupils")
#: Pupils of each level that a school holds.
_LEVEL_PUPILS = {
    "primary": ("primary_pupils",),
    "lower_secondary": ("lower_secondary_pupils",),
    "upper_secondary": ("upper_secondary_pupils",),
    "primary_lower": ("primary_pupils", "lower_secondary_pupils"),
    "lower_upper": ("lower_secondary_pupils", "upper_secondary_pupils"),
    "primary_lower_upper": PUPILS,
}


def _found(look: Look, wanted: Filter) -> list[EvidenceRow]:
    return [row for row in look.rows("activities", "held_on") if matches(look, row, wanted)]


def _distinct(rows: Iterable[EvidenceRow]) -> int:
    """One activity may stand in several rows, one for each audience and grade."""
    return len({(row.get("held_on"), fold(row.get("name")), fold(row.get("campaign") or "")) for row in rows})


def _cells(rows: Sequence[EvidenceRow], wanted: Filter) -> list[CellRef]:
    return cells_of(rows, ("held_on", *deciding_fields(wanted)))


@measure("activities", unit="activity", filters=_FILTERS)
def activity_count(look: Look, wanted: Filter) -> Measurement:
    """Activities in the window; rows of one day, name and campaign are one activity. Unit: activities."""
    rows = _found(look, wanted)
    return counted(look, _TABLE, _distinct(rows), _cells(rows, wanted))


@measure("activities", unit="form", filters=_FILTERS)
def form_count(look: Look, wanted: Filter) -> Measurement:
    """Different forms of outreach used (Decision 510 item 2, “nhiều hình thức”). Unit: forms."""
    rows = _found(look, wanted)
    first = {row.get("form"): row for row in reversed(rows)}
    return counted(look, _TABLE, len(first), cells_of(first.values(), ("form", "held_on")))


@measure("activities", unit="activity", filters=())
def festival_count(look: Look, wanted: Filter) -> Measurement:
    """Activities of the Festival of 19 August, or of a Steering Committee's theme with its launching paper (510 item 3)."""
    rows = [
        row for row in _found(look, {"topic": ("festival", "committee_theme")})
        if matches(look, row, {"topic": ("festival",)}) or row.get("launched_by")
    ]
    return counted(look, _TABLE, _distinct(rows), cells_of(rows, ("held_on", "topic_1", "launched_by")))


def _coverage(look: Look, wanted: Filter, name: str) -> Measurement:
    """Distinct values of one filter's list that some activity has. Base: the list."""
    values = wanted.get(name, ())
    rest = {key: kept for key, kept in wanted.items() if key != name}
    rows = _found(look, rest)
    having = {value: [row for row in rows if matches(look, row, {name: (value,)})] for value in values}
    firsts = [found[0] for found in having.values() if found]
    maybe = look.refused("activities") * 2 if name == "topic" else 0  # one row may carry three topics
    return covered(look, _TABLE, len(firsts), len(values), _cells(firsts, wanted), maybe=maybe)


@measure("activities", unit="rate", filters=_FILTERS)
def form_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed forms that were used."""
    return _coverage(look, wanted, "form")


@measure("activities", unit="rate", filters=_FILTERS)
def channel_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed channels that were used."""
    return _coverage(look, wanted, "channel")


@measure("activities", unit="rate", filters=_FILTERS)
def topic_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed topics that were treated."""
    return _coverage(look, wanted, "topic")


@measure("activities", unit="rate", filters=_FILTERS)
def name_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed names that stand in the name of some activity."""
    return _coverage(look, wanted, "name")


@measure("activities", unit="rate", filters=_FILTERS)
def month_coverage(look: Look, wanted: Filter) -> Measurement:
    """Teaching months of the window with an activity. Base: teaching months of the profile; none given: unknown."""
    profile = look.evidence.profile
    named = [part.strip() for part in str(profile.teaching_months or "").split(";")] if profile else []
    teaching = {int(part) for part in named if part.isdecimal() and 1 <= int(part) <= 12}
    if not teaching:
        return unknown_rate(look, _TABLE, [base_unknown("teaching_months")])
    base = [month for month in months(look.window) if month[1] in teaching]
    first: dict[tuple[int, int], EvidenceRow] = {}
    for row in _found(look, wanted):
        first.setdefault((row.get("held_on").year, row.get("held_on").month), row)
    hit = [first[month] for month in base if month in first]
    return covered(look, _TABLE, len(hit), len(base), cells_of(hit, ("held_on",)))


@measure("activities", unit="rate", filters=_FILTERS)
def unit_coverage(look: Look, wanted: Filter) -> Measurement:
    """Units of the given kind that organised an activity (plan III.2.1-1). Base: those units of the profile."""
    units, rows = _units_and_rows(look, wanted)
    hit = [found[0] for unit in units if (found := _by(look, rows, unit))]
    return covered(look, _TABLE, len(hit), len(units), cells_of(hit, ("held_on", "organiser")))


@measure("activities", unit="activity", filters=_FILTERS)
def least_count_per_unit(look: Look, wanted: Filter) -> Measurement:
    """The smallest number of activities that one unit of the given kind organised. Unit: activities."""
    units, rows = _units_and_rows(look, wanted)
    if not units:
        return counted(look, _TABLE, 0, (), reasons=[base_unknown("units")], maybe=1)
    by_unit = [_by(look, rows, unit) for unit in units]
    cells = [cell for found in by_unit for cell in cells_of(found, ("held_on", "organiser"))]
    return counted(look, _TABLE, min(_distinct(found) for found in by_unit), cells)


def _units_and_rows(look: Look, wanted: Filter) -> tuple[list[EvidenceRow], list[EvidenceRow]]:
    rest = {name: values for name, values in wanted.items() if name != "organiser"}
    return units_of(look.evidence, wanted.get("organiser", ("subject_group",))), _found(look, rest)


def _by(look: Look, rows: Iterable[EvidenceRow], unit: EvidenceRow) -> list[EvidenceRow]:
    return [row for row in rows if organised_by(look.evidence, row, (str(unit.get("name")),))]


# --- participation -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Audience:
    """How far one audience was reached: an interval of its rate, people of its best campaign, its cells, its reasons.

    `weight` of the `present` people's campaign is the number of people it was for; the headcount where there was none.
    """

    low: Decimal
    high: Decimal
    present: int
    weight: int
    cells: tuple[CellRef, ...]
    reasons: tuple[Reason, ...]


def audiences_of(look: Look, wanted: tuple[str, ...]) -> list[str]:
    """The audiences meant. `everyone`: managers, teachers, the pupils of the school's levels, and whoever else is counted."""
    if "everyone" not in wanted:
        return list(wanted)
    profile = look.evidence.profile
    pupils = _LEVEL_PUPILS.get(str(profile.levels), ()) if profile else ()
    needed = ("managers", "teachers", *pupils)
    counted_too = {row.get("audience") for row in look.evidence.rows("headcounts")}
    return [name for name in (*STAFF, *PUPILS) if name in needed or name in counted_too]


def _reached(look: Look, rows: Sequence[EvidenceRow], audience: str) -> _Audience:
    """`[max_c, min(1, Σ_c)]` over campaigns c of people present by people who should be (outcomes, part 3)."""
    base = headcount(look.evidence, audience, look.window.end)
    whole = all_closed(look, _TABLE) and not all_refused(look, _TABLE)
    every = reaches(look.evidence, rows, audience, whole)
    campaigns = [reach for reach in every if not reach.overfull]
    known = [reach for reach in campaigns if reach.base]
    rates = [Decimal(reach.present) / Decimal(reach.base or 1) for reach in known]
    best = max(known, key=lambda reach: Decimal(reach.present) / Decimal(reach.base or 1), default=None)
    present, weight = (best.present, best.base or 0) if best else (0, base.count if base else 0)
    low, high = max(rates, default=ZERO), min(ONE, sum(rates, ZERO))
    reasons: list[Reason] = []
    if base is None or len(known) < len(campaigns):
        high = ONE
        reasons = [reason("base_unknown", audience, what=say("scoring.headcount_of", audience=AUDIENCES.label(audience)))]
    if not whole or len(campaigns) < len(every):
        high = ONE
    cells = [cell for reach in known for row in reach.rows for cell in row.cells(("present",))]
    cells += [cell for reach in known for cell in reach.base_cells]
    if not known and base is not None:
        cells += base.cells
    return _Audience(low, high, present, weight, tuple(cells), tuple(reasons) if low < high else ())


def _audiences(look: Look, wanted: Filter) -> list[_Audience]:
    rest = {name: values for name, values in wanted.items() if name != "audience"}
    rows = _found(look, rest)
    names = audiences_of(look, wanted.get("audience", ("everyone",)))
    found = [_reached(look, rows, name) for name in names]
    known_empty = [one for one in found if one.weight == 0 and not one.reasons]
    return [one for one in found if one not in known_empty]


@measure("activities", unit="rate", filters=_FILTERS)
def participation_rate(look: Look, wanted: Filter) -> Measurement:
    """People reached of the audiences together, of the people they should reach (38 of 39).

    Counts people, not attendances; the rows of one campaign reach disjoint groups. Low: the best campaign of each audience,
    summed; on a form where rows may be missing, the rate of the audience reached least, so that no row to come can lower it.
    Base: the campaigns' expected people or the headcounts; missing: unknown.
    """
    found = _audiences(look, wanted)
    reasons = [why for one in found for why in one.reasons]
    base = sum(one.weight for one in found)
    if not base or any(one.weight == 0 for one in found):
        return unknown_rate(look, _TABLE, reasons or [base_unknown("headcounts")])
    present = sum(one.present for one in found)
    whole = all_closed(look, _TABLE) and not all_refused(look, _TABLE)
    low = Decimal(present) / base if whole else min(one.low for one in found)
    high = sum((one.high * one.weight for one in found), ZERO) / base
    cells = [cell for one in found for cell in one.cells]
    return interval_rate(
        look, _TABLE, low, max(low, high), cells, count=Decimal(present), base=Decimal(base), reasons=reasons
    )


@measure("activities", unit="rate", filters=_FILTERS)
def least_participation_rate(look: Look, wanted: Filter) -> Measurement:
    """The rate of the audience reached least: “100 %” of everyone holds only when it holds for each (Circular 124 Art. 7(1))."""
    found = _audiences(look, wanted)
    if not found:
        return unknown_rate(look, _TABLE, [base_unknown("headcounts")])
    cells = [cell for one in found for cell in one.cells]
    reasons = [why for one in found for why in one.reasons]
    return interval_rate(look, _TABLE, min(one.low for one in found), min(one.high for one in found), cells, reasons=reasons)
