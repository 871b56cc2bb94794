"""Which files of a year the page hands out, by key: what a manifest lists, the list of faults, the forms. Nothing by guess."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from antq_review.files import nfc
from antq_review.ingest.folder import workbooks
from antq_review.page.folders import Known, out_of, year_of
from antq_review.places.manifest import MANIFEST, read_manifest
from antq_review.places.names import CHECKED, COMPARED, INSIDE, PACKAGES, PUBLIC, UNCLEAR
from antq_review.places.versions import versions

#: Endings that another program of this computer may be asked to open.
OPENED = (".xlsx", ".docx", ".pdf", ".ics")
_TYPES = {
    ".zip": "application/zip",
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".ics": "text/calendar; charset=utf-8", ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class ResultFile:
    """One file that may be opened. `group`: a version's folder name, `kiem_tra`, `ho_so`, `ho_so_cong_khai` or `bieu`."""

    key: str
    group: str
    name: str
    path: Path

    @property
    def opens(self) -> bool:
        """May the computer's own program be asked to open it?"""
        return self.path.suffix.casefold() in OPENED

    @property
    def type(self) -> str:
        """Its media type."""
        return _TYPES.get(self.path.suffix.casefold(), "application/octet-stream")


def files_of(known: Known, out: Path | None) -> dict[str, ResultFile]:
    """Key → file, of everything that this folder has to show now."""
    found = [file_of("bieu", path) for path in workbooks(known.path)[0]]
    year = year_of(known, out)
    place = year if year is not None else out_of(known, out) / UNCLEAR
    found += [file_of(CHECKED, path) for path in _plain(place / CHECKED) if path.suffix == ".xlsx"]
    if year is not None:
        for version in versions(year):
            found += listed_files(version.path.name, version.path)
        for group in (INSIDE, PUBLIC):
            names = _listed(year / group, "documents")
            found += [file_of(group, year / group / name) for name in names]
            found += [file_of(group, path) for name in names if (path := (year / group / name).with_suffix(".pdf")).is_file()]
        found += [file_of(PACKAGES, path) for path in _plain(year / PACKAGES) if path.suffix == ".zip"]
        compared = year.parent / COMPARED
        for place in sorted(compared.iterdir()) if compared.is_dir() else ():
            found += listed_files(f"{COMPARED}/{place.name}", place)
    return {one.key: one for one in found if one.path.is_file() and not one.path.is_symlink()}


def file_of(group: str, path: Path) -> ResultFile:
    """A file of a group with its key."""
    return ResultFile(key_of(group, path.name), group, nfc(path.name), path)


def key_of(group: str, name: str) -> str:
    """The key of a file, as the page's links name it."""
    return hashlib.sha256(f"{group}/{name}".encode("utf-8", "surrogateescape")).hexdigest()[:16]


def listed_files(group: str, folder: Path) -> list[ResultFile]:
    """The outputs that a folder's manifest lists."""
    return [file_of(group, folder / name) for name in _listed(folder, "outputs")]


def _listed(folder: Path, entry: str) -> list[str]:
    """The names that the manifest of a folder lists: single names only, whatever somebody wrote into it."""
    listed = read_manifest(folder).get(entry)
    names = [*(listed if isinstance(listed, dict) else ()), MANIFEST]
    return [name for name in names if isinstance(name, str) and Path(name).name == name and name not in ("", ".", "..")]


def _plain(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
