"""The registration of quarter I: last year's result, what the school sets itself, with which models and by which means."""

from __future__ import annotations

from typing import Any

from antq_review.forms.choices import INITIATIVE_STATUS, REMARK_SECTIONS
from antq_review.publish.dossier.context import CIRCULAR, Case
from antq_review.publish.dossier.papers import name_of
from antq_review.publish.dossier.remarks import paragraphs_of
from antq_review.publish.dossier.result_124 import period_of
from antq_review.publish.dossier.sentences import gap, tell
from antq_review.scoring.model.numeric_tables import NumericRow
from antq_review.scoring.model.review import TextResult, criterion_label

Row = dict[str, Any]


def registration_fields(case: Case) -> dict[str, Any]:
    """The fields that only a registration needs."""
    return {
        "previous_result_paragraphs": _previous(case), "registration_rows": _rows(case), "initiative_rows": initiative_rows(case),
        "solutions": _solutions(case), "pledge": tell("registration.pledge", school=case.school),
    }


def _previous(case: Case) -> list[str]:
    """How the year before was assessed, and whether it was recognised; asked for where no review of it is stored."""
    before = case.previous
    text = before.text(CIRCULAR) if before else None
    if before is None or text is None:
        return [gap("previous_result", year=case.review.year - 1)]
    result = tell(f"change.results.{(text.result or TextResult.INSUFFICIENT).value}")
    told = [tell("registration.previous", year=before.year, period=period_of(text), result=result)]
    recognised = [paper for paper in before.papers if paper.kind == "recognition" and paper.signed_on >= text.period_start]
    return told + [tell("registration.previous_recognised", year=before.year, paper=name_of(paper)) for paper in recognised]


def _rows(case: Case) -> list[Row]:
    """The criteria and the aim for each; what the school's profile rules out has none."""
    return [
        {
            "number": criterion_label(finding.id), "content": finding.text, "title": finding.title,
            "target": tell("registration.not_applicable" if finding.not_applicable else "registration.target"),
        }
        for finding in (case.circular.findings if case.circular else ())
    ]


def initiative_rows(case: Case) -> list[Row]:
    """The school's models that go on, by name, with members and state; asked for where none is written down."""
    rows = [case.cells.rows["PL4", key] for key in case.cells.keys("PL4", "model.")]
    rows = [row for row in rows if _status(row) != INITIATIVE_STATUS.label("stopped")]
    found = [
        {
            "place": str(place), "name": row.label, "status": _status(row),
            "members": case.cells.shown("PL4", row.key), "note": row.note,
        }
        for place, row in enumerate(rows, start=1)
    ]
    return found or [{"place": "1", "name": gap("models"), "status": "", "members": "", "note": ""}]


def _status(row: NumericRow) -> str:
    """The first word of the line's note is the state of the model."""
    return row.note.split("; ", 1)[0]


def _solutions(case: Case) -> list[str]:
    """What last year's report set out to do; asked for where there is none."""
    found = paragraphs_of(case, case.previous, "next_year") if case.previous else []
    return found or [gap("solutions", section=REMARK_SECTIONS.label("next_year"))]
