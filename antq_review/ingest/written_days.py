"""Days and times of day as clerks write them. Only a writing that has one meaning is read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from antq_review.forms.columns import CellKind, Column
from antq_review.ingest.refused import Refused
from antq_review.text import Message, tell, words

_WORDS = {**words("ingest")["clock"], **words("ingest")["written_day"]}
#: `05/09/2026`, `5 / 9 / 2026.`, `05–09–2026`, `ngày 5 tháng 9 năm 2026`.
_DAY_FIRST = re.compile(
    r"'?(?:{day} )?([0-9]{{1,2}})(?: ?[/.‐-–—-] ?| {month} )([0-9]{{1,2}})(?: ?[/.‐-–—-] ?|,? {year} )([0-9]{{4}})\.?\Z".format(**_WORDS)
)
_YEAR_FIRST = re.compile(r"'?([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[t ]00:00(?::00)?)?\Z")
#: `8h`, `8h30` with any word that clerks write for hour and minute; `08:30`; `08:30:00`, the value of a time cell; with
#: SA, CH, AM or PM where the clock has twelve hours.
_CLOCK = (
    r"([0-9]{{1,2}}) ?(?:(?:{hour})(?: ?([0-9]{{2}})(?: ?{minute})?)?|:([0-9]{{2}})(?::[0-9]{{2}})?)[’']?(?: ?({morning}|{afternoon}))?"
    .format(**_WORDS)
)
_TIME = re.compile(_CLOCK + r"\Z")
_DAY_THEN_TIME = re.compile(rf"(?P<day>.*?[^ ,])(?: ?[,t] ?| )(?:{_WORDS['at']} )?{_CLOCK}\Z")
_TIME_THEN_DAY = re.compile(rf"{_CLOCK}(?: ?, ?| )(?P<day>.*)\Z")
_SPACES = re.compile(r"\s+")
#: A whole day among other words; a part of another one; a day with signs that no day has; letters that look like digits.
_WHOLE_DAY = re.compile(r"(?<![\w/.-])[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}(?![0-9/-])")
_PART_OF_A_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}")
_OTHER_SIGNS = re.compile(r"[0-9]{1,2} ?[\\,;:_|] ?[0-9]{1,2} ?[\\,;:_|] ?[0-9]{4}\Z")
_LETTER_FOR_DIGIT = re.compile(r"(?=.*[oli])[0-9oli]{1,2}[/.-][0-9oli]{1,2}[/.-][0-9oli]{4}\Z")
#: Excel counts days from here; the days that can be meant have five digits.
_FIRST_SERIAL, _SERIAL_DIGITS = date(1899, 12, 30), 5
#: Days outside these years come from typing errors or from a wrong date system of the workbook.
_FIRST_YEAR, _LAST_YEAR = 1975, 2099


def day_parts(text: str) -> tuple[int, int, int] | None:
    """Day, month and year in their written places, which may be no day of the calendar. None: another writing.

    A time of day before or after the day is left out.
    """
    plain = _SPACES.sub(" ", text).strip().lower()
    timed = _DAY_THEN_TIME.match(plain) or _TIME_THEN_DAY.match(plain)
    if found := _DAY_FIRST.match(timed["day"] if timed else plain):
        day, month, year = (int(part) for part in found.groups())
        return day, month, year
    return None


def is_day(day: int, month: int, year: int) -> bool:
    """Is it a day of the calendar, in a year that can be meant?"""
    return _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def written_day(column: Column, text: str) -> date:
    """The day that a text names. Raises Refused."""
    plain = _SPACES.sub(" ", text).strip().lower()
    if found := _DAY_FIRST.match(plain):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.match(plain):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise Refused("not_a_date", how=_how_to_mend(column, plain))
    if month > 12 and is_day(month, day, year):
        raise Refused("not_a_date", how=tell("ingest.day.month_first", day=f"{month:02d}/{day:02d}/{year}"))
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Refused("not_a_date", how=how_to_write(column))
    if _FIRST_YEAR <= year <= _LAST_YEAR and day > (last := monthrange(year, month)[1]):
        raise Refused("no_such_day", month=f"{month}/{year}", last=last)
    return sane_day(column, date(max(year, 1), month, min(day, monthrange(max(year, 1), month)[1])))


def sane_day(column: Column, day: date) -> date:
    """The day, where its year can be meant. Raises Refused."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Refused("not_a_date", how=tell("ingest.day.year", first=str(_FIRST_YEAR), last=str(_LAST_YEAR)))
    return day


def written_moment(column: Column, text: str) -> date | datetime:
    """The day, and the time of day where the text has one before or after it. Raises Refused."""
    plain = _SPACES.sub(" ", text).strip().lower()
    for pattern in (_DAY_THEN_TIME, _TIME_THEN_DAY):
        if found := pattern.match(plain):
            hours = [part for name, part in zip(_groups(pattern), found.groups(), strict=True) if name != "day"]
            clock = _time_of(*hours)
            if clock is None:
                raise Refused("not_a_date", how=how_to_write(column))
            return datetime.combine(written_day(column, found["day"]), clock)
    return written_day(column, plain)


def written_time(text: str) -> time | None:
    """The time of day that a text names; None where it names none surely."""
    found = _TIME.match(_SPACES.sub(" ", text).strip().lower())
    return _time_of(*found.groups()) if found else None


def how_to_write(column: Column) -> Message:
    """The remedy for a cell that is no day, with an example of this column."""
    if column.kind is CellKind.MOMENT:
        return tell("ingest.day.moment")
    return tell("ingest.day.month" if column.name == "month_on" else "ingest.day.plain")


def how_to_format(digits: str) -> Message:
    """The remedy for a number in a cell for a day: a day that has lost its format shows it again."""
    if digits.isdecimal() and len(digits) == _SERIAL_DIGITS:
        day = _FIRST_SERIAL + timedelta(days=int(digits))
        if _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return tell("ingest.day.serial")
    return tell("ingest.day.cell")


def _how_to_mend(column: Column, plain: str) -> Message:
    """The remedy for a text that is no day: what stands beside a whole day, or between its parts, is named."""
    if column.kind is not CellKind.DATE or column.name == "month_on":
        return how_to_write(column)
    whole = [found[0] for found in _WHOLE_DAY.finditer(plain)]
    if len(whole) > 1 or (whole and _PART_OF_A_DAY.search(plain.replace(whole[0], " "))):
        return tell("ingest.day.several")
    if whole:
        return tell("ingest.day.alone")
    if _OTHER_SIGNS.match(plain):
        return tell("ingest.day.signs")
    return tell("ingest.day.letter") if _LETTER_FOR_DIGIT.match(plain) else how_to_write(column)


def _groups(pattern: re.Pattern[str]) -> list[str]:
    names = {number: name for name, number in pattern.groupindex.items()}
    return [names.get(number, "") for number in range(1, pattern.groups + 1)]


def _time_of(hours: str, after_word: str | None, after_colon: str | None, half: str | None) -> time | None:
    hour, minute = int(hours), int(after_word or after_colon or 0)
    if half is not None:
        morning = re.fullmatch(_WORDS["morning"], half) is not None
        if hour == 0 or (morning and hour > 12):
            return None
        hour = hour % 12 if morning else hour if hour >= 12 else hour + 12
    return time(hour, minute) if hour <= 23 and minute <= 59 else None
