"""From read books to evidence: pages recognised, heads checked, tables joined over the units' copies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from antq_review.forms.column import Column, Kind
from antq_review.forms.sheets import HEAD_LABELS, Sheet
from antq_review.ingest.cells import Refused, read_cell, shown
from antq_review.ingest.folder import nfc
from antq_review.ingest.locate import Page, recognise
from antq_review.ingest.model import Copy, Evidence, FileRecord, Problem, TableData
from antq_review.ingest.problems import problem
from antq_review.ingest.reader import Book
from antq_review.ingest.rows import TableRead, read_downwards, read_table
from antq_review.source import CellRef, column_letters
from antq_review.text import fold

_UNREADABLE = frozenset({
    "file_damaged", "file_crashed", "file_too_slow", "file_too_big", "file_encrypted", "file_old_excel", "file_not_excel",
    "file_macro", "file_locked", "file_changing", "file_empty",
})


@dataclass
class PageRead:
    """One form page, read but not yet admitted: its head still has to agree with the school's."""

    sheet: Sheet
    file: str
    title: str
    school_code: str | None = None
    year: int | None = None
    unit: str = ""
    declared_until: date | None = None
    declared_cell: CellRef | None = None
    head_cells: dict[str, str] = field(default_factory=dict)
    tables: list[TableRead] = field(default_factory=list)


class Assembly:
    """Takes the books one by one, so that a book's cells are let go before the next is read."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.pages: list[PageRead] = []
        self._hashes: dict[str, str] = {}

    def take(self, book: Book) -> None:
        """One book: its faults become problems, its form pages are read."""
        name = nfc(book.path.name)
        record = FileRecord(name, book.sha256, book.size)
        self.evidence.files.append(record)
        if book.fault is not None:
            self._refuse(name, book.fault)
            return
        if book.sha256 in self._hashes:
            self.evidence.problems.append(problem("file_twice", file=name, found=self._hashes[book.sha256]))
            return
        self._hashes[book.sha256] = name
        pages = [recognise(grid) for grid in book.sheets]
        if any(page.refused == "marked_copy" for page in pages):
            self.evidence.problems.append(problem("marked_copy", file=name))
            return
        for page in pages:
            self._take_page(page, name)
        record.sheets = tuple(page.sheet.name for page in pages if page.sheet is not None and page.tables)

    def _refuse(self, name: str, fault: str) -> None:
        self.evidence.problems.append(problem(fault, file=name))
        if fault in _UNREADABLE:
            self.evidence.unread_files.append(name)

    def _take_page(self, page: Page, file: str) -> None:
        say = self.evidence.problems.append
        title = page.grid.title
        if page.refused:
            forms = (page.sheet.name,) if page.sheet else ()
            say(problem(page.refused, file=file, sheet=title, forms=forms))
            if page.sheet is None:
                self.evidence.unread_files.append(file)
            else:
                for table in page.sheet.tables:
                    self._table(table.name).refused.append(CellRef(file=file, sheet=title, cell="A1"))
            return
        if page.sheet is None:
            if not page.silent:
                say(problem("sheet_not_a_form", file=file, sheet=title))
            return
        self._say_oddities(page, file)
        self.pages.append(self._read_page(page, page.sheet, file))

    def _say_oddities(self, page: Page, file: str) -> None:
        assert page.sheet is not None
        where = {"file": file, "sheet": page.grid.title, "forms": (page.sheet.name,)}
        if page.grid.hidden:
            self.evidence.problems.append(problem("sheet_hidden", **where))
        hidden = [row for row in sorted(page.grid.hidden_rows) if row in page.grid.rows]
        if hidden:
            self.evidence.problems.append(problem("rows_hidden", cells=[f"A{row}" for row in hidden], **where))
        if page.grid.far:
            self.evidence.problems.append(problem("cells_far", cells=page.grid.far, **where))

    def _read_page(self, page: Page, sheet: Sheet, file: str) -> PageRead:
        read = PageRead(sheet, file, page.grid.title)
        for located in page.tables:
            reader = read_downwards if located.table.downwards else read_table
            read.tables.append(reader(page, located, file))
        missing = {table.name for table in sheet.tables} - {located.table.name for located in page.tables}
        for table in sheet.tables:
            if table.name in missing:
                self.evidence.problems.append(
                    problem("table_missing", file=file, sheet=page.grid.title, found=table.title, forms=(sheet.name,))
                )
                self._table(table.name).refused.append(CellRef(file=file, sheet=page.grid.title, cell="A1"))
        self._read_head(read, page)
        return read

    def _read_head(self, read: PageRead, page: Page) -> None:
        kinds = {"school_code": Kind.CODE, "year": Kind.COUNT, "declared_until": Kind.DATE}
        values: dict[str, object] = {}
        for name, (row, column, value) in page.head.items():
            cell = f"{column_letters(column)}{row}"
            read.head_cells[name] = cell
            try:
                reader = Column(name, HEAD_LABELS[name], kinds.get(name, Kind.TEXT), "", None, False, 0, False)
                values[name] = read_cell(reader, value)
            except Refused as fault:
                self.evidence.problems.append(
                    problem(fault.code, file=read.file, sheet=read.title, cells=[cell], column=HEAD_LABELS[name],
                            found=shown(value), forms=(read.sheet.name,), **fault.places)
                )
        read.school_code = values.get("school_code")  # type: ignore[assignment]
        read.year = values.get("year")  # type: ignore[assignment]
        read.unit = str(values.get("unit") or "")
        until = values.get("declared_until")
        if until is None:
            return
        cell = read.head_cells["declared_until"]
        if not values.get("declared_by"):
            self.evidence.problems.append(
                problem("declaration_unsigned", file=read.file, sheet=read.title, cells=[cell], forms=(read.sheet.name,))
            )
            return
        read.declared_until = until  # type: ignore[assignment]
        read.declared_cell = CellRef(file=read.file, sheet=read.title, cell=cell, shown=shown(page.head["declared_until"][2]))

    def _table(self, name: str) -> TableData:
        return self.evidence.tables.setdefault(name, TableData())

    def join(self) -> None:
        """Settle the school, admit the pages that agree with it, join their tables."""
        self._settle_profile()
        profile = self.evidence.profile
        for page in self.pages:
            for table in page.tables:
                self.evidence.problems += table.problems
            fault = self._disagrees(page, profile.school_code if profile else None, profile.year if profile else None)
            if fault is not None:
                self.evidence.problems.append(fault)
                continue
            for table in page.tables:
                data = self._table(table.table.name)
                data.rows += table.rows
                data.refused += table.refused
            if page.sheet.declared:
                self.evidence.copies.append(
                    Copy(page.sheet.name, page.file, page.title, page.unit, page.declared_until, page.declared_cell)
                )

    def _settle_profile(self) -> None:
        rows = [
            row for page in self.pages for table in page.tables if table.table.name == "profile" for row in table.rows
        ]
        whole = [row for row in rows if row.get("school_code") and row.get("year")]
        if whole:
            self.evidence.profile_row = whole[0]
            self.evidence.profile = whole[0].values  # type: ignore[assignment]

    def _disagrees(self, page: PageRead, school_code: str | None, year: int | None) -> Problem | None:
        for name, own, folder in (("school_code", page.school_code, school_code), ("year", page.year, year)):
            if own is not None and folder is not None and fold(str(own)) != fold(str(folder)):
                code = "other_school" if name == "school_code" else "other_year"
                return problem(
                    code, file=page.file, sheet=page.title, cells=[page.head_cells[name]], found=str(own), folder=folder,
                    forms=(page.sheet.name,),
                )
        return None


def school_codes(pages: list[PageRead]) -> set[str]:
    """Every school code that a profile in the folder names; two of them are two schools."""
    return {
        str(row.get("school_code"))
        for page in pages for table in page.tables if table.table.name == "profile"
        for row in table.rows if row.get("school_code")
    }

