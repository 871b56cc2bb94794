"""When the server ends: nobody has looked for a while and no job runs; a laptop that slept has not been away; closing stops a job."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import pytest

from antq_review.errors import Stopped
from antq_review.page import server
from antq_review.page.guard import Codes
from antq_review.page.job import Job
from antq_review.page.parts import Parts
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path, None, Codes())


def ends_within(parts: Parts, seconds: float) -> bool:
    async def wait() -> bool:
        try:
            await asyncio.wait_for(server._until_the_end(parts), seconds)
            return True
        except TimeoutError:
            return False

    return asyncio.run(wait())


def test_it_ends_when_nobody_looks(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "IDLE_SECONDS", 0.5)
    assert ends_within(parts, 5)
    monkeypatch.setattr(server, "IDLE_SECONDS", 60.0)
    parts.polled = time.monotonic()
    assert not ends_within(parts, 0.5)


def test_a_laptop_that_slept_has_not_been_away(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "IDLE_SECONDS", 600.0)
    real, jump = time.monotonic, [0.0]
    monkeypatch.setattr(server.time, "monotonic", lambda: real() + jump[0])

    async def sleep_and_wake() -> bool:
        waiting = asyncio.create_task(server._until_the_end(parts))
        await asyncio.sleep(0.3)
        jump[0] = 5000.0  # an hour and a half at once
        await asyncio.sleep(0.6)
        ended = waiting.done()
        waiting.cancel()
        return ended

    assert not asyncio.run(sleep_and_wake())


def test_a_running_job_keeps_it_and_closing_stops_the_job(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "IDLE_SECONDS", 0.2)

    def work(job: Job) -> str:
        while True:
            job.stop.check()
            time.sleep(0.02)

    job, started = parts.jobs.start("check", "x", work)
    other, again = parts.jobs.start("review", "y", work)
    assert started and not again and other is job
    assert not ends_within(parts, 0.8)
    parts.ends = True
    assert ends_within(parts, 5) and job.state == "stopped"
    job, started = parts.jobs.start("check", "x", lambda job: "xong")
    assert started
    while job.runs:
        time.sleep(0.02)
    assert (job.state, job.says) == ("done", "xong")


def test_a_stop_calls_what_was_registered_before_and_after(parts: Parts) -> None:
    job, called = Job("check", "x", datetime.now()), []
    job.stop.also(lambda: called.append("before"))
    job.stop.ask()
    job.stop.also(lambda: called.append("after"))
    assert called == ["before", "after"]


def test_a_stop_while_the_forms_are_read_ends_it_at_once() -> None:
    """At the first file; nothing is written before the forms are read."""
    job, seen = Job("check", "x", datetime.now()), []

    def files(done: int, every: int) -> None:
        seen.append(done)
        job.stop.ask()
        job.files(done, every)

    with pytest.raises(Stopped):
        read_folder(example_folder(), files)
    assert len(seen) == 1
