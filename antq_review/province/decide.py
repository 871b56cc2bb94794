"""The officer's decision about a package, written as one more line into `1_quyet_dinh.xlsx`; the workbook before it lies in `da_thay`.

What a person can type into that workbook and what a screen writes is the same line, so the workbook stays the one truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.forms.choices.officer import DecisionKind, ReturnedText
from antq_review.forms.columns import Row
from antq_review.forms.officer_sheets import DECISIONS, OFFICER_SHEETS
from antq_review.ingest.model import EvidenceRow
from antq_review.ingest.reader import read_books
from antq_review.ingest.recognise import Located, RecognisedSheet, recognise
from antq_review.ingest.table_rows import read_table
from antq_review.package.model import Summary
from antq_review.places.manifest import sha256_of
from antq_review.province.arrival import Arrival
from antq_review.province.returns import LEAST_LETTERS, items_of, tells
from antq_review.publish.excel.fill_in import CellValue, Written
from antq_review.publish.output.form_job import refuse_open, write_cells
from antq_review.text import tell
from antq_review.text.personal import names_somebody


@dataclass(frozen=True)
class ReasonToReturn:
    """One reason of a return: what it is about, what is wrong, what to do by when."""

    text: ReturnedText
    item: str
    reason: str
    to_do: str = ""
    due_on: date | None = None


def check_return(summary: Summary, reasons: Sequence[ReasonToReturn]) -> None:
    """Raises UsageError where a return tells the school nothing: no reason, a word only, a criterion that the package has not.

    A reason goes to the school and stays in the workbook, so it names nobody.
    """
    if not reasons or not all(tells(one.reason) for one in reasons):
        raise UsageError(tell("province.decision.say_why", least=LEAST_LETTERS))
    for one in reasons:
        if names_somebody(one.reason) or names_somebody(one.to_do):
            raise UsageError(tell("province.decision.names_somebody"))
        if one.item not in items_of(summary, one.text):
            said = {"item": one.item or "–", "text": one.text.label, "code": summary.school.code}
            raise UsageError(tell("province.decision.no_item", **said))


def decide(
    folder: Path, packages: Sequence[tuple[str, Arrival]], kind: DecisionKind, on: date, post: str = "",
    reasons: Sequence[ReasonToReturn] = (),
) -> Path:
    """Write one decision about packages (code of the school, package), each a line of its own; of a return with its reasons.

    Returns where the workbook lies that stood before. Raises UsageError as `check_return` does for any of the packages, and where
    `post` names its holder; FileBusy where the workbook is open; CannotDo where it cannot be written. Then nothing is written.
    """
    if names_somebody(post):
        raise UsageError(tell("province.decision.post_names"))
    lines: list[tuple[str, Mapping[str, Written]]] = []
    for code, arrival in packages:
        shown = arrival.shown
        lines.append(("decisions", {"code": code, "package": shown, "decision": kind.label, "decided_on": on, "post": post or None}))
        if kind is not DecisionKind.RETURN:
            continue
        check_return(arrival.package.summary, reasons)
        lines += [("return_reasons", {"package": shown, **_in_words(one)}) for one in reasons]
    return _written(folder / f"{DECISIONS}.xlsx", lines)


def _in_words(one: ReasonToReturn) -> dict[str, Written]:
    return {
        "text": one.text.label, "item": one.item or None, "reason": one.reason, "to_do": one.to_do or None, "due_on": one.due_on,
    }


def choose_package(folder: Path, code: str, arrival: Arrival) -> Path:
    """Write which of several packages of a school counts. Raises as `decide` does."""
    return _written(folder / f"{DECISIONS}.xlsx", [("chosen_packages", {"code": code, "package": arrival.shown})])


def _written(path: Path, lines: Sequence[tuple[str, Mapping[str, Written]]]) -> Path:
    refuse_open(path)
    sha256 = sha256_of(path)
    before = _tables(path)
    cells: list[CellValue] = []
    added: dict[str, int] = {}
    for table, values in lines:
        if table not in before:
            raise CannotDo(tell("page.fill.strange", name=path.name))
        page, located, _ = before[table]
        line = _end(page, located) + added.setdefault(table, 0)
        added[table] += 1
        cells += [CellValue(page.grid.title, line, located.columns[name], value) for name, value in values.items() if value is not None]

    def accepted(made: Path) -> bool:
        after = _tables(made)
        return all(len(after[table][2]) == len(before[table][2]) + count for table, count in added.items())

    return write_cells(path, sha256, cells, accepted)


def _tables(path: Path) -> dict[str, tuple[RecognisedSheet, Located, list[EvidenceRow[Row]]]]:
    """Each table of the workbook: its page, its place, its rows without fault."""
    found = {}
    for book in read_books([path]):
        if book.fault is not None:
            raise CannotDo(tell("page.fill.strange", name=path.name))
        for grid in book.sheets:
            page = recognise(grid, OFFICER_SHEETS)
            for located in page.tables:
                found[located.table.name] = (page, located, read_table(page, located, path.name).rows)
    return found


def _end(page: RecognisedSheet, located: Located) -> int:
    """The line after the last one that holds anything: of two decisions the lower one counts."""
    columns = set(located.columns.values())
    filled = [line for line, cells in page.grid.rows.items() if line > located.heading_row + 1 and columns & cells.keys()]
    return max(filled, default=located.heading_row + 1) + 1
