"""Return slips that a clerk dropped among the forms: recognised by their marker alone, checked against school and year.

What a slip says is shown at its criteria only where it is this school's, of this year and unchanged; otherwise it is one problem.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from antq_review.forms.return_slip import HEAD, REASONS, RECEIPT, RETURN_SLIP, seal_of
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, ReturnSlip
from antq_review.ingest.problems import problem
from antq_review.ingest.reader import Grid
from antq_review.ingest.recognise import recognise
from antq_review.ingest.table_rows import read_table
from antq_review.ingest.vertical_table import read_downwards
from antq_review.text import fold

_MARK, _RECEIPT_MARK = f"antq/{RETURN_SLIP.name}/", f"antq/{RECEIPT.name}/"
#: The marker stands in the first rows, as `recognise` looks for it.
_TOP_ROWS = 15


def has_mark(grid: Grid, mark: str) -> bool:
    """Does a page carry this marker?"""
    top = [grid.rows[row] for row in sorted(grid.rows)[:_TOP_ROWS]]
    return any(kind == "s" and fold(text).startswith(mark) for cells in top for kind, text in cells.values())


def read_slip(grid: Grid, file: str) -> tuple[ReturnSlip | None, list[Problem]]:
    """The slip of a page, or None with what is wrong. Its problems concern every form: a return waits for an answer."""
    page = recognise(grid, (RETURN_SLIP,))
    if page.refused:
        return None, [problem(page.refused, file=file, sheet=grid.title)]
    tables = {one.table.name: (read_downwards if one.table.downwards else read_table)(page, one, file) for one in page.tables}
    problems = [one.model_copy(update={"forms": ()}) for table in tables.values() for one in table.problems]
    # `RETURN_SLIP` says which rows its two tables hold.
    heads = cast(list[EvidenceRow[SlipHead]], tables[HEAD].rows if HEAD in tables else [])
    reasons = cast(list[EvidenceRow[SlipReason]], tables[REASONS].rows if REASONS in tables else [])
    if any(table.refused for table in tables.values()):
        return None, problems
    if len(heads) != 1 or heads[0].values.seal != seal_of(heads[0].values, [one.values for one in reasons]):
        return None, [*problems, problem("slip_changed", file=file, sheet=grid.title)]
    return ReturnSlip(heads[0], tuple(reasons)), problems


class SlipReader:
    """Takes the slips out of the workbooks of a folder, and hands those of its school and year to the evidence."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._slips: list[ReturnSlip] = []

    def take(self, grids: Iterable[Grid], file: str) -> list[Grid]:
        """Read the slips among the pages of a workbook; the other pages."""
        others = []
        for grid in grids:
            if has_mark(grid, _RECEIPT_MARK):  # kept among the forms; it says nothing that concerns them
                continue
            if not has_mark(grid, _MARK):
                others.append(grid)
                continue
            slip, problems = read_slip(grid, file)
            self._slips += [slip] if slip is not None else []
            self._evidence.problems += problems
        return others

    def settle(self) -> None:
        """Keep the slips of the school and year, by number of sending; each other one is a problem and is not shown."""
        profile = self._evidence.profile
        for slip in sorted(self._slips, key=lambda slip: (slip.head.values.number, slip.head.file)):
            head = slip.head.values
            if profile is None or (fold(head.code), head.year) != (fold(profile.school_code or ""), profile.year):
                found = problem("slip_of_another", file=slip.head.file, sheet=slip.head.sheet, found=head.code, year=head.year)
                self._evidence.problems.append(found)
            else:
                self._evidence.slips.append(slip)
