"""A goal that the school wrote itself: a row of its own on the sheet “Kế hoạch”, from the drawn workbook to the status."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.draw_workbook import Head
from antq_review.forms.lists_sheet import LISTS_TITLE
from antq_review.forms.measure_labels import Measure
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.ingest import read
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.measures import registry
from antq_review.scoring.model.review import Goal
from tests.ingest.corpus import CODE, HEADCOUNTS, PROFILE, UNITS, YEAR, draw, write

AS_OF = date(2026, 12, 31)
HEAD = Head(CODE, YEAR, "Bảo vệ", AS_OF, "Nguyễn Văn Bình", "Phó Hiệu trưởng")
CHECKS = [
    {"kind": "Camera", "from_on": date(2026, 3, 5), "devices": 16, "working": 16, "result": "Đạt", "checked_by": "Bảo vệ"},
    {"kind": "Phòng cháy, chữa cháy", "from_on": date(2026, 4, 5), "result": "Chưa đạt", "mended_on": date(2026, 4, 20)},
    {"kind": "Sổ sách ANTT", "from_on": date(2026, 4, 5), "result": "Chưa đạt"},
]
SYSTEMS = [
    {"system": "Camera giám sát", "counted_on": date(2026, 9, 5), "installed": 16, "working": 15},
    {"system": "Phòng cháy, chữa cháy", "counted_on": date(2026, 9, 5), "installed": 24, "working": 24},
]


def own(part: str, measure: str, number: int, **fields: Any) -> dict[str, Any]:
    """A row as the vice-principal writes it: labels of the drop-down, filters in words."""
    return {
        "goal_id": "TR-01", "part": part, "quote": "Nhà trường tự đặt: thiết bị an toàn được kiểm tra và hoạt động tốt",
        "measure": Measure.label_of(measure), "operator": "≥", "number": number, "due_on": date(2026, 11, 30), "set_by": "Nhà trường",
        **fields,
    }


PLAN = [
    own("a", "check_count", 2, kind="Camera; Phòng cháy, chữa cháy", unit="lần"),
    own("b", "check_pass_rate", 100, kind="Camera; Phòng cháy, chữa cháy", unit="%"),
    own("c", "check_pass_rate", 100, unit="%"),
    own("d", "working_rate", 97, name="Camera giám sát; Phòng cháy, chữa cháy", unit="%"),
    own("e", "check_count", 1, kind="Camera hành trình", unit="lần"),
]


@pytest.fixture(scope="module")
def goal(tmp_path_factory: pytest.TempPathFactory) -> Goal:
    school = {"profile": [PROFILE], "headcounts": HEADCOUNTS, "units": UNITS, "plan": PLAN}
    forms = {"checks": CHECKS, "systems": SYSTEMS}
    heads = {name: HEAD for name in ("ke_hoach", "kiem_tra", "chuyen_doi_so", "ho_tro")}
    folder = write(tmp_path_factory.mktemp("own"), {
        "1_nha_truong.xlsx": workbook_bytes(draw(school, ["thong_tin_truong", "ke_hoach"], heads)),
        "4_an_toan.xlsx": workbook_bytes(draw(forms, ["kiem_tra", "chuyen_doi_so", "ho_tro"], heads)),
    })
    evidence = read(Path(folder))
    assert [problem for problem in evidence.problems if problem.severity == "error"] == []
    (found,) = judge_plan(evidence, YEAR, AS_OF)
    return found


def test_each_part_has_its_status_and_the_worst_decides(goal: Goal) -> None:
    assert {part.part: part.status.value for part in goal.parts} == {
        "a": "met", "b": "met", "c": "not_met", "d": "met", "e": "open",
    }
    assert (goal.id, goal.status) == ("TR-01", "not_met")


def test_what_was_measured_walks_back_to_the_drawn_cells(goal: Goal) -> None:
    devices = next(part for part in goal.parts if part.part == "d")
    assert devices.measurement is not None
    assert (devices.measurement.count, devices.measurement.base) == (39, 40)
    assert {(cell.file, cell.sheet) for cell in devices.measurement.cells} == {("4_an_toan.xlsx", "Chuyển đổi số")}
    assert {"16", "15", "24"} <= {cell.shown for cell in devices.measurement.cells}


def test_a_kind_that_no_list_has_is_said(goal: Goal) -> None:
    (reason,) = goal.parts[-1].reasons
    assert reason.code == "filter_unclear" and "Loại" in str(reason.says)


def test_the_drop_down_offers_exactly_what_can_be_measured() -> None:
    page = draw({}, ["ke_hoach"])[LISTS_TITLE]
    lists = [[cell.value for cell in column[1:] if cell.value is not None] for column in page.iter_cols()]
    labels = {Measure.label_of(name) for name in (*registry(), "goals_met_rate", "goals_carried_out_rate")}
    assert any(set(found) == labels and len(found) == len(labels) for found in lists)
