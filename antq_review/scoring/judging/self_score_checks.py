"""The self-scores that count: those in the school's own score table are added, faulty ones are left out.

Nothing here changes the evidence that is passed in: each function returns a copy with another table of self-scores.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreDeduction, ScoreRow, ScoreText
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, TableData
from antq_review.ingest.row_problems import row_problem
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
    evidence: Evidence, without: Sequence[EvidenceRow[SelfScoreRow]], more: Iterable[EvidenceRow[SelfScoreRow]] = (),
    replaced: Sequence[EvidenceRow[SelfScoreRow]] = (),
) -> Evidence:
    """A copy of the evidence in which some self-scores are refused or replaced and more are added at the end."""
    data, gone = evidence.tables.get(_TABLE, TableData()), {*without, *replaced}
    rows = [*(row for row in data.rows if row not in gone), *more]
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


_ScoreLine: TypeAlias = EvidenceRow[ScoreRow | ScoreDeduction]


def with_table_scores(evidence: Evidence, text_id: str) -> tuple[Evidence, list[Problem]]:
    """The evidence with the points in the rows of the school's own score table: the school's own and the superior's.

    An empty cell is no statement. Where the sheet “Tự chấm” has the same points as well, this is a note; where it has
    different ones, neither of the two counts, and this is a fault. The points of the other person stay as they are.
    """
    head = next(iter(evidence.of(ScoreText)), None)
    meeting = head.values.meeting if head is not None else None
    own = {fold(row.values.criterion): row for row in evidence.of(SelfScoreRow) if row.values.text == text_id}
    found, differing, replaced, problems = [], [], [], []
    rows: list[_ScoreLine] = [*evidence.of(ScoreRow), *evidence.of(ScoreDeduction)]
    for row in rows:
        if row.values.self_points is None and row.values.superior_points is None:
            continue
        other = own.get(fold(row.values.number))
        if other is None:
            found.append(_as_score(row, text_id, meeting))
            continue
        notes = [note for name in _TWICE if (note := _twice(row, other, name)) is not None]
        problems += notes
        clashing = {note.code for note in notes if note.code in _DIFFERS}
        if "score_self_differs" in clashing:
            differing.append(other)
        elif not clashing and other.values.self_points is not None and row.values.superior_points is None:
            continue
        else:
            replaced.append(other)
        merged = _merged(row, other, clashing, _as_score(row, text_id, meeting))
        found += [merged] if "score_self_differs" not in clashing or merged.values.verified_points is not None else []
    return _copy(evidence, without=differing, replaced=replaced, more=found), problems


#: Field of the score table → the field of the sheet “Tự chấm” for the same points, and the fault where the two differ.
_TWICE = {
    "self_points": ("self_points", "score_self_differs"), "superior_points": ("verified_points", "score_superior_differs"),
}
_DIFFERS = frozenset(code for _, code in _TWICE.values())


def _twice(row: _ScoreLine, other: EvidenceRow[SelfScoreRow], name: str) -> Problem | None:
    """The note that points stand in both sheets, or the fault that they differ; None where one cell is empty."""
    there, differs = _TWICE[name]
    here, own = row.value_of(name), other.value_of(there)
    if here is None or own is None:
        return None
    return row_problem(differs if here != own else "score_typed_twice", row, name, named=row.values.number, own=own)


def _merged(
    row: _ScoreLine, other: EvidenceRow[SelfScoreRow], clashing: Collection[str], table: EvidenceRow[SelfScoreRow]
) -> EvidenceRow[SelfScoreRow]:
    """One self-score of both places. Its cells are those of the place with the school's own points."""
    base = table if other.values.self_points is None and row.values.self_points is not None else other
    own = None if "score_self_differs" in clashing else base.values.self_points
    verified = row.values.superior_points if row.values.superior_points is not None else other.values.verified_points
    values = other.values.model_copy(update={
        "self_points": own, "meeting": other.values.meeting or base.values.meeting,
        "verified_points": None if "score_superior_differs" in clashing else verified,
    })
    return replace(base, values=values)


def _as_score(row: _ScoreLine, text_id: str, meeting: str | None) -> EvidenceRow[SelfScoreRow]:
    """A row of the score table as a row of the sheet “Tự chấm”; its cells are still those of the score table."""
    values = SelfScoreRow(
        text=text_id, criterion=row.values.number, self_points=row.values.self_points,
        meeting=meeting if row.values.self_points is not None else None, verified_points=row.values.superior_points,
    )
    names = {"criterion": "number", "self_points": "self_points", "verified_points": "superior_points"}
    at = {name: row.columns[own] for name, own in names.items() if own in row.columns}
    shown = {name: row.shown[own] for name, own in names.items() if own in row.shown}
    return EvidenceRow(row.id, "self_scores", values, row.file, row.sheet, row.number, at, shown)
