"""Self-scores that no text can hold: a criterion it does not have, more points than it gives."""

from __future__ import annotations

from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import Provision, in_force
from antq_review.text import fold, number


def check_self_scores(evidence: Evidence) -> list[Problem]:
    """Faults of the sheet “Tự chấm” against the texts in force; a faulty row is taken out and counts nowhere."""
    if evidence.year is None or "self_scores" not in evidence.tables:
        return []
    criteria = {
        text.id: {fold(criterion.id): criterion for criterion in text.criteria} for text in in_force(evidence.year)
    }
    table = evidence.tables["self_scores"]
    problems, kept = [], []
    for row in table.rows:
        fault = _fault(row, criteria[row.get("text")]) if row.get("text") in criteria else None
        if fault is None:
            kept.append(row)
        else:
            problems.append(fault)
            table.refused.append(row.cell("criterion"))
    table.rows = kept
    return problems


def _fault(row: EvidenceRow, known: dict[str, Provision]) -> Problem | None:
    criterion = known.get(fold(row.get("criterion")))
    if criterion is None:
        return row_problem("criterion_unknown", row, "criterion", known=", ".join(one.id for one in known.values()))
    own = row.get("self_points")
    if own is not None and criterion.points is not None and own > criterion.points:
        return row_problem("points_over_maximum", row, "self_points", points=number(criterion.points))
    return None
