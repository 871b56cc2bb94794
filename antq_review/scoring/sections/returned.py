"""Returned packages: each reason stands at its criterion, and stands in the way of a final version until it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from antq_review.forms.choices.officer import ReturnedText
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.scoring.model.goals import Goal
from antq_review.scoring.model.returned import ReturnedReason
from antq_review.scoring.model.review import Review, TextReview
from antq_review.scoring.model.review_parts import Advice
from antq_review.text import Message, tell


def returned_reasons(evidence: Evidence) -> tuple[ReturnedReason, ...]:
    """The reasons of all slips of the folder, by number of sending."""
    return tuple(_reason(slip.head.values, row) for slip in evidence.slips for row in slip.reasons)


def _reason(head: SlipHead, row: EvidenceRow[SlipReason]) -> ReturnedReason:
    one = row.values
    item = one.item or ""
    about = tell("scoring.returned.about" if item else "scoring.returned.about_all", text=one.text.label, id=item)
    told = {
        "by": head.body or tell("scoring.returned.body"), "number": f"{head.number:02d}", "about": about, "reason": one.reason.rstrip(". "),
        "to_do": tell("scoring.returned.to_do", what=one.to_do.rstrip(". ")) if one.to_do else "",
    }
    answer = tell("scoring.returned.answer", done=(one.done or "").rstrip(". ")) if one.done else tell("scoring.returned.no_answer")
    return ReturnedReason(
        number=head.number, package=head.package, text=one.text.value, item=item, due_on=one.due_on, is_answered=bool(one.done),
        says=tell("scoring.returned.says", answer=answer, **told), step=tell("scoring.returned.step", **told),
        cells=row.cells(("reason", "done")),
    )


def with_returns(review: Review, reasons: tuple[ReturnedReason, ...]) -> Review:
    """The review with the reasons at their criteria and sentences, the unanswered ones first in what there is to do."""
    if not reasons:
        return review
    waiting = [one for one in reasons if not one.is_answered]
    known = {(text.id, finding.id) for text in review.texts for finding in text.findings}
    known |= {(ReturnedText.PLAN.value, goal.id) for goal in review.goals}
    general = [one.says for one in reasons if (one.text, one.item) not in known]
    return review.model_copy(update={
        "returned": reasons,
        "texts": tuple(_with_text(text, reasons) for text in review.texts),
        "goals": tuple(_with_goal(goal, reasons) for goal in review.goals),
        "warnings": (*general, *review.warnings),
        "draft_reasons": (*(one.says for one in waiting), *review.draft_reasons),
        "to_do": (*_steps(waiting), *review.to_do),
    })


def _with_text(text: TextReview, reasons: Sequence[ReturnedReason]) -> TextReview:
    findings = tuple(
        one.model_copy(update={"returned": said}) if (said := _at(reasons, text.id, one.id)) else one for one in text.findings
    )
    return text.model_copy(update={"findings": findings})


def _with_goal(goal: Goal, reasons: Sequence[ReturnedReason]) -> Goal:
    said = _at(reasons, ReturnedText.PLAN.value, goal.id)
    return goal.model_copy(update={"returned": said}) if said else goal


def _at(reasons: Sequence[ReturnedReason], text: str, item: str) -> tuple[Message, ...]:
    return tuple(one.says for one in reasons if (one.text, one.item) == (text, item))


def _steps(waiting: Sequence[ReturnedReason]) -> Iterator[Advice]:
    for one in waiting:
        yield Advice(
            says=one.step, closes=(), points=Decimal(0), due_on=one.due_on, effort="enter", effect=tell("scoring.returned.effect"),
        )
