"""Making problems: their texts come from text/ingest.toml; the same fault in many rows becomes one problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from antq_review.ingest.model import Problem, Severity
from antq_review.source import CellRef
from antq_review.text import SILENT, Message, tell, words
from antq_review.text.message import Param
from antq_review.text.personal import masked

#: A message quotes at most this many characters of a cell.
_QUOTED = 120


class Where(TypedDict):
    """File, sheet and affected forms: the arguments that all problems of one page share (`problem(code, **where)`)."""

    file: str
    sheet: str
    forms: tuple[str, ...]


def problem(
    code: str, *, file: str, sheet: str = "", cells: Iterable[str] = (), column: str = "", found: str = "",
    forms: Iterable[str] = (), **places: Param,
) -> Problem:
    """The problem `code` of text/ingest.toml. `places`: values for the named places in its sentences."""
    entry = words("ingest")["problems"][code]
    found = masked(found)
    found = found if len(found) <= _QUOTED else found[: _QUOTED - 1] + "…"
    params = {"file": file, "sheet": sheet, "column": column, "found": found, **places}
    told = {
        part: tell(f"ingest.problems.{code}.{part}", **params) if entry.get(part) else SILENT
        for part in ("says", "expected", "remedy", "consequence")
    }
    return Problem(
        code=code, severity=Severity(entry["severity"]), file=file, sheet=sheet, cells=tuple(cells), column=column,
        found=found, forms=tuple(forms), **told,
    )


def how_to_name(what: str, near: str | None) -> Message:
    """What to do about the name of a `what` that nobody knows: `near` is asked, where one known name resembles it."""
    return tell(f"ingest.name.{what}_near", near=near) if near is not None else tell(f"ingest.name.{what}")


def merged(problems: Iterable[Problem]) -> list[Problem]:
    """Problems that differ only in their cells become one problem with all these cells.

    Order: severity, file, sheet, cell.
    """
    cells: dict[Problem, dict[str, None]] = {}
    for entry in problems:
        key = entry.model_copy(update={"cells": ()})
        cells.setdefault(key, {}).update(dict.fromkeys(entry.cells))
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    whole = [key.model_copy(update={"cells": tuple(sorted(found, key=by_row))}) for key, found in cells.items()]
    return sorted(
        whole,
        key=lambda entry: (
            order.index(entry.severity), entry.file, entry.sheet, by_row(entry.cells[0]) if entry.cells else (0, ""),
            entry.code, str(entry.says),  # as the users read it: the parameters of two messages may have no order
        ),
    )


def by_row(cell: str) -> tuple[int, str]:
    """The order of cells: row by row, in a row from the left."""
    ref = CellRef(file="", sheet="", cell=cell)
    return ref.row, ref.column.rjust(3)
