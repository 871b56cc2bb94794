"""A folder of blank workbooks, or of next year's with what last year's folder hands on: the whole set or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import reason_of, write_whole
from antq_review.forms import blank_files
from antq_review.places.move import move_set, settle
from antq_review.places.staging import staging
from antq_review.publish.carry_over import CarryOver, carry_over
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows
from antq_review.text import tell

_FIRST, _LAST = 2022, 2099


def new_year(
    folder: Path, code: str | None, year: int | None, last: Path | None = None,
    told: Callable[[int, int], None] | None = None,
) -> CarryOver:
    """The workbooks for `folder`, with what `last` hands on. Raises UsageError for a wrong year, a folder inside `last`."""
    if year is not None and not _FIRST <= year <= _LAST:
        raise UsageError(tell("cli.bad_year", year=year))
    if last is None:
        return CarryOver(blank_files(blank_rows(), code, year), (), ())
    if folder.resolve().is_relative_to(last.resolve()):
        raise UsageError(tell("templates.inside_last", folder=folder, last=last))
    return carry_over(read_folder(last, told), last, code, year)


def write_forms(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write the set: it is made beside the folder, then moved there. Raises CannotDo, with nothing written, for a name that exists."""
    settle(folder)
    for name in files:
        if (folder / name).exists():
            raise CannotDo(tell("cli.folder_not_empty", path=folder, name=name))
    place = folder.resolve().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with staging(place) as workshop:
        for name, content in files.items():
            write_whole(workshop / name, content)
        move_set(workshop, folder)
