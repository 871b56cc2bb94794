"""The note beside a line of the numeric tables: one message, also where it has several parts."""

from __future__ import annotations

from collections.abc import Iterable

from antq_review.text import SILENT, Listing, Message, listing, tell

_SEVERAL = "numeric.notes.several"


def note(name: str, **places: object) -> Message:
    """A note by its name in `numeric.toml`."""
    return tell(f"numeric.notes.{name}", **places)


def one_note(parts: Iterable[Message]) -> Message:
    """Several notes as one, without repeats and without silent ones."""
    found = list(dict.fromkeys(part for part in parts if part))
    if len(found) < 2:
        return found[0] if found else SILENT
    return tell(_SEVERAL, notes=listing(found, "; "))


def notes_in(whole: Message) -> tuple[Message, ...]:
    """The parts of a note that `one_note` made."""
    if whole.key != _SEVERAL:
        return (whole,) if whole else ()
    parts = whole.get("notes")
    return parts.items if isinstance(parts, Listing) else (whole,)
