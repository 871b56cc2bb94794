"""The registration of quarter I: last year's result, this year's targets, the models and the solutions."""

from __future__ import annotations

from antq_review.forms.choices import Content, DocumentKind, InitiativeStatus, RemarkSection
from antq_review.publish.dossier.catalogue import CIRCULAR
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_groups import Registration
from antq_review.publish.dossier.field_rows import InitiativeCells, RegistrationCells
from antq_review.publish.dossier.papers import name_of, own_plan
from antq_review.publish.dossier.remarks import paragraphs_of
from antq_review.publish.dossier.result_124 import period_of
from antq_review.publish.dossier.sentences import gap, tell
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.text import criterion_label, say


def registration(case: Case) -> Registration:
    """The fields that only a registration needs."""
    return Registration(
        previous_result_paragraphs=_previous(case), registration_rows=_rows(case), initiative_rows=initiative_rows(case),
        solutions=_solutions(case), pledge=tell("registration.pledge", school=case.school),
    )


def _previous(case: Case) -> list[str]:
    """Last year's self-assessment from its stored review, and whether the school was recognised.

    That is in the certificate, in either year's list of papers, or in the cell of the profile; a gap where nothing is known.
    """
    before, year = case.previous, case.review.year - 1
    text = before.text(CIRCULAR) if before else None
    told = []
    if text is not None:
        result = tell(f"change.results.{text.official_result.value if text.official_result else 'no_meeting_yet'}")
        told.append(tell("registration.previous", year=year, period=period_of(text), result=result))
    return [*told, *_recognised(case, year)] or [gap("previous_result", year=year)]


def _recognised(case: Case, year: int) -> list[str]:
    """The certificates for the year, each once; without one the cell of the profile, where it is filled."""
    papers = [*(case.previous.papers if case.previous else ()), *case.review.papers]
    named = dict.fromkeys(name_of(one) for one in papers if one.kind == DocumentKind.RECOGNITION and one.recognised_year == year)
    written = case.review.school.previous_result
    if not named and written:
        return [tell(f"registration.previous_{written}", year=year)]
    return [tell("registration.previous_paper", year=year, paper=name) for name in named]


def _rows(case: Case) -> list[RegistrationCells]:
    """The criteria in the words of the Circular, which the school's own paper calls by its number, each with its target.

    A criterion that the school's profile rules out is marked instead.
    """
    by_number = say("dossier.papers.circular_short", number=case.circular.number) if case.circular else ""
    return [
        RegistrationCells(
            number=criterion_label(finding.id), content=finding.text.replace(tell("registration.this_text"), by_number),
            title=finding.title,
            target=tell("registration.not_applicable" if finding.not_applicable else "registration.target"),
        )
        for finding in (case.circular.findings if case.circular else ())
    ]


def initiative_rows(case: Case) -> list[InitiativeCells]:
    """The school's models that go on, with name, state and members; one row with a gap where there is none."""
    rows = [case.cells.rows["PL4", key] for key in case.cells.keys("PL4", "model.")]
    rows = [row for row in rows if _status(row) != InitiativeStatus.STOPPED.label]
    found = [
        InitiativeCells(
            place=str(place), name=row.label, status=_status(row), members=case.cells.shown("PL4", row.key),
            note=str(row.note).removeprefix(_status(row)).removeprefix("; "),
        )
        for place, row in enumerate(rows, start=1)
    ]
    return found or [InitiativeCells(place="1", name=gap("models"), status="", members="", note="")]


def _status(row: NumericRow) -> str:
    """The state of the model: the first part of the line's note."""
    return str(row.note).split("; ", 1)[0]


def _solutions(case: Case) -> list[str]:
    """The directions for this year in last year's report, else the school's plan of this year; a gap where there is neither."""
    found = paragraphs_of(case, case.previous, RemarkSection.NEXT_YEAR) if case.previous else []
    plan = own_plan(case, (Content.SECURITY_PLAN, Content.MOVEMENT))
    if not found and plan and case.review.goals:
        found = [tell("registration.by_plan", plan=plan)]
    return found or [gap("solutions", section=RemarkSection.NEXT_YEAR.label)]
