"""The review meeting as a step. It can settle criteria that only people can judge, within the computed range."""

from __future__ import annotations

from decimal import Decimal

from antq_review.forms.choices import Content, DocumentKind, StandardResult
from antq_review.forms.columns import Row
from antq_review.forms.rows.school import SelfScoreRow
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.advice.step import Effort, Recommendation
from antq_review.scoring.advice.what_if import Adding, Baseline, EvidenceChange, Setting, placeholder
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.judging.criteria import look_for
from antq_review.scoring.judging.self_scores import meetings_for
from antq_review.scoring.measures.excuses import UNPROVED
from antq_review.scoring.model.outcome import meeting_may_settle
from antq_review.scoring.model.review import Finding
from antq_review.scoring.score_table.meeting import awaits_meeting, head_of, how_to_name
from antq_review.text import tell

_MEETING, _MINUTES, _REASON = "?meeting", "?minutes", "?reason"


def meeting_step(standing: Baseline) -> Recommendation | None:
    """Hold the meeting, which settles every criterion that it can.

    Two outcomes: all lowest values, all highest values.
    """
    asked = [
        (text.id, one) for text in standing.texts for one in text.findings
        if _may_settle(one) and not awaits_its_name(standing, text.id, one)
    ]
    if not asked:
        return None
    changes = []
    for best in (False, True):
        change = EvidenceChange(adding=_held(standing))
        for text_id, finding in asked:
            change += _score(standing, text_id, finding, best)
        changes.append(change)
    return Recommendation(tell("what_if.meeting"), Effort.MEET, tuple(changes))


def _held(standing: Baseline) -> tuple[Adding, ...]:
    """The rows of a new meeting and of its minutes."""
    return (
        Adding("documents", (
            ("id", _MINUTES), ("kind", DocumentKind.MINUTES), ("number", _MINUTES), ("signed_on", standing.as_of),
            ("subject", placeholder("paper", 0)), ("file", placeholder("file", 0)),
        ), (("contents_1", Content.OTHER),)),
        Adding("meetings", (("id", _MEETING), ("held_on", standing.as_of), ("minutes", _MINUTES))),
    )


# --- the points are in the school's own table, but the table does not name the meeting --------------------------------


def awaits_its_name(standing: Baseline, text_id: str, finding: Finding) -> bool:
    """Was the score taken from the school's table, and does the table name no meeting or an unknown one?"""
    row = _row_of(standing, text_id, finding)
    return row is not None and not finding.conflict and awaits_meeting(row, standing.evidence)


def naming_step(standing: Baseline, index: Index) -> Recommendation | None:
    """Name the meeting in the table. Then all points in the table are concluded.

    Every meeting with a conclusion has the same effect. If there is no such meeting, the step includes holding one.
    """
    evidence = standing.evidence
    rows = [row for row in evidence.of(SelfScoreRow) if awaits_meeting(row, evidence)]
    if not rows:
        return None
    codes = _concluded(standing, rows[0], index)
    code = codes[0] if codes else _MEETING
    head = head_of(evidence)
    named: list[EvidenceRow[Row]] = [*rows, *([head] if head is not None else [])]
    settings = tuple(Setting.of(row, meeting=code) for row in named)
    change = EvidenceChange(adding=() if codes else _held(standing), setting=settings)
    return Recommendation(
        how_to_name(evidence, codes), Effort.ENTER if codes else Effort.MEET, (change,), assumes=tell("what_if.assumes.concluded"),
    )


def _concluded(standing: Baseline, score: EvidenceRow[SelfScoreRow], index: Index) -> list[str]:
    """The codes of the meetings with minutes, held in time, that can conclude the score."""
    rulebook = next((one for one in standing.rulebooks if one.id == score.values.text), None)
    if rulebook is None:
        return []
    look = look_for(rulebook, standing.evidence, standing.year, standing.as_of, index)
    return meetings_for(score, look)


def _may_settle(finding: Finding) -> bool:
    return not finding.settled.settled and meeting_may_settle(finding.reasons)


def _score(standing: Baseline, text_id: str, finding: Finding, best: bool) -> EvidenceChange:
    given: dict[str, Decimal | str | None] = {"meeting": _MEETING}
    if finding.points is not None:
        given["self_points"] = finding.computed.high if best else finding.computed.low
    else:
        given["self_result"] = StandardResult.MET if best else StandardResult.NOT_MET
    row = _row_of(standing, text_id, finding)
    if any(why.code == UNPROVED for why in finding.reasons) and not (row is not None and row.values.reason):
        given["reason"] = _REASON  # without it a meeting accepts no excuse
    if row is not None:
        return EvidenceChange(setting=(Setting.of(row, **given),))
    return EvidenceChange(adding=(Adding("self_scores", (("text", text_id), ("criterion", finding.id), *given.items())),))


def _row_of(standing: Baseline, text_id: str, finding: Finding) -> EvidenceRow[SelfScoreRow] | None:
    return next((
        row for row in standing.evidence.of(SelfScoreRow)
        if row.values.text == text_id and folded(row.values.criterion) == folded(finding.id)
    ), None)
