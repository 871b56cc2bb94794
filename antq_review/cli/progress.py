"""The progress of a run, for a user at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from antq_review.text import say


@contextmanager
def progress(before: str = "") -> Iterator[tuple[Callable[[int, int], None], Callable[[str], None]]]:
    """Two callbacks, for the number of read files and for the next step. They move a bar; without a terminal, nothing.

    `before`: the text before each step, such as the count of a run over several folders.
    """
    if not sys.stderr.isatty():
        yield (lambda _done, _all: None), (lambda _step: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(before + say("cli.steps.reading"), total=None)
        steps = [say(f"cli.steps.{name}") for name in ("judging", "annex", "report", "done")]

        def files(done: int, every: int) -> None:
            bar.update(task, completed=done, total=every)

        def step(name: str) -> None:
            bar.update(task, description=before + name, completed=steps.index(name) + 1, total=len(steps))

        yield files, step
