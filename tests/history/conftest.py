"""The example's three years."""

import pytest

from antq_review.ingest.model import Evidence
from antq_review.scoring.model.review import Review
from tests.history.years import YEARS, evidence_of_year, three_years


@pytest.fixture(scope="session")
def evidence_of_years() -> dict[int, Evidence]:
    return {year: evidence_of_year(year) for year in YEARS}


@pytest.fixture(scope="session")
def three() -> tuple[Review, ...]:
    return three_years()
