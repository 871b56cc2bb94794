"""P8: how long an evidence register takes to become a Word document, beside the plain python-docx loop over cells.

`fill_seconds(rows)`: the shipped form D9 filled by docxtpl, from fields to bytes. `row_clone_seconds(rows)`: the same table with
python-docx alone, one row copied for each piece of evidence; `cell_loop_seconds(rows)`: its `table.cell(r, c)` loop. Each returns
the best of `repeats` runs.
"""

from __future__ import annotations

import copy
import io
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from antq_review.publish.dossier import fields
from antq_review.publish.word.fill import fill
from antq_review.publish.word.forms import load_form
from antq_review.publish.word.marks import with_marks
from antq_review.scoring.folder import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder

_COLUMNS = ("place", "code", "name", "where", "note")


def example_values(rows: int) -> dict[str, Any]:
    """The fields of the example school's D9 with a register of `rows` pieces of evidence."""
    review = review_evidence(read_folder(example_folder()), date.fromisoformat(EXAMPLE_DAY))
    values = fields(review, "D9")
    first = values["evidence_rows"]
    values["evidence_rows"] = [first[place % len(first)] | {"place": str(place + 1)} for place in range(rows)]
    return values


def fill_seconds(rows: int, values: dict[str, Any], repeats: int = 3) -> float:
    """Seconds to pour `rows` of the values' register into the shipped form."""
    form = load_form("D9")
    cut = values | {"evidence_rows": values["evidence_rows"][:rows]}
    return _best(lambda: fill(form.content, with_marks(cut, draft=True, landscape=True), form.name), repeats)


def row_clone_seconds(rows: int, values: dict[str, Any], repeats: int = 3) -> float:
    """Seconds of the row-clone loop: a document with one table row, copied for each piece of evidence and its cells written."""
    from docx.table import _Cell

    def work() -> None:
        document, table = _one_row()
        pattern = copy.deepcopy(table.rows[0]._tr)
        table._tbl.remove(table.rows[0]._tr)
        for one in values["evidence_rows"][:rows]:
            line = copy.deepcopy(pattern)
            table._tbl.append(line)
            for cell, name in zip(line.tc_lst, _COLUMNS, strict=True):
                _Cell(cell, table).text = one[name]
        document.save(io.BytesIO())

    return _best(work, repeats)


def cell_loop_seconds(rows: int, values: dict[str, Any], repeats: int = 1) -> float:
    """Seconds of the loop that python-docx's own pages show, `table.add_row()` and `table.cell(r, c)`: it grows with the square."""

    def work() -> None:
        document, table = _one_row()
        for place, one in enumerate(values["evidence_rows"][:rows]):
            if place:
                table.add_row()
            for column, name in enumerate(_COLUMNS):
                table.cell(place, column).text = one[name]
        document.save(io.BytesIO())

    return _best(work, repeats)


def _one_row() -> tuple[Any, Any]:
    from docx import Document

    document = Document()
    return document, document.add_table(rows=1, cols=len(_COLUMNS))


def _best(work: Callable[[], object], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
