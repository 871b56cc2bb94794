"""Work beside other work: in a thread, while the program waits for another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Future[T]]:
    """Do the work in a thread while the block runs; a fault of the work is raised at the end of the block.

    The work only computes: it returns what it made, and the block writes it. So a fault of the block, such as a stop, is
    raised at once, and the work may come to its end for nothing.
    """
    context = copy_context()  # messages of the work name the surface of its caller
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(context.run(work))
        except BaseException as fault:  # whatever it is, the block raises it
            future.set_exception(fault)

    Thread(target=run, daemon=True).start()
    yield future
    future.result()
