"""P8: an evidence register as a Word document, from fields to bytes, against half of it and against python-docx's two loops."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from typing import Any

from figure import Line, pairs, seconds, timed
from school import example

from antq_review.publish.dossier import DocumentFields, fields
from antq_review.publish.dossier.field_rows import RegisterCells
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import load_form
from antq_review.publish.word.layout_fields import with_marks

TITLE = "a register in Word"
_COLUMNS = ("place", "code", "name", "where", "note")


def _document(rows: int) -> DocumentFields:
    """The example school's D9 with a register of `rows` pieces of evidence."""
    document = fields(example(), "D9")
    first = document.lists.evidence_rows
    register = tuple(first[place % len(first)].model_copy(update={"place": str(place + 1)}) for place in range(rows))
    return document.model_copy(update={"lists": document.lists.model_copy(update={"evidence_rows": register})})


def _fill(document: DocumentFields) -> None:
    form = load_form("D9")
    fill(form.content, with_marks(document, draft=True, landscape=True), form.name)


def _one_row() -> tuple[Any, Any]:
    from docx import Document

    document = Document()
    return document, document.add_table(rows=1, cols=len(_COLUMNS))


def _row_clone_loop(rows: Sequence[RegisterCells]) -> None:
    """python-docx alone: a document with one table row, copied for each piece of evidence and its cells written."""
    from docx.table import _Cell

    document, table = _one_row()
    pattern = copy.deepcopy(table.rows[0]._tr)
    table._tbl.remove(table.rows[0]._tr)
    for one in rows:
        line = copy.deepcopy(pattern)
        table._tbl.append(line)
        for cell, name in zip(line.tc_lst, _COLUMNS, strict=True):
            _Cell(cell, table).text = getattr(one, name)
    document.save(io.BytesIO())


def _cell_loop(rows: Sequence[RegisterCells]) -> None:
    """The loop of python-docx's own guide, `table.add_row()` and `table.cell(r, c)`.

    Its time grows with the square of the rows.
    """
    document, table = _one_row()
    for place, one in enumerate(rows):
        if place:
            table.add_row()
        for column, name in enumerate(_COLUMNS):
            table.cell(place, column).text = getattr(one, name)
    document.save(io.BytesIO())


def lines(quick: bool) -> Iterator[Line]:
    few = 100 if quick else 500
    half, whole = _document(few), _document(2 * few)
    yield pairs(lambda: _fill(whole), lambda: _fill(half), quick).line(f"{TITLE}: {2 * few:,} rows", f"{few} rows", 2.2)
    yield pairs(lambda: _fill(half), lambda: _row_clone_loop(half.lists.evidence_rows), quick).line(
        f"{TITLE}: {few} rows", "python-docx, one row copied", 3
    )
    ours, peer = timed(lambda: _fill(half)), timed(lambda: _cell_loop(half.lists.evidence_rows))
    yield Line(f"{TITLE}: {few} rows", seconds(ours), f"{seconds(peer)} python-docx, cell by cell", ours / peer, "<= 1x", ours <= peer)
