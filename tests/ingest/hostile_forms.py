"""Hostile files, continued: broken parts, and forms that are not quite forms. Importing this adds them to `FILES`."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.chart import BarChart

from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import MARKED_COPY
from tests.ingest.corpus import FIRST, INLINE, MAIN, SHEET, draw, edit, inline, set_cell
from tests.ingest.hostile import STRINGS, below, file, page, parts, saved, xml

# --- broken --------------------------------------------------------------------------------------------------------


@parts("strings_missing")
def _strings_missing(found):
    del found[STRINGS]


@parts("string_index_wrong")
def _string_index_wrong(found):
    found[SHEET] = found[SHEET].replace(b't="s"><v>0</v>', b't="s"><v>99999</v>')


@parts("workbook_missing", "file_not_excel")
def _workbook_missing(found):
    del found["xl/workbook.xml"]


@parts("sheet_missing")
def _sheet_missing(found):
    del found[SHEET]


@parts("one_sheet_of_two_missing")
def _one_sheet_missing(found):
    del found["xl/worksheets/sheet2.xml"]


@parts("strict", "file_no_sheets")
def _strict(found):
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    for name in ("xl/workbook.xml", SHEET, STRINGS):
        found[name] = found[name].replace(MAIN.encode(), strict)


@file("charts_only", "file_no_sheets")
def _charts_only(content):
    def change(book: Workbook) -> None:
        book.create_chartsheet("Biểu đồ").add_chart(BarChart())
        for sheet in book.worksheets:
            book.remove(sheet)

    return edit(content, change)


@xml("raw_control_character")
def _raw_control_character(text):
    return set_cell(text, f"S{FIRST}", inline("\x01"), INLINE)


@xml("bad_utf8")
def _bad_utf8(text):
    return set_cell(text, f"S{FIRST}", inline("@@"), INLINE).encode().replace(b"@@", b"\xff\xfe")


@xml("cell_not_a_number")
def _cell_not_a_number(text):
    return set_cell(text, f"N{FIRST}", "<v>ba mươi</v>")


@xml("cell_nan")
def _cell_nan(text):
    return set_cell(text, f"N{FIRST}", "<v>NaN</v>")


@xml("cell_underscore")
def _cell_underscore(text):
    return set_cell(text, f"N{FIRST}", "<v>1_00</v>")


@xml("cell_arabic_digits")
def _cell_arabic_digits(text):
    return set_cell(text, f"N{FIRST}", "<v>٣٠٠</v>")


@xml("rows_out_of_order")
def _rows_out_of_order(text):
    return below(text, f'<row r="{FIRST + 1}"><c r="N{FIRST + 1}"><v>5</v></c></row>')


@xml("cells_out_of_order")
def _cells_out_of_order(text):
    return below(text, '<row r="100"><c r="N100"><v>5</v></c><c r="C100"><v>5</v></c></row>')


@xml("cell_of_another_row")
def _cell_of_another_row(text):
    return below(text, '<row r="100"><c r="N99"><v>5</v></c></row>')


@file("marked_copy", "marked_copy")
def _marked_copy(content):
    return edit(content, lambda book: book["Hoạt động"].cell(2, 3, MARKED_COPY))


# --- a form that is not quite one ----------------------------------------------------------------------------------


@page("heading_twice", "heading_twice")
def _heading_twice(sheet):
    sheet["T12"], sheet["T14"] = "Có mặt", 7


@page("heading_missing_required", "heading_missing_required")
def _heading_missing_required(sheet):
    sheet["B12"] = None


@page("no_headings", "no_headings")
def _no_headings(sheet):
    sheet.delete_rows(12)


@page("form_too_new", "form_too_new")
def _form_too_new(sheet):
    for cell in sheet[2]:
        if cell.value == "antq/hoat_dong/1":
            cell.value = "antq/hoat_dong/2"


@page("merged_downwards", "cells_merged")
def _merged_downwards(sheet):
    for column in range(1, 20):
        value = sheet.cell(FIRST, column).value
        sheet.cell(FIRST + 1, column).value = f"{value} 2" if column == 3 else value
    sheet.merge_cells(f"B{FIRST}:B{FIRST + 1}")


@file("table_missing", "table_missing")
def _table_missing(content):
    rows = [{"awarded_on": "x"}]
    made = workbook_bytes(draw({"commendations": rows}, ["thi_dua"]))

    def change(book: Workbook) -> None:
        sheet = book["Thi đua"]
        for row in sheet.iter_rows():
            if row[0].value == "Tổ, đơn vị *":
                sheet.delete_rows(row[0].row)
                return

    return edit(made, change)


@file("an_own_table", "sheet_not_a_form")
def _an_own_table(content):
    book = Workbook()
    book.active.append(["STT", "Họ và tên", "Lớp"])
    return edit(saved(book), lambda book: None)


@file("far_cell_alone", "cells_far")
def _far_cell_alone(content):
    book = Workbook()
    book.active["ZZ90000"] = "x"
    return saved(book)


