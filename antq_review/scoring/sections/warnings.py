"""Warnings about scope and dates that an officer would notice at once, each with its legal ground (F24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.forms import choices as lists
from antq_review.forms.choices import DisciplineForm, DisciplineGroup
from antq_review.forms.rows.evidence import DisciplinaryAction, Document
from antq_review.ingest.model import Evidence
from antq_review.rules.model import Rulebook
from antq_review.scoring.model.review import Finding, TextReview
from antq_review.source import grouped
from antq_review.text import day as shown_day
from antq_review.text import number, say

#: Superseded text → key of the sentence that names its replacement.
_SUPERSEDED = {"23/2012/TT-BCA": "superseded_23_2012"}
#: Day from which the form “cảnh cáo” no longer exists for pupils (Thông tư 19/2025/TT-BGDĐT).
_NO_WARNING_FOR_PUPILS = date(2025, 10, 31)


def guards(evidence: Evidence, texts: Sequence[TextReview], as_of: date) -> tuple[str, ...]:
    """Warnings about superseded texts, discipline abolished for pupils, late signatures, and deadlines."""
    return (*_superseded(evidence), *_pupils_warned(evidence), *_signed_late(texts), *_days_left(texts, as_of))


def _superseded(evidence: Evidence) -> list[str]:
    found = []
    for cited, key in _SUPERSEDED.items():
        cells = [
            cell for row in evidence.of(Document) for cell in row.cells(("number", "subject")) if cited in cell.shown
        ]
        if cells:
            found.append(say(f"scoring.guards.{key}", where="; ".join(grouped(cells))))
    return found


def _pupils_warned(evidence: Evidence) -> list[str]:
    rows = [
        row for row in evidence.of(DisciplinaryAction)
        if row.values.group == DisciplineGroup.PUPILS and row.values.form == DisciplineForm.WARNING
        and row.values.decided_on >= _NO_WARNING_FOR_PUPILS
    ]
    where = "; ".join(grouped(row.cell("form") for row in rows))
    return [say("scoring.guards.pupils_warned", where=where)] if rows else []


def _signed_late(texts: Sequence[TextReview]) -> list[str]:
    """The notes of parts that failed because their paper was signed after quarter I."""

    def notes(findings: Sequence[Finding]) -> list[str]:
        found = []
        for finding in findings:
            measured = finding.measurement
            if measured is not None and measured.high == 0 and measured.measure == "documents_signed":
                found += [f"{note} ({finding.citation})" for note in measured.notes]
            found += notes(finding.parts)
        return found

    return list(dict.fromkeys(note for text in texts for note in notes(text.findings)))


def _days_left(texts: Sequence[TextReview], as_of: date) -> list[str]:
    """The deadline of every text whose period is over.

    A deadline that has passed is shown only while a criterion is open.
    """
    found = []
    for text in texts:
        days = (text.deadline - as_of).days
        if as_of >= text.period_end and (days >= 0 or any(not finding.settled.settled for finding in text.findings)):
            key = "days_left" if days > 0 else "last_day" if days == 0 else "overdue"
            places = {"text": text.short, "day": shown_day(text.deadline), "citation": text.deadline_citation}
            found.append(say(f"scoring.guards.{key}", days=number(abs(days)), **places))
    return found


def scope_warnings(rulebook: Rulebook, evidence: Evidence) -> tuple[str, ...]:
    """A warning for a school outside the scope of a text. It names the clause, or the local document for the school."""
    profile = evidence.profile
    if profile is None or profile.levels is None or profile.levels in rulebook.levels:
        return ()
    level = lists.LevelsTaught.label_of(profile.levels)
    if profile.local_scope_document:
        return (say("scoring.scope.local", level=level, document=profile.local_scope_document),)
    return (say("scoring.scope.outside", level=level, citation=rulebook.scope_citation),)
