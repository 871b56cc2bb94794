"""Honest forms, crooked as clerks make them: `CROOKED` maps a name to its files and to the problems that must be said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.ingest.corpus import (
    ACTIVITIES,
    FIRST,
    HEADINGS,
    HELP,
    Files,
    activities,
    change_sheet,
    clean,
    edit,
    head,
    with_shared_strings,
)

SCHOOL, FORM = "1_nha_truong.xlsx", "3_hoat_dong.xlsx"
CROOKED: dict[str, tuple[Callable[[], Files], set[str]]] = {}

Change = Callable[[Worksheet], None]


def files(name: str, says: tuple[str, ...] = ()) -> Callable[[Callable[[], Files]], Callable[[], Files]]:
    def keep(make: Callable[[], Files]) -> Callable[[], Files]:
        CROOKED[name] = (make, set(says))
        return make

    return keep


def page(*says: str) -> Callable[[Change], Change]:
    """The sheet “Hoạt động” after a change through openpyxl; the rest of the folder is clean."""

    def keep(change: Change) -> Change:
        def make() -> Files:
            return clean() | {FORM: edit(clean()[FORM], lambda book: change(book["Hoạt động"]))}

        CROOKED[change.__name__] = (make, set(says))
        return change

    return keep


def xml(*says: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """The sheet “Hoạt động” after a change in its XML."""

    def keep(change: Callable[[str], str]) -> Callable[[str], str]:
        CROOKED[change.__name__] = (lambda: clean() | {FORM: change_sheet(clean()[FORM], change)}, set(says))
        return change

    return keep


def texts(sheet: Worksheet, rows: range | None = None):
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (rows is None or cell.row in rows):
                yield cell


def put(cell, text: str) -> None:
    cell.value = text
    cell.data_type = "s"


DATA = range(FIRST, FIRST + len(ACTIVITIES))


@page()
def title_rows_above(sheet):
    sheet.insert_rows(1, 4)
    sheet["A1"], sheet["A2"], sheet["C3"] = "UBND XÃ MẪU", "TRƯỜNG THCS MẪU", "Năm học 2025-2026"


@page()
def columns_swapped(sheet):
    for row in range(HEADINGS, FIRST + len(ACTIVITIES)):
        line = [sheet.cell(row, column) for column in range(1, 20)]
        values = [(cell.value, cell.number_format) for cell in reversed(line)]
        for cell, (value, number_format) in zip(line, values, strict=True):
            cell.value, cell.number_format = value, number_format
            if isinstance(value, str):
                cell.data_type = "s"


@page()
def letters_in_pieces(sheet):
    for cell in texts(sheet):
        put(cell, unicodedata.normalize("NFD", cell.value))


@page()
def invisible_spaces(sheet):
    for cell in texts(sheet):
        put(cell, "\u200b " + cell.value + "\u00a0 ")
    for cell in texts(sheet, range(HEADINGS, HELP)):
        put(cell, cell.value.replace(" ", "\u00a0 "))


@page()
def capitals(sheet):
    for cell in texts(sheet, range(1, HELP + 1)):
        if cell.row != 7:
            put(cell, cell.value.upper())
    for cell in texts(sheet, DATA):
        if sheet.cell(HEADINGS, cell.column).value in ("HÌNH THỨC *", "CHỦ ĐỀ 1", "ĐỐI TƯỢNG", "CẤP HỌC"):
            put(cell, cell.value.upper())


@page()
def titles_merged(sheet):
    sheet.merge_cells("A1:S1")
    sheet.merge_cells(f"A{HEADINGS - 1}:F{HEADINGS - 1}")
    sheet.merge_cells("A9:S9")


@page()
def numbers_as_text(sheet):
    for row in DATA:
        for column in "LNO":
            cell = sheet[f"{column}{row}"]
            if cell.value is not None:
                put(cell, f"\u00a0{cell.value} ")


@page()
def days_as_text(sheet):
    for row in DATA:
        put(sheet[f"B{row}"], f"{sheet[f'B{row}'].value:%d/%m/%Y}")
    for row in range(1, HEADINGS):
        for cell in sheet[row]:
            if isinstance(cell.value, datetime):
                put(cell, f"{cell.value:%-d/%-m/%Y}")


@page()
def days_year_first(sheet):
    for row in DATA:
        put(sheet[f"B{row}"], f"{sheet[f'B{row}'].value:%Y-%m-%d}")


@files("days_of_1904")
def _days_of_1904():
    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("days_as_iso_cells")
def _days_as_iso_cells():
    def change(book: Workbook) -> None:
        book.iso_dates = True

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("strings_shared")
def _strings_shared():
    return clean() | {FORM: with_shared_strings(clean()[FORM])}


@xml()
def dimension_lies(text):
    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)


@xml()
def dimension_is_huge(text):
    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)


@xml()
def nonsense_after_the_data(text):
    nonsense = '<conditionalFormatting sqref="A1"><cfRule type="nonsense" priority="x"/></conditionalFormatting>'
    return re.sub(r"</sheetData>.*</worksheet>", f"</sheetData>{nonsense}</worksheet>", text, flags=re.DOTALL)


@xml()
def spoken_in_prefixes(text):
    text = re.sub(r"<(/?)(\w)", r"<\1x:\2", text)
    return text.replace("xmlns=", "xmlns:x=", 1)


@files("split_over_two_files")
def _split_over_two_files():
    second = head("Tổ Tự nhiên")
    return clean() | {FORM: activities(ACTIVITIES[:2]), "tổ.xlsx": activities(ACTIVITIES[2:], second)}


@page()
def marker_lost(sheet):
    sheet.delete_rows(1, 2)


@page("heading_own")
def own_column(sheet):
    sheet["U12"], sheet["U14"] = "Ghi riêng của Đội", "đã nộp"


@page("column_without_heading")
def column_without_a_name(sheet):
    sheet["V15"] = "đã nộp"


@files("hidden_sheet_first", ("sheet_not_a_form",))
def _hidden_sheet_first():
    def change(book: Workbook) -> None:
        notes = book.create_sheet("Nháp", 0)
        notes["A1"], notes.sheet_state = "việc cần làm", "hidden"

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("chart_sheet_first")
def _chart_sheet_first():
    def change(book: Workbook) -> None:
        book.create_chartsheet("Biểu đồ", 0).add_chart(BarChart())

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("sheet_hidden", ("sheet_hidden",))
def _sheet_hidden():
    def change(book: Workbook) -> None:
        book.create_sheet("Trang 1", 0)
        book["Hoạt động"].sheet_state = "hidden"

    return clean() | {FORM: edit(clean()[FORM], change)}
