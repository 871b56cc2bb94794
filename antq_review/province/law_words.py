"""The names of texts and criteria as this tool's own law has them: a roll-up prints no word of a package but the school's name."""

from __future__ import annotations

from functools import cache

from antq_review.rules import register, rulebook


@cache
def short_of(text_id: str) -> str:
    """The short name of a text; of one that this tool does not know its id."""
    return str(rulebook(text_id).short) if text_id in {entry.id for entry in register()} else text_id


@cache
def title_of(text_id: str, criterion: str) -> str:
    """The title of a criterion; empty where this tool does not know it."""
    if text_id not in {entry.id for entry in register()}:
        return ""
    return next((one.title for one in rulebook(text_id).criteria if one.id == criterion), "")
