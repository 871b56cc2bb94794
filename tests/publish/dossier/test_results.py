"""What the documents claim: recognition is asked for only where it is earned, a class named only where the points surely give it."""

from datetime import date
from decimal import Decimal

import pytest

from antq_review.rules.model import Award, Band
from antq_review.scoring.model.outcome import Interval, Outcome, Reason, Truth
from antq_review.scoring.model.review import CapFinding, SelfScore, TextResult
from antq_review.scoring.pipeline import review_evidence
from antq_review.text import SILENT, literal
from tests.publish.dossier.documents import disciplined, of, texts

#: A cap of which nobody has said whether it applies.
OPEN_CAP = CapFinding(id="K1", text="Khống chế", citation=SILENT, highest="Trung bình", truth=Truth.UNKNOWN)


def concluded(finding, **more):
    score = SelfScore(concluded=True, meeting="CH-01", held_on=date(2026, 11, 16), minutes="81/BB", **more)
    return finding.model_copy(update={"self_score": score})


def with_text(review, text):
    return review.model_copy(update={"texts": tuple(text if one.id == text.id else one for one in review.texts)})


def all_met(review, result=TextResult.MET, truth=Truth.YES):
    """The example with criterion 6 settled too."""
    text = review.text("tt_124")
    last = concluded(text.findings[-1], result="met" if truth is Truth.YES else "not_met")
    last = last.model_copy(update={"computed": Outcome(truth=truth), "settled": Outcome(truth=truth), "reasons": ()})
    return with_text(review, text.model_copy(update={"findings": (*text.findings[:-1], last), "result": result}))


def scored(review, **more):
    """The example as if its first three items were the whole official table: 9 points of 11, all concluded."""
    text = review.text("qd_510")
    findings = tuple(
        concluded(one.model_copy(update={"points": Decimal(maximum), "award": Award.ALL_OF}), points=Decimal(own)).model_copy(
            update={"computed": Outcome(truth=Truth.UNKNOWN, low=Decimal(own), high=Decimal(own))}
        )
        for one, own, maximum in zip(text.findings[:3], (2, 3, 4), (3, 3, 5), strict=True)
    )
    known = {
        "findings": findings, "total": Decimal(11), "considered": Decimal(11), "unread": Decimal(0), "bands": ("Khá",),
        "classes": (Band(name="Khá", at_least=Decimal(9)), Band(name="Trung bình", at_least=Decimal(0))), "caps": (), "deductions": (),
        "range": Interval(low=Decimal(9), high=Decimal(9)), "illustrative": False, "draft": False, "warnings": (),
    }
    return with_text(review, text.model_copy(update={**known, **more}))


# --- Circular 124 --------------------------------------------------------------------------------------------------


def test_what_is_not_settled_is_not_asked_for(dossier):
    values = dossier["D2"]
    assert values["wants_recognition"] is False
    assert values["request_124"] == "Chưa đủ căn cứ để đề nghị công nhận năm 2026: cuộc họp chưa kết luận tiêu chí 6."
    assert values["closing"] == "Trường TH&THCS Mẫu kính báo cáo UBND xã Mẫu"


def test_recognition_is_asked_for_where_all_is_met(review):
    values = of(all_met(review), "D2")
    assert values["wants_recognition"] is True
    assert values["result_124"] == "Tự đánh giá: đạt – đề nghị công nhận"
    assert values["result_124_paragraphs"] == [
        "Cuộc họp kết luận: 06/06 tiêu chí đạt.", "Tự đánh giá: đạt – đề nghị công nhận."
    ]
    assert values["request_124"] == (
        "Nhà trường đề nghị UBND xã Mẫu xem xét, công nhận Trường TH&THCS Mẫu đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2026."
    )
    assert values["closing"].endswith("kính trình UBND xã Mẫu xem xét, quyết định")


def test_a_school_that_fell_short_says_so_and_asks_for_nothing(previous):
    values = of(previous, "D2")
    assert values["result_124"] == "Tự đánh giá: chưa đạt"
    assert values["request_124"] == (
        "Nhà trường tự đánh giá chưa đạt nên không đề nghị công nhận tiêu chuẩn “An toàn về an ninh, trật tự” năm 2025."
    )
    fourth = values["criteria_124"][3]
    assert (fourth["self_result"], fourth["results"][0]) == ("Chưa đạt", "Bạo lực học đường: có 01 vụ (MC.AN.4a.01).")


def test_a_bare_word_of_praise_is_said_of_no_school(review, previous, dossier):
    bare = ("đạt", "trường đạt", "kết quả: đạt", "tự đánh giá: đạt")
    for values in (dossier["D2"], of(all_met(review), "D3"), of(previous, "D10")):
        assert not any(text.strip(" .").casefold() in bare for text in texts(values["result_124_paragraphs"]))


def test_what_no_meeting_concluded_is_never_a_self_assessment(review):
    text = review.text("tt_124")
    first = text.findings[0].model_copy(update={"self_score": None})
    draft = with_text(review, text.model_copy(update={"findings": (first, *text.findings[1:])}))
    values = of(draft, "D3")
    assert values["criteria_124"][0]["self_result"] == "Chưa kết luận"
    assert "Chưa kết luận: tiêu chí 1 (theo minh chứng: đạt); tiêu chí 6" in values["result_124_paragraphs"][0]
    nobody = text.model_copy(update={"findings": tuple(one.model_copy(update={"self_score": None}) for one in text.findings)})
    for found in (with_text(review, nobody), with_text(review, nobody).model_copy(update={"draft": False})):
        values = of(found, "D3")
        assert {row["self_result"] for row in values["criteria_124"]} == {"Chưa họp"}
        assert values["result_124_paragraphs"][0] == "Tự đánh giá: chưa họp."
        assert values["result_124_paragraphs"][1].startswith("Theo minh chứng: đạt – tiêu chí 1, 3, 4, 5; chưa rõ – tiêu chí 2 (")
        assert values["request_124"] == "Nhà trường chưa họp đánh giá nên chưa đề nghị công nhận năm 2026."


def test_a_result_that_a_meeting_settled_before_the_period_s_end_says_until_when_it_holds(review, dossier):
    assert (dossier["D3"]["has_data_until_line"], dossier["D3"]["data_until_line"]) == (False, "")
    text = review.text("tt_124")
    open_one = text.findings[2].model_copy(
        update={
            "computed": Outcome(truth=Truth.UNKNOWN), "reasons": (Reason(code="period_open", says="Kỳ còn mở."),),
            "self_score": text.findings[2].self_score.model_copy(update={"held_on": date(2026, 11, 10)}),
        }
    )
    early = with_text(review, text.model_copy(update={"findings": (*text.findings[:2], open_one, *text.findings[3:])}))
    for code in ("D2", "D3", "D10"):
        values = of(early, code)
        assert values["has_data_until_line"] is True
        assert values["data_until_line"] == "Số liệu đến ngày 10/11/2026; phát sinh đến hết kỳ, nhà trường báo cáo bổ sung."


def test_an_event_that_happened_is_told_by_its_letter(review):
    text = review.text("tt_124")
    third = text.findings[2]
    part = third.parts[0].model_copy(
        update={
            "computed": Outcome(truth=Truth.NO),
            "measurement": third.parts[0].measurement.model_copy(update={"low": Decimal(1), "high": Decimal(1)}),
        }
    )
    found = third.model_copy(update={"parts": (part, *third.parts[1:])})
    changed = text.model_copy(update={"findings": (*text.findings[:2], found, *text.findings[3:])})
    rows = of(with_text(review, changed), "D4")["criteria_124"]
    assert rows[2]["results"] == ["05/06 trường hợp không xảy ra."]
    assert rows[2]["events"][0]["line"] == "Điểm a – Tuyên truyền, phát triển tín ngưỡng, tôn giáo trái pháp luật: có 01 vụ."


# --- Decision 510 --------------------------------------------------------------------------------------------------


def test_the_example_s_class_is_not_decided_and_every_document_says_so(dossier):
    for code in ("D5", "D6", "D7", "D10"):
        values = dossier[code]
        if not values["is_class_decided"]:
            assert values["band_line_510"].startswith(("Chưa kết luận được mức phân loại", "Theo thang điểm minh họa"))
            assert values["request_510"].endswith("nhà trường chưa đề xuất mức phân loại vì chưa đủ căn cứ.")
            assert values["score_list_rows"][0]["note"] == values["band_line_510"]


def test_a_class_that_the_points_surely_give_is_proposed(review):
    values = of(scored(review), "D6")
    assert (values["is_class_decided"], values["band_510"], values["total_510"]) == (True, "Khá", "9")
    assert values["result_510_paragraphs"][-1] == "Tổng điểm tự chấm: 9/11 điểm."
    assert values["request_510"].endswith("năm 2026 ở mức Khá.")
    assert values["score_list_rows"][0]["note"] == ""


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"unread": Decimal(88)}, "Chưa kết luận được mức phân loại: còn 88 điểm chưa có thang điểm."),
        ({"bands": ()}, "Chưa kết luận được mức phân loại: văn bản đang dùng chưa có đủ thang điểm và mức phân loại."),
        ({"caps": (OPEN_CAP,)}, "Chưa kết luận được mức phân loại; với số điểm hiện có còn có thể là: Khá, Trung bình."),
        (
            {"illustrative": True},
            "Theo thang điểm minh họa, số điểm thuộc mức Khá; chưa phải mức phân loại chính thức nên chưa đề xuất mức.",
        ),
    ],
)
def test_no_class_is_named_for_less(more, line, review):
    values = of(scored(review, **more), "D6")
    assert (values["is_class_decided"], values["band_line_510"]) == (False, line)
    assert "ở mức" not in values["request_510"]


def test_the_class_is_that_of_the_meeting_s_total_and_the_evidence_s_total_stands_beside_it_once(review):
    found = scored(review, range=Interval(low=Decimal(8), high=Decimal(8)), bands=("Trung bình",))
    values = of(found, "D6")
    assert (values["is_class_decided"], values["band_line_510"]) == (True, "Mức đề xuất: Khá.")
    assert values["result_510_paragraphs"][-2:] == [
        "Tổng điểm tự chấm: 9/11 điểm.", "Ghi chú: tổng điểm theo minh chứng: 8/11 điểm.",
    ]
    assert of(found, "D5")["score_note"] == "Ghi chú: tổng điểm theo minh chứng: 8/11 điểm"


def test_an_illustrative_table_is_marked_wherever_its_points_stand(review):
    found = scored(review, illustrative=True)
    assert of(found, "D7")["score_list_rows"][0]["band"] == "Khá (thang điểm minh họa)"
    assert of(review, "D7")["score_list_rows"][0]["band"] == "Loại A (minh họa)", "the name of the class says so already"
    assert of(found, "D5")["score_note"] == "Thang điểm minh họa, không phải thang điểm chính thức"


def test_points_that_no_meeting_concluded_are_not_given_and_make_no_total(review):
    text = scored(review).text("qd_510")
    second = text.findings[1].model_copy(update={"self_score": None})
    found = with_text(review, text.model_copy(update={"findings": (text.findings[0], second, *text.findings[2:])}))
    values = of(found, "D5")
    assert values["score_rows"][1]["self_points"] == "Chưa kết luận"
    assert values["total_510"] == "chưa đủ điểm"
    assert values["band_line_510"] == "Chưa kết luận được mức phân loại: chưa đủ điểm tự chấm đã kết luận ở cuộc họp."
    nobody = text.model_copy(update={"findings": tuple(one.model_copy(update={"self_score": None}) for one in text.findings)})
    values = of(with_text(review, nobody), "D6")
    assert values["score_rows"][1]["self_points"] == "Chưa họp"
    assert values["result_510_paragraphs"] == ["Tự chấm: chưa họp. Theo minh chứng, đã xét 11/11 điểm: 9."]


def test_a_text_that_was_not_judged_is_named_as_such(review):
    alone = review.model_copy(update={"texts": (review.text("tt_124"),)})
    values = of(alone, "D10")
    assert values["has_510"] is False and values["score_rows"] == []
    assert values["result_510_paragraphs"] == ["Quyết định 510 không thuộc các văn bản được chấm lần này."]
    other = review.model_copy(update={"texts": (review.text("qd_510"),)})
    assert of(other, "D2")["request_124"] == "Thông tư 124 không thuộc các văn bản được chấm lần này."


def test_what_the_meeting_concluded_is_no_limit_of_its_sheet(dossier, review):
    second = next(row for row in dossier["D8"]["criterion_sheets"] if row["title"].startswith("Thực hiện chủ trương"))
    assert second["limits"] == ["Theo minh chứng, không có ý nào chưa đạt hoặc chưa rõ."]
    texts_ = tuple(
        text.model_copy(update={"findings": tuple(one.model_copy(update={"self_score": None}) for one in text.findings)})
        for text in review.texts
    )
    sheets = of(review.model_copy(update={"texts": texts_}), "D8")["criterion_sheets"]
    assert any("Chờ kết luận của cuộc họp" in text for row in sheets[1:2] for text in row["limits"])


def test_only_numbers_that_are_not_zero_are_counted(review, previous):
    assert of(review, "D3")["counts_124"] == "Cuộc họp kết luận: 05 tiêu chí đạt; còn 01 tiêu chí chưa kết luận"
    assert of(all_met(review), "D3")["counts_124"] == "Cuộc họp kết luận: 06 tiêu chí đạt"
    assert of(previous, "D3")["counts_124"] == "Cuộc họp kết luận: 05 tiêu chí đạt; 01 tiêu chí chưa đạt"


def test_points_taken_away_otherwise_than_by_the_evidence_are_told_in_words(review):
    text = review.text("qd_510")
    (one,) = text.deductions
    taken = one.model_copy(update={"self_points": Decimal(2), "conflict": literal("khác"), "reason": "một người bị cảnh cáo"})
    values = of(with_text(review, text.model_copy(update={"deductions": (taken,)})), "D5")
    assert values["score_notes"][1:] == [
        "Ghi chú: mục T1 – theo minh chứng: không trừ điểm; cuộc họp kết luận: trừ 2 điểm, vì “một người bị cảnh cáo”.",
        "Ghi chú: tổng điểm theo minh chứng: 91/100 điểm.",
    ]
    assert values["score_note"] == " ".join(values["score_notes"]).rstrip(".")
    open_one = taken.model_copy(update={"computed": Interval(low=Decimal(0), high=Decimal(4))})
    told = of(with_text(review, text.model_copy(update={"deductions": (open_one,)})), "D5")["score_note"]
    assert "mục T1 – theo minh chứng: trừ từ 0 đến 4 điểm; cuộc họp kết luận: trừ 2 điểm" in told


def test_points_taken_away_are_told_with_the_points_given(review):
    taken = disciplined(review)
    told = of(taken, "D6")["result_510_paragraphs"]
    assert told[-3:] == [
        "Điểm trừ đã kết luận: mục T1: trừ 2 điểm.", "Tổng điểm tự chấm: 89/100 điểm.",
        "Ghi chú: tổng điểm theo minh chứng: 91/100 điểm.",
    ]
    assert "Điểm trừ đã kết luận: mục T1: trừ 2 điểm." in of(taken, "D4")["conclusion_paragraphs"]
    assert not any("Điểm trừ" in text for text in of(review, "D6")["result_510_paragraphs"])


def test_while_the_period_runs_the_documents_say_how_far_they_go(evidence):
    found = review_evidence(evidence, date(2026, 6, 30))
    for code in ("D2", "D3", "D10"):
        assert of(found, code)["data_until_line"] == "Số liệu đến hết ngày 30/6/2026; kỳ đánh giá chưa kết thúc."
    fourth = of(found, "D3")["criteria_124"][3]
    assert "Bạo lực học đường: chưa ghi nhận vụ nào, tính đến hết ngày 30/6/2026." in fourth["results"]
    assert not any("không xảy ra" in text for text in fourth["results"])


def test_an_improvement_has_no_day_that_is_past(evidence):
    found = review_evidence(evidence, date(2026, 11, 25))
    days = {row["deadline"] for sheet in of(found, "D8")["criterion_sheets"] for row in sheet["improvements"]}
    # Circular 124 was to be decided before 20/11, Decision 510 is to be before 30/11
    assert "Năm 2027" in days and days <= {"Năm 2027", "trước khi nộp hồ sơ, theo hẹn của xã, phường"}


def test_a_count_that_differs_from_that_of_the_police_is_checked_again(review):
    other = review.model_copy(update={"incidents": review.incidents.model_copy(update={"police_incidents": 1})})
    for code in ("D2", "D3", "D4", "D10"):
        assert of(other, code)["police_check_line"].startswith("[CẦN BỔ SUNG: đối chiếu lại với Công an xã")
