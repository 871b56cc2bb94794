"""Warnings about texts and dates that an officer would notice at once, each with its legal ground (F24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.forms.choices import DisciplineCause, DisciplineForm, DisciplineGroup, IncidentKind, TextId, Verified
from antq_review.forms.rows.evidence import DisciplinaryAction, Document, Incident
from antq_review.ingest.model import Evidence
from antq_review.period import Period
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
    """Warnings about superseded texts, discipline of pupils or missing discipline, late signatures, the meeting, deadlines."""
    return (
        *_superseded(evidence), *_pupils_warned(evidence), *_drugs_without_discipline(evidence, texts), *_signed_late(texts),
        *meeting_warnings(evidence, texts, as_of), *days_left(evidence, texts, as_of),
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


def _drugs_without_discipline(evidence: Evidence, texts: Sequence[TextReview]) -> list[Message]:
    """Verified cases of drugs with people of the school, where no discipline for a social vice is written down.

    Circular 124 Art. 7(4) is met then by its words; people should look whether a row is missing.
    """
    found: list[Message] = []
    for text in (text for text in texts if text.id == TextId.TT_124):
        period = Period(text.period_start, text.data_until)
        vices = [row for row in evidence.of(DisciplinaryAction) if row.values.cause == DisciplineCause.SOCIAL_VICE]
        cases = [
            row.id for row in evidence.of(Incident)
            if row.values.kind == IncidentKind.DRUGS and row.values.verified == Verified.YES and period.holds(row.values.happened_on)
            and ((row.values.pupils or 0) > 0 or (row.values.staff or 0) > 0)
        ]
        if cases and not any(period.holds(row.values.decided_on) for row in vices):
            found.append(tell("scoring.guards.drugs_without_discipline", ids=listing(sorted(cases))))
    return found


def _signed_late(texts: Sequence[TextReview]) -> list[Message]:
    """The notes of parts that failed because their paper was signed after quarter I."""
    found: list[Message] = []
    for place in (place for text in texts for finding in text.findings for place in finding.walk()):
        finding, measured = place.finding, place.finding.measurement
        holds = place.above is not None and place.above.computed.truth is Truth.YES
        if measured is not None and measured.high == 0 and measured.measure == "documents_signed" and not holds:
            found += [tell("scoring.joined.with_citation", note=note, citation=finding.citation) for note in measured.notes]
    return list(dict.fromkeys(found))
