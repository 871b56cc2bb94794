"""Names and shapes of folders that only an attacker or an accident makes."""

import os
import subprocess

import pytest

from antq_review.ingest.evidence_files import EvidenceFiles
from antq_review.ingest.folder import workbooks


def test_a_line_break_in_a_name_makes_no_line_of_its_own(tmp_path):
    (tmp_path / "XX\nOK: 0.doc").write_bytes(b"x")
    (tmp_path / "a\tb.doc").write_bytes(b"x")
    assert sorted(entry.file for entry in workbooks(tmp_path)[1]) == ["XX[U+000A]OK: 0.doc", "a[U+0009]b.doc"]


@pytest.fixture
def deep(tmp_path):
    """A folder removed by the system: Python's own removal goes as deep as its stack."""
    folder = tmp_path / "deep"
    folder.mkdir()
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_a_folder_nested_very_deep_is_walked(deep):
    here = os.open(deep, os.O_RDONLY)
    place = here
    for _ in range(1_500):
        os.mkdir("x", dir_fd=place)
        inner = os.open("x", os.O_RDONLY, dir_fd=place)
        if place != here:
            os.close(place)
        place = inner
    os.close(place)
    os.close(here)
    (deep / "x" / "minh chứng.pdf").write_bytes(b"x")
    assert [fault.name for fault in EvidenceFiles(deep).find("x/minh chứng.pdf; y.pdf").faults] == ["y.pdf"]
