"""Warnings about scope and dates that an officer would notice at once, each with its legal ground (F24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from antq_review.forms import choices as lists
from antq_review.forms.choices import DisciplineForm, DisciplineGroup
from antq_review.forms.rows.evidence import DisciplinaryAction, Document
from antq_review.ingest.model import Evidence
from antq_review.rules.model import Rulebook
from antq_review.scoring.model.review import TextReview
from antq_review.source import grouped
from antq_review.text import Message, listing, tell

#: Superseded text → key of the sentence that names its replacement.
_SUPERSEDED = {"23/2012/TT-BCA": "superseded_23_2012"}
#: Day from which the form “cảnh cáo” no longer exists for pupils (Thông tư 19/2025/TT-BGDĐT).
_NO_WARNING_FOR_PUPILS = date(2025, 10, 31)


def guards(evidence: Evidence, texts: Sequence[TextReview], as_of: date) -> tuple[Message, ...]:
    """Warnings about superseded texts, discipline abolished for pupils, late signatures, and deadlines."""
    return (*_superseded(evidence), *_pupils_warned(evidence), *_signed_late(texts), *_days_left(texts, as_of))


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
        and row.values.decided_on >= _NO_WARNING_FOR_PUPILS
    ]
    where = listing(grouped(row.cell("form") for row in rows), "; ")
    return [tell("scoring.guards.pupils_warned", where=where)] if rows else []


def _signed_late(texts: Sequence[TextReview]) -> list[Message]:
    """The notes of parts that failed because their paper was signed after quarter I."""
    found: list[Message] = []
    for place in (place for text in texts for finding in text.findings for place in finding.walk(readings=False)):
        finding, measured = place.finding, place.finding.measurement
        if measured is not None and measured.high == 0 and measured.measure == "documents_signed":
            found += [tell("scoring.joined.with_citation", note=note, citation=finding.citation) for note in measured.notes]
    return list(dict.fromkeys(found))


def _days_left(texts: Sequence[TextReview], as_of: date) -> list[Message]:
    """The deadline of every text whose period is over.

    A deadline that has passed is shown only while a criterion is open.
    """
    found = []
    for text in texts:
        days = (text.deadline - as_of).days
        if as_of >= text.period_end and (days >= 0 or any(not finding.settled.settled for finding in text.findings)):
            key = "days_left" if days > 0 else "last_day" if days == 0 else "overdue"
            places = {"text": text.short, "day": text.deadline, "citation": text.deadline_citation}
            found.append(tell(f"scoring.guards.{key}", days=Decimal(abs(days)), **places))
    return found


def scope_warnings(rulebook: Rulebook, evidence: Evidence) -> tuple[Message, ...]:
    """A warning for a school outside the scope of a text. It names the clause, or the local document for the school."""
    profile = evidence.profile
    if profile is None or profile.levels is None or profile.levels in rulebook.levels:
        return ()
    level = lists.LevelsTaught.label_of(profile.levels)
    if profile.local_scope_document:
        return (tell("scoring.scope.local", level=level, document=profile.local_scope_document),)
    return (tell("scoring.scope.outside", level=level, citation=rulebook.scope_citation),)
