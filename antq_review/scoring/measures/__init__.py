"""The measures: small named functions that count. Criteria and plan goals use the same measures.

A new measure needs a function with `@measure(...)` in a module of this folder, its label in
`antq_review.forms.measure_labels` (a school may name any measure in its plan), and cases in `tests/cases/`.
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

#: Rates that the next row may lower again. Before the end of the period, such a rate settles nothing, even at 100 %.
MAY_FALL = frozenset({
    "adoption_rate", "carried_out_rate", "check_pass_rate", "goals_carried_out_rate", "goals_met_rate", "handled_in_time_rate",
    "initiative_assessed_rate", "rated_rate", "report_on_time_rate", "reported_in_time_rate", "rows_with_file_rate",
    "shifts_signed_rate", "supported_rate", "working_rate",
})

__all__ = [
    "MAY_FALL",
    "RegisteredMeasure", "activities", "checks", "coordination", "documents", "emulation", "evaluate", "incidents", "initiatives",
    "overall",
    "participation", "ratings", "registry", "support", "systems",
]
