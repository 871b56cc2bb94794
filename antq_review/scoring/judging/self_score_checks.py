"""The self-scores that count: those in the school's own score table are added, faulty ones are left out.

Nothing here changes the evidence that is passed in: each function returns a copy with another table of self-scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreDeduction, ScoreRow, ScoreText
from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, TableData
from antq_review.rules import Rulebook
from antq_review.text import fold, listing

_TABLE = "self_scores"


def without_faulty_scores(evidence: Evidence, texts: Iterable[Rulebook]) -> tuple[Evidence, list[Problem]]:
    """The evidence without the self-scores that contradict the texts in force, and the faults of these self-scores.

    Such a score is for a criterion that the text does not have, or has more points than the criterion.
    """
    limits = {text.id: _limits(text) for text in texts}
    faulty, problems = [], []
    for row in evidence.of(SelfScoreRow):
        fault = _fault(row, limits[row.values.text]) if row.values.text in limits else None
        if fault is not None:
            faulty.append(row)
            problems.append(fault)
    return _copy(evidence, without=faulty), problems


def _copy(
    evidence: Evidence, without: Sequence[EvidenceRow[SelfScoreRow]], more: Iterable[EvidenceRow[SelfScoreRow]] = ()
) -> Evidence:
    """A copy of the evidence in which some self-scores are refused and more are added at the end."""
    data, refused = evidence.tables.get(_TABLE, TableData()), {id(row) for row in without}
    rows = [*(row for row in data.rows if id(row) not in refused), *more]
    if not rows and not data.rows:
        return evidence
    cells = [*data.refused, *(row.cell("criterion") for row in without)]
    return replace(evidence, tables={**evidence.tables, _TABLE: TableData(rows, cells)})


def _limits(text: Rulebook) -> dict[str, tuple[str, Decimal | None]]:
    """The criteria and deductions of a text by folded number: (number as written, most points; None: no limit)."""
    found = {fold(criterion.id): (criterion.id, criterion.points) for criterion in text.criteria}
    return found | {fold(one.id): (one.id, one.at_most) for one in text.deductions}


def _fault(row: EvidenceRow[SelfScoreRow], limits: dict[str, tuple[str, Decimal | None]]) -> Problem | None:
    name, most = limits.get(fold(row.values.criterion), ("", None))
    if not name:
        return row_problem("criterion_unknown", row, "criterion", known=listing(name for name, _ in limits.values()))
    own = row.values.self_points
    if own is not None and most is not None and own > most:
        return row_problem("points_over_maximum", row, "self_points", points=most)
    return None


def with_table_scores(evidence: Evidence, text_id: str) -> tuple[Evidence, list[Problem]]:
    """The evidence with the self-scores in the rows of the school's own score table.

    Where the sheet “Tự chấm” has a different score, neither of the two counts, and this is a fault.
    """
    head = next(iter(evidence.of(ScoreText)), None)
    meeting = head.values.meeting if head is not None else None
    own = {fold(row.values.criterion): row for row in evidence.of(SelfScoreRow) if row.values.text == text_id}
    found, differing, problems = [], [], []
    rows: list[EvidenceRow[ScoreRow | ScoreDeduction]] = [*evidence.of(ScoreRow), *evidence.of(ScoreDeduction)]
    for row in rows:
        if row.values.self_points is None:
            continue
        other = own.get(fold(row.values.number))
        if other is None:
            found.append(_as_score(row, text_id, meeting))
        elif other.values.self_points != row.values.self_points:
            own_points = "–" if other.values.self_points is None else other.values.self_points
            problems.append(row_problem("score_self_differs", row, "self_points", named=row.values.number, own=own_points))
            differing.append(other)
    return _copy(evidence, without=differing, more=found), problems


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
