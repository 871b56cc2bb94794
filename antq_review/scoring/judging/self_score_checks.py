"""Checks of the self-scores against the texts: a criterion that the text does not have, more points than it gives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from antq_review.forms.columns import Row
from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreDeduction, ScoreRow, ScoreText
from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import Rulebook
from antq_review.text import fold, number


def check_self_scores(evidence: Evidence, texts: Iterable[Rulebook]) -> list[Problem]:
    """Faults of the self-scores against the texts in force. A faulty row leaves the table and does not count."""
    if "self_scores" not in evidence.tables:
        return []
    limits = {text.id: _limits(text) for text in texts}
    table = evidence.tables["self_scores"]
    problems = []
    kept: list[EvidenceRow[Row]] = []
    for row in evidence.of(SelfScoreRow):
        fault = _fault(row, limits[row.values.text]) if row.values.text in limits else None
        if fault is None:
            kept.append(row)
        else:
            problems.append(fault)
            table.refused.append(row.cell("criterion"))
    table.rows = kept
    return problems


def _limits(text: Rulebook) -> dict[str, tuple[str, Decimal | None]]:
    """The criteria and deductions of a text by folded number: (number as written, most points; None: no limit)."""
    found = {fold(criterion.id): (criterion.id, criterion.points) for criterion in text.criteria}
    return found | {fold(one.id): (one.id, one.at_most) for one in text.deductions}


def _fault(row: EvidenceRow[SelfScoreRow], limits: dict[str, tuple[str, Decimal | None]]) -> Problem | None:
    name, most = limits.get(fold(row.values.criterion), ("", None))
    if not name:
        return row_problem("criterion_unknown", row, "criterion", known=", ".join(name for name, _ in limits.values()))
    own = row.values.self_points
    if own is not None and most is not None and own > most:
        return row_problem("points_over_maximum", row, "self_points", points=number(most))
    return None


def scores_in_table(evidence: Evidence, text_id: str) -> tuple[list[EvidenceRow[SelfScoreRow]], list[Problem]]:
    """Self-scores in the rows of the school's own score table. A different one on the sheet “Tự chấm” is refused."""
    head = next(iter(evidence.of(ScoreText)), None)
    meeting = head.values.meeting if head is not None else None
    own = {fold(row.values.criterion): row for row in evidence.of(SelfScoreRow) if row.values.text == text_id}
    found, problems = [], []
    rows: list[EvidenceRow[ScoreRow | ScoreDeduction]] = [*evidence.of(ScoreRow), *evidence.of(ScoreDeduction)]
    for row in rows:
        if row.values.self_points is None:
            continue
        other = own.get(fold(row.values.number))
        if other is None:
            found.append(_as_score(row, text_id, meeting))
        elif other.values.self_points != row.values.self_points:
            own_points = other.values.self_points
            shown = number(own_points) if own_points is not None else "–"
            problems.append(row_problem("score_self_differs", row, "self_points", named=row.values.number, own=shown))
            evidence.tables["self_scores"].rows.remove(other)
            evidence.tables["self_scores"].refused.append(other.cell("criterion"))
    return found, problems


def _as_score(
    row: EvidenceRow[ScoreRow | ScoreDeduction], text_id: str, meeting: str | None
) -> EvidenceRow[SelfScoreRow]:
    """A row of the score table as a row of the sheet “Tự chấm”; its cells are still those of the score table."""
    values = SelfScoreRow(
        text=text_id, criterion=row.values.number, self_points=row.values.self_points, meeting=meeting
    )
    at = {"criterion": row.columns["number"], "self_points": row.columns["self_points"]}
    shown = {"criterion": row.shown["number"], "self_points": row.shown["self_points"]}
    return EvidenceRow(row.id, "self_scores", values, row.file, row.sheet, row.number, at, shown)
