"""`antq dossier`: the documents a school hands in, as Word files; or the layout check of one Word file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.cli.check import write_findings
from antq_review.cli.progress import progress
from antq_review.cli.review import only_problems
from antq_review.errors import UsageError
from antq_review.files import refuse_inside
from antq_review.ingest.model import Evidence
from antq_review.places.versions import Version, day_of, newest, year_folder
from antq_review.scoring.model.review import Review
from antq_review.text import day, say, tell

if TYPE_CHECKING:
    from antq_review.scoring.sections.incident_record import IncidentRecord


@dataclass(frozen=True)
class Asked:
    """The options as the user typed them."""

    only: str = ""
    final: bool = False
    public: bool = False
    forms: Path | None = None
    pdf: bool = False
    as_of: str = ""
    incident: str = ""


def dossier(folder: Path | None, check: Path | None, out: Path, asked: Asked) -> int:
    """Do one of the verb's two jobs. Returns the exit code; raises UsageError where neither or both are given."""
    if (folder is None) == (check is None):
        raise UsageError(tell("word.cli.folder_or_check"))
    if check is not None:
        return check_layout(check)
    assert folder is not None
    return make_dossier(folder, out, asked)


def check_layout(path: Path) -> int:
    """Print every departure of a Word file from the twelve rules, with its places.

    Returns 1 where there is one, else 0.
    """
    from antq_review.publish.word.layout_check.check import check_file

    departures = check_file(path)
    if not departures:
        print(say("word.check.clean"))
        return 0
    print(say("word.check.count", count=len(departures)))
    for departure in departures:
        print(f"  {departure.line()}")
    return 1


def make_dossier(folder: Path, out: Path, asked: Asked) -> int:
    """Read, judge, fill the forms, check the documents. Returns the exit code."""
    from antq_review.publish.word import whole
    from antq_review.publish.word.chosen import chosen_documents
    from antq_review.publish.word.dossier_job import Order
    from antq_review.publish.word.forms import own_forms
    from antq_review.scoring.pipeline import asked_day, read_folder

    given = asked_day(asked.as_of)
    refuse_inside(folder, out)
    codes = chosen_documents(asked.only, asked.public, asked.incident)
    own = own_forms(asked.forms, folder) if asked.forms else {}
    with progress() as (files, step):
        evidence = read_folder(folder, files)
        if evidence.profile is None:
            return only_problems(evidence, write_findings(evidence, folder, out))
        step(say("cli.steps.judging"))
        on = given(evidence.year) if asked.as_of.strip() else None
        version = None if on else _newest(evidence, out)
        on = on or day_of(version) or given(evidence.year)
        order = Order(codes, asked.final, asked.public, own, asked.pdf, _incident(evidence, asked), version.own_texts if version else "")
        found = whole.make_dossier(evidence, on, order, out, all_wanted=bool(asked.only))
    if version is not None and day_of(version) is not None:
        print(say("cli.day_of_version", version=version.named, day=day(on)))
    for path in found.made.paths.values():
        print(f"  {path}")
    for line in whole.departures(found.made):
        print(f"  {line}")
    return _print_state(found.review, found.made.open_places, asked.final)


def _newest(evidence: Evidence, out: Path) -> Version | None:
    """The version that the documents belong to: the newest one in the results."""
    profile = evidence.profile
    if profile is None or profile.school_code is None or profile.year is None:
        return None
    return newest(year_folder(out, profile.school_code, profile.year))


def _incident(evidence: Evidence, asked: Asked) -> IncidentRecord | None:
    from antq_review.scoring.sections.incident_record import incident_record

    return incident_record(evidence, asked.incident) if asked.incident else None


def _print_state(review: Review, open_places: dict[str, list[str]], final: bool) -> int:
    """Print whether the dossier is final, with the warnings about its meeting, or what is open. Returns the exit code."""
    from antq_review.scoring.sections.meetings import PREFIX as MEETING

    if final:
        for warning in review.warnings:
            if warning.key.startswith(MEETING):
                print(f"  {warning}")
        print(say("cli.review.final"))
        return 0
    for code, texts in open_places.items():
        print(say("word.cli.open", code=code, count=len(texts), first=texts[0]))
    if open_places or review.draft_reasons:
        print(say("word.cli.draft"))
        return 1
    return 0
