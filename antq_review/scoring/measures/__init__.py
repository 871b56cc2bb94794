"""The measures: small named functions that count. Criteria and plan goals use the same ones.

Adding one: a function with `@measure(...)` in a module of this folder, its label in `antq_review.forms.measure_labels` (a school may
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
from antq_review.scoring.measures.base import RegisteredMeasure, evaluate, registry

#: Shares of rows: what holds of all rows so far may fail with the next, so before the end of a period they settle nothing.
MAY_FALL = frozenset({
    "adoption_rate", "carried_out_rate", "check_pass_rate", "goals_met_rate", "handled_in_time_rate",
    "initiative_assessed_rate", "rated_rate", "report_on_time_rate", "reported_in_time_rate", "rows_with_file_rate",
    "shifts_signed_rate", "supported_rate", "working_rate",
})

__all__ = [
    "MAY_FALL",
    "RegisteredMeasure", "activities", "checks", "coordination", "documents", "emulation", "evaluate", "incidents", "initiatives",
    "overall",
    "participation", "ratings", "registry", "support", "systems",
]
