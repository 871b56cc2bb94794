"""Lanes: every job ends in one way or another, and one that takes its lane down costs itself alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest

from antq_review.publish.output import lane as lanes_here
from antq_review.publish.output.executors import WINDOW, Lanes, Lost
from antq_review.publish.output.lane import OwnProcess, ThisProcess, usual_lanes
from tests.publish.output.lane_jobs import done

ROOT = Path(__file__).resolve().parents[3]


def outcomes(lanes: Lanes[list[str], str], jobs: list[list[str]]) -> list[str]:
    """What became of each job, in the order of the jobs."""
    found = {}
    with lanes:
        for job, future in lanes.each(jobs):
            try:
                found[id(job)] = future.result()
            except (Lost, ValueError) as fault:
                found[id(job)] = f"{type(fault).__name__}: {fault}"
    return [found[id(job)] for job in jobs]


@pytest.fixture
def no_process_left() -> Callable[[], None]:
    before = set(psutil.Process().children(recursive=True))

    def check() -> None:
        until = time.monotonic() + 10
        tracker = "resource_tracker"  # multiprocessing's own, one for this whole process
        while left := [one for one in psutil.Process().children(recursive=True) if one not in before and tracker not in str(one.cmdline())]:
            assert time.monotonic() < until, left
            time.sleep(0.05)

    return check


def test_bad_jobs_cost_themselves_alone(monkeypatch: pytest.MonkeyPatch, no_process_left) -> None:
    """Raising, dying at once, eating memory: three of ten, on two lanes, each named."""
    monkeypatch.setattr(lanes_here, "LANE_BYTES", 200 * 2**20)
    bad = {1: ["raise", "x"], 4: ["die", ""], 5: ["eat", "400"]}
    jobs = [bad.get(number, ["give", str(number)]) for number in range(10)]
    found = outcomes(Lanes(done, OwnProcess, 2), jobs)
    assert [one for number, one in enumerate(found) if number not in bad] == [str(n) for n in range(10) if n not in bad]
    assert found[1] == "ValueError: x"
    assert [found[number].split(":")[0] for number in (4, 5)] == ["Lost"] * 2
    assert "dừng giữa chừng" in found[4] and "200 MB" in found[5]
    no_process_left()


class Endless(ThisProcess):
    """A lane that is never heard of again after a job “sleep”. `ended`: how many such lanes were ended."""

    ended = 0

    def submit(self, work, job, /):
        return Future() if job[0] == "sleep" else super().submit(work, job)

    def end(self) -> None:
        type(self).ended += 1

    def close(self) -> None:
        pass


def test_an_endless_job_is_given_up_after_the_deadline_of_silence() -> None:
    found = outcomes(Lanes(done, Endless, 1, silence=0.2), [["give", "1"], ["sleep", ""], ["give", "2"], ["give", "3"]])
    assert [found[0], *found[2:]] == ["1", "2", "3"] and "chưa xong" in found[1] and Endless.ended == 1


def test_a_lane_that_ended_with_nothing_to_do_costs_no_job(no_process_left) -> None:
    with Lanes(done, OwnProcess, 1) as lanes:
        lanes.submit(["die after", "1"])
        first = lanes.take()
        assert first is not None and first[1].result() == "1"
        time.sleep(0.6)
        lanes.submit(["give", "2"])
        second = lanes.take()
        assert second is not None and second[1].result() == "2"
        assert lanes.take() is None
    no_process_left()


def test_a_lane_gets_two_jobs_and_the_least_busy_the_next() -> None:
    """In one process a job is done when it is handed over, and told before the next is taken."""
    taken: list[int] = []

    def jobs():
        for number in range(3):
            taken.append(number)
            yield ["give", str(number)]

    lanes = Lanes(done, ThisProcess, 1)
    told = [(future.result(), len(taken)) for _, future in lanes.each(jobs())]
    assert told == [("0", 1), ("1", 2), ("2", 3)]
    for number in range(WINDOW):
        assert not lanes.is_full
        lanes.submit(["give", str(number)])
    assert lanes.is_full
    assert 1 == usual_lanes(1) <= usual_lanes(1000) <= (os.cpu_count() or 1)


TRAP = """
import sys
from antq_review.publish.output.executors import Lanes
from antq_review.publish.output.lane import OwnProcess
from tests.publish.output.lane_jobs import done
if __name__ == "__main__":
    with Lanes(done, OwnProcess, 2) as lanes:
        for job, future in lanes.each([["sleep", sys.argv[1]], ["sleep", sys.argv[2]]]):
            print(future.result())
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_lanes_end_with_their_parent_and_run_no_file_of_the_current_folder(how: signal.Signals, tmp_path: Path) -> None:
    """Ctrl+C reaches every process of the terminal; a killed parent can tell nobody."""
    here, pids, command = tmp_path / "hồ sơ", [tmp_path / "một", tmp_path / "hai"], tmp_path / "lệnh" / "antq.py"
    for folder in (here, command.parent):
        folder.mkdir()
    for name in ("pickle", "multiprocessing", "socket", "psutil"):
        (here / f"{name}.py").write_text("open('bẫy.txt', 'a').close()\n", encoding="utf-8")
    command.write_text(TRAP, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONSAFEPATH", None)
    run = subprocess.Popen(
        [sys.executable, str(command), *map(str, pids)], cwd=here, env=environment, stderr=subprocess.PIPE, start_new_session=True,
        text=True, encoding="utf-8",
    )
    until = time.monotonic() + 60
    while not all(path.exists() and path.read_text(encoding="utf-8") for path in pids):
        assert time.monotonic() < until and run.poll() is None, run.stderr
        time.sleep(0.05)
    lanes = [psutil.Process(int(path.read_text(encoding="utf-8"))) for path in pids]
    if how is signal.SIGINT:
        os.killpg(run.pid, how)
    else:
        run.kill()
    _, said = run.communicate(timeout=30)
    gone, alive = psutil.wait_procs(lanes, timeout=10)
    assert len(gone) == 2 and not alive
    assert said.count("Traceback") == (1 if how is signal.SIGINT else 0), said
    assert not (here / "bẫy.txt").exists()
