"""Folders by id: the recent ones, those that can be chosen. No address and no form holds a path but the field “paste a path”."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import string
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import OWN_FOLDERS, RESULTS, left_behind, nfc, no_folder, write_whole
from antq_review.places.versions import Version, versions, year_folder
from antq_review.text import tell, vietnamese_key, words
from antq_review.text.crumbs import crumbs

_FILE, _MOST_RECENT, _MOST_LISTED = "thu_muc.json", 30, 400


def state_folder() -> Path:
    """Where the page keeps its own notes: which folders were opened, what the last check found. Closed to other users."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    place = base / "antq"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@dataclass(frozen=True)
class Known:
    """A folder of a year. `code`, `school`, `year`: as last read, empty before. `as_of`: the fixed day of the data.

    `chosen`: the folder name of the version that somebody chose; empty: the one that counts. `forms`: of the school's own Word forms.
    """

    id: str
    path: Path
    opened: datetime
    code: str = ""
    school: str = ""
    year: int = 0
    as_of: date | None = None
    chosen: str = ""
    forms: Path | None = None

    @property
    def where(self) -> str:
        """The path as people read it, from the home folder on."""
        return crumbs(self.path)


def out_of(known: Known, out: Path | None) -> Path:
    """The folder of results of a year: one for all, or `KET_QUA` in the year's own folder."""
    return out if out is not None else known.path / RESULTS


def year_of(known: Known, out: Path | None) -> Path | None:
    """The folder of the year's results; None while nobody has read whose year it is."""
    if not known.code or not known.year:
        return None
    try:
        return year_folder(out_of(known, out), known.code, known.year)
    except CannotDo:
        return None


def versions_of(known: Known, out: Path | None) -> list[Version]:
    """The year's versions, the one that counts last."""
    year = year_of(known, out)
    return versions(year) if year is not None else []


@dataclass(frozen=True)
class Listed:
    """One line of the list in which a folder is chosen. `id`: empty for a file."""

    id: str
    name: str
    is_form: bool = False


class Folders:
    """The folders that the page knows by id. An id says nothing of the path, and is the same after a restart."""

    def __init__(self, place: Path) -> None:
        self._file, self._lock = place / _FILE, threading.Lock()  # a job keeps what it read while the page shows
        stored = _read(self._file)
        self._salt = str(stored.get("salt") or secrets.token_hex(16))
        self._places: dict[str, Path] = {}
        self._known: dict[str, Known] = {}
        found = stored.get("folders")
        for entry in found if isinstance(found, list) else []:
            one = _known(entry)
            if one is not None and one.id == self._id(one.path):
                self._known[one.id] = one

    def _id(self, path: Path) -> str:
        return hashlib.sha256(f"{self._salt}{path}".encode("utf-8", "surrogateescape")).hexdigest()[:16]

    # --- choosing ---

    def id_of(self, path: Path) -> str:
        """The id of a place that was shown to the user."""
        name = self._id(path)
        self._places[name] = path
        return name

    def place(self, name: str) -> Path:
        """The place with an id. Raises KeyError for any other word."""
        return self._known[name].path if name in self._known else self._places[name]

    def typed(self, written: str) -> Path:
        """The folder that somebody typed or pasted. Raises UsageError where it is none."""
        text = written.strip().strip(words("page")["quotes"]).strip()
        if not text or "\0" in text:
            raise UsageError(tell("cli.no_folder", path=text.replace("\0", "")))
        path = Path(text).expanduser()
        try:
            if not path.is_absolute() or not path.is_dir():
                raise no_folder(path)
            return path.resolve()
        except OSError as fault:
            raise no_folder(path) from fault

    def quick(self) -> list[tuple[str, Path]]:
        """The places that most people use: key of the word → path; the drives of Windows."""
        home = Path.home()
        found = [("home", home)]
        for key, names in words("page")["quick_names"].items():
            found += [(key, home / name) for name in names if (home / name).is_dir()][:1]
        if sys.platform == "win32":
            found += [(f"{letter}:", Path(f"{letter}:\\")) for letter in string.ascii_uppercase if Path(f"{letter}:\\").exists()]
        return found

    def start(self) -> Path:
        """Where choosing begins, and where a new year's folder is put: beside the newest known folder, else documents."""
        recent = self.recent()
        if recent and recent[0].path.parent.is_dir():
            return recent[0].path.parent
        quick = dict(self.quick())
        return quick.get("documents") or quick["home"]

    def listed(self, place: Path) -> list[Listed]:
        """The folders, then the files of a place. A link to elsewhere is not offered. Raises UsageError where it cannot be read."""
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: (not entry.is_dir(follow_symlinks=False), vietnamese_key(nfc(entry.name))))
        except OSError as fault:
            raise no_folder(place) from fault
        return list(self._entries(entries))

    def _entries(self, entries: list[os.DirEntry[str]]) -> Iterator[Listed]:
        for entry in entries[:_MOST_LISTED]:
            is_link = entry.is_symlink() or getattr(entry, "is_junction", bool)()
            if is_link or entry.name.startswith((".", "$")) or left_behind(entry.name) or entry.name in OWN_FOLDERS:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield Listed(self.id_of(Path(entry.path)), nfc(entry.name))
            else:
                yield Listed("", nfc(entry.name), entry.name.casefold().endswith(".xlsx"))

    def parent(self, place: Path) -> Path | None:
        """One level up; None at the top."""
        return None if place.parent == place else place.parent

    # --- the known ones ---

    def open(self, path: Path) -> Known:
        """Remember a folder as opened now. Raises UsageError where it is none."""
        if not path.is_dir():
            raise no_folder(path)
        whole = path.resolve()
        name = self._id(whole)
        known = self._known.get(name) or Known(name, whole, datetime.now())
        return self.keep(replace(known, opened=datetime.now()))

    def keep(self, known: Known) -> Known:
        """Remember what is known of a folder now."""
        with self._lock:
            every = {**self._known, known.id: known}
            newest = sorted(every.values(), key=lambda one: one.opened, reverse=True)[:_MOST_RECENT]
            self._known = {one.id: one for one in newest}
            content = {"salt": self._salt, "folders": [_stored(one) for one in newest]}
            write_whole(self._file, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogateescape"))
        return known

    def known(self, name: str) -> Known:
        """The folder with an id. Raises KeyError for any other word."""
        return self._known[name]

    def recent(self) -> list[Known]:
        """The folders that still exist, the newest first."""
        newest = sorted(self._known.values(), key=lambda one: one.opened, reverse=True)
        return [one for one in newest if one.path.is_dir()]


def _stored(known: Known) -> dict[str, object]:
    written = {"path": str(known.path), "opened": known.opened.isoformat(), "forms": str(known.forms or "")}
    return {**asdict(known), **written, "as_of": known.as_of.isoformat() if known.as_of else ""}


def _known(entry: object) -> Known | None:
    """A stored folder; None where the entry is not one of ours."""
    if not isinstance(entry, dict):
        return None
    try:
        return Known(
            str(entry["id"]), Path(str(entry["path"])), datetime.fromisoformat(str(entry["opened"])), str(entry["code"]),
            str(entry["school"]), int(entry["year"]), date.fromisoformat(str(entry["as_of"])) if entry["as_of"] else None,
            str(entry.get("chosen", "")), Path(str(entry["forms"])) if entry.get("forms") else None,
        )
    except (KeyError, ValueError, TypeError):
        return None


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def chosen_of(known: Known, out: Path | None) -> Version | None:
    """The version that was chosen, else the one that counts; None where there is none."""
    found = versions_of(known, out)
    return next((one for one in found if one.path.name == known.chosen), found[-1] if found else None)
