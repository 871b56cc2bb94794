"""One table of a roll-up as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from antq_review.text import say, words

Cell = str | int | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Frame:
    """One table. `sums`: the places of rows that sum up others; `notes` stand below it; `own_columns`: where the list decides them."""

    key: str
    rows: tuple[Row, ...]
    sums: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    own_columns: tuple[tuple[str, float], ...] = ()

    @property
    def title(self) -> str:
        """What the table is called."""
        return say(f"province.tables.{self.key}.title")

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return say(f"province.tables.{self.key}.sheet")

    @property
    def columns(self) -> list[tuple[str, float]]:
        """Heading and width of each column."""
        return [(str(heading), float(width)) for heading, width in words("province")["tables"][self.key].get("columns", self.own_columns)]
