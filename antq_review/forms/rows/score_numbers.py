"""Numbers of rows as Word tables have them: one number beside several sub-rows a), b) …, a heading in one wide cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUB_ROW = re.compile(r"\s*([a-zđ])\s?[.)]\s*\S")
_SUB_NUMBER = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9]{1,3}){1,3})[.)]?\s+\S")
_HEADING = re.compile(r"\s*([IVXL]{1,6}|[A-H])\s?[.)]\s+(\S.{0,2000})\Z", re.DOTALL)


def block_numbers(number: str, texts: Sequence[str]) -> list[str] | None:
    """The number of each row beside one number: `4`, with “Phối hợp”, “a) …”, “b) …” → 4, 4a, 4b; “4.1 …” → 4.1.

    None where it is not clear: a row after the first whose text bears no number of its own, or one that occurs twice.
    """
    base = number.strip().rstrip(".) ")
    found = []
    for text in texts:
        letter, below = _SUB_ROW.match(text), _SUB_NUMBER.match(text)
        if letter and base:
            found.append(f"{base}{letter[1]}" if base[-1].isdigit() else f"{base}.{letter[1]}")
        elif below and below[1].startswith(f"{base}."):
            found.append(below[1])
        elif not found:
            found.append(base)
        else:
            return None
    return found if len(set(found)) == len(found) else None


def heading_of(text: str) -> tuple[str, str] | None:
    """“I. Phần một” in one wide cell → (I, Phần một); None for any other text."""
    found = _HEADING.match(text)
    return (found[1], found[2].strip()) if found else None
