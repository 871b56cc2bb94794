"""Problems of single rows, and how a message names a row."""

from __future__ import annotations

from functools import cache

from antq_review.forms.columns import Row
from antq_review.forms.sheets import PRIVATE_TABLES, SHEETS
from antq_review.ingest.cell_values import NOT_SHOWN
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.text import Message, tell
from antq_review.text.message import Param


@cache
def _forms(table: str) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in SHEETS for entry in sheet.tables if entry.name == table)


def row_problem(code: str, row: EvidenceRow[Row], field: str, **places: Param) -> Problem:
    """A problem in one field of one row; in the row's first cell where its sheet has no column for the field.

    The content of private cells is not repeated in the message.
    """
    columns = {column.name: column for column in type(row.values).columns(row.pupils)}
    cell = row.cell(field) if field in row.columns else row.cell(next(iter(row.columns)))
    column = columns.get(field)
    found = "" if column is None else cell.shown
    if row.table in PRIVATE_TABLES or (column is not None and column.private):
        found = NOT_SHOWN
        places |= {name: found for name in ("named", "name", "near") if name in places}
        if "near" in places:
            places["how"] = tell("ingest.evidence_file.plain")
    return problem(
        code, file=row.file, sheet=row.sheet, cells=[cell.cell], column=column.heading if column else "",
        found=found, forms=_forms(row.table), **places,
    )


def row_place(row: EvidenceRow[Row]) -> Message:
    """The file, sheet and number of a row, for a message."""
    return tell("ingest.row_place", file=row.file, sheet=row.sheet, row=row.number)
