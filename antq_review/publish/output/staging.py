"""Puts finished results in their place: one run at a time; files are made beside the place and moved together."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from antq_review.errors import CannotDo, FileBusy
from antq_review.files import reason_of, write_whole
from antq_review.publish.output.manifest import MANIFEST
from antq_review.scoring.model.review import Review
from antq_review.text import tell

LOCK = ".antq-dang-chay"
#: A lock that is older belongs to a run that was interrupted.
_STALE_SECONDS = 30 * 60


def folder_of(out: Path, review: Review) -> Path:
    """`OUT/<school code>/<year>` of a review."""
    return place_of(out, review.school.code, review.year)


def place_of(out: Path, code: str, year: int) -> Path:
    """`OUT/<school code>/<year>`. Raises CannotDo for a code with which the path could lead outside OUT."""
    if not code or not all(letter.isalnum() or letter in "-_." for letter in code) or code.strip(".") == "":
        raise CannotDo(tell("cli.bad_school_code", code=code))
    return out / code / str(year)


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A temporary folder inside `target`, removed at the end. Raises CannotDo where it cannot be made."""
    try:
        folder = Path(tempfile.mkdtemp(dir=target, prefix=".antq-"))
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """One run at a time in one output folder; the temporary folders of an interrupted run are removed.

    Raises CannotDo where another run has the lock or the folder cannot be written.
    """
    lock = target / LOCK
    try:
        target.mkdir(parents=True, exist_ok=True)
        if _abandoned(lock):
            lock.unlink(missing_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError as fault:
        raise CannotDo(tell("cli.already_running", path=target)) from fault
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        for left in target.glob(".antq-*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()
        _drop_if_empty(target)


def _abandoned(lock: Path) -> bool:
    """Was the run that made the lock interrupted?

    Its process is gone; on Windows, where `os.kill` would end it, the lock is old.
    """
    try:
        owner, age = lock.read_text(encoding="ascii", errors="replace"), time.time() - lock.stat().st_mtime
    except OSError:
        return False
    if os.name == "nt" or not owner.isdecimal():
        return age > _STALE_SECONDS
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _drop_if_empty(target: Path) -> None:
    """Remove the folders of a run that wrote no file."""
    for folder in (target, target.parent):
        with suppress(OSError):
            folder.rmdir()


def commit(workshop: Path, target: Path) -> dict[str, Path]:
    """Move the outputs to their place, the manifest last.

    Raises FileBusy, before the first move, for an old file in use.
    """
    names = sorted(path.name for path in workshop.iterdir())
    names.sort(key=lambda name: name == MANIFEST)
    for name in names:
        if (target / name).exists():
            refuse_busy(target / name)
    old = {name: (target / name).read_bytes() for name in names if (target / name).exists()}
    (target / MANIFEST).unlink(missing_ok=True)  # a folder without a manifest does not count as finished
    try:
        for name in names:
            write_whole(target / name, (workshop / name).read_bytes())
    except CannotDo:
        _restore(target, names, old)
        raise
    return {name: target / name for name in names}


def _restore(target: Path, names: list[str], old: dict[str, bytes]) -> None:
    """Put back the old files, the manifest last. Where that fails, the folder has no manifest: it is not finished."""
    with suppress(CannotDo):
        for name in names:
            if name in old:
                write_whole(target / name, old[name])
            else:
                (target / name).unlink(missing_ok=True)


def refuse_busy(path: Path) -> None:
    """Raises FileBusy where another program has the file open."""
    try:
        with open(path, "r+b"):
            return
    except PermissionError as fault:
        raise FileBusy(tell("cli.file_busy", path=path.name)) from fault
