"""Filling in a score table the way a clerk would: a fresh blank, cells by their headings, read back by the reader."""

import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from antq_review.forms.draw_workbook import draw_workbook, sheets_of
from antq_review.forms.measure_labels import Measure
from antq_review.forms.measures_sheet import MEASURES_TITLE
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import table_named
from antq_review.ingest import read_one
from antq_review.ingest.recognise import heading_key
from antq_review.rules import rulebook
from antq_review.scoring.score_table.lines import known_rows
from antq_review.scoring.score_table.table import ScoreTable, score_table
from tests.ingest.corpus import small

Fields = Mapping[str, Any]
#: The paper's columns alone, 88 points beside the 12 that are known; nothing about how to judge.
PAPER = (
    {"number": "4b", "text": "Thực hiện quy chế phối hợp (bịa để thử)", "points": 8},
    {"number": "5", "text": "Nội dung thứ năm (bịa để thử)", "points": 40},
    {"number": "6", "text": "Nội dung thứ sáu (bịa để thử)", "points": 40},
)
HEAD = {"source": "Bảng chấm điểm giấy bịa để thử"}
CONFIRMED = {**HEAD, "entered_by": "Trần Thị B, Văn thư", "checked_by": "Nguyễn Văn A, Hiệu trưởng"}
BANDS = ({"name": "Tốt", "at_least": 90}, {"name": "Khá", "at_least": 70}, {"name": "Kém", "at_least": 0})
#: Where each table's fields stand on its sheet, found by its headings.
TABLES = ("score_rows", "score_bands", "score_deductions", "score_caps")


@cache
def _blank() -> bytes:
    """The blank table with few blank lines and a short page of help, so that it is opened and saved quickly."""
    sheets = [small(sheet.name) for sheet in sheets_of("thang_diem")]
    known = known_rows(rulebook("qd_510"))
    book = draw_workbook(sheets, {}, {"score_rows": known}, Measure.labels())
    help_page = book[MEASURES_TITLE]  # the reader passes over it
    help_page.delete_rows(8, help_page.max_row)
    return workbook_bytes(book)


#: Content → the workbook.
_filled: dict[str, bytes] = {}


def filled(rows: Iterable[Fields] = PAPER, head: Fields = HEAD, bands: Iterable[Fields] = (),
           deductions: Iterable[Fields] = (), caps: Iterable[Fields] = ()) -> bytes:
    """A score table as a workbook. The same one is drawn once."""
    key = repr((rows, head, bands, deductions, caps))
    if key not in _filled:
        _filled[key] = _drawn(rows, head, bands, deductions, caps)
    return _filled[key]


def fill(path: Path, **what: Any) -> Path:
    """Write a score table to `path`; returns it."""
    path.write_bytes(filled(**what))
    return path


def _drawn(rows: Iterable[Fields], head: Fields, *others: Iterable[Fields]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_blank()))
    for table, values in zip(TABLES, (rows, *others), strict=True):
        _put_rows(book, table, values)
    _put_head(book, head)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _columns(page: Any, table: str) -> tuple[int, dict[str, int]]:
    """(row of the headings, field → column)."""
    fields = {heading_key(column.heading): column.name for column in table_named(table)[1].row.columns()}
    for line in page.iter_rows():
        found = {fields[heading_key(cell.value)]: cell.column for cell in line
                 if isinstance(cell.value, str) and heading_key(cell.value) in fields}
        if len(found) == len(fields):
            return line[0].row, found
    raise KeyError(table)


def _put_rows(book: Any, table: str, rows: Iterable[Fields]) -> None:
    page = book[table_named(table)[0].title]
    heading, columns = _columns(page, table)
    number = heading + 2
    for row in rows:
        while page.cell(number, 1).value is not None:
            number += 1
        for name, value in row.items():
            page.cell(number, columns[name]).value = value
        number += 1


def _put_head(book: Any, head: Fields) -> None:
    page = book["Thông tin thang điểm"]
    labels = {column.name: heading_key(column.heading) for column in table_named("score_text")[1].row.columns()}
    for name, value in head.items():
        line = next(row for row in page.iter_rows() if heading_key(str(row[0].value or "")) == labels[name])
        line[1].value = value


def read(path: Path) -> ScoreTable:
    """The table of a file alone."""
    return score_table(read_one(path))


def faults(path: Path) -> dict[str, list[str]]:
    """Problem code → cells named by it, of the reader and of the table together."""
    evidence = read_one(path)
    found: dict[str, list[str]] = {}
    for problem in (*evidence.problems, *score_table(evidence).problems):
        found.setdefault(problem.code, []).extend(f"{problem.sheet}!{cell}" for cell in problem.cells)
    return found


def cell(path: Path, table: str, field: str, text: object) -> str:
    """Where the cell of a field stands in the row that holds `text` somewhere: `Thang điểm!C14`."""
    page = openpyxl.load_workbook(path)[table_named(table)[0].title]
    heading, columns = _columns(page, table)
    row = next(line[0].row for line in page.iter_rows(min_row=heading + 2) if text in [one.value for one in line])
    return f"{page.title}!{page.cell(row, columns[field]).coordinate}"
