"""P9: the annex against an openpyxl write of the same values, fonts and borders; and what it adds to a report beside which it is made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from figure import Line, pairs
from school import example

from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook.kernel import own_kernel
from antq_review.publish.notebook.year_report import write_report
from antq_review.publish.output.beside import beside

TITLE = "the annex"
MOST, MOST_BESIDE = 1.3, 1.05
Cells = list[tuple[int, int, Any, Any, Any]]  # row, column, value, font, border


def _styled(book: openpyxl.Workbook) -> list[tuple[str, Cells]]:
    """Every cell that has a value or a border; each font and border once, as a program that writes them would hold them."""
    kept: dict[Any, Any] = {}

    def once(style: Any) -> Any:
        own = copy(style)  # what a cell gives is bound to its workbook
        return kept.setdefault(own, own)

    return [
        (page.title, [
            (cell.row, cell.column, cell.value, once(cell.font), once(cell.border))
            for row in page.iter_rows() for cell in row if cell.value is not None or cell.border.bottom.style
        ])
        for page in book
    ]


def _bare(pages: list[tuple[str, Cells]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in pages:
        page = book.create_sheet(title)
        for row, column, value, font, border in cells:
            cell = page.cell(row, column, value)
            cell.font, cell.border = font, border
    book.save(BytesIO())


def lines(quick: bool) -> Iterator[Line]:
    review = example()
    pages = _styled(openpyxl.load_workbook(BytesIO(annex(review, None))))
    cells = sum(len(found) for _, found in pages)
    alone = pairs(lambda: annex(review, None), lambda: _bare(pages), quick)
    with tempfile.TemporaryDirectory(prefix="antq-") as place, own_kernel() as kernel:

        def report() -> None:
            write_report(review, Path(place), kernel=kernel)

        def both() -> None:
            with beside(lambda: annex(review, None)):
                report()

        together = pairs(both, report, quick)
    met = alone.ratio <= MOST or together.ratio <= MOST_BESIDE  # the goal is one or the other
    yield replace(alone.line(f"{TITLE}: {len(pages)} sheets, {cells:,} cells", "openpyxl, same fonts and borders", MOST), met=met)
    yield replace(together.line("a report with the annex beside it", "without it, warm kernel", MOST_BESIDE), met=met)
