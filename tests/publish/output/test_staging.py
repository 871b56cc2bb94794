"""The results move into place whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from antq_review.errors import CannotDo
from antq_review.publish.output import staging


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    workshop, target = tmp_path / "mới", tmp_path / "ra"
    for folder, text in ((workshop, "new"), (target, "old")):
        folder.mkdir()
        for name in ("bao_cao.html", "manifest.json", "review.json"):
            (folder / name).write_text(text, encoding="utf-8")
    return workshop, target


def contents(folder: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_all_new(folders: tuple[Path, Path]) -> None:
    assert set(staging.commit(*folders)) == {"bao_cao.html", "manifest.json", "review.json"}
    assert contents(folders[1]) == {"new"}


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_the_nth_write_fails_and_the_old_results_are_whole(
    folders: tuple[Path, Path], failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = staging.write_whole, []

    def write(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise CannotDo("disk full")
        real(path, content)

    monkeypatch.setattr(staging, "write_whole", write)
    with pytest.raises(CannotDo):
        staging.commit(*folders)
    assert contents(folders[1]) == {"old"}


def test_a_run_that_was_killed_does_not_stop_the_next(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    (tmp_path / staging.LOCK).write_text(done.stdout.strip(), encoding="ascii")
    (tmp_path / ".antq-cut-off").mkdir()
    with staging.locked(tmp_path):
        assert not (tmp_path / ".antq-cut-off").exists()


def test_a_run_that_goes_on_stops_the_next(tmp_path: Path) -> None:
    (tmp_path / staging.LOCK).write_text(str(os.getpid()), encoding="ascii")
    with pytest.raises(CannotDo), staging.locked(tmp_path):
        pass
