"""The layout of the results of a school's year: one folder a version, and which of them is the newest.

    OUT/<school code>/<year>/du_thao/               the draft; a later run replaces it
                             so_ket_2026-06-30/     the half-year report of that day
                             chinh_thuc_lan_1/      a final version; nothing ever replaces it
                             sau_tham_dinh_lan_1/   a final version with the superior's points
                             kiem_tra/  ho_so/      faults of the forms; documents

Earlier versions of this tool put the results of a year into the year's folder itself. They are read as one more version
and left there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.places.manifest import read_manifest
from antq_review.places.names import PLAN
from antq_review.text import Message, listing, tell

REVIEW = "review.json"
#: No review is larger: the example's has 0.5 MB, a school with 20,000 rows a sheet stays below.
MOST_BYTES = 50_000_000


class Kind(StrEnum):
    """What a version is. The value begins the name of its folder."""

    DRAFT = "du_thao"
    INTERIM = "so_ket"
    FINAL = "chinh_thuc"
    APPRAISED = "sau_tham_dinh"

    @property
    def is_official(self) -> bool:
        """Is it a final version, which nothing replaces?"""
        return self in (Kind.FINAL, Kind.APPRAISED)


_NAME = re.compile(r"(du_thao)|(so_ket)_(\d{4}-\d{2}-\d{2})|(chinh_thuc|sau_tham_dinh)_lan_([1-9]\d{0,3})")


@dataclass(frozen=True)
class Version:
    """One version of a year's results. `number`: of a final version, from 1; 0 where the results lie in the year's folder."""

    path: Path
    kind: Kind
    number: int = 0
    day: date | None = None

    @property
    def is_official(self) -> bool:
        """Is it a final version?"""
        return self.kind.is_official

    @property
    def own_texts(self) -> str:
        """The texts that a final version judges, `tt_124,qd_510`, or its plan alone; its papers speak of no other. Empty: all in force."""
        texts = read_manifest(self.path).get("texts") if self.is_official else None
        return (",".join(map(str, texts)) or PLAN) if isinstance(texts, list) else ""

    @property
    def made_at(self) -> datetime:
        """When it was made: by its manifest, else by the file itself."""
        written = str(read_manifest(self.path).get("made_at", ""))
        try:
            return datetime.fromisoformat(written).astimezone(UTC)
        except ValueError:
            return datetime.fromtimestamp((self.path / REVIEW).stat().st_mtime, UTC)

    @property
    def named(self) -> Message:
        """The version as people call it."""
        if self.day is not None:
            return tell("places.so_ket", day=self.day)
        return tell(f"places.{self.kind}", number=self.number) if self.number else tell(f"places.{self.kind}_plain")


def year_folder(out: Path, code: str, year: int) -> Path:
    """`OUT/<school code>/<year>`. Raises CannotDo for a code with which the path could lead outside OUT."""
    if not code or not all(letter.isalnum() or letter in "-_." for letter in code) or code.strip(".") == "":
        raise CannotDo(tell("cli.bad_school_code", code=code))
    return out / code / str(year)


def version_folder(year: Path, kind: Kind, day: date | None = None) -> Path:
    """Where a new version of this kind goes: the next number for a final one, the same folder again for a draft."""
    if kind is Kind.INTERIM:
        assert day is not None
        return year / f"{kind}_{day.isoformat()}"
    if kind is Kind.DRAFT:
        return year / kind
    return year / f"{kind}_lan_{1 + max((one.number for one in _taken(year) if one.kind is kind), default=0)}"


def versions(year: Path) -> list[Version]:
    """Every version with results in a year's folder, the one that counts last.

    A final version counts before any draft. Between versions of one kind the number decides, else the time.
    """
    found = [one for one in _taken(year) if (one.path / REVIEW).is_file()]
    if (year / REVIEW).is_file():
        found.append(Version(year, Kind.DRAFT if _is_draft(year / REVIEW) else Kind.FINAL))
    found.sort(key=lambda one: one.number)
    newest_of = {one.kind: one.made_at for one in found}
    return sorted(found, key=lambda one: (one.is_official, newest_of[one.kind], one.number, one.made_at))


def newest(year: Path) -> Version | None:
    """The newest final version, else the newest draft; None where there are no results."""
    return next(reversed(versions(year)), None)


def one_version(year: Path, named: str = "") -> Version | None:
    """The newest version, or the one whose folder has this name. Raises UsageError, with the names, where none has it."""
    found = versions(year)
    if not named:
        return found[-1] if found else None
    chosen = next((one for one in found if one.path.name == named), None)
    if chosen is None:
        raise UsageError(tell("places.no_version", named=named, known=listing(one.path.name for one in found)))
    return chosen


def day_of(version: Version | None) -> date | None:
    """The day up to which a version judges, by its manifest; None where that does not say it."""
    try:
        return date.fromisoformat(str(read_manifest(version.path).get("as_of"))) if version is not None else None
    except ValueError:
        return None


def newest_official(year: Path) -> Version | None:
    """The newest final version; None where there is none."""
    return next((one for one in reversed(versions(year)) if one.is_official), None)


def _taken(year: Path) -> list[Version]:
    """Every folder with a version's name, with results or without."""
    try:
        folders = [path for path in year.iterdir() if path.is_dir()]
    except OSError:
        return []
    return [one for path in sorted(folders) if (one := named_version(path)) is not None]


def named_version(path: Path) -> Version | None:
    """The version that a folder's name says; None for another name."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    draft, interim, day, official, number = found.groups()
    try:
        return Version(path, Kind(draft or interim or official), int(number or 0), date.fromisoformat(day) if day else None)
    except ValueError:
        return None


def _is_draft(path: Path) -> bool:
    """Does a stored review call itself a draft? A file that cannot be read protects what it may be: a final version."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return False
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return not isinstance(stored, dict) or stored.get("draft") is not False
