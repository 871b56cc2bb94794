"""One click for a word that is nearly an entry of its list: all alike at once, into the forms; the originals lie in `da_thay`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import nfc
from antq_review.ingest import read_one
from antq_review.ingest.folder import workbooks
from antq_review.ingest.model import Evidence, Problem
from antq_review.ingest.reread import read_again
from antq_review.ingest.sheet_scan import column_number
from antq_review.publish.excel.fill_in import CellValue
from antq_review.publish.output.form_job import refuse_open, write_cells
from antq_review.source import CellRef
from antq_review.text import Message, fold, tell

#: Problems whose whole cell may be meant for one known entry → the remedy that asks for it.
_NEAR = {
    "not_in_list": "ingest.list.near", "unit_unknown": "ingest.name.unit_near", "unit_of_head_unknown": "ingest.name.head_near",
}


@dataclass(frozen=True)
class Spelling:
    """A word as it stands, the entry of the list or the unit that it resembles, and all its places."""

    key: str
    found: str
    near: str
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """In how many cells it stands."""
        return sum(len(problem.cells) for problem in self.problems)

    @property
    def files(self) -> tuple[str, ...]:
        """The workbooks in which it stands."""
        return tuple(dict.fromkeys(problem.file for problem in self.problems))


def near_spellings(evidence: Evidence) -> list[Spelling]:
    """The words that one click can put right: whole cells that are like one entry of their list, or like one unit of the school."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in evidence.problems:
        how = problem.remedy.get("how")
        if isinstance(how, Message) and how.key == _NEAR.get(problem.code) and problem.found and problem.cells:
            groups.setdefault((problem.found, str(how.get("near"))), []).append(problem)
    return [
        Spelling(hashlib.sha256(f"{found}\n{near}".encode()).hexdigest()[:16], found, near, tuple(problems))
        for (found, near), problems in groups.items()
    ]


def accept(folder: Path, evidence: Evidence, spelling: Spelling) -> list[Path]:
    """Write the entry into every cell. Returns where the originals lie.

    Raises FileBusy, before anything is written, where a form is open; CannotDo where a cell holds something else now.
    """
    paths = {nfc(path.name): path for path in workbooks(folder)[0] if nfc(path.name) in spelling.files}
    hashes = {record.name: record.sha256 for record in evidence.files}
    for path in paths.values():
        refuse_open(path)
    wanted = {name: list(_cells(folder, evidence, name, spelling)) for name in spelling.files}
    return [write_cells(paths[name], hashes[name], cells, _taken(cells)) for name, cells in wanted.items()]


def _cells(folder: Path, evidence: Evidence, name: str, spelling: Spelling) -> Iterator[CellValue]:
    grids = {grid.title: grid for _, book in read_again(folder, evidence.files, {name}) for grid in book.sheets}
    for problem in spelling.problems:
        for cell in problem.cells if problem.file == name else ():
            ref = CellRef(file=name, sheet=problem.sheet, cell=cell)
            row, column = ref.row, column_number(ref.column)
            grid = grids.get(problem.sheet)
            kind, text = grid.rows.get(row, {}).get(column, ("", "")) if grid else ("", "")
            if kind != "s" or fold(text) != fold(spelling.found):
                raise CannotDo(tell("page.accept.other", name=name, sheet=problem.sheet, cell=cell))
            yield CellValue(problem.sheet, row, column, spelling.near)


def _taken(cells: list[CellValue]) -> Callable[[Path], bool]:
    """Does reading the new file take these cells?"""

    def accepted(made: Path) -> bool:
        faulty = {(one.sheet, cell) for one in read_one(made).problems if one.code in _NEAR for cell in one.cells}
        return not any((cell.sheet, cell.address) in faulty for cell in cells)

    return accepted
