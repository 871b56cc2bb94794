"""Whether more or less is better: for measures from `directions.toml`, for table rows from the declarations of their lines."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from antq_review.scoring.numeric.lines import Direction
from antq_review.scoring.numeric.tables import line_of

__all__ = ["Direction", "declared_measures", "of_measure", "of_row"]


@cache
def _declared() -> dict[str, Direction]:
    """Measure → its direction."""
    with open(Path(__file__).with_name("directions.toml"), "rb") as file:
        found = tomllib.load(file)["measures"]
    return {name: Direction(way) for way, names in found.items() for name in names}


def of_measure(name: str) -> Direction:
    """The direction of a measure; NEITHER if it is not declared."""
    return _declared().get(name, Direction.NEITHER)


def of_row(table: str, key: str) -> Direction:
    """The direction of a row of a numeric table; NEITHER if it is not declared."""
    line = line_of(table, key)
    return line.direction if line is not None else Direction.NEITHER


def declared_measures() -> frozenset[str]:
    """Every measure that has a direction."""
    return frozenset(_declared())
