"""Room 4: measures → findings → review. `model/outcome.py` defines the intervals and how they combine."""

from __future__ import annotations

from antq_review.scoring.judging.criteria import judge
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.model.review import Review
from antq_review.scoring.summary import review

__all__ = ["Review", "judge", "judge_plan", "review"]
