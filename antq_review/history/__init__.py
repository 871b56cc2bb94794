"""Room 5: the reviews of earlier years, as they were stored."""

from __future__ import annotations

from antq_review.history.store import load, previous

__all__ = ["load", "previous"]
