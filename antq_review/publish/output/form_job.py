"""Writes into a form of the school: looked at first, the original kept in `da_thay`, the new file whole under the old name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from antq_review.errors import AntqError, CannotDo, FileBusy
from antq_review.files import REPLACED, TEMPORARY, reason_of, rename, write_through
from antq_review.ingest.file_guard import refusal
from antq_review.places.manifest import sha256_of
from antq_review.places.move import refuse_busy
from antq_review.places.process import mark, owner_is_gone
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
    try:
        with _beside(path, made) as temporary:
            if not accepted(temporary):
                raise CannotDo(tell("page.fill.strange", name=path.name))
            return exchange(path, temporary)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=path, why=reason_of(fault))) from fault


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A whole file under a temporary name beside `path`; it is gone at the end, unless it got a name of its own."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY + mark(), suffix=path.suffix)
    temporary = Path(name)
    try:
        write_through(handle, content)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def exchange(path: Path, temporary: Path) -> Path:
    """Give a form the content of a temporary file beside it. Returns where the original lies now.

    The original is copied to `da_thay` first and then replaced in one act: whenever the program is ended, a whole form stands
    under the name. Raises FileBusy where another program holds it, OSError or CannotDo where it cannot be written; then it stays.
    """
    os.chmod(temporary, 0o644)
    aside = _copied_aside(path)
    try:
        rename(temporary, path)
    except (OSError, AntqError):
        aside.unlink(missing_ok=True)
        raise
    return aside


def _copied_aside(path: Path) -> Path:
    """Copy a form to `da_thay` beside it, under a name that is free there."""
    place = path.parent / REPLACED
    place.mkdir(exist_ok=True)
    stamp = f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d_%Hh%M}"
    names = (f"{path.stem}_{stamp}{f'_{number}' if number > 1 else ''}{path.suffix}" for number in range(1, 1000))
    target = next(place / name for name in names if not (place / name).exists())
    with _beside(target, path.read_bytes()) as copy:
        shutil.copystat(path, copy)
        rename(copy, target)
    return target


def sweep_forms(folder: Path) -> None:
    """Remove what a killed program left under temporary names in a folder of forms and in its `da_thay`."""
    for place in (folder, folder / REPLACED):
        for path in place.glob(f"{TEMPORARY}*-*-*"):
            if path.is_file() and not path.is_symlink() and owner_is_gone(path.name.removeprefix(TEMPORARY)):
                path.unlink(missing_ok=True)
