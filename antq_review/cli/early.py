"""A kernel that starts before the program itself is loaded: of all parts of a review it takes longest to be ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
