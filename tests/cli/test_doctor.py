"""`antq doctor`: what is there is found, what is missing is named with what it is needed for, and the exit code tells which."""

import io
import os
import sys
import webbrowser
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.cli import doctor
from antq_review.cli.doctor import Presence, examine
from antq_review.errors import CannotDo
from antq_review.publish.word import pdf
from antq_review.text import tell, words

Patch = pytest.MonkeyPatch


def states(out: Path) -> dict[str, Presence]:
    return {line.name: line.state for line in examine(out)}


def test_the_table_says_what_is_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(["doctor", "--out", str(tmp_path / "ra")])
    said = capsys.readouterr().out
    found = states(tmp_path / "ra")
    assert found["python"] is found["packages"] is found["writable"] is Presence.THERE
    assert code == (1 if Presence.OPTIONAL in found.values() else 0)
    assert f"Python: {sys.version_info[0]}.{sys.version_info[1]}." in said and list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_every_line_has_its_words(tmp_path: Path) -> None:
    texts = words("cli")["doctor"]
    assert set(states(tmp_path)) == set(texts["things"]) == set(texts["needed"])


def test_what_only_some_work_needs_is_no_obstacle(tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]) -> None:
    def absent(*_: object) -> str:
        raise CannotDo(tell("word.no_office"))

    def no_browser(*_: object) -> object:
        raise webbrowser.Error

    monkeypatch.setattr(pdf, "office", absent)
    monkeypatch.setattr(webbrowser, "get", no_browser)
    assert cli.run(["doctor", "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "[thiếu] LibreOffice" in said and "lưu thành PDF" in said and "[thiếu] Trình duyệt" in said and "THIẾU]" not in said


def test_a_package_that_is_missing_or_too_old_is_named(tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]) -> None:
    known = doctor.version
    monkeypatch.setattr(doctor, "version", lambda name: "0.1" if name == "openpyxl" else known(name))
    assert cli.run(["doctor", "--out", str(tmp_path)]) == 3
    assert "[THIẾU] Gói của công cụ: openpyxl 0.1 (cần >=" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="a folder's mode does not hold there")
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: Patch) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(doctor.tempfile, "mkstemp", full)
    assert states(tmp_path / "chưa" / "có")["writable"] is Presence.MISSING


def test_a_console_without_our_letters_is_told(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp437"))
    assert states(tmp_path)["letters"] is Presence.OPTIONAL
