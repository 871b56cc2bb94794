"""The review meeting as a step: it may settle, within the computed range, what only people can say. Which value is theirs."""

from __future__ import annotations

from decimal import Decimal

from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.advice.step import Effort, Recommendation
from antq_review.scoring.advice.what_if import Adding, Baseline, EvidenceChange, Setting
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.judging.criteria import look_for
from antq_review.scoring.judging.self_scores import meetings_for
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING
from antq_review.scoring.model.review import Finding
from antq_review.scoring.score_table.meeting import awaits_meeting, head_of, how_to_name
from antq_review.text import say

_MEETING, _MINUTES = "?meeting", "?minutes"


def meeting_step(standing: Baseline) -> Recommendation | None:
    """Hold the meeting and give every criterion that it may settle a value: the lowest, or the highest, of what is possible."""
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
    return Recommendation(say("what_if.meeting"), Effort.MEET, tuple(changes))


def _held(standing: Baseline) -> tuple[Adding, ...]:
    """A meeting, and its minutes."""
    return (
        Adding("documents", (
            ("id", _MINUTES), ("kind", "minutes"), ("number", _MINUTES), ("signed_on", standing.as_of),
            ("subject", say("what_if.some_paper", number=0)), ("file", say("what_if.some_file", number=0)),
        )),
        Adding("meetings", (("id", _MEETING), ("held_on", standing.as_of), ("minutes", _MINUTES))),
    )


# --- the points stand in the school's own table, only the meeting is not named ---------------------------------------


def awaits_its_name(standing: Baseline, text_id: str, finding: Finding) -> bool:
    """Does its score stand beside a row of the school's table that names no meeting, or one that is not there?"""
    row = _row_of(standing, text_id, finding)
    return row is not None and not finding.conflict and awaits_meeting(row, standing.evidence)


def naming_step(standing: Baseline, index: Index) -> Recommendation | None:
    """Name the meeting in the table: the points that stand there are then concluded, all at once.

    Any meeting that has concluded does the same; where there is none, one is held first.
    """
    evidence = standing.evidence
    rows = [row for row in evidence.rows("self_scores") if awaits_meeting(row, evidence)]
    if not rows:
        return None
    codes = _concluded(standing, rows[0], index)
    code = codes[0] if codes else _MEETING
    head = head_of(evidence)
    named = tuple(Setting.of(row, meeting=code) for row in (*rows, *((head,) if head is not None else ())))
    change = EvidenceChange(adding=() if codes else _held(standing), setting=named)
    return Recommendation(
        how_to_name(evidence, codes), Effort.ENTER if codes else Effort.MEET, (change,), assumes=say("what_if.assumes.concluded"),
    )


def _concluded(standing: Baseline, score: EvidenceRow, index: Index) -> list[str]:
    """The meetings, with minutes and in time, by which the score may be concluded."""
    rulebook = next((one for one in standing.rulebooks if one.id == score.get("text")), None)
    if rulebook is None:
        return []
    look = look_for(rulebook, standing.evidence, standing.year, standing.as_of, index)
    return meetings_for(score, look)


def _may_settle(finding: Finding) -> bool:
    return (
        not finding.settled.settled and bool(finding.reasons)
        and all(reason.code in SETTLED_BY_MEETING for reason in finding.reasons)
    )


def _score(standing: Baseline, text_id: str, finding: Finding, best: bool) -> EvidenceChange:
    given: dict[str, Decimal | str | None] = {"meeting": _MEETING}
    if finding.points is not None:
        given["self_points"] = finding.computed.high if best else finding.computed.low
    else:
        given["self_result"] = "met" if best else "not_met"
    row = _row_of(standing, text_id, finding)
    if row is not None:
        return EvidenceChange(setting=(Setting.of(row, **given),))
    return EvidenceChange(adding=(Adding("self_scores", (("text", text_id), ("criterion", finding.id), *given.items())),))


def _row_of(standing: Baseline, text_id: str, finding: Finding) -> EvidenceRow | None:
    return next((
        row for row in standing.evidence.rows("self_scores")
        if row.get("text") == text_id and folded(row.get("criterion")) == folded(finding.id)
    ), None)
