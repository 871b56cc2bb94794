"""The review meeting of Circular 124, Article 9(1)(c): when it was held, who was there, how it voted. Warnings that never block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from antq_review.forms.choices import MeetingBody, StandardResult, TextId
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.forms.rows.school import AttendeeRow, MeetingRow, SelfScoreRow, VoteRow
from antq_review.forms.rows.score_table import ScoreText
from antq_review.ingest.check_rows import find_row
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.measures.overall import WRITE_MINUTES, is_numbered_minutes
from antq_review.scoring.model.review import TextReview
from antq_review.text import Message, criterion_label, listing, tell

#: Keys of these warnings begin so; a final dossier prints them too.
PREFIX = "scoring.meetings."
#: The bodies that Article 9(1)(c) names beside the head of the school, who chairs.
_ALWAYS = (MeetingBody.MASS_ORGANISATION, MeetingBody.POLICE, MeetingBody.AUTHORITY)


def meeting_warnings(evidence: Evidence, texts: Sequence[TextReview], as_of: date) -> tuple[Message, ...]:
    """The warnings about every meeting that a self-score names, each once."""
    found: list[Message] = []
    for text in texts:
        for meeting in _named(evidence, text, as_of):
            found += _of_meeting(evidence, text, meeting)
    return tuple(dict.fromkeys(found))


def _named(evidence: Evidence, text: TextReview, as_of: date) -> list[EvidenceRow[MeetingRow]]:
    """The meetings that self-scores of a text, or the school's own score table, name, held by the day of the review."""
    found: dict[str, EvidenceRow[MeetingRow]] = {}
    rows: list[EvidenceRow[SelfScoreRow | ScoreText]] = [row for row in evidence.of(SelfScoreRow) if row.values.text == text.id]
    for row in [*rows, *(evidence.of(ScoreText) if text.completes else ())]:
        code = row.values.meeting
        if not code or find_row(evidence, "meetings", code, row) is None:
            continue
        held = next((one for one in evidence.of(MeetingRow) if folded(one.id) == folded(code)), None)
        if held is not None and held.values.held_on <= as_of:
            found[folded(code)] = held
    return list(found.values())


def _of_meeting(evidence: Evidence, text: TextReview, meeting: EvidenceRow[MeetingRow]) -> Iterator[Message]:
    last = Period(text.period_start, text.period_end).last_month
    if meeting.values.held_on < last.start:
        yield tell(
            f"{PREFIX}too_early", meeting=meeting.id, day=meeting.values.held_on, start=last.start, end=last.end, text=text.short,
            year=text.period_end.year,
        )
        return
    if not _has_minutes(evidence, meeting):
        yield tell(f"{PREFIX}no_minutes", meeting=meeting.id, how=tell(WRITE_MINUTES, meeting=meeting.id))
    if text.id == TextId.TT_124:
        yield from _composition(evidence, meeting)
    yield from _votes(evidence, text, meeting)
    yield from _more_votes(evidence, text, meeting)


def _has_minutes(evidence: Evidence, meeting: EvidenceRow[MeetingRow]) -> bool:
    """Has the meeting minutes with a number? A refused row among the papers may be these."""
    if evidence.refused("documents"):
        return True
    code = meeting.values.minutes
    found = find_row(evidence, "documents", code, meeting) if code else None
    return found is not None and isinstance(found.values, Document) and is_numbered_minutes(found.values)


def _composition(evidence: Evidence, meeting: EvidenceRow[MeetingRow]) -> Iterator[Message]:
    """The bodies of which nobody was there. A refused row may be any of them, so nothing is said then."""
    if evidence.refused("attendees"):
        return
    rows = _invited(evidence, meeting)
    if not rows:
        yield tell(f"{PREFIX}nobody", meeting=meeting.id)
        return
    there = {row.body for row in rows if row.present == YesNo.YES}
    absent = [body.label for body in MeetingBody if body in _asked(evidence) and body not in there]
    if absent:
        yield tell(f"{PREFIX}bodies", meeting=meeting.id, bodies=listing(absent))


def _invited(evidence: Evidence, meeting: EvidenceRow[MeetingRow]) -> list[AttendeeRow]:
    return [row.values for row in evidence.of(AttendeeRow) if folded(row.values.meeting) == folded(meeting.id)]


def _asked(evidence: Evidence) -> frozenset[str]:
    """The bodies that must be there: the Party committee where there is one, the guards where there are any."""
    profile = evidence.profile
    asked = set[str](_ALWAYS)
    if profile is None or profile.has_party_organisation != YesNo.NO:
        asked.add(MeetingBody.PARTY)
    if profile is not None and profile.has_guard_force == YesNo.YES:
        asked.add(MeetingBody.GUARD_FORCE)
    return frozenset(asked)


def _votes(evidence: Evidence, text: TextReview, meeting: EvidenceRow[MeetingRow]) -> Iterator[Message]:
    """Criteria that the meeting concluded as met although not more than half of the votes agreed."""
    met = {
        folded(finding.id) for finding in text.findings
        if finding.official is not None and finding.self_score is not None and finding.self_score.result == StandardResult.MET
        and folded(finding.self_score.meeting) == folded(meeting.id)
    }
    lost = [
        criterion_label(vote.criterion) for vote in _cast(evidence, text, meeting)
        if folded(vote.criterion) in met and vote.total and vote.agreed * 2 <= vote.total
    ]
    if lost:
        yield tell(f"{PREFIX}votes", meeting=meeting.id, ids=listing(lost))


def _more_votes(evidence: Evidence, text: TextReview, meeting: EvidenceRow[MeetingRow]) -> Iterator[Message]:
    """Criteria on which more people voted than are written as present, chair and secretary with them."""
    there = [folded(row.name) for row in _invited(evidence, meeting) if row.present == YesNo.YES]
    if not there or evidence.refused("attendees"):
        return
    leads = [folded(one.partition(",")[0]) for one in (meeting.values.chair, meeting.values.secretary) if one]
    people = len(there) + len({*leads} - {*there})
    more = [criterion_label(vote.criterion) for vote in _cast(evidence, text, meeting) if vote.total > people]
    if more:
        yield tell(f"{PREFIX}more_votes", meeting=meeting.id, ids=listing(more), people=people)


def _cast(evidence: Evidence, text: TextReview, meeting: EvidenceRow[MeetingRow]) -> list[VoteRow]:
    return [
        row.values for row in evidence.of(VoteRow)
        if row.values.text == text.id and folded(row.values.meeting) == folded(meeting.id)
    ]
