"""Measures of the whole year: recognition, the concluded meeting, the evidence files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from antq_review.forms.choices import AwardKind, DocumentKind, TextId
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.forms.rows.school import MeetingRow, SelfScoreRow
from antq_review.forms.rows.score_table import ScoreRow, ScoreText, path_of
from antq_review.forms.sheets import SHEETS, table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period
from antq_review.rules import Award, rulebook
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import (
    all_closed,
    all_refused,
    base_unknown,
    cells_blank,
    counted,
    interval_rate,
    measure,
)
from antq_review.scoring.measures.coordination import joint_actions, undated_actions
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement
from antq_review.source import CellRef

#: Evidence tables whose rows should name a file, with the field of their day (None: all rows are of this year).
_WITH_FILES = {
    "documents": "signed_on", "activities": "held_on", "initiatives": None, "coordinations": None, "ratings": None,
    "commendations": "awarded_on", "checks": "from_on", "systems": "counted_on", "support": "month_on",
}


@measure("documents", unit="document")
def recognition(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Certificates that recognise the school for the year (plan I.1), signed up to the day of the review. Unit: papers.

    The year is that of the column “Năm công nhận”, not that of the signature: the certificate for 2025 is often signed in
    2026. A certificate signed since the year began, without this number, may be for the year.
    """
    start = look.period.start
    rows = [
        row for row in look.evidence.of(Document)
        if row.values.kind == DocumentKind.RECOGNITION and start <= row.values.signed_on <= look.as_of
    ]
    found = [row for row in rows if row.values.recognised_year == look.year]
    blank = [row for row in rows if row.values.recognised_year is None]
    return counted(
        look, ("documents",), len(found), look.cells([*found, *blank], ("kind", "recognised_year", "signed_on")),
        maybe=len(blank), reasons=cells_blank(blank, "recognised_year"),
    )


#: The step of a meeting that was held and has no such minutes yet.
WRITE_MINUTES = "scoring.meetings.write_minutes"


def is_numbered_minutes(paper: Document) -> bool:
    """Is a paper the minutes of a meeting, with a number? What the meeting concluded counts with these alone."""
    return paper.kind == DocumentKind.MINUTES and bool(paper.number)


def concluded_meeting(
    look: EvidenceWindow, score: EvidenceRow[SelfScoreRow | ScoreText]
) -> EvidenceRow[MeetingRow] | None:
    """The meeting that concluded a self-score: it has a day, and minutes with a number. None: not concluded."""
    code = score.values.meeting
    meeting = look.find(MeetingRow, code, score) if code else None
    if meeting is None or not meeting.values.minutes:
        return None
    minutes = look.find(Document, meeting.values.minutes, meeting)
    return meeting if minutes is not None and is_numbered_minutes(minutes.values) else None


def can_conclude(meeting: EvidenceRow[MeetingRow], period: Period, until: date) -> bool:
    """Was a meeting held from the period's last month up to a day?

    An earlier meeting cannot judge days to come, and a meeting at the period's start is last year's.
    """
    return period.last_month.start <= meeting.values.held_on <= until


@measure("self_scores", unit="text")
def self_assessment(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Texts with every criterion scored at a meeting that concluded by the window's end (plan III.1-4). Unit: texts.

    A row with the superior's result alone is no score of the school. A refused self-score may be one without a meeting, or
    that of a criterion without a score. Minutes that are not found may still come, as long as the sheet of papers is open
    or has refused rows.
    """
    texts = (TextId.TT_124, TextId.QD_510)
    done, minutes_missing, cells = 0, False, list[CellRef]()
    for text in texts:
        scores = [
            row for row in look.evidence.of(SelfScoreRow)
            if row.values.text == text and (row.values.self_points is not None or row.values.self_result is not None)
        ]
        scored = {folded(row.values.criterion) for row in scores}
        meetings = [concluded_meeting(look, row) for row in scores]
        period = rulebook(text).period.of(look.year)
        held = [one for one in meetings if one is not None and can_conclude(one, period, look.window.end)]
        minutes_missing |= any(row.values.meeting and met is None for row, met in zip(scores, meetings, strict=True))
        cells += look.cells(scores, ("text", "criterion", "meeting")) + look.cells(held, ("held_on",))
        done += scored >= _asked(look, text) and len(held) == len(scores)
    refused = look.refused("self_scores")
    reasons = [why for table in ("self_scores", "meetings") if look.refused(table) for why in look.why_open(table)[-1:]]
    if minutes_missing:
        reasons += look.why_open("documents")
    low = ONE * max(0, done - refused)
    return Measurement(
        measure="", unit="", low=low, high=ONE * len(texts) if reasons else low, count=ONE * done,
        cells=tuple(dict.fromkeys(cells)), reasons=tuple(reasons),
    )


def _asked(look: EvidenceWindow, text: TextId) -> set[str]:
    """The criteria of a text that a school scores; for Decision 510 also the rows of the school's own table."""
    asked = {folded(criterion.id) for criterion in rulebook(text).criteria if criterion.award is not Award.UNREAD}
    if text is TextId.QD_510:
        asked |= {folded(row.values.number) for row in _own_items(look.evidence.of(ScoreRow))}
    return asked


def _own_items(rows: Sequence[EvidenceRow[ScoreRow]]) -> list[EvidenceRow[ScoreRow]]:
    """The rows of a score table with points of their own: no headings of other rows, no parts."""
    paths = [path_of(row.values.number) for row in rows]
    return [
        row for row, path in zip(rows, paths, strict=True)
        if row.values.points is not None
        and (row.values.award == AwardKind.ALL_OF or not any(path == other[: len(path)] != other for other in paths))
    ]


@measure(*_WITH_FILES, unit="rate")
def rows_with_file_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Evidence rows that name an existing file (plan III.1-5). Unit: rate.

    Base: rows of the window without the confidential ones. While a form is open, more rows may come: from 0 to 1.
    """
    tables = tuple(_WITH_FILES)
    found = [_filed(look, table) for table in tables]
    rows, lacking = ([row for part in parts for row in part] for parts in zip(*found, strict=True))
    undated, reasons = undated_actions(look, {})
    maybe = all_refused(look, tables) + undated
    base = len(rows) + maybe
    good = len(rows) - len(lacking)
    closed = base > 0 and all_closed(look, tables)
    low, high = (ONE * good / base, ONE * (good + maybe) / base) if closed else (ZERO, ONE)
    # A row that names no file has no filled cell, so its blank cell is shown.
    cells = [cell for row in lacking for cell in (row.cells(("file",)) or (row.cell("file"),))]
    return interval_rate(
        look, tables, low, high, cells or look.cells(rows, ("file",)), count=ONE * good, base=ONE * len(rows),
        reasons=reasons if base else [base_unknown("documents")],
    )


def _filed(look: EvidenceWindow, table: str) -> tuple[Sequence[EvidenceRow[Row]], Sequence[EvidenceRow[Row]]]:
    """The rows of a table in the window, and those of them that name no existing file. Most steps leave most tables."""

    def asked() -> tuple[Sequence[EvidenceRow[Row]], Sequence[EvidenceRow[Row]]]:
        rows, missing = _of_window(look, table, _WITH_FILES[table]), look.evidence.missing_files
        return rows, [row for row in rows if not row.value_of("file") or (row.file, row.sheet, row.number) in missing]

    tables = (table, "activities") if table == "coordinations" else (table,)  # a joint action may have its activity's day
    return look.index.once(("files", table, look.window), asked, *tables)


def _of_window(look: EvidenceWindow, table: str, day: str | None) -> Sequence[EvidenceRow[Row]]:
    """The rows of the window; confidential papers, whose files the school does not hand in, are left out."""
    if table == "coordinations":
        return joint_actions(look, {})
    if table == "documents":
        return [row for row in look.of(Document, "signed_on") if row.values.confidential != YesNo.YES]
    return look.of(table_named(table)[1].row, day) if day else look.evidence.rows(table)


def titles_of(tables: tuple[str, ...]) -> tuple[str, ...]:
    """Identifiers of the sheets that contain the tables."""
    return tuple(sheet.name for sheet in SHEETS if any(table.name in tables for table in sheet.tables))

