"""A workbook that the browser sends: streamed to a temporary file beside the forms, looked at, then named. Never over a file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from antq_review.errors import AntqError, CannotDo, UsageError
from antq_review.files import REPLACED, TEMPORARY, nfc, reason_of, rename
from antq_review.ingest import read_one
from antq_review.ingest.file_guard import MAX_BYTES, refusal
from antq_review.ingest.problems import problem
from antq_review.places.manifest import sha256_of
from antq_review.places.process import mark
from antq_review.publish.output.form_job import exchange
from antq_review.text import fold, say, tell

_LETTERS, _ENDING = 120, ".xlsx"
#: Files that Excel opens and can save as a form; others are evidence, or nothing for a folder of forms.
_TABLES = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".csv", ".et")
#: How the folders in `da_thay` begin in which a received workbook waits for a decision.
_WAITS = "cho_"
_MARKED = "marked_copy"
_ID = re.compile(f"{_WAITS}[0-9a-f]{{16}}")
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{name}{number}" for name in ("com", "lpt") for number in "123456789¹²³")}
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def form_name(written: str) -> str:
    """The name under which a received workbook may lie in the folder. Raises UsageError with what is wrong with it."""
    name = unicodedata.normalize("NFC", written)
    if _NOT_IN_NAMES.search(name) or any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in name):
        raise UsageError(tell("page.upload.bad_letters"))
    if name.startswith("~$"):
        raise UsageError(tell("page.upload.open_mark", name=name))
    if not name.casefold().endswith(_ENDING):
        raise UsageError(tell("page.upload.not_xlsx" if name.casefold().endswith(_TABLES) else "page.upload.not_excel", name=name))
    stem = name[: -len(_ENDING)]
    if not stem.strip() or stem != stem.strip() or stem.endswith(".") or name.startswith("."):
        raise UsageError(tell("page.upload.bad_name", name=name))
    if stem.split(".")[0].strip().casefold() in _DEVICES:
        raise UsageError(tell("page.upload.device", name=name))
    if len(name) > _LETTERS or len(name.encode("utf-8")) > 250:
        raise UsageError(tell("page.upload.long", most=_LETTERS))
    return name


@dataclass(frozen=True)
class Conflict:
    """A received workbook whose name is taken by another content, until somebody decides. `path`: where it waits.

    It waits on the disk, so that a restart of the program still asks. `changed`: None where the sender's day is not known;
    `standing`: None where the form of this name was taken away meanwhile.
    """

    id: str
    name: str
    path: Path
    standing: Path | None
    size: int
    changed: datetime | None
    standing_size: int = 0
    standing_changed: datetime | None = None


@dataclass(frozen=True)
class Received:
    """What became of a received workbook: `new`, `same` (it was there already) or `conflict`."""

    name: str
    outcome: str


class Incoming:
    """One workbook on its way into a folder. Raises the faults of its name at once, of its size while it comes."""

    def __init__(self, folder: Path, written: str) -> None:
        self.name, self._folder, self.size = form_name(written), folder, 0
        try:
            handle, path = tempfile.mkstemp(dir=folder, prefix=TEMPORARY + mark())
            self._file: IO[bytes] = os.fdopen(handle, "wb")
        except OSError as fault:
            raise CannotDo(tell("cli.cannot_write", path=folder, why=reason_of(fault))) from fault
        self.temporary = Path(path)
        self._hash = hashlib.sha256()

    def take(self, chunk: bytes) -> None:
        """The next bytes. Raises UsageError where they are too many, CannotDo where the disk is full."""
        self.size += len(chunk)
        if self.size > MAX_BYTES:
            raise UsageError(tell("page.upload.too_big", name=self.name, most=MAX_BYTES // 1024**2))
        self._hash.update(chunk)
        try:
            self._file.write(chunk)
        except OSError as fault:
            raise CannotDo(tell("cli.cannot_write", path=self._folder, why=reason_of(fault))) from fault

    def drop(self) -> None:
        """Nothing of it stays."""
        self._file.close()
        self.temporary.unlink(missing_ok=True)

    def keep(self, changed: datetime | None = None) -> Received:
        """All bytes are here: guard, then give the name. Raises CannotDo, with nothing kept, for what the guard refuses."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._guard()
            return self._named(changed)
        except OSError as fault:
            self.drop()
            raise CannotDo(tell("cli.cannot_write", path=self._folder, why=reason_of(fault))) from fault
        except AntqError:
            self.drop()
            raise

    def _guard(self) -> None:
        why = refusal(self.temporary)
        if why is None and say("marked.suffix") in self.name and _is_marked_copy(self.temporary):
            why = _MARKED
        if why is not None:
            fault = problem(why, file=self.name)
            raise CannotDo(tell("page.upload.refused", name=self.name, says=fault.says, remedy=fault.remedy))

    def _named(self, changed: datetime | None) -> Received:
        taken = _taken(self._folder, self.name)
        if taken is None:
            _put(self.temporary, self._folder / self.name)
            return Received(self.name, "new")
        if taken.is_file() and not taken.is_symlink() and sha256_of(taken) == self._hash.hexdigest():
            self.temporary.unlink()
            return Received(self.name, "same")
        _make_wait(self.temporary, self._folder, self.name, changed)
        return Received(self.name, "conflict")


def _is_marked_copy(path: Path) -> bool:
    """Is it a copy in which this program marked faults? Reading would pass over what a unit mended in it."""
    return any(fault.code == _MARKED for fault in read_one(path).problems)


def _taken(folder: Path, name: str) -> Path | None:
    """What lies in the folder under a name that some system takes for the same."""
    return next((path for path in folder.iterdir() if fold(path.name) == fold(name)), None)


def _put(temporary: Path, target: Path) -> None:
    """Give a file its name; it replaces nothing. Raises CannotDo where the name was taken meanwhile."""
    os.chmod(temporary, 0o644)
    try:
        os.link(temporary, target)
        temporary.unlink()
    except FileExistsError as fault:
        raise CannotDo(tell("page.upload.meanwhile", name=target.name)) from fault
    except (OSError, NotImplementedError, AttributeError):  # a drive without links
        if target.exists():
            raise CannotDo(tell("page.upload.meanwhile", name=target.name)) from None
        rename(temporary, target)


def _make_wait(temporary: Path, folder: Path, name: str, changed: datetime | None) -> None:
    """Put a received workbook where it waits for a decision: `da_thay/cho_<id>/<its name>`, dated as its sender saved it."""
    place = folder / REPLACED / f"{_WAITS}{secrets.token_hex(8)}"
    place.mkdir(parents=True)
    moment = changed.timestamp() if changed is not None else 0.0
    os.chmod(temporary, 0o644)
    with suppress(OSError):  # a drive that knows no such day: then it shows when the workbook came
        os.utime(temporary, (moment, moment))
    rename(temporary, place / name)


def waiting(folder: Path) -> list[Conflict]:
    """What waits for a decision in a folder of forms, in the order of the names."""
    found = []
    for place in (folder / REPLACED).glob(f"{_WAITS}*"):
        if not _ID.fullmatch(place.name) or place.is_symlink() or not place.is_dir():
            continue
        files = [path for path in place.iterdir() if path.is_file() and not path.is_symlink()]
        for path in files[:1]:
            standing, new = _taken(folder, path.name), path.stat()
            old = standing.stat() if standing is not None else None
            changed = datetime.fromtimestamp(new.st_mtime) if new.st_mtime else None
            before = (old.st_size, datetime.fromtimestamp(old.st_mtime)) if old is not None else (0, None)
            found.append(Conflict(place.name.removeprefix(_WAITS), nfc(path.name), path, standing, new.st_size, changed, *before))
    return sorted(found, key=lambda one: one.name)


def settle_conflict(conflict: Conflict, choice: str) -> str:
    """Do what somebody decided: `keep` what stands, `replace` it (the old one goes to `da_thay`), or keep `both`.

    Returns the name of the form that stands for it now. Raises CannotDo, with both contents kept, where it cannot be done.
    """
    folder = conflict.path.parents[2]
    try:
        name = _settled(conflict, choice, folder)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=folder, why=reason_of(fault))) from fault
    with suppress(OSError):  # somebody put another file there: it stays
        conflict.path.parent.rmdir()
        conflict.path.parent.parent.rmdir()
    return name


def _settled(conflict: Conflict, choice: str, folder: Path) -> str:
    if choice == "keep" and conflict.standing is not None:
        conflict.path.unlink(missing_ok=True)
        return conflict.standing.name
    os.utime(conflict.path)  # it comes in now: a judging before now did not see it
    if choice == "replace" and conflict.standing is not None:
        exchange(conflict.standing, conflict.path)
        return conflict.standing.name
    stem = conflict.name[: -len(_ENDING)]
    names = (conflict.name, *(f"{stem}_{number}{_ENDING}" for number in range(2, 1000)))
    name = next(one for one in names if _taken(folder, one) is None)
    _put(conflict.path, folder / name)
    return name
