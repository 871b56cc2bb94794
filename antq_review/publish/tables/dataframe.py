"""Makes pandas DataFrames from plain rows: Vietnamese headings, one type for each column, <NA> for all that is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from antq_review.source import CellRef, grouped
from antq_review.text import Message, words

if TYPE_CHECKING:
    from typing import TypeAlias

    import pandas

    #: For rooms above, which import no pandas.
    DataFrame: TypeAlias = pandas.DataFrame

#: The pandas types of the columns. The day of a year far away fits into seconds, but not into nanoseconds.
TEXT, WHOLE, NUMBER, DAY, YES_NO = "string", "Int64", "Float64", "datetime64[s]", "boolean"

#: None, an empty text and a silent message are unknown, which is never printed as 0.
FrameCell = Message | str | int | Decimal | date | datetime | None
FrameRow = Mapping[str, FrameCell]


def of_columns(name: str, columns: Mapping[str, str], rows: Iterable[FrameRow]) -> pandas.DataFrame:
    """The rows as a DataFrame.

    `columns`: key → type; the heading of a key is in `[frames.<name>]` of text/publish.toml. A row may lack a key: the
    value is unknown.
    """
    headings = words("publish")["frames"][name]
    return of_headings({key: (headings[key], kind) for key, kind in columns.items()}, rows)


def of_headings(columns: Mapping[str, tuple[str, str]], rows: Iterable[FrameRow]) -> pandas.DataFrame:
    """The rows as a DataFrame. `columns`: key → (heading, type)."""
    import pandas

    every = list(rows)
    return pandas.DataFrame({
        heading: pandas.Series([_typed(row.get(key), kind) for row in every], dtype=kind)
        for key, (heading, kind) in columns.items()
    })


def _typed(value: FrameCell, kind: str) -> str | int | float | bool | date | None:
    """The value for a column of that type. Raises TypeError for a value of another type."""
    if value is None or value == "" or (isinstance(value, Message) and not value):
        return None
    if kind == TEXT and isinstance(value, str | Message):
        return str(value)
    if kind == YES_NO and isinstance(value, bool):
        return value
    if kind in (WHOLE, NUMBER) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return int(value) if kind == WHOLE else float(value)
    if kind == DAY and isinstance(value, date):
        return value
    raise TypeError(f"{value!r} is no {kind}")


def place(cells: Iterable[CellRef]) -> str:
    """`file › sheet › K14:K16; …`, empty where there is no cell."""
    return "; ".join(grouped(cells))


def joined(texts: Iterable[Message | str]) -> str:
    """The texts in one cell, each once, without the empty ones."""
    return "; ".join(dict.fromkeys(shown for text in texts if (shown := str(text))))
