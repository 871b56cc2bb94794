"""`antq templates`: blank workbooks, or next year's with the lasting data of last year's folder, or the Word forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.forms.sheets import WORKBOOKS
from antq_review.text import act, say

if TYPE_CHECKING:
    from antq_review.forms.new_school import NewSchool


def make_templates(folder: Path, school: NewSchool, last: Path | None = None, ask: bool = False) -> int:
    """Write the workbooks. Returns 1 where the user must look at something again, else 0.

    `ask`: a person is there; what is not known of a new school is asked. Raises CannotDo, with nothing written, where a
    file of the same name exists.
    """
    from antq_review.cli.ask_school import completed, said_of
    from antq_review.forms.offered_plan import offered_plan
    from antq_review.publish.output.forms_job import new_year, refuse_existing

    if last is None and ask:  # nobody should answer in vain
        refuse_existing(folder, (f"{workbook}.xlsx" for workbook in WORKBOOKS))
        school = completed(school)
    made = new_year(folder, school, last)
    _put(folder, made.files)
    for sentence in (*made.says, *(said_of(school, len(offered_plan(school))) if last is None else ())):
        print(sentence)
    for sentence in made.look_again:
        print(f"[{say('templates.look_again')}] {sentence}")
    print(say("cli.templates.next", act=act("check", "terminal", path=folder)))
    return 1 if made.look_again else 0


def word_forms(folder: Path) -> int:
    """Write the shipped Word forms and their guide, for a school that wants forms of its own. Returns 0."""
    from antq_review.shipped import shipped

    place = shipped("data_templates") / "bieu_word"
    paths = sorted(path for path in place.iterdir() if path.suffix in (".docx", ".html"))
    _put(folder, {Path(path.name): path.read_bytes() for path in paths})
    print(say("cli.templates.next_word", act=act("dossier", "terminal", path=say("cli.metavars.folder"), forms=folder)))
    return 0


def _put(folder: Path, files: dict[Path, bytes]) -> None:
    from antq_review.publish.output.forms_job import write_forms

    write_forms(folder, files)
    print(say("cli.templates.made", count=len(files), path=folder))
    for name in files:
        print(f"  {name}")
