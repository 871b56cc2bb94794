"""The tables of a review as pandas DataFrames, for people who work on in Jupyter: `antq.tables.criteria(review)`.

Headings are Vietnamese. Every column has one type: text is string, counts are Int64, numbers Float64, days datetime64,
yes or no boolean. What is unknown is <NA>, never 0. The source of a row is in the column “Ô” (`file › sheet › K14`), the
clause of the law in the column “Căn cứ”. `help(antq.tables.criteria)` lists the columns of a table.
"""

from __future__ import annotations

from antq_review.province.notebook import roll_up_table as roll_up
from antq_review.publish.comparison.frames import comparison
from antq_review.publish.tables.evidence_frames import days, evidence, numbers, problems, register
from antq_review.publish.tables.frames import criteria, plan, points, scores
from antq_review.publish.tables.overview_frames import after, checks, months

__all__ = [
    "after", "checks", "comparison", "criteria", "days", "evidence", "months", "numbers", "plan", "points", "problems", "register",
    "roll_up", "scores",
]
