"""Periods of days: assessment periods, windows of a review, quarters, unions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

#: The quarters as the texts write them: “Quý I”.
QUARTER_NAMES = ("I", "II", "III", "IV")


class Period(NamedTuple):
    """Consecutive days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days, both ends counted; 0 where the end is before the start."""
        return max(0, (self.end - self.start).days + 1)

    def holds(self, day: date) -> bool:
        """Is the day in the period?"""
        return self.start <= day <= self.end

    def until(self, day: date) -> Period:
        """The part of the period up to and including `day`; it has 0 days where the period begins later."""
        return Period(self.start, min(self.end, day))

    @property
    def last_month(self) -> Period:
        """The last month of the period: from the day after the same day of the month before its end."""
        following = self.end + timedelta(days=1)
        year, month = (following.year - 1, 12) if following.month == 1 else (following.year, following.month - 1)
        return Period(max(self.start, date(year, month, min(following.day, 28))), self.end)

    def overlaps(self, start: date, end: date | None) -> bool:
        """Is some day from `start` to `end` (None: without end) in the period?"""
        return start <= self.end and (end is None or end >= self.start)


def quarter(year: int, number: int) -> Period:
    """Quarter 1–4 of a calendar year."""
    first = date(year, 3 * number - 2, 1)
    following = date(year + number // 4, (3 * number) % 12 + 1, 1)
    return Period(first, following - timedelta(days=1))


def calendar_year(year: int) -> Period:
    """1 January to 31 December."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months(period: Period) -> list[tuple[int, int]]:
    """Every (year, month) with a day in the period, in order."""
    found, year, month = [], period.start.year, period.start.month
    while (year, month) <= (period.end.year, period.end.month):
        found.append((year, month))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def covered_days(window: Period, stretches: Iterable[Period]) -> int:
    """Number of days of `window` that are in at least one of the `stretches`."""
    covered, reached = 0, window.start
    for stretch in sorted(stretches):
        start, end = max(stretch.start, reached), min(stretch.end, window.end)
        if start <= end:
            covered += (end - start).days + 1
            reached = end + timedelta(days=1)
    return covered
