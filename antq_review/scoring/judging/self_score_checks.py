"""Self-scores that no text can hold: a criterion it does not have, more points than it gives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import Rulebook
from antq_review.text import fold, number


def check_self_scores(evidence: Evidence, texts: Iterable[Rulebook]) -> list[Problem]:
    """Faults of the self-scores against the texts in force; a faulty row is taken out and counts nowhere."""
    if "self_scores" not in evidence.tables:
        return []
    limits = {text.id: _limits(text) for text in texts}
    table = evidence.tables["self_scores"]
    problems, kept = [], []
    for row in table.rows:
        fault = _fault(row, limits[row.get("text")]) if row.get("text") in limits else None
        if fault is None:
            kept.append(row)
        else:
            problems.append(fault)
            table.refused.append(row.cell("criterion"))
    table.rows = kept
    return problems


def _limits(text: Rulebook) -> dict[str, tuple[str, Decimal | None]]:
    """What can be given a score: its number as written, and the most that it can get."""
    found = {fold(criterion.id): (criterion.id, criterion.points) for criterion in text.criteria}
    return found | {fold(one.id): (one.id, one.at_most) for one in text.deductions}


def _fault(row: EvidenceRow, limits: dict[str, tuple[str, Decimal | None]]) -> Problem | None:
    name, most = limits.get(fold(row.get("criterion")), ("", None))
    if not name:
        return row_problem("criterion_unknown", row, "criterion", known=", ".join(name for name, _ in limits.values()))
    own = row.get("self_points")
    if own is not None and most is not None and own > most:
        return row_problem("points_over_maximum", row, "self_points", points=number(most))
    return None


def scores_in_table(evidence: Evidence, text_id: str) -> tuple[list[EvidenceRow], list[Problem]]:
    """Self-scores typed beside the rows of the school's own table; what the sheet “Tự chấm” says differently counts nowhere."""
    head = next(iter(evidence.rows("score_text")), None)
    meeting = head.get("meeting") if head is not None else None
    own = {
        fold(row.get("criterion")): row for row in evidence.rows("self_scores") if row.get("text") == text_id
    }
    found, problems = [], []
    for row in (*evidence.rows("score_rows"), *evidence.rows("score_deductions")):
        if row.get("self_points") is None:
            continue
        other = own.get(fold(row.get("number")))
        if other is None:
            found.append(_as_score(row, text_id, meeting))
        elif other.get("self_points") != row.get("self_points"):
            own_points = other.get("self_points")
            shown = number(own_points) if own_points is not None else "–"
            problems.append(row_problem("score_self_differs", row, "self_points", named=row.get("number"), own=shown))
            evidence.tables["self_scores"].rows.remove(other)
            evidence.tables["self_scores"].refused.append(other.cell("criterion"))
    return found, problems


def _as_score(row: EvidenceRow, text_id: str, meeting: str | None) -> EvidenceRow:
    """A row of the score table read as a row of the sheet “Tự chấm”; its cells stay those of the score table."""
    values = SelfScoreRow(text=text_id, criterion=row.get("number"), self_points=row.get("self_points"), meeting=meeting)
    at = {"criterion": row.columns["number"], "self_points": row.columns["self_points"]}
    shown = {"criterion": row.shown["number"], "self_points": row.shown["self_points"]}
    return EvidenceRow(row.id, "self_scores", values, row.file, row.sheet, row.number, at, shown)
