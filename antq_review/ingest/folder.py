"""The files of a school's folder: workbooks to read, files to ignore, forms where nothing is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from antq_review.files import files_below, left_behind, nfc, no_folder
from antq_review.forms.sheets import MARKED_COPY
from antq_review.ingest.file_guard import refusal
from antq_review.ingest.model import Problem
from antq_review.ingest.problems import problem
from antq_review.text import fold, listing, vietnamese_key, words
from antq_review.text.personal_paths import Labels, masked_path

_OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".xltx", ".et")
_OURS = ("huong_dan.html", "huong_dan.md")
#: Files that stand for others: a sheet that lives on the web, a shortcut.
_POINTERS = (".gsheet", ".lnk", ".url", ".webloc", ".crdownload", ".part")
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz")
#: The marker of a form, as it stands in the texts of a workbook; at most so many bytes of a part are searched for it.
_FORM_MARK, _COPY_MARK, _SEARCHED = b"antq/", MARKED_COPY.encode(), 4 << 20
#: Most workbooks of subfolders that are looked into, and that are named in one message.
_MOST_LOOKED_INTO, _MOST_NAMED = 200, 5


def labels_of(paths: Iterable[Path]) -> dict[Path, str]:
    """Path → the name by which results call it: without what points to a person, another one for each name."""
    labels = Labels()
    return {path: labels.of(nfc(path.name)) for path in paths}


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
        label, lower = masked_path(name), name.casefold()
        if path.is_dir() or lower in _OURS or (left_behind(name) and not name.startswith("~$")):
            continue
        if name.startswith("~$"):
            problems.append(problem("file_open", file=label, found=label[2:]))
        elif lower.endswith(".xlsx"):
            found.append(path)
        elif lower.endswith(_POINTERS):
            problems.append(problem("file_pointer", file=label, found=path.suffix))
        elif lower.endswith(_ARCHIVES):
            problems.append(problem("file_archive", file=label, found=path.suffix))
        elif lower.endswith(_OTHER_SHEETS):
            problems.append(problem("file_other_format", file=label, found=path.suffix))
        else:
            problems.append(problem("file_not_read", file=label))
    return found, problems


def forms_below(folder: Path) -> list[Problem]:
    """The forms that stand in subfolders, where nothing is read: one problem for each subfolder."""
    by_place: dict[str, list[str]] = {}
    looked = 0
    for path in sorted(path for path in files_below(folder) if path.parent != folder):
        if path.name.casefold().endswith(".xlsx") and not left_behind(path.name) and looked < _MOST_LOOKED_INTO:
            looked += 1
            if _is_form(path):
                place = masked_path(nfc(path.parent.relative_to(folder).as_posix()))
                by_place.setdefault(place, []).append(masked_path(nfc(path.name)))
    return [
        problem("form_in_subfolder", file=place, found=place, names=listing([*names[:_MOST_NAMED], *["…"][: len(names) > _MOST_NAMED]]))
        for place, names in sorted(by_place.items())
    ]


def _is_form(path: Path) -> bool:
    """Has a workbook the marker of a form? Only its texts are searched, none is parsed; a file that cannot be opened is none."""
    try:
        if refusal(path) is not None:
            return False
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet"):
                    with archive.open(name) as part:
                        text = part.read(_SEARCHED)
                    if _COPY_MARK in text:
                        return False
                    if _FORM_MARK in text.replace(b"antq/danh_muc", b""):
                        return True
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return False
    return False
