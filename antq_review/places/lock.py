"""One run at a time in a folder of results, and the sweeping of what a killed run left there."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import TEMPORARY, reason_of
from antq_review.places.move import JOURNAL, settle
from antq_review.places.process import Process, this_process
from antq_review.text import tell

LOCK = ".antq-dang-chay"
#: When a lock counts as dead though nobody here can ask its process: one of another computer, one that names no process
#: (cut off while it was written).
_STALE_SECONDS, _NAMELESS_SECONDS = 30 * 60, 2 * 60
#: A lock may be a little younger than the moment at which this run looks; one from tomorrow is a clock put back.
_SKEW_SECONDS = 60
#: Sub-folders of a folder of results in which runs leave files: versions and what lies in them.
_DEPTH = 2


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """One run at a time in one output folder. What an interrupted run left is finished, undone or removed first.

    Raises CannotDo where another run has the lock, the folder cannot be written, or the system fails the job inside.
    """
    lock = target / LOCK
    _take(lock)
    try:
        sweep(target)
        yield
    except OSError as fault:  # whatever the system refuses to the job: a full disk while a library writes its own files
        raise CannotDo(tell("cli.cannot_write", path=fault.filename or target, why=reason_of(fault))) from fault
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()
        _drop_if_empty(target)


def _take(lock: Path) -> None:
    """Make the lock with its content in one step. Raises CannotDo where it is held."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=lock.parent, prefix=TEMPORARY)
        content = json.dumps(vars(this_process())).encode("utf-8")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        try:
            now = Path(name).stat().st_mtime
            if is_free(lock, now):
                _remove_abandoned(lock, now)
            _put(Path(name), lock, content)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except FileExistsError as fault:
        raise CannotDo(tell("cli.already_running", path=lock.parent)) from fault
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=lock.parent, why=reason_of(fault))) from fault


def _put(temporary: Path, lock: Path, content: bytes) -> None:
    """Give the finished lock its name; FileExistsError where another run was first."""
    try:
        os.link(temporary, lock)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # a drive without links: made first, filled at once
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(content)


def _remove_abandoned(lock: Path, now: float) -> None:
    """Remove a dead run's lock by a name of its own, so that two runs that do this at once do not remove a live one's."""
    aside = lock.with_name(f"{lock.name}-{os.getpid()}")
    try:
        os.rename(lock, aside)
    except FileNotFoundError:
        return
    if not is_free(aside, now):
        _put(aside, lock, aside.read_bytes())
    aside.unlink(missing_ok=True)


def is_free(lock: Path, now: float) -> bool:
    """Is there no run that holds the lock? `now`: the time by the clock of the drive that the lock lies on."""
    try:
        owner, age = _owner(lock), now - lock.stat().st_mtime
    except FileNotFoundError:
        return True
    except OSError:
        return False
    gone = owner.is_gone if owner else None
    return gone if gone is not None else not -_SKEW_SECONDS <= age <= (_STALE_SECONDS if owner else _NAMELESS_SECONDS)


def _owner(lock: Path) -> Process | None:
    """The process that the lock names; None where it names none (cut off while it was written, or an older version's)."""
    with open(lock, encoding="utf-8", errors="replace") as file:
        written = file.read(2000)
    try:
        return Process(**json.loads(written))
    except (ValueError, TypeError, RecursionError):
        return None


def recover(folder: Path) -> None:
    """Undo or finish a move that was cut off in a version's folder. Raises CannotDo where a run is at work there."""
    if any(folder.glob(f"{JOURNAL}*")):
        with locked(folder.parent):
            pass


def release_dead(out: Path) -> None:
    """Finish or undo what dead runs of this computer left in the folders of years in OUT, and remove their locks."""
    for lock in sorted((*out.glob(f"*/{LOCK}"), *out.glob(f"*/*/{LOCK}"))):
        with suppress(CannotDo), locked(lock.parent):  # a living run keeps its lock
            pass


def sweep(target: Path) -> None:
    """Finish or undo interrupted moves, remove temporary files and folders. The caller holds the lock of `target`."""
    for folder in _folders(target, _DEPTH):
        settle(folder)
        for left in folder.glob(f"{TEMPORARY}*"):
            if left.name == LOCK or left.name.startswith(JOURNAL):
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                with suppress(OSError):
                    left.unlink()


def _folders(target: Path, depth: int) -> Iterator[Path]:
    yield target
    if depth:
        with suppress(OSError):
            inner = [path for path in target.iterdir() if path.is_dir() and not path.is_symlink()]
            for folder in inner:
                if not folder.name.startswith(TEMPORARY):
                    yield from _folders(folder, depth - 1)


def _drop_if_empty(target: Path) -> None:
    """Remove the folders of a run that wrote no file."""
    for folder in (target, target.parent):
        with suppress(OSError):
            folder.rmdir()
