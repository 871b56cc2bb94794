"""P9: the annex against a bare openpyxl write of the same values."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import openpyxl
from figure import Line, pairs
from school import example

from antq_review.publish.excel.annex.workbook import annex

TITLE = "the annex"


def _bare(pages: list[tuple[str, list[tuple[object, ...]]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in pages:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(BytesIO())


def lines(quick: bool) -> Iterator[Line]:
    review = example()
    book = openpyxl.load_workbook(BytesIO(annex(review, None)))
    pages = [(page.title, list(page.iter_rows(values_only=True))) for page in book]
    found = pairs(lambda: annex(review, None), lambda: _bare(pages), quick)
    cells = sum(value is not None for _, rows in pages for row in rows for value in row)
    yield found.line(f"{TITLE}: {len(pages)} sheets, {cells:,} values", "a bare openpyxl write of the same values", 1.5)
