"""Faults of bonus rows and of rows of which only one counts. Nothing about them is assumed: what the paper says is in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from antq_review.forms.choices import ScoreRowKind
from antq_review.forms.rows.score_table import ScoreRow, ScoreText
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.row_problems import row_problem
from antq_review.scoring.score_table.lines import ScoreLines
from antq_review.text import fold


def bonus_faults(lines: ScoreLines, head: EvidenceRow[ScoreText] | None) -> Iterator[Problem]:
    """Every fault of the columns «Loại dòng» and «Nhóm chọn một», and of the two limits."""
    own = set(lines.criteria())
    headings = {column.name: column.heading for column in ScoreRow.columns()}
    for index, row in enumerate(lines.rows):
        for name in ("row_kind", "one_of"):
            if index not in own and row.value_of(name) is not None:
                yield row_problem("score_kind_without_points", row, name, what=headings[name])
    yield from _group_faults([lines.rows[index] for index in lines.criteria()])
    if head is None:
        return
    if head.values.bonus_most is not None and not any(_is_bonus(row) for row in lines.rows):
        yield row_problem("score_bonus_none", head, "bonus_most")
    if head.values.never_over is not None and head.values.never_over < lines.total:
        yield row_problem("score_never_over", head, "never_over", total=lines.total)


def _group_faults(rows: list[EvidenceRow[ScoreRow]]) -> Iterator[Problem]:
    groups: dict[str, list[EvidenceRow[ScoreRow]]] = {}
    for row in rows:
        if row.values.one_of:
            groups.setdefault(fold(row.values.one_of), []).append(row)
    for members in groups.values():
        if len(members) == 1:
            yield row_problem("score_group_alone", members[0], "one_of")
        elif len({_is_bonus(row) for row in members}) > 1:
            odd = next(row for row in members if _is_bonus(row))
            yield row_problem("score_group_mixed", odd, "row_kind", group=odd.values.one_of)


def _is_bonus(row: EvidenceRow[ScoreRow]) -> bool:
    return row.values.row_kind == ScoreRowKind.BONUS


def highest_total(lines: ScoreLines, text: ScoreText) -> Decimal:
    """The highest total that a class may begin at: the standard points, the bonus beyond them, under the paper's limits."""
    _, bonus = lines.standard(lines.criteria())
    most = lines.total + (bonus if text.bonus_most is None else min(bonus, text.bonus_most))
    return most if text.never_over is None else min(most, text.never_over)
