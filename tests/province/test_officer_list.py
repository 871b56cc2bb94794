"""The list of schools where its rows contradict themselves, and what the next year's list takes over."""

from datetime import date
from pathlib import Path

from antq_review.province.officer_folder import read_officer
from antq_review.province.work import new_folder
from tests.province.many import listed, officer

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


def test_a_row_that_contradicts_itself_is_told_at_its_cell(tmp_path: Path) -> None:
    schools = [
        {**listed("A"), "from_on": SEPTEMBER, "to_on": JUNE},
        {**listed("B"), "to_on": JUNE, "merged_into": "B"},
        {**listed("C"), "merged_into": "D"},
        {**listed("D"), "from_on": JUNE, "to_on": SEPTEMBER},
        {**listed("E"), "to_on": JUNE, "merged_into": "D"},
        {**listed("F"), "to_on": JUNE, "merged_into": "Z"},
    ]
    told = read_officer(officer(tmp_path, schools)).faults
    # the first school stands in row 11; F: from day, G: to day, H: merged into
    assert [(fault.cell, str(fault.says).split(";")[0]) for fault in told] == [
        ("G11", "Đến ngày 01/6/2026 trước Từ ngày 01/9/2026"),
        ("H12", "trường B không sáp nhập vào chính mình"),
        ("G13", "trường C sáp nhập vào D mà chưa ghi Đến ngày"),
        ("H16", "mã Z không có ở sheet Trường phải nộp"),
    ]


def test_the_next_list_has_no_code_of_a_school_that_has_left(tmp_path: Path) -> None:
    schools = [{**listed("A"), "to_on": JUNE}, listed("B")]
    other = [{"code": "A", "other": "A0"}, {"code": "B", "other": "B0"}]
    last = officer(tmp_path / "2026", schools, other_codes=other)
    new_folder(tmp_path / "2027", 2027, last)
    rows = [row.split() for row in _texts(tmp_path / "2027")]
    assert ["B", "B0"] in rows and not any("A" in row for row in rows)


def _texts(folder: Path) -> list[str]:
    from openpyxl import load_workbook

    page = load_workbook(folder / "0_danh_sach.xlsx")["Mã cũ, mã khác"]
    return [" ".join(str(cell) for cell in row[:2]) for row in page.iter_rows(min_row=10, values_only=True) if row[0]]
