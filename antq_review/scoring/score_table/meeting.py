"""The meeting that a school's score table names. Without this cell the points in the table are no conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from antq_review.forms.rows.school import SelfScoreRow
from antq_review.forms.rows.score_table import ScoreCap, ScoreDeduction, ScoreRow, ScoreText
from antq_review.forms.sheets import Sheet, table_named
from antq_review.ingest.check_rows import find_row
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.ingest.row_problems import row_problem
from antq_review.scoring.measures.base import first_of
from antq_review.scoring.model.outcome import SETTLED_BY_MEETING, Reason
from antq_review.source import CellRef, grouped
from antq_review.text import Message, fold, shaped, tell
from antq_review.text.message import Param

_SCORES = ("score_rows", "score_deductions")
#: How many rows one sentence names by number.
_MOST_NAMED = 10


def blank_meeting(evidence: Evidence, text_id: str) -> list[Problem]:
    """The fault that the cell of the meeting is blank although the table contains conclusions of a meeting."""
    rows, head = _resting_on_it(evidence, text_id), head_of(evidence)
    if not rows or (head is not None and "meeting" in head.shown):
        return []
    names = [str(row.values.number) for row in rows]
    ids = first_of(names, _MOST_NAMED)
    if head is not None:
        return [row_problem("score_meeting_blank", head, "meeting", count=len(names), ids=ids)]
    sheet, heading = _where()
    return [problem(
        "score_meeting_blank", file=rows[0].file, sheet=sheet.title, column=heading, forms=(sheet.name,), count=len(names), ids=ids,
    )]


def unknown_meeting(evidence: Evidence) -> list[Problem]:
    """The fault that the sheet of meetings does not contain the named meeting, or contains it more than once."""
    heads = evidence.of(ScoreText)
    named = [row for row in heads if row.values.meeting and find_row(evidence, "meetings", row.values.meeting, row) is None]
    return [row_problem("score_meeting_unknown", row, "meeting") for row in named]


def head_of(evidence: Evidence) -> EvidenceRow[ScoreText] | None:
    """The row with the information about the table itself; None where it is blank."""
    return next(iter(evidence.of(ScoreText)), None)


def _resting_on_it(evidence: Evidence, text_id: str) -> list[EvidenceRow[ScoreRow | ScoreDeduction | ScoreCap]]:
    """Rows with a conclusion, except those whose score is also on the sheet of self-scores (with its own meeting)."""
    elsewhere = {
        fold(row.values.criterion) for row in evidence.of(SelfScoreRow)
        if row.values.text == text_id and row.values.self_points is not None and not _of_table(row, evidence)
    }
    rows: list[EvidenceRow[ScoreRow | ScoreDeduction]] = [*evidence.of(ScoreRow), *evidence.of(ScoreDeduction)]
    scores = [row for row in rows if row.values.self_points is not None and fold(row.values.number) not in elsewhere]
    caps = [row for row in evidence.of(ScoreCap) if row.values.concluded is not None]
    return [*scores, *caps]


def _of_table(score: EvidenceRow[SelfScoreRow], evidence: Evidence) -> bool:
    """Was the self-score taken from a row of the table?"""
    place = (score.file, score.sheet, score.number)
    return any((row.file, row.sheet, row.number) == place for table in _SCORES for row in evidence.rows(table))


def awaits_meeting(score: EvidenceRow[SelfScoreRow], evidence: Evidence) -> bool:
    """Was the score taken from the table, and does the table name no meeting or an unknown one?"""
    named = score.values.meeting
    return _of_table(score, evidence) and (not named or find_row(evidence, "meetings", named, score) is None)


def how_to_name(evidence: Evidence, codes: Sequence[str]) -> Message:
    """The step that fills the cell of the meeting.

    `codes`: the concluded meetings it may name; none: hold a meeting first.
    """
    if not codes:
        return tell("scoring.score_table.hold_and_name", place=_place(evidence))
    return tell("scoring.score_table.name_meeting", place=_place(evidence), codes=_one_of(codes[:_MOST_NAMED]))


def _one_of(codes: Sequence[str]) -> Param:
    """The codes as alternatives: one, or another."""
    *others, last = codes
    return tell("scoring.score_table.either", first=_one_of(others), second=last) if others else last


def by_the_cell(reasons: Iterable[Reason], evidence: Evidence, codes: Sequence[str]) -> tuple[Reason, ...]:
    """The reasons; the step of those that a meeting settles becomes “name the meeting in the table”."""
    how = how_to_name(evidence, codes)
    return tuple(
        why.model_copy(update={"settles": _or_wait(how, why) if why.code == "period_open" else how})
        if why.code in SETTLED_BY_MEETING else why
        for why in reasons
    )


def _or_wait(how: Message, why: Reason) -> Message:
    return tell("scoring.score_table.or_wait", how=shaped(how, "no_stop"), until=why.says.get("subject"))


def _where() -> tuple[Sheet, str]:
    """The sheet with the information about the table, and the heading of the meeting's cell."""
    sheet, table = table_named("score_text")
    return sheet, next(column.heading for column in table.row.columns() if column.name == "meeting")


def _place(evidence: Evidence) -> str:
    """The place of the meeting's cell: `thang_diem.xlsx › Thông tin thang điểm › B16, «Cuộc họp đã chấm»`."""
    sheet, heading = _where()
    head = head_of(evidence)
    if head is not None and "meeting" in head.columns:
        where = grouped([CellRef(file=head.file, sheet=head.sheet, cell=head.cell("meeting").cell)])[0]
    else:
        where = f"{evidence.rows('score_rows')[0].file} › {sheet.title}" if evidence.of(ScoreRow) else sheet.title
    return f"{where}, «{heading}»"
