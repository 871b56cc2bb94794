"""What a form already holds is not asked for again: last year's result, solutions, persons and days; no paper cites itself."""

from datetime import date

import pytest

from antq_review.forms.choices import PreviousResult
from antq_review.publish.dossier import missing
from tests.publish.dossier.documents import made, of


def of_school(review, **facts):
    return review.model_copy(update={"school": review.school.model_copy(update=facts)})


# --- D1 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "said"), [
    (PreviousResult.RECOGNISED, "Năm 2025, nhà trường được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”."),
    (PreviousResult.NOT_RECOGNISED, "Năm 2025, nhà trường chưa được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”."),
    (PreviousResult.NOT_REGISTERED, "Năm 2025, nhà trường không đăng ký phấn đấu đạt tiêu chuẩn “An toàn về an ninh, trật tự”."),
])
def test_the_result_of_last_year_is_in_one_cell_where_no_review_is_stored(review, written, said):
    assert of(of_school(review, previous_result=written.value), "D1")["previous_result_paragraphs"] == [said]


def test_a_stored_review_goes_first_and_the_cell_tells_what_it_does_not(review, previous):
    alone = of(review, "D1", previous=previous)["previous_result_paragraphs"]
    both = of(of_school(review, previous_result="recognised"), "D1", previous=previous)["previous_result_paragraphs"]
    assert both[: len(alone)] == alone and len(both) == len(alone) + (len(alone) == 1)
    assert of(review, "D1")["previous_result_paragraphs"] == ["[CẦN BỔ SUNG: kết quả năm 2025]"]


def test_the_solutions_are_the_plan_where_last_year_left_none(review):
    (said,) = of(review, "D1")["solutions"]
    assert said.startswith(f"Nhà trường thực hiện đầy đủ {len(review.goals)} nội dung của Kế hoạch số 05/KH-TH&THCS")
    assert of(review.model_copy(update={"goals": ()}), "D1")["solutions"][0].startswith("[CẦN BỔ SUNG: giải pháp")


def test_with_the_cell_a_first_registration_can_be_final(review):
    assert missing(made(of_school(review, previous_result="not_registered"), "D1"), ["previous_result_paragraphs", "solutions"]) == {}


# --- D8 --------------------------------------------------------------------------------------------------------------


def steps(review):
    return [step for sheet in of(review, "D8")["criterion_sheets"] for step in sheet["improvements"]]


def with_plan(review, measure, **cells):
    """The review with one row of the plan about the measure."""
    goal = next(goal for goal in review.goals if goal.parts)
    part = goal.parts[0].model_copy(update={"measure": measure, "measurement": None, **cells})
    return review.model_copy(update={"goals": (goal.model_copy(update={"parts": (part,)}),)})


def test_the_plan_says_who_does_a_step_and_until_when(review):
    planned = with_plan(review, "rated_rate", in_charge="Công đoàn", due_on=date(2026, 12, 15))
    (step,) = [step for step in steps(planned) if "Tổ Văn phòng" in step["action"]]
    assert (step["person"], step["deadline"]) == ("Công đoàn", "15/12/2026")


def test_without_a_row_of_the_plan_the_head_does_it_until_the_papers_are_handed_in(review):
    bare = review.model_copy(update={"goals": ()})
    (step,) = [step for step in steps(bare) if "Tổ Văn phòng" in step["action"]]
    assert (step["person"], step["deadline"]) == ("Hiệu trưởng", "trước khi nộp hồ sơ, theo hẹn của xã, phường")
    (told,) = [step for step in steps(of_school(bare, hand_in_by=date(2026, 11, 18))) if "Tổ Văn phòng" in step["action"]]
    assert told["deadline"] == "18/11/2026"
    past = of_school(with_plan(review, "rated_rate", in_charge="", due_on=date(2026, 3, 1)), hand_in_by=date(2026, 11, 10))
    (late,) = [step for step in steps(past) if "Tổ Văn phòng" in step["action"]]
    assert (late["person"], late["deadline"]) == ("Hiệu trưởng", "[CẦN BỔ SUNG: thời hạn]")


# --- D10 -------------------------------------------------------------------------------------------------------------


def test_the_report_does_not_cite_itself(review):
    own = next(paper for paper in review.papers if paper.kind == "interim_review").model_copy(
        update={"kind": "final_review", "number": "140/BC-TH&THCS", "signed_on": date(2026, 11, 15), "contents": ("movement",)}
    )
    found = review.model_copy(update={"papers": (*review.papers, own)})
    report, other = of(found, "D10"), of(found, "D3")
    assert "140/BC" not in " ".join(report["leadership_paragraphs"]) + " ".join(row["line"] for row in report["papers"])
    assert "140/BC-TH&THCS" in " ".join(other["leadership_paragraphs"])
    notes = {line["label"]: line["note"] for line in report["annex_pl2"]["lines"]}
    assert notes["Tổng kết"] == "" and notes["Sơ kết"]


def test_the_head_names_the_school_years_beside_the_year_of_assessment(review):
    said = of(review, "D10")["years_line"].replace("\u00a0", " ")
    assert said == "Năm đánh giá 2026: 16/11/2025 - 15/11/2026; năm học 2025 - 2026, 2026 - 2027"
    plan = of(review.model_copy(update={"texts": ()}), "D10")["years_line"].replace("\u00a0", " ")
    assert plan == "Năm đánh giá 2026: 01/01/2026 - 31/12/2026; năm học 2025 - 2026, 2026 - 2027"


def test_annexes_tell_whether_last_year_is_known(review, previous):
    assert [table["has_before"] for table in of(review, "D10")["annex_tables"]] == [False] * 10
    assert of(review, "D10", previous=previous)["annex_pl7"]["has_before"]
