"""The minutes hold what the school wrote and nothing else: nobody present, no word, no vote that was not written down."""

from antq_review.publish.dossier import missing
from antq_review.scoring.model.written import Attendee, Meeting, Vote
from tests.publish.dossier.documents import made, of, texts


def with_meeting(review, **more):
    return review.model_copy(update={"meetings": (review.meetings[0].model_copy(update=more),)})


def test_the_example_s_minutes_hold_what_its_sheet_holds(dossier, review):
    values, held = dossier["D4"], review.meetings[0]
    assert [row["name"] for row in values["attendees"]] == [one.name for one in held.attendees]
    assert values["attendance_line"] == "Triệu tập: 10 người; có mặt: 09 người; vắng: 01 người (Ngô Văn M – Bận công tác, có báo trước)"
    assert [(row["speaker"], row["opinion"]) for row in values["opinions"]] == [(one.speaker, one.opinion) for one in held.opinions]
    assert len(values["votes"]) == len(held.votes)
    assert [row["rate"] for row in values["votes"] if (row["agreed"], row["total"]) == ("8", "9")][:1] == ["88,9%"]
    assert values["meeting_start_line"] == "08 giờ 00 phút, ngày 16 tháng 11 năm 2026"
    assert values["meeting_end_line"] == "Cuộc họp kết thúc vào 10 giờ 30 phút, ngày 16 tháng 11 năm 2026"
    assert (values["chair_name"], values["secretary_name"]) == ("Nguyễn Văn A", "Trần Thị B")


def test_a_meeting_of_which_only_the_day_is_known_has_blanks_and_no_consent(review):
    bare = Meeting(id="CH-01", held_on=review.meetings[0].held_on)
    document = made(review.model_copy(update={"meetings": (bare,)}), "D4")
    values = document.values()
    assert (values["attendees"], values["opinions"], values["votes"], values["vote_line"]) == ([], [], [], "")
    assert (values["has_opinions"], values["has_votes"]) == (False, False)
    gaps = missing(document)
    blank = {
        "attendance_line", "opinion_note", "meeting_chair", "meeting_secretary", "meeting_place",
        "meeting_start_line", "meeting_end_line",
    }
    assert blank <= gaps.keys()
    said = " ".join(texts([values["conclusion_paragraphs"], values["purpose_paragraphs"], values["opinion_note"]])).casefold()
    assert not any(word in said for word in ("nhất trí", "thống nhất", "không có ý kiến nào", "đồng ý"))


def test_a_meeting_that_concluded_nothing_asks_for_its_conclusion(review):
    texts_ = tuple(
        text.model_copy(update={"findings": tuple(one.model_copy(update={"self_score": None}) for one in text.findings)})
        for text in review.texts
    )
    values = of(review.model_copy(update={"texts": texts_}), "D4")
    assert values["has_meeting"] is True
    assert values["conclusion_paragraphs"] == [
        "[CẦN BỔ SUNG: kết luận của cuộc họp; biểu Tự chấm chưa ghi kết luận nào theo cuộc họp này]"
    ]


def test_what_is_left_open_asks_who_does_what_until_when(dossier):
    assert dossier["D4"]["conclusion_paragraphs"][1:3] == [
        "Chưa kết luận: tiêu chí 6 (Tổ Văn phòng chưa có xếp loại).",
        "Việc phải bổ sung để kết luận tiêu chí 6: [CẦN BỔ SUNG: việc, người thực hiện, thời hạn].",
    ]


def test_refused_lines_of_the_record_are_not_passed_over(review):
    line = of(with_meeting(review, refused_rows=2), "D4")["attendance_line"]
    assert line.endswith("[CẦN BỔ SUNG: kiểm tra lại thành phần, ý kiến, biểu quyết: 2 dòng của biểu Cuộc họp bị lỗi, chưa đưa vào]")


def test_votes_one_by_one_where_they_differ_and_a_blank_is_no_zero(review):
    votes = (
        Vote(text="tt_124", criterion="1", total=9, agreed=9), Vote(text="tt_124", criterion="2", total=9, agreed=8, against=1),
        Vote(text="tt_124", criterion="3", total=0, agreed=0),
    )
    values = of(with_meeting(review, votes=votes), "D2")
    assert values["vote_line"] == (
        "Biểu quyết: tiêu chí 1 09/09 phiếu đồng ý; tiêu chí 2 08/09 phiếu đồng ý; tiêu chí 3 00/00 phiếu đồng ý."
    )
    assert (values["votes"][0]["against"], values["votes"][1]["against"], values["votes"][2]["rate"]) == ("-", "1", "-")


def test_an_absent_person_without_a_reason(review):
    people = (Attendee(name="A", body="police", present=True), Attendee(name="B", body="party", present=False))
    line = of(with_meeting(review, attendees=people), "D4")["attendance_line"]
    assert line == "Triệu tập: 02 người; có mặt: 01 người; vắng: 01 người (B)"


def test_the_meeting_is_the_one_that_the_self_scores_name(review):
    later = review.meetings[0].model_copy(update={"id": "CH-09", "place": "Phòng khác"})
    found = review.model_copy(update={"meetings": (*review.meetings, later)})
    assert of(found, "D4")["meeting_place"] == "Phòng Hội đồng"


def test_points_by_a_table_that_is_not_official_are_marked_in_the_minutes(dossier):
    marked = "Điểm tự chấm theo Quyết định 510 (thang điểm minh họa): mục 1: 2/3"
    assert any(text.startswith(marked) for text in dossier["D4"]["conclusion_paragraphs"])


def test_the_total_stands_in_the_minutes_of_the_meeting_that_gave_every_point(dossier, review):
    total = "Tổng điểm tự chấm: 91/100 điểm."
    assert total in dossier["D4"]["conclusion_paragraphs"]
    text = review.text("qd_510")
    ninth = text.findings[-1]
    elsewhere = ninth.model_copy(update={"self_score": ninth.self_score.model_copy(update={"meeting": "CH-02"})})
    other = text.model_copy(update={
        "findings": (*text.findings[:-1], elsewhere), "range": text.range.model_copy(update={"high": text.range.high + 2}),
    })
    found = review.model_copy(update={"texts": tuple(other if one.id == text.id else one for one in review.texts)})
    assert total in of(found, "D6")["result_510_paragraphs"]
    assert any("tổng điểm theo minh chứng" in line for line in of(found, "D6")["result_510_paragraphs"])
    told = of(found, "D4")["conclusion_paragraphs"]
    assert not any("ổng điểm" in line for line in told) and any(line.startswith("Điểm tự chấm theo") for line in told)
