"""Leaving out the blank rows of a sheet's XML: a sheet that is formatted down to its last row has a million of them.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ROW = b"<row "
_NUMBERED = re.compile(rb'<row (?:[^<>]* )?r="[0-9]{1,7}"')
#: Without these letters and signs there is no `<v>`, `<f>`, comment or instruction, with or without a namespace prefix.
_TELLING = (b"v", b"f", b"!", b"?")


def without_blank_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a sheet, each without its rows that surely hold nothing; what is left is as well-formed as it was.

    The last of the rows stays: its number is that from which a row without a number is counted. From a comment or a CDATA
    section on, nothing is left out any more: what looks like a row in it may be none.
    """
    plain, end = True, b""
    for piece in pieces:
        kept = _shortened(piece) if plain else piece
        plain = plain and b"<!" not in kept and end + piece[:1] != b"<!"
        end = piece[-1:]
        yield kept if plain else piece


def _shortened(piece: bytes) -> bytes:
    first = piece.find(_ROW)
    last = piece.rfind(_ROW, max(first, 0), piece.rfind(b">"))  # whole up to its `>`
    if first >= last or not _NUMBERED.match(piece, last) or _may_tell(piece, first, last):
        return piece
    return piece[:first] + piece[last:]


def _may_tell(piece: bytes, first: int, last: int) -> bool:
    """May something be said between these two places, or the sheet's rows end there?

    It looks for single letters first, and for words from behind: both take a small part of the time of unpacking.
    """
    if any(piece.find(sign, first, last) >= 0 for sign in _TELLING):
        return True
    text = piece.find(b"i", first, last) >= 0 and piece.rfind(b"is", first, last) >= 0  # `<is>`; “customHeight” has no “is”
    return text or piece.rfind(b"sheetData", first, last) >= 0
