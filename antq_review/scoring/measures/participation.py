"""Measures of the people whom activities reached, compared with the headcounts. All read the sheet “Hoạt động”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from antq_review.forms.choices import LEVEL_PUPILS, PUPILS, STAFF, TAUGHT, Audience, LevelsTaught
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.school import Headcount
from antq_review.ingest.model import EvidenceRow
from antq_review.ingest.participation import Reach, first_day
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.activities import ACTIVITY_FILTERS, activities_of, doubtful_of
from antq_review.scoring.measures.base import (
    all_closed,
    all_refused,
    base_unknown,
    in_quarter,
    interval_rate,
    measure,
    unknown_rate,
)
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import CellRef
from antq_review.text import tell

_TABLE = ("activities",)
#: The groups of pupils in a school, by the levels that it teaches. Not every centre of continuing education has classes of the
#: lower secondary programme: they are asked about where their pupils are counted.
_LEVEL_PUPILS = {
    **{taught: tuple(LEVEL_PUPILS[level] for level in levels) for taught, levels in TAUGHT.items()},
    LevelsTaught.CONTINUING: (Audience.UPPER_SECONDARY_PUPILS,),
}


@dataclass(frozen=True)
class _Audience:
    """The reach of one audience: the exact interval of its rate (`low`, `high`), its cells, the reasons if it is open.

    `present`: people in the campaign with the best rate. `weight`: people who should have come to it; without a campaign: the
    headcount.
    """

    low: Fraction
    high: Fraction
    present: int
    weight: int
    cells: tuple[CellRef, ...]
    reasons: tuple[Reason, ...]


def audiences_of(look: EvidenceWindow, wanted: tuple[str, ...]) -> list[str]:
    """The wanted audiences.

    `everyone`: managers, teachers, the pupils of the school's levels, and other staff or pupils with a headcount.
    """
    if "everyone" not in wanted:
        return list(wanted)
    profile = look.evidence.profile
    pupils = _LEVEL_PUPILS[profile.levels] if profile and profile.levels else ()
    needed = (Audience.MANAGERS, Audience.TEACHERS, *pupils)
    counted_too = {row.values.audience for row in look.evidence.of(Headcount)}
    return [name for name in (*STAFF, *PUPILS) if name in needed or name in counted_too]


def _whole(look: EvidenceWindow) -> bool:
    """Is the form closed, without a refused row?"""
    return all_closed(look, _TABLE) and not all_refused(look, _TABLE)


def _base(look: EvidenceWindow, reach: Reach, whole: bool) -> int:
    """The number of people who should be present.

    If rows may be missing (`whole` False), an earlier row of the campaign may still come, and the headcount of its day
    is then the base. So the base is the largest headcount up to the campaign's first day, and no later row can lower
    the rate.
    """
    base = reach.base or 1
    if whole:
        return base
    counts = look.index.headcounts(reach.audience, first_day(reach.rows))
    return max([base, *(found.count for found in counts if found is not None)])


def _reached(
    look: EvidenceWindow, rows: Sequence[EvidenceRow[Activity]], audience: str, whole: bool, blank: Sequence[Reason]
) -> _Audience:
    """`[max_c, min(1, Σ_c)]` over the campaigns c, of people present / people expected (outcomes, part 3).

    `whole`: no row is missing. `blank`: the reasons of rows that may concern the audience, because a cell is blank.
    """
    base = look.index.headcount(audience, look.window.end)
    every = look.index.reaches(rows, audience, whole)
    known = [reach for reach in every if reach.base and not reach.overfull]
    # Most campaigns have the same base, so there is one fraction for each base, not for each campaign: it is faster.
    most: dict[int, int] = {}
    added: dict[int, int] = {}
    for reach in known:
        people = _base(look, reach, whole)
        most[people] = max(most.get(people, 0), reach.present)
        added[people] = added.get(people, 0) + reach.present
    # Of two campaigns with the same rate, the larger one is the best, so that the order of rows has no effect.
    best = max(((Fraction(present, people), present, people) for people, present in most.items()), default=None)
    low, present, weight = best or (Fraction(0), 0, base.count if base else 0)
    label = Audience.label_of(audience, look.evidence.pupils)
    reasons = _reasons(audience, label, every, base is None)
    if sum(len(reach.rows) for reach in every) < len(rows):  # no campaign has the rows without a number
        reasons.append(reason("number_blank", label))
    reasons += blank
    high = Fraction(1)
    if whole and not reasons:
        high = min(high, sum((Fraction(present, people) for people, present in added.items()), Fraction(0)))
        if low < high:
            reasons = [reason("overlap_unknown", label)]
    cells = look.cells([row for reach in known for row in reach.rows], ("present", "pledged"))
    cells += dict.fromkeys(cell for reach in known for cell in reach.base_cells)
    if not known and base is not None:
        cells += base.cells
    return _Audience(low, high, present, weight, tuple(cells), tuple(reasons) if low < high else ())


def _reasons(audience: str, label: str, every: Sequence[Reach], uncounted: bool) -> list[Reason]:
    """The reasons that open an audience's rate even on a closed form: no headcount, more people than the base, a unit whose
    members nobody counted.
    """
    found = []
    if uncounted or any(reach.base is None for reach in every):
        found.append(reason("base_unknown", audience, what=tell("scoring.headcount_of", audience=label)))
    names = sorted({reach.campaign for reach in every if reach.overfull})
    found += [reason("overfull", label, campaign=name) for name in names]
    return found + [reason("unit_size_unknown", label, unit=unit) for unit in sorted({one for reach in every for one in reach.unsized})]


def _audiences(look: EvidenceWindow, wanted: Filter) -> list[_Audience]:
    rest = {name: values for name, values in wanted.items() if name != "audience"}
    key = ("by audience", look.window, tuple(rest.items()))
    rows = look.index.once(key, lambda: _by_audience(activities_of(look, rest)), "activities", "units")
    names = audiences_of(look, wanted.get("audience", ("everyone",)))
    found = [_reached_once(look, rows.get(name, []), name, _blank_for(look, rest, name)) for name in names]
    return [one for one in found if one.weight or one.reasons]


def _by_audience(rows: Iterable[EvidenceRow[Activity]]) -> dict[str | None, list[EvidenceRow[Activity]]]:
    found: dict[str | None, list[EvidenceRow[Activity]]] = {}
    for row in rows:
        found.setdefault(row.values.audience, []).append(row)
    return found


def _blank_for(look: EvidenceWindow, rest: Filter, audience: str) -> tuple[Reason, ...]:
    """The reasons of rows that may concern the audience, because their topic, audience … is blank."""
    return tuple(doubtful_of(look, {**rest, "audience": (audience,)})[1])


def _reached_once(
    look: EvidenceWindow, rows: Sequence[EvidenceRow[Activity]], audience: str, blank: tuple[Reason, ...]
) -> _Audience:
    """`_reached`, cached: several criteria and goals need the same people in the same window, and most steps leave them."""
    whole = _whole(look)
    key = ("reached", audience, look.window, whole, blank, tuple(rows))
    return look.index.once(key, lambda: _reached(look, rows, audience, whole, blank), "headcounts", "units")


def _levels_unknown(look: EvidenceWindow, wanted: Filter) -> bool:
    """Is everyone wanted, in a school whose levels are not known? Then its groups of pupils are not known either."""
    profile = look.evidence.profile
    return "everyone" in wanted.get("audience", ("everyone",)) and (profile is None or profile.levels is None)


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def participation_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """People reached in all the audiences together, of the people who should be reached (38 of 39). Unit: rate.

    Counts people, not attendances. The rows of one campaign reach different people. Low end: the sum over the audiences
    of the people in the best campaign; if rows may be missing, the lowest rate of one audience, so that no later row
    can lower it. Base: the campaigns' expected people or the headcounts; missing: unknown.
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


@measure("activities", unit="rate", filters=(*ACTIVITY_FILTERS, "quarter"))
def least_participation_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """The lowest rate among the audiences. Unit: rate.

    “100 %” of everyone means 100 % of each audience (Circular 124 Art. 7(1)). Base as in `participation_rate`.
    `quarter`: reached in that quarter.
    """
    look, wanted = in_quarter(look, wanted)
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
    """The rate as a decimal, from one division: so equal fractions give equal decimals."""
    return Decimal(rate.numerator) / rate.denominator
