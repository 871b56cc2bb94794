"""The lanes of this computer: processes of their own, or, for one lane alone, the process that asks."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING

import psutil

from antq_review.children import environment
from antq_review.publish.output.executors import J, LaneMaker, R
from antq_review.text import Message, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import WarmKernels

#: Memory of a lane's processes together, in bytes: most that it may take, and what it takes with a usual school.
LANE_BYTES, USUAL_BYTES = 1536 * 2**20, 400 * 2**20
_CLOSE_SECONDS = 10.0
#: A process is told from others by what this process had started before: one is started at a time.
_STARTING = threading.Lock()


def usual_lanes(jobs: int) -> int:
    """So many lanes as there are cores, jobs and memory for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, jobs, int(psutil.virtual_memory().available) // USUAL_BYTES))



def local_lane(count: int) -> LaneMaker:
    """What makes a lane where there are `count` of them."""
    return OwnProcess if count > 1 else ThisProcess


class ThisProcess:
    """The one lane that is no other process: a job is done when it is handed over."""

    def submit(self, work: Callable[[J], R], job: J, /) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(work(job))
        except Exception as fault:
            future.set_exception(fault)
        return future

    def trouble(self) -> Message | None:
        return None

    def end(self) -> None:
        drop_kernel()

    close = end


class OwnProcess:
    """A lane in a process of this computer."""

    def __init__(self) -> None:
        with _STARTING, _clean_start():
            before = active_children()
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
            self._pool.submit(drop_kernel)  # the pool starts its process with the first job
            (process,) = (one for one in active_children() if one not in before)
        assert process.pid is not None
        self._pid = process.pid

    def submit(self, work: Callable[[J], R], job: J, /) -> Future[R]:
        return self._pool.submit(work, job)

    def trouble(self) -> Message | None:
        if sum(_resident(one) for one in self._processes()) > LANE_BYTES:
            return tell("batch.lost.memory", limit=LANE_BYTES // 2**20)
        return None

    def end(self) -> None:
        processes = self._processes()
        for one in processes:
            with suppress(psutil.Error):
                one.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        psutil.wait_procs(processes, timeout=_CLOSE_SECONDS)

    def close(self) -> None:
        with suppress(BrokenExecutor, TimeoutError):
            self._pool.submit(drop_kernel).result(_CLOSE_SECONDS)
        self.end()

    def _processes(self) -> list[psutil.Process]:
        """The lane's process, its kernel and its reader; none where it has ended."""
        with suppress(psutil.Error):
            own = psutil.Process(self._pid)
            return [own, *own.children(recursive=True)]
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


@contextmanager
def _clean_start() -> Iterator[None]:
    """What is started inside gets the environment of this tool's children, and does not hear the Ctrl+C that its parent hears."""
    kept = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment())
    here = threading.current_thread() is threading.main_thread()
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN) if here else None
    try:
        yield
    finally:
        if here:
            signal.signal(signal.SIGINT, heard)
        os.environ.clear()
        os.environ.update(kept)


# --- inside a lane -----------------------------------------------------------------------------------------------------

_kernels: WarmKernels | None = None


def warm_kernels() -> WarmKernels:
    """The kernel of the lane in which this is called; it starts with the first report."""
    global _kernels
    if _kernels is None:
        from antq_review.publish.notebook.kernel import WarmKernels

        _kernels = WarmKernels()
    return _kernels


def drop_kernel(_: object = None) -> None:
    """End the kernel of the lane in which this is called."""
    global _kernels
    if _kernels is not None:
        _kernels.close()
        _kernels = None


def _begin() -> None:
    """A lane's first act: Ctrl+C is its parent's affair, and without its parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
