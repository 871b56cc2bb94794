"""Room 3: the law as data. A folder for each text, a register of their validity, a loader that refuses faults."""

from __future__ import annotations

from antq_review.period import Period, calendar_year
from antq_review.rules.loader import faults, provisions, register, rulebook
from antq_review.rules.model import (
    Award,
    AwardStep,
    Band,
    Bound,
    Cap,
    Deduction,
    Heading,
    Mapping,
    MappingKind,
    Provision,
    Reading,
    Rulebook,
)

__all__ = [
    "Award",
    "AwardStep",
    "Band",
    "Bound",
    "Cap",
    "Deduction",
    "Heading",
    "Mapping",
    "MappingKind",
    "Provision",
    "Reading",
    "Rulebook",
    "faults",
    "in_force",
    "provisions",
    "register",
    "rulebook",
    "span",
]


def in_force(year: int) -> tuple[Rulebook, ...]:
    """The texts in force on the last day of their assessment period of a year, in the order of the register."""
    found = []
    for entry in register():
        text = rulebook(entry.id)
        last_day = text.period.of(year).end
        if entry.effective_from <= last_day and (entry.effective_to is None or last_day <= entry.effective_to):
            found.append(text)
    return tuple(found)


def span(year: int) -> Period:
    """First to last day on which evidence can count: the plan's calendar year and the periods of all texts together."""
    periods = [calendar_year(year), *(text.period.of(year) for text in in_force(year))]
    return Period(min(period.start for period in periods), max(period.end for period in periods))
