"""Crooked but honest, continued: codes, names of files, copies, strangers. Importing this adds them to `CROOKED`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

from openpyxl import Workbook

from tests.ingest.corpus import ACTIVITIES, CODE, YEAR, activities, change_part, clean, edit, head
from tests.ingest.crooked import FORM, SCHOOL, files, put, texts


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
        book.properties.title = "Bản lưu lại"

    return clean() | {"3_hoat_dong (1).xlsx": edit(clean()[FORM], change)}


@files("the_sheet_twice", ("copy_of_form",))
def _the_sheet_twice():
    def change(book: Workbook) -> None:
        book.copy_worksheet(book["Hoạt động"]).title = "Hoạt động (2)"

    return clean() | {FORM: edit(clean()[FORM], change)}


@files("system_files", ("file_open",))
def _system_files():
    noise = ("desktop.ini", "Thumbs.db", ".DS_Store", "._3_hoat_dong.xlsx", ".~lock.3_hoat_dong.xlsx#")
    return clean() | dict.fromkeys([*noise, "~$3_hoat_dong.xlsx", "HUONG_DAN.html", "HUONG_DAN.md"], b"\0\1\2")


@files("other_school_and_year", ("other_school", "other_year"))
def _other_school_and_year():
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


@files("a_colour_that_is_none")
def _a_colour_that_is_none():
    return clean() | {FORM: change_part(clean()[FORM], "xl/styles.xml", lambda text: text.replace("rgb=", 'rgb="not a colour" x='))}


@files("a_fill_without_a_pattern")
def _a_fill_without_a_pattern():
    def change(text: str) -> str:
        return re.sub(r"<fills[^>]*>", '<fills count="9"><fill/>', text)

    return clean() | {FORM: change_part(clean()[FORM], "xl/styles.xml", change)}


@files("properties_with_a_day_in_words")
def _properties_with_a_day_in_words():
    def change(text: str) -> str:
        return text.replace("2026-01-01T00:00:00Z", "hom qua")

    return clean() | {FORM: change_part(clean()[FORM], "docProps/core.xml", change)}


@files("a_font_of_no_size_and_an_odd_border")
def _a_font_of_no_size_and_an_odd_border():
    def change(text: str) -> str:
        return re.sub(r"<border[> ].*?</border>", '<border><left style="wavy"/></border>', re.sub(r'<sz val="[^"]*"', '<sz val="to"', text))

    return clean() | {FORM: change_part(clean()[FORM], "xl/styles.xml", change)}


@files("a_defined_name_that_means_nothing")
def _a_defined_name_that_means_nothing():
    def change(text: str) -> str:
        text = re.sub(r"(?s)<definedNames.*?</definedNames>", "", text)
        return text.replace("</sheets>", '</sheets><definedNames><definedName name="A" localSheetId="x">#REF!</definedName></definedNames>')

    return clean() | {FORM: change_part(clean()[FORM], "xl/workbook.xml", change)}


@files("a_theme_that_is_cut_off")
def _a_theme_that_is_cut_off():
    return clean() | {FORM: change_part(clean()[FORM], "xl/theme/theme1.xml", lambda text: text[:100])}
