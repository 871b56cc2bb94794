"""Many jobs on several lanes. A *lane* does one job after the other, in a process of its own, and keeps its kernel warm.

A lane that dies, eats the memory or falls silent costs the job that it was at; another takes its place and does the rest.
In one pool of processes for all jobs a single dying job would take those of every other process with it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from antq_review.errors import CannotDo
from antq_review.places.temporary import sweep_of_dead_runs
from antq_review.text import Message, tell

#: Jobs that a lane has at most: one that it is at, one that waits, so that it never idles between two.
WINDOW = 2
#: A job that takes longer is given up. Its own limits are shorter: 60 s a workbook, 600 s a cell of the notebook.
SILENCE_SECONDS = 900.0
_TICK_SECONDS = 1.0

#: What a job is given, and what it gives.
J = TypeVar("J")
R = TypeVar("R")


class Lost(CannotDo):
    """The job ended its lane, or was ended with it. What it had not finished is not there."""


class Lane(Protocol):
    """One process, here or elsewhere, that does jobs in the order in which it gets them.

    The future of a job whose process has ended raises BrokenExecutor, or `trouble` says it.
    """

    def submit(self, work: Callable[[J], R], job: J, /) -> Future[R]:
        """Hand over a job. `work` is found by its name in the other process."""

    def trouble(self) -> Message | None:
        """Why the process must be ended, or is known to have ended; None while it may go on."""

    def end(self) -> None:
        """End it now, with all processes that it started."""

    def close(self) -> None:
        """End it when it has no job: its kernel first."""


LaneMaker = Callable[[], Lane]


@dataclass
class _Given(Generic[J, R]):
    job: J
    future: Future[R]


@dataclass
class _Place(Generic[J, R]):
    """One lane after the other in one place. `jobs`: those not yet told, first the one that the lane is at.

    `since`: when the lane began with it.
    """

    make: LaneMaker
    work: Callable[[J], R]
    lane: Lane
    jobs: deque[_Given[J, R]] = field(default_factory=deque)
    since: float = 0.0

    def add(self, job: J) -> None:
        if not self.jobs:
            self.since = time.monotonic()
        try:
            future = self.lane.submit(self.work, job)
        except BrokenExecutor as fault:
            if not self.jobs:  # it ended while it had nothing to do, so no job is to blame
                self.lane.end()
                self.lane = self.make()
                future = self.lane.submit(self.work, job)
            else:
                future = Future()
                future.set_exception(fault)
        self.jobs.append(_Given(job, future))

    def ended(self, silence: float) -> tuple[J, Future[R]] | None:
        """The lane's first job if it has ended in one way or another."""
        if not self.jobs:
            return None
        first = self.jobs[0].future
        if first.done() and not first.cancelled() and not isinstance(first.exception(), BrokenExecutor):
            self.since = time.monotonic()
            return self.jobs.popleft().job, first
        why = tell("batch.lost.ended") if first.done() else self.lane.trouble()
        if why is None and time.monotonic() - self.since > silence:
            why = tell("batch.lost.silent", minutes=round(silence / 60))
        return None if why is None else self._lost(why)

    def _lost(self, why: Message) -> tuple[J, Future[R]]:
        """The first job is lost; a new lane does the others."""
        self.lane.end()
        lost, *others = self.jobs
        self.jobs.clear()
        self.lane = self.make()
        for one in others:
            self.add(one.job)
        future: Future[R] = Future()
        future.set_exception(Lost(why))
        return lost.job, future


class Lanes(Generic[J, R]):
    """So many lanes that do one kind of work. Leaving it by an exception ends them at once."""

    def __init__(self, work: Callable[[J], R], make: LaneMaker, count: int, silence: float = SILENCE_SECONDS) -> None:
        self._silence = silence
        self._places: list[_Place[J, R]] = []
        try:
            for _ in range(count):
                self._places.append(_Place(make, work, make()))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Lanes[J, R]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for place in self._places:
                place.lane.close()
        else:
            self._end()
        sweep_of_dead_runs()

    def _end(self) -> None:
        for place in self._places:
            place.lane.end()

    @property
    def is_full(self) -> bool:
        """Has every lane as many jobs as it may have?"""
        return all(len(place.jobs) >= WINDOW for place in self._places)

    def submit(self, job: J) -> None:
        """Give a job to the lane that has fewest."""
        min(self._places, key=lambda place: len(place.jobs)).add(job)

    def take(self, wait_for_it: bool = True) -> tuple[J, Future[R]] | None:
        """A job that has ended, and a future that gives what it gave, or raises (Lost, or what the job raised).

        None: no job is left, or none has ended yet and it shall not be waited for.
        """
        while at_work := [place for place in self._places if place.jobs]:
            for place in at_work:
                if (ended := place.ended(self._silence)) is not None:
                    return ended
            if not wait_for_it:
                return None
            wait([place.jobs[0].future for place in at_work], _TICK_SECONDS, FIRST_COMPLETED)
        return None

    def each(self, jobs: Iterable[J]) -> Iterator[tuple[J, Future[R]]]:
        """Every job as it ends. They are taken from `jobs` when a lane has room for them."""
        for job in jobs:
            self.submit(job)
            while (ended := self.take(self.is_full)) is not None:
                yield ended
        while (ended := self.take()) is not None:
            yield ended
