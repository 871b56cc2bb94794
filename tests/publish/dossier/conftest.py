"""The example's two years and one of its incidents, read once."""

from datetime import date

import pytest

from antq_review.ingest.model import Evidence
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.scoring.sections.incident_record import IncidentRecord, incident_record
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests.publish.dossier.documents import every


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_folder(example_folder())


@pytest.fixture(scope="session")
def review(evidence: Evidence) -> Review:
    return review_evidence(evidence, date.fromisoformat(EXAMPLE_DAY))


@pytest.fixture(scope="session")
def previous() -> Review:
    return review_evidence(read_folder(example_folder().parent / "2025"), date(2025, 11, 16))


@pytest.fixture(scope="session")
def incident(evidence: Evidence) -> IncidentRecord:
    return incident_record(evidence, "VV-01")


@pytest.fixture(scope="session")
def dossier(review: Review, previous: Review, incident: IncidentRecord) -> dict[str, dict]:
    """Code → fields of the example's document."""
    return every(review, incident, previous=previous)
