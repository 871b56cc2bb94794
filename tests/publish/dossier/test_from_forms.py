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


def previous_result(review, **more):
    return of(review, "D1", **more)["previous_result_paragraphs"]


def test_a_stored_review_goes_first_and_the_cell_tells_what_it_does_not(review, previous):
    blank = of_school(review, previous_result="")
    alone = ["Năm 2025 (kỳ đánh giá 16/11/2024 - 15/11/2025), nhà trường tự đánh giá chưa đạt."]
    assert previous_result(blank, previous=previous) == alone
    assert previous_result(review, previous=previous) == [
        *alone, "Năm 2025, nhà trường chưa được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”."
    ]
    assert previous_result(blank) == ["[CẦN BỔ SUNG: kết quả năm 2025]"]


@pytest.mark.parametrize("in_the_year_before", [False, True])
def test_the_certificate_for_last_year_goes_before_the_cell_and_one_for_another_year_says_nothing(review, previous, in_the_year_before):
    paper = review.papers[0].model_copy(update={
        "kind": "recognition", "number": "210/GCN-UBND", "signed_on": date(2025, 12, 18), "issuer": "UBND xã Mẫu", "recognised_year": 2025,
    })
    older = paper.model_copy(update={"number": "9/GCN-UBND", "recognised_year": 2024})
    found = review.model_copy(update={"papers": (*review.papers, older, paper)})
    before = previous.model_copy(update={"papers": (*previous.papers, paper)}) if in_the_year_before else None
    assert previous_result(found, previous=before)[-1] == (
        "Nhà trường được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2025 theo "
        "Giấy công nhận số 210/GCN-UBND ngày 18/12/2025 của UBND xã Mẫu."
    )
    assert len(previous_result(found, previous=before)) == 1 + in_the_year_before


def test_the_registration_calls_the_circular_by_its_number_and_tells_a_model_s_state_once(review):
    found = of(review, "D1")
    third = next(row for row in found["registration_rows"] if row["number"] == "3")
    assert third["content"].endswith("khoản 3 Điều 6 Thông tư số 124/2021/TT-BCA.")
    first = found["initiative_rows"][0]
    assert (first["status"], first["note"].split("; ")[0]) == ("Duy trì", "Hiệu quả")


def test_the_solutions_are_the_plan_where_last_year_left_none(review):
    assert of(review, "D1")["solutions"] == ["Nhà trường thực hiện đầy đủ các nội dung của Kế hoạch số 05/KH-TH&THCS ngày 20/01/2026."]
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


def test_after_the_day_of_handing_in_a_step_is_done_at_once_and_after_the_authority_s_day_in_the_next_year(review):
    past = of_school(with_plan(review, "rated_rate", in_charge="", due_on=date(2026, 3, 1)), hand_in_by=date(2026, 11, 10))
    (late,) = [step for step in steps(past) if "Tổ Văn phòng" in step["action"]]
    assert (late["person"], late["deadline"]) == ("Hiệu trưởng", "ngay, trước khi cấp có thẩm quyền quyết định")
    (over,) = [step for step in steps(past.model_copy(update={"as_of": date(2026, 11, 20)})) if "Tổ Văn phòng" in step["action"]]
    assert over["deadline"] == "Năm 2027"


# --- the plan in D10 ---------------------------------------------------------------------------------------------------


def goal_rows(review):
    return {row["id"]: row for row in of(review, "D10")["goal_rows"]}


def test_parts_of_one_sentence_of_the_plan_are_told_apart_by_what_is_measured(review):
    rows = goal_rows(review)
    assert rows["II.3-3a"]["content"] == "Tăng cường công tác bảo vệ: thực hiện trực bảo vệ 24/24 – Tỷ lệ ca trực có ký nhận"
    assert rows["II.3-3b"]["content"] == "Số giờ không có người trực"
    assert rows["II.3-6a"]["content"] == "Bảo đảm an toàn trong và ngoài khuôn viên trường học – Số lần kiểm tra"
    assert rows["II.3-2b"]["content"] == "Xây dựng và chuẩn hóa quy trình xử lý các tình huống phát sinh trong nhà trường."
    assert rows["II.3-1"]["content"] == review.goals[[goal.id for goal in review.goals].index("II.3-1")].parts[0].quote


def test_before_its_day_a_part_says_how_much_there_is_so_far(review):
    rows = goal_rows(review)
    assert {name: row["done"] for name, row in rows.items() if row["state"] == "Chưa đến hạn"} == {
        "I.1-1": "đến nay chưa ghi nhận", "II.2-4a": "đến nay chưa ghi nhận", "II.2-4b": "đến nay 2/2",
        "II.7-3a": "đến nay chưa ghi nhận", "II.7-3b": "đến nay chưa ghi nhận",
    }
    assert rows["II.5-3"]["done"] == "từ 97% đến 97,7% (592/610)", "a target that is met needs no more"


# --- recipients ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "left"), [
    ("D2", ["Phòng Văn hóa - Xã hội xã Mẫu", "Công an xã Mẫu"]), ("D10", ["Công an xã Mẫu"]),
])
def test_no_recipient_is_named_beside_itself_as_addressee(review, code, left):
    typed = "UBND xã Mẫu; Phòng VH-XH xã Mẫu; Công an xã Mẫu; lưu VT"
    assert of(of_school(review, recipients=typed), code)["distribution"] == ["Như trên", *left, "Lưu: VT"]


@pytest.mark.parametrize("short", ["Sở GDĐT", "Sở GD&ĐT", "Sở GD-ĐT", "Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"])
def test_the_department_is_the_same_by_every_name(review, short):
    school = of_school(review, superior_body="Sở Giáo dục và Đào tạo tỉnh Lâm Đồng", recipients=f"{short}; Công an xã Mẫu; lưu VT")
    assert of(school, "D6")["distribution"] == ["Như trên", "Công an xã Mẫu", "Lưu: VT"]
    assert of(school, "D4")["distribution"][0] == (short if "tỉnh" in short else "Sở Giáo dục và Đào tạo")


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
