"""Which way is better, read from `directions.toml`."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any


class Direction(StrEnum):
    """Is more better, is less, or does the number only tell something?"""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@cache
def _declared() -> dict[str, Any]:
    with open(Path(__file__).with_name("directions.toml"), "rb") as file:
        return tomllib.load(file)


def of_measure(name: str) -> Direction:
    """The direction of a measure; one that is not declared is neither good nor bad."""
    return next((Direction(way) for way, names in _declared()["measures"].items() if name in names), Direction.NEITHER)


def of_row(table: str, key: str) -> Direction:
    """The direction of a row of a numeric table; one that is not declared is neither good nor bad."""
    full = f"{table}/{key}"
    return next((Direction(way) for pattern, way in _declared()["rows"]["order"] if fnmatchcase(full, pattern)), Direction.NEITHER)


def declared_measures() -> frozenset[str]:
    """Every measure that has a direction."""
    return frozenset(name for names in _declared()["measures"].values() for name in names)
