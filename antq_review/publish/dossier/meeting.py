"""The meeting that a document is about: the one that the concluded self-scores name."""

from __future__ import annotations

from antq_review.publish.dossier.context import Case
from antq_review.scoring.model.review import TextReview
from antq_review.scoring.model.written import Meeting
from antq_review.text import fold


def meeting_of(case: Case) -> Meeting | None:
    """The last meeting that concluded a criterion of Circular 124, else of any text; else the last one of the year's period.

    None where the sheet “Cuộc họp” has no such meeting: a document then has gaps in its place.
    """
    review = case.review
    for texts in ([text for text in (case.circular, case.decision) if text is not None], list(review.texts)):
        for text in texts:
            named = concluded_by(text)
            held = [meeting for meeting in review.meetings if fold(meeting.id) in named]
            if held:
                return held[-1]
    start = min((text.period_start for text in review.texts), default=review.plan_start)
    held = [meeting for meeting in review.meetings if start <= meeting.held_on <= review.as_of]
    return held[-1] if held else None


def concluded_by(text: TextReview) -> set[str]:
    """Codes of the meetings that concluded criteria of a text, spelling folded."""
    scores = [finding.self_score for finding in text.findings]
    return {fold(score.meeting) for score in scores if score is not None and score.concluded and score.meeting}
