"""The school's own words for the dossier, from the sheets “Nhận xét”, “Cuộc họp” and “Văn bản”. Nothing is added."""

from __future__ import annotations

from datetime import date

from antq_review.forms import choices as lists
from antq_review.forms.choices import DocumentKind
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.forms.rows.school import AttendeeRow, MeetingRow, OpinionRow, RemarkRow, VoteRow
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.rules import span
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.model.written import Attendee, Meeting, Opinion, Paper, Remark, Vote

_RECORD = ("attendees", "opinions", "votes")


def remarks(evidence: Evidence) -> tuple[Remark, ...]:
    """The paragraphs of the sheet “Nhận xét”, by section in the order of the list, then in the order of the sheet."""
    order = list(lists.RemarkSection.labels())
    rows = sorted(evidence.of(RemarkRow), key=lambda row: order.index(row.values.section))
    return tuple(Remark(section=row.values.section, text=row.values.text) for row in rows)


def meetings(index: Index, as_of: date) -> tuple[Meeting, ...]:
    """Meetings held by the day of the review, the earliest first, each with its attendees, opinions and votes."""
    rows = [row for row in index.evidence.of(MeetingRow) if row.values.held_on <= as_of]
    refused = sum(len(index.evidence.refused(table)) for table in _RECORD)
    return tuple(_meeting(index, row, refused) for row in sorted(rows, key=lambda row: (row.values.held_on, row.id)))


def _meeting(index: Index, row: EvidenceRow[MeetingRow], refused: int) -> Meeting:
    evidence, code = index.evidence, folded(row.id)
    minutes = index.find(Document, row.values.minutes, row) if row.values.minutes else None
    return Meeting(
        id=row.id, held_on=row.values.held_on, starts_at=row.values.starts_at, ends_at=row.values.ends_at,
        place=row.values.place or "", chair=row.values.chair or "",
        secretary=row.values.secretary or "", minutes=str(minutes.values.number or "") if minutes else "",
        attendees=tuple(
            Attendee(
                name=one.values.name, post=one.values.post or "", body=one.values.body, present=one.values.present == YesNo.YES,
                absence_reason=one.values.absence_reason or "",
            )
            for one in evidence.of(AttendeeRow) if folded(one.values.meeting) == code
        ),
        opinions=tuple(
            Opinion(speaker=one.values.speaker, opinion=one.values.opinion)
            for one in evidence.of(OpinionRow) if folded(one.values.meeting) == code
        ),
        votes=tuple(
            Vote(
                text=one.values.text, criterion=one.values.criterion, total=one.values.total, agreed=one.values.agreed,
                against=one.values.against, other=one.values.other,
            )
            for one in evidence.of(VoteRow) if folded(one.values.meeting) == code
        ),
        refused_rows=refused,
    )


def papers(index: Index, year: int, as_of: date) -> tuple[Paper, ...]:
    """Papers that were signed in the year or are in force in it, by day of signing. Confidential ones are left out."""
    window = span(year).until(as_of)
    rows = [*index.dated(Document, "signed_on", window), *index.in_force(window)]
    found = {(row.file, row.sheet, row.number): row for row in rows if _may_be_cited(row)}
    return tuple(_paper(row) for row in sorted(found.values(), key=lambda row: (row.values.signed_on, row.id)))


def _may_be_cited(row: EvidenceRow[Document]) -> bool:
    return not (row.values.confidential == YesNo.YES or row.values.kind == DocumentKind.INCIDENT_REPORT)


def _paper(row: EvidenceRow[Document]) -> Paper:
    contents = (row.values.contents_1, row.values.contents_2, row.values.contents_3)
    return Paper(
        kind=row.values.kind, number=row.values.number or "", signed_on=row.values.signed_on, issuer=row.values.issuer or "",
        subject=row.values.subject, partner=row.values.partner or "",
        contents=tuple(code for code in contents if code),
        members_by_post=row.values.members_by_post or "", recognised_year=row.values.recognised_year,
    )
