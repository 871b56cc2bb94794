"""The meeting that a school's score table names: what stands in its columns of points is a conclusion only by that cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antq_review.forms.sheets import Sheet, table_named
from antq_review.ingest.check_rows import find_row, row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, Reason
from antq_review.source import CellRef, grouped
from antq_review.text import fold, say

_SCORES = ("score_rows", "score_deductions")
#: Numbers of rows that one sentence names.
_MOST_NAMED = 10


def blank_meeting(evidence: Evidence, text_id: str) -> list[Problem]:
    """The cell of the meeting left blank, though the table holds what a meeting concluded."""
    rows, head = _resting_on_it(evidence, text_id), head_of(evidence)
    if not rows or (head is not None and "meeting" in head.shown):
        return []
    names = [str(row.get("number")) for row in rows]
    ids = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    if head is not None:
        return [row_problem("score_meeting_blank", head, "meeting", count=len(names), ids=ids)]
    sheet, heading = _where()
    return [problem(
        "score_meeting_blank", file=rows[0].file, sheet=sheet.title, column=heading, forms=(sheet.name,), count=len(names), ids=ids,
    )]


def unknown_meeting(evidence: Evidence) -> list[Problem]:
    """A meeting that the folder's sheet of meetings does not hold, or holds more than once."""
    heads = evidence.rows("score_text")
    named = [row for row in heads if row.get("meeting") and find_row(evidence, "meetings", row.get("meeting"), row) is None]
    return [row_problem("score_meeting_unknown", row, "meeting") for row in named]


def head_of(evidence: Evidence) -> EvidenceRow | None:
    """What the table says of itself; None where it says nothing."""
    return next(iter(evidence.rows("score_text")), None)


def _resting_on_it(evidence: Evidence, text_id: str) -> list[EvidenceRow]:
    """Rows with a conclusion beside them, but for those whose score the sheet of self-scores holds with a meeting of its own."""
    elsewhere = {
        fold(row.get("criterion")) for row in evidence.rows("self_scores")
        if row.get("text") == text_id and not _of_table(row, evidence)
    }
    scores = [row for table in _SCORES for row in evidence.rows(table) if row.get("self_points") is not None]
    caps = [row for row in evidence.rows("score_caps") if row.get("concluded") is not None]
    return [row for row in scores if fold(row.get("number")) not in elsewhere] + caps


def _of_table(score: EvidenceRow, evidence: Evidence) -> bool:
    """Does a self-score stand beside a row of the table?"""
    place = (score.file, score.sheet, score.number)
    return any((row.file, row.sheet, row.number) == place for table in _SCORES for row in evidence.rows(table))


def awaits_meeting(score: EvidenceRow, evidence: Evidence) -> bool:
    """Is it a score of the table that names no meeting, or one that is not there?"""
    named = score.get("meeting")
    return _of_table(score, evidence) and (not named or find_row(evidence, "meetings", named, score) is None)


def how_to_name(evidence: Evidence, codes: Sequence[str]) -> str:
    """What to do about that cell. `codes`: the concluded meetings that it may name; none: one is held first."""
    key = "name_meeting" if codes else "hold_and_name"
    return say(f"scoring.score_table.{key}", place=_place(evidence), codes=say("scoring.score_table.or").join(codes[:_MOST_NAMED]))


def by_the_cell(reasons: Iterable[Reason], evidence: Evidence, codes: Sequence[str]) -> tuple[Reason, ...]:
    """The reasons that a meeting settles, closed by naming it in the table."""
    how = how_to_name(evidence, codes)
    wait = {"period_open": "scoring.score_table.or_wait"}
    return tuple(
        why if why.code not in SETTLED_BY_MEETING
        else why.model_copy(update={"settles": say(wait[why.code], how=how.rstrip("."), until=why.subject) if why.code in wait else how})
        for why in reasons
    )


def _where() -> tuple[Sheet, str]:
    """The sheet on which the table says of itself, and the heading of the meeting there."""
    sheet, table = table_named("score_text")
    return sheet, next(column.heading for column in table.row.columns() if column.name == "meeting")


def _place(evidence: Evidence) -> str:
    """`thang_diem.xlsx › Thông tin thang điểm › B16, «Cuộc họp đã chấm»`."""
    sheet, heading = _where()
    head = head_of(evidence)
    if head is not None and "meeting" in head.columns:
        where = grouped([CellRef(file=head.file, sheet=head.sheet, cell=head.cell("meeting").cell)])[0]
    else:
        where = f"{evidence.rows('score_rows')[0].file} › {sheet.title}" if evidence.rows("score_rows") else sheet.title
    return f"{where}, «{heading}»"
