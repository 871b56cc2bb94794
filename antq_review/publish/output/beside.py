"""Work beside other work: in a thread, while the program waits for another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Future[T]]:
    """Do the work in a thread while the block runs. It has ended when the block is left, however it is left.

    A fault of the work is raised at the end of the block; a fault of the block itself goes first. The work only computes: it
    returns what it made, and the block writes it.
    """
    context = copy_context()  # messages of the work name the surface of its caller
    with ThreadPoolExecutor(max_workers=1) as thread:
        future = thread.submit(context.run, work)
        yield future
        future.result()
