"""One run at a time; a lock of a dead run stops nobody, whoever has its number now; leftovers are swept."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from antq_review.errors import CannotDo
from antq_review.places import move, process
from antq_review.places.lock import LOCK, is_free, locked
from antq_review.places.process import Process, start_of, this_process


def plant(year: Path, process: Process | str, age: float = 0) -> Path:
    year.mkdir(parents=True, exist_ok=True)
    lock = year / LOCK
    lock.write_text(process if isinstance(process, str) else json.dumps(vars(process)), encoding="utf-8")
    os.utime(lock, (time.time() - age,) * 2)
    return lock


def dead() -> Process:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    return Process(platform.node(), int(done.stdout), "1")


def takes(year: Path) -> bool:
    try:
        with locked(year):
            assert Process(**json.loads((year / LOCK).read_text(encoding="utf-8"))) == this_process()
            return True
    except CannotDo as fault:
        assert "Một lượt chạy khác" in str(fault)
        return False


def test_a_run_that_goes_on_stops_the_next(tmp_path):
    with locked(tmp_path):
        assert not takes(tmp_path)
    assert takes(tmp_path)


@pytest.mark.parametrize("age", [0, 3600, -86400])
def test_the_age_of_a_living_runs_lock_does_not_matter(tmp_path, age):
    plant(tmp_path, this_process(), age)
    assert not takes(tmp_path)


@pytest.mark.parametrize("age", [0, -86400])
def test_a_dead_runs_lock_stops_nobody(tmp_path, age):
    plant(tmp_path, dead(), age)
    assert takes(tmp_path)


def test_the_number_of_a_dead_run_may_belong_to_another_program_now(tmp_path):
    """Its start differs; process 1 always runs."""
    plant(tmp_path, Process(platform.node(), 1, "another start"))
    assert takes(tmp_path)


@pytest.mark.parametrize("text", ["", "123", "9" * 30, "[1]", "{}", "{" * 2000, '{"host": 1, "pid": -5, "started": []}'])
def test_a_lock_that_names_no_process_counts_by_its_age(tmp_path, text):
    """Cut off while it was written, or of an older version: a short while, then it is dead; so is one from tomorrow."""
    lock = plant(tmp_path / "mới", text)
    assert not is_free(lock, time.time())
    assert takes(plant(tmp_path / "cũ", text, age=3600).parent)
    assert takes(plant(tmp_path / "mai", text, age=-86400).parent)


def test_a_lock_of_another_computer_stands_for_a_while(tmp_path):
    other = Process("máy khác", 1, "1")
    plant(tmp_path, other)
    assert not takes(tmp_path)
    plant(tmp_path, other, age=3600)
    assert takes(tmp_path)


def test_the_start_tells_two_processes_apart():
    assert start_of(os.getpid()) == start_of(os.getpid()) != start_of(1)
    assert start_of(dead().pid) is None and start_of(0) is None and start_of(10**30) is None


#: A run that works in a folder until it is killed, asking for processes as it does where there is no /proc.
WINDOWS_RUN = """
import sys, time, types
from pathlib import Path
from antq_review.places import process
process.sys = types.SimpleNamespace(platform="win32")
from antq_review.places.lock import locked
from antq_review.places.staging import staging
year = Path(sys.argv[1])
with locked(year), staging(year) as workshop:
    (workshop / "review.json").write_text("{}")
    print("works", flush=True)
    time.sleep(60)
"""


def test_a_run_that_the_task_manager_ended_blocks_nobody_on_windows(tmp_path, monkeypatch):
    """The branches for Windows, as far as they run here: its folder is taken at once, and what it left is swept."""
    monkeypatch.setattr(process, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(move, "os", SimpleNamespace(**{**vars(os), "name": "nt"}))
    with subprocess.Popen([sys.executable, "-c", WINDOWS_RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout.readline() == "works\n"
        assert not takes(tmp_path), "it runs"
        run.kill()
    assert len(list(tmp_path.glob(".antq-*"))) == 2, "its lock, its workshop"
    assert takes(tmp_path) and list(tmp_path.rglob(".antq-*")) == []


def test_what_a_killed_run_left_is_swept(tmp_path):
    for place in (tmp_path, tmp_path / "kiem_tra", tmp_path / "ho_so"):
        place.mkdir(exist_ok=True)
        (place / ".antq-abc").write_text("x", encoding="utf-8")
        (place / ".antq-xyz").mkdir()
        (place / ".antq-xyz" / "review.json").write_text("{}", encoding="utf-8")
        (place / "của tôi.txt").write_text("x", encoding="utf-8")
    with locked(tmp_path):
        assert [path.name for path in tmp_path.rglob(".antq-*")] == [LOCK]
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["của tôi.txt"] * 3
