"""The files of a school's folder: workbooks to read, files to ignore, existing evidence files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from antq_review.files import no_folder
from antq_review.ingest.model import Problem
from antq_review.ingest.problems import problem
from antq_review.text import fold, one_line, vietnamese_key, words

_OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".xltx", ".et")
_OURS = ("huong_dan.md",)
_SYSTEM = ("desktop.ini", "thumbs.db", ".ds_store")
_WEB = ("http://", "https://")


def nfc(name: str) -> str:
    """A file name for messages: NFC, on one line, dangerous characters made visible."""
    return one_line(unicodedata.normalize("NFC", name))


def left_behind(name: str) -> bool:
    """Is it a file that the system or an open program created by itself? Such a file is no evidence."""
    lower = name.casefold()
    return lower in _SYSTEM or lower.startswith(("._", ".~lock", "~$", ".antq-"))


def copy_of(name: str, names: Iterable[str]) -> str | None:
    """The name in `names` of which `name` seems a copy (`x (1).xlsx`, `x - Copy.xlsx`); None where there is none."""
    stem, dot, suffix = fold(name).rpartition(".")
    original = _copy_mark().sub("", stem)
    if original == stem:
        return None
    return next((other for other in names if fold(other) == f"{original}{dot}{suffix}"), None)


@cache
def _copy_mark() -> re.Pattern[str]:
    """The endings that Explorer, a browser or OneDrive adds to the name of a second copy."""
    said = "|".join(re.escape(fold(word)) for word in words("ingest")["copy_words"])
    return re.compile(rf"(?: \([0-9]{{1,3}}\)| - (?:{said})(?: \([0-9]{{1,3}}\))?|-(?:desktop|laptop)-[0-9a-z]{{4,15}})\Z")


def workbooks(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The workbooks in the folder, in Vietnamese order, and problems of its other files. Subfolders are not searched.

    Raises UsageError where `folder` is no folder.
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
    """All files below the folder, to look up the paths in rows.

    Paths are compared in NFC, without regard to capitals.
    """

    def __init__(self, folder: Path) -> None:
        self._names = {self._key(path.relative_to(folder).as_posix()) for path in _walk(folder)}

    @staticmethod
    def _key(name: str) -> str:
        return fold(name.replace("\\", "/")).removeprefix("./")

    def missing(self, entry: str) -> list[str]:
        """The files of a cell that do not exist; `entry` may contain several, separated by “;”.

        Web addresses are not checked.
        """
        names = [part.strip() for part in entry.split(";") if part.strip()]
        return [name for name in names if not name.casefold().startswith(_WEB) and self._key(name) not in self._names]


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below the folder, however deep. Links are not followed; a folder that cannot be listed counts as empty."""
    waiting = [str(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif not entry.is_symlink():
                    yield Path(entry.path)
