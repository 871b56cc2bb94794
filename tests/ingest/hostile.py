"""Files that must not be read, and files that must be read with care: `FILES` maps a name to its bytes and what is said."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from functools import cache

from openpyxl import Workbook
from openpyxl.chart import BarChart

from tests.ingest.corpus import (
    ACTIVITIES,
    FIRST,
    INLINE,
    MAIN,
    SHEET,
    activities,
    change_sheet,
    draw,
    edit,
    head,
    inline,
    parts_of,
    set_cell,
    with_shared_strings,
    zipped,
)

STRINGS = "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 1 << 20

#: File name → (maker, problem that must be said of the file; None: its rows are read as they stand)
FILES: dict[str, tuple[Callable[[], bytes], str | None]] = {}


@cache
def _template() -> bytes:
    return activities([ACTIVITIES[0] | {"id": None, "name": "@NAME@"}], head("Đơn vị @NAME@"))


def base(name: str) -> bytes:
    """A form with one good row that bears the file's name."""
    return change_sheet(_template(), lambda text: text.replace("@NAME@", name))


def file(name: str, says: str | None = "file_damaged", suffix: str = ".xlsx"):
    def keep(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        FILES[name + suffix] = (lambda: make(base(name)), says)
        return make

    return keep


def parts(name: str, says: str | None = "file_damaged"):
    """The zip made anew from changed parts."""

    def keep(change: Callable[[dict[str, bytes]], object]) -> Callable[[dict[str, bytes]], object]:
        def make() -> bytes:
            found = parts_of(with_shared_strings(base(name)))
            changed = change(found)
            return zipped(changed if changed is not None else found)

        FILES[f"{name}.xlsx"] = (make, says)
        return change

    return keep


def xml(name: str, says: str | None = "file_damaged"):
    """The sheet's XML changed."""

    def keep(change: Callable[[str], str | bytes]) -> Callable[[str], str | bytes]:
        FILES[f"{name}.xlsx"] = (lambda: change_sheet(base(name), change), says)
        return change

    return keep


def below(text: str, rows: str) -> str:
    return text.replace("</sheetData>", rows + "</sheetData>")


# --- not a workbook at all -----------------------------------------------------------------------------------------


@file("empty", "file_empty")
def _empty(content):
    return b""


@file("zeros", "file_empty")
def _zeros(content):
    return bytes(len(content))


@file("noise", "file_not_excel")
def _noise(content):
    return random.Random(1).randbytes(5000)


@file("half_copied")
def _half_copied(content):
    return content[:3000] + bytes(len(content) - 3000)


@file("truncated")
def _truncated(content):
    return content[: len(content) // 2]


@file("no_directory")
def _no_directory(content):
    return content[: content.rindex(b"PK\1\2")]


@file("bit_rot")
def _bit_rot(content):
    at = content.index(SHEET.encode()) + 200
    return content[:at] + bytes([content[at] ^ 0xFF, content[at + 1] ^ 0x55]) + content[at + 2 :]


@file("encrypted", "file_encrypted")
def _encrypted(content):
    return OLE + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + content


@file("xls_renamed", "file_old_excel")
def _xls_renamed(content):
    return OLE + bytes(1016) + "Workbook".encode("utf-16-le") + bytes(4096)


@file("html_renamed", "file_not_excel")
def _html_renamed(content):
    return "<html><table><tr><td>Tên hoạt động</td></tr></table></html>".encode()


@file("csv_renamed", "file_not_excel")
def _csv_renamed(content):
    return "\ufeffTên hoạt động,Có mặt\r\nChuyên đề,300\r\n".encode()


@file("docx_renamed", "file_not_excel")
def _docx_renamed(content):
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@file("ods_renamed", "file_not_excel")
def _ods_renamed(content):
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"})


@file("old_excel", "file_other_format", ".xls")
def _old_excel(content):
    return OLE + bytes(4096)


@file("with_macros", "file_other_format", ".xlsm")
def _with_macros(content):
    return content


# --- the zip -------------------------------------------------------------------------------------------------------


@parts("macro", "file_macro")
def _macro(found):
    found["xl/vbaProject.bin"] = OLE


@parts("macro_of_excel_4", "file_macro")
def _macro_of_excel_4(found):
    found["xl/macrosheets/sheet1.xml"] = b"<xm/>"


@parts("path_traversal")
def _path_traversal(found):
    found["../../evil.py"] = b"print(1)"


@parts("path_absolute")
def _path_absolute(found):
    found["/etc/evil"] = b""


@parts("path_backslash")
def _path_backslash(found):
    found["xl\\..\\evil"] = b""


@parts("part_twice")
def _part_twice(found):
    return [*found.items(), (SHEET.upper(), found[SHEET])]


@parts("many_parts", "file_too_big")
def _many_parts(found):
    found.update((f"xl/media/{number}.png", b"") for number in range(2001))


@parts("bomb_unused_part", "file_too_big")
def _bomb_unused_part(found):
    found["xl/media/image.bin"] = bytes(61 * MEGABYTE)


@file("size_lies")
def _size_lies(content):
    marks = (content.rindex(SHEET.encode()) - 46 + 24, content.index(SHEET.encode()) - 30 + 22)
    for at in marks:
        content = content[:at] + struct.pack("<I", 1000) + content[at + 4 :]
    return content


@parts("password_of_the_zip", "file_encrypted")
def _password(found):
    return found


def _set_password_flag(make: Callable[[], bytes]) -> Callable[[], bytes]:
    def flagged() -> bytes:
        content = bytearray(make())
        at = content.index(b"PK\1\2")
        content[at + 8] |= 1
        return bytes(content)

    return flagged


FILES["password_of_the_zip.xlsx"] = (_set_password_flag(FILES["password_of_the_zip.xlsx"][0]), "file_encrypted")


# --- XML that attacks ----------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion_laughs": f'<!DOCTYPE sst [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic_blowup": f'<!DOCTYPE sst [<!ENTITY l9 "{"x" * 50_000}">]>',
    "external_file": '<!DOCTYPE sst [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "external_http": '<!DOCTYPE sst [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
}


def _doctype_in_strings(name: str, doctype: str) -> None:
    @parts(name)
    def _change(found):
        text = found[STRINGS].decode()
        found[STRINGS] = (doctype + text.replace("</sst>", f"<si><t>{'&l9;' * 50}</t></si></sst>")).encode()


for _name, _doctype in DOCTYPES.items():
    _doctype_in_strings(_name, _doctype)


@xml("doctype_in_sheet")
def _doctype_in_sheet(text):
    return DOCTYPES["external_file"].replace("sst", "worksheet") + text


@parts("doctype_in_workbook")
def _doctype_in_workbook(found):
    found["xl/workbook.xml"] = DOCTYPES["billion_laughs"].encode() + found["xl/workbook.xml"]


@xml("deep_nesting", None)
def _deep_nesting(text):
    return text.replace("</worksheet>", "<ext>" * 20_000 + "</ext>" * 20_000 + "</worksheet>")


# --- too much ------------------------------------------------------------------------------------------------------


@xml("bomb_cells", "file_too_big")
def _bomb_cells(text):
    rows = (f'<row r="{row}">' + "<c><v>1</v></c>" * 90 + "</row>" for row in range(1000, 4500))
    return below(text, "".join(rows))


@xml("bomb_cells_below", "file_too_big")
def _bomb_cells_below(text):
    return below(text, "".join(f'<row r="{row}"><c r="C{row}"><v>1</v></c></row>' for row in range(19_000, 60_000)))


@xml("bomb_merges", "file_too_big")
def _bomb_merges(text):
    ranges = "".join(f'<mergeCell ref="A{row}:S{row}"/>' for row in range(100, 50_000))
    return text.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")


@parts("bomb_one_string", "file_too_big")
def _bomb_one_string(found):
    text = found[STRINGS].replace(b"bomb_one_string", b"x" * (55 * MEGABYTE))
    found[STRINGS] = text


@xml("bomb_one_string_in_its_cell", "file_too_big")
def _bomb_one_string_in_its_cell(text):
    return set_cell(text, f"S{FIRST}", inline("x" * (55 * MEGABYTE)), INLINE)


@parts("bomb_of_styles", "file_too_big")
def _bomb_of_styles(found):
    found["xl/styles.xml"] = found["xl/styles.xml"].replace(b"</cellXfs>", b"<xf/>" * 3_000_000 + b"</cellXfs>")


@parts("bomb_one_string_in_many_cells", "file_too_big")
def _bomb_in_many_cells(found):
    text = found[STRINGS].decode()
    found[STRINGS] = text.replace("</sst>", f"<si><t>{'ắ' * 32_000}</t></si></sst>").encode()
    number = text.count("<si>")
    rows = "".join(f'<row r="{row}"><c r="S{row}" t="s"><v>{number}</v></c></row>' for row in range(100, 5000))
    found[SHEET] = below(found[SHEET].decode(), rows).encode()


@parts("bomb_many_strings", "file_too_big")
def _bomb_many_strings(found):
    found[STRINGS] = found[STRINGS].replace(b"</sst>", b"<si><t/></si>" * 4_000_000 + b"</sst>")


@xml("far_cell", None)
def _far_cell(text):
    return below(text, f'<row r="1048576"><c r="XFD1048576"{INLINE}>{inline("x")}</c></row>')


@xml("columns_all_filled", None)
def _columns_all_filled(text):
    letters = [chr(65 + a) + chr(65 + b) for a in range(26) for b in range(26)][:900]
    return below(text, '<row r="1000">' + "".join(f'<c r="{name}1000"><v>1</v></c>' for name in letters) + "</row>")


# --- broken --------------------------------------------------------------------------------------------------------


@parts("strings_missing")
def _strings_missing(found):
    del found[STRINGS]


@parts("string_index_wrong")
def _string_index_wrong(found):
    found[SHEET] = found[SHEET].replace(b't="s"><v>0</v>', b't="s"><v>99999</v>')


@parts("style_wrong")
def _style_wrong(found):
    found["xl/styles.xml"] = found["xl/styles.xml"].replace(b"rgb=", b'rgb="not a colour" x=')


@parts("core_date_wrong")
def _core_date_wrong(found):
    found["docProps/core.xml"] = found["docProps/core.xml"].replace(b"2026-01-01T00:00:00Z", b"hom qua")


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
        for page in book.worksheets:
            book.remove(page)

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
    from antq_review.forms.sheets import MARKED_COPY

    return edit(content, lambda book: book["Hoạt động"].cell(2, 3, MARKED_COPY))


# --- a form that is not quite one ----------------------------------------------------------------------------------


def page(name: str, says: str):
    def keep(change):
        FILES[f"{name}.xlsx"] = (lambda: edit(base(name), lambda book: change(book["Hoạt động"])), says)
        return change

    return keep


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
    from antq_review.forms.save import workbook_bytes

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
    return edit(_saved(book), lambda book: None)


def _saved(book: Workbook) -> bytes:
    import io

    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@file("far_cell_alone", "cells_far")
def _far_cell_alone(content):
    book = Workbook()
    book.active["ZZ90000"] = "x"
    return _saved(book)


