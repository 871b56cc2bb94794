"""What a user draws of an own table in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_review.publish.figures.bars import bars_figure
from antq_review.text import say

if TYPE_CHECKING:
    from IPython.display import Image, Markdown
    from pandas import DataFrame, Series

_WIDTH = 860  # pixels; the figure itself has more


def show_bars(table: DataFrame | Series, title: str) -> Image | Markdown:
    """A table of numbers as bars, one a row; several columns stand one after the other. Without a number, a sentence.

    >>> picture = antq.show_bars(antq.tables.criteria(review)["Kết luận"].value_counts(), "Kết luận")
    >>> picture.data[1:4]
    b'PNG'
    """
    from IPython.display import Image, Markdown

    drawn = bars_figure(table, title)
    if drawn is None:
        return Markdown(say("publish.nothing_to_draw", title=title))  # type: ignore[no-untyped-call]  # IPython does not type it
    return Image(data=drawn.png(), format="png", alt=drawn.says, width=_WIDTH)  # type: ignore[no-untyped-call]  # nor this
