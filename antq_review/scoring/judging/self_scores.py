"""The self-scores beside the computed results: a concluded one may settle a finding that only people can judge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from antq_review.forms.choices import StandardResult
from antq_review.forms.rows.evidence import Document
from antq_review.forms.rows.school import MeetingRow, SelfScoreRow
from antq_review.forms.rows.score_table import ScoreDeduction, ScoreRow, ScoreText
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.measures.excuses import UNPROVED
from antq_review.scoring.measures.overall import WRITE_MINUTES, can_conclude, concluded_meeting
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, Outcome, Truth, meeting_may_settle
from antq_review.scoring.model.review import Finding, SelfScore
from antq_review.scoring.score_table.meeting import awaits_meeting, by_the_cell
from antq_review.scoring.score_table.table import COMPLETES
from antq_review.source import grouped
from antq_review.text import SILENT, Message, criterion_label, tell


def settle(finding: Finding, text_id: str, look: EvidenceWindow) -> Finding:
    """The finding with its self-score: the result that the score settles, or the conflict if both cannot be true.

    A meeting cannot settle a finding by “Không áp dụng”: this result needs a fact of the profile. It accepts an excuse
    that no paper proves only with a reason.
    """
    row = _row_of(finding.id, text_id, look)
    if row is None:
        return finding
    score = _from_row(row, look)
    finding = finding.model_copy(update={"self_score": score})
    own = finding.stated
    conflict = _conflict(score, finding) if finding.is_contradicted or finding.rules_out else SILENT
    settles = (
        own is not None and score.concluded and not conflict and not finding.computed.settled
        and meeting_may_settle(finding.reasons) and not _unexplained(own, score, finding)
    )
    reasons = finding.reasons
    if reasons and not conflict and awaits_meeting(row, look.evidence):
        reasons = by_the_cell(reasons, look.evidence, meetings_for(row, look))
    elif reasons and _without_minutes(row, look):
        how = tell(WRITE_MINUTES, meeting=row.values.meeting)
        reasons = tuple(why.model_copy(update={"settles": how}) if why.code in SETTLED_BY_MEETING else why for why in reasons)
    return finding.model_copy(update={
        "conflict": conflict, "settled": own if settles else finding.computed, "reasons": reasons,
    })


def _without_minutes(row: EvidenceRow[SelfScoreRow], look: EvidenceWindow) -> bool:
    """Does a score name a meeting that was held, but has no minutes with a number yet?"""
    held = look.find(MeetingRow, row.values.meeting, row) if row.values.meeting else None
    return held is not None and concluded_meeting(look, row) is None


def _unexplained(own: Outcome, score: SelfScore, finding: Finding) -> bool:
    """Does a score accept an excuse that no paper proves, without the school's reason for it?"""
    return own.truth is not Truth.NO and not score.reason and any(why.code == UNPROVED for why in finding.reasons)


def score_of(criterion: str, text_id: str, look: EvidenceWindow) -> SelfScore | None:
    """The school's self-score for a criterion or a deduction of a text; None: it gave no score."""
    row = _row_of(criterion, text_id, look)
    return None if row is None else _from_row(row, look)


def _row_of(criterion: str, text_id: str, look: EvidenceWindow) -> EvidenceRow[SelfScoreRow] | None:
    rows = look.index.once(("scores", text_id, look.as_of), lambda: _rows_of(text_id, look), "self_scores", "meetings")
    return rows.get(folded(criterion))


def _rows_of(text_id: str, look: EvidenceWindow) -> dict[str, EvidenceRow[SelfScoreRow]]:
    """Criterion, folded → its first row that is not to come."""
    rows = [row for row in look.evidence.of(SelfScoreRow) if row.values.text == text_id and not _to_come(row, look)]
    return {folded(row.values.criterion): row for row in reversed(rows)}


def _to_come(row: EvidenceRow[SelfScoreRow], look: EvidenceWindow) -> bool:
    """Is the score that of a meeting after the day of the review? A half-year's report, made again later, knows nothing of it."""
    meeting = look.find(MeetingRow, row.values.meeting, row) if row.values.meeting else None
    return meeting is not None and meeting.values.held_on > look.as_of


def _from_row(row: EvidenceRow[SelfScoreRow], look: EvidenceWindow) -> SelfScore:
    meeting = meeting_of(row, look)
    minutes = look.find(Document, meeting.values.minutes, meeting) if meeting and meeting.values.minutes else None
    return SelfScore(
        points=row.values.self_points, result=row.values.self_result, concluded=meeting is not None,
        meeting=row.values.meeting or "", held_on=meeting.values.held_on if meeting else None,
        minutes=(minutes.values.number or "") if minutes else "", reason=row.values.reason or "",
        verified_points=row.values.verified_points, verified_result=row.values.verified_result,
        verified_by=row.values.verified_by or "", agreed_points=_agreed(row, look),
        cells=row.cells(("self_points", "self_result", "meeting")),
        reason_cells=(row.cell("reason"),) if "reason" in row.columns else (),
    )


def _agreed(row: EvidenceRow[SelfScoreRow], look: EvidenceWindow) -> Decimal | None:
    """The points agreed on with the superior: they stand in the school's own score table alone."""
    if row.values.text != COMPLETES:
        return None
    rows: list[EvidenceRow[ScoreRow | ScoreDeduction]] = [*look.evidence.of(ScoreRow), *look.evidence.of(ScoreDeduction)]
    return next((one.values.agreed_points for one in rows if folded(one.values.number) == folded(row.values.criterion)), None)


def meeting_of(row: EvidenceRow[SelfScoreRow | ScoreText], look: EvidenceWindow) -> EvidenceRow[MeetingRow] | None:
    """The concluded meeting that a row names, if it was held from the period's last month to the day of the review."""
    meeting = concluded_meeting(look, row)
    return meeting if meeting is not None and can_conclude(meeting, look.period, look.as_of) else None


def meetings_for(row: EvidenceRow[SelfScoreRow], look: EvidenceWindow) -> list[str]:
    """The codes of the concluded meetings that a self-score may name."""
    codes = [meeting.id for meeting in look.evidence.of(MeetingRow)]
    named = ((code, replace(row, values=row.values.model_copy(update={"meeting": code}))) for code in codes)
    return [code for code, score in named if meeting_of(score, look) is not None]


def _conflict(score: SelfScore, finding: Finding) -> Message:
    """The difference, then the school's reason for it, or a request to give one in its cell."""
    if finding.rules_out:
        return tell("scoring.conflict.rules_out", computed=tell(f"scoring.truth.{finding.computed.truth.value}"))
    return told(_difference(score, finding), score, finding.id)


def told(difference: Message, score: SelfScore, name: str) -> Message:
    """A difference with its reason, or with the cell where the reason must be written."""
    if score.reason:
        given = tell("scoring.conflict.reason", reason=score.reason)
    elif score.reason_cells:
        given = tell("scoring.conflict.no_reason", place=grouped(score.reason_cells)[0])
    else:
        given = tell("scoring.conflict.no_line", id=criterion_label(name))
    return tell("scoring.conflict.whole", difference=difference, reason=given)


def _difference(score: SelfScore, finding: Finding) -> Message:
    if finding.points is not None:
        low, high = finding.computed.low or Decimal(0), finding.computed.high or Decimal(0)
        if low == high:
            return tell("scoring.conflict.points_settled", own=score.points or Decimal(0), computed=low)
        return tell("scoring.conflict.points", own=score.points or Decimal(0), low=low, high=high)
    return tell(
        "scoring.conflict.result", own=StandardResult.label_of(score.result or ""),
        computed=tell(f"scoring.truth.{finding.computed.truth.value}"),
    )
