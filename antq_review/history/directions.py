"""Whether more or less is better, for measures and table rows; read from `directions.toml`."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any


class Direction(StrEnum):
    """Is more better, is less better, or is the number only information?"""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@cache
def _declared() -> dict[str, Any]:
    with open(Path(__file__).with_name("directions.toml"), "rb") as file:
        return tomllib.load(file)


def of_measure(name: str) -> Direction:
    """The direction of a measure; NEITHER if it is not declared."""
    return next((Direction(way) for way, names in _declared()["measures"].items() if name in names), Direction.NEITHER)


def of_row(table: str, key: str) -> Direction:
    """The direction of a row of a numeric table; NEITHER if it is not declared."""
    full = f"{table}/{key}"
    return next((Direction(way) for pattern, way in _declared()["rows"]["order"] if fnmatchcase(full, pattern)), Direction.NEITHER)


def declared_measures() -> frozenset[str]:
    """Every measure that has a direction."""
    return frozenset(name for names in _declared()["measures"].values() for name in names)
