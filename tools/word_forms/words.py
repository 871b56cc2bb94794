"""The words of this package, by key, from `words.toml` beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def phrase(key: str, /, **places: object) -> str:
    """The word or sentence with the key `name` or `group.name`, with its places filled."""
    found: Any = _words()
    for step in key.split("."):
        found = found[step]
    return str(found).format_map(places)
