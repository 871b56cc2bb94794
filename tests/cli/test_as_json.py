"""`--json`: the same facts as on the screen, nothing beside the object, the same exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from antq_review import cli
from antq_review.history import load
from tests.cli.test_cli import files_below
from tests.ingest.corpus import clean, write
from tests.publish.excel.marked_copy.faulty import FORM, faulty

pytestmark = pytest.mark.usefixtures("warm_kernel")


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_check_says_every_problem_with_its_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = write(tmp_path / "trường", clean() | {FORM: faulty()[FORM]}), tmp_path / "ra"
    assert cli.run(["check", str(folder), "--out", str(out)]) == 1
    sentences = capsys.readouterr().out
    assert cli.run(["check", str(folder), "--out", str(out), "--json"]) == 1
    found = said(capsys)
    assert (found["school_code"], found["year"]) == ("00123456", 2026) and found["problems"]
    for problem in found["problems"]:
        assert problem["says"] in sentences and problem["remedy"] in sentences and problem["severity"] in ("error", "warning", "note")
    assert {str(Path(one).relative_to(out)) for one in found["written"]} == set(files_below(out))


def test_review_says_what_each_text_gives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = write(tmp_path / "trường", clean()), tmp_path / "ra"
    assert cli.run(["review", str(folder), "--out", str(out), "--json"]) == 1
    found = said(capsys)
    stored = load(out / "00123456/2026/du_thao/review.json")
    told = found["review"]
    assert told["version"] == "du_thao" and told["is_draft"] and len(told["open"]) == len(stored.draft_reasons)
    assert [one["id"] for one in told["texts"]] == [one.id for one in stored.texts]
    for one, text in zip(told["texts"], stored.texts, strict=True):
        assert one["findings"] == {finding.id: finding.settled.truth.value for finding in text.findings}


def test_review_of_an_unknown_school_has_no_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "trường", {FORM: faulty()[FORM]})
    assert cli.run(["review", str(folder), "--out", str(tmp_path / "ra"), "--json"]) == 1
    found = said(capsys)
    assert found["review"] is None and found["school_code"] is None and found["problems"]


def test_a_refusal_prints_no_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(tmp_path / "không có"), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "không có" in told.err


def test_the_shell_completes_a_verb() -> None:
    asked = {"_ANTQ_COMPLETE": "complete_bash", "COMP_WORDS": "antq re", "COMP_CWORD": "1"}
    call = "import sys; sys.argv = ['antq']; from antq_review.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", call], env=os.environ | asked, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["review", "rescore"]
