"""The faults of one file as lines and as marks: one line for each faulty cell, one mark for all faults of a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from antq_review.forms.sheets import HEAD_LABELS
from antq_review.ingest.model import Problem, Severity
from antq_review.ingest.reader import Grid
from antq_review.ingest.sheet_scan import MAX_COLUMN, MAX_ROW, column_number
from antq_review.publish.excel.marked_copy.proposed import CopyPage
from antq_review.source import CellRef, column_letters, grouped
from antq_review.text import fold, say

#: Most lines for one fault, which a clerk can work through; most lines in all, which a spreadsheet opens at once.
CELLS_EACH, LINES = 300, 5_000
#: Printed in place of a cell on a line for several cells.
REST = "…"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_WORST_FIRST = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
#: Faults of a whole sheet → label in its head beside which they are corrected.
_MENDED_AT = {"declaration_missing": HEAD_LABELS["declared_until"]}

#: Faults of a cell whose text the copy may show converted.
_CONVERTED = frozenset({"old_encoding", "head_old_encoding"})

Place = tuple[int, int]


@dataclass(frozen=True)
class FaultLine:
    """One line of the list. `cell` empty: the whole sheet; `says`: the fault as a sentence.

    `remedy`: how it is mended in this file.
    `place`: (row, column) of the cell in the copy; None if the copy does not have the cell, because it is too far away.
    """

    problem: Problem
    cell: str
    place: Place | None
    says: str
    remedy: str


@dataclass
class Mark:
    """The faults of one cell: the worst severity, and the paragraphs of its comment."""

    severity: Severity
    notes: list[str] = field(default_factory=list)


def place_of(cell: str) -> Place | None:
    """(row, column) of a reference; None if it is outside the area that is read."""
    found = _REFERENCE.match(cell)
    if found is None:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def lines_of(problems: Iterable[Problem], grids: Iterable[Grid], pages: Collection[CopyPage] = ()) -> list[FaultLine]:
    """One line for each faulty cell, in the order of `problems`.

    The cells beyond CELLS_EACH of a fault share a line.
    """
    by_title: dict[str, Grid] = {}
    shown = {page.page.grid.title: page for page in reversed(list(pages))}
    for grid in grids:
        by_title.setdefault(grid.title, grid)
    found: list[FaultLine] = []
    for problem in problems:
        cells = problem.cells or _mended_at(problem, by_title)
        page = shown.get(problem.sheet)
        for cell in cells[:CELLS_EACH]:
            place = place_of(cell)
            found.append(FaultLine(problem, cell, place, str(problem.says), _remedy(problem, place, page)))
        if rest := cells[CELLS_EACH:]:
            names = "; ".join(grouped(CellRef(file="", sheet="", cell=cell) for cell in rest))
            more = say("marked.more", count=len(rest), cells=names)
            found.append(FaultLine(problem, REST, None, more, str(problem.remedy)))
    return found


def _remedy(problem: Problem, place: Place | None, page: CopyPage | None) -> str:
    """The problem's remedy; for a text or a page that the copy shows in Unicode, to take it over."""
    if page is None or not (page.whole or place in page.proposed):
        return str(problem.remedy)
    if problem.code == "sheet_old_encoding" and page.whole:
        return say("marked.converted_page")
    return say("marked.converted_cell") if problem.code in _CONVERTED and place in page.proposed else str(problem.remedy)


def _mended_at(problem: Problem, grids: dict[str, Grid]) -> tuple[str, ...]:
    """The label beside which a fault of the whole sheet is corrected, else an empty reference for the whole sheet."""
    label, grid = _MENDED_AT.get(problem.code), grids.get(problem.sheet)
    if label is not None and grid is not None:
        for row, cells in sorted(grid.rows.items()):
            for column, (kind, text) in sorted(cells.items()):
                if kind == "s" and fold(text).rstrip(": ") == fold(label):
                    return (f"{column_letters(column)}{row}",)
    return ("",)


def marks_of(lines: list[FaultLine], pages: Iterable[CopyPage] = ()) -> dict[str, dict[Place, Mark]]:
    """Sheet → cell → its mark. Every faulty cell has a mark; only cells with their own line have a comment.

    So has every other cell that the copy shows converted.
    """
    marks: dict[str, dict[Place, Mark]] = {}
    for number, line in enumerate(lines, start=1):
        if line.place is not None:
            mark = _mark(marks, line.problem, line.place)
            if number <= LINES:
                mark.notes.append(_note(number, line))
    for problem in {id(line.problem): line.problem for line in lines}.values():
        for cell in problem.cells[CELLS_EACH:]:
            if (place := place_of(cell)) is not None:
                _mark(marks, problem, place)
    for page in pages:
        own = marks.setdefault(page.page.grid.title, {})
        for place in list(page.proposed)[:LINES]:
            own.setdefault(place, Mark(Severity.NOTE, [say("marked.converted_cell")]))
    return {title: own for title, own in marks.items() if own}


def _mark(marks: dict[str, dict[Place, Mark]], problem: Problem, place: Place) -> Mark:
    mark = marks.setdefault(problem.sheet, {}).setdefault(place, Mark(problem.severity))
    mark.severity = min(mark.severity, problem.severity, key=_WORST_FIRST.index)
    return mark


def _note(number: int, line: FaultLine) -> str:
    problem = line.problem
    parts = [say("marked.comment", number=number, says=problem.says)]
    if problem.expected:
        parts.append(say("marked.comment_expected", expected=problem.expected))
    if line.remedy:
        parts.append(say("marked.comment_remedy", remedy=line.remedy))
    return "\n".join(parts)
