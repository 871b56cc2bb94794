"""The progress of a run, for a user at a terminal: what is done, how much of it, and the time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from antq_review.text import say

if TYPE_CHECKING:
    from rich.progress import Progress


@contextmanager
def progress(before: str = "") -> Iterator[tuple[Callable[[int, int], None], Callable[[str], None]]]:
    """Two callbacks, for the number of read files and for the next step. They move a bar; without a terminal, nothing.

    `before`: the text before each step, such as the count of a run over several folders.
    """
    if not sys.stderr.isatty():
        yield (lambda _done, _all: None), (lambda _step: None)
        return
    with _bar() as bar:
        stage = _Stage(bar)
        stage.show(before + say("cli.steps.reading"), 0, None)
        steps = [say(f"cli.steps.{name}") for name in ("judging", "annex", "report", "done")]

        def files(done: int, every: int) -> None:
            stage.show(before + say("cli.steps.reading"), done, every)

        def step(name: str) -> None:
            stage.show(before + name, steps.index(name) + 1, len(steps))

        yield files, step


@contextmanager
def waiting(total: int, tell: Callable[[], None]) -> Iterator[Callable[[int], None]]:
    """A callback for the number of parts that have ended, of a run whose parts are done by other processes.

    `tell` prints about the parts that have ended, while the bar is away. Without a terminal there is no bar.
    """
    if not sys.stderr.isatty():
        yield lambda _done: tell()
        return
    with _bar() as bar:
        stage = _Stage(bar)
        stage.show(say("cli.steps.others"), 0, total)

        def ended(done: int) -> None:
            bar.stop()
            tell()
            stage.show(say("cli.steps.others"), done, total)
            bar.start()

        yield ended


@contextmanager
def one_by_one(says: str, names: Sequence[str]) -> Iterator[Iterator[str]]:
    """The names, each while the bar tells that it is worked on. Without a terminal there is no bar."""
    if not sys.stderr.isatty():
        yield iter(names)
        return
    with _bar() as bar:
        stage = _Stage(bar)

        def each() -> Iterator[str]:
            for done, name in enumerate(names):
                stage.show(f"{says} {name}", done, len(names))
                yield name

        yield each()


class _Stage:
    """What the bar shows now. Each kind of work has a task of its own: the time left follows from its own speed alone."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    def show(self, says: str, done: int, total: int | None) -> None:
        """So much of this work is done; the time since the start goes on from one kind of work to the next."""
        tasks = self._bar.tasks
        if not tasks or tasks[0].total != total:
            began = tasks[0].start_time if tasks else None
            for task in tasks:
                self._bar.remove_task(task.id)
            self._bar.add_task(says, total=total)
            if began is not None:
                self._bar.tasks[0].start_time = began
        self._bar.update(self._bar.tasks[0].id, description=says, completed=done)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    done = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    left = (TextColumn(say("cli.steps.left")), TimeRemainingColumn())
    return Progress(*done, *left, console=Console(stderr=True), transient=True)
