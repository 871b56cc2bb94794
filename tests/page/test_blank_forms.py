"""Which workbooks the page calls not filled in yet, where one workbook holds sheets of every kind."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.carry_over import in_words
from antq_review.forms.choices import LevelsTaught, SetBy, StandardResult
from antq_review.forms.draw_workbook import Head, draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.new_school import NewSchool
from antq_review.forms.offered_plan import offered_plan
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.forms.sheets import sheet_named
from antq_review.page import form_views
from antq_review.scoring.pipeline import read_folder
from antq_review.scoring.score_table.table import blank_rows


@pytest.mark.parametrize(("typed", "blank"), [
    ({}, True),
    ({"self_scores": [{"text": "Thông tư 124", "criterion": "1", "self_result": StandardResult.MET.label}]}, False),
    ({"profile": [{"class_count": 12}]}, False),
    ({"plan": [{"goal_id": "T-01", "quote": "Họp một lần", "number": 1, "set_by": SetBy.SCHOOL.label}]}, False),
])
def test_a_workbook_with_all_sheets_is_blank_only_where_nobody_typed(
    tmp_path: Path, typed: Mapping[str, Sequence[Mapping[str, Any]]], blank: bool
) -> None:
    """What `templates` fills in itself is no work of the school; what it cannot fill in is, also on a sheet without a declaration."""
    school = NewSchool(school_code="01789012", year=2032, name="Trường Tiểu học Thử", levels=LevelsTaught.PRIMARY, commune="xã Thử")
    sheets = [sheet_named(name) for name in ("thong_tin_truong", "ke_hoach", "tu_cham", "van_ban", "thang_diem")]
    plan = [in_words(row, type(row).model_fields) for row in offered_plan(school)]
    profile = school.profile_line() | (typed["profile"][0] if "profile" in typed else {})
    rows = {"plan": plan, "score_rows": blank_rows(), **typed, "profile": [profile]}
    heads = {sheet.name: Head("01789012", 2032, "Ban Giám hiệu", name=school.name) for sheet in sheets}
    (tmp_path / "tat_ca.xlsx").write_bytes(workbook_bytes(draw_workbook(sheets, heads, rows, Measure.labels(), school)))
    evidence = read_folder(tmp_path)
    assert {"profile", "plan", *typed} <= {name for name in evidence.tables if evidence.rows(name)}
    assert [problem.code for problem in evidence.problems if problem.file] == ["declaration_missing"]
    assert form_views.blank_files(evidence) == ({"tat_ca.xlsx"} if blank else set())
