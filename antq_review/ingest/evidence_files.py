"""The evidence files that the rows name: looked up as people write them, never guessed.

Several files stand in one cell, separated by “;” or line breaks; by commas where every part is a file. A path may be that of
another computer, a name may lack its folder: it counts where exactly one file below the school's folder fits.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from antq_review.files import files_below
from antq_review.text import Message, fold, resemblance, tell
from antq_review.text.personal_paths import masked_path

_WEB = ("http://", "https://")
#: `drive.google.com/file/…`, `www.truong.edu.vn`: an address without its beginning.
_HOST = re.compile(r"(?i)(?:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:[a-z0-9-]+\.)+(?:com|vn|net|org|gov|edu|me|gl|ly)(?=/))(?:/\S*)?\Z")
_SEPARATORS = re.compile(r"[;\n]")
#: A file that only points to another, or that a browser has not finished.
_POINTERS = (".gsheet", ".gdoc", ".gslides", ".lnk", ".url", ".webloc", ".crdownload", ".part", ".partial", ".download", ".tmp")


@dataclass(frozen=True)
class FileFault:
    """A file that is not surely there: key of the problem in text/ingest.toml, its name as written, what resembles it."""

    code: str
    name: str
    near: str = ""

    @property
    def how(self) -> Message:
        """What to do about it."""
        return tell("ingest.evidence_file.near", near=masked_path(self.near)) if self.near else tell("ingest.evidence_file.plain")


@dataclass(frozen=True)
class FoundFiles:
    """`written`: the cell's files by their paths in the folder, separated by “; ”; as they were written where that is enough."""

    written: str
    faults: tuple[FileFault, ...]


class EvidenceFiles:
    """All files below the folder, to look up the paths in rows.

    Paths are compared in NFC, without regard to capitals.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = {}
        self._resembling: dict[str, list[str]] | None = None
        self._hollow: dict[str, bool] = {}  # many rows may name one file
        for path in files_below(folder):
            name = path.relative_to(folder).as_posix()
            self._paths[self._key(name)] = name
            self._by_name.setdefault(self._key(path.name), []).append(name)
        self._folders = {key.rpartition("/")[0] for key in self._paths}

    @staticmethod
    def _key(name: str) -> str:
        return fold(name.replace("\\", "/")).removeprefix("./").rstrip("/")

    def find(self, entry: str, link: str = "") -> FoundFiles:
        """The files of a cell, and the faults of those that are not there. `link`: the address behind its words."""
        names = self._split(entry)
        found = [self._one(name) for name in names]
        faults = tuple(fault for fault in found if isinstance(fault, FileFault))
        if faults and link:
            behind = self._one(link if link.casefold().startswith(_WEB) else unquote(link))
            if isinstance(behind, str):
                return FoundFiles(behind, ())
            return FoundFiles(entry, (behind,))
        same = all(self._is_plain(name, path) for name, path in zip(names, found, strict=True)) and "," not in entry
        if faults or same:
            return FoundFiles(entry, faults)
        return FoundFiles("; ".join(path for path in found if isinstance(path, str)), ())

    def _is_plain(self, name: str, path: str | FileFault) -> bool:
        return isinstance(path, str) and self._key(name) == self._key(path)

    def _split(self, entry: str) -> list[str]:
        if self._key(entry) in self._paths:
            return [entry]
        parts = [part.strip() for part in _SEPARATORS.split(entry) if part.strip()]
        found: list[str] = []
        for part in parts:
            pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
            whole = self._key(part) in self._paths or len(pieces) < 2
            several = not whole and all(isinstance(self._one(piece), str) for piece in pieces)
            found += pieces if several else [part]
        return found

    def _one(self, written: str) -> str | FileFault:
        """The path in the folder, or the web address; a fault where it is none, or not surely."""
        if written.casefold().startswith(_WEB):
            return written
        key = self._key(written)
        if key not in self._paths and _HOST.match(written):
            return f"https://{written}"
        path = self._paths.get(key) or self._below(key)
        if path is not None:
            if path not in self._hollow:
                self._hollow[path] = self._is_hollow(path)
            return FileFault("evidence_file_empty", path) if self._hollow[path] else path
        several = self._by_name.get(key.rpartition("/")[2], [])
        if len(several) > 1:
            return FileFault("evidence_file_several", written, ", ".join(sorted(several)[:3]))
        if key in self._folders:
            return FileFault("evidence_file_folder", written)
        return FileFault("evidence_file_missing", written, self._resembles(key))

    def _below(self, key: str) -> str | None:
        """The file that the end of a path of another computer names, or a name without its folder; None unless it is one."""
        parts = [part for part in key.removeprefix("file:").split("/") if part not in ("", ".", "..")]
        for start in range(len(parts)):
            if path := self._paths.get("/".join(parts[start:])):
                return path
        several = self._by_name.get(parts[-1], []) if parts else []
        return several[0] if len(several) == 1 else None

    def _resembles(self, key: str) -> str:
        """The one file with the same name but for marks, spaces and ending; empty where there is none or several."""
        if self._resembling is None:
            self._resembling = {}
            for path in self._paths.values():
                self._resembling.setdefault(self._stem(path), []).append(path)
        found = self._resembling.get(self._stem(key), [])
        return found[0] if len(found) == 1 and self._stem(key) else ""

    @staticmethod
    def _stem(path: str) -> str:
        name = path.rpartition("/")[2]
        return resemblance(os.path.splitext(name)[0])

    def _is_hollow(self, path: str) -> bool:
        """Is the file empty, not yet downloaded, or a mere pointer? A file that cannot be opened is left to the reader."""
        if path.casefold().endswith(_POINTERS):
            return True
        try:
            with open(self._folder / path, "rb") as file:
                return not file.read(16).strip(b"\0")
        except OSError:
            return True
