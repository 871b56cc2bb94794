"""What a person does next, as the current surface names it: a command on the terminal, a button on the page."""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from string import Formatter

from antq_review.text.sentences import words

#: The surface for which messages are rendered now: `terminal` or `page`. The page sets it for each request.
SURFACE: ContextVar[str] = ContextVar("surface", default="terminal")
#: A part of a command that is left out where one of its places is not given.
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def command() -> str:
    """The command that the user types before a verb: from `run.py` in ANTQ_COMMAND, else `antq`."""
    return os.environ.get("ANTQ_COMMAND") or "antq"


def act(name: str, surface: str, /, **places: object) -> str:
    """An act of acts.toml in the words of a surface, with its places filled; a place that its words lack is ignored.

    An unknown act or surface, or a missing place that is not optional, raises KeyError.
    """
    given = {"antq": command(), **places}
    shown = _OPTIONAL.sub(lambda part: part[1] if given.keys() >= _places(part[1]) else "", words("acts")[name][surface])
    return shown.format_map(given)


def _places(part: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(part) if name}
