"""The width of a text in Times New Roman. Advance widths in 1/1000 em; tone marks add no width.

A Word file does not contain its line breaks, but the header's grid, the drawn lines and the check of the Quốc hiệu need
them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache

from antq_review.text import words

# fmt: off
_REGULAR = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722,
    667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278,
    500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500,
    500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778,
    722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333,
    556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
)
#: Code point → regular, bold: d with stroke, o and u with horn (small, capital), quotation marks, ellipsis, dash, no-break space.
_OTHERS = {
    0x0111: (500, 556), 0x0110: (722, 722), 0x01A1: (529, 554), 0x01A0: (722, 778), 0x01B0: (542, 600), 0x01AF: (776, 796),
    0x201C: (444, 500), 0x201D: (444, 500), 0x2026: (1000, 1000), 0x2013: (500, 500), 0x00A0: (250, 250),
}
# fmt: on
NO_BREAK = "\u00a0"
#: No limit to the words of a compound, and the most words of a place's name.
_ANY, _NAME_WORDS = 99, 4
_HORN = "\u031b"
_UNKNOWN = (722, 778)
_MM_PER_POINT = 25.4 / 72


@cache
def _advance(letter: str, bold: bool) -> int:
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
    place = ord(base) - 32
    if 0 <= place < len(_REGULAR):
        return (_BOLD if bold else _REGULAR)[place]
    return _OTHERS.get(ord(base), _UNKNOWN)[bold]


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in mm of a text set on one line at `size` points."""
    letters = unicodedata.normalize("NFC", text)
    return sum(_advance(letter, bold) for letter in letters) * size * _MM_PER_POINT / 1000


def planned(text: str, size: float, bold: bool, room: float) -> list[str]:
    """The text on planned lines; words that belong together stay on one line, longer compounds only where they cost no line."""
    plans = [broken(_bound(text, most, size, bold, room), size, bold, room) for most in (_ANY, 3, 2)]
    return min(plans, key=len)


def _bound(text: str, most: int, size: float, bold: bool, room: float) -> str:
    """The text with no-break spaces inside compounds of at most `most` words that fit on one line."""
    for pattern in _compounds(most):
        text = pattern.sub(lambda found: _kept(found.group(), size, bold, room), text)
    return text


def _kept(compound: str, size: float, bold: bool, room: float) -> str:
    return compound.replace(" ", NO_BREAK) if width(compound, size, bold) <= room else compound


@cache
def _compounds(most: int) -> tuple[re.Pattern[str], ...]:
    """The fixed compounds, the longest first; then a kind of place with the name that follows it to the end."""
    known = words("word")["bound"]
    fixed = sorted((one for one in known["compounds"] if len(one.split()) <= most), key=len, reverse=True)
    kinds = "|".join(one.replace(" ", f"[ {NO_BREAK}]") for one in known["places"])
    patterns = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in fixed]
    patterns.append(rf"(?<!\w)(?:{kinds}) (?:\w+[ {NO_BREAK}]?){{1,{_NAME_WORDS}}}\Z")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def broken(text: str, size: float, bold: bool, room: float) -> list[str]:
    """The text on as few lines as `room` mm allow, the lines as equal as possible; a too long word has its own line.

    Words that a no-break space joins stay on one line.
    """
    pieces = [piece for piece in re.split(r"[ \t\n]+", text) if piece]
    best = _greedy(pieces, size, bold, room)
    if any(width(piece, size, bold) > room for piece in pieces):
        return best
    tenths = range(10, round(room * 10) + 1, 5)
    # More room never makes more lines, so the narrowest room with the fewest lines can be searched by halving.
    place = bisect_left(tenths, -len(best), key=lambda tenth: -len(_greedy(pieces, size, bold, tenth / 10)))
    return _greedy(pieces, size, bold, tenths[place] / 10) if place < len(tenths) else best


def _greedy(pieces: list[str], size: float, bold: bool, room: float) -> list[str]:
    lines: list[str] = []
    for word in pieces:
        if lines and width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
