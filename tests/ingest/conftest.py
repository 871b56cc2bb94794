"""Tests of reading use the real reader every time."""

import pytest

from antq_review.ingest import reader
from tests.reading import REALLY


@pytest.fixture(autouse=True)
def really_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_books", REALLY)
