"""P12: review.json: how much it grows for each row of activities."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from figure import Line
from school import DAY, school_of

from antq_review.scoring import summary
from antq_review.scoring.pipeline import review_evidence

TITLE = "the size of review.json"
SMALL, LARGE, QUICK_LARGE = 1_000, 6_000, 2_000
GOAL = 800


def lines(quick: bool) -> Iterator[Line]:
    small, large = SMALL, QUICK_LARGE if quick else LARGE
    with patch.object(summary, "to_do", lambda standing: ((), 0)):  # the steps do not grow with the rows
        sizes = [len(review_evidence(school_of(rows), DAY).to_json().encode()) for rows in (small, large)]
    each = (sizes[1] - sizes[0]) / (large - small)
    what = f"review.json, growth for each activity, {small:,} to {large:,}"
    yield Line(what, f"{each:.0f} B", f"{sizes[0] / 1000:.0f} and {sizes[1] / 1000:.0f} kB", each / GOAL, f"<= {GOAL} B", each <= GOAL)
