"""The figures of points, plan and activities.

Drawn without pyplot, so that no figure stays open between two reports. The same review gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from antq_review.forms.choices import Topic
from antq_review.publish import wording as phrases
from antq_review.publish.figures.canvas import (
    BLUE,
    BLUES,
    INK,
    LINE,
    NO,
    OK,
    OPEN,
    WASH,
    Box,
    Canvas,
    Look,
    styled,
    text_back,
)
from antq_review.publish.figures.heat_map import MonthCounts, heat_map, rows_of
from antq_review.publish.figures.picture import Drawn
from antq_review.publish.tables import findings as tables
from antq_review.publish.wording import shortened
from antq_review.scoring.model.goals import BY_OWN_WORD
from antq_review.scoring.model.review import Finding, Goal, GoalStatus, MonthCount, Review
from antq_review.text import number, say

# --- points --------------------------------------------------------------------------------------------------------


def points_figure(review: Review) -> Drawn | None:
    """Points by criterion: solid to the low end, hatched to the high end, a dot if settled, pale without known text."""
    rows = [finding for text in review.texts if text.total is not None for finding in text.findings]
    rows = [finding for finding in rows if finding.points is not None]
    if not rows:
        return None
    from matplotlib.ticker import MaxNLocator

    known = [finding.points or Decimal(0) for finding in rows if not finding.is_unread]
    end = float(max(known, default=rows[0].points or Decimal(0))) * 1.04  # of the scale, with room for a dot
    with styled():
        canvas = Canvas(len(rows), 0.3, left=3.5, right=2.0, above=0.1, below=0.4)
        for value in MaxNLocator(6, integer=True, steps=(1, 2, 5, 10)).tick_values(0, end):
            if 0 <= value <= end:
                canvas.rule(value / end)
                canvas.tick(value / end, number(int(value)))
        _points_bars(canvas, rows, end)
        for at, finding in enumerate(rows):
            name = say("publish.figures.points_row", label=phrases.label(finding.id), title=finding.title)
            canvas.words(0.05, canvas.y(at), shortened(name, 46))
            if finding.is_unread:
                canvas.words(canvas.x(0.02), canvas.y(at), _points_unread(finding))
            else:
                canvas.words(canvas.x(1.02), canvas.y(at), _points_shown(finding))
    return Drawn(canvas.figure, say("publish.figures.points_alt", rows="; ".join(_points_words(row) for row in rows)))


def _points_bars(canvas: Canvas, rows: Sequence[Finding], end: float) -> None:
    unread, full, sure, still_open = [], [], [], []
    dots = []
    for at, finding in enumerate(rows):
        points = float(finding.points or 0)
        low = float(finding.settled.low or 0)
        high = float(finding.settled.high if finding.settled.high is not None else points)
        if finding.is_unread:
            unread.append(canvas.bar(at, 0, 1, 0.6))
            continue
        full.append(canvas.bar(at, 0, points / end, 0.34))
        sure.append(canvas.bar(at, 0, low / end, 0.34))
        if high > low:
            still_open.append(canvas.bar(at, low / end, high / end, 0.34))
        else:
            dots.append((canvas.x(low / end), canvas.y(at)))
    for boxes, look in ((unread, Look(LINE)), (full, Look(WASH)), (sure, Look(BLUE)), (still_open, OPEN)):
        canvas.boxes(boxes, look)
    canvas.dots(dots)


def _points_shown(finding: Finding) -> str:
    points, settled = number(finding.points or 0), finding.settled
    if settled.settled:
        return say("publish.figures.points_settled", low=number(settled.low or 0), points=points)
    return say("publish.figures.points_open", range=phrases.points(settled), points=points)


def _points_unread(finding: Finding) -> str:
    return say("publish.figures.points_unread", points=number(finding.points or 0))


def _points_words(finding: Finding) -> str:
    shown = _points_unread(finding) if finding.is_unread else _points_shown(finding)
    return say("publish.figures.points_alt_row", label=phrases.label(finding.id), words=shown)


# --- the plan ------------------------------------------------------------------------------------------------------

#: Group of the figure → its statuses and the look of its bar.
_PLAN_GROUPS: dict[str, tuple[tuple[GoalStatus, ...], Look]] = {
    "done": ((GoalStatus.MET, GoalStatus.EXCEEDED), Look(OK)),
    "not_met": ((GoalStatus.NOT_MET,), Look(NO)),
    "open": ((GoalStatus.OPEN,), OPEN),
    "not_due": ((GoalStatus.NOT_DUE,), Look(WASH, BLUES[2], dotted=True)),
    "unread": ((GoalStatus.NO_MEASURE,), Look(LINE)),
    "told": (BY_OWN_WORD, Look(WASH, edge=BLUES[2])),
    "other": ((GoalStatus.NOT_APPLICABLE, GoalStatus.SHOWN), Look(WASH, edge=LINE)),
}
_DARK = {"done", "not_met"}


def plan_figure(review: Review) -> Drawn | None:
    """Goals by status, one bar for each section of the plan."""
    sections = tables.sections(review.goals)
    if not sections:
        return None
    counts = [_grouped(section.goals) for section in sections]
    totals = _grouped(review.goals)
    with styled():
        canvas = Canvas(len(sections), 0.29, left=1.0, right=0.3, above=0.45, below=0.05)
        _plan_bars(canvas, counts)
        for at, section in enumerate(sections):
            canvas.words(0.05, canvas.y(at), say("publish.figures.plan_row", section=section.name))
        _plan_key(canvas, totals)
    rows = "; ".join(
        say("publish.figures.plan_alt_row", section=section.name, words=_counted(count))
        for section, count in zip(sections, counts, strict=True)
    )
    return Drawn(canvas.figure, say("publish.figures.plan_alt", count=len(review.goals), totals=_counted(totals), rows=rows))


def _grouped(goals: Sequence[Goal]) -> dict[str, int]:
    statuses = Counter(goal.status for goal in goals)
    counts = {group: sum(statuses[status] for status in members) for group, (members, _) in _PLAN_GROUPS.items()}
    return {group: count for group, count in counts.items() if count}


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {say(f'publish.figures.plan_states.{group}')}" for group, count in counts.items())


def _plan_bars(canvas: Canvas, rows: Sequence[dict[str, int]]) -> None:
    widest = max(sum(counts.values()) for counts in rows)
    bars: dict[str, list[Box]] = {group: [] for group in _PLAN_GROUPS}
    backs: dict[str, list[Box]] = {group: [] for group in _PLAN_GROUPS}
    for at, counts in enumerate(rows):
        left = 0
        for group, count in counts.items():
            bars[group].append(canvas.bar(at, left / widest, (left + count - 0.04) / widest, 0.62))
            x, y = canvas.x((left + count / 2) / widest), canvas.y(at)
            backs[group].append(text_back(x, y, str(count)))
            canvas.words(x, y, str(count), ha="center", color="white" if group in _DARK else INK)
            left += count
    for group, (_, look) in _PLAN_GROUPS.items():
        canvas.boxes(bars[group], look)
        if look.hatch:  # a number stands on plain paper
            canvas.boxes(backs[group], Look(look.face))


def _plan_key(canvas: Canvas, totals: dict[str, int]) -> None:
    """Draws the meaning and the total of each texture above the bars, in place of a legend."""
    at, y = 1.0, 0.24
    for group, count in totals.items():
        words = f"{say(f'publish.figures.plan_states.{group}')} {count}"
        canvas.boxes([(at, y - 0.06, 0.16, 0.12)], _PLAN_GROUPS[group][1])
        canvas.words(at + 0.23, y, words, va="center")
        at += 0.45 + 0.083 * len(words)


# --- months --------------------------------------------------------------------------------------------------------


def month_counts(months: Sequence[MonthCount]) -> MonthCounts:
    """Topics by month; the totals count the activities themselves, of which one may have several topics."""
    return MonthCounts(
        tuple((count.year, count.month) for count in months),
        rows_of(Topic.labels(), [count.by_topic for count in months]),
        say("publish.figures.months_total"),
        tuple(count.activities for count in months),
    )


def months_figure(review: Review) -> Drawn | None:
    """Activities by month and topic, as a heat map in shades of blue."""
    if not any(count.activities for count in review.months):
        return None
    counts = month_counts(review.months)
    return heat_map(counts, _months_words(counts))


def _months_words(counts: MonthCounts) -> str:
    totals = dict(zip(counts.names, counts.totals, strict=True))
    topics = {label: sum(row) for label, row in counts.rows.items()} or {"–": 0}
    busiest, topic = max(totals, key=totals.__getitem__), max(topics, key=topics.__getitem__)
    empty = [month for month, value in totals.items() if not value]
    return say(
        "publish.figures.months_alt", first=counts.names[0], last=counts.names[-1], total=number(sum(counts.totals)),
        busiest=busiest, most=number(totals[busiest]), empty=", ".join(empty) or say("publish.figures.months_none"),
        topic=topic, topic_count=number(topics[topic]),
    )
