"""The tables of a roll-up as plain frames: T1–T6, T11, T14 here, the others beside.

Excel, page and notebook are drawn from the same frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from antq_review.forms.catalogue import Names, filled
from antq_review.forms.plan_rows import plan_rows
from antq_review.package.model import Summary, TextSummary
from antq_review.province import roll_up as sums
from antq_review.province.choose import Standing
from antq_review.province.counted_frames import incident_table, number_table
from antq_review.province.frame import Cell, Frame, Row
from antq_review.province.levels import in_scope, level_order
from antq_review.province.look_again import reasons_frame, sample_frame
from antq_review.province.points import groups_of_points
from antq_review.province.roll_up import Receipt, RollUp, commune_of, level_of
from antq_review.province.since import since_cut_off, since_last_year
from antq_review.province.stored import Compared
from antq_review.province.totals import share
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.text import number, say, vietnamese_key, words
from antq_review.text.personal import masked


def frames(found: RollUp, compared: Compared = Compared()) -> list[Frame]:  # noqa: B008 (immutable)
    """Every table of a roll-up, T1–T14 in order. `compared`: stored roll-ups for what changed."""
    return [
        progress(found), schools(found), results(found), criteria(found), plan(found), points(found), incident_table(found),
        number_table(found, last_year=compared.last_year), since_last_year(found, compared.last_year),
        since_cut_off(found, compared.cut_off), unreadable(found), reasons_frame(found), sample_frame(found), unmatched(found),
    ]


def public_frames(found: RollUp, compared: Compared = Compared()) -> list[Frame]:  # noqa: B008 (immutable)
    """The tables of the public copy: no school by name, no small number of incidents, no result of one or two schools.

    What an earlier public copy hid is hidden here too: two copies are two equations.
    """
    tables = [progress(found, public=True), results(found, public=True), criteria(found, public=True), plan(found)]
    return [
        *tables, points(found, public=True), incident_table(found, public=True, compared=compared),
        number_table(found, True, compared.last_year),
    ]


def _grouped(
    found: RollUp, row: Callable[[Sequence[Standing]], Row], public: bool, among: Callable[[Standing], bool] = lambda _: True
) -> tuple[tuple[Row, ...], frozenset[int]]:
    """One row a commune, one a level, and the total; and the place of the total. `public`: no group of one or two schools (`among`)."""
    rows: list[Row] = []
    orders: tuple[Callable[[str], Any], ...] = (vietnamese_key, level_order)
    for (kind, key), order in zip((("commune", commune_of), ("level", level_of)), orders, strict=True):
        grouping = found.joined(key, say(f"province.by.other_{kind}"), among) if public else key
        for name, own in sorted(found.groups(grouping), key=lambda group: order(group[0])):
            rows.append((say(f"province.by.{kind}"), name or say("province.by.unnamed"), *row(own)))
    rows.append((say("province.by.all"), "", *row(found.standings)))
    return tuple(rows), frozenset({len(rows) - 1})


def progress(found: RollUp, public: bool = False) -> Frame:
    """T1: how far the receipt is."""

    def row(own: Sequence[Standing]) -> Row:
        p = Receipt.of(own)
        figures = (p.expected, p.received, p.on_time, p.late, p.not_sent, p.returned, p.drafts, p.undecided, p.counted)
        return (*figures, share(p.received, p.expected))

    rows, total = _grouped(found, row, public)
    return Frame("T1", rows, total)


def schools(found: RollUp) -> Frame:
    """T2: every school of the list."""
    return Frame("T2", tuple((place, *_school(one)) for place, one in enumerate(found.standings, start=1)))


def _school(one: Standing) -> Iterator[Cell]:
    arrival = one.arrival
    yield from (one.code, one.school.name, level_of(one), commune_of(one), say(f"province.state.{one.state}"))
    yield from (arrival.package.name.number if arrival else None, arrival.received_on if arrival else None, one.due_on)
    yield say("province.late", days=one.late_days) if one.late_days else say("province.on_time") if one.late_days == 0 else None
    summary = arrival.package.summary if arrival else None
    yield summary.as_of if summary else None
    yield say(f"province.version.{summary.version.kind}", number=summary.version.number) if summary else None
    yield arrival.shown if arrival else None
    yield arrival.package.check if arrival else None
    counted = one.counted.summary if one.counted else None
    yield circular_of(counted) if counted else None
    yield points_of(counted) if counted else None
    yield _plan(counted) if counted else None
    yield say("province.waiting", packages=", ".join(waiting.shown for waiting in one.waiting)) if one.waiting else None


def circular_of(summary: Summary) -> str:
    """The school's own assessment under Circular 124 in words."""
    text = sums.text_of(summary, sums.CIRCULAR)
    return say(f"province.result.{(text.official or TextResult.INSUFFICIENT) if text else TextResult.OUT_OF_SCOPE}")


def points_of(summary: Summary) -> str:
    """The points of the first text that has points; empty where none has."""
    for text in summary.texts:
        if text.total is not None and text.range is not None:
            return say(f"province.points.{'illustrative' if text.illustrative else 'plain'}", points=points_in(text))
    return ""


def points_in(text: TextSummary) -> str:
    """`91/100`, or `80–86/100` where they are open. Empty where the text has no points."""
    if text.total is None or text.range is None:
        return ""
    high = text.range.high if text.range.high is not None else text.range.low
    span = number(text.range.low) if high == text.range.low else f"{number(text.range.low)}–{number(high)}"
    return f"{span}/{number(text.total)}"


def _plan(summary: Summary) -> str:
    found = sums.reached(summary.goals)
    return say("province.plan", **{name: found[name] for name in ("met", "not_met", "open", "not_due")})


def results(found: RollUp, public: bool = False) -> Frame:
    """T3: what the schools conclude under Circular 124."""

    def row(own: Sequence[Standing]) -> Row:
        counted = [(one, one.counted.summary) for one in own if one.counted is not None]
        result = sums.results_124(counted)
        met = result[TextResult.MET]
        rest = (result[name] for name in (TextResult.NOT_MET, TextResult.INSUFFICIENT, TextResult.OUT_OF_SCOPE))
        judged = sum(one.state.is_expected and in_scope(one) for one in own)
        return (Receipt.of(own).expected, len(counted), met, *rest, share(met, judged))

    rows, total = _grouped(found, row, public, in_scope)
    return Frame("T3", rows, total, (say("province.tables.T3.note"), say("province.tables.T3.scope")))


def criteria(found: RollUp, public: bool = False) -> Frame:
    """T4: the criteria that most schools do not meet, then those that are open.

    `public`: no reason that one or two schools have: “an incident is not verified yet” tells of a case.
    """
    few = found.settings.threshold if public else 0
    lines = sorted(sums.criteria(found.counted), key=lambda line: (-line.truths[Truth.NO], -line.truths[Truth.UNKNOWN]))
    known = words("province")["reasons"]
    rows = tuple(
        (
            line.text, line.id, line.title, line.truths[Truth.YES], line.truths[Truth.NO], line.truths[Truth.UNKNOWN],
            line.truths[Truth.NOT_APPLICABLE], share(line.truths[Truth.NO], line.base),
            "; ".join(f"{known.get(code, code)} ({count})" for code, count in line.reasons.most_common(3) if count >= few),
        )
        for line in lines
    )
    return Frame("T4", rows)


def plan(found: RollUp) -> Frame:
    """T5: the sentences of the shipped plan, those met least first, without the names of the school whose plan it was."""
    names = Names(**{name: say(f"province.tables.T5.{name}") for name in ("police", "reports_to", "youth_meeting")})
    quotes: dict[str, str] = {}
    for row in plan_rows():
        quotes.setdefault(row.goal_id, filled(row.quote, row.corrected_quote, names)[0])
    rows: list[Row] = []
    for line in sums.goals(found.counted, quotes):
        have = sum(line.statuses.values())
        met, missed, open_, early = (line.count(word) for word in ("met", "not_met", "open", "not_due"))
        rows.append((line.id, quotes[line.id], have, met, missed, open_, early, share(met, met + missed + open_)))
    rows.sort(key=lambda row: -int(str(row[4])))
    return Frame("T5", tuple(rows))


def points(found: RollUp, public: bool = False) -> Frame:
    """T6: points, apart for every table that asks for something else.

    `public`: no points of one or two schools, and no class of them, whose name a school typed itself.
    """
    few = found.settings.threshold if public else 0
    closed = say("province.tables.T7.hidden")
    rows: list[Row] = []
    for place, one in enumerate(groups_of_points(found.counted), start=1):
        low, high = (number(value) if value is not None else "" for value in (one.low, one.high))
        considered = f"{number(one.considered or 0)}/{number(one.total or 0)}"
        bands = "; ".join(f"{masked(band)}: {count}" for band, count in sorted(one.bands.items()) if count >= few)
        kind = say("province.tables.T6.illustrative") if one.illustrative else ""
        span, open_ = (f"{low}–{high}", one.open) if one.schools >= few else (closed, closed)
        rows.append((f"{one.text} – {place}", one.schools, kind, considered, span, bands, open_))
    return Frame("T6", tuple(rows), notes=(say("province.tables.T6.note"),))


def unreadable(found: RollUp) -> Frame:
    """T11: every file that is no package, with the reason and what to ask for."""
    return Frame("T11", tuple((one.shown, str(one.refused), one.hint) for one in found.unreadable))


def unmatched(found: RollUp) -> Frame:
    """T14: packages of schools that are not in the list, or of another year."""
    rows = [
        (
            ", ".join(one.files), one.package.summary.school.code, _near(one.package.summary.school.code, found),
            one.package.summary.school.name, say(f"province.unmatched.{why}", year=one.package.summary.year),
        )
        for why, group in (("stranger", found.choice.strangers), ("year", found.choice.other_years)) for one in group
    ]
    return Frame("T14", tuple(rows))


def _near(code: str, found: RollUp) -> str:
    """The code of the list that differs by zeros at its front alone; a suggestion, never a match."""
    return next((one.code for one in found.standings if one.code.lstrip("0") == code.lstrip("0") != ""), "")
