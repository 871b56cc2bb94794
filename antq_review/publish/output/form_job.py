"""Writes into a form of the school: looked at first, the original kept in `da_thay`, the new file whole under the old name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from antq_review.errors import AntqError, CannotDo, FileBusy
from antq_review.files import REPLACED, TEMPORARY, reason_of, rename
from antq_review.ingest.file_guard import refusal
from antq_review.places.manifest import sha256_of
from antq_review.places.move import refuse_busy
from antq_review.places.process import mark
from antq_review.publish.excel.fill_in import CellValue, filled_in
from antq_review.text import tell


def refuse_open(path: Path) -> None:
    """Raises FileBusy where Excel has the workbook open, by its own mark or by the system's word."""
    if (path.parent / f"~${path.name}").exists() or (path.parent / f".~lock.{path.name}#").exists():
        raise FileBusy(tell("page.fill.open", name=path.name))
    refuse_busy(path)


def write_cells(path: Path, sha256: str, cells: Sequence[CellValue], accepted: Callable[[Path], bool]) -> Path:
    """Put the values into the form. Returns where the original lies now.

    `sha256`: of the file that the values were made for; `accepted`: does reading the new file give what was meant? Raises
    FileBusy where it is open, CannotDo where it changed meanwhile, would lose something or is read otherwise; then the
    form is as it was.
    """
    refuse_open(path)
    content = path.read_bytes()
    if sha256_of(content) != sha256 or refusal(path) is not None:
        raise CannotDo(tell("page.fill.changed", name=path.name))
    made = filled_in(content, path.name, cells)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY + mark(), suffix=path.suffix)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        if not accepted(temporary):
            raise CannotDo(tell("page.fill.strange", name=path.name))
        return _exchanged(path, temporary)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=path, why=reason_of(fault))) from fault
    finally:
        temporary.unlink(missing_ok=True)


def _exchanged(path: Path, temporary: Path) -> Path:
    """The original goes aside, the new file takes its name; where that fails the original comes back."""
    aside = put_aside(path)
    try:
        rename(temporary, path)
    except (OSError, AntqError):
        rename(aside, path)
        raise
    return aside


def put_aside(path: Path) -> Path:
    """Move a form to `da_thay` beside it, under a name that is free there. Raises FileBusy where another program holds it."""
    place = path.parent / REPLACED
    try:
        place.mkdir(exist_ok=True)
        stamp = f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d_%Hh%M}"
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    names = (f"{path.stem}_{stamp}{f'_{number}' if number > 1 else ''}{path.suffix}" for number in range(1, 1000))
    target = next(place / name for name in names if not (place / name).exists())
    rename(path, target)
    return target
