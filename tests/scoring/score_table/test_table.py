"""A school's own score table: the four paper columns suffice, every fault has its cell, two people confirm."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from antq_review.ingest import read_one
from antq_review.rules import Award, rulebook
from antq_review.rules import faults as loader_faults
from antq_review.scoring.score_table.table import score_table
from tests.scoring.score_table.tables import BANDS, CONFIRMED, HEAD, PAPER, cell, faults, fill, read


def changed(place: int, **fields: Any) -> list[dict[str, Any]]:
    """The paper's rows with one of them changed."""
    return [{**row, **fields} if index == place else dict(row) for index, row in enumerate(PAPER)]


def test_an_untouched_blank_is_no_table_and_no_fault(tmp_path: Path) -> None:
    path = fill(tmp_path / "thang_diem.xlsx", rows=(), head={})
    assert faults(path) == {}
    assert read(path).rulebook is None


def test_the_four_paper_columns_give_a_table_that_the_meeting_judges(tmp_path: Path) -> None:
    found = read(fill(tmp_path / "thang_diem.xlsx"))
    assert found.problems == () and found.rulebook is not None
    assert [one.id for one in found.rulebook.criteria] == ["1", "2", "3", "4a", "4b", "5", "6"]
    assert {one.award for one in found.rulebook.criteria[4:]} == {Award.JUDGEMENT}
    assert found.rulebook.criteria[0].parts == rulebook("qd_510").criteria[0].parts  # what is known keeps its reading
    assert [(one.id, one.before) for one in found.rulebook.headings] == [("4", "4a")]
    assert str(found.rulebook.criteria[4].citation) == "mục 4b, Bảng chấm điểm giấy bịa để thử"
    assert found.rulebook.draft and not found.rulebook.bands
    assert list(loader_faults(found.rulebook)) == []


def test_two_different_people_confirm(tmp_path: Path) -> None:
    confirmed = read(fill(tmp_path / "a.xlsx", head=CONFIRMED)).rulebook
    assert confirmed is not None and not confirmed.draft and str(confirmed.short) == "Quyết định 510"
    same = fill(tmp_path / "b.xlsx", head={**CONFIRMED, "checked_by": "trần thị b"})
    found = read(same).rulebook
    assert found is not None and found.draft and "chưa xác nhận" in str(found.short)
    assert list(faults(same)) == ["score_same_person"]


def test_an_illustrative_table_says_so_in_its_name(tmp_path: Path) -> None:
    found = read(fill(tmp_path / "a.xlsx", head={**CONFIRMED, "illustrative": "Có"})).rulebook
    assert found is not None and found.illustrative and "thang điểm minh họa" in str(found.short)


@pytest.mark.parametrize(
    ("code", "rows", "field", "text"),
    [
        ("score_sum", changed(2, points=39), "points", "6"),
        ("score_number_twice", changed(2, number="5"), "number", "Nội dung thứ sáu (bịa để thử)"),
        ("score_points_missing", changed(1, points=None), "points", "5"),
        ("score_measure_unknown", changed(0, award="Không để xảy ra", measure="Số con mèo"), "measure", "4b"),
        ("score_needs", changed(0, award="Đạt ngưỡng", measure="Số vụ việc", operator="≤"), "bound", "4b"),
        ("score_not_for_award", changed(0, bound=3), "bound", "4b"),
        ("score_no_parts", changed(0, award="Đủ các ý"), "award", "4b"),
        ("score_steps_unclear", changed(0, award="Theo bậc", measure="Số vụ việc", steps="nhiều: 8"), "steps", "4b"),
        ("score_steps_top", changed(0, award="Theo bậc", measure="Số vụ việc", steps="3: 7"), "steps", "4b"),
        ("score_filter_unclear", changed(0, award="Không để xảy ra", measure="Số vụ việc", channel="Video"), "measure", "4b"),
        ("target_is_fraction",
         changed(0, award="Đạt ngưỡng", measure="Tỷ lệ thiết bị hoạt động", operator="≥", bound=0.9), "bound", "4b"),
        ("target_is_fraction", changed(0, award="Theo bậc", measure="Tỷ lệ thiết bị hoạt động", steps="0,9: 8; 0,7: 3"), "steps", "4b"),
        ("target_not_whole", changed(0, award="Theo bậc", measure="Số vụ việc", steps="2,5: 8; 1: 3"), "steps", "4b"),
        ("target_over_hundred",
         changed(0, award="Đạt ngưỡng", measure="Tỷ lệ thiết bị hoạt động", operator="≥", bound=900), "bound", "4b"),
        ("score_else_over", changed(0, award="Đạt ngưỡng", measure="Số vụ việc", operator="≤", bound=1, else_points=9),
         "else_points", "4b"),
    ],
)
def test_every_fault_of_a_row_names_its_cell(
    tmp_path: Path, code: str, rows: list[dict[str, Any]], field: str, text: str
) -> None:
    path = fill(tmp_path / "thang_diem.xlsx", rows=rows)
    found = faults(path)
    assert found[code] == [cell(path, "score_rows", field, text)]
    assert set(found) == {code, "score_table_not_used"}
    assert read(path).rulebook is None


def test_a_heading_with_points_must_be_the_sum_of_its_rows(tmp_path: Path) -> None:
    rows = [PAPER[0], {"number": "5", "text": "Nhóm năm (bịa)", "points": 80}, {"number": "5.1", "text": "Ý một (bịa)", "points": 30},
            {"number": "5.2", "text": "Ý hai (bịa)", "points": 50}]
    good = read(fill(tmp_path / "a.xlsx", rows=rows)).rulebook
    assert good is not None and [one.id for one in good.criteria][-2:] == ["5.1", "5.2"]
    assert [(one.id, one.before, one.points) for one in good.headings][-1] == ("5", "5.1", 80)
    rows[1] = {**rows[1], "points": 70}
    path = fill(tmp_path / "b.xlsx", rows=rows)
    assert faults(path)["score_heading_sum"] == [cell(path, "score_rows", "points", "5")]


def test_roman_headings_stand_above_and_parts_belong_together(tmp_path: Path) -> None:
    part = {"award": "Đạt ngưỡng", "measure": "Tỷ lệ thiết bị hoạt động", "operator": "≥", "bound": 90}
    rows = [
        PAPER[0], {"number": "II", "text": "Phần hai (bịa)"},
        {"number": "5", "text": "Đủ hai ý (bịa)", "points": 80, "award": "Đủ các ý"},
        {"number": "5.1", "text": "Ý một (bịa)", **part}, {"number": "5.2", "text": "Ý hai (bịa)"},
    ]
    found = read(fill(tmp_path / "a.xlsx", rows=rows)).rulebook
    assert found is not None
    last = found.criteria[-1]
    assert (last.id, last.award, [part.id for part in last.parts]) == ("5", Award.ALL_OF, ["5.1", "5.2"])
    assert last.parts[0].bound is not None and last.parts[0].bound.at_least == Decimal("0.9")
    assert [one.before for one in found.headings] == ["4a", "5"]
    rows[3] = {**rows[3], "points": 5}
    path = fill(tmp_path / "b.xlsx", rows=rows)
    assert faults(path)["score_part_points"] == [cell(path, "score_rows", "points", "5.1")]


@pytest.mark.parametrize(
    ("code", "bands", "field", "text"),
    [
        ("score_band_lowest", BANDS[:2], "at_least", "Khá"),
        ("score_band_order", (BANDS[1], BANDS[0], BANDS[2]), "at_least", "Tốt"),
        ("score_band_over", ({"name": "Quá cao", "at_least": 101}, *BANDS), "at_least", "Quá cao"),
        ("score_band_gap", (BANDS[0], {**BANDS[1], "below": 85}, BANDS[2]), "below", "Khá"),
        ("score_band_twice", (BANDS[0], {**BANDS[1], "name": "tốt"}, BANDS[2]), "name", "tốt"),
    ],
)
def test_classes_leave_no_gap_and_no_overlap(tmp_path: Path, code: str, bands: Any, field: str, text: str) -> None:
    path = fill(tmp_path / "thang_diem.xlsx", bands=bands)
    assert faults(path)[code] == [cell(path, "score_bands", field, text)]
    assert read(path).rulebook is None


def test_deductions_and_caps_are_read_and_checked(tmp_path: Path) -> None:
    deduction = {"number": "T1", "text": "Mỗi vụ (bịa)", "each": 2, "at_most": 10, "measure": "Số vụ việc", "kind": "Ma túy"}
    cap = {"number": "K1", "text": "Có vụ (bịa)", "highest": "Khá", "measure": "Số vụ việc", "operator": "≥", "bound": 1}
    found = read(fill(tmp_path / "a.xlsx", bands=BANDS, deductions=[deduction], caps=[cap])).rulebook
    assert found is not None and found.deductions[0].filter == {"kind": ("drugs",)} and found.caps[0].highest == "Khá"
    wrong = fill(
        tmp_path / "b.xlsx", bands=BANDS, caps=[{**cap, "highest": "Xuất sắc"}],
        deductions=[{**deduction, "at_most": 1}, {**deduction, "number": "5", "measure": "Tỷ lệ người tham gia", "kind": None}],
    )
    named = faults(wrong)
    assert named["score_cap_class"] == [cell(wrong, "score_caps", "highest", "K1")]
    assert named["score_deduction_most"] == [cell(wrong, "score_deductions", "at_most", "T1")]
    assert named["score_deduction_rate"] == [cell(wrong, "score_deductions", "measure", "5")]
    assert named["score_number_twice"] == [cell(wrong, "score_deductions", "number", "5")]


def test_a_table_without_its_source_is_not_used(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx", head={"total": 100})
    assert "score_no_source" in faults(path) and read(path).rulebook is None


def test_points_need_the_meeting_that_gave_them(tmp_path: Path) -> None:
    scored = [{**row, "self_points": 8} for row in PAPER]
    path = fill(tmp_path / "a.xlsx", rows=scored)
    page = openpyxl.load_workbook(path)["Thông tin thang điểm"]
    at = next(line[1].coordinate for line in page.iter_rows() if line[0].value == "Cuộc họp đã chấm")
    assert faults(path) == {"score_meeting_blank": [f"Thông tin thang điểm!{at}"]}
    found = read(path)
    assert found.rulebook is not None and not found.faulty and "3 mục (4b, 5, 6)" in str(found.problems[0].says)
    assert faults(fill(tmp_path / "b.xlsx", rows=scored, head={**HEAD, "meeting": "CH-01"})) == {}
    assert faults(fill(tmp_path / "c.xlsx")) == {}  # nothing concluded, nobody asks for the meeting
    cap = {"number": "K1", "text": "Có vụ (bịa)", "highest": "Khá", "concluded": "Không"}
    assert list(faults(fill(tmp_path / "d.xlsx", bands=BANDS, caps=[cap]))) == ["score_meeting_blank"]
    bare = fill(tmp_path / "e.xlsx", rows=scored, head={})
    assert faults(bare)["score_meeting_blank"] == []  # nothing is written on that sheet: the sheet is named
    assert {one.sheet for one in read(bare).problems if one.code == "score_meeting_blank"} == {"Thông tin thang điểm"}


def test_another_total_another_period_and_a_province_by_the_same_door(tmp_path: Path) -> None:
    head = {
        **CONFIRMED, "completes": "Văn bản của tỉnh cụ thể hóa Quyết định 510", "number": "00/QĐ-BCĐ (bịa để thử)",
        "issuer": "Ban Chỉ đạo tỉnh Mẫu",
        "signed_on": date(2026, 1, 5), "total": 60, "period_from": date(2025, 12, 1), "period_to": date(2026, 11, 30),
        "score_columns": "Điểm tự chấm; Cấp trên chấm; Điểm thống nhất",
    }
    rows = [{**PAPER[0]}, {**PAPER[1]}]
    found = read(fill(tmp_path / "a.xlsx", rows=rows, head=head)).rulebook
    assert found is not None and found.total == 60 and str(found.short) == "00/QĐ-BCĐ (bịa để thử)"
    assert found.period.of(2026).start == date(2025, 12, 1) and found.period.of(2026).end == date(2026, 11, 30)
    assert found.score_columns == ("own", "superior", "agreed")
    blank = fill(tmp_path / "b.xlsx", rows=rows, head={**head, "number": None, "issuer": None, "period_to": None})
    assert len(faults(blank)["score_province_blank"]) == 2 and "score_period_half" in faults(blank)
    far = fill(tmp_path / "c.xlsx", rows=rows, head={**head, "period_from": date(2025, 1, 1)})
    assert "score_period_wrong" in faults(far)


def test_known_rows_with_other_words_or_points_follow_the_paper_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    fill(path, rows=[{**PAPER[0]}, {**PAPER[1]}, {**PAPER[2], "points": 39}])
    book = openpyxl.load_workbook(path)
    page = book["Thang điểm"]
    for line in page.iter_rows():
        if line[0].value == "3":
            line[1].value = "Ngày hội, chữ của bản giấy khác (bịa để thử)"
        if line[0].value == "4a":
            line[2].value = 2
    book.save(path)
    found = score_table(read_one(path))
    assert [one.code for one in found.problems] == ["score_text_differs", "score_points_differ"]
    assert found.rulebook is not None
    by_id = {one.id: one for one in found.rulebook.criteria}
    assert by_id["3"].award is Award.JUDGEMENT and by_id["4a"].award is Award.THRESHOLD and by_id["4a"].points == 2


def test_a_line_that_the_reader_refuses_keeps_the_table_out(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.xlsx", rows=changed(1, points="bốn mươi"))
    found = faults(path)
    assert found["not_a_number"] == [cell(path, "score_rows", "points", "5")] and "score_table_not_used" in found
    assert read(path).rulebook is None
    assert HEAD["source"]
