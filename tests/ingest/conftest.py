"""Tests of reading open every workbook every time. What the worker itself does is tested with workers of its own."""

from collections.abc import Iterator

import pytest

from antq_review.ingest import assemble, reader
from tests.reading import REALLY, TABLE, WORKER, KeptWorker, reading_on

OWN_WORKER = ("test_reader.py", "test_hostile.py")


@pytest.fixture(scope="module", autouse=True)
def really_read(request: pytest.FixtureRequest, kept_worker: KeptWorker) -> Iterator[None]:
    own = request.path.name in OWN_WORKER
    if own:
        kept_worker.end()  # these tests count the processes that are left over
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_Worker", WORKER if own else kept_worker)
        patch.setattr(reader, "read_books", REALLY if own else reading_on(kept_worker))
        patch.setattr(assemble, "read_table", TABLE)
        yield
