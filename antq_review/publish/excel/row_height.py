"""The height of a row for its wrapped text, because not every spreadsheet program adjusts heights when it opens a file.

Column widths are counted in digits of Calibri. If another font replaces Calibri, columns and text become wider alike.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

#: In points: width of one column unit, blank space beside the text of a cell, highest row that Excel can show.
_UNIT, _PADDING, _HIGHEST = 5.25, 5.0, 409.0
#: Widths of letters as fractions of the font size, rounded up: Times New Roman, Calibri.
_SERIF = {"ijlt,.;:'’/|! ": 0.27, "rfI()[]-": 0.335, "sJ": 0.39, "aceyvkxz?": 0.46, "mwMWQ%@…✓✗⧗–": 0.83}
_SANS = {"ijlI,.;:'’|! ": 0.25, "trf()[]-/_": 0.35, "scvzykxJ": 0.455, "aegL?“”›": 0.495, "mwMWQ%@…✓✗⧗–≥": 0.86}


@lru_cache(maxsize=4096)
def _em(letter: str, serif: bool) -> float:
    """Width of a letter as a fraction of the font size; a Vietnamese letter is as wide as its base letter."""
    base = unicodedata.normalize("NFD", letter)[0]
    for letters, width in (_SERIF if serif else _SANS).items():
        if base in letters:
            return width
    if base.isupper():
        return 0.69 if serif else 0.60
    return 0.5 if serif else 0.527


@lru_cache(8192)
def line_count(text: str, width: float, size: float, *, serif: bool = False) -> int:
    """Lines of a text of `size` points in a column of `width` units.

    A word is broken only if it is wider than the column. Tables say the same words again and again.
    """
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
    """Height in points of a row with this many lines, up to the highest row that Excel can show."""
    return min(_HIGHEST, math.ceil(lines * size * 1.34 + 4))
