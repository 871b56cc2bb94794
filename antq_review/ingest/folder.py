"""The files of a school's folder: which are read, which are passed over, which evidence files are there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from antq_review.errors import UsageError
from antq_review.ingest.model import Problem
from antq_review.ingest.problems import problem
from antq_review.text import say, vietnamese_key

_OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".xltx", ".et")
_OURS = ("huong_dan.md",)
_SYSTEM = ("desktop.ini", "thumbs.db", ".ds_store")
_WEB = ("http://", "https://")


def nfc(name: str) -> str:
    """A file name as it is compared and shown."""
    return unicodedata.normalize("NFC", name)


def workbooks(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The workbooks of the folder itself in Vietnamese order, and a word about every other file there.

    Raises UsageError where the folder is not one.
    """
    if not folder.is_dir():
        raise UsageError(say("cli.no_folder", path=folder))
    found: list[Path] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda entry: vietnamese_key(nfc(entry.name))):
        name = nfc(path.name)
        lower = name.casefold()
        if path.is_dir() or lower in _SYSTEM or lower in _OURS or lower.startswith(("._", ".~lock")):
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
        return nfc(name).replace("\\", "/").casefold().removeprefix("./")

    def missing(self, entry: str) -> list[str]:
        """The named files that are not there; several are separated by “;”. A web address is taken as it stands."""
        names = [part.strip() for part in entry.split(";") if part.strip()]
        return [name for name in names if not name.casefold().startswith(_WEB) and self._key(name) not in self._names]


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
