"""Lanes on several computers, through Dask. The only module that knows it (`distributed`, the extra “cluster”).

Each worker of the cluster is one lane: its jobs are bound to it, so a job that ends a worker is never tried on the next one.
Everything that travels is encrypted, and both sides show a certificate: whoever can send a job can run any program there.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.errors import CannotDo, UsageError
from antq_review.province.installation import installation
from antq_review.publish.output.executors import J, Lane, LaneMaker, R
from antq_review.publish.output.lane import drop_kernel
from antq_review.text import Message, listing, tell

if TYPE_CHECKING:
    from distributed import Client

#: The files of the folder of certificates: the office's own authority, this computer's certificate, its key.
CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
CONNECT_SECONDS, _NEW_WORKER_SECONDS, _CLOSE_SECONDS = 30, 60.0, 10.0


@contextmanager
def cluster(address: str, certificates: Path) -> Iterator[tuple[LaneMaker, int]]:
    """What makes a lane, and how many there are: one a worker of the cluster at `tls://host:port`.

    Raises UsageError for an address without encryption or missing certificates; CannotDo where Dask is not installed, nobody
    answers, no worker is there, or one of them is not installed as this computer is.
    """
    if not address.startswith("tls://"):
        raise UsageError(tell("cli.cluster.not_tls", address=address))
    if missing := [name for name in CERTIFICATES if not (certificates / name).is_file()]:
        raise UsageError(tell("cli.cluster.no_files", names=listing(missing), folder=certificates))
    try:
        from distributed import Client, Security
    except ImportError as fault:
        raise CannotDo(tell("cli.cluster.not_installed")) from fault
    authority, own, key = (str(certificates / name) for name in CERTIFICATES)
    security = Security(require_encryption=True, tls_ca_file=authority, tls_client_cert=own, tls_client_key=key)
    try:
        client = Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:  # TLS faults are OSError
        raise _unreachable(address, fault) from fault
    with client:
        workers = _Workers(client, address)
        yield workers.lane, workers.checked()


def _unreachable(address: str, fault: Exception) -> CannotDo:
    return CannotDo(tell("cli.cluster.unreachable", address=address, why=type(fault).__name__))


class _Workers:
    """The workers of a cluster, and which of them are lanes."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.taken: set[str] = set()

    def checked(self) -> int:
        """How many there are. Raises CannotDo where none is, or one of them would not give the same results one after the other."""
        threads = self.present()
        if not threads:
            raise CannotDo(tell("cli.cluster.no_workers", address=self.address))
        for worker, theirs in self.client.run(installation, on_error="return").items():
            if theirs != installation():
                shown = theirs if isinstance(theirs, str) else type(theirs).__name__
                raise CannotDo(tell("cli.cluster.differs", worker=worker, theirs=shown, ours=installation()))
        if several := [worker for worker, count in threads.items() if count != 1]:
            raise CannotDo(tell("cli.cluster.threads", worker=listing(several)))
        return len(threads)

    def present(self) -> dict[str, int]:
        """Address → threads of the workers that the scheduler knows now. Raises CannotDo where it does not answer."""
        try:
            found: dict[str, int] = self.client.nthreads()
        except (OSError, TimeoutError) as fault:
            raise _unreachable(self.address, fault) from fault
        return found

    def lane(self) -> Lane:
        """A worker that is no lane yet. Raises CannotDo where none comes."""
        until = time.monotonic() + _NEW_WORKER_SECONDS
        while not (free := sorted(self.present().keys() - self.taken)):
            if time.monotonic() > until:
                raise CannotDo(tell("cli.cluster.no_workers", address=self.address))
            time.sleep(0.5)
        self.taken.add(free[0])
        return _Worker(self, free[0])


class _Worker:
    """One worker as a lane. When it dies, another process with another address takes its place in the cluster.

    It gets a job when the outcome of the one before is here: else a job that ends it could take that outcome along.
    """

    def __init__(self, workers: _Workers, address: str) -> None:
        self._workers, self._address = workers, address
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._asked: Any = None  # the library's future of the job that the worker is at
        self._lock = threading.Lock()

    def submit(self, work: Callable[[J], R], job: J, /) -> Future[R]:
        found: Future[R] = Future()
        self._waiting.append((found, partial(work, job)))
        self._hand_over()
        return found

    def trouble(self) -> Message | None:
        return None if self._address in self._workers.present() else tell("cli.cluster.gone")

    def end(self) -> None:
        self._waiting.clear()
        with suppress(OSError, TimeoutError, CannotDo):  # without a scheduler there is nobody to ask
            if self._asked is not None:
                self._asked.cancel()
            if self._address in self._workers.present():
                self._workers.client.restart_workers([self._address], timeout=_NEW_WORKER_SECONDS, raise_for_error=False)
        self._workers.taken.discard(self._address)

    def close(self) -> None:
        with suppress(TimeoutError, BrokenExecutor):
            self.submit(drop_kernel, None).result(_CLOSE_SECONDS)

    def _hand_over(self) -> None:
        with self._lock:
            if self._asked is not None or not self._waiting:
                return
            found, call = self._waiting.popleft()
            asked = self._workers.client.submit(call, workers=[self._address], allow_other_workers=False, pure=False, retries=0)
            self._asked = asked
        asked.add_done_callback(partial(self._hand_on, found))

    def _hand_on(self, found: Future[Any], asked: Any) -> None:
        """The outcome of the library's future to ours; then the next job. Called in a thread of the library."""
        try:
            fault = None if asked.cancelled() else asked.exception()
            if fault is not None:
                found.set_exception(fault)
            else:
                found.set_result(asked.result())
        except CancelledError:
            found.set_exception(BrokenExecutor())
        self._asked = None
        self._hand_over()
