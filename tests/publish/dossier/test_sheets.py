"""The criterion sheets (D8): what the meeting found wanting is a limit with a step, and nothing stands twice."""

from antq_review.text import literal
from tests.publish.dossier.documents import of


def sheet(review, text_id, number):
    """The criterion sheet of a criterion or item."""
    short = review.text(text_id).short
    return next(row for row in of(review, "D8")["criterion_sheets"] if (row["text_name"], row["number"]) == (str(short), number))


def denied(review, number, reason):
    """The review with a criterion that the meeting concluded as not met, otherwise than the evidence."""
    text = review.text("tt_124")
    one = next(one for one in text.findings if one.id == number)
    score = one.self_score.model_copy(update={"result": "not_met", "reason": reason})
    other = one.model_copy(update={"self_score": score, "conflict": literal("khác kết quả theo minh chứng")})
    findings = tuple(other if finding.id == number else finding for finding in text.findings)
    changed = text.model_copy(update={"findings": findings})
    return review.model_copy(update={"texts": tuple(changed if text.id == "tt_124" else text for text in review.texts)})


def test_what_the_meeting_found_wanting_is_a_limit_with_its_reason_and_a_step(review):
    third = sheet(review, "qd_510", "3")  # 4 of 5 points; the evidence leaves the item to the meeting
    assert third["strengths"] == ["Theo kết luận của cuộc họp: 4/5 điểm."]
    assert third["limits"] == [
        "Theo kết luận của cuộc họp: 4/5 điểm, vì “Ngày hội tổ chức trong hè, học sinh TH chưa tham gia, trừ 1 điểm”."
    ]
    (step,) = third["improvements"]
    assert step["action"] == "Khắc phục điều cuộc họp đã nêu: “Ngày hội tổ chức trong hè, học sinh TH chưa tham gia, trừ 1 điểm”"
    assert step["deadline"] == "Năm 2027" and third["note"] == ""  # the period is over; the reason stands once
    ninth = sheet(review, "qd_510", "9")  # 13 of 15 points, without a reason
    assert ninth["limits"] == ["Theo kết luận của cuộc họp: 13/15 điểm."]
    assert [step["action"] for step in ninth["improvements"]] == ["Xác định, khắc phục điều còn thiếu; cuộc họp kết luận: 13/15 điểm"]


def test_a_criterion_that_the_meeting_alone_denies_is_no_sheet_without_a_step(review):
    fifth = sheet(denied(review, "5", "một bảo vệ bỏ ca"), "tt_124", "5")
    assert fifth["limits"] == ["Theo kết luận của cuộc họp: chưa đạt."]
    assert [step["action"] for step in fifth["improvements"]] == ["Khắc phục điều cuộc họp đã nêu: “một bảo vệ bỏ ca”"]
    assert fifth["note"] == "Ghi chú: tiêu chí 5 – theo minh chứng: đạt; cuộc họp kết luận: chưa đạt, vì “một bảo vệ bỏ ca”."


def test_a_sheet_says_its_meeting_and_its_open_reasons_once(review):
    first, sixth = sheet(review, "tt_124", "1"), sheet(review, "tt_124", "6")
    assert first["note"] == "" and "16/11/2026" in first["conclusion"]
    assert sixth["note"] == "02 cách hiểu của khoản này cho cùng kết quả." and "Tổ Văn phòng" in sixth["conclusion"]
