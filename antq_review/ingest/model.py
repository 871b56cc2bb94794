"""The result of reading: rows with their cells, the declaration of each sheet, and every problem found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from antq_review.forms.choices import pupils_of
from antq_review.forms.columns import Row
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.forms.rows.school import Profile
from antq_review.forms.sheets import table_of
from antq_review.source import CellRef, Frozen, column_letters, grouped
from antq_review.text import SILENT, Message, words


class Severity(StrEnum):
    """error: the row or file does not count until corrected · warning: it counts, check it · note: information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(Frozen):
    """One fault: its place, the found content, the expected content, the remedy, and the consequence for the review.

    `sheet` and `cells` are empty where the fault concerns the whole file. `forms`: the sheets whose judgement the fault
    can change (empty: any sheet). The same fault in many rows is one problem with many cells.
    """

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    cells: tuple[str, ...] = ()
    column: str = ""
    found: str = ""
    says: Message
    expected: Message = SILENT
    remedy: Message = SILENT
    consequence: Message = SILENT
    forms: tuple[str, ...] = ()

    @property
    def quotes(self) -> bool:
        """Does it repeat what a person typed into the cell? It may be a name, whatever the column asks for."""
        return bool(words("ingest")["problems"].get(self.code, {}).get("quotes"))

    def unquoted(self) -> Problem:
        """The problem with the cell's address alone, for whatever may leave the folder `kiem_tra`."""
        return self._without_found() if self.quotes else self

    def hidden(self) -> Problem:
        """The problem of a cell that the workbook hides: what stands in it is repeated nowhere."""
        return self._without_found() if self.found else self

    def _without_found(self) -> Problem:
        text: str = words("ingest")["cell_text"]
        told = {
            part: Message(said.key, tuple((place, text if place == "found" else value) for place, value in said.params))
            for part in ("says", "expected", "remedy", "consequence") if (said := getattr(self, part)).get("found") is not None
        }
        return self.model_copy(update={"found": "", **told})

    @property
    def place(self) -> str:
        """`file › sheet › K14:K16, «column»`."""
        refs = [CellRef(file=self.file, sheet=self.sheet, cell=cell) for cell in self.cells]
        lines = grouped(refs) if refs else [" › ".join(part for part in (self.file, self.sheet) if part)]
        return "; ".join(lines) + (f", «{self.column}»" if self.column else "")


R = TypeVar("R", bound=Row)
R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True, slots=True)
class EvidenceRow(Generic[R_co]):
    """One line of a table: its typed values and their cells.

    `id`: the code in the row, or a code made from the row's position. `columns`: field → column number. `shown`: field
    → text of the cell, for the filled fields only. `link`: address behind the words of the cell of the evidence file.
    `pupils`: the word for pupils in the headings of its page. `known_cells`: the cells that were asked for, because every measure
    asks for the same ones.
    """

    id: str
    table: str
    values: R_co
    file: str
    sheet: str
    number: int
    columns: dict[str, int]
    shown: dict[str, str]
    link: str = ""
    pupils: Message = SILENT
    known_cells: dict[str, CellRef] = field(default_factory=dict, init=False, repr=False, compare=False)

    #: A set or a dict of rows finds the line itself: two lines that say the same are still two.
    __hash__ = object.__hash__

    def value_of(self, field: str) -> Any:
        """The value of a field whose name is data, so its type is not known; None for a blank cell.

        Code that names one field uses `row.values.held_on`.
        """
        return getattr(self.values, field)

    def heading(self, name: str) -> str:
        """The heading of a field, as the row's page has it."""
        return next(column.heading for column in type(self.values).columns(self.pupils) if column.name == name)

    def cell(self, name: str) -> CellRef:
        """The cell of a field, with its text."""
        found = self.known_cells.get(name)
        if found is None:
            found = self.known_cells[name] = CellRef(self.file, self.sheet, self._address(name), self.shown.get(name, ""))
        return found

    def _address(self, name: str) -> str:
        letters = column_letters(self.columns[name]) if name in self.columns else ""
        return f"{letters}{self.number}"

    def cells(self, names: Iterable[str]) -> tuple[CellRef, ...]:
        """The filled cells among the given fields, in that order."""
        return tuple([self.cell(name) for name in names if name in self.shown])


@dataclass(frozen=True, slots=True)
class Copy:
    """One unit's copy of one sheet, and the last day for which the unit declared it complete (None: no declaration)."""

    sheet: str
    file: str
    title: str
    unit: str
    declared_until: date | None
    cell: CellRef | None


@dataclass
class TableData:
    """The rows of one table from all copies, and the first cells of its refused rows (each of them might count).

    `refused_codes`: the codes of the refused rows, folded.
    """

    rows: list[EvidenceRow[Row]] = field(default_factory=list)
    refused: list[CellRef] = field(default_factory=list)
    refused_codes: set[str] = field(default_factory=set)


@dataclass
class FileRecord:
    """One file of the folder: name, SHA-256, size in bytes, and identifiers of the sheets found in it."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnSlip:
    """A return slip of this school and year: which package came back, and each reason with the school's answer."""

    head: EvidenceRow[SlipHead]
    reasons: tuple[EvidenceRow[SlipReason], ...]


@dataclass
class Evidence:
    """All evidence of one school for one year, and every problem found.

    `unread_files`: workbooks that could not be read. Each may contain any sheet, so no form counts as complete.
    `missing_files`: (file, sheet, row number) of the rows whose evidence file does not exist.

    >>> evidence.year, evidence.profile.school_code
    (2026, '00123456')
    """

    profile: Profile | None = None
    profile_row: EvidenceRow[Profile] | None = None
    tables: dict[str, TableData] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread_files: list[str] = field(default_factory=list)
    missing_files: set[tuple[str, str, int]] = field(default_factory=set)
    slips: list[ReturnSlip] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        """The year under review, from the profile."""
        return self.profile.year if self.profile else None

    @property
    def pupils(self) -> Message:
        """The school's word for its pupils."""
        return pupils_of(self.profile.levels if self.profile else None)

    def rows(self, table: str) -> list[EvidenceRow[Row]]:
        """Rows of a table whose name is data, in the order of file, sheet, line.

        Code that names one table uses `evidence.of(Activity)`.
        """
        return self.tables[table].rows if table in self.tables else []

    def of(self, model: type[R]) -> list[EvidenceRow[R]]:
        """Rows of the table of a row model, in the order of file, sheet, line."""
        # `tables` maps names to rows of any model; `table_of` guarantees that this table holds rows of `model` only.
        return cast("list[EvidenceRow[R]]", self.rows(table_of(model)))

    def refused(self, table: str) -> list[CellRef]:
        """First cells of the refused rows of a table."""
        return self.tables[table].refused if table in self.tables else []
