"""Measures over the whole year: recognition, the concluded meeting, evidence files."""

from __future__ import annotations

from antq_review.forms.sheets import SHEETS
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import all_closed, all_refused, base_unknown, counted, interval_rate, measure
from antq_review.scoring.measures.coordination import joint_actions, undated_actions
from antq_review.scoring.model.outcome import ONE, ZERO, Measurement
from antq_review.source import CellRef

#: Evidence tables whose rows should name a file, with the field that dates them (None: always of this year).
_WITH_FILES = {
    "documents": "signed_on", "activities": "held_on", "initiatives": None, "coordinations": None, "ratings": None,
    "commendations": "awarded_on", "checks": "from_on", "systems": "counted_on", "support": "month_on",
}


@measure("documents", unit="document")
def recognition(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Certificates of recognition “An toàn về an ninh, trật tự” signed in the window (plan I.1). Unit: papers."""
    found = [row for row in look.rows("documents", "signed_on") if row.get("kind") == "recognition"]
    return counted(look, ("documents",), len(found), look.cells(found, ("kind", "signed_on")))


def concluded_meeting(look: EvidenceWindow, score: EvidenceRow) -> EvidenceRow | None:
    """The meeting behind a self-score: it has a day and minutes with a number. None: not concluded."""
    code = score.get("meeting")
    meeting = look.find("meetings", str(code), score) if code else None
    if meeting is None or not meeting.get("minutes"):
        return None
    minutes = look.find("documents", str(meeting.get("minutes")), meeting)
    return meeting if minutes is not None and minutes.get("number") and minutes.get("kind") == "minutes" else None


@measure("self_scores", unit="text")
def self_assessment(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Texts whose self-scores all rest on a concluded meeting held by the window's end (plan III.1-4). Unit: texts.

    A refused score may be one without a meeting; minutes that are not on the sheet of papers may be on it yet, where that
    sheet is open or has refused rows.
    """
    texts = ("tt_124", "qd_510")
    done, minutes_missing, cells = 0, False, list[CellRef]()
    for text in texts:
        scores = [row for row in look.evidence.rows("self_scores") if row.get("text") == text]
        meetings = [concluded_meeting(look, row) for row in scores]
        held = [meeting for meeting in meetings if meeting is not None and meeting.get("held_on") <= look.window.end]
        minutes_missing |= any(row.get("meeting") and met is None for row, met in zip(scores, meetings, strict=True))
        if scores and len(held) == len(scores):
            done += 1
            cells += look.cells(scores, ("text", "meeting")) + look.cells(held, ("held_on",))
    refused = look.refused("self_scores")
    reasons = [why for table in ("self_scores", "meetings") if look.refused(table) for why in look.why_open(table)[-1:]]
    if minutes_missing:
        reasons += look.why_open("documents")
    low = ONE * max(0, done - refused)
    return Measurement(
        measure="", unit="", low=low, high=ONE * len(texts) if reasons else low, count=ONE * done,
        cells=tuple(dict.fromkeys(cells)), reasons=tuple(reasons),
    )


@measure(*_WITH_FILES, unit="rate")
def rows_with_file_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Counted evidence rows that name a file which is there (plan III.1-5). Unit: rate.

    Base: rows of the window, confidential ones left out; nothing is known of rows that are not handed in yet.
    """
    tables = tuple(_WITH_FILES)
    rows = [row for table, day in _WITH_FILES.items() for row in _of_window(look, table, day)]
    rows = [row for row in rows if _get(row, "confidential") != "yes"]
    lacking = [
        row for row in rows
        if not row.get("file") or (row.file, row.sheet, row.number) in look.evidence.missing_files
    ]
    undated, reasons = undated_actions(look, {})
    maybe = all_refused(look, tables) + undated
    base = len(rows) + maybe
    good = len(rows) - len(lacking)
    closed = base > 0 and all_closed(look, tables)
    low, high = (ONE * good / base, ONE * (good + maybe) / base) if closed else (ZERO, ONE)
    # A lacking file has no cell of its own to show: the empty one is named.
    cells = [cell for row in lacking for cell in (row.cells(("file",)) or (row.cell("file"),))]
    return interval_rate(
        look, tables, low, high, cells or look.cells(rows, ("file",)), count=ONE * good, base=ONE * len(rows),
        reasons=reasons if base else [base_unknown("documents")],
    )


def _of_window(look: EvidenceWindow, table: str, day: str | None) -> list[EvidenceRow]:
    if table == "coordinations":
        return joint_actions(look, {})
    return look.rows(table, day) if day else look.evidence.rows(table)


def _get(row: EvidenceRow, name: str) -> object:
    return row.get(name) if name in type(row.values).model_fields else None


def titles_of(tables: tuple[str, ...]) -> tuple[str, ...]:
    """Identifiers of the sheets on which tables stand."""
    return tuple(sheet.name for sheet in SHEETS if any(table.name in tables for table in sheet.tables))

