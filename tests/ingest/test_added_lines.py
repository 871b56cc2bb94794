"""PC12, PC04, PC06 and their kind: lines that people add refuse no row; what is seen is what is read."""

import pytest
from openpyxl.styles import Font

from antq_review.forms.rows.evidence import Activity
from tests.ingest.corpus import (
    ACTIVITIES,
    FIRST,
    INLINE,
    activities,
    change_sheet,
    clean,
    edit,
    inline,
    read_files,
    set_cell,
    told,
)
from tests.text.test_folding import TCVN3

FORM, LAST = "3_hoat_dong.xlsx", FIRST + len(ACTIVITIES) - 1


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    return told(read_files(tmp_path_factory.mktemp("clean"), clean()))


def read_changed(tmp_path, change):
    return read_files(tmp_path, clean() | {FORM: edit(activities(), lambda book: change(book["Hoạt động"]))})


def said(evidence, *codes):
    return {(entry.code, cell) for entry in evidence.problems if entry.code in codes for cell in entry.cells}


NOTES = ("number_line", "section_line", "signature_line")


def numbers(sheet):
    sheet.insert_rows(FIRST)
    for column in range(1, 21):
        sheet.cell(FIRST, column).value = f"({column})"


def numbers_after_letters(sheet):
    sheet.insert_rows(FIRST)
    for column in range(1, 21):
        sheet.cell(FIRST, column).value = "AB"[column - 1] if column < 3 else column - 2


def month(sheet):
    sheet.insert_rows(FIRST + 2)
    sheet.cell(FIRST + 2, 1).value = "HỌC KỲ II, CÁC HOẠT ĐỘNG CHÍNH"
    sheet.merge_cells(start_row=FIRST + 2, start_column=1, end_row=FIRST + 2, end_column=19)


def month_not_merged(sheet):
    sheet.insert_rows(FIRST + 2)
    sheet.cell(FIRST + 2, 2).value = "Tháng 10/2026"


def signatures(sheet):
    for row, column, text in [
        (2, 10, "Mẫu, ngày 15 tháng 11 năm 2026"), (3, 3, "Người lập biểu"), (3, 10, "XÁC NHẬN CỦA HIỆU TRƯỞNG"),
        (4, 3, "(Ký, ghi rõ họ tên)"),
        (6, 3, "Trần Thị B"), (6, 10, "Nguyễn Văn A"),
    ]:
        sheet.cell(LAST + row, column).value = text


def signature_in_columns_without_heading(sheet):
    sheet.cell(LAST + 2, 22).value = "KT. HIỆU TRƯỞNG"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (numbers, {("number_line", f"A{FIRST}")}), (numbers_after_letters, {("number_line", f"A{FIRST}")}), (month,
        {("section_line", f"A{FIRST + 2}")}),
        (month_not_merged, {("section_line", f"B{FIRST + 2}")}),
        (signatures, {("signature_line", f"{c}{LAST + n}") for n, c in ((2, "J"), (3, "C"), (4, "C"), (6, "C"))}),
        (signature_in_columns_without_heading, {("signature_line", f"V{LAST + 2}")}),
    ],
)
def test_an_added_line_is_one_note_and_refuses_no_row(tmp_path, reference, change, wanted):
    evidence = read_changed(tmp_path, change)
    assert said(evidence, *NOTES) == wanted and told(evidence) == reference
    assert {entry.severity for entry in evidence.problems if entry.code in NOTES} == {"note"}


def row_begun(sheet):
    """A row that somebody began is no added line: it stays refused."""
    sheet.cell(LAST + 1, 3).value = "Hiệu trưởng nói chuyện về an ninh"


def row_with_a_day_and_a_post(sheet):
    sheet.cell(LAST + 1, 2).value = sheet.cell(FIRST, 2).value
    sheet.cell(LAST + 1, 3).value = "Hiệu trưởng"


@pytest.mark.parametrize("change", [row_begun, row_with_a_day_and_a_post])
def test_a_row_that_was_begun_stays_refused(tmp_path, change):
    evidence = read_changed(tmp_path, change)
    assert not said(evidence, *NOTES) and len(evidence.refused("activities")) == 1


def test_a_line_that_is_struck_through_is_asked_about(tmp_path):
    def change(sheet):
        for cell in sheet[FIRST + 1]:
            cell.font = Font(strike=True)
        sheet[f"C{FIRST}"].font = Font(strike=True)  # one word of a line is not the line

    evidence = read_changed(tmp_path, change)
    assert said(evidence, "row_struck") == {("row_struck", f"A{FIRST + 1}")} and len(evidence.of(Activity)) == 3


def old(text):
    return "".join(TCVN3.get(letter, letter) for letter in text.lower())


def test_texts_of_an_old_encoding_are_an_error_and_never_stripped(tmp_path):
    def change(sheet):
        sheet[f"C{FIRST}"].value = old("Sinh hoạt dưới cờ")
        sheet[f"C{FIRST + 1}"].value, sheet[f"C{FIRST + 1}"].font = old("cú"), Font(name=".VnTime")  # the font alone tells it
        sheet[f"D{FIRST + 2}"].value = old("Chuyên đề")
        sheet[f"C{FIRST + 3}"].font = Font(name=".VnTime")  # typed in Unicode all the same

    evidence = read_changed(tmp_path, change)
    assert said(evidence, "old_encoding") == {("old_encoding", at) for at in (f"C{FIRST}", f"C{FIRST + 1}", f"D{FIRST + 2}")}
    assert [row.values.name for row in evidence.of(Activity)] == ["Bảng tin điện tử"] and len(evidence.refused("activities")) == 3
    assert "Ctrl+Shift+F6" in str(next(entry.remedy for entry in evidence.problems if entry.code == "old_encoding"))


def test_a_whole_form_in_an_old_encoding_is_no_stranger(tmp_path):
    def change(sheet):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = None if cell.value.startswith("antq") else old(cell.value)

    evidence = read_changed(tmp_path, change)
    assert [entry.file for entry in evidence.problems if entry.code == "sheet_old_encoding"] == [FORM] == evidence.unread_files


@pytest.mark.parametrize(("stored", "present"), [("619.99999999999989", 620), ("150.00000000000003", 150), ("149.999999", None)])
def test_numbers_are_read_with_the_digits_that_excel_shows(tmp_path, stored, present):
    made = change_sheet(activities(), lambda xml: set_cell(xml, f"N{FIRST}", f"<f>A1</f><v>{stored}</v>"))
    evidence = read_files(tmp_path, clean() | {FORM: made})
    assert evidence.of(Activity)[0].values.present == (present or 640)
    assert bool(said(evidence, "not_a_count")) is (present is None)


def test_words_of_lists_in_the_other_spelling(tmp_path):
    def change(xml):
        for at, text in ((f"D{FIRST}", "Phổ biến, quán triệt."), (f"E{FIRST + 1}", "Ma tuý"), (f"E{FIRST + 2}", "Lừa đảo trên mạng ")):
            xml = set_cell(xml, at, inline(text), INLINE)
        return set_cell(xml, f"E{FIRST}", inline("Kĩ năng sống"), INLINE)

    evidence = read_files(tmp_path, clean() | {FORM: change_sheet(activities(), change)})
    (problem,) = [entry for entry in evidence.problems if entry.code == "not_in_list"]
    assert problem.cells == (f"E{FIRST}",) and "Có phải «Kỹ năng sống»?" in str(problem.remedy)
    assert len(evidence.of(Activity)) == 3


# --- neighbours that no paper names: what other units and other programs write ---------------------------------------------


def group(sheet):
    sheet.insert_rows(FIRST)
    sheet[f"A{FIRST}"], sheet[f"C{FIRST}"] = "I", "Khối 6"


def unit_of_measure(sheet):
    sheet[f"P{LAST + 2}"] = "(Đơn vị tính: người)"


def number_of_the_page(sheet):
    sheet[f"A{LAST + 1}"] = "Trang 1/2"


def remark(sheet):
    sheet[f"A{LAST + 2}"] = "Ghi chú: số liệu đến ngày 15/11/2026"


def subtotal(sheet):
    sheet.insert_rows(FIRST + 2)
    sheet[f"A{FIRST + 2}"], sheet[f"N{FIRST + 2}"] = "Cộng tháng 9", 500


def dots(sheet):
    sheet[f"A{LAST + 1}"], sheet[f"C{LAST + 1}"] = "…", "..."


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (group, "section_line", f"A{FIRST}"), (unit_of_measure, "remark_line", f"P{LAST + 2}"),
        (number_of_the_page, "remark_line", f"A{LAST + 1}"), (remark, "remark_line", f"A{LAST + 2}"),
        (subtotal, "total_row", f"A{FIRST + 2}"), (dots, "remark_line", f"A{LAST + 1}"),
    ],
)
def test_what_people_add_between_and_below_the_rows_is_a_note(tmp_path, change, code, cell):
    evidence = read_changed(tmp_path, change)
    assert (code, cell) in said(evidence, code)
    assert len(evidence.of(Activity)) == len(ACTIVITIES) and evidence.refused("activities") == []


def test_a_name_that_begins_like_a_subtotal_is_a_row(tmp_path):
    def change(sheet):
        sheet[f"A{FIRST}"], sheet[f"C{FIRST}"] = None, "Cộng tháng 9"
        sheet[f"A{FIRST + 1}"], sheet[f"C{FIRST + 1}"] = "I", "Khối 6"

    evidence = read_changed(tmp_path, change)
    assert [row.values.name for row in evidence.of(Activity)][:2] == ["Cộng tháng 9", "Khối 6"]


@pytest.mark.parametrize("word", ["nt", "-nt-", "Như trên", "″", "''"])
def test_a_name_as_above_is_asked_for(tmp_path, word):
    evidence = read_changed(tmp_path, lambda sheet: sheet.__setitem__(f"C{FIRST + 1}", word))
    assert said(evidence, "ditto") == {("ditto", f"C{FIRST + 1}")} and len(evidence.of(Activity)) == len(ACTIVITIES) - 1
