"""Which forms are declared complete, until which day, and who has not handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_review.forms.sheets import SHEETS, Sheet
from antq_review.ingest.model import Copy, Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.source import CellRef
from antq_review.text import fold, listed

#: Titles of all sheets, as they are compared.
SHEET_TITLES = frozenset(fold(sheet.title) for sheet in SHEETS)


@dataclass(frozen=True)
class Declared:
    """State of one form over all units. `until`: the earliest declared day, None while a copy or a unit is missing.

    `cells`: the declarations it rests on; `missing_units`: units that the profile asks for and that handed in no copy;
    `undeclared`: copies without a declaration.
    """

    until: date | None
    cells: tuple[CellRef, ...]
    missing_units: tuple[str, ...]
    undeclared: tuple[Copy, ...]


def must_hand_in(evidence: Evidence, sheet: Sheet) -> list[str]:
    """Units that the profile asks to hand in this sheet. Where one of a unit's titles is not known, any sheet may be meant."""
    asked = []
    for row in evidence.rows("units"):
        titles = _titles(row)
        if fold(sheet.title) in titles or titles - SHEET_TITLES:
            asked.append(str(row.get("name")))
    return asked


def unclear_units(evidence: Evidence) -> list[str]:
    """Units of which nobody knows what they must hand in: one of their titles is that of no sheet."""
    return [str(row.get("name")) for row in evidence.rows("units") if _titles(row) - SHEET_TITLES]


def _titles(row: EvidenceRow) -> set[str]:
    return {fold(title) for title in listed(row.get("must_hand_in"))}


def declared(evidence: Evidence, sheet: Sheet) -> Declared:
    """The state of one form. A workbook that could not be read may hold any form, so it leaves every form undeclared."""
    copies = [copy for copy in evidence.copies if copy.sheet == sheet.name]
    handed_in = {fold(copy.unit) for copy in copies}
    missing = tuple(unit for unit in must_hand_in(evidence, sheet) if fold(unit) not in handed_in)
    undeclared = tuple(copy for copy in copies if copy.declared_until is None)
    days = [copy.declared_until for copy in copies if copy.declared_until is not None]
    whole = bool(days) and not missing and not undeclared and not evidence.unread_files
    # A refused unit may be one that must hand in.
    whole = whole and not evidence.refused("units")
    cells = tuple(copy.cell for copy in copies if copy.cell is not None)
    return Declared(min(days) if whole else None, cells, missing, undeclared)


def declaration_problems(evidence: Evidence, last_day: date | None = None) -> list[Problem]:
    """A word about every form that is not declared, by copy or by unit, or declared past the year's last day."""
    found: list[Problem] = []
    for sheet in SHEETS:
        if not sheet.declared:
            continue
        state = declared(evidence, sheet)
        whole: dict[str, Any] = {"file": "", "sheet": sheet.title, "forms": [sheet.name]}
        for copy in state.undeclared:
            found.append(
                problem("declaration_missing", file=copy.file, sheet=copy.title, declared=sheet.declared, forms=[sheet.name])
            )
        for copy in evidence.copies:
            if copy.sheet == sheet.name and copy.cell and copy.declared_until and last_day and copy.declared_until > last_day:
                found.append(
                    problem("declared_past_year", file=copy.file, sheet=copy.title, cells=[copy.cell.cell],
                            found=copy.cell.shown, day=f"{last_day:%d/%m/%Y}", forms=[sheet.name])
                )
        for unit in state.missing_units:
            found.append(problem("unit_not_handed_in", unit=unit, form=sheet.title, **whole))
        if not any(copy.sheet == sheet.name for copy in evidence.copies) and not state.missing_units:
            found.append(problem("sheet_missing", form=sheet.title, declared=sheet.declared, **whole))
    return found
