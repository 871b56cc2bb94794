"""What reading yields: rows with their cells, the state of each sheet, and every problem met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from antq_review.forms.columns import Row
from antq_review.forms.rows.school import Profile
from antq_review.source import CellRef, Frozen, column_letters, grouped


class Severity(StrEnum):
    """error: not counted until mended · warning: counted, look again · note: for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(Frozen):
    """One fault: where, what was found, what is expected, what to do, what was not done because of it.

    `sheet` is empty and `cells` too where the whole file is meant; `forms` are the sheets whose judgement it touches (empty:
    any). The same fault in many rows is one problem with many cells.
    """

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    cells: tuple[str, ...] = ()
    column: str = ""
    found: str = ""
    says: str
    expected: str = ""
    remedy: str = ""
    consequence: str = ""
    forms: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """`file › sheet › K14:K16, «column»`."""
        refs = [CellRef(file=self.file, sheet=self.sheet, cell=cell) for cell in self.cells]
        lines = grouped(refs) if refs else [" › ".join(part for part in (self.file, self.sheet) if part)]
        return "; ".join(lines) + (f", «{self.column}»" if self.column else "")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One read line: its typed values and where each stands. `id` is the row's own code or one made from its place."""

    id: str
    table: str
    values: Row
    file: str
    sheet: str
    number: int
    columns: dict[str, int]
    shown: dict[str, str]

    def get(self, name: str) -> Any:
        """The typed value of a field; None for a blank cell."""
        return getattr(self.values, name)

    def cell(self, name: str) -> CellRef:
        """The cell in which a field stands, with the text shown there."""
        letter = column_letters(self.columns[name]) if name in self.columns else ""
        return CellRef(file=self.file, sheet=self.sheet, cell=f"{letter}{self.number}", shown=self.shown.get(name, ""))

    def cells(self, names: Iterable[str]) -> tuple[CellRef, ...]:
        """The filled cells among the given fields, in that order."""
        return tuple(self.cell(name) for name in names if name in self.shown)


@dataclass(frozen=True, slots=True)
class Copy:
    """One unit's copy of one sheet: who handed it in, and until which day it is declared complete (None: not declared)."""

    sheet: str
    file: str
    title: str
    unit: str
    declared_until: date | None
    cell: CellRef | None


@dataclass
class TableData:
    """The rows of one table over all copies, and how many were refused (each might have matched)."""

    rows: list[EvidenceRow] = field(default_factory=list)
    refused: list[CellRef] = field(default_factory=list)


@dataclass
class FileRecord:
    """One file of the folder: its name, its hash, what it was taken for."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...] = ()


@dataclass
class Evidence:
    """Everything one school can show for one year, and every problem met.

    `unread_files`: workbooks that could not be read – nobody knows which sheet they hold, so they open every form.
    `missing_files`: (file, sheet, row) of rows whose evidence file is not there.
    """

    profile: Profile | None = None
    profile_row: EvidenceRow | None = None
    tables: dict[str, TableData] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread_files: list[str] = field(default_factory=list)
    missing_files: set[tuple[str, str, int]] = field(default_factory=set)

    @property
    def year(self) -> int | None:
        """The year under review, from the profile."""
        return self.profile.year if self.profile else None

    def rows(self, table: str) -> list[EvidenceRow]:
        """Rows of a table, in the order of file, sheet, line."""
        return self.tables[table].rows if table in self.tables else []

    def refused(self, table: str) -> list[CellRef]:
        """First cells of the refused rows of a table."""
        return self.tables[table].refused if table in self.tables else []
