"""The sheets Kiểm tra, Chuyển đổi số, Hỗ trợ học sinh, Nhận xét: contradictions of a row, rows that reach into the period."""

from datetime import date
from typing import Any

import pytest

from antq_review.forms.save import workbook_bytes
from antq_review.ingest import Evidence, read
from antq_review.rules import span
from tests.ingest.corpus import clean, codes, draw, head, write

SHEETS = {"checks": "kiem_tra", "systems": "chuyen_doi_so", "support": "ho_tro", "remarks": "nhan_xet"}
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
    assert [row.get("from_on") for row in found.rows("checks")] == [date(2025, 9, 1)]
    assert sum(problem.code == "out_of_period" for problem in found.problems) == 3


def test_remarks_keep_their_order_and_ask_for_no_declaration(tmp_path: Any) -> None:
    rows = [{"section": "Ưu điểm", "text": "Một."}, {"section": "Thuận lợi", "text": "Hai."}, {"section": "Ưu điểm", "text": "Ba."}]
    found = read_rows(tmp_path, "remarks", *rows)
    assert [(row.get("section"), row.get("text")) for row in found.rows("remarks")] == [
        ("strengths", "Một."), ("advantages", "Hai."), ("strengths", "Ba."),
    ]
    assert not [problem for problem in found.problems if "nhan_xet" in problem.forms]


def test_the_note_of_support_is_never_shown(tmp_path: Any) -> None:
    row = {"month_on": DAY, "at_risk": 1, "supported": 1, "note": "bí mật"}
    found = read_rows(tmp_path, "support", row, row | {"supported": 0})
    assert found.problems and not any("bí mật" in problem.found for problem in found.problems)
