"""A folder of blank workbooks, or of next year's with what last year's folder hands on: the whole set or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import reason_of, write_whole
from antq_review.forms import blank_files
from antq_review.forms.new_school import FIRST_YEAR, LAST_YEAR, NewSchool
from antq_review.places.move import move_set, settle
from antq_review.places.staging import staging
from antq_review.publish.carry_over import CarryOver, carry_over
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows
from antq_review.text import tell


def new_year(
    folder: Path, school: NewSchool, last: Path | None = None, told: Callable[[int, int], None] | None = None
) -> CarryOver:
    """The workbooks for `folder`, with what `last` hands on. Raises UsageError for a wrong year, a folder inside `last`."""
    if school.year is not None and not FIRST_YEAR <= school.year <= LAST_YEAR:
        raise UsageError(tell("cli.bad_year", year=school.year))
    if last is None:
        return CarryOver(blank_files(blank_rows(), school=school), (), ())
    if folder.resolve().is_relative_to(last.resolve()):
        raise UsageError(tell("templates.inside_last", folder=folder, last=last))
    return carry_over(read_folder(last, told), last, school)


def refuse_existing(folder: Path, names: Iterable[str | Path]) -> None:
    """Raises CannotDo where a file of one of the names exists; a move that was cut off there is settled first."""
    settle(folder)
    for name in names:
        if (folder / name).exists():
            raise CannotDo(tell("cli.folder_not_empty", path=folder, name=name))


def write_forms(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write the set: it is made beside the folder, then moved there. Raises CannotDo, with nothing written, for a name that exists."""
    refuse_existing(folder, files)
    place = folder.resolve().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with staging(place) as workshop:
        for name, content in files.items():
            write_whole(workshop / name, content)
        move_set(workshop, folder)
