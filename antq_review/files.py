"""The names of files in a school's folder; writing files completely or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from antq_review.errors import CannotDo, FileBusy, UsageError
from antq_review.text import Message, one_line, tell, words

#: How the names of this tool's temporary files and folders begin.
TEMPORARY = ".antq-"
#: Results may lie beside the forms, in the first of these; the second holds files that were replaced. No other name is reserved.
RESULTS, REPLACED = "KET_QUA", "da_thay"
OWN_FOLDERS = (RESULTS, REPLACED)
#: Files and folders that systems make by themselves.
_SYSTEM = (
    "desktop.ini", "thumbs.db", "ehthumbs.db", ".ds_store", ".directory", "icon\r", "__macosx", ".spotlight-v100", ".trashes", ".fseventsd",
    ".temporaryitems", "$recycle.bin", "system volume information",
)
#: Seconds between attempts while an antivirus, indexer or synchroniser holds the file for a moment (2.5 s in total).
_RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.0)


def reason_of(fault: OSError) -> Message:
    """The reason of the operating system for an error, in Vietnamese."""
    name = errno.errorcode.get(fault.errno or 0, "")
    return tell(f"cli.os_errors.{name if name in words('cli')['os_errors'] else 'other'}", number=fault.errno or "?")


def no_folder(path: Path) -> UsageError:
    """The error for a path that must be a folder but is a file or does not exist."""
    if path.is_file():
        return UsageError(tell("cli.file_for_folder", path=path, folder=path.parent))
    return UsageError(tell("cli.no_folder", path=path))


def refuse_inside(folder: Path, out: Path) -> None:
    """Raises UsageError for a folder of results inside the folder of forms, but for the one that reading passes over."""
    inside = out.resolve()
    if inside.is_relative_to(folder.resolve()) and inside != folder.resolve() / RESULTS:
        raise UsageError(tell("cli.out_inside", out=out, folder=folder, inside=folder / RESULTS))


def nfc(name: str) -> str:
    """A file name for messages: NFC, on one line, dangerous characters made visible."""
    return one_line(unicodedata.normalize("NFC", name))


def left_behind(name: str) -> bool:
    """Is it a file or folder that the system or an open program created by itself? Such a file is no evidence."""
    lower = name.casefold()
    return lower in _SYSTEM or lower.startswith(("._", ".~lock", "~$", TEMPORARY))


def is_reserved(name: str) -> bool:
    """Is it the name of a folder in a school's folder that holds no evidence: its results, files that were replaced?"""
    return name in OWN_FOLDERS


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a school's folder, however deep, without its reserved folders.

    Links are not followed; a folder that cannot be listed counts as empty.
    """
    top, waiting = str(folder), [str(folder)]
    while waiting:
        place = waiting.pop()
        with suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if place != top or not is_reserved(entry.name):
                        waiting.append(entry.path)
                elif not entry.is_symlink():
                    yield Path(entry.path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a temporary file beside the target, flush it to disk, then replace the target.

    So no reader ever sees half a file.

    Raises FileBusy where another program holds the target, CannotDo where the folder cannot be written or the disk is
    full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=path.parent, why=reason_of(fault))) from fault
    temporary = Path(name)
    try:
        write_through(handle, content)
        os.chmod(temporary, 0o644)
        rename(temporary, path)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=path, why=reason_of(fault))) from fault
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def write_through(handle: int, content: bytes) -> None:
    """Write to an open file, to the disk itself, and close it."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def rename(source: Path, path: Path) -> None:
    """Give a file or folder its final name; a file of that name is replaced. Raises FileBusy where another program holds one."""
    for wait in (*_RETRY_SECONDS, None):
        try:
            os.replace(source, path)
            return
        except PermissionError as fault:
            if wait is None:
                raise FileBusy(tell("cli.file_busy", path=path.name)) from fault
            time.sleep(wait)
