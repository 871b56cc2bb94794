"""What all tests share. The package is imported before any test's own imports: it settles how openpyxl writes."""

from collections.abc import Iterator

import pytest

import antq_review  # noqa: F401
from antq_review.ingest import reader
from tests.reading import reading_each_book_once

#: Marker → the tests that need it: files, or a word in the test's name. `run.py test --quick` leaves all of them out.
SLOW = {
    "kernel": (
        "cli/test_cli.py", "cli/test_batch.py", "cli/test_compare.py", "cli/test_archive.py", "publish/notebook/", "test_the_report",
        "test_no_names.py", "benchmarks/", "cli/test_dossier.py", "publish/output/",
    ),
    "office": ("libreoffice", "pdf", "publish/word/test_dossier.py"),
    "browser": ("cli/test_lab_browser.py", "cli/test_lab.py"),
    "wheel": ("test_wheel.py", "test_run_py.py", "test_types.py"),
}


def pytest_configure(config: pytest.Config) -> None:
    for marker in SLOW:
        config.addinivalue_line("markers", f"{marker}: needs a {marker}; left out by `run.py test --quick`")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, places in SLOW.items():
            if any(place in item.nodeid for place in places):
                item.add_marker(marker)


@pytest.fixture(scope="session", autouse=True)
def books_are_read_once() -> Iterator[None]:
    """Outside tests/ingest a workbook is opened once: these tests are about what follows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read_books", reading_each_book_once())
        yield
