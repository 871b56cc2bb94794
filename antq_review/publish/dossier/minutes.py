"""The minutes: the sheet “Cuộc họp” and the concluded self-scores.

Facts that the school did not write down become gaps.
"""

from __future__ import annotations

from datetime import time
from decimal import Decimal

from antq_review.forms.choices import MeetingBody, StandardResult, TextId
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import concluded_result, difference
from antq_review.publish.dossier.field_groups import Minutes
from antq_review.publish.dossier.field_rows import AttendeeCells, OpinionCells, VoteCells
from antq_review.publish.dossier.meeting import meeting_of
from antq_review.publish.dossier.numbers import rate_of
from antq_review.publish.dossier.papers import circular_by_number
from antq_review.publish.dossier.result_124 import numbers_of, open_one, period_of, result_of
from antq_review.publish.dossier.result_510 import (
    differences_510,
    is_hidden,
    short_number,
    taken_line,
    total_difference,
    total_line,
)
from antq_review.publish.dossier.sentences import gap, or_gap, paragraphs, tell
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Finding, TextReview
from antq_review.scoring.model.written import Attendee, Meeting, Vote
from antq_review.text import criterion_label, day, fold, long_day, number, say


def minutes(case: Case) -> Minutes:
    """The meeting with its attendance, opinions, votes and conclusions.

    A public copy has no person's name and no opinion.
    """
    held = meeting_of(case)
    said = held if held is not None and not case.public else None
    when = long_day(held.held_on) if held else gap("meeting_day")
    chair, secretary = (said.chair, said.secretary) if said else ("", "")
    return Minutes(
        has_meeting=held is not None,
        meeting_name=tell("meeting.name", year=case.review.year),
        meeting_date=when,
        meeting_start_line=tell("meeting.start", time=_time(held.starts_at if held else None, "start_time"), day=when),
        meeting_end_line=tell("meeting.end", time=_time(held.ends_at if held else None, "end_time"), day=when),
        meeting_place=or_gap(held.place if held else "", "meeting_place"),
        meeting_chair=or_gap(chair, "chair"), chair_name=or_gap(_name(chair), "chair"),
        meeting_secretary=or_gap(secretary, "secretary"), secretary_name=or_gap(_name(secretary), "secretary"),
        attendees=[_attendee(place, one) for place, one in enumerate(said.attendees, start=1)] if said else [],
        attendance_line=_attendance(said),
        purpose_paragraphs=_purpose(case),
        opinions=[_opinion(one.speaker, one.opinion) for one in said.opinions] if said else [],
        has_opinions=bool(said and said.opinions),
        opinion_note="" if said and said.opinions else gap("opinions"),
        votes=[_vote(case, vote) for vote in held.votes] if held else [],
        has_votes=bool(held and held.votes),
        vote_line=_vote_line(held),
        conclusion_paragraphs=_conclusions(case, held),
    )


def _time(known: time | None, missing: str) -> str:
    return tell("meeting.time", hour=f"{known.hour:02}", minute=f"{known.minute:02}") if known else gap(missing)


def _name(person: str) -> str:
    """`Nguyễn Văn A` of `Nguyễn Văn A, Hiệu trưởng`."""
    return person.split(",", 1)[0].strip()


def _attendee(place: int, one: Attendee) -> AttendeeCells:
    return AttendeeCells(
        place=str(place), name=one.name, post=one.post, body=MeetingBody.label_of(one.body),
        present=say("dossier.results.present" if one.present else "dossier.results.absent"), reason=one.absence_reason,
    )


def _attendance(held: Meeting | None) -> str:
    if held is None or not held.attendees:
        return gap("attendees")
    away = [one for one in held.attendees if not one.present]
    names = [
        tell("meeting.absent_with_reason", name=one.name, reason=one.absence_reason) if one.absence_reason else one.name for one in away
    ]
    absent = tell("meeting.absent", count=f"{len(away):02d}", names="; ".join(names)) if away else ""
    present = len(held.attendees) - len(away)
    line = tell("meeting.attendance", all=f"{len(held.attendees):02d}", present=f"{present:02d}", absent=absent)
    return f"{line}. {gap('refused', count=held.refused_rows)}" if held.refused_rows else line


def _purpose(case: Case) -> list[str]:
    text = case.circular
    if text is None:
        return [tell("meeting.purpose", year=case.review.year, circular=circular_by_number(case))]
    period = tell("meeting.period", period=period_of(text), until=day(text.data_until))
    return [tell("meeting.purpose", year=case.review.year, circular=circular_by_number(case)), period]


def _opinion(speaker: str, opinion: str) -> OpinionCells:
    line = tell("meeting.opinion", speaker=speaker, opinion=opinion)
    return OpinionCells(speaker=speaker, opinion=opinion, line=line if line.endswith(".") else f"{line}.")


# --- votes ---------------------------------------------------------------------------------------------------------


def _vote(case: Case, vote: Vote) -> VoteCells:
    text = case.review.text(vote.text)
    rate = rate_of(Decimal(vote.agreed) / vote.total) if vote.total else say("dossier.dash")
    blank = say("dossier.dash")
    return VoteCells(
        text_name=text.short if text else TextId.label_of(vote.text), criterion=criterion_label(vote.criterion),
        total=number(vote.total), agreed=number(vote.agreed),
        against=blank if vote.against is None else number(vote.against),
        other=blank if vote.other is None else number(vote.other), rate=rate,
    )


def _vote_line(held: Meeting | None) -> str:
    """The vote on the criteria of Circular 124 in one sentence; empty where there was no vote."""
    votes = [vote for vote in held.votes if vote.text == TextId.TT_124] if held else []
    if not votes:
        return ""
    results = {(vote.agreed, vote.total) for vote in votes}
    if len(results) == 1:
        agreed, total = results.pop()
        return tell("meeting.vote_all", agreed=f"{agreed:02d}", total=f"{total:02d}")
    each = [
        tell(
            "meeting.vote_one", number=say("dossier.results.criterion_short", number=criterion_label(vote.criterion)),
            agreed=f"{vote.agreed:02d}", total=f"{vote.total:02d}",
        )
        for vote in votes
    ]
    return tell("meeting.vote_each", list="; ".join(each))


# --- conclusions ---------------------------------------------------------------------------------------------------


def _conclusions(case: Case, held: Meeting | None) -> list[str]:
    """The results that this meeting concluded, as the self-scores name it, the criteria that it left open, the notes.

    There is an overall result only where this meeting concluded every criterion.
    """
    if held is None:
        return [tell("meeting.nothing")]
    text, told = case.circular, list[str]()
    if text is not None:
        for result in StandardResult:
            here = [finding for finding in text.findings if _by(finding, held.id) and concluded_result(finding) == result]
            told += [tell(f"meeting.concluded_{result}", numbers=numbers_of(here))] if here else []
    points = _points(case, held.id)
    if not told and not points:
        return [tell("meeting.nothing")]
    left = [one for one in text.findings if not _by(one, held.id) and _is_asked(one)] if text else []
    whole = tell("meeting.whole", result=result_of(text)) if text is not None and told and not left else ""
    notes = [difference(case, text, one) for one in text.findings if _by(one, held.id)] if text else []
    scored = [points, *_points_summed(case, held.id)] if points else []
    return paragraphs(*told, *_left_open(case, left), whole, *scored, *notes, *(_points_notes(case, held.id) if points else []))


def _is_asked(finding: Finding) -> bool:
    """Must a meeting conclude the criterion? Not where a fact of the profile rules it out."""
    return finding.computed.truth is not Truth.NOT_APPLICABLE


def _by(finding: Finding, meeting: str) -> bool:
    own = finding.self_score
    return finding.official is not None and own is not None and fold(own.meeting) == fold(meeting)


def _left_open(case: Case, left: list[Finding]) -> list[str]:
    if not left:
        return []
    each = [_open_here(case, finding) for finding in left]
    return [tell("meeting.open", list="; ".join(each)), tell("meeting.follow_up", numbers=numbers_of(left), who=gap("follow_up"))]


def _open_here(case: Case, finding: Finding) -> str:
    """The criterion with the reason why it is open; without one where the evidence settles it or another meeting did."""
    if finding.official is not None or finding.computed.settled:
        return numbers_of([finding])
    return open_one(case, finding)


def _points_summed(case: Case, meeting: str) -> list[str]:
    """The deductions, then the total where this meeting concluded every item."""
    assert case.decision is not None
    return paragraphs(taken_line(case), total_line(case) if _concluded_all(case.decision, meeting) else "")


def _points_notes(case: Case, meeting: str) -> list[str]:
    """The notes on items and deductions; on the total only where the paper has one."""
    assert case.decision is not None
    told = differences_510(case, case.decision)
    other = total_difference(case, case.decision)
    return told if _concluded_all(case.decision, meeting) else [one for one in told if one != other]


def _concluded_all(text: TextReview, meeting: str) -> bool:
    return text.own_total() is not None and all(_by(finding, meeting) for finding in text.findings if not finding.is_unread)


def _points(case: Case, meeting: str) -> str:
    """The points of the items that this meeting concluded, each with the school's own reason."""
    text, each = case.decision, []
    for finding in text.findings if text else ():
        points, own = finding.concluded_points(), finding.self_score
        if points is not None and own is not None and _by(finding, meeting) and not is_hidden(case, finding.id):
            places = {
                "number": short_number(finding),
                "points": number(points), "maximum": number(finding.points or 0),
            }
            with_reason = own.reason and not case.public and not finding.conflict
            each.append(
                tell("meeting.points_with_reason", reason=own.reason.rstrip("."), **places) if with_reason
                else tell("result_510.given_one", **places)
            )
    return tell("meeting.points", text=text.short, list="; ".join(each)) if text and each else ""
