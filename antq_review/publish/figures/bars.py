"""A bar chart of a table that a user made in a notebook, in the report's look."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from antq_review.publish.figures.canvas import BLUE, styled
from antq_review.publish.figures.picture import Drawn
from antq_review.text import number

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_WIDTH, _ROW, _FRAME = 8.6, 0.32, 1.4  # inches
#: Several columns side by side: told apart by more than one look at the paper, in this order.
_COLOURS = (BLUE, "#b7791f", "#2e7d4f", "#5b8fbd", "#a8322a", "#7a5c99", "#5b6b7a", "#9dbdd8")


def bars_figure(table: DataFrame | Series, title: str) -> Drawn | None:
    """One bar a row, its columns one after the other in it; None where the table has no number to draw.

    `table`: labels of any kind in its index, numbers in its columns; <NA> is no bar, never a bar of length 0.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from pandas import DataFrame

    numbers = DataFrame(table).select_dtypes("number").astype("Float64")
    if not numbers.notna().to_numpy().any():
        return None
    with styled():
        figure = Figure(figsize=(_WIDTH, _FRAME + _ROW * len(numbers)), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        left = [0.0] * len(numbers)
        for place, (name, column) in enumerate(numbers.items()):
            lengths = [float(value) for value in column.fillna(0)]
            drawn = axes.barh(range(len(numbers)), lengths, left=left, color=_COLOURS[place % len(_COLOURS)], label=str(name))
            left = [before + length for before, length in zip(left, lengths, strict=True)]
            if numbers.shape[1] == 1:
                axes.bar_label(drawn, [_shown(value) for value in column], padding=3)
        axes.set_yticks(range(len(numbers)), [str(label) for label in numbers.index])
        axes.invert_yaxis()
        axes.set_title(title, loc="left")
        if numbers.shape[1] > 1:
            axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
        return Drawn(figure, title)


def _shown(value: Any) -> str:
    """A number as the report writes it; nothing for <NA>. Any: pandas does not type what a column holds."""
    from pandas import isna

    return "" if isna(value) else number(Decimal(str(value)), 2)
