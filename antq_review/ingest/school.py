"""The school of the folder: its profile, and the pages that agree with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeGuard

from antq_review.forms.columns import Row
from antq_review.forms.rows.school import Profile
from antq_review.forms.sheets import HEAD_LABELS, Sheet
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import Where, how_to_name, problem
from antq_review.ingest.table_rows import TableRead
from antq_review.source import CellRef
from antq_review.text import fold, listing, near_name


@dataclass
class FormPage:
    """One form page that was read but is not admitted yet: its head must agree with the school's profile.

    `head_cells`: head field → its cell. `unsure`: head fields that are filled in but could not be read → their text.
    """

    sheet: Sheet
    file: str
    title: str
    school_code: str | None = None
    year: int | None = None
    unit: str = ""
    declared_until: date | None = None
    declared_cell: CellRef | None = None
    head_cells: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    tables: list[TableRead] = field(default_factory=list)


def _is_profile(row: EvidenceRow[Row]) -> TypeGuard[EvidenceRow[Profile]]:
    return isinstance(row.values, Profile)


def _profiles(pages: Iterable[FormPage]) -> list[EvidenceRow[Profile]]:
    return [row for page in pages for table in page.tables for row in table.rows if _is_profile(row)]


def school_codes(pages: Iterable[FormPage]) -> set[str]:
    """The different school codes of the profiles in the folder. Two codes mean two schools."""
    codes = [str(row.values.school_code) for row in _profiles(pages) if row.values.school_code]
    return set({fold(code): code for code in reversed(codes)}.values())


def settle_profile(evidence: Evidence, pages: Iterable[FormPage]) -> None:
    """Set the profile of the school. A fact that two profiles give differently becomes blank.

    Only a profile with a school code and a year is used. Where two profiles give different years, there is no profile.
    """
    whole = [row for row in _profiles(pages) if row.values.school_code and row.values.year]
    if not whole:
        return
    first = whole[0]
    differing: set[str] = set()
    for other in whole[1:]:
        names = [name for name in other.shown if name in first.shown and fold(first.shown[name]) != fold(other.shown[name])]
        evidence.problems += [_differs(first, other, name) for name in names]
        differing.update(names)
    evidence.profile_row = first
    if "year" not in differing:
        evidence.profile = first.values.model_copy(update=dict.fromkeys(differing))


def _differs(first: EvidenceRow[Profile], other: EvidenceRow[Profile], name: str) -> Problem:
    column = next(column for column in type(other.values).columns() if column.name == name)
    cell = other.cell(name)
    return problem(
        "profile_differs", file=other.file, sheet=other.sheet, cells=[cell.cell], column=column.heading, found=cell.shown,
        first=first.shown[name], other=listing((first.file, first.sheet, first.cell(name).cell), " › "),
    )


def objections(page: FormPage, profile: Profile | None) -> list[Problem]:
    """The reasons not to admit the page: unreadable head, other school, other year.

    Empty: it is admitted.
    """
    where: Where = {"file": page.file, "sheet": page.title, "forms": (page.sheet.name,)}
    found: list[Problem] = []
    for name in ("school_code", "year"):
        own, folder = getattr(page, name), getattr(profile, name, None)
        if name in page.unsure:
            cells, label = [page.head_cells[name]], HEAD_LABELS[name]
            found.append(problem("head_unsure", cells=cells, column=label, found=page.unsure[name], **where))
        elif own is not None and folder is not None and fold(str(own)) != fold(str(folder)):
            code = "other_school" if name == "school_code" else "other_year"
            found.append(problem(code, cells=[page.head_cells[name]], found=str(own), folder=folder, **where))
    return found


def unknown_units(pages: Iterable[FormPage], known: Iterable[str]) -> list[Problem]:
    """One problem for each declared sheet whose unit is not in the profile; none where the profile contains no unit."""
    names = list(dict.fromkeys(known))
    folded = {fold(name) for name in names}
    return [
        problem(
            "unit_of_head_unknown", file=page.file, sheet=page.title, cells=[page.head_cells["unit"]], column=HEAD_LABELS["unit"],
            found=page.unit, known=listing(names, "; "), forms=(page.sheet.name,),
            how=how_to_name("head", near_name(page.unit, names)),
        )
        for page in pages if names and page.sheet.declared and page.unit and fold(page.unit) not in folded
    ]
