"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from antq_review.errors import CannotDo, FileBusy
from antq_review.text import say

#: Waits between tries while an antivirus, an indexer or a synchroniser holds the file for a moment (2,5 s in all).
_RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.0)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, flush to disk, then replace: a reader sees the old file or the new one, never half.

    Raises FileBusy when another program holds the target, CannotDo when the folder cannot be written or the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".antq-")
    except OSError as fault:
        raise CannotDo(say("cli.cannot_write", path=path.parent, why=fault.strerror or fault)) from fault
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        _replace(temporary, path)
    except OSError as fault:
        raise CannotDo(say("cli.cannot_write", path=path, why=fault.strerror or fault)) from fault
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _replace(temporary: Path, path: Path) -> None:
    for wait in (*_RETRY_SECONDS, None):
        try:
            os.replace(temporary, path)
            return
        except PermissionError as fault:
            if wait is None:
                raise FileBusy(say("cli.file_busy", path=path.name)) from fault
            time.sleep(wait)
