"""The example's three years, read and reviewed once in a run of the tests."""

from datetime import date
from functools import cache

import pytest

from antq_review.ingest.model import Evidence
from antq_review.rules import rulebook
from antq_review.scoring import review, summary
from antq_review.scoring.advice import ranking
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder

YEARS = (2024, 2025, 2026)


@cache
def evidence_of_year(year: int) -> Evidence:
    return read_folder(example_folder().with_name(str(year)))


@cache
def three_years() -> tuple[Review, ...]:
    """By the two texts as they are shipped; with their steps, whichever test asks first."""
    texts = (rulebook("tt_124"), rulebook("qd_510"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "to_do", ranking.to_do)
        return tuple(review(evidence_of_year(year), texts, date(year, 11, 16)) for year in YEARS)
