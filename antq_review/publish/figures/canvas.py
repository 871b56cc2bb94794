"""Shared by all figures: colours, a canvas with fixed margins, PNG bytes without a time stamp."""

from __future__ import annotations

from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("antq.mplstyle")
INK, SOFT, LINE, WASH, BLUE = "#1b2733", "#5b6b7a", "#d9e0e6", "#f5f7f9", "#1f4e79"
OK, NO, HATCH, HATCH_PAPER = "#2e7d4f", "#a8322a", "#b7791f", "#fbf5ea"
BLUES = ("#f5f7f9", "#d3e0ec", "#9dbdd8", "#5b8fbd", "#1f4e79")
WIDTH = 8.6  # inches; 1290 pixels at 150 dpi, shown at 860


class PatchLook(TypedDict, total=False):
    """How matplotlib fills a bar or a rectangle; `linewidth` in points."""

    color: str
    facecolor: str
    edgecolor: str
    hatch: str
    linewidth: float


#: The look of everything that is still open.
OPEN: PatchLook = {"facecolor": HATCH_PAPER, "edgecolor": HATCH, "hatch": "////", "linewidth": 0}


def canvas(rows: float, row_height: float, left: float, right: float, above: float, below: float) -> tuple[Figure, Axes]:
    """A figure of `rows` rows, the first at the top.

    Lengths are in inches; fixed margins make measuring unnecessary.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    inner = rows * row_height
    height = inner + above + below
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((left / WIDTH, below / height, (WIDTH - left - right) / WIDTH, inner / height))
    axes.set_ylim(rows - 0.5, -0.5)
    return figure, axes


def styled() -> AbstractContextManager[None]:
    """A context with the report's style sheet; the settings are restored at its end."""
    from matplotlib import style

    return style.context(STYLE)


def png(figure: Figure) -> bytes:
    """The figure as PNG, the same bytes for the same figure."""
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
