"""The declarations: which forms are complete, up to which day, and which units have not handed in their copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import SHEETS, Sheet
from antq_review.ingest.model import Copy, Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import Where, problem
from antq_review.source import CellRef
from antq_review.text import fold, listed, shaped
from antq_review.text.folding import remembered

#: Titles of all sheets, spelling folded.
SHEET_TITLES = frozenset(fold(sheet.title) for sheet in SHEETS)


@dataclass(frozen=True)
class Declared:
    """The state of one form over all units. `until`: the earliest declared day; None while the form is not complete.

    `cells`: the cells of the declarations. `missing_units`: units that must hand in the form but handed in no copy.
    `undeclared`: copies without a declaration.
    """

    until: date | None
    cells: tuple[CellRef, ...]
    missing_units: tuple[str, ...]
    undeclared: tuple[Copy, ...]


def must_hand_in(evidence: Evidence, sheet: Sheet) -> list[str]:
    """Units that must hand in this sheet, as the profile lists them.

    An unknown title in a unit's list may mean any sheet.
    """
    units = []
    for row in evidence.of(Unit):
        titles = _titles(row)
        if fold(sheet.title) in titles or titles - SHEET_TITLES:
            units.append(row.values.name)
    return units


def unclear_units(evidence: Evidence) -> list[str]:
    """Units whose list of sheets to hand in contains an unknown title."""
    return [row.values.name for row in evidence.of(Unit) if _titles(row) - SHEET_TITLES]


def _titles(row: EvidenceRow[Unit]) -> frozenset[str]:
    return _folded_titles(row.values.must_hand_in or "")


@remembered
def _folded_titles(must_hand_in: str) -> frozenset[str]:
    """The titles of a unit's list. They are asked for once for each form."""
    return frozenset(fold(title) for title in listed(must_hand_in))


def declared(evidence: Evidence, sheet: Sheet) -> Declared:
    """The state of one form. A workbook that could not be read may contain any form, so then no form is complete."""
    copies = [copy for copy in evidence.copies if copy.sheet == sheet.name]
    handed_in = {fold(copy.unit) for copy in copies}
    missing = tuple(unit for unit in must_hand_in(evidence, sheet) if fold(unit) not in handed_in)
    undeclared = tuple(copy for copy in copies if copy.declared_until is None)
    days = [copy.declared_until for copy in copies if copy.declared_until is not None]
    whole = bool(days) and not missing and not undeclared and not evidence.unread_files
    # A refused row of the table of units may be a unit that must hand in this form.
    whole = whole and not evidence.refused("units")
    cells = tuple(copy.cell for copy in copies if copy.cell is not None)
    return Declared(min(days) if whole else None, cells, missing, undeclared)


def declaration_problems(evidence: Evidence, last_day: date | None = None) -> list[Problem]:
    """Problems: copy without a declaration, declaration later than the year's last day, missing unit, missing sheet."""
    found: list[Problem] = []
    for sheet in SHEETS:
        if not sheet.declared:
            continue
        state = declared(evidence, sheet)
        whole: Where = {"file": "", "sheet": sheet.title, "forms": (sheet.name,)}
        for copy in state.undeclared:
            found.append(
                problem("declaration_missing", file=copy.file, sheet=copy.title, declared=sheet.declared, forms=[sheet.name])
            )
        for copy in evidence.copies:
            if copy.sheet == sheet.name and copy.cell and copy.declared_until and last_day and copy.declared_until > last_day:
                found.append(
                    problem("declared_past_year", file=copy.file, sheet=copy.title, cells=[copy.cell.cell],
                            found=copy.cell.shown, day=shaped(last_day, "cell_day"), forms=[sheet.name])
                )
        for unit in state.missing_units:
            found.append(problem("unit_not_handed_in", unit=unit, form=sheet.title, **whole))
        if not any(copy.sheet == sheet.name for copy in evidence.copies) and not state.missing_units:
            found.append(problem("sheet_missing", form=sheet.title, declared=sheet.declared, **whole))
    return found
