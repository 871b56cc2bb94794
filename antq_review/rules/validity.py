"""A text of law in time: its assessment period, the authority's deadline, where it was read, what amended it."""

from __future__ import annotations

from datetime import date

from antq_review.period import Period
from antq_review.source import Frozen


class PeriodRule(Frozen):
    """First and last day of the assessment period. `start_year_offset` -1: it begins in the year before."""

    start_month: int
    start_day: int
    start_year_offset: int
    end_month: int
    end_day: int
    citation: str
    confidence: str

    def of(self, year: int) -> Period:
        """The assessment period of one year."""
        return Period(
            date(year + self.start_year_offset, self.start_month, self.start_day), date(year, self.end_month, self.end_day)
        )


class Deadline(Frozen):
    """The authority's last day for its decision: the day before the date in “trước ngày …”. A text gives the school none."""

    month: int
    day: int
    citation: str
    confidence: str

    def of(self, year: int) -> date:
        """The day in one year."""
        return date(year, self.month, self.day)


class Source(Frozen):
    """The source of the text, its reader and the day of reading."""

    where: str
    read_by: str
    read_on: date
    note: str = ""


class Amendment(Frozen):
    """A later text that changed this one.

    `first_cited`: the first year whose papers cite it beside this text.
    """

    number: str
    first_cited: int
    note: str = ""
