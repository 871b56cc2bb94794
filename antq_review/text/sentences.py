"""Sentences and words by key, from the `.toml` files beside this module: one file per room.

One place may be left out: `{pupils}`, the word for those whom a school teaches (`pupils.toml`). Without it the sentence has the
usual word. `{Pupils}` is the same place at the beginning of a sentence.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

#: The place that may be left out.
PUPILS = "pupils"


@cache
def words(room: str) -> dict[str, Any]:
    """All words of one room: the content of `<room>.toml`."""
    with open(Path(__file__).with_name(f"{room}.toml"), "rb") as file:
        return tomllib.load(file)


@cache
def places_of(key: str) -> tuple[str, ...]:
    """The named places of a sentence, each once. Raises KeyError for an unknown key."""
    names = (PUPILS if name == PUPILS.capitalize() else name for _, name, _, _ in Formatter().parse(_template(key)) if name)
    return tuple(dict.fromkeys(names))


@cache
def _template(key: str) -> str:
    room, *path = key.split(".")
    found: Any = words(room)
    for step in path:
        if not isinstance(found, dict):
            raise KeyError(key)
        found = found[step]
    if not isinstance(found, str):
        raise KeyError(key)
    return found


class _Places(dict[str, object]):
    """The places of a sentence that are given, and the word for pupils."""

    def __missing__(self, name: str) -> str:
        if name == PUPILS:
            return str(words(PUPILS)["usual"])
        if name == PUPILS.capitalize():
            return str(self[PUPILS]).capitalize()
        raise KeyError(name)


def filled(pattern: str, /, **places: object) -> str:
    """A pattern with its places filled. Raises KeyError for a missing place other than `{pupils}`."""
    if not places.get(PUPILS, True):  # silent
        del places[PUPILS]
    return pattern.format_map(_Places(places)) if "{" in pattern or places else pattern


def say(key: str, /, **places: object) -> str:
    """The sentence or word with the key `room.name` or `room.group.name`, with its places filled."""
    return filled(_template(key), **places)
