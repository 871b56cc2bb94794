"""Lanes on several computers, through Dask. The only module that knows it (`distributed`, the extra “cluster”).

Each worker of the cluster is one lane: its jobs are bound to it, so a job that ends a worker is never tried on the next one.
Everything that travels is encrypted, and both sides show a certificate: whoever can send a job can run any program there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
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
        raise UsageError(tell("rerun.cluster.not_tls", address=address))
    if missing := [name for name in CERTIFICATES if not (certificates / name).is_file()]:
        raise UsageError(tell("rerun.cluster.no_files", names=listing(missing), folder=certificates))
    try:
        from distributed import Client, Security
    except ImportError as fault:
        raise CannotDo(tell("rerun.cluster.not_installed")) from fault
    authority, own, key = (str(certificates / name) for name in CERTIFICATES)
    security = Security(require_encryption=True, tls_ca_file=authority, tls_client_cert=own, tls_client_key=key)
    try:
        client = Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:  # TLS faults are OSError
        raise CannotDo(tell("rerun.cluster.unreachable", address=address, why=type(fault).__name__)) from fault
    with client:
        workers = _Workers(client)
        yield workers.lane, workers.checked(address)


class _Workers:
    """The workers of a cluster, and which of them are lanes."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.taken: set[str] = set()

    def checked(self, address: str) -> int:
        """How many there are. Raises CannotDo where none is, or one of them would not give the same results one after the other."""
        threads = self.present()
        if not threads:
            raise CannotDo(tell("rerun.cluster.no_workers", address=address))
        for worker, theirs in self.client.run(installation, on_error="return").items():
            if theirs != installation():
                shown = theirs if isinstance(theirs, str) else type(theirs).__name__
                raise CannotDo(tell("rerun.cluster.differs", worker=worker, theirs=shown, ours=installation()))
        if several := [worker for worker, count in threads.items() if count != 1]:
            raise CannotDo(tell("rerun.cluster.threads", worker=listing(several)))
        return len(threads)

    def present(self) -> dict[str, int]:
        """Address → threads of the workers that the scheduler knows now. The library says Any."""
        found: Any = self.client.nthreads()
        return dict(found)

    def lane(self) -> Lane:
        """A worker that is no lane yet. Raises CannotDo where none comes."""
        until = time.monotonic() + _NEW_WORKER_SECONDS
        while not (free := sorted(self.present().keys() - self.taken)):
            if time.monotonic() > until:
                raise CannotDo(tell("rerun.cluster.no_workers", address=self.client.scheduler.address))
            time.sleep(0.5)
        self.taken.add(free[0])
        return _Worker(self, free[0])


class _Worker:
    """One worker as a lane. When it dies, another process with another address takes its place in the cluster."""

    def __init__(self, workers: _Workers, address: str) -> None:
        self._workers, self._address = workers, address
        self._executor = workers.client.get_executor(workers=[address], allow_other_workers=False, pure=False, retries=0)

    def submit(self, work: Callable[[J], R], job: J, /) -> Future[R]:
        future: Future[R] = self._executor.submit(work, job)
        return future

    def trouble(self) -> Message | None:
        return None if self._address in self._workers.present() else tell("rerun.cluster.gone")

    def end(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        if self._address in self._workers.present():
            self._workers.client.restart_workers([self._address], timeout=_NEW_WORKER_SECONDS, raise_for_error=False)
        self._workers.taken.discard(self._address)

    def close(self) -> None:
        with suppress(TimeoutError):
            self.submit(drop_kernel, None).result(_CLOSE_SECONDS)
        self._executor.shutdown(wait=False)
