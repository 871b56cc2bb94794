"""The files of a school's folder: which are read, which are passed over, which evidence files are there."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from antq_review.files import no_folder
from antq_review.ingest.model import Problem
from antq_review.ingest.problems import problem
from antq_review.text import fold, vietnamese_key, visible, words

_OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".xltx", ".et")
_OURS = ("huong_dan.md",)
_SYSTEM = ("desktop.ini", "thumbs.db", ".ds_store")
_WEB = ("http://", "https://")


def nfc(name: str) -> str:
    """A file name as it is shown: NFC, dangerous characters visible."""
    return visible(unicodedata.normalize("NFC", name))


def left_behind(name: str) -> bool:
    """Is it a file that a system or an open program leaves beside the others, and no one's evidence?"""
    lower = name.casefold()
    return lower in _SYSTEM or lower.startswith(("._", ".~lock", "~$", ".antq-"))


def copy_of(name: str, names: Iterable[str]) -> str | None:
    """The one among `names` of which `name` looks like a second copy (`x (1).xlsx`, `x - Copy.xlsx`); None where it does not."""
    stem, dot, suffix = fold(name).rpartition(".")
    original = _copy_mark().sub("", stem)
    if original == stem:
        return None
    return next((other for other in names if fold(other) == f"{original}{dot}{suffix}"), None)


@cache
def _copy_mark() -> re.Pattern[str]:
    """What Explorer, a browser or OneDrive adds to the name of a second copy."""
    said = "|".join(re.escape(fold(word)) for word in words("ingest")["copy_words"])
    return re.compile(rf"(?: \([0-9]{{1,3}}\)| - (?:{said})(?: \([0-9]{{1,3}}\))?|-(?:desktop|laptop)-[0-9a-z]{{4,15}})\Z")


def workbooks(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The workbooks of the folder itself in Vietnamese order, and a word about every other file there.

    Raises UsageError where the folder is not one.
    """
    if not folder.is_dir():
        raise no_folder(folder)
    found: list[Path] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda entry: (vietnamese_key(nfc(entry.name)), entry.name)):
        name = nfc(path.name)
        lower = name.casefold()
        if path.is_dir() or lower in _OURS or (left_behind(name) and not name.startswith("~$")):
            continue
        if name.startswith("~$"):
            problems.append(problem("file_open", file=name, found=name[2:]))
        elif lower.endswith(".xlsx"):
            found.append(path)
        elif lower.endswith(_OTHER_SHEETS):
            problems.append(problem("file_other_format", file=name, found=path.suffix))
        else:
            problems.append(problem("file_not_read", file=name))
    return found, problems


class EvidenceFiles:
    """What lies under the folder, for looking up the paths that rows name; compared NFC, capitals folded."""

    def __init__(self, folder: Path) -> None:
        self._names = {self._key(path.relative_to(folder).as_posix()) for path in _walk(folder)}

    @staticmethod
    def _key(name: str) -> str:
        return fold(name.replace("\\", "/")).removeprefix("./")

    def missing(self, entry: str) -> list[str]:
        """The named files that are not there; several are separated by “;”. A web address is taken as it stands."""
        names = [part.strip() for part in entry.split(";") if part.strip()]
        return [name for name in names if not name.casefold().startswith(_WEB) and self._key(name) not in self._names]


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below the folder; a link is not followed, a folder that cannot be listed counts as empty."""
    for place, _, names in os.walk(folder):
        yield from (path for name in names if not (path := Path(place, name)).is_symlink())
