"""Carrying out a step on a copy of the workbooks, the way a clerk would: declare a form, add a row, fill in a cell."""

from pathlib import Path
from typing import Any

import openpyxl

from antq_review.forms.sheets import HEAD_LABELS, Sheet, sheet_named, table_named
from antq_review.ingest.recognise import heading_key
from antq_review.scoring.advice.what_if import Adding, Declaring, EvidenceChange


def carry_out(folder: Path, change: EvidenceChange) -> None:
    """Write a change into the folder's workbooks; a row's file is put beside them."""
    books = _Books(folder)
    for form in change.declaring:
        _declare(books, form)
    for row in change.adding:
        _add(books, row)
    for one in change.setting:
        page = books.open(one.file)[one.sheet]
        columns = _columns(page, one.table)[1]
        for name, value in one.values:
            page.cell(one.number, columns[name]).value = _written(one.table, name, value)
    books.save()


class _Books:
    """Workbooks of a folder, each opened and saved once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, Any] = {}

    def open(self, name: str) -> Any:
        if name not in self._open:
            self._open[name] = openpyxl.load_workbook(self.folder / name)
        return self._open[name]

    def with_sheet(self, sheet: Sheet) -> list[Any]:
        """The sheet in every workbook that holds it."""
        books = [self.open(path.name) for path in sorted(self.folder.glob(f"{sheet.workbook}*.xlsx"))]
        found = [book[sheet.title] for book in books if sheet.title in book.sheetnames]
        assert found
        return found

    def save(self) -> None:
        for name, book in self._open.items():
            book.save(self.folder / name)


def _declare(books: _Books, form: Declaring) -> None:
    assert not form.units, "a unit's own workbook has to be made first"
    for page in books.with_sheet(sheet_named(form.sheet)):
        for label, value in (("declared_until", form.day), ("declared_by", "Phạm Thị D")):
            row = next(cell.row for (cell, *_) in page.iter_rows() if cell.value == HEAD_LABELS[label])
            place = next(column for column in range(2, 9) if page.cell(2, column).value is not None)
            if label == "declared_until" or page.cell(row, place).value is None:
                page.cell(row, place).value = value


def _add(books: _Books, row: Adding) -> None:
    page = books.with_sheet(table_named(row.table)[0])[0]
    heading, columns = _columns(page, row.table)
    line = heading + 2
    while any(page.cell(line, column).value is not None for column in columns.values()):
        line += 1
    for name, value in row.cells:
        page.cell(line, columns[name]).value = _written(row.table, name, value)
        if name == "file":
            (books.folder / value).write_text("Minh chứng", encoding="utf-8")


def _columns(page: Any, table: str) -> tuple[int, dict[str, int]]:
    """(row of a table's headings, field → column)."""
    named = {heading_key(column.heading): column.name for column in table_named(table)[1].row.columns()}
    for row in page.iter_rows():
        found = {named[key]: cell.column for cell in row if isinstance(cell.value, str) and (key := heading_key(cell.value)) in named}
        if len(found) == len(named):
            return row[0].row, found
    raise KeyError(table)


def _written(table: str, name: str, value: Any) -> Any:
    column = next(column for column in table_named(table)[1].row.columns() if column.name == name)
    return column.choices.label_of(value) if column.choices else value
