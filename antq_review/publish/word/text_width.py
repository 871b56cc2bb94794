"""The width of a text in Times New Roman. Advance widths in 1/1000 em; tone marks add no width.

A Word file does not contain its line breaks, but the header's grid, the drawn lines and the check of the Quốc hiệu need
them.
"""

from __future__ import annotations

import unicodedata
from functools import cache

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


def broken(text: str, size: float, bold: bool, room: float) -> list[str]:
    """The text on as few lines as `room` mm allow, the lines as equal as possible; a too long word has its own line."""
    words = text.split()
    fewest = len(_greedy(words, size, bold, room))
    best = _greedy(words, size, bold, room)
    for tenths in range(10, round(room * 10) + 1, 5):
        lines = _greedy(words, size, bold, tenths / 10)
        if len(lines) == fewest and all(width(line, size, bold) <= room for line in lines):
            return lines
    return best


def _greedy(words: list[str], size: float, bold: bool, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
