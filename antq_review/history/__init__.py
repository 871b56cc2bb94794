"""Room 5: stored reviews of earlier years, the comparison of years, and a past year judged again by another text."""

from __future__ import annotations

from antq_review.history.model import Comparison
from antq_review.history.store import load, load_any, previous, previous_file, review_file, several_before

__all__ = ["Comparison", "load", "load_any", "previous", "previous_file", "review_file", "several_before"]
