"""A crooked but honest form says the same as the clean one, and what is odd about it is said by name."""

import shutil
import subprocess

import pytest

from antq_review.forms.rows.evidence import Activity
from tests.ingest import crooked_folders, crooked_lines
from tests.ingest.corpus import activities, clean, codes, read_files, told
from tests.ingest.crooked import CROOKED, FORM

#: Importing them has added their forms.
assert crooked_folders and crooked_lines


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return read_files(tmp_path_factory.mktemp("clean"), clean())


def test_the_clean_form_is_read_whole(reference):
    assert len(reference.of(Activity)) == 4
    assert reference.profile.school_code == "00123456"
    assert not any(entry.severity == "error" for entry in reference.problems)


@pytest.mark.parametrize("name", CROOKED)
def test_crooked_says_the_same(name, reference, tmp_path):
    make, says = CROOKED[name]
    evidence = read_files(tmp_path, make())
    found = told(evidence)
    if name == "head_not_surely_ours":  # not counted, but it might have been ours
        assert found.pop("refused") == ["activities"]
        found["refused"] = []
    assert found == told(reference)
    assert codes(evidence) - codes(reference) == says
    assert all("\u202e" not in entry.place + str(entry.says) for entry in evidence.problems)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_says_the_same(reference, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FORM).write_bytes(activities())
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "in" / FORM)], check=True, capture_output=True, timeout=120)
    evidence = read_files(tmp_path / "school", clean() | {FORM: (tmp_path / FORM).read_bytes()})
    assert told(evidence) == told(reference)
    assert codes(evidence) == codes(reference)
