"""The progress of what takes seconds in a notebook: how much is read and the time left. It is gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from antq_review.text import say


@contextmanager
def shown_progress(clock: Callable[[], float] = monotonic) -> Iterator[Callable[[int, int], None]]:
    """A callback for the number of read files. Outside Jupyter, as in the terminal and in tests, nothing is shown.

    After the last file it says that the evidence is being judged: how long that takes is not known before.
    """
    if not in_jupyter():
        yield lambda _done, _all: None
        return
    from IPython.display import HTML, display

    began = clock()
    bar = display(HTML(""), display_id=True)  # type: ignore[no-untyped-call]  # IPython does not type its functions

    def files(done: int, every: int) -> None:
        bar.update(HTML(in_words(done, every, clock() - began)))  # type: ignore[no-untyped-call]

    try:
        yield files
    finally:
        bar.update(HTML(""))  # type: ignore[no-untyped-call]


def in_words(done: int, every: int, seconds: float) -> str:
    """The bar and its sentence. `seconds`: since the start; the files that are left take as long each as those that are read."""
    if done >= every:
        return f"<progress></progress> {say('publish.notebooks.judging')}"
    left = max(1, round(seconds / done * (every - done))) if done else "…"
    return f'<progress value="{done}" max="{every}"></progress> ' + say("publish.notebooks.reading", done=done, all=every, left=left)


def in_jupyter() -> bool:
    """Does this process run the cells of a notebook?"""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"
