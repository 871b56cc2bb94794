"""How high a row must be for its wrapped text: no spreadsheet program can be relied on to grow rows when it opens a file.

Column widths are counted in digits of Calibri. Where another font stands in for it, columns and text widen alike.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

#: Width of one column unit, in points; what a cell leaves blank beside its text; the highest row Excel can show.
_UNIT, _PADDING, _HIGHEST = 5.25, 5.0, 409.0
#: Widths of letters as shares of the font's size, rounded up: Times New Roman, Calibri.
_SERIF = {"ijlt,.;:'’/|! ": 0.27, "rfI()[]-": 0.335, "sJ": 0.39, "aceyvkxz?": 0.46, "mwMWQ%@…✓✗⧗–": 0.83}
_SANS = {"ijlI,.;:'’|! ": 0.25, "trf()[]-/_": 0.35, "scvzykxJ": 0.455, "aegL?“”›": 0.495, "mwMWQ%@…✓✗⧗–≥": 0.86}


@lru_cache(maxsize=4096)
def _em(letter: str, serif: bool) -> float:
    """Width of a letter; a Vietnamese letter is as wide as its base letter."""
    base = unicodedata.normalize("NFD", letter)[0]
    for letters, width in (_SERIF if serif else _SANS).items():
        if base in letters:
            return width
    if base.isupper():
        return 0.69 if serif else 0.60
    return 0.5 if serif else 0.527


def line_count(text: str, width: float, size: float, *, serif: bool = False) -> int:
    """Lines that a text of a font size in points takes in a column of `width` units, words kept whole where they fit."""
    room = max(width * _UNIT - _PADDING, size)
    return sum(_wrapped(paragraph, room / size, serif) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float, serif: bool) -> int:
    lines, used = 1, 0.0
    space = _em(" ", serif)
    for word in paragraph.split(" "):
        long = sum(_em(letter, serif) for letter in word)
        if used and used + space + long > room:
            lines, used = lines + 1, 0.0
        used += long + (space if used else 0.0)
        if used > room:
            lines, used = lines + math.ceil(used / room) - 1, used % room
    return lines


def row_height(lines: int, size: float) -> float:
    """Height in points of a row with so many lines, up to the highest that Excel can show."""
    return min(_HIGHEST, math.ceil(lines * size * 1.34 + 4))
