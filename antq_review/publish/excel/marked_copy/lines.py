"""The faults of one file as lines and as marks: one line for each cause, one mark for all faults of a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from antq_review.forms.sheets import HEAD_LABELS
from antq_review.ingest.model import Problem, Severity
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.ingest.reader import Grid
from antq_review.ingest.sheet_scan import MAX_COLUMN, MAX_ROW, column_number
from antq_review.publish.excel.marked_copy.proposed import CopyPage
from antq_review.source import column_letters
from antq_review.text import fold, say

#: Most cells of one cause that get a comment; most lines in all, which a spreadsheet opens at once.
CELLS_EACH, LINES = 300, 5_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_WORST_FIRST = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
#: Faults of a whole sheet → label in its head beside which they are corrected.
_MENDED_AT = {"declaration_missing": HEAD_LABELS["declared_until"]}

#: Faults of a cell whose text the copy may show converted.
_CONVERTED = frozenset({"old_encoding", "head_old_encoding"})

Place = tuple[int, int]


@dataclass(frozen=True)
class FaultLine:
    """One line of the list. `cell`: the first faulty cell; empty: the whole sheet. `shown`: all cells as a range.

    `remedy`: how it is mended in this file.
    `place`: (row, column) of the cell in the copy; None if the copy does not have the cell, because it is too far away.
    """

    group: ProblemGroup
    cell: str
    place: Place | None
    shown: str
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
    """One line for each cause, in the order of `problems`."""
    by_title: dict[str, Grid] = {}
    shown = {page.page.grid.title: page for page in reversed(list(pages))}
    for grid in grids:
        by_title.setdefault(grid.title, grid)
    found: list[FaultLine] = []
    for group in problem_groups(problems):
        cell = next((cell for cell in group.cells if place_of(cell)), group.cells[0]) if group.cells else _mended_at(group, by_title)
        found.append(FaultLine(group, cell, place_of(cell), group.range or cell, _remedies(group, cell, shown.get(group.sheet))))
    return found


def _remedies(group: ProblemGroup, first: str, page: CopyPage | None) -> str:
    """The remedies of a cause's cells, each once: some texts the copy shows converted, others it cannot."""
    every = (_remedy(one, place_of(cell), page) for one in group.problems for cell in one.cells or (first,))
    return " ".join(dict.fromkeys(remedy for remedy in every if remedy))


def _remedy(problem: Problem, place: Place | None, page: CopyPage | None) -> str:
    """The problem's remedy; for a text or a page that the copy shows in Unicode, to take it over."""
    if page is None or not (page.whole or place in page.proposed):
        return str(problem.remedy)
    if problem.code == "sheet_old_encoding" and page.whole:
        return say("marked.converted_page")
    return say("marked.converted_cell") if problem.code in _CONVERTED and place in page.proposed else str(problem.remedy)


def _mended_at(group: ProblemGroup, grids: dict[str, Grid]) -> str:
    """The label beside which a fault of the whole sheet is corrected, else an empty reference for the whole sheet."""
    label, grid = _MENDED_AT.get(group.code), grids.get(group.sheet)
    if label is not None and grid is not None:
        for row, cells in sorted(grid.rows.items()):
            for column, (kind, text) in sorted(cells.items()):
                if kind == "s" and fold(text).rstrip(": ") == fold(label):
                    return f"{column_letters(column)}{row}"
    return ""


def marks_of(lines: list[FaultLine], pages: Collection[CopyPage] = ()) -> dict[str, dict[Place, Mark]]:
    """Sheet → cell → its mark. Every faulty cell has a mark; the first cells of a cause on a line have a comment.

    So has every other cell that the copy shows converted.
    """
    marks: dict[str, dict[Place, Mark]] = {}
    shown = {page.page.grid.title: page for page in reversed(list(pages))}
    for number, line in enumerate(lines, start=1):
        group, told = line.group, 0
        for problem in group.problems:
            for cell in problem.cells or (line.cell,):
                if (place := place_of(cell)) is None:
                    continue
                mark = _mark(marks, group, place)
                if number <= LINES and told < CELLS_EACH:
                    mark.notes.append(_note(number, group, problem, _remedy(problem, place, shown.get(group.sheet)), first=not told))
                    told += 1
    for page in pages:
        own = marks.setdefault(page.page.grid.title, {})
        for place in list(page.proposed)[:LINES]:
            own.setdefault(place, Mark(Severity.NOTE, [say("marked.converted_cell")]))
    return {title: own for title, own in marks.items() if own}


def _mark(marks: dict[str, dict[Place, Mark]], group: ProblemGroup, place: Place) -> Mark:
    mark = marks.setdefault(group.sheet, {}).setdefault(place, Mark(group.severity))
    mark.severity = min(mark.severity, group.severity, key=_WORST_FIRST.index)
    return mark


def _note(number: int, group: ProblemGroup, problem: Problem, remedy: str, first: bool) -> str:
    """The comment of one cell. What the whole group expects is told at its first cell."""
    parts = [say("marked.comment", number=number, says=problem.says)]
    if group.expected and first:
        parts.append(say("marked.comment_expected", expected=group.expected))
    if remedy:
        parts.append(say("marked.comment_remedy", remedy=remedy))
    return "\n".join(parts)
