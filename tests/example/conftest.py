"""The example school, read and reviewed once."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from antq_review.ingest.model import Evidence
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder

HAND = tomllib.loads(Path(__file__).with_name("hand_scored_2026.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_folder(example_folder())


@pytest.fixture(scope="session")
def review(evidence: Evidence) -> Review:
    return review_evidence(evidence, HAND["as_of"])


@pytest.fixture(scope="session")
def hand() -> dict:
    assert isinstance(HAND["as_of"], date)
    return HAND
