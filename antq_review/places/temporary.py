"""Temporary folders of the system that say whose they are, so that a later run removes those of a dead one."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from antq_review.places.process import start_of, this_process

#: `antq-<process number>-<check number of its start>-…`: a folder; `antq-….log`: what a fault of this tool wrote down.
_OWN = re.compile(r"antq-(\d{1,10})-([0-9a-f]{8})-.*")
_LOG = "antq-*.log"
LOG_DAYS = 30


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for this job, removed at its end. What runs that were killed left behind is removed first."""
    place = Path(tempfile.gettempdir())
    sweep(place)
    me = this_process()
    with tempfile.TemporaryDirectory(prefix=f"antq-{me.pid}-{_check(me.started)}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(place: Path) -> None:
    """Remove the folders of processes that are gone, and old logs of faults."""
    for left in place.glob("antq-*-*-*"):
        owner = _OWN.fullmatch(left.name)
        if owner and _check(start_of(int(owner[1])) or "") != owner[2] and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    for log in place.glob(_LOG):
        with suppress(OSError):
            if time.time() - log.stat().st_mtime > LOG_DAYS * 24 * 3600:
                log.unlink()


def _check(started: str) -> str:
    return f"{zlib.crc32(started.encode()):08x}"
