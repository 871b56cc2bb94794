"""Rows that are written as XML are those that openpyxl writes, byte for byte."""

from datetime import date

from openpyxl import Workbook

from antq_review.forms.save_workbook import workbook_bytes
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter
from antq_review.publish.excel.table_book import TablePage, table_book

TEXTS = ["", "=1+1", "-5", " hai  chữ ", "a<b>&\"c'", "dòng\nmới", "\x07chuông", "xy " * 11_000, "Trường Mẫu", "  ", "\t", "a\tb"]
NUMBERS = [0, 1, -5, 10**9, 0.1, 1.0, -2.5e-7, date(1950, 1, 1), date(2026, 11, 20), None]


def by_openpyxl(pages: list[TablePage]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for one in pages:
        page = SheetWriter(book.create_sheet(one.sheet), WORKING, [SheetColumn(heading, width) for heading, width in one.columns])
        page.title(one.title)
        page.headings()
        for place, row in enumerate(one.rows):
            page.row([Put(value, bold=place in one.bold) for value in row])
        page.sheet.auto_filter.ref = f"A2:B{page.next_row - 1}"
        page.finish(draft=False, internal="nội bộ")
    return workbook_bytes(book)


def test_the_same_bytes() -> None:
    columns = [("A", 9.0), ("B", 30.0)]
    rows = [(text, NUMBERS[place % len(NUMBERS)]) for place, text in enumerate([*TEXTS, *TEXTS])]
    pages = [
        TablePage("Một", "Tên", [], columns, rows, bold=frozenset({1, 5})),
        TablePage("Hai", "Tên", [], columns, [(1, "một dòng")], bold=frozenset({0})),
        TablePage("Ba", "Tên", [], columns, [(place, None) for place in range(12)]),
    ]
    assert table_book(pages, "nội bộ") == by_openpyxl(pages)
