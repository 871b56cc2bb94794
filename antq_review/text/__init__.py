"""All Vietnamese words and sentences of the program, by key.

They are in the `.toml` files beside this module, one file for each room. `say("ingest.not_a_number", found="x")` fills
the named places of a sentence. An unknown key or a missing place is a programming error and raises KeyError.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from antq_review.text.folding import fold, listed, tidy, visible
from antq_review.text.numbers import day, long_day, number, percent
from antq_review.text.sorting import vietnamese_key

__all__ = ["command", "day", "fold", "listed", "long_day", "number", "percent", "say", "tidy", "vietnamese_key", "visible", "words"]


@cache
def words(room: str) -> dict[str, Any]:
    """All words of one room: the content of `<room>.toml`."""
    with open(Path(__file__).with_name(f"{room}.toml"), "rb") as file:
        return tomllib.load(file)


def command() -> str:
    """The command that the user types before a verb: from `run.py` in ANTQ_COMMAND, else `antq`."""
    return os.environ.get("ANTQ_COMMAND") or "antq"


def say(key: str, /, **places: object) -> str:
    """The sentence or word with the key `room.name` or `room.group.name`, with its places filled.

    `{antq}` becomes `command()`.
    """
    room, *path = key.split(".")
    found: Any = words(room)
    for step in path:
        found = found[step]
    if not isinstance(found, str):
        raise KeyError(key)
    return found.format_map({"antq": command(), **places}) if places or "{" in found else found
