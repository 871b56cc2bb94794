"""What a number format makes of a number: a day or a time of day, a length of time, a per cent, leading zeros; as Excel does.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: Formats that a file names by number only. The others of these numbers show a plain number or a text. 27–31, 50–58 and
#: 67–81 are formats of East Asian and Thai computers; other computers show them as those listed here.
_DAY, _TIME = "d/m/yyyy", "h:mm"
BUILT_IN = (
    {1: "0", 9: "0%", 10: "0.00%", 46: "[h]:mm:ss", 59: "0", 67: "0%", 68: "0.00%", 80: "[h]:mm:ss"}
    | dict.fromkeys([*range(14, 18), 22, *range(27, 32), *range(50, 59), *range(71, 76), 78], _DAY)
    | dict.fromkeys([*range(18, 22), 45, 47, 76, 77, 79, 81], _TIME)
)
#: A format in its pieces. Quoted text, the sign after `\`, `_` or `*`, and brackets (a colour, a language, a condition) are no
#: part of a day; brackets around h, m or s alone show a length of time.
_PIECE = re.compile(
    r'(?P<elapsed>\[(?:h+|m+|s+)\])|"[^"]*"?|\[[^\]]*\]?|[\\_*].?|(?P<next>;)|(?P<moment>[dmyhs])|.', re.IGNORECASE | re.DOTALL
)
_ZEROS = re.compile(r"0+")


class NumberFormat(NamedTuple):
    """`moment`: a day or a time of day, or a length of time where `elapsed`. `zeros`: digits shown at least, with leading zeros."""

    moment: bool = False
    elapsed: bool = False
    percent: bool = False
    zeros: int = 0


GENERAL = NumberFormat()


@lru_cache(maxsize=256)
def number_format(code: str) -> NumberFormat:
    """The format of a code. Days are recognised by its first section: that of positive numbers."""
    moment = elapsed = False
    for piece in _PIECE.finditer(code):
        if piece["next"]:
            break
        elapsed = elapsed or piece["elapsed"] is not None
        moment = moment or piece["moment"] is not None
    return NumberFormat(moment or elapsed, elapsed, "%" in code, len(code) if _ZEROS.fullmatch(code) else 0)
