"""The measures: small named functions that count. Criteria and plan goals use the same ones.

Adding one: a function with `@measure(...)` in a module of this folder, its label in `antq_review.forms.measures` where a plan
may use it, a case in `tests/cases/`.
"""

from __future__ import annotations

from antq_review.scoring.measures import (
    activities,
    coordination,
    documents,
    emulation,
    incidents,
    initiatives,
    overall,
    participation,
    ratings,
)
from antq_review.scoring.measures.base import Entry, evaluate, registry

__all__ = [
    "Entry", "activities", "coordination", "documents", "emulation", "evaluate", "incidents", "initiatives", "overall",
    "participation", "ratings", "registry",
]
