"""Leaving out the blank rows of a sheet's XML: a sheet that is formatted down to its last row has a million of them.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ROW = b"<row "
_NUMBERED = re.compile(rb'<row (?:[^<>]* )?r="[0-9]{1,7}"')
#: Without these letters and signs there is no `<v>`, `<f>`, `<is>`, comment or instruction, with or without a namespace prefix.
_TELLING = b"vfi!?"
_OTHERS = bytes(set(range(256)) - set(_TELLING))


def without_blank_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a sheet, each without its rows that surely hold nothing; what is left is as well-formed as it was.

    The last of the rows stays: its number is that from which a row without a number is counted. From a comment or a CDATA
    section on, nothing is left out any more: what looks like a row in it may be none.
    """
    plain = True
    for piece in pieces:
        kept = _shortened(piece) if plain else piece
        plain = plain and b"<!" not in kept and b"<?" not in kept[1:]  # the part itself begins with `<?xml`
        yield kept if plain else piece


def _shortened(piece: bytes) -> bytes:
    first = piece.find(_ROW)
    last = piece.rfind(_ROW, max(first, 0), piece.rfind(b">"))  # whole up to its `>`
    if first >= last or not _NUMBERED.match(piece, last):
        return piece
    rows = piece[first:last]
    telling = rows.translate(None, _OTHERS)
    if telling.strip(b"i") or (telling and b"is" in rows):  # “customHeight” has an i and no “is”
        return piece
    return piece[:first] + piece[last:]
