"""Honest forms, crooked as clerks make them: `CROOKED` maps a name to its files and to the problems that must be said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.ingest.corpus import (
    ACTIVITIES,
    CODE,
    FIRST,
    HEADINGS,
    HELP,
    INLINE,
    YEAR,
    Files,
    activities,
    change_part,
    change_sheet,
    clean,
    edit,
    head,
    inline,
    set_cell,
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


@page("heading_unknown")
def own_column(sheet):
    sheet["T12"], sheet["T14"] = "Ghi riêng của Đội", "đã nộp"


@page("column_without_heading")
def column_without_a_name(sheet):
    sheet["U15"] = "đã nộp"


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


@page("rows_hidden")
def rows_hidden(sheet):
    sheet.row_dimensions[FIRST].hidden = True


@page("columns_hidden")
def columns_hidden(sheet):
    sheet.column_dimensions["N"].hidden = True


@page("total_row")
def total_row(sheet):
    last = DATA[-1] + 1
    put(sheet[f"C{last}"], "TỔNG CỘNG:")
    sheet[f"N{last}"] = 1410


@page()
def help_row_deleted(sheet):
    sheet.delete_rows(HELP)


@page()
def help_row_moved_down(sheet):
    sheet.insert_rows(HELP)


@page()
def headings_again_on_the_next_page(sheet):
    sheet.insert_rows(FIRST + 2)
    for cell in sheet[HEADINGS]:
        sheet.cell(FIRST + 2, cell.column).value = cell.value


@page()
def blank_rows_between(sheet):
    sheet.insert_rows(FIRST + 1, 3)


@page()
def carriage_returns(sheet):
    put(sheet[f"S{FIRST + 2}"], "Dòng một_x000D_\nDòng hai")


@xml()
def formula_with_a_result(text):
    return set_cell(text, f"N{FIRST}", "<f>600+20</f><v>620</v>")


@xml()
def formula_that_says_nothing(text):
    return set_cell(text, f"S{FIRST}", '<f>IF(N14&gt;0,"","?")</f><v></v>', ' t="str"')


@xml()
def pieces_of_different_colour(text):
    runs = '<is><r><rPr><b/></rPr><t>Phổ biến </t></r><r><t xml:space="preserve">nội quy trường học</t></r></is>'
    return set_cell(text, f"C{FIRST}", runs, INLINE)


@xml("cells_far")
def stray_cell_far_away(text):
    return text.replace(
        "</sheetData>", f'<row r="1048576"><c r="XFD1048576"{INLINE}>{inline("x")}</c></row></sheetData>'
    )


@xml()
def million_rows_formatted(text):
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(1000, 1_048_577))
    return text.replace("</sheetData>", rows + "</sheetData>")


@xml()
def columns_16384(text):
    letters = [chr(65 + a) + chr(65 + b) for a in range(26) for b in range(26)]
    letters += [chr(65 + a) + pair for a in range(23) for pair in letters]
    cells = "".join(f'<c r="{name}1000" s="1"/>' for name in letters if len(name) < 3 or name <= "XFD")
    return text.replace("</sheetData>", f'<row r="1000">{cells}</row></sheetData>')


@files("code_as_padded_number")
def _code_as_padded_number():
    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            for cell in texts(sheet):
                if cell.value == CODE:
                    cell.value, cell.number_format = int(CODE), "00000000"

    return {SCHOOL: edit(clean()[SCHOOL], change), FORM: edit(clean()[FORM], change)}


@files("codes_of_the_folder_only")
def _codes_of_the_folder_only():
    def change(book: Workbook) -> None:
        for row in book["Hoạt động"]["A3:C4"]:
            for cell in row:
                cell.value = None if cell.value in (CODE, YEAR) else cell.value

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("names_of_files")
def _names_of_files():
    made = clean()
    nfd = unicodedata.normalize("NFD", "Hoạt động")
    name = f"{nfd} 100% #1 'Đội' & {{{{x}}}} \u202e.XLSX"
    return {"1 – Nhà trường.XlsX": made[SCHOOL], name: made[FORM]}


@files("the_same_file_twice", ("file_twice",))
def _the_same_file_twice():
    return clean() | {"3_hoat_dong_nop_lai.xlsx": clean()[FORM]}


@files("a_copy_saved_again", ("copy_of_form",))
def _a_copy_saved_again():
    def change(book: Workbook) -> None:
        book["Hoạt động"][f"C{FIRST}"] = "Phổ biến nội quy của trường"

    return clean() | {"3_hoat_dong (1).xlsx": edit(clean()[FORM], change)}


@files("the_sheet_twice", ("row_repeated",))
def _the_sheet_twice():
    def change(book: Workbook) -> None:
        book.copy_worksheet(book["Hoạt động"]).title = "Hoạt động (2)"

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("system_files", ("file_open",))
def _system_files():
    noise = ("desktop.ini", "Thumbs.db", ".DS_Store", "._3_hoat_dong.xlsx", ".~lock.3_hoat_dong.xlsx#")
    return clean() | dict.fromkeys([*noise, "~$3_hoat_dong.xlsx", "HUONG_DAN.md"], b"\0\1\2")


@files("other_school_and_year", ("other_school", "other_year"))
def _other_school_and_year():
    from dataclasses import replace

    stranger = activities([ACTIVITIES[0] | {"name": "Của trường khác"}], replace(head("Đội khác"), school_code="00999999"))
    old = activities([ACTIVITIES[0] | {"held_on": date(2025, 3, 5)}], replace(head("Đội"), year=2025))
    return clean() | {"khac.xlsx": stranger, "cu.xlsx": old}


@files("head_not_surely_ours", ("head_unsure",))
def _head_not_surely_ours():
    def change(book: Workbook) -> None:
        for cell in book["Hoạt động"][4]:
            if cell.value == YEAR:
                put(cell, "2025, 2026")

    other = activities([ACTIVITIES[0] | {"name": "Năm nào?"}], head("Tổ khác"))
    return clean() | {"nam.xlsx": edit(other, change)}


@files("styles_of_another_program")
def _styles_of_another_program():
    def change(text: str) -> str:
        return text.replace("</cellStyleXfs>", "</cellStyleXfs>\n<!-- WPS -->")

    return clean() | {FORM: change_part(clean()[FORM], "xl/styles.xml", change)}
