"""The sheets Vụ việc, Kiểm tra, Chuyển đổi số, Hỗ trợ học sinh, Nhận xét: contradictions of a row, names in place of codes."""

from datetime import date
from typing import Any

import pytest

from antq_review.forms.rows.evidence import Incident
from antq_review.forms.rows.safety import Inspection
from antq_review.forms.rows.school import RemarkRow, VoteRow
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.ingest import Evidence, read
from antq_review.rules import span
from tests.ingest.corpus import clean, codes, draw, head, write

SHEETS = {"incidents": "vu_viec", "checks": "kiem_tra", "systems": "chuyen_doi_so", "support": "ho_tro", "remarks": "nhan_xet"}
DAY = date(2026, 5, 1)


def read_rows(tmp_path: Any, table: str, *rows: dict[str, Any], **more: Any) -> Evidence:
    sheet = SHEETS[table]
    made = workbook_bytes(draw({table: list(rows)}, [sheet], {sheet: head()}))
    return read(write(tmp_path / "truong", {**clean(), "bieu.xlsx": made}), **more)


@pytest.mark.parametrize(("table", "sound", "faulty", "code"), [
    ("checks", {"kind": "Camera", "from_on": DAY, "to_on": DAY}, {"to_on": date(2026, 4, 30)}, "stretch_ends_before_start"),
    ("checks", {"kind": "Trực bảo vệ", "from_on": DAY, "shifts_due": 3, "shifts_signed": 3}, {"shifts_signed": 4}, "more_signed_than_due"),
    ("checks", {"kind": "Camera", "from_on": DAY, "devices": 16, "working": 16}, {"working": 17}, "more_working_than_devices"),
    ("systems", {"system": "VNeID", "counted_on": DAY, "installed": 4, "working": 4}, {"working": 5}, "more_working_than_devices"),
    ("systems", {"system": "VNeID", "counted_on": DAY, "eligible": 9, "users": 9}, {"users": 10}, "more_users_than_eligible"),
    ("support", {"month_on": DAY, "at_risk": 2, "supported": 2}, {"supported": 3}, "more_supported_than_at_risk"),
])
def test_a_row_that_contradicts_itself_is_refused(tmp_path: Any, table: str, sound: Any, faulty: Any, code: str) -> None:
    good = read_rows(tmp_path, table, sound)
    assert len(good.rows(table)) == 1 and not good.refused(table) and code not in codes(good)
    bad = read_rows(tmp_path, table, sound | faulty)
    assert not bad.rows(table) and len(bad.refused(table)) == 1 and code in codes(bad)


def test_a_line_that_reaches_into_the_period_is_kept(tmp_path: Any) -> None:
    """Guard duty written down for a whole school year begins before the period and still covers days of it."""
    found = read_rows(
        tmp_path, "checks", {"kind": "Trực bảo vệ", "from_on": date(2025, 9, 1), "to_on": date(2025, 11, 16)},
        {"kind": "Trực bảo vệ", "from_on": date(2025, 9, 2), "to_on": date(2025, 11, 15)},
        {"kind": "Camera", "from_on": date(2025, 11, 15)}, {"kind": "Camera", "from_on": date(2027, 1, 1)}, span=span,
    )
    assert [row.values.from_on for row in found.of(Inspection)] == [date(2025, 9, 1)]
    assert sum(problem.code == "out_of_period" for problem in found.problems) == 3


def test_remarks_keep_their_order_and_ask_for_no_declaration(tmp_path: Any) -> None:
    rows = [{"section": "Ưu điểm", "text": "Một."}, {"section": "Thuận lợi", "text": "Hai."}, {"section": "Ưu điểm", "text": "Ba."}]
    found = read_rows(tmp_path, "remarks", *rows)
    assert [(row.values.section, row.values.text) for row in found.of(RemarkRow)] == [
        ("strengths", "Một."), ("advantages", "Hai."), ("strengths", "Ba."),
    ]
    assert not [problem for problem in found.problems if "nhan_xet" in problem.forms]


@pytest.mark.parametrize(("table", "row", "fields"), [
    ("incidents", {"happened_on": DAY, "kind": "Giao thông", "event_letter": "Không thuộc", "verified": "Đã xác minh"},
     ("id", "repeats", "authority_document")),
    ("support", {"month_on": DAY}, ("id",)),
])
def test_a_name_in_a_column_of_codes_refuses_the_row_and_is_not_repeated(tmp_path: Any, table: str, row: Any, fields: Any) -> None:
    for field in fields:
        found = read_rows(tmp_path / field, table, row | {field: "Nam 8/2"}, row | {"id": "VV-01"})
        assert [one.id for one in found.rows(table)] == ["VV-01"] and len(found.refused(table)) == 1
        (fault,) = (problem for problem in found.problems if problem.code == "not_a_plain_code")
        assert fault.severity == "error" and fault.forms == (SHEETS[table],) and "để trống" in str(fault.remedy)
        assert "Nam 8/2" not in f"{found.problems} {found.refused(table)}"


def test_a_row_refused_because_a_column_is_missing_does_not_repeat_its_first_cell(tmp_path: Any) -> None:
    made = draw({"incidents": [{"id": "Nam 8/2", "happened_on": DAY}]}, ["vu_viec"], {"vu_viec": head()})
    made["Vụ việc"].delete_cols(2)
    found = read(write(tmp_path / "truong", {**clean(), "bieu.xlsx": workbook_bytes(made)}))
    assert "heading_missing_required" in codes(found) and len(found.refused("incidents")) == 1
    assert "Nam 8/2" not in f"{found.problems} {found.refused('incidents')}"


def test_the_help_line_of_an_older_form_is_no_row(tmp_path: Any) -> None:
    made = draw({"incidents": []}, ["vu_viec"], {"vu_viec": head()})
    (line,) = (row for row in made["Vụ việc"].iter_rows() if str(row[0].value).startswith("Để trống"))
    line[0].value = "Để trống: công cụ tự đặt"
    found = read(write(tmp_path / "truong", {**clean(), "bieu.xlsx": workbook_bytes(made)}))
    assert not found.of(Incident) and not found.refused("incidents")


def test_a_row_of_numbers_under_headings_without_help_is_no_help_line(tmp_path: Any) -> None:
    vote = {"meeting": "CH-01", "criterion": "1", "total": 9, "agreed": 8, "against": 1, "other": 0}
    made = draw({"votes": [vote]}, ["cuoc_hop"], {"cuoc_hop": head()})
    found = read(write(tmp_path / "truong", {**clean(), "bieu.xlsx": workbook_bytes(made)}))
    assert len(found.of(VoteRow)) + len(found.refused("votes")) == 1


def test_the_note_of_support_is_never_shown(tmp_path: Any) -> None:
    row = {"month_on": DAY, "at_risk": 1, "supported": 1, "note": "bí mật"}
    found = read_rows(tmp_path, "support", row, row | {"supported": 0})
    assert found.problems and not any("bí mật" in problem.found for problem in found.problems)


@pytest.mark.parametrize("field", ["month_on", "at_risk", "supported", "counselling_sessions", "file", "note"])
def test_nothing_typed_on_the_sheet_of_support_is_shown(tmp_path: Any, field: str) -> None:
    found = read_rows(tmp_path, "support", {"month_on": DAY, "at_risk": 1, "supported": 1, field: "em Hoa lớp 8A"})
    assert bool(found.refused("support")) == (field not in ("file", "note"))
    shown = [*found.problems, *found.refused("support")]
    assert not any("Hoa" in str(one) for one in shown)


def test_digits_typed_on_the_sheet_of_support_are_not_told_in_the_remedy(tmp_path: Any) -> None:
    found = read_rows(tmp_path, "support", {"month_on": DAY, "at_risk": "1.050"})
    (said,) = [problem for problem in found.problems if problem.code == "not_a_count"]
    assert "1050" not in str(said) and str(said.remedy) == "Ghi số đếm được, chỉ gồm chữ số."
