"""Measures over the whole year: recognition, the concluded meeting, evidence files."""

from __future__ import annotations

from antq_review.forms.sheets import SHEETS
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.check_rows import find_row
from antq_review.scoring.look import Filter, Look
from antq_review.scoring.measures.coordination import joint_actions
from antq_review.scoring.measures.base import all_refused, cells_of, counted, interval_rate, measure
from antq_review.scoring.outcome import ONE, ZERO, Measurement
from antq_review.source import CellRef

#: Evidence tables whose rows should name a file, with the field that dates them (None: always of this year).
_WITH_FILES = {
    "documents": "signed_on", "activities": "held_on", "initiatives": None, "coordinations": None, "ratings": None,
    "commendations": "awarded_on",
}


@measure("documents", unit="document")
def recognition(look: Look, wanted: Filter) -> Measurement:
    """Certificates of recognition “An toàn về an ninh, trật tự” signed in the window (plan I.1). Unit: papers."""
    found = [row for row in look.rows("documents", "signed_on") if row.get("kind") == "recognition"]
    return counted(look, ("documents",), len(found), cells_of(found, ("kind", "signed_on")))


def concluded_meeting(evidence: Evidence, score: EvidenceRow) -> EvidenceRow | None:
    """The meeting behind a self-score: it has a day and minutes with a number. None: not concluded."""
    code = score.get("meeting")
    meeting = find_row(evidence, "meetings", str(code), score) if code else None
    if meeting is None or not meeting.get("minutes"):
        return None
    minutes = find_row(evidence, "documents", str(meeting.get("minutes")), meeting)
    return meeting if minutes is not None and minutes.get("number") else None


@measure("self_scores", unit="text")
def self_assessment(look: Look, wanted: Filter) -> Measurement:
    """Texts whose self-scores all rest on a concluded meeting held by the window's end (plan III.1-4). Unit: texts."""
    done, cells = 0, list[CellRef]()
    for text in ("tt_124", "qd_510"):
        scores = [row for row in look.evidence.rows("self_scores") if row.get("text") == text]
        meetings = [concluded_meeting(look.evidence, row) for row in scores]
        held = [meeting for meeting in meetings if meeting is not None and meeting.get("held_on") <= look.window.end]
        if scores and len(held) == len(scores):
            done += 1
            cells += cells_of(scores, ("text", "meeting")) + cells_of(held, ("held_on",))
    refused = look.refused("self_scores") + look.refused("meetings")
    low = ONE * done
    return Measurement(
        measure="", unit="", low=low, high=low + refused, count=low, cells=tuple(dict.fromkeys(cells)),
        reasons=look.why_open("self_scores")[1:] if refused else (),
    )


@measure(*_WITH_FILES, unit="rate")
def rows_with_file_rate(look: Look, wanted: Filter) -> Measurement:
    """Counted evidence rows that name a file which is there (plan III.1-5). Base: rows of the window, confidential ones left out."""
    rows = [row for table, day in _WITH_FILES.items() for row in _of_window(look, table, day)]
    rows = [row for row in rows if _get(row, "confidential") != "yes"]
    lacking = [
        row for row in rows
        if not row.get("file") or (row.file, row.sheet, row.number) in look.evidence.missing_files
    ]
    refused = all_refused(look, tuple(_WITH_FILES))
    base = len(rows) + refused
    good = len(rows) - len(lacking)
    low, high = (ONE * good / base, ONE * (good + refused) / base) if base else (ZERO, ONE)
    cells = [cell for row in lacking for cell in (row.cells(("file",)) or (row.cell("file"),))] or cells_of(rows, ("file",))
    return interval_rate(look, (), low, high, cells, count=ONE * good, base=ONE * len(rows))


def _of_window(look: Look, table: str, day: str | None) -> list[EvidenceRow]:
    if table == "coordinations":
        return joint_actions(look, {})
    return look.rows(table, day) if day else look.evidence.rows(table)


def _get(row: EvidenceRow, name: str) -> object:
    return row.get(name) if name in type(row.values).model_fields else None


def titles_of(tables: tuple[str, ...]) -> tuple[str, ...]:
    """Identifiers of the sheets on which tables stand."""
    return tuple(sheet.name for sheet in SHEETS if any(table.name in tables for table in sheet.tables))

