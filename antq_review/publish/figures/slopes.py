"""Slope charts, one for each group: points of the items, rates of a text, sections of the plan, from year to year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from antq_review.history.model import Comparison
from antq_review.publish import wording as phrases
from antq_review.publish.figures.canvas import BLUE, BLUES, INK, LINE, SOFT, WIDTH, styled
from antq_review.publish.figures.picture import Drawn
from antq_review.publish.figures.slope_data import Range, Slope, of_sections, of_texts
from antq_review.publish.wording import shortened
from antq_review.text import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Inches: width of a chart with labels, width of the labels, height, least distance of labels; charts side by side.
_CHART, _LABELS, _HIGH, _LABEL_APART, _ACROSS = 4.2, 1.1, 2.2, 0.165, 2
#: Charts of sections side by side; inches from one row of charts to the next.
_SMALL_ACROSS, _SMALL_HIGH = 6, 1.32
#: Up to this many years, every year has its label below the chart and its number.
_ALL_NAMED = 4


def slopes_figure(comparison: Comparison) -> Drawn | None:
    """A chart for each text, then a small one for each section of the plan, all from 0 to 100 %; a range is a bar."""
    texts = [(title, slopes) for title, slopes in of_texts(comparison) if slopes]
    sections = list(of_sections(comparison))
    if not texts and not sections:
        return None
    from matplotlib.figure import Figure

    years = [year.year for year in comparison.years]
    rows = -(-len(sections) // _SMALL_ACROSS)
    above = (_HIGH + 0.75) * -(-len(texts) // _ACROSS)
    with styled():
        figure = Figure(figsize=(WIDTH, above + (0.32 + rows * _SMALL_HIGH if rows else 0)))
        for index, (title, slopes) in enumerate(texts):
            left, top = (index % _ACROSS) * (_CHART + 0.1), (index // _ACROSS) * (_HIGH + 0.75)
            _titled(figure, shortened(title, 48), left, top + 0.04)
            _chart(_axes(figure, left + 0.3, top + 0.38, _CHART - _LABELS - 0.3, _HIGH), slopes, years)
        if sections:
            _titled(figure, say("compare.figures.plan_title"), 0, above + 0.04)
        for index, slope in enumerate(sections):
            left = (index % _SMALL_ACROSS) * WIDTH / _SMALL_ACROSS
            _small(figure, slope, left, above + 0.32 + (index // _SMALL_ACROSS) * _SMALL_HIGH, years)
        named = [*texts, *([(say("compare.figures.plan_title"), sections)] if sections else [])]
    return Drawn(figure, say("compare.figures.slopes_alt", groups=" ".join(_said(*group, comparison) for group in named)))


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place in inches from the upper left corner of the figure."""
    whole = figure.get_figheight()
    return figure.add_axes((left / WIDTH, (whole - top - height) / whole, width / WIDTH, height / whole))


def _titled(figure: Figure, title: str, left: float, top: float, colour: str = BLUE) -> None:
    figure.text(left / WIDTH, 1 - top / figure.get_figheight(), title, color=colour, fontweight="bold", va="top")


# --- drawing -------------------------------------------------------------------------------------------------------


def _chart(axes: Axes, slopes: Sequence[Slope], years: Sequence[int]) -> None:
    last = len(years) - 1
    axes.set_xlim(-0.12 * max(last, 1), last + 0.06 * max(last, 1))
    axes.set_ylim(-0.04, 1.04)
    for year in range(len(years)):
        axes.axvline(year, color=LINE, linewidth=0.8)
    for share in (0, 1):
        axes.text(-0.09 * max(last, 1), share, phrases.rate(Decimal(share)), ha="right", va="center", fontsize=8, color=SOFT)
    for slope in sorted(slopes, key=lambda slope: slope.colour != BLUE):
        _draw(axes, slope)
    for slopes_there, at in _spread(slopes):
        colours = {slope.colour for slope in slopes_there}
        colour = colours.pop() if len(colours) == 1 else INK
        words = ", ".join(f"{slope.label}{slope.sign}" for slope in slopes_there)
        axes.text(last + 0.09 * max(last, 1), at, words, va="center", fontsize=8.5, color=INK if colour == BLUE else colour)
    _name_years(axes, years)


def _name_years(axes: Axes, years: Sequence[int]) -> None:
    """Labels every year if there are few, else the first and the last year."""
    named = range(len(years)) if len(years) <= _ALL_NAMED else (0, len(years) - 1)
    axes.set_xticks(list(named), [str(years[at]) for at in named])
    axes.set_yticks([])


def _small(figure: Figure, slope: Slope, left: float, top: float, years: Sequence[int]) -> None:
    """One section of the plan with its numbers."""
    _titled(figure, f"{slope.label}{slope.sign}", left, top, INK if slope.colour == BLUE else slope.colour)
    axes = _axes(figure, left + 0.1, top + 0.42, WIDTH / _SMALL_ACROSS - 0.35, _SMALL_HIGH - 0.75)
    last = len(years) - 1
    axes.set_xlim(-0.15 * last, last * 1.15)
    axes.set_ylim(-0.08, 1.08)
    axes.axhline(0, color=LINE, linewidth=0.8)
    _draw(axes, slope)
    for at, value in enumerate(slope.values):
        if value is not None and (last < _ALL_NAMED or at in (0, last)):
            axes.annotate(
                _short(value), (at, float(value[1])), (0, 5), textcoords="offset points", ha="center", va="bottom", fontsize=7.5, color=INK,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.8},
            )
    axes.set_xticks([0, last], [str(years[0]), str(years[-1])])
    axes.tick_params(axis="x", labelsize=8)
    axes.set_yticks([])


def _short(value: Range) -> str:
    """`38%`, `29–38%`, in whole percents; the table has the exact values. Never rounded up to 100 or down to 0."""
    low, high = (int(end * 100) if end in (0, 1) else min(99, max(1, int(end * 100 + Decimal("0.5")))) for end in value)
    return f"{low}%" if low == high else say("compare.figures.between", low=low, high=high)


def _draw(axes: Axes, slope: Slope) -> None:
    wide = 2.2 if slope.colour != BLUE else 1.3
    colour = slope.colour if slope.colour != BLUE else BLUES[3]
    for at, value in enumerate(slope.values):
        if value is None:
            continue
        low, high = (float(end) for end in value)
        if high > low:
            axes.plot([at, at], [low, high], color=colour, linewidth=4, alpha=0.35, solid_capstyle="butt")
        axes.plot([at], [(low + high) / 2], "o", color=colour, markersize=4.5, markerfacecolor=colour if high == low else "white")
        before = slope.values[at - 1] if at else None
        if before is not None:
            start = float(sum(before)) / 2
            sure = slope.joined[at - 1]
            axes.plot([at - 1, at], [start, (low + high) / 2], color=colour if sure else SOFT, linewidth=wide if sure else 1,
                      linestyle="-" if sure else (0, (1, 2)))


def _spread(slopes: Sequence[Slope]) -> list[tuple[list[Slope], float]]:
    """(slopes, place) for each line of labels, at the newest value of its slopes.

    Slopes of one value share a line, at most three; lines are moved apart so that none covers another.
    """
    by_value: dict[float, list[Slope]] = {}
    for slope in slopes:
        value = slope.values[-1] or next((one for one in reversed(slope.values) if one is not None), None)
        if value is not None:
            by_value.setdefault(float(sum(value)) / 2, []).append(slope)
    rows = [(there[start : start + 3], at) for at, there in by_value.items() for start in range(0, len(there), 3)]
    rows.sort(key=lambda row: -row[1])
    apart, places, ceiling = _LABEL_APART / _HIGH * 1.08, [], 1.03
    for _, at in rows:
        place = min(at, ceiling)
        places.append(place)
        ceiling = place - apart
    lowest = -0.03
    for index in range(len(places) - 1, -1, -1):
        places[index] = max(places[index], lowest)
        lowest = places[index] + apart
    return [(there, place) for (there, _), place in zip(rows, places, strict=True)]


def _said(title: str, slopes: Sequence[Slope], comparison: Comparison) -> str:
    rows = "; ".join(
        say("compare.figures.alt_row", label=slope.label, values=", ".join(
            say("compare.figures.of_year", year=year.year, value=_range(value))
            for year, value in zip(comparison.years, slope.values, strict=True)
        ))
        for slope in slopes
    )
    return say("compare.figures.slopes_group", title=title, rows=rows)


def _range(value: Range | None) -> str:
    if value is None:
        return say("compare.dash")
    return phrases.rate(value[0]) if value[0] == value[1] else phrases.rate_between(*value)
