"""The measures: small named functions that count. Criteria and plan goals use the same ones.

Adding one: a function with `@measure(...)` in a module of this folder, its label in `antq_review.forms.measures` (a school may
name any of them in its plan), cases in `tests/cases/`.
"""

from __future__ import annotations

from antq_review.scoring.measures import (
    activities,
    checks,
    coordination,
    documents,
    emulation,
    incidents,
    initiatives,
    overall,
    participation,
    ratings,
    support,
    systems,
)
from antq_review.scoring.measures.base import Entry, evaluate, registry

__all__ = [
    "Entry", "activities", "checks", "coordination", "documents", "emulation", "evaluate", "incidents", "initiatives", "overall",
    "participation", "ratings", "registry", "support", "systems",
]
