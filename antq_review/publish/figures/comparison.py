"""The figures of a comparison: criteria by year as a heat map, and the main counts as small multiples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_review.history.model import Comparison, ComparisonLine, LineKind, YearValue
from antq_review.publish.comparison import lines as compare_lines
from antq_review.publish.figures.canvas import (
    BLUE,
    BLUES,
    INK,
    LINE,
    NO,
    OK,
    OPEN,
    SOFT,
    WASH,
    WIDTH,
    Box,
    Canvas,
    Look,
    open_boxes,
    styled,
    text_back,
)
from antq_review.publish.figures.picture import Drawn
from antq_review.publish.wording import shortened
from antq_review.text import number, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FILLS = {"ok": Look("#eef6f1"), "no": Look("#faefee"), "open": OPEN, "none": Look(WASH)}
_INKS = {"ok": OK, "no": NO, "open": "#94600f", "none": "#66727d"}
#: With more years than this, a cell shows only its sign, and the label of a year only its last two digits.
_SIGNS_ALONE = 6


# --- heat map ------------------------------------------------------------------------------------------------------


def heat_figure(comparison: Comparison) -> Drawn | None:
    """Criteria by year: đạt and chưa đạt in the colours of their states, points in blue, open results hatched."""
    lines = comparison.of(LineKind.CRITERION)
    if not lines:
        return None
    places = _places(lines)
    with styled():
        canvas = Canvas(places[-1] + 1, 0.3, left=3.55, right=0.05, above=0.3, below=0.05)
        _cells(canvas, places, lines, len(comparison.years))
        for at, line in zip(places, lines, strict=True):
            canvas.words(0.05, canvas.y(at), shortened(say("publish.figures.points_row", label=line.id, title=line.label), 44))
            if at == places[0] or line.group != lines[places.index(at) - 1].group:
                canvas.words(0.05, canvas.y(at - 0.82), str(line.group_title), color=BLUE, fontweight="bold", va="center")
        for at, year in enumerate(comparison.years):
            canvas.words(canvas.x((at + 0.5) / len(comparison.years)), 0.27, str(year.year), ha="center", va="bottom", fontsize=9)
    return Drawn(canvas.figure, say("compare.figures.heat_alt", rows="; ".join(_said(line, comparison) for line in lines)))


def _places(lines: Sequence[ComparisonLine]) -> list[float]:
    """The place of each row, counted in rows from the top, with room for the name of each text."""
    found, at, group = [], -0.15, ""
    for line in lines:
        at += 1.0 if group == line.group else 1.05 if group == "" else 2.0
        if group == "":
            at = 0.9
        found.append(at)
        group = line.group
    return found


def _cells(canvas: Canvas, places: Sequence[float], lines: Sequence[ComparisonLine], years: int) -> None:
    cells: dict[Look, list[Box]] = {}
    backs: list[Box] = []
    for at, line in zip(places, lines, strict=True):
        for year, side in enumerate(line.sides):
            look, ink, words = _looks(line, side, years)
            cells.setdefault(look, []).append(canvas.bar(at, (year + 0.02) / years, (year + 0.98) / years, 0.86))
            x, y = canvas.x((year + 0.5) / years), canvas.y(at)
            canvas.words(x, y, words, ha="center", color=ink, fontsize=9)
            if look is OPEN:
                backs.append(text_back(x, y, words))
    for look, boxes in cells.items():
        canvas.boxes(boxes, look)
    canvas.boxes(backs, Look(OPEN.face))


def _looks(line: ComparisonLine, side: YearValue | None, years: int) -> tuple[Look, str, str]:
    """(fill of the cell, colour of the words, words) of one year of a criterion."""
    words = compare_lines.value(line, side)
    if side is None:
        return Look("white"), SOFT, words
    if side.low is None or side.most is None:
        state = compare_lines.state_of(side) or "none"
        return _FILLS[state], _INKS[state], words.split(" ")[0] if years > _SIGNS_ALONE else words
    if words == say("compare.unread"):
        return Look(LINE), SOFT, words if years <= _SIGNS_ALONE else say("compare.dash")
    if side.low != side.high:
        return OPEN, _INKS["open"], words if years <= _SIGNS_ALONE else "?"
    shade = int(side.low * (len(BLUES) - 1) / side.most) if side.most else 0
    return Look(BLUES[shade]), "white" if shade >= len(BLUES) - 2 else INK, words


def _said(line: ComparisonLine, comparison: Comparison) -> str:
    values = ", ".join(
        say("compare.figures.of_year", year=year.year, value=compare_lines.value(line, side))
        for year, side in zip(comparison.years, line.sides, strict=True)
    )
    return say("compare.figures.alt_row", label=f"{line.group_title} {line.id}", values=values)


# --- small multiples -----------------------------------------------------------------------------------------------

#: The main counts, in reading order.
MAIN = (
    "PL7/incidents.all", "PL3/activities.all", "PL3/attendances.all", "PL4/models.effective",
    "PL6/coordination.all", "PL2/documents.all", "PL8/support.counselled", "PL5/guard.hours_uncovered",
)
_ACROSS, _PANEL, _HIGH, _ABOVE = 4, 2.0, 0.95, 0.5
#: From this number on, only the first and the last of many bars have room for their number.
_WIDE_NUMBER = 100


def counts_figure(comparison: Comparison) -> Drawn | None:
    """The main counts year by year, each on its own scale from 0; an open count has a hatched piece on top."""
    lines = [line for key in MAIN if (line := comparison.line(key)) is not None and any(_known(side) for side in line.sides)]
    if not lines:
        return None
    from matplotlib.figure import Figure

    deep = -(-len(lines) // _ACROSS)
    height = deep * (_HIGH + _ABOVE + 0.4)
    with styled():
        figure = Figure(figsize=(WIDTH, height))
        for index, line in enumerate(lines):
            left = 0.05 + (index % _ACROSS) * (_PANEL + 0.18)
            top = height - (index // _ACROSS) * (_HIGH + _ABOVE + 0.4)
            axes = figure.add_axes((left / WIDTH, (top - _ABOVE - _HIGH) / height, _PANEL / WIDTH, _HIGH / height))
            _panel(axes, line, comparison)
            name = say(f"compare.counts.{line.key.partition('/')[2].replace('.', '_')}")
            figure.text(left / WIDTH, 1 - (height - top + 0.12) / height, name, color=INK, fontweight="bold", va="top")
            figure.text(left / WIDTH, 1 - (height - top + 0.32) / height, _under(line), va="top", fontsize=8.5, color=_ink_of(line))
    return Drawn(figure, say("compare.figures.counts_alt", rows="; ".join(_said_count(line, comparison) for line in lines)))


def _known(side: YearValue | None) -> bool:
    return side is not None and side.low is not None


def _under(line: ComparisonLine) -> str:
    """The newest change in a few words."""
    amount = compare_lines.difference(line.last, line.sides[-1])
    mark = compare_lines.mark(line.last)
    return f"{mark} ({amount})" if amount and amount != "0" else mark


def _ink_of(line: ComparisonLine) -> str:
    return _INKS[compare_lines.mark_state(line.last)]


def _panel(axes: Axes, line: ComparisonLine, comparison: Comparison) -> None:
    values = [float(side.low) if side is not None and side.low is not None else None for side in line.sides]
    most = max([value for value in values if value is not None] + [1.0])
    axes.set_xlim(-0.55, max(len(values), 3) - 0.45)
    axes.set_ylim(0, most * 1.22)
    last = len(values) - 1
    narrow = last >= _SIGNS_ALONE and most >= _WIDE_NUMBER
    for at, (value, side) in enumerate(zip(values, line.sides, strict=True)):
        _bar(axes, at, value, side, most, newest=at == last, named=not narrow or at in (0, last))
    axes.axhline(0, color=LINE, linewidth=1)
    short = len(values) > _SIGNS_ALONE
    axes.set_xticks(range(len(values)), [str(year.year)[2:] if short else str(year.year) for year in comparison.years])
    axes.set_yticks([])


def _bar(axes: Axes, at: int, value: float | None, side: YearValue | None, most: float, *, newest: bool, named: bool) -> None:
    if value is None:
        axes.text(at, most * 0.04, "?" if side is not None else say("compare.dash"), ha="center", va="bottom", color=_INKS["open"])
        return
    open_side = side is not None and side.low != side.high
    axes.bar(at, value, width=0.62, color=BLUE if newest else BLUES[2])
    if open_side:
        open_boxes(axes, [(at - 0.31, value, 0.62, most * 0.16)])
    if not named:
        return
    shown = number(side.low) if side is not None and side.low is not None else ""
    words = say("compare.figures.at_least", low=shown) if open_side else shown
    axes.text(at, value + most * (0.19 if open_side else 0.03), words, ha="center", va="bottom", fontsize=8.5, color=INK)


def _said_count(line: ComparisonLine, comparison: Comparison) -> str:
    name = say(f"compare.counts.{line.key.partition('/')[2].replace('.', '_')}")
    values = ", ".join(
        say("compare.figures.of_year", year=year.year, value=compare_lines.value(line, side))
        for year, side in zip(comparison.years, line.sides, strict=True)
    )
    return say("compare.figures.alt_row", label=name, values=values)


