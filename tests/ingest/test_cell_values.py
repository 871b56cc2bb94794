"""From what stands in a cell to a value: a time of day, a code, a count as clerks write it, and what is none."""

import unicodedata
from datetime import time

import pytest

from antq_review.forms.columns import CellKind
from antq_review.forms.rows.evidence import Activity, Incident
from antq_review.forms.rows.safety import Support
from antq_review.forms.rows.school import Headcount, MeetingRow, Profile
from antq_review.forms.sheets import PRIVATE_TABLES, table_named
from antq_review.ingest.cell_values import Refused, read_cell

#: What a clerk might type into a column of codes about pupils.
NAMES = (
    "Đánh nhau 8A Nguyễn Văn X", "Nguyễn Văn X", "Trần Thị Mận 7B", "Nam 8/2", "NAM 07", "Lan-9", "An 6", "Hùng 9", "Hùng 9".upper(),
    "NTH-8B", "Đ.T.H-2012", "Ng Th Mh 8b", "NVX 7 A",
    "Vu 01", "Y Bih 8", "H'Lan 8", "Ksor 08", "VV-07 Lan", "Lan VV-07", "VV-07 (Lan)", "VV-07\nLan", "VV-07; Lan", "VV-07;Lan;VV-08",
    "8A", "8A2", "VV-8A", "VV", "Lan", "0912345678", "0912 345 678", "VV-001202012345", "VV-07\u202e", "VV-０７", "-", ";", "VVVVVV-1",
)
STARTS = next(column for column in MeetingRow.columns() if column.name == "starts_at")


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("h", "08:30:00", time(8, 30)), ("h", "08:30:30", time(8, 30)), ("t", "2026-11-16 08:00", time(8)), ("s", "08h00’", time(8)),
        ("h", "00:00:00", time(0)), ("s", "8:30", time(8, 30)), ("s", "8h30", time(8, 30)),
        ("s", "8g30", time(8, 30)), ("s", "14 giờ 05", time(14, 5)), ("s", "7 giờ 30 phút", time(7, 30)), ("s", "7 giờ", time(7)),
        ("s", "8H00", time(8)), ("s", " 23:59 ", time(23, 59)),
    ],
)
def test_a_time_of_day(kind, text, read):
    assert read_cell(STARTS, (kind, text)) == read


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("s", "8"), ("n", "0.35"), ("s", "24:00"), ("s", "8:60"), ("s", "sáng"), ("s", "8h30-9h"), ("s", "8:5"), ("d", "2026-11-16"),
        ("s", "8.30"), ("h", "1 day, 2:00:00"), ("b", "TRUE"), ("s", "８:30"),
    ],
)
def test_what_is_no_sure_time_of_day_is_refused(kind, text):
    with pytest.raises(Refused) as refused:
        read_cell(STARTS, (kind, text))
    assert refused.value.code == "not_a_time"


CODE, REPEATS = (next(column for column in Incident.columns() if column.name == name) for name in ("id", "repeats"))


@pytest.mark.parametrize(
    "text",
    [
        "VV-07", "VV 07", "07", "7", "2026/03", "VV-2026-07", "VV.2026.07", "vv07", "VV - 07", "BLHĐ-01", "Vụ 1", "vụ việc 12", "VB-001",
        "CA-15", "20260313", "13.03.2026", "15/TB-CAX", "36/UBND-VHXH", "5/QĐ-TH&THCS", "07/VV", "vv_1", " VV-07 ", "VV\u00a007",
    ],
)
def test_a_code_about_pupils(text):
    assert read_cell(CODE, ("s", text)) and read_cell(REPEATS, ("s", f"{text}; VV-99"))


@pytest.mark.parametrize("text", NAMES)
def test_what_may_name_somebody_is_no_code(text):
    for column in (CODE, REPEATS):
        with pytest.raises(Refused) as refused:
            read_cell(column, ("s", text))
        assert refused.value.code == "not_a_plain_code" and refused.value.places == {}


@pytest.mark.parametrize("name", ["An", "Bình", "Đạt", "Hoa", "Hùng", "Ý", "Lê", "Minh", "Nguyễn Văn Xoan", "Quý", "Vũ", "Y Bih", "K'Sor"])
def test_no_name_passes_however_it_is_written_beside_a_number(name):
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    for spelled in (name, name.upper(), name.lower(), unicodedata.normalize("NFD", name), plain, plain.upper()):
        for text in ("{}", "{} 8", "{}-8/2", "{}08", "8 {}", "8A {}", "VV-07 {}", "VV-07/{}", "VV {} 07", "VV-07\n{}", "VV-07;{} 8"):
            with pytest.raises(Refused):
                read_cell(CODE, ("s", text.format(spelled)))


def test_every_code_on_a_sheet_about_pupils_is_one_without_room_for_a_name():
    for table in PRIVATE_TABLES:
        assert CellKind.CODE not in {column.kind for column in table_named(table)[1].row.columns()}, table


COUNTED = "Ghi số đếm được, chỉ gồm chữ số"
#: 7,5 is a number, made of digits: its fault is the fraction.
WHOLE = "Ghi số nguyên, không có phần lẻ"
NOTED = f"{COUNTED}; nếu là số ước lượng, nói cách ước lượng ở cột «Ghi chú»"


@pytest.mark.parametrize(
    ("row", "name", "text", "how"),
    [
        (Activity, "present", "1.050", "Ghi 1050, không có dấu chấm"), (Headcount, "count", "1.050.000", "Ghi 1050000, không có dấu chấm"),
        (Profile, "report_within_hours", "24 giờ", "Chỉ ghi số, không kèm chữ"), (Activity, "grade", "8A1", "Chỉ ghi số, không kèm chữ"),
        (Activity, "grade", "6,7", "Mỗi khối một dòng"), (Headcount, "grade", "6; 7 - 8", "Mỗi khối một dòng"),
        (Activity, "present", "mười hai", NOTED), (Activity, "present", "-3", NOTED), (Activity, "present", "khoảng 300", NOTED),
        (Headcount, "count", "mười hai", COUNTED), (Headcount, "count", "7,5", WHOLE), (Profile, "class_count", "-3", COUNTED),
        (Activity, "present", "0.500", NOTED), (Activity, "present", "6,7", WHOLE),
    ],
)
def test_the_remedy_for_what_is_no_count_fits(row, name, text, how):
    column = next(column for column in row.columns() if column.name == name)
    with pytest.raises(Refused) as refused:
        read_cell(column, ("s", text))
    assert (refused.value.code, str(refused.value.places["how"])) == ("not_a_count", how)


def test_only_tables_with_a_column_for_notes_are_sent_there():
    assert {column.noted for column in Support.columns()} == {True} and {column.noted for column in Headcount.columns()} == {False}


PRESENT, FORM = (next(column for column in Activity.columns() if column.name == name) for name in ("present", "form"))


@pytest.mark.parametrize(
    ("value", "how"),
    [
        (("d", "1900-10-26"), "kiểu số (Number)"), (("h", "08:30:00"), "kiểu số (Number)"), (("p", "30%"), "không ghi tỷ lệ"),
        (("n", "12.5"), "số nguyên"), (("s", "300,0"), "số nguyên"), (("s", "3OO"), "chữ O"), (("s", "l2"), "chữ O"),
    ],
)
def test_a_count_that_is_none_is_refused_with_the_remedy_of_its_own_fault(value, how):
    with pytest.raises(Refused) as refused:
        read_cell(PRESENT, value)
    assert refused.value.code == "not_a_count" and how in str(refused.value.places["how"])


def test_a_count_behind_the_sign_of_a_text_is_read():
    """Excel's `'300`, where an import leaves the sign in the text."""
    assert read_cell(PRESENT, ("s", "'300")) == 300


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Ngoại khóa.", "Có phải «Hoạt động ngoại khóa»?"), ("1. Chuyên đề", "Có phải «Chuyên đề»?"),
        ("- Chuyên đề", "Có phải «Chuyên đề»?"),
        ("chuyen de", "Có phải «Chuyên đề»?"), ("Chuyên đề, Hoạt động ngoại khóa", "Chỉ chọn một mục"), ("Đội", "Chọn lại"),
    ],
)
def test_a_word_near_one_entry_of_the_list_is_asked_about(text, how):
    with pytest.raises(Refused) as refused:
        read_cell(FORM, ("s", text))
    assert how in str(refused.value.places["how"])


def test_two_blanks_in_a_name_are_one_and_a_file_is_called_as_it_is():
    """The name of the school stands in every paper; a file with two blanks in its name must still be found."""
    name, file = (next(one for one in row.columns() if one.name == wanted) for row, wanted in ((Profile, "name"), (Activity, "file")))
    assert read_cell(name, ("s", " Trường Tiểu học  Suối \u00a0Mơ\nphân hiệu  2 ")) == "Trường Tiểu học Suối Mơ\nphân hiệu 2"
    assert read_cell(file, ("s", "ảnh  1.jpg")) == "ảnh  1.jpg"
