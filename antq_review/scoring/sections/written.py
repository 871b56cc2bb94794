"""From the sheets “Nhận xét”, “Cuộc họp” and “Văn bản” to what the dossier quotes: the school's own words, nothing else."""

from __future__ import annotations

from datetime import date

from antq_review.forms import choices as lists
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.model.written import Attendee, Meeting, Opinion, Paper, Remark, Vote

_RECORD = ("attendees", "opinions", "votes")


def remarks(evidence: Evidence) -> tuple[Remark, ...]:
    """The paragraphs of the sheet “Nhận xét”, by section in the order of the list, within a section as written."""
    order = list(lists.REMARK_SECTIONS.labels)
    rows = sorted(evidence.rows("remarks"), key=lambda row: order.index(row.get("section")))
    return tuple(Remark(section=row.get("section"), text=row.get("text")) for row in rows)


def meetings(index: Index, as_of: date) -> tuple[Meeting, ...]:
    """Meetings held by the day of the review, the earliest first, each with who came, what was said, how it was voted."""
    rows = [row for row in index.evidence.rows("meetings") if row.get("held_on") <= as_of]
    refused = sum(len(index.evidence.refused(table)) for table in _RECORD)
    return tuple(_meeting(index, row, refused) for row in sorted(rows, key=lambda row: (row.get("held_on"), row.id)))


def _meeting(index: Index, row: EvidenceRow, refused: int) -> Meeting:
    attendees, opinions, votes = (
        [one for one in index.evidence.rows(table) if folded(one.get("meeting")) == folded(row.id)] for table in _RECORD
    )
    minutes = index.find("documents", str(row.get("minutes")), row) if row.get("minutes") else None
    return Meeting(
        id=row.id, held_on=row.get("held_on"), starts_at=row.get("starts_at"), ends_at=row.get("ends_at"),
        place=row.get("place") or "", chair=row.get("chair") or "",
        secretary=row.get("secretary") or "", minutes=str(minutes.get("number") or "") if minutes else "",
        attendees=tuple(
            Attendee(
                name=one.get("name"), post=one.get("post") or "", body=one.get("body"), present=one.get("present") == "yes",
                absence_reason=one.get("absence_reason") or "",
            )
            for one in attendees
        ),
        opinions=tuple(Opinion(speaker=one.get("speaker"), opinion=one.get("opinion")) for one in opinions),
        votes=tuple(
            Vote(
                text=one.get("text"), criterion=one.get("criterion"), total=one.get("total"), agreed=one.get("agreed"),
                against=one.get("against"), other=one.get("other"),
            )
            for one in votes
        ),
        refused_rows=refused,
    )


def papers(index: Index, year: int, as_of: date) -> tuple[Paper, ...]:
    """Papers signed in the year or in force in it, by day of signing."""
    window = span(year).until(as_of)
    rows = [*index.dated("documents", "signed_on", window), *index.in_force(window)]
    found = {(row.file, row.sheet, row.number): row for row in rows if _may_be_cited(row)}
    return tuple(_paper(row) for row in sorted(found.values(), key=lambda row: (row.get("signed_on"), row.id)))


def _may_be_cited(row: EvidenceRow) -> bool:
    return not (row.get("confidential") == "yes" or row.get("kind") == "incident_report")


def _paper(row: EvidenceRow) -> Paper:
    return Paper(
        kind=row.get("kind"), number=row.get("number") or "", signed_on=row.get("signed_on"), issuer=row.get("issuer") or "",
        subject=row.get("subject"), partner=row.get("partner") or "",
        contents=tuple(code for name in ("contents_1", "contents_2", "contents_3") if (code := row.get(name))),
    )
