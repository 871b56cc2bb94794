"""Checks across rows: lists typed by hand, with any of the signs that clerks put between their entries."""

from datetime import date

import pytest

from antq_review.forms.rows.evidence import Incident
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import SHEETS, sheet_named
from antq_review.ingest import Evidence, read
from antq_review.ingest.declarations import declared, must_hand_in
from tests.ingest.corpus import HEADCOUNTS, PROFILE, UNITS, clean, draw, head, school, write

DECLARED = [sheet for sheet in SHEETS if sheet.declared]


def asked(tmp_path, titles: str) -> Evidence:
    units = [{**UNITS[0], "must_hand_in": titles}, UNITS[1]]
    made = workbook_bytes(draw({"profile": [PROFILE], "headcounts": HEADCOUNTS, "units": units}, ["thong_tin_truong"]))
    return read(write(tmp_path / "truong", {**clean(), "1_nha_truong.xlsx": made}))


@pytest.mark.parametrize("titles", ["Văn bản; Hoạt động", "Văn bản, Hoạt động", "văn  bản\nHOẠT ĐỘNG", " ;Văn bản,, Hoạt động;"])
def test_a_unit_owes_the_sheets_that_are_named(tmp_path, titles):
    evidence = asked(tmp_path, titles)
    assert [sheet.name for sheet in DECLARED if must_hand_in(evidence, sheet)] == ["van_ban", "hoat_dong"]
    assert not any(problem.code == "form_unknown" for problem in evidence.problems)
    assert declared(evidence, sheet_named("van_ban")).missing_units == ("Đội TNTP",)
    assert declared(evidence, sheet_named("hoat_dong")).until == date(2026, 12, 20)


@pytest.mark.parametrize("titles", ["Hoạt động; Van ban", "Hoạt động. Mô hình", "tất cả"])
def test_a_title_that_nobody_knows_is_an_error_and_the_unit_owes_every_sheet(tmp_path, titles):
    evidence = asked(tmp_path, titles)
    (said,) = [problem for problem in evidence.problems if problem.code == "form_unknown"]
    assert said.severity == "error" and said.column == "Phải nộp biểu" and len(said.cells) == 1
    assert all(sheet.title in str(said.expected) for sheet in DECLARED)
    assert all(must_hand_in(evidence, sheet) == ["Đội TNTP"] for sheet in DECLARED)


@pytest.mark.parametrize("written", ["1;2;9;10", "1, 2, 9, 10", "01\n02\n9;10"])
def test_teaching_months(tmp_path, written):
    evidence = read(write(tmp_path, clean() | {"1_nha_truong.xlsx": school(teaching_months=written)}))
    assert evidence.profile.months_taught() == {1, 2, 9, 10}
    assert not any(problem.code == "month_unknown" for problem in evidence.problems)


@pytest.mark.parametrize("written", ["1;2;13", "9-12", "tháng 9; 10", "1.2", "0;1"])
def test_what_is_no_month_is_an_error_and_leaves_the_months_unknown(tmp_path, written):
    evidence = read(write(tmp_path, clean() | {"1_nha_truong.xlsx": school(teaching_months=written)}))
    assert evidence.profile.months_taught() == frozenset()
    (said,) = [problem for problem in evidence.problems if problem.code == "month_unknown"]
    assert said.severity == "error" and said.column == "Các tháng dạy học" and len(said.cells) == 1


def test_only_the_papers_carried_out_are_several_codes(tmp_path):
    papers = [
        {"id": f"VB-0{number}", "kind": "Kế hoạch", "signed_on": date(2026, 2, number), "subject": f"Số {number}", **more}
        for number, more in ((1, {}), (2, {}), (3, {"carries_out": "VB-01, VB-02"}))
    ]
    activity = {"held_on": date(2026, 3, 5), "name": "x", "form": "Chuyên đề", "launched_by": "VB-01; VB-02"}
    made = workbook_bytes(draw({"documents": papers, "activities": [activity]}, ["van_ban", "hoat_dong"], {"van_ban": head()}))
    evidence = read(write(tmp_path, {"1_nha_truong.xlsx": school(), "bieu.xlsx": made}))
    unknown = [problem for problem in evidence.problems if problem.code == "code_unknown"]
    assert [problem.sheet for problem in unknown] == ["Hoạt động"]


@pytest.mark.parametrize(("repeats", "unknown"), [("VV-01; VV-02", 0), ("VV-01; VV-09", 1)])
def test_an_incident_may_repeat_several(tmp_path, repeats, unknown):
    fields = {"kind": "Bạo lực học đường", "event_letter": "Không thuộc", "verified": "Đã xác minh"}
    rows = [{**fields, "id": f"VV-0{number}", "happened_on": date(2026, 3, number)} for number in (1, 2, 3)]
    made = workbook_bytes(draw({"incidents": [*rows[:2], {**rows[2], "repeats": repeats}]}, ["vu_viec"], {"vu_viec": head()}))
    evidence = read(write(tmp_path, {"1_nha_truong.xlsx": school(), "bieu.xlsx": made}))
    assert len(evidence.of(Incident)) == 3
    assert len([problem for problem in evidence.problems if problem.code == "code_unknown"]) == unknown
