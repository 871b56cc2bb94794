"""The review meeting as a step: it may settle, within the computed range, what only people can say. Which value is theirs."""

from __future__ import annotations

from decimal import Decimal

from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.index import folded
from antq_review.scoring.outcome import SETTLED_BY_MEETING
from antq_review.scoring.review import Finding
from antq_review.scoring.step import Effort, Step
from antq_review.scoring.what_if import Adding, Change, Setting, Standing
from antq_review.text import say

_MEETING, _MINUTES = "?meeting", "?minutes"


def meeting_step(standing: Standing) -> Step | None:
    """Hold the meeting and give every criterion that it may settle a value: the lowest, or the highest, of what is possible."""
    asked = [(text.id, one) for text in standing.texts for one in text.findings if _may_settle(one)]
    if not asked:
        return None
    held = (
        Adding("documents", (
            ("id", _MINUTES), ("kind", "minutes"), ("number", _MINUTES), ("signed_on", standing.as_of),
            ("subject", say("what_if.some_paper", number=0)), ("file", say("what_if.some_file", number=0)),
        )),
        Adding("meetings", (("id", _MEETING), ("held_on", standing.as_of), ("minutes", _MINUTES))),
    )
    changes = []
    for best in (False, True):
        change = Change(adding=held)
        for text_id, finding in asked:
            change += _score(standing, text_id, finding, best)
        changes.append(change)
    return Step(say("what_if.meeting"), Effort.MEET, tuple(changes))


def _may_settle(finding: Finding) -> bool:
    return (
        not finding.settled.settled and bool(finding.reasons)
        and all(reason.code in SETTLED_BY_MEETING for reason in finding.reasons)
    )


def _score(standing: Standing, text_id: str, finding: Finding, best: bool) -> Change:
    given: dict[str, Decimal | str | None] = {"meeting": _MEETING}
    if finding.points is not None:
        given["self_points"] = finding.computed.high if best else finding.computed.low
    else:
        given["self_result"] = "met" if best else "not_met"
    row = _row_of(standing, text_id, finding)
    if row is not None:
        return Change(setting=(Setting.of(row, **given),))
    return Change(adding=(Adding("self_scores", (("text", text_id), ("criterion", finding.id), *given.items())),))


def _row_of(standing: Standing, text_id: str, finding: Finding) -> EvidenceRow | None:
    return next((
        row for row in standing.evidence.rows("self_scores")
        if row.get("text") == text_id and folded(row.get("criterion")) == folded(finding.id)
    ), None)
