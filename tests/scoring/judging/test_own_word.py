"""A sentence of the plan without a measure: the school writes what was done and its own result, and both reach every paper."""

from datetime import date
from typing import Any

import pytest

from antq_review.publish import wording
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.goals import Goal, GoalStatus
from tests.publish.dossier.documents import of
from tests.scoring.build import AS_OF, YEAR, evidence_of, goals_of

TOLD = "18/18 lớp ký cam kết, 620 bản"


def row(**more: Any) -> dict[str, Any]:
    return {"goal_id": "T-01", "quote": "Tổ chức ký cam kết đầu năm học", "due_on": date(2026, 11, 15), **more}


def goal(*rows: dict[str, Any]) -> Goal:
    return goals_of({"plan": list(rows)})["T-01"]


@pytest.mark.parametrize(("result", "status"), [
    ("met", GoalStatus.SELF_MET), ("not_met", GoalStatus.SELF_NOT_MET), ("not_applicable", GoalStatus.NOT_APPLICABLE),
])
def test_the_schools_own_result_is_told_as_its_own(result: str, status: GoalStatus) -> None:
    found = goal(row(told=TOLD, self_result=result))
    assert found.status is status and found.parts[0].told == TOLD and wording.done(found.parts[0]) == TOLD


def test_a_number_without_a_measure_takes_the_schools_word() -> None:
    """“100 % giáo viên chủ nhiệm tập huấn”: no measure counts that, so it would stay open for ever."""
    asks = {"operator": "at_least", "number": 100, "unit": "%"}
    assert goal(row(**asks)).status is GoalStatus.OPEN
    assert goal(row(**asks, told=TOLD, self_result="met")).status is GoalStatus.SELF_MET


def test_a_result_without_a_word_on_what_was_done_is_none() -> None:
    found = goal(row(self_result="met"))
    assert found.status is GoalStatus.OPEN and [why.code for why in found.parts[0].reasons] == ["goal_untold"]


def test_words_without_a_result_are_printed_and_judge_nothing() -> None:
    assert goal(row(told=TOLD)).status is GoalStatus.NO_MEASURE


def test_a_measured_row_is_judged_by_the_evidence() -> None:
    """The school's word does not make a missed target met."""
    asks = {"measure": "head_check_count", "operator": "at_least", "number": 9, "set_by": "school", "due_on": date(2026, 11, 15)}
    found = goal(row(**asks, told=TOLD, self_result="met"))
    assert found.status is GoalStatus.NOT_MET and wording.done(found.parts[0]) != TOLD


@pytest.mark.parametrize(("results", "status"), [
    (("met", "met"), GoalStatus.SELF_MET), (("met", "not_met"), GoalStatus.SELF_NOT_MET), (("not_applicable", "met"), GoalStatus.SELF_MET),
    (("not_applicable", "not_applicable"), GoalStatus.NOT_APPLICABLE), (("met", None), GoalStatus.OPEN),
])
def test_the_worst_part_decides(results: tuple[str | None, ...], status: GoalStatus) -> None:
    parts = [row(part="ab"[n], told=TOLD, **({"self_result": result} if result else {})) for n, result in enumerate(results)]
    assert goal(*parts).status is status


def test_no_rate_of_the_plan_rests_on_the_schools_word() -> None:
    rates = [
        {"goal_id": name, "quote": "x", "measure": measure, "operator": "at_least", "number": 100, "unit": "%", "set_by": "school",
         "due_on": date(2026, 11, 15)}
        for name, measure in (("T-02", "goals_met_rate"), ("T-03", "goals_carried_out_rate"))
    ]
    found = goals_of({"plan": [row(told=TOLD, self_result="met", operator="at_least", number=1), rates[0]]})["T-02"]
    assert found.status is GoalStatus.OPEN
    measured = found.parts[0].measurement
    assert measured is not None and measured.base == 0 and [note.key for note in measured.notes] == ["scoring.notes.goals_left_out"]
    carried = goals_of({"plan": [row(told=TOLD, self_result="met", operator="at_least", number=1), rates[1]]})["T-03"]
    assert carried.parts[0].measurement is not None and carried.parts[0].measurement.base == 0


@pytest.mark.usefixtures("without_steps")
def test_the_report_prints_words_result_and_code_of_the_evidence() -> None:
    rows = [
        row(told=TOLD, self_result="met", file="minh_chung/cam_ket.pdf"),
        {"goal_id": "T-02", "quote": "Giảm số vụ so với năm trước", "told": "năm trước 3 vụ, năm nay 4 vụ", "self_result": "not_met"},
    ]
    found = review(evidence_of({"plan": rows}), in_force(YEAR), AS_OF)
    (item,) = [one for one in found.evidence_register if "T-01" in one.serves]
    said = of(found, "D10")
    first, second = said["goal_rows"]
    assert first["done"] == f"{TOLD} [{item.code}]" and first["state"] == "Đạt, do nhà trường tự đánh giá"
    assert second["done"] == "Năm trước 3 vụ, năm nay 4 vụ"
    paragraphs = " ".join(said["plan_paragraphs"])
    assert "01 đạt, do nhà trường tự đánh giá; 01 chưa đạt, do nhà trường tự đánh giá" in paragraphs.replace("\u00a0", " ")
    assert "T-02 (Giảm số vụ so với năm trước)" in paragraphs
