"""Temporary folders of the system that say whose they are, so that a later run removes those of a dead one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.places.process import mark, owner_is_gone
from antq_review.text import tell

#: Folders are `antq-<mark>…`; `antq-….log` is what a fault of this tool wrote down.
PREFIX, _LOG = "antq-", "antq-*.log"
LOG_DAYS = 30


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for this job, removed at its end. What runs that were killed left behind is removed first.

    Raises CannotDo where the system has no room for it.
    """
    place = Path(tempfile.gettempdir())
    sweep_of_dead_runs()
    _sweep_logs(place)
    try:
        folder = tempfile.TemporaryDirectory(prefix=PREFIX + mark(), ignore_cleanup_errors=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with folder as name:
        yield Path(name)


def sweep_of_dead_runs() -> None:
    """Remove the temporary folders of this tool's processes that are gone."""
    sweep_of_dead(Path(tempfile.gettempdir()), PREFIX)


def sweep_of_dead(place: Path, prefix: str) -> None:
    """Remove the marked folders of processes that are gone."""
    with suppress(OSError):
        for left in place.glob(f"{prefix}*-*-*"):
            if owner_is_gone(left.name.removeprefix(prefix)) and left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)


def _sweep_logs(place: Path) -> None:
    for log in place.glob(_LOG):
        with suppress(OSError):
            if time.time() - log.stat().st_mtime > LOG_DAYS * 24 * 3600:
                log.unlink()
