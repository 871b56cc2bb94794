"""The Python kernel that runs a notebook: always this environment's own, separated from the rest of the computer.

A computer may have other environments whose kernel is also called “python3”, start-up files of the user, and a working
folder with Python files. None of them may influence a report.

A kernel takes longer to be ready than the forms take to be read, so this module loads only what starts one.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

from antq_review.children import environment
from antq_review.places.temporary import temporary_folder

#: Reports of one warm kernel before a new one replaces it, so that its use of memory stays small.
REPORTS_PER_KERNEL = 20
#: Modules that every notebook needs; the kernel imports them while the program still reads the forms.
_NEEDED = (
    "antq_review.publish.notebook.display", "antq_review.publish.figures.review", "antq_review.publish.figures.quick_load",
    "matplotlib.figure", "matplotlib.backends.backend_svg",
)
_OPTIONS = (
    "--IPKernelApp.ignore_cwd=True", "--IPKernelApp.exec_PYTHONSTARTUP=False",
    *(f'--IPKernelApp.exec_lines=__import__("{name}");' for name in _NEEDED),
)


class OwnKernelManager(AsyncKernelManager):
    """Starts the kernel with `sys.executable`, regardless of the kernels that are registered on the computer.

    `home`: the folder for IPython's settings; `terminal`: the file for the output of the kernel; `used`: whether a
    notebook has run on it; `stopped`: whether somebody asked for its end.
    """

    def __init__(self, home: str, terminal: IO[bytes]) -> None:
        super().__init__(kernel_name="python3", connection_file=str(Path(home) / "kernel.json"))
        self._home, self._terminal, self.used, self.stopped = home, terminal, False, False

    @property
    def kernel_spec(self) -> KernelSpec:
        """This environment's interpreter with ipykernel, without the user's start-up files and working folder."""
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}", *_OPTIONS]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")

    async def _async_start_kernel(self, **options: Any) -> None:
        options["env"] = environment(IPYTHONDIR=self._home)
        options["cwd"] = self._home
        options["stdout"] = options["stderr"] = self._terminal
        await super()._async_start_kernel(**options)
        if self.stopped:  # asked for while it started
            self.stop()

    start_kernel = _async_start_kernel

    def start(self) -> None:
        """Starts the kernel in the background, unless it was started before; the first notebook waits until it is ready."""
        if not self.has_kernel:
            run_sync(self.start_kernel)()

    def stop(self) -> None:
        """Ends the kernel's process at once, whatever it computes; any thread may ask. `execute` then raises Stopped."""
        self.stopped = True
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            process.kill()

    def said(self) -> str:
        """The output of the kernel, for a developer if the kernel did not start."""
        self._terminal.seek(0)
        return self._terminal.read().decode("utf-8", "replace")


@contextmanager
def own_kernel() -> Iterator[OwnKernelManager]:
    """A kernel for several notebooks in turn. It starts with the first notebook or before, and is killed at the end."""
    with (
        temporary_folder() as home,
        tempfile.TemporaryFile() as terminal,
    ):
        manager = OwnKernelManager(str(home), terminal)
        try:
            yield manager
        finally:
            if manager.has_kernel:
                run_sync(manager.shutdown_kernel)(now=True)


def leave_thread() -> None:
    """At the end of a thread that ran notebooks: close the event loop that jupyter_core made for it."""
    ensure_event_loop().close()


class WarmKernels:
    """Lends one kernel to each report in turn; a new kernel replaces it after `most` reports or a failed report."""

    def __init__(self, most: int = REPORTS_PER_KERNEL) -> None:
        self._most, self._lent = most, 0
        self._kernel: OwnKernelManager | None = None
        self._open = ExitStack()

    def __enter__(self) -> WarmKernels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def lend(self) -> Iterator[OwnKernelManager]:
        """The kernel for one report."""
        if self._lent >= self._most:
            self.close()
        if self._kernel is None:
            self._kernel = self._open.enter_context(own_kernel())
        self._lent += 1
        try:
            yield self._kernel
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the kernel; the next report gets another."""
        self._open.close()
        self._kernel, self._lent = None, 0
