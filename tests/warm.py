"""One kernel for many runs of a notebook, where the kernel is not what is tested: starting one takes as long as a whole report."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from antq_review.errors import AntqError


class KeptKernel:
    """Lends the same kernel to one run after the other. One that a run has failed with is not lent again."""

    def __init__(self) -> None:
        from antq_review.publish.notebook import kernel

        self._new = kernel.own_kernel
        self._open = ExitStack()
        self._manager: Any = None

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Every `own_kernel` is this one."""
        from antq_review.publish.notebook import kernel

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernel, "own_kernel", self.lend)
            yield

    @contextmanager
    def lend(self) -> Iterator[Any]:
        """In the place of `kernel.own_kernel`."""
        manager, self._manager = self._manager or self._started(), None
        try:
            yield manager
        except AntqError as refusal:
            if refusal.__cause__ is None:  # what stopped the run was not the notebook
                self._manager = manager
            raise
        self._manager = manager

    def _started(self) -> Any:
        manager = self._open.enter_context(self._new())
        start = manager.start
        manager.start = lambda: None if manager.has_kernel else start()
        return manager

    def end(self) -> None:
        """Stop every kernel that was started."""
        self._manager = None
        self._open.close()
