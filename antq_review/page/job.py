"""The page's work: one job at a time, in a thread of the server. It outlives the tab that started it, and can be stopped."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from antq_review.errors import AntqError, NotFinal, Stopped
from antq_review.files import write_whole
from antq_review.text import SURFACE, say, tell

LAST = "viec.json"
#: The kinds of jobs of a folder that receives packages; all others are of a school's folder.
OFFICE_KINDS = ("roll_up", "decide")


class State(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass
class Phase:
    """One step of a job and its seconds. `ended` None: it runs."""

    name: str
    began: float
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """How long it took, or takes so far."""
        return (self.ended or time.monotonic()) - self.began


class Stop:
    """A request to end a job: the job looks at it in every callback; what it registered is called at once."""

    def __init__(self) -> None:
        self._asked, self._ends = threading.Event(), list[Callable[[], None]]()
        self._lock = threading.Lock()

    def ask(self) -> None:
        """End the job."""
        with self._lock:
            self._asked.set()
            ends = list(self._ends)
        for end in ends:
            end()

    def check(self) -> None:
        """Raises Stopped where the end was asked for."""
        if self._asked.is_set():
            raise Stopped(tell("cli.stopped"))

    def also(self, end: Callable[[], None]) -> None:
        """Call `end` when the end is asked for; at once where it was."""
        with self._lock:
            self._ends.append(end)
            asked = self._asked.is_set()
        if asked:
            end()


@dataclass
class Job:
    """One job: what, of which folder, since when, how far. `says`: the sentence at its end; `reasons`: of a refusal.

    `usual`: seconds of the last finished job of this kind; None: it never ran here.
    """

    kind: str
    folder: str
    started: datetime
    usual: float | None = None
    state: State = State.RUNNING
    phases: list[Phase] = field(default_factory=list)
    done: int = 0
    every: int = 0
    says: str = ""
    reasons: tuple[str, ...] = ()
    ended: datetime | None = None
    stop: Stop = field(default_factory=Stop)

    @property
    def runs(self) -> bool:
        """Is it not finished?"""
        return self.state is State.RUNNING

    @property
    def base(self) -> str:
        """The address of its folder's screens."""
        return f"/{'s' if self.kind in OFFICE_KINDS else 'h'}/{self.folder}"

    @property
    def seconds(self) -> float:
        """Since its start."""
        return ((self.ended or datetime.now()) - self.started).total_seconds()

    def files(self, done: int, every: int) -> None:
        """Callback of the reading."""
        self.stop.check()
        self.done, self.every = done, every

    def step(self, name: str) -> None:
        """Callback of every step that follows."""
        self.stop.check()
        self._close()
        self.done = self.every = 0
        self.phases.append(Phase(name, time.monotonic()))

    def _close(self) -> None:
        if self.phases and self.phases[-1].ended is None:
            self.phases[-1].ended = time.monotonic()

    def finish(self, state: State, says: str = "", reasons: tuple[str, ...] = ()) -> None:
        """The end."""
        self._close()
        self.says, self.reasons, self.ended = says, reasons, datetime.now()
        self.state = state


class Jobs:
    """The job that runs, the last one of each folder, and what an earlier start left on the disk."""

    def __init__(self, place: Path, logged: Callable[[BaseException], str]) -> None:
        self._file, self._logged = place / LAST, logged
        self._lock = threading.Lock()
        self.current: Job | None = None
        self._last: dict[str, Job] = {}
        self._seconds: dict[str, float] = _read(self._file)

    @property
    def running(self) -> Job | None:
        """The job that runs now."""
        job = self.current
        return job if job is not None and job.runs else None

    def last(self, folder: str) -> Job | None:
        """The newest job of a folder, running or ended; None where this start of the program had none."""
        return self._last.get(folder)

    def start(self, kind: str, folder: str, work: Callable[[Job], str]) -> tuple[Job, bool]:
        """Start a job, unless one runs: then that one and False. `work` returns the sentence at the end."""
        with self._lock:
            if self.running is not None:
                assert self.current is not None
                return self.current, False
            job = Job(kind, folder, datetime.now(), self._seconds.get(kind))
            job.step(say("page.steps.packages") if kind in OFFICE_KINDS else say("cli.steps.reading"))
            self.current = self._last[folder] = job
        threading.Thread(target=self._run, args=(job, work), name=f"antq-{kind}").start()
        return job, True

    def _run(self, job: Job, work: Callable[[Job], str]) -> None:
        SURFACE.set("page")
        try:
            job.finish(State.DONE, work(job))
        except Stopped as stopped:
            job.finish(State.STOPPED, str(stopped))
        except NotFinal as refusal:
            job.finish(State.REFUSED, str(refusal), tuple(map(str, refusal.reasons)))
        except AntqError as refusal:
            job.finish(State.REFUSED, str(refusal))
        except Exception as fault:
            job.finish(State.FAILED, self._logged(fault))
        if job.state is State.DONE:
            self._seconds[job.kind] = round(job.seconds, 1)
            with suppress(AntqError):  # only the word “usually” is lost
                write_whole(self._file, json.dumps(self._seconds).encode("utf-8"))


def _read(file: Path) -> dict[str, float]:
    """The seconds that each kind of job took last on this computer."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(kind): float(seconds) for kind, seconds in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
