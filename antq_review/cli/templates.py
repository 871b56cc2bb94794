"""`antq templates`: blank workbooks, or next year's with the lasting data of last year's folder, or the Word forms."""

from __future__ import annotations

from pathlib import Path

from antq_review.text import act, say


def make_templates(folder: Path, school_code: str | None, year: int | None, last: Path | None = None) -> int:
    """Write the workbooks. Returns 1 where the user must look at something again, else 0.

    Raises CannotDo, with nothing written, where a file of the same name exists.
    """
    from antq_review.publish.output.forms_job import new_year

    made = new_year(folder, school_code, year, last)
    _put(folder, made.files)
    for sentence in made.says:
        print(sentence)
    for sentence in made.look_again:
        print(f"[{say('templates.look_again')}] {sentence}")
    print(say("cli.templates.next", act=act("check", "terminal", path=folder)))
    return 1 if made.look_again else 0


def word_forms(folder: Path) -> int:
    """Write the shipped Word forms and their guide, for a school that wants forms of its own. Returns 0."""
    from antq_review.shipped import shipped

    place = shipped("data_templates") / "bieu_word"
    paths = sorted(path for path in place.iterdir() if path.suffix in (".docx", ".md"))
    _put(folder, {Path(path.name): path.read_bytes() for path in paths})
    print(say("cli.templates.next_word", act=act("dossier", "terminal", path=say("cli.metavars.folder"), forms=folder)))
    return 0


def _put(folder: Path, files: dict[Path, bytes]) -> None:
    from antq_review.publish.output.forms_job import write_forms

    write_forms(folder, files)
    print(say("cli.templates.made", count=len(files), path=folder))
    for name in files:
        print(f"  {name}")
