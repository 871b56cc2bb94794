"""The figures of points, plan and activities: PNG bytes, and an alternative text for readers who cannot see them.

Drawn without pyplot, so that no figure stays open between two reports. The same review gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

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
    WIDTH,
    PatchLook,
    canvas,
    png,
    styled,
)
from antq_review.publish.tables import findings as tables
from antq_review.publish.wording import shortened
from antq_review.scoring.model.goals import BY_OWN_WORD
from antq_review.scoring.model.review import Finding, Goal, GoalStatus, MonthCount, Review
from antq_review.text import number, say

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Drawn = tuple[bytes, str]

# --- points --------------------------------------------------------------------------------------------------------


def points_figure(review: Review) -> Drawn | None:
    """Points by criterion: solid to the low end, hatched to the high end, a dot if settled, pale without known text."""
    rows = [finding for text in review.texts if text.total is not None for finding in text.findings]
    rows = [finding for finding in rows if finding.points is not None]
    if not rows:
        return None
    from matplotlib.ticker import MaxNLocator

    known = [finding.points or Decimal(0) for finding in rows if not finding.is_unread]
    widest = float(max(known, default=rows[0].points or Decimal(0)))
    with styled():
        figure, axes = canvas(len(rows), 0.3, left=3.75, right=1.5, above=0.1, below=0.4)
        axes.set_xlim(0, widest * 1.04)
        for at, finding in enumerate(rows):
            _points_row(axes, at, finding, widest)
        axes.grid(True, axis="x")
        ticks = axes.xaxis.get_major_locator()
        assert isinstance(ticks, MaxNLocator)
        ticks.set_params(integer=True, nbins=6)
        axes.xaxis.set_major_formatter(lambda value, _: number(int(value)) if value == int(value) else "")
        names = [say("publish.figures.points_row", label=phrases.label(row.id), title=row.title) for row in rows]
        axes.set_yticks(range(len(rows)), [shortened(name, 46) for name in names], ha="left")
        axes.tick_params(axis="y", pad=3.7 * 72)
        drawn = png(figure)
    return drawn, say("publish.figures.points_alt", rows="; ".join(_points_words(row) for row in rows))


def _points_row(axes: Axes, at: int, finding: Finding, widest: float) -> None:
    points = float(finding.points or 0)
    if finding.is_unread:
        axes.barh(at, widest * 1.04, height=0.6, color=LINE)
        says = say("publish.figures.points_unread", points=number(finding.points or 0))
        axes.text(widest * 0.02, at, says, va="center_baseline", color=INK)
        return
    low = float(finding.settled.low or 0)
    high = float(finding.settled.high if finding.settled.high is not None else points)
    axes.barh(at, points, height=0.34, color=WASH)
    axes.barh(at, low, height=0.34, color=BLUE)
    if high > low:
        axes.barh(at, high - low, left=low, height=0.34, **OPEN)
    else:
        axes.plot([low], [at], "o", color=BLUE, markersize=7, clip_on=False)
    axes.text(1.02, at, _points_shown(finding), transform=axes.get_yaxis_transform(), va="center_baseline")


def _points_shown(finding: Finding) -> str:
    points, settled = number(finding.points or 0), finding.settled
    if settled.settled:
        return say("publish.figures.points_settled", low=number(settled.low or 0), points=points)
    return say("publish.figures.points_open", range=phrases.points(settled), points=points)


def _points_words(finding: Finding) -> str:
    unread = say("publish.figures.points_unread", points=number(finding.points or 0))
    shown = unread if finding.is_unread else _points_shown(finding)
    return say("publish.figures.points_alt_row", label=phrases.label(finding.id), words=shown)


# --- the plan ------------------------------------------------------------------------------------------------------

#: Group of the figure → its statuses and the look of its bar.
_PLAN_GROUPS: dict[str, tuple[tuple[GoalStatus, ...], PatchLook]] = {
    "done": ((GoalStatus.MET, GoalStatus.EXCEEDED), {"color": OK}),
    "not_met": ((GoalStatus.NOT_MET,), {"color": NO}),
    "open": ((GoalStatus.OPEN,), OPEN),
    "not_due": ((GoalStatus.NOT_DUE,), {"facecolor": WASH, "edgecolor": BLUES[2], "hatch": "....", "linewidth": 0}),
    "unread": ((GoalStatus.NO_MEASURE,), {"color": LINE}),
    "told": (BY_OWN_WORD, {"facecolor": WASH, "edgecolor": BLUES[2], "linewidth": 0.8}),
    "other": ((GoalStatus.NOT_APPLICABLE, GoalStatus.SHOWN), {"facecolor": WASH, "edgecolor": LINE}),
}
_DARK = {"done", "not_met"}
_HATCHED = {"open", "not_due"}


def plan_figure(review: Review) -> Drawn | None:
    """Goals by status, one bar for each section of the plan."""
    sections = tables.sections(review.goals)
    if not sections:
        return None
    counts = [_grouped(section.goals) for section in sections]
    totals = _grouped(review.goals)
    with styled():
        figure, axes = canvas(len(sections), 0.29, left=1.0, right=0.3, above=0.45, below=0.05)
        axes.set_xlim(0, max(sum(count.values()) for count in counts))
        for at, count in enumerate(counts):
            _plan_row(axes, at, count)
        names = [say("publish.figures.plan_row", section=section.name) for section in sections]
        axes.set_yticks(range(len(sections)), names, ha="left")
        axes.tick_params(axis="y", pad=0.95 * 72)
        axes.set_xticks([])
        _plan_key(figure, totals)
        drawn = png(figure)
    rows = "; ".join(
        say("publish.figures.plan_alt_row", section=section.name, words=_counted(count))
        for section, count in zip(sections, counts, strict=True)
    )
    return drawn, say("publish.figures.plan_alt", count=len(review.goals), totals=_counted(totals), rows=rows)


def _grouped(goals: Sequence[Goal]) -> dict[str, int]:
    statuses = Counter(goal.status for goal in goals)
    counts = {group: sum(statuses[status] for status in members) for group, (members, _) in _PLAN_GROUPS.items()}
    return {group: count for group, count in counts.items() if count}


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {say(f'publish.figures.plan_states.{group}')}" for group, count in counts.items())


def _plan_row(axes: Axes, at: int, counts: dict[str, int]) -> None:
    left = 0
    for group, count in counts.items():
        axes.barh(at, count - 0.04, left=left, height=0.62, **_PLAN_GROUPS[group][1])
        back = {"facecolor": _PLAN_GROUPS[group][1]["facecolor"], "edgecolor": "none", "pad": 1.5} if group in _HATCHED else None
        colour = "white" if group in _DARK else INK
        axes.text(left + count / 2, at, str(count), ha="center", va="center_baseline", color=colour, bbox=back)
        left += count


def _plan_key(figure: Figure, totals: dict[str, int]) -> None:
    """Draws the meaning and the total of each texture above the bars, in place of a legend."""
    from matplotlib.patches import Rectangle

    height, at = figure.get_figheight(), 1.0
    for group, count in totals.items():
        words = f"{say(f'publish.figures.plan_states.{group}')} {count}"
        y = 1 - 0.24 / height
        figure.add_artist(
            Rectangle((at / WIDTH, y - 0.06 / height), 0.16 / WIDTH, 0.12 / height, transform=figure.transFigure,
                      **_PLAN_GROUPS[group][1])
        )
        figure.text((at + 0.23) / WIDTH, y, words, va="center", color=INK)
        at += 0.45 + 0.083 * len(words)


# --- months --------------------------------------------------------------------------------------------------------


def months_frame(months: Sequence[MonthCount]) -> pandas.DataFrame:
    """Rows: topics in the order of the form; columns: months. The last row counts the activities themselves."""
    import pandas

    columns = [say("publish.figures.month_of", month=count.month, year=count.year) for count in months]
    by_topic = [{Topic.label_of(topic): number for topic, number in count.by_topic.items()} for count in months]
    frame = pandas.DataFrame(by_topic, index=columns, dtype="Int64").T
    frame = frame.reindex([label for label in Topic.labels().values() if label in frame.index]).fillna(0)
    frame.loc[say("publish.figures.months_total")] = [count.activities for count in months]
    return frame.astype(int)


def months_figure(review: Review) -> Drawn | None:
    """Activities by month and topic, as a heat map in shades of blue."""
    if not any(count.activities for count in review.months):
        return None
    frame = months_frame(review.months)
    return heat_map(frame, [count.month for count in review.months]), _months_words(frame)


def heat_map(frame: pandas.DataFrame, months: Sequence[int]) -> bytes:
    """Rows by month in shades of blue; the last row, the totals, has no colour."""
    parts = frame.iloc[:-1]
    most = max(int(parts.to_numpy().max(initial=0)), 1)
    with styled():
        figure, axes = canvas(len(frame) + 0.25, 0.265, left=2.65, right=0.1, above=0.05, below=0.3)
        axes.set_xlim(-0.5, len(frame.columns) - 0.5)
        places = [*range(len(parts)), len(parts) + 0.25]
        for at, values in zip(places, frame.to_numpy().tolist(), strict=True):
            for month, value in enumerate(values):
                _heat_cell(axes, month, at, value, most if at < len(parts) else None)
        axes.set_yticks(places, [shortened(name, 34) for name in frame.index], ha="left")
        axes.tick_params(axis="y", pad=2.6 * 72)
        axes.set_xticks(range(len(months)), [say("publish.figures.months_label", month=month) for month in months])
        return png(figure)


def _heat_cell(axes: Axes, month: int, at: float, value: int, most: int | None) -> None:
    """Draws one month of one row; the row of totals (`most` None) has no colour."""
    from matplotlib.patches import Rectangle

    shade = -(-value * (len(BLUES) - 1) // most) if most else 0
    if most:
        cell = Rectangle((month - 0.47, at - 0.44), 0.94, 0.88, facecolor=BLUES[shade], linewidth=0)
        axes.add_artist(cell)  # not add_patch: it would update the limits for every cell, and they are already set
    if value or not most:
        colour = "white" if shade == len(BLUES) - 1 else INK
        axes.text(month, at, number(value), ha="center", va="center_baseline", color=colour, fontsize=9)


def _months_words(frame: pandas.DataFrame) -> str:
    totals, topics = frame.iloc[-1], frame.iloc[:-1].sum(axis=1)
    empty = [month for month, value in totals.items() if not value]
    return say(
        "publish.figures.months_alt", first=frame.columns[0], last=frame.columns[-1], total=number(int(totals.sum())),
        busiest=totals.idxmax(), most=number(int(totals.max())),
        empty=", ".join(empty) or say("publish.figures.months_none"),
        topic=topics.idxmax() if len(topics) else "–", topic_count=number(int(topics.max())) if len(topics) else "0",
    )
