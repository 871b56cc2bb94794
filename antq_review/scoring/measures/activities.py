"""Measures of activities by form, topic, channel, month and unit. All read the sheet “Hoạt động”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antq_review.forms.choices import Topic, UnitKind
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.school import Unit
from antq_review.ingest.model import EvidenceRow
from antq_review.period import months
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields, units_of
from antq_review.scoring.measures.base import base_unknown, counted, covered, measure, no_units, unknown_rate
from antq_review.scoring.measures.blanks import undecided
from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import CellRef

_TABLE = ("activities",)
ACTIVITY_FILTERS = ("topic", "form", "channel", "level", "audience", "organiser", "name", "led_by_pupils")


def activities_of(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow[Activity]]:
    """Rows of activities of the window that meet every filter."""
    return look.matching(look.of(Activity, "held_on"), wanted)


def doubtful_of(look: EvidenceWindow, wanted: Filter) -> tuple[list[EvidenceRow[Activity]], list[Reason]]:
    """Rows of activities of the window that may meet every filter, because a cell is blank; and the reasons."""
    return undecided(look, look.of(Activity, "held_on"), wanted)


def _cells(look: EvidenceWindow, rows: Sequence[EvidenceRow[Activity]], wanted: Filter) -> list[CellRef]:
    return look.cells(rows, ("held_on", *deciding_fields(wanted)))


@measure("activities", unit="activity", filters=ACTIVITY_FILTERS)
def activity_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Activities in the window; rows of one day, name, campaign and organising unit are one activity. Unit: activities."""
    rows = activities_of(look, wanted)
    doubtful, reasons = doubtful_of(look, wanted)
    number = look.index.distinct(rows)
    maybe = look.index.distinct([*rows, *doubtful]) - number if doubtful else 0
    return counted(look, _TABLE, number, _cells(look, rows, wanted), maybe=maybe, reasons=reasons if maybe else ())


@measure("activities", unit="form", filters=ACTIVITY_FILTERS)
def form_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Different forms of outreach used (Decision 510 item 2, “nhiều hình thức”). Unit: forms."""
    rows = activities_of(look, wanted)
    first = {row.values.form: row for row in reversed(rows)}
    doubtful, reasons = doubtful_of(look, wanted)
    more = {row.values.form for row in doubtful} - first.keys()
    return counted(
        look, _TABLE, len(first), look.cells(first.values(), ("form", "held_on")), maybe=len(more),
        reasons=reasons if more else (),
    )


@measure("activities", unit="activity", filters=())
def festival_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Activities of the Festival of 19 August, or of a theme launched by a paper of the Steering Committee.

    Decision 510 item 3. Unit: activities. A theme without a launching paper may also be one of the Committee's, so its
    activities may count. So may an activity without a topic.
    """
    rows = activities_of(look, {"topic": (Topic.FESTIVAL,)})
    seen = set(rows)
    themes = [row for row in activities_of(look, {"topic": (Topic.COMMITTEE_THEME,)}) if row not in seen]
    rows += [row for row in themes if row.values.launched_by]
    doubtful = [row for row in themes if not row.values.launched_by]
    reasons = [reason("no_launching_paper", row.id) for row in doubtful]
    untold, blank = doubtful_of(look, {"topic": (Topic.FESTIVAL,)})
    doubtful, reasons = [*doubtful, *untold], [*reasons, *blank]
    cells = look.cells([*rows, *doubtful], ("held_on", "topic_1", "launched_by"))
    return counted(look, _TABLE, look.index.distinct(rows), cells, maybe=look.index.distinct(doubtful), reasons=reasons)


def _coverage(look: EvidenceWindow, wanted: Filter, name: str) -> Measurement:
    """Share of the values of one filter that at least one activity has. Base: the list of values."""
    values = wanted.get(name, ())
    rest = {key: kept for key, kept in wanted.items() if key != name}
    rows = activities_of(look, rest)
    having = {value: look.matching(rows, {name: (value,)}) for value in values}
    firsts = [found[0] for found in having.values() if found]
    missing = tuple(value for value, found in having.items() if not found)
    doubtful, reasons = doubtful_of(look, {**rest, name: missing}) if missing else ([], [])
    # `covered` counts one value for a refused row. It may have more: up to three topics, or all the listed names.
    more = {"topic": 2, "name": len(values)}.get(name, 0)
    maybe = look.refused("activities") * more + len(doubtful) * (more + 1)
    return covered(
        look, _TABLE, len(firsts), len(values), _cells(look, firsts, wanted), maybe=maybe, reasons=reasons,
    )


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def form_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed forms that were used."""
    return _coverage(look, wanted, "form")


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def channel_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed channels that were used."""
    return _coverage(look, wanted, "channel")


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def topic_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed topics that activities treated."""
    return _coverage(look, wanted, "topic")


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def name_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed names that the name of at least one activity contains."""
    return _coverage(look, wanted, "name")


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def month_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Teaching months of the window with an activity. Base: teaching months of the profile; none written: unknown."""
    profile = look.evidence.profile
    teaching = profile.months_taught() if profile else frozenset()
    if not teaching:
        return unknown_rate(look, _TABLE, [base_unknown("teaching_months")])
    base = [month for month in months(look.window) if month[1] in teaching]
    first: dict[tuple[int, int], EvidenceRow[Activity]] = {}
    for row in activities_of(look, wanted):
        first.setdefault((row.values.held_on.year, row.values.held_on.month), row)
    hit = [first[month] for month in base if month in first]
    doubtful, reasons = doubtful_of(look, wanted)
    more = ({(row.values.held_on.year, row.values.held_on.month) for row in doubtful} & set(base)) - first.keys()
    return covered(
        look, _TABLE, len(hit), len(base), look.cells(hit, ("held_on",)), maybe=len(more), reasons=reasons if more else (),
    )


@measure("activities", unit="rate", filters=ACTIVITY_FILTERS)
def unit_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Units of the given kind that organised an activity (plan III.2.1-1). Base: those units of the profile."""
    units, rows = _units_and_rows(look, wanted)
    hit = [found[0] for unit in units if (found := _by(look, rows, unit))]
    if not units or look.refused("units"):
        return unknown_rate(look, _TABLE, [no_units(look, _unit_kinds(wanted))])
    doubtful, reasons = _unassigned(look, wanted, units)
    return covered(
        look, _TABLE, len(hit), len(units), look.cells(hit, ("held_on", "organiser")), maybe=len(doubtful), reasons=reasons,
    )


@measure("activities", unit="activity", filters=ACTIVITY_FILTERS)
def least_count_per_unit(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """The smallest number of activities that one unit of the given kind organised. Unit: activities."""
    units, rows = _units_and_rows(look, wanted)
    if not units or look.refused("units"):
        return counted(look, _TABLE, 0, (), reasons=[no_units(look, _unit_kinds(wanted))], maybe=look.refused("activities") + len(rows) + 1)
    by_unit = [_by(look, rows, unit) for unit in units]
    cells = [cell for found in by_unit for cell in look.cells(found, ("held_on", "organiser"))]
    doubtful, reasons = _unassigned(look, wanted, units)
    least = min(look.index.distinct(found) for found in by_unit)
    return counted(look, _TABLE, least, cells, maybe=look.index.distinct(doubtful), reasons=reasons)


def _unassigned(
    look: EvidenceWindow, wanted: Filter, units: Iterable[EvidenceRow[Unit]]
) -> tuple[list[EvidenceRow[Activity]], list[Reason]]:
    """Rows of activities that one of the units may have organised, because a cell is blank; and the reasons."""
    return doubtful_of(look, {**wanted, "organiser": tuple(unit.values.name for unit in units)})


def _units_and_rows(
    look: EvidenceWindow, wanted: Filter
) -> tuple[list[EvidenceRow[Unit]], list[EvidenceRow[Activity]]]:
    """Units of the wanted kinds, and the activities that meet all other filters. Without a kind: subject groups."""
    rest = {name: values for name, values in wanted.items() if name != "organiser"}
    return units_of(look.evidence, _unit_kinds(wanted)), activities_of(look, rest)


def _unit_kinds(wanted: Filter) -> tuple[str, ...]:
    return wanted.get("organiser", (UnitKind.SUBJECT_GROUP,))


def _by(
    look: EvidenceWindow, rows: Iterable[EvidenceRow[Activity]], unit: EvidenceRow[Unit]
) -> list[EvidenceRow[Activity]]:
    return look.matching(rows, {"organiser": (unit.values.name,)})
