"""People reached by activities, compared with the profile's headcounts. All read the sheet “Hoạt động”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from antq_review.forms.choices import AUDIENCES, PUPILS, STAFF
from antq_review.ingest.model import EvidenceRow
from antq_review.ingest.participation import Reach
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.activities import ACTIVITY_FILTERS, activities_of
from antq_review.scoring.measures.base import (
    all_closed,
    all_refused,
    base_unknown,
    interval_rate,
    measure,
    reason,
    unknown_rate,
)
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import say

_TABLE = ("activities",)
#: Pupils of each level that a school holds.
_LEVEL_PUPILS = {
    "primary": ("primary_pupils",),
    "lower_secondary": ("lower_secondary_pupils",),
    "upper_secondary": ("upper_secondary_pupils",),
    "primary_lower": ("primary_pupils", "lower_secondary_pupils"),
    "lower_upper": ("lower_secondary_pupils", "upper_secondary_pupils"),
    "primary_lower_upper": PUPILS,
}


@dataclass(frozen=True)
class _Audience:
    """How far one audience was reached: an exact interval of its rate, people of its best campaign, its cells, its reasons.

    `weight` of the `present` people's campaign is the number of people it was for; the headcount where there was none.
    """

    low: Fraction
    high: Fraction
    present: int
    weight: int
    cells: tuple[CellRef, ...]
    reasons: tuple[Reason, ...]


def audiences_of(look: EvidenceWindow, wanted: tuple[str, ...]) -> list[str]:
    """The audiences meant. `everyone`: managers, teachers, the pupils of the school's levels, and whoever else is counted."""
    if "everyone" not in wanted:
        return list(wanted)
    profile = look.evidence.profile
    pupils = _LEVEL_PUPILS.get(str(profile.levels), ()) if profile else ()
    needed = ("managers", "teachers", *pupils)
    counted_too = {row.get("audience") for row in look.evidence.rows("headcounts")}
    return [name for name in (*STAFF, *PUPILS) if name in needed or name in counted_too]


def _whole(look: EvidenceWindow) -> bool:
    """Is no row missing?"""
    return all_closed(look, _TABLE) and not all_refused(look, _TABLE)


def _base(look: EvidenceWindow, reach: Reach, whole: bool) -> int:
    """People who should be present.

    Where rows may be missing, an earlier one may yet come and bring the headcount of its own day with it; so the largest of
    the headcounts up to the campaign's first day is taken, and no row to come can lower the rate.
    """
    base = reach.base or 1
    if whole:
        return base
    first = min(row.get("held_on") for row in reach.rows)
    days = {row.get("counted_on") for row in look.evidence.rows("headcounts") if row.get("audience") == reach.audience}
    counts = [look.index.headcount(reach.audience, day) for day in days if day <= first]
    return max([base, *(found.count for found in counts if found is not None)])


def _reached(look: EvidenceWindow, rows: Sequence[EvidenceRow], audience: str) -> _Audience:
    """`[max_c, min(1, Σ_c)]` over campaigns c of people present by people who should be (outcomes, part 3)."""
    base = look.index.headcount(audience, look.window.end)
    whole = _whole(look)
    every = look.index.reaches(rows, audience, whole)
    known = [reach for reach in every if reach.base and not reach.overfull]
    # Most campaigns share a base: one fraction for each base, not for each campaign.
    most: dict[int, int] = {}
    added: dict[int, int] = {}
    for reach in known:
        people = _base(look, reach, whole)
        most[people] = max(most.get(people, 0), reach.present)
        added[people] = added.get(people, 0) + reach.present
    # Of two campaigns with one rate, the larger: the order of rows decides nothing.
    best = max(((Fraction(present, people), present, people) for people, present in most.items()), default=None)
    low, present, weight = best or (Fraction(0), 0, base.count if base else 0)
    reasons = _reasons(audience, every, base is None)
    if any(row.get("present") is None for row in rows):
        reasons.append(reason("number_blank", AUDIENCES.label(audience)))
    high = Fraction(1)
    if whole and not reasons:
        high = min(high, sum((Fraction(present, people) for people, present in added.items()), Fraction(0)))
        if low < high:
            reasons = [reason("overlap_unknown", AUDIENCES.label(audience))]
    cells = look.cells([row for reach in known for row in reach.rows], ("present",))
    cells += dict.fromkeys(cell for reach in known for cell in reach.base_cells)
    if not known and base is not None:
        cells += base.cells
    return _Audience(low, high, present, weight, tuple(cells), tuple(reasons) if low < high else ())


def _reasons(audience: str, every: Sequence[Reach], uncounted: bool) -> list[Reason]:
    """Why the rate of an audience is open whatever the form says: people nobody counted, more people than there are."""
    label = AUDIENCES.label(audience)
    found = []
    if uncounted or any(reach.base is None for reach in every):
        found.append(reason("base_unknown", audience, what=say("scoring.headcount_of", audience=label)))
    names = sorted({reach.campaign for reach in every if reach.overfull})
    return found + [reason("overfull", label, campaign=name) for name in names]


def _audiences(look: EvidenceWindow, wanted: Filter) -> list[_Audience]:
    rest = {name: values for name, values in wanted.items() if name != "audience"}
    rows: dict[str, list[EvidenceRow]] = {}
    for row in activities_of(look, rest):
        rows.setdefault(row.get("audience"), []).append(row)
    names = audiences_of(look, wanted.get("audience", ("everyone",)))
    found = [_reached_once(look, rows.get(name, []), name) for name in names]
    return [one for one in found if one.weight or one.reasons]


def _reached_once(look: EvidenceWindow, rows: Sequence[EvidenceRow], audience: str) -> _Audience:
    """Several criteria and goals ask for the same people in the same window."""
    key = ("reached", audience, look.window, tuple(id(row) for row in rows))
    return look.index.once(key, lambda: _reached(look, rows, audience))


def _levels_unknown(look: EvidenceWindow, wanted: Filter) -> bool:
    """Nobody can say who everyone is in a school without levels."""
    profile = look.evidence.profile
    return "everyone" in wanted.get("audience", ("everyone",)) and (profile is None or profile.levels is None)


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def participation_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People reached of the audiences together, of the people they should reach (38 of 39). Unit: rate.

    Counts people, not attendances; the rows of one campaign reach disjoint groups. Low: the best campaign of each audience,
    summed; on a form where rows may be missing, the rate of the audience reached least, so that no row to come can lower it.
    Base: the campaigns' expected people or the headcounts; missing: unknown.
    """
    if _levels_unknown(look, wanted):
        return unknown_rate(look, _TABLE, [base_unknown("levels")])
    found = _audiences(look, wanted)
    reasons = [why for one in found for why in one.reasons]
    base = sum(one.weight for one in found)
    if not base or any(one.weight == 0 for one in found):
        return unknown_rate(look, _TABLE, reasons or [base_unknown("headcounts")])
    present = sum(one.present for one in found)
    low = Fraction(present, base) if _whole(look) else min(one.low for one in found)
    high = max(low, sum((one.high * one.weight for one in found), Fraction(0)) / base)
    cells = [cell for one in found for cell in one.cells]
    return interval_rate(
        look, _TABLE, _decimal(low), _decimal(high), cells, count=Decimal(present), base=Decimal(base), reasons=reasons
    )


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def least_participation_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """The rate of the audience reached least. Unit: rate.

    “100 %” of everyone holds only when it holds for each (Circular 124 Art. 7(1)). Base as for `participation_rate`.
    """
    if _levels_unknown(look, wanted):
        return unknown_rate(look, _TABLE, [base_unknown("levels")])
    found = _audiences(look, wanted)
    if not found:
        return unknown_rate(look, _TABLE, [base_unknown("headcounts")])
    cells = [cell for one in found for cell in one.cells]
    reasons = [why for one in found for why in one.reasons]
    low, high = min(one.low for one in found), min(one.high for one in found)
    return interval_rate(look, _TABLE, _decimal(low), _decimal(high), cells, reasons=reasons)


def _decimal(rate: Fraction) -> Decimal:
    """Divided once: rates that are equal as fractions are equal as decimals."""
    return Decimal(rate.numerator) / rate.denominator
