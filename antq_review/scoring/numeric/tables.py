"""The numeric annex PL1–PL10: every number of the year-end report once, as data, with the cells it comes from.

Periods: PL1 covers the days of the headcounts, PL2–PL9 the assessment period up to the day of the review, PL10 the
periods of the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from antq_review.period import Period, calendar_year
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.numeric_tables import NumericTable
from antq_review.scoring.model.review import TextReview
from antq_review.scoring.numeric.lines import Line
from antq_review.scoring.numeric.own_scores import PL10
from antq_review.scoring.numeric.papers import PL2, PL4, PL6, PL9
from antq_review.scoring.numeric.people import PL3, PL8
from antq_review.scoring.numeric.rows import filled_table
from antq_review.scoring.numeric.safety import PL5, PL7
from antq_review.scoring.numeric.size import PL1
from antq_review.text import SILENT, Message, tell

#: Every table with the declaration of its lines, in order.
TABLES = (PL1, PL2, PL3, PL4, PL5, PL6, PL7, PL8, PL9, PL10)


def tables(index: Index, texts: Sequence[TextReview], year: int, as_of: date) -> tuple[NumericTable, ...]:
    """PL1–PL10 of one school and year.

    `texts`: the judged texts; the period of the first is the assessment period. Without a text it is the plan's year.
    """
    period = Period(texts[0].period_start, texts[0].period_end) if texts else calendar_year(year)
    look = EvidenceWindow(index.evidence, period, as_of, year, index)
    return tuple(filled_table(declared, look, texts) for declared in TABLES)


@cache
def line_of(table: str, key: str) -> Line | None:
    """The declaration of a line; None for a table or a line that no declaration fits."""
    return next((declared.line(key) for declared in TABLES if declared.id == table), None)


@cache
def group_of(table: str, key: str) -> Message:
    """The heading above a line in its table; silent where it stands below none."""
    group = next((declared.group(key) for declared in TABLES if declared.id == table), "")
    return tell(f"numeric.groups.{group}") if group else SILENT
