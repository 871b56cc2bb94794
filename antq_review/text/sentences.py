"""Sentences and words by key, from the `.toml` files beside this module: one file per room."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any


@cache
def words(room: str) -> dict[str, Any]:
    """All words of one room: the content of `<room>.toml`."""
    with open(Path(__file__).with_name(f"{room}.toml"), "rb") as file:
        return tomllib.load(file)


@cache
def places_of(key: str) -> tuple[str, ...]:
    """The named places of a sentence, each once. Raises KeyError for an unknown key."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(_template(key)) if name))


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


def say(key: str, /, **places: object) -> str:
    """The sentence or word with the key `room.name` or `room.group.name`, with its places filled."""
    found = _template(key)
    return found.format_map(places) if places or "{" in found else found
