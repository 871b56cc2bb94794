"""Processes that start before the program itself is loaded: a kernel, which takes longest of all to be ready; a reader."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager


@contextmanager
def early_kernel(folders: Sequence[Path]) -> Iterator[OwnKernelManager]:
    """A kernel for the report of one folder, started where that folder exists. With several folders it does not start."""
    from antq_review.publish.notebook.kernel import own_kernel

    with own_kernel() as kernel:
        if [folder.is_dir() for folder in folders] == [True]:
            kernel.start()
        yield kernel


def early_reader() -> AbstractContextManager[None]:
    """A process that will read the workbooks, started while this one loads the models of their rows; nothing where they are loaded."""
    from antq_review.ingest.reader import early_worker

    return nullcontext() if "antq_review.ingest.model" in sys.modules else early_worker()
