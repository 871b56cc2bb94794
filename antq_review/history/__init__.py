"""Room 5: the reviews of earlier years, as they were stored; years side by side; a past year by another text."""

from __future__ import annotations

from antq_review.history.model import Comparison
from antq_review.history.store import load, load_any, previous

__all__ = ["Comparison", "load", "load_any", "previous"]
