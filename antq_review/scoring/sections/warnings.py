"""Warnings about texts and dates that an officer would notice at once, each with its legal ground (F24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.forms.choices import DisciplineForm, DisciplineGroup
from antq_review.forms.rows.evidence import DisciplinaryAction, Document
from antq_review.ingest.model import Evidence
from antq_review.scoring.measures.emulation import NO_WARNING_FOR_PUPILS
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextReview
from antq_review.scoring.sections.deadlines import days_left
from antq_review.scoring.sections.meetings import meeting_warnings
from antq_review.source import grouped
from antq_review.text import Message, listing, tell

#: Superseded text → key of the sentence that names its replacement.
_SUPERSEDED = {"23/2012/TT-BCA": "superseded_23_2012"}


def guards(evidence: Evidence, texts: Sequence[TextReview], as_of: date) -> tuple[Message, ...]:
    """Warnings about superseded texts, discipline abolished for pupils, late signatures, the meeting, and deadlines."""
    return (
        *_superseded(evidence), *_pupils_warned(evidence), *_signed_late(texts), *meeting_warnings(evidence, texts, as_of),
        *days_left(evidence, texts, as_of),
    )


def _superseded(evidence: Evidence) -> list[Message]:
    found = []
    for cited, key in _SUPERSEDED.items():
        cells = [
            cell for row in evidence.of(Document) for cell in row.cells(("number", "subject")) if cited in cell.shown
        ]
        if cells:
            found.append(tell(f"scoring.guards.{key}", where=listing(grouped(cells), "; ")))
    return found


def _pupils_warned(evidence: Evidence) -> list[Message]:
    rows = [
        row for row in evidence.of(DisciplinaryAction)
        if row.values.group == DisciplineGroup.PUPILS and row.values.form == DisciplineForm.WARNING
        and row.values.decided_on >= NO_WARNING_FOR_PUPILS
    ]
    where = listing(grouped(row.cell("form") for row in rows), "; ")
    return [tell("scoring.guards.pupils_warned", where=where)] if rows else []


def _signed_late(texts: Sequence[TextReview]) -> list[Message]:
    """The notes of parts that failed because their paper was signed after quarter I."""
    found: list[Message] = []
    for place in (place for text in texts for finding in text.findings for place in finding.walk()):
        finding, measured = place.finding, place.finding.measurement
        holds = place.above is not None and place.above.computed.truth is Truth.YES
        if measured is not None and measured.high == 0 and measured.measure == "documents_signed" and not holds:
            found += [tell("scoring.joined.with_citation", note=note, citation=finding.citation) for note in measured.notes]
    return list(dict.fromkeys(found))
