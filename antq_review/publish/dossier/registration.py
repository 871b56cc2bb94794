"""The registration of quarter I: last year's result, this year's targets, the models and the solutions."""

from __future__ import annotations

from antq_review.forms.choices import Content, DocumentKind, InitiativeStatus, RemarkSection
from antq_review.publish.dossier.catalogue import CIRCULAR
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_groups import Registration
from antq_review.publish.dossier.field_rows import InitiativeCells, RegistrationCells
from antq_review.publish.dossier.numbers import prose
from antq_review.publish.dossier.papers import name_of, own_plan
from antq_review.publish.dossier.remarks import paragraphs_of
from antq_review.publish.dossier.result_124 import period_of
from antq_review.publish.dossier.sentences import gap, tell
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.text import criterion_label


def registration(case: Case) -> Registration:
    """The fields that only a registration needs."""
    return Registration(
        previous_result_paragraphs=_previous(case), registration_rows=_rows(case), initiative_rows=initiative_rows(case),
        solutions=_solutions(case), pledge=tell("registration.pledge", school=case.school),
    )


def _previous(case: Case) -> list[str]:
    """Last year's result, and whether the school was recognised.

    From the stored review of that year and from the cell of the profile; a gap where there is neither.
    """
    before, written = case.previous, case.review.school.previous_result
    text = before.text(CIRCULAR) if before else None
    told = [tell(f"registration.previous_{written}", year=case.review.year - 1)] if written else []
    if before is None or text is None:
        return told or [gap("previous_result", year=case.review.year - 1)]
    result = tell(f"change.results.{text.official_result.value if text.official_result else 'no_meeting_yet'}")
    sentences = [tell("registration.previous", year=before.year, period=period_of(text), result=result)]
    for paper in before.papers:
        if paper.kind == DocumentKind.RECOGNITION and paper.signed_on >= text.period_start:
            sentences.append(tell("registration.previous_paper", year=before.year, paper=name_of(paper)))
    return sentences if len(sentences) > 1 else sentences + told


def _rows(case: Case) -> list[RegistrationCells]:
    """The criteria, each with its target; a criterion that the school's profile rules out is marked instead."""
    return [
        RegistrationCells(
            number=criterion_label(finding.id), content=finding.text, title=finding.title,
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
            place=str(place), name=row.label, status=_status(row), members=case.cells.shown("PL4", row.key), note=row.note
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
        found = [tell("registration.by_plan", plan=plan, count=prose(len(case.review.goals)))]
    return found or [gap("solutions", section=RemarkSection.NEXT_YEAR.label)]
