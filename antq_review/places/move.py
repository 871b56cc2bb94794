"""Moves a finished set of files to its place, whole or not at all, by renames alone.

    .antq-cu-XXXX/      while a set moves: the files it replaces, and `tep.json`, the names with "was there before"
    .antq-bo-XXXX/      the same folder when the set stands: only to be deleted

Renaming the first to the second is the moment at which the new set counts. A run that is cut off before it is undone by
the next one, after it is finished. No byte is written in between, so a full disk cannot stop a move half way.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from antq_review.errors import CannotDo, FileBusy
from antq_review.files import TEMPORARY, reason_of, rename, write_whole
from antq_review.places.process import mark
from antq_review.places.temporary import sweep_of_dead
from antq_review.text import tell

#: The two names begin alike; nothing else of this tool does.
JOURNAL, DISCARDED = f"{TEMPORARY}cu-", f"{TEMPORARY}bo-"
_NAMES = "tep.json"


def move_set(workshop: Path, target: Path, *, last: str = "", drop: Collection[str] = ()) -> dict[str, Path]:
    """Move every file of `workshop` into `target`. Returns name → path.

    `last`: the file without which the set does not count for a reader (the manifest): it goes first and comes last.
    `drop`: files of an earlier set that this one does not hold; they go. Other files in `target` stay. Both folders lie
    on one drive. Raises FileBusy where another program holds an old file, CannotDo where the move cannot be made; then
    the old set is whole.
    """
    try:
        names = sorted((path.name for path in workshop.iterdir()), key=lambda name: (name == last, name))
    except OSError as fault:  # somebody removed the output folder meanwhile
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    if not target.exists() and names:
        _sync(workshop)
        _place(workshop, target)
        return {name: target / name for name in names}
    old = sorted({name for name in (*names, *drop) if (target / name).exists()}, key=lambda name: name != last)
    for name in old:
        refuse_busy(target / name)
    if not names and not old:
        return {}
    journal = _begin(target, {**{name: False for name in names}, **{name: True for name in old}})
    try:
        for name in old:
            rename(target / name, journal / name)
        for name in names:
            rename(workshop / name, target / name)
        _sync(target)
        os.rename(journal, _discarded(journal))
    except BaseException as fault:
        with suppress(OSError):  # where this fails as well, the next run undoes it
            undo(journal)
        if isinstance(fault, OSError):
            raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
        raise
    shutil.rmtree(_discarded(journal), ignore_errors=True)
    return {name: target / name for name in names}


def _place(workshop: Path, target: Path) -> None:
    """A set that is the first of its place gets its place in one step."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.chmod(workshop, 0o755)  # a temporary folder is closed to others
        rename(workshop, target)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault


def _begin(target: Path, names: dict[str, bool]) -> Path:
    """The journal in which the old files wait. Its list is whole before the folder has the journal's name."""
    try:
        made = Path(tempfile.mkdtemp(dir=target, prefix=TEMPORARY + mark()))
        write_whole(made / _NAMES, json.dumps(names, ensure_ascii=False).encode("utf-8"))
        journal = made.with_name(JOURNAL + made.name.removeprefix(TEMPORARY))
        os.rename(made, journal)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    return journal


def _discarded(journal: Path) -> Path:
    return journal.with_name(DISCARDED + journal.name.removeprefix(JOURNAL))


def settle(folder: Path) -> None:
    """Undo a move that was cut off in `folder`, or finish it where the new set already counts. The folder's lock is held.

    Raises CannotDo where the old files cannot be put back.
    """
    for left in sorted(folder.glob(f"{JOURNAL}*")):
        try:
            undo(left)
        except OSError as fault:
            raise CannotDo(tell("cli.cannot_write", path=folder, why=reason_of(fault))) from fault
    for left in folder.glob(f"{DISCARDED}*"):
        shutil.rmtree(left, ignore_errors=True)
    sweep_of_dead(folder, TEMPORARY)


def undo(journal: Path) -> None:
    """Put the old files back and remove the new ones, as often as it takes: every step may have been done before."""
    names = json.loads((journal / _NAMES).read_text(encoding="utf-8"))
    for name, was_there in names.items():
        if (journal / name).exists():
            os.replace(journal / name, journal.parent / name)
        elif not was_there:
            (journal.parent / name).unlink(missing_ok=True)
    os.rename(journal, _discarded(journal))
    shutil.rmtree(_discarded(journal), ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have the names of a folder on the disk, where the system lets a folder be flushed."""
    if os.name != "nt":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def refuse_busy(path: Path) -> None:
    """Raises FileBusy where another program has the file open, CannotDo where a folder or a special file has its name."""
    if not path.is_file():
        raise CannotDo(tell("cli.not_a_file", path=path))
    try:
        with open(path, "r+b"):
            return
    except PermissionError as fault:
        raise FileBusy(tell("cli.file_busy", path=path.name)) from fault
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=path, why=reason_of(fault))) from fault
