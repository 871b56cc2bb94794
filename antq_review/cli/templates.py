"""`antq templates`: blank workbooks, or next year's with the lasting data of last year's folder, or the Word forms."""

from __future__ import annotations

from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import reason_of, write_whole
from antq_review.places.move import move_set, settle
from antq_review.places.staging import staging
from antq_review.text import act, say, tell


def make_templates(folder: Path, school_code: str | None, year: int | None, last: Path | None = None) -> int:
    """Write the workbooks. Returns 1 where the user must look at something again, else 0.

    Raises CannotDo, with nothing written, where a file of the same name exists.
    """
    if year is not None and not 2022 <= year <= 2099:
        raise UsageError(tell("cli.bad_year", year=year))
    says: tuple[str, ...] = ()
    look_again: tuple[str, ...] = ()
    if last is None:
        from antq_review.forms import blank_files
        from antq_review.scoring.score_table.table import blank_rows

        files = blank_files(blank_rows(), school_code, year)
    else:
        files, says, look_again = _from(folder, last, school_code, year)
    _put(folder, files)
    for sentence in says:
        print(sentence)
    for sentence in look_again:
        print(f"[{say('templates.look_again')}] {sentence}")
    print(say("cli.templates.next", act=act("check", "terminal", path=folder)))
    return 1 if look_again else 0


def word_forms(folder: Path) -> int:
    """Write the shipped Word forms and their guide, for a school that wants forms of its own. Returns 0."""
    from antq_review.shipped import shipped

    place = shipped("data_templates") / "bieu_word"
    paths = sorted(path for path in place.iterdir() if path.suffix in (".docx", ".html"))
    _put(folder, {Path(path.name): path.read_bytes() for path in paths})
    print(say("cli.templates.next_word", act=act("dossier", "terminal", path=say("cli.metavars.folder"), forms=folder)))
    return 0


def _put(folder: Path, files: dict[Path, bytes]) -> None:
    settle(folder)
    for name in files:
        if (folder / name).exists():
            raise CannotDo(tell("cli.folder_not_empty", path=folder, name=name))
    _write(folder, files)
    print(say("cli.templates.made", count=len(files), path=folder))
    for name in files:
        print(f"  {name}")


def _from(
    folder: Path, last: Path, school_code: str | None, year: int | None
) -> tuple[dict[Path, bytes], tuple[str, ...], tuple[str, ...]]:
    from antq_review.publish.carry_over import carry_over
    from antq_review.scoring.pipeline import read_folder

    if folder.resolve().is_relative_to(last.resolve()):
        raise UsageError(tell("templates.inside_last", folder=folder, last=last))
    found = carry_over(read_folder(last), last, school_code, year)
    return found.files, found.says, found.look_again


def _write(folder: Path, files: dict[Path, bytes]) -> None:
    """Write the whole set or nothing: it is made beside the folder, then moved there."""
    place = folder.resolve().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with staging(place) as workshop:
        for name, content in files.items():
            write_whole(workshop / name, content)
        move_set(workshop, folder)
