"""From what a cell stores to its kind and text. Runs inside the worker process only.

Kinds: s text · n number · p number with a per cent format · d day · t day and time · h time of day or length of time
· b true or false · e error · f formula that was never calculated · o O v text in a font of an encoding from before Unicode
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from antq_review.ingest.cell_looks import Looks
from antq_review.ingest.number_formats import NumberFormat

#: Kind and text.
Shown = tuple[str, str]

#: Longest text of an Excel cell. One character more is sent to the parent, so that it can see that a text is too long.
_CELL_LIMIT = 32_767
_ERRORS = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
})
#: A number as Excel writes it: not `1_000`, not `NaN`, no Arabic digits, which Python would take.
_NUMBER = re.compile(r"-?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?\Z")
_PLACE = re.compile(r"\s*[0-9]{1,9}\s*\Z")
_BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]*\\Z")
#: The code in a workbook for a character that XML cannot contain (`_x000D_`), and for the `_` before what only looks like one.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[fF]|[dD][89a-fA-F][0-9A-Fa-f]{2}|[fF]{3}[eEfF])_")
_ISO = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2}))?T?(?:([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?)?Z?\Z")
_ISO_LENGTH = re.compile(r"PT(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\.[0-9]+)?S)?\Z")
#: Day 0 of each date system. In the first, Excel counts a 29/02/1900 that never was.
_DAY_0, _DAY_0_OF_1904, _NO_SUCH_DAY = datetime(1899, 12, 30), datetime(1904, 1, 1), 60
_MIDNIGHT = time()
_KNOWN = 4_096


class StoredValues:
    """Reads what the cells of one workbook store. `strings`: its shared texts, each as `text` gives it."""

    def __init__(self, strings: list[str], looks: Looks, from_1904: bool) -> None:
        self._strings, self._looks = strings, looks
        self._day_0 = _DAY_0_OF_1904 if from_1904 else _DAY_0
        self.readers: dict[str, Callable[[str, str], Shown | None]] = {
            # Most days, small numbers and shared words of a folder occur many times.
            "n": lru_cache(_KNOWN)(self._number), "s": lru_cache(_KNOWN)(self._shared),
            "str": self._text, "inlineStr": self._text, "b": _truth, "d": _iso,
            "e": lambda stored, style: ("e", stored),
        }

    def _shared(self, stored: str, style: str) -> Shown | None:
        if not _PLACE.match(stored):
            raise ValueError(f"no place in the table of texts: {stored[:40]!r}")
        return self._words(self._strings[int(stored)], style)

    def _text(self, stored: str, style: str) -> Shown | None:
        return self._words(text(stored), style)

    def _words(self, words: str, style: str) -> Shown | None:
        if words in _ERRORS:
            return "e", words
        return None if _BLANK.match(words) else (self._looks.kind(style, words), words)

    def _number(self, stored: str, style: str) -> Shown:
        """Raises ValueError for text that Excel never writes, KeyError for a style that the workbook has not."""
        if not _NUMBER.match(stored):
            raise ValueError(f"not a number: {stored[:40]!r}")
        value = int(stored) if stored.lstrip("-").isdecimal() else float(stored)
        form = self._looks.formats[style]
        if not form.moment:
            return _shown_number(value, form)
        try:
            return _shown_length(timedelta(days=value)) if form.elapsed else self._moment(value)
        except (OverflowError, ValueError):  # outside what Excel shows as a day
            return "e", "#VALUE!"

    def _moment(self, value: int | float) -> Shown:
        """A day, a day with its time, or a time of day: a number below 1."""
        days, fraction = divmod(value, 1)
        rest = timedelta(milliseconds=round(fraction * 86_400_000))
        if 0 <= value < 1 and not rest.days:
            return "h", str((_DAY_0 + rest).time())
        if 0 < value < _NO_SUCH_DAY and self._day_0 == _DAY_0:
            days += 1
        return _shown_moment(self._day_0 + timedelta(days=days) + rest)


def text(stored: str) -> str:
    """The text of a cell, from its XML."""
    if "_x" in stored:
        stored = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)
    return stored[: _CELL_LIMIT + 1]


def _truth(stored: str, style: str) -> Shown:
    return "b", {"0": "FALSE", "1": "TRUE"}[stored]


def _iso(stored: str, style: str) -> Shown:
    """A day or a time that is stored in words. Raises ValueError for what is neither."""
    if (found := _ISO.match(stored)) and (found[1] or found[2]):
        if not found[2]:
            return "d", date.fromisoformat(found[1]).isoformat()
        clock = time.fromisoformat(found[2])
        return _shown_moment(datetime.combine(date.fromisoformat(found[1]), clock)) if found[1] else ("h", str(clock))
    if (found := _ISO_LENGTH.match(stored)) and any(found.groups()):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return "h", str(timedelta(hours=hours, minutes=minutes, seconds=seconds))
    raise ValueError(f"neither day nor time: {stored[:40]!r}")


def _shown_moment(moment: datetime) -> Shown:
    """A day without a time is stored as midnight, also in a cell whose format shows a time."""
    whole_day = moment.time() == _MIDNIGHT
    return ("d", moment.date().isoformat()) if whole_day else ("t", moment.isoformat(" ", "minutes"))


def _shown_length(length: timedelta) -> Shown:
    """A length of time, to the millisecond."""
    if length.microseconds:
        length = timedelta(seconds=length.total_seconds() // 1, microseconds=round(length.microseconds, -3))
    return "h", str(length)


def _shown_number(value: int | float, form: NumberFormat) -> Shown:
    """Kind and digits: the 15 that Excel shows and compares, of the 17 that a file may hold.

    A whole number has no “.0”; a number format of zeros keeps its leading zeros (`00123456`).
    """
    if isinstance(value, float):
        if not isfinite(value):
            return "e", "#NUM!"
        value = float(f"{value:.15g}")
        if value.is_integer() and abs(value) < 1e15:
            value = int(value)
    if form.percent:
        return "p", f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if isinstance(value, int) and value >= 0 and form.zeros:
        return "n", str(value).zfill(form.zeros)
    return "n", repr(value)
