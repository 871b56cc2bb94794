"""The folder `kiem_tra`: the list of all problems and a marked copy of each faulty file, written together or not at all."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from antq_review.files import write_whole
from antq_review.ingest.model import Evidence
from antq_review.ingest.reread import KeptBooks
from antq_review.places.lock import locked
from antq_review.places.move import move_set
from antq_review.places.names import CHECKED, LIST, UNCLEAR
from antq_review.places.staging import staging
from antq_review.publish.excel.marked_copy.copies import marked_copies
from antq_review.publish.excel.problem_list import problem_list
from antq_review.text import say


def check_files(evidence: Evidence, folder: Path, kept: KeptBooks | None = None) -> dict[str, bytes]:
    """Name → content of every file of `kiem_tra`; nothing where there is no problem. The same evidence gives the same bytes.

    `kept`: workbooks of the folder that need not be read again.
    """
    if not evidence.problems:
        return {}
    copies = marked_copies(evidence, folder, kept)
    return {
        LIST: problem_list(evidence.problems, copies),
        **{marked.name: marked.content for marked in copies.values()},
    }


def school_folder(evidence: Evidence, out: Path) -> Path:
    """`OUT/<school code>/<year>`; `OUT/_chua_ro` where the school is unknown or its code cannot name a folder."""
    profile = evidence.profile
    code = str(profile.school_code) if profile else ""
    if profile is None or not re.fullmatch(r"[\w.-]*\w[\w.-]*", code):
        return out / UNCLEAR
    return out / code / str(profile.year)


def write_check(evidence: Evidence, folder: Path, out: Path, kept: KeptBooks | None = None) -> list[Path]:
    """Write the folder `kiem_tra` of a school, and remove the files of an earlier run that this run does not make.

    Returns the paths, the list first. Raises FileBusy where an old file is open in another program, CannotDo where the
    folder cannot be written; then all old files stay.
    """
    return write_check_files(evidence, check_files(evidence, folder, kept), out)


def write_check_files(evidence: Evidence, made: dict[str, bytes], out: Path) -> list[Path]:
    """The same with what `check_files` made before."""
    place = school_folder(evidence, out)
    target = place / CHECKED
    if not made and not target.is_dir():
        return []
    with locked(place), staging(place) as workshop:
        for name, content in made.items():
            write_whole(workshop / name, content)
        move_set(workshop, target, drop=outdated(target, made))
        with suppress(OSError):  # nothing is left to say and nobody else's file lies there
            target.rmdir()
    return [target / name for name in made]


def outdated(target: Path, made: dict[str, bytes]) -> list[str]:
    """Lists and copies of an earlier run that this run does not make again."""
    ours = re.compile(rf".*{re.escape(say('marked.suffix'))}(_[0-9]+)?\.xlsx\Z", re.DOTALL)
    names = [path.name for path in target.iterdir() if path.is_file()] if target.is_dir() else []
    return sorted(name for name in names if name not in made and (name == LIST or ours.match(name)))
