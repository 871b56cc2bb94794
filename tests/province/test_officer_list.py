"""The list of schools where its rows contradict themselves, and what the next year's list takes over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

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
        {**listed("G"), "merged_into": "D", "exempt": "Trường đã ngừng"},
    ]
    told = read_officer(officer(tmp_path, schools)).faults
    # the first school stands in row 11; F: from day, G: to day, H: merged into
    assert [(fault.cell, str(fault.says).split(";")[0]) for fault in told] == [
        ("G11", "Đến ngày 01/6/2026 trước Từ ngày 01/9/2026"),
        ("H12", "theo danh sách, trường B sáp nhập lại vào chính mình"),
        ("G13", "trường C sáp nhập vào D mà chưa ghi Đến ngày"),
        ("H16", "mã Z không có ở sheet Trường phải nộp"),
    ]


def test_schools_merged_in_a_circle_are_told_and_one_that_leads_into_it_is_not(tmp_path: Path) -> None:
    into = {"A": "B", "B": "C", "C": "A", "D": "A", "E": "F"}
    schools = [{**listed(code), "to_on": JUNE, "merged_into": other} for code, other in into.items()]
    told = read_officer(officer(tmp_path, [*schools, listed("F")])).faults
    assert [fault.cell for fault in told] == ["H11", "H12", "H13"]
    assert all("sáp nhập lại vào chính mình" in str(fault.says) for fault in told)


def test_a_row_that_does_not_count_says_so(tmp_path: Path) -> None:
    (fault,) = read_officer(officer(tmp_path, [{**listed("A"), "levels": "Phổ thông"}, listed("B")])).faults
    assert fault.cell == "C11" and str(fault.says).endswith("Dòng này chưa tính.")


def test_one_commune_in_two_spellings_is_told(tmp_path: Path) -> None:
    schools = [{**listed("A"), "commune": "xã Mẫu"}, {**listed("B"), "commune": "Xã Mẫu"}, {**listed("C"), "commune": "xã Mẫu"}]
    assert [fault.cell for fault in read_officer(officer(tmp_path, schools)).faults] == ["D12"]


def test_the_next_list_has_no_code_of_a_school_that_has_left(tmp_path: Path) -> None:
    schools = [{**listed("A"), "to_on": JUNE}, listed("B")]
    other: list[Mapping[str, Any]] = [{"code": "A", "other": "A0"}, {"code": "B", "other": "B0"}]
    last = officer(tmp_path / "2026", schools, other_codes=other)
    new_folder(tmp_path / "2027", 2027, last)
    rows = [row.split() for row in _texts(tmp_path / "2027")]
    assert ["B", "B0"] in rows and not any("A" in row for row in rows)


def _texts(folder: Path) -> list[str]:
    from openpyxl import load_workbook

    page = load_workbook(folder / "0_danh_sach.xlsx")["Mã cũ, mã khác"]
    return [" ".join(str(cell) for cell in row[:2]) for row in page.iter_rows(min_row=10, values_only=True) if row[0]]
