"""Editing a copy of the example the way a clerk would: open the workbook, change a cell, save."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from antq_review.ingest.recognise import heading_key
from antq_review.shipped import example_folder


def copy_example(to: Path) -> Path:
    """A copy of the example's folder that a test may change."""
    folder = to / "trường mẫu"
    shutil.copytree(example_folder(), folder)
    return folder


@contextmanager
def edited(folder: Path, file: str, sheet: str) -> Iterator[Any]:
    """The sheet of a workbook, saved afterwards."""
    book = openpyxl.load_workbook(folder / file)
    yield book[sheet]
    book.save(folder / file)


def column_of(page: Any, heading: str) -> tuple[int, int]:
    """(row of the headings, column) of the first cell that reads like the heading."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and heading_key(cell.value) == heading_key(heading):
                return cell.row, cell.column
    raise KeyError(heading)


def find_row(page: Any, matches: Callable[[list[object]], bool]) -> int:
    """Number of the first row whose values match."""
    return next(row[0].row for row in page.iter_rows() if matches([cell.value for cell in row]))


def cell_beside(page: Any, label: str) -> Any:
    """The first filled cell right of a label in the sheet's head."""
    row, column = column_of(page, label)
    return next(cell for cell in page[row][column:] if cell.value is not None)
