"""Room 4: measures → findings → review. What each number means: `outcome.py`, and outcomes in the README's words."""

from __future__ import annotations

from antq_review.scoring.judge import judge
from antq_review.scoring.plan import judge_plan
from antq_review.scoring.review import Review
from antq_review.scoring.sum_up import review

__all__ = ["Review", "judge", "judge_plan", "review"]
