"""From workbooks to evidence: recognise the pages, check their heads, join the tables of the units' copies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antq_review.files import nfc
from antq_review.forms.columns import CellKind, Column
from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import HEAD_LABELS, Sheet
from antq_review.ingest.cell_values import in_old_encoding, read_cell, shown
from antq_review.ingest.copies import CopiedForm, copied_forms, copy_problems
from antq_review.ingest.model import Copy, Evidence, FileRecord, Problem, TableData
from antq_review.ingest.problems import Where, problem
from antq_review.ingest.reader import Book, Grid
from antq_review.ingest.recognise import RecognisedSheet, recognise
from antq_review.ingest.refused import Refused
from antq_review.ingest.return_slips import SlipReader
from antq_review.ingest.school import FormPage, objections, school_codes, settle_profile, unknown_units
from antq_review.ingest.sheet_scan import column_number
from antq_review.ingest.swapped_days import may_be_swapped
from antq_review.ingest.table_rows import TableRead, read_table
from antq_review.ingest.vertical_table import read_downwards
from antq_review.source import CellRef, column_letters
from antq_review.text import words
from antq_review.text.personal import MASK

__all__ = ["Assembly", "FormPage", "school_codes"]

#: Faults of files that may hold a form and are not opened.
_NOT_OPENED = frozenset({"file_other_format", "file_pointer"})
#: Faults of a workbook whose sheets stay unknown: it may contain any form.
_HIDDEN_PAGE: str = words("ingest")["hidden_page"]
_UNREADABLE = frozenset({
    "file_damaged", "file_crashed", "file_too_slow", "file_too_big", "file_encrypted", "file_old_excel", "file_not_excel",
    "file_macro", "file_locked", "file_changing", "file_empty", "file_no_sheets",
})

_HEAD_KINDS = {"school_code": CellKind.CODE, "year": CellKind.COUNT, "declared_until": CellKind.DATE}
#: The labels of a sheet's head as columns: `read_cell` can then read their values.
_HEAD = {
    name: Column(name, label, _HEAD_KINDS.get(name, CellKind.TEXT), "", None, False, 0, False)
    for name, label in HEAD_LABELS.items()
}


#: Of a page that is no form so many lines are looked at for letters of an old encoding: the headings are among them.
_TOP_LINES = 60


def page_in_old_encoding(page: RecognisedSheet) -> bool:
    """Are several texts at the top of a page in an encoding from before Unicode? Its headings then are no headings."""
    top = [page.grid.rows[number] for number in sorted(page.grid.rows)[:_TOP_LINES]]
    return sum(in_old_encoding(value) for cells in top for value in cells.values()) >= 3


class Assembly:
    """Takes the workbooks one by one: the cells of one are released before the next is read."""

    def __init__(self, evidence: Evidence, labels: Mapping[Path, str]) -> None:
        """`labels`: workbook → the name by which all results call it."""
        self.evidence, self._labels, self._slips = evidence, labels, SlipReader(evidence)
        self.pages: list[FormPage] = []
        self._hashes: dict[str, str] = {}
        evidence.unread_files += [entry.file for entry in evidence.problems if entry.code in _NOT_OPENED]

    def take(self, book: Book) -> None:
        """Read the form pages of one workbook; its faults become problems."""
        name = self._labels[book.path]
        record = FileRecord(name, book.sha256, book.size)
        self.evidence.files.append(record)
        if name != nfc(book.path.name):
            self.evidence.problems.append(problem("personal_name", file=name))
        if book.fault is not None:
            self._refuse(name, book.fault)
            return
        if book.sha256 in self._hashes:
            self.evidence.problems.append(problem("file_twice", file=name, found=self._hashes[book.sha256]))
            return
        self._hashes[book.sha256] = name
        pages = [recognise(grid) for grid in self._slips.take(book.sheets, name)]
        if any(page.refused == "marked_copy" for page in pages):
            self.evidence.problems.append(problem("marked_copy", file=name))
            return
        for page in pages:
            self._take_page(page, name)
            if MASK in page.grid.title and not page.grid.hidden:
                self.evidence.problems.append(problem("personal_name", file=name, sheet=page.grid.title))
        record.sheets = tuple(page.sheet.name for page in pages if page.sheet is not None and page.tables)

    def _refuse(self, name: str, fault: str) -> None:
        self.evidence.problems.append(problem(fault, file=name))
        if fault in _UNREADABLE:
            self.evidence.unread_files.append(name)

    def _take_page(self, page: RecognisedSheet, file: str) -> None:
        report = self.evidence.problems.append
        # Nobody asked for a hidden page that is no form, so not even its title is repeated.
        title = _HIDDEN_PAGE if page.grid.hidden and page.sheet is None else page.grid.title
        if page.refused:
            forms = (page.sheet.name,) if page.sheet else ()
            unread = "sheet_old_encoding" if page.refused == "no_headings" and page_in_old_encoding(page) else page.refused
            report(problem(unread, file=file, sheet=title, forms=forms))
            if page.sheet is None:
                self.evidence.unread_files.append(file)
            else:
                for table in page.sheet.tables:
                    self._table(table.name).refused.append(CellRef(file=file, sheet=title, cell="A1"))
            return
        if page.sheet is None:
            if page.grid.far:
                report(problem("cells_far", file=file, sheet=title, cells=page.grid.far))
            elif page_in_old_encoding(page):
                report(problem("sheet_old_encoding", file=file, sheet=title))
                self.evidence.unread_files.append(file)
            elif not page.silent:
                report(problem("sheet_not_a_form", file=file, sheet=title))
            return
        self._report_hidden(page, page.sheet, file)
        self.pages.append(self._read_page(page, page.sheet, file))

    def _report_hidden(self, page: RecognisedSheet, sheet: Sheet, file: str) -> None:
        """Report hidden sheets, rows and columns, and cells far outside the form: a person may not see them."""
        where: Where = {"file": file, "sheet": page.grid.title, "forms": (sheet.name,)}
        if page.grid.hidden:
            self.evidence.problems.append(problem("sheet_hidden", **where))
        hidden = [row for row in sorted(page.grid.hidden_rows) if row in page.grid.rows]
        if hidden:
            self.evidence.problems.append(problem("rows_hidden", cells=[f"A{row}" for row in hidden], **where))
        wide = {column for cells in page.grid.rows.values() for column in cells}
        columns = sorted(wide & page.grid.hidden_columns)
        if columns:
            cells = [f"{column_letters(column)}1" for column in columns]
            self.evidence.problems.append(problem("columns_hidden", cells=cells, **where))
        if page.grid.far:
            self.evidence.problems.append(problem("cells_far", cells=page.grid.far, **where))

    def _read_page(self, page: RecognisedSheet, sheet: Sheet, file: str) -> FormPage:
        read = FormPage(sheet, file, page.grid.title)
        for located in page.tables:
            reader = read_downwards if located.table.downwards else read_table
            read.tables.append(_unseen(reader(page, located, file), page.grid))
        missing = {table.name for table in sheet.tables} - {located.table.name for located in page.tables}
        for table in sheet.tables:
            if table.name in missing:
                self.evidence.problems.append(
                    problem("table_missing", file=file, sheet=page.grid.title, found=table.title, forms=(sheet.name,))
                )
                self._table(table.name).refused.append(CellRef(file=file, sheet=page.grid.title, cell="A1"))
        self._read_head(read, page)
        return read

    def _read_head(self, read: FormPage, page: RecognisedSheet) -> None:
        values: dict[str, Any] = {}
        for name, (row, column, value) in page.head.items():
            read.head_cells[name] = f"{column_letters(column)}{row}"
            try:
                values[name] = read_cell(_HEAD[name], value)
            except Refused:
                read.unsure[name] = shown(value)
                if in_old_encoding(value):
                    where: Where = {"file": read.file, "sheet": read.title, "forms": (read.sheet.name,)}
                    report = problem("head_old_encoding", cells=[read.head_cells[name]], column=HEAD_LABELS[name], **where)
                    self.evidence.problems.append(report)
        read.school_code, read.year = values.get("school_code"), values.get("year")
        read.unit = str(values.get("unit") or "")
        self._read_declaration(read, page, values)

    def _read_declaration(self, read: FormPage, page: RecognisedSheet, values: dict[str, Any]) -> None:
        if "declared_until" not in read.head_cells:
            return
        cell = read.head_cells["declared_until"]
        where: Where = {"file": read.file, "sheet": read.title, "forms": (read.sheet.name,)}
        swapped = any(table.swapped for table in read.tables) and may_be_swapped(page.head["declared_until"][2])
        if swapped:
            self.evidence.problems.append(
                problem("days_swapped", cells=[cell], column=HEAD_LABELS["declared_until"], **where)
            )
        elif "declared_until" in read.unsure:
            found, column = read.unsure["declared_until"], HEAD_LABELS["declared_until"]
            self.evidence.problems.append(
                problem("declaration_unsure", cells=[cell], column=column, found=found, **where)
            )
        elif any(in_old_encoding(value) for _, _, value in page.head.values()):
            return  # said above: it is not known which unit declares, or who
        elif not values.get("declared_by"):
            self.evidence.problems.append(problem("declaration_unsigned", cells=[cell], **where))
        else:
            read.declared_until = values["declared_until"]
            text = f"{read.declared_until:%d/%m/%Y}"
            read.declared_cell = CellRef(file=read.file, sheet=read.title, cell=cell, shown=text)

    def _table(self, name: str) -> TableData:
        return self.evidence.tables.setdefault(name, TableData())

    def join(self) -> None:
        """Set the school's profile, admit the pages that agree with it, join their tables."""
        settle_profile(self.evidence, [page for page in self.pages if not objections(page, None)])
        self._slips.settle()
        admitted = []
        for page in self.pages:
            if faults := objections(page, self.evidence.profile):
                self._keep_out(page, faults)
            else:
                admitted.append(page)
        forms = copied_forms(admitted)
        self.evidence.problems += copy_problems(forms)
        for form in forms:
            self._admit(form)
        units = [row.values.name for row in self.evidence.of(Unit)]
        self.evidence.problems += unknown_units([form.first for form in forms], units)

    def _keep_out(self, page: FormPage, faults: list[Problem]) -> None:
        """Do not count the rows of a page.

        Where the page may still be this school's, its rows are refused rows of their table.
        """
        self.evidence.problems += faults
        if any(fault.code not in ("other_school", "other_year") for fault in faults):
            for table in page.tables:
                rows = [row.cell(next(iter(row.columns))) for row in table.rows]
                self._table(table.table.name).refused += [*rows, *table.refused]

    def _admit(self, form: CopiedForm) -> None:
        """Count the rows of a form: those that all its copies have."""
        page, declaring = form.first, form.declaring
        for table in page.tables:
            self.evidence.problems += table.problems
            data = self._table(table.table.name)
            data.rows += table.rows
            data.refused += table.refused
            data.refused_codes |= table.refused_codes | form.codes(table.table.name)
            data.refused += form.refused(table.table.name)
        if page.sheet.declared:
            self.evidence.copies.append(
                Copy(page.sheet.name, page.file, page.title, form.unit, declaring.declared_until, declaring.declared_cell)
            )


def _unseen(table: TableRead, grid: Grid) -> TableRead:
    """What was read of a table, without a word of the cells that the workbook hides: their problems have addresses only."""
    table.problems = [one.hidden() if any(_is_hidden(grid, cell) for cell in one.cells) else one for one in table.problems]
    return table


def _is_hidden(grid: Grid, cell: str) -> bool:
    ref = CellRef(file="", sheet="", cell=cell)
    return grid.hidden or ref.row in grid.hidden_rows or column_number(ref.column) in grid.hidden_columns
