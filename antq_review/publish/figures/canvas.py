"""Shared by all figures: colours, looks, and a canvas that is measured in inches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

STYLE = Path(__file__).with_name("antq.mplstyle")
INK, SOFT, LINE, WASH, BLUE = "#1b2733", "#5b6b7a", "#d9e0e6", "#f5f7f9", "#1f4e79"
OK, NO, HATCH, HATCH_PAPER = "#2e7d4f", "#a8322a", "#b7791f", "#fbf5ea"
BLUES = ("#f5f7f9", "#d3e0ec", "#9dbdd8", "#5b8fbd", "#1f4e79")
WIDTH = 8.6  # inches; 1290 pixels at 150 dpi, shown at 860
#: Inches between two strokes, and between two dots, of a hatching.
_APART, _DOTS_APART = 0.06, 0.045

Box = tuple[float, float, float, float]  # left, top, width, height
Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Look:
    """How a box is filled. `hatch`: the colour of its hatching, `dotted` for dots instead of strokes; `edge`: of a thin outline."""

    face: str
    hatch: str = ""
    dotted: bool = False
    edge: str = ""


#: The look of everything that is still open.
OPEN = Look(HATCH_PAPER, HATCH)


class Canvas:
    """A figure of rows, the first at the top, with fixed margins, so that nothing has to be measured.

    Lengths are inches from the upper left corner. All boxes of one look are one path, and no Axes is made: those
    two cost matplotlib more than all the rest.
    """

    def __init__(self, rows: float, row_height: float, left: float, right: float, above: float, below: float) -> None:
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        height = rows * row_height + above + below
        self.row_height, self.left, self.above = row_height, left, above
        self.inner, self.bottom = WIDTH - left - right, height - below
        self.figure = Figure(figsize=(WIDTH, height))
        self._inches: Transform = Affine2D().scale(1, -1).translate(0, height) + self.figure.dpi_scale_trans

    def x(self, share: float) -> float:
        """The place of a fraction of the inner width."""
        return self.left + share * self.inner

    def y(self, row: float) -> float:
        """The middle of a row."""
        return self.above + (row + 0.5) * self.row_height

    def bar(self, row: float, start: float, end: float, high: float) -> Box:
        """The box in a row between two fractions of the inner width. `high`: its part of the row's height."""
        return self.x(start), self.y(row) - high * self.row_height / 2, (end - start) * self.inner, high * self.row_height

    def boxes(self, boxes: Sequence[Box], look: Look) -> None:
        """Boxes of one look."""
        fill(self.figure, boxes, look, self._inches)

    def rule(self, share: float) -> None:
        """A level of the scale, behind the bars."""
        _stroke(self.figure, [((self.x(share), self.above), (self.x(share), self.bottom))], self._inches, color=LINE, linewidth=0.8)

    def dots(self, points: Sequence[tuple[float, float]]) -> None:
        """The mark of what is settled."""
        from matplotlib.lines import Line2D

        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.figure.add_artist(Line2D(xs, ys, linestyle="", marker="o", color=BLUE, markersize=7, transform=self._inches))

    def words(self, x: float, y: float, text: str, **look: Any) -> None:
        """A text, its middle at the height `y` unless `va` says otherwise."""
        self.figure.text(x, y, text, transform=self._inches, **{"va": "center_baseline", **look})

    def tick(self, share: float, text: str) -> None:
        """A label below the rows."""
        self.words(self.x(share), self.bottom + 0.05, text, ha="center", va="top", color=SOFT, fontsize=9)


def text_back(x: float, y: float, words: str) -> Box:
    """The plain paper behind words on a hatching; the width of their letters is measured by the widest figure."""
    room = 0.05 + 0.04 * len(words)
    return x - room, y - 0.08, 2 * room, 0.16


def fill(figure: Figure, boxes: Sequence[Box], look: Look, transform: Transform) -> None:
    """Boxes of one look as one path, and their hatching as another one."""
    if not boxes:
        return
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    corners = [
        corner for left, top, width, height in boxes
        for corner in ((left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top))
    ]
    codes = [Outline.MOVETO, Outline.LINETO, Outline.LINETO, Outline.LINETO, Outline.CLOSEPOLY] * len(boxes)
    line = {"edgecolor": look.edge, "linewidth": 0.8} if look.edge else {"linewidth": 0}
    figure.add_artist(PathPatch(Outline(corners, codes), facecolor=look.face, transform=transform, **line))
    if look.hatch:
        seen = [_seen(box, transform, figure) for box in boxes]
        drawn = _dots if look.dotted else _strokes
        points = 1.5 if look.dotted else 1.2
        style: dict[str, Any] = {"linestyle": (0, (0.01, _DOTS_APART * 72 / points)), "capstyle": "round"} if look.dotted else {}
        _stroke(figure, [line for box in seen for line in drawn(box)], figure.dpi_scale_trans, color=look.hatch, linewidth=points, **style)


def open_boxes(axes: Axes, boxes: Sequence[Box]) -> None:
    """What is still open, in the units of these axes."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    fill(figure, boxes, OPEN, axes.transData)


def _seen(box: Box, transform: Transform, figure: Figure) -> Box:
    """The box in inches from the lower left corner of the figure, in which strokes slant by 45 degrees."""
    left, top, width, height = box
    (x0, y0), (x1, y1) = (transform - figure.dpi_scale_trans).transform([(left, top), (left + width, top + height)])
    return float(x0), float(min(y0, y1)), float(x1 - x0), float(abs(y1 - y0))


def _strokes(box: Box) -> Iterator[Segment]:
    """Slanting strokes from edge to edge; those of neighbouring boxes meet."""
    left, low, width, height = box
    step = _APART * 2**0.5
    at = (left - low - height) // step * step
    while (at := at + step) < left + width - low:  # the stroke is the line x = y + at
        start, end = max(left, low + at), min(left + width, low + height + at)
        if end > start:
            yield (start, start - at), (end, end - at)


def _dots(box: Box) -> Iterator[Segment]:
    """Level lines, of which the round ends of very short dashes make rows of dots."""
    left, low, width, height = box
    rows = int(height / _DOTS_APART)
    for row in range(rows):
        y = low + (row + 0.5) * height / rows
        yield (left + _DOTS_APART * (0.5 + row % 2 / 2), y), (left + width - _DOTS_APART / 2, y)


def _stroke(figure: Figure, segments: Iterable[Segment], transform: Transform, **style: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    points = [point for segment in segments for point in segment]
    if points:
        outline = Outline(points, [Outline.MOVETO, Outline.LINETO] * (len(points) // 2))
        figure.add_artist(PathPatch(outline, fill=False, transform=transform, **style))


def styled() -> AbstractContextManager[None]:
    """A context with the report's style sheet; the settings are restored at its end."""
    from matplotlib import style

    return style.context(STYLE)
