"""Sentences by number: none, one, many, at least, unknown, hidden; nothing boasts of zero; the example's own, read as a clerk would."""

import re
import string
from decimal import Decimal

import pytest

from antq_review.publish.dossier.annex_tables import TABLES
from antq_review.publish.dossier.numbers import Figure, prose
from antq_review.publish.dossier.sentences import clauses, counted, lowered
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from antq_review.text import words
from tests.publish.dossier.documents import every, of, texts
from tests.scoring.build import AS_OF, YEAR, evidence_of

#: “0 buổi”, “00 lượt”, “0%”: a number that is nothing to tell.
BOAST = re.compile(r"(?<![\d.,/])0+(?:%| (?:buổi|hoạt động|lần|lượt|vụ|văn bản|mô hình|người|học sinh|ca|giờ|đợt|thiết bị|phản ánh)\b)")


def patterns(group=None, path=""):
    for name, value in (group or words("dossier_sentences")).items():
        if isinstance(value, dict):
            yield from patterns(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def figure(value, lower=False, hidden=False):
    return Figure(None if value is None else Decimal(value), lower, hidden)


# --- patterns ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (figure(0), ""), (figure(1), "Có 01 hoạt động do học sinh chủ trì."), (figure(2), "Có 02 hoạt động do học sinh chủ trì."),
        (figure(1250), "Có 1.250 hoạt động do học sinh chủ trì."), (figure(None), ""), (figure(0, lower=True), ""),
        (figure(3, lower=True), "Có ít nhất 03 hoạt động do học sinh chủ trì."),
    ],
)
def test_a_good_thing_is_told_where_there_is_one(value, told):
    assert counted("outreach.by_pupils", value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (figure(0), "Trong kỳ không ghi nhận vụ việc nào đã xác minh (số liệu đến hết ngày 15/11/2026)."),
        (figure(1), "Trong kỳ có 01 vụ việc đã xác minh (số liệu đến hết ngày 15/11/2026)."),
        (figure(12), "Trong kỳ có 12 vụ việc đã xác minh (số liệu đến hết ngày 15/11/2026)."),
        (figure(2, lower=True), "Trong kỳ có ít nhất 02 vụ việc đã xác minh; biểu Vụ việc chưa đầy đủ nên chưa thể coi đó là tất cả."),
        (figure(None), "Biểu Vụ việc chưa kê khai đầy đủ nên chưa thể kết luận về số vụ việc."),
        (figure(2, hidden=True), "Trong kỳ có vụ việc đã xác minh; bản công khai không nêu số vụ."),
    ],
)
def test_a_bad_thing_is_told_whatever_its_number(value, told):
    assert counted("incidents.all", value, until="15/11/2026") == told


def test_numbers_as_offices_write_them():
    assert [prose(number) for number in (0, 1, 9, 10, 1250, Decimal("8.5"))] == ["0", "01", "09", "10", "1.250", "8,5"]


def test_clauses_make_one_sentence():
    assert clauses("nhà trường có A", "", "đã có B") == ["Nhà trường có A; đã có B."]
    assert clauses("", "") == []


@pytest.mark.parametrize(
    ("label", "inside"), [("Sinh hoạt dưới cờ", "sinh hoạt dưới cờ"), ("UBND xã", "UBND xã"), ("VNeID", "VNeID"), ("", "")]
)
def test_a_label_inside_a_sentence(label, inside):
    assert lowered(label) == inside


def test_every_pattern_can_be_filled_and_none_for_a_hidden_number_prints_it():
    for path, pattern in patterns():
        places = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
        assert pattern.format_map(dict.fromkeys(places, "x")), path
        assert not path.endswith(".hidden") or "n" not in places, path


# --- nothing boasts of zero ----------------------------------------------------------------------------------------


def test_no_sentence_of_a_school_without_any_evidence_boasts_of_zero():
    found = every_sentence(judge(evidence_of({}), in_force(YEAR), AS_OF))
    assert [text for text in found if BOAST.search(text)] == []


def test_no_sentence_of_the_example_boasts_of_zero(review, previous):
    found = every_sentence(review) + every_sentence(previous)
    assert [text for text in found if BOAST.search(text)] == []


def every_sentence(review):
    """All paragraphs of all documents, no table."""
    return [
        text for values in (of(review, code) for code in ("D1", "D2", "D3", "D4", "D6", "D10"))
        for name, value in values.items() if name.endswith(("_paragraphs", "_line", "opening", "closing", "pledge"))
        for text in texts(value)
    ]


def test_the_check_for_a_boast_finds_one():
    assert BOAST.search("đã tổ chức 0 buổi") and BOAST.search("đạt 0%") and not BOAST.search("10 buổi, 1.000 lượt, 0/5")


# --- the example, read as an office clerk reads --------------------------------------------------------------------


GOLDEN = {
    "size_paragraphs": [
        "Theo số đếm ngày 05/9/2026, nhà trường có 50 cán bộ, giáo viên, nhân viên và 620 học sinh.",
        "Cán bộ, giáo viên, nhân viên gồm: cán bộ quản lý 02; giáo viên 38; nhân viên 06; người lao động hợp đồng 02; bảo vệ 02. "
        "Học sinh gồm: học sinh TH 359; học sinh THCS 261.",
        "Nhà trường có 18 lớp, 04 tổ chuyên môn, 01 tổ văn phòng.",
    ],
    "head_duty_paragraphs": [
        "Hiệu trưởng trực tiếp kiểm tra công tác an ninh, trật tự 06 lần. Các lần kiểm tra đều đạt hoặc tồn tại đã được khắc phục."
    ],
    "environment_paragraphs": [
        "Lực lượng bảo vệ phải trực 1.095 ca, 1.094 ca có ký nhận. Có 08 giờ không có người trực. "
        "Sổ theo dõi ra vào được ghi chép 13 đợt.",
        "Số lần kiểm tra trong kỳ: camera 04 lần; phòng cháy, chữa cháy 04 lần; sổ sách ANTT 04 lần; "
        "cổng trường, khu vực quanh trường 04 lần.",
        "Thiết bị an toàn: camera giám sát 16/16 thiết bị hoạt động; phòng cháy, chữa cháy 25/26 thiết bị hoạt động.",
        "Tổ chức 04 hoạt động về phòng cháy, chữa cháy.",
    ],
    "support_paragraphs": [
        "Nhà trường thực hiện 77 lượt tư vấn tâm lý cho học sinh; số học sinh có nguy cơ được theo dõi nhiều nhất trong một tháng là 06; "
        "số học sinh được hỗ trợ nhiều nhất trong một tháng là 06."
    ],
    "incident_paragraphs": [
        "Trong kỳ có 02 vụ việc đã xác minh (số liệu đến hết ngày 15/11/2026). "
        "Theo loại: giao thông 01 vụ; trộm cắp, mất tài sản 01 vụ. Các vụ đã được giải quyết xong.",
        "Theo người vi phạm: người ngoài trường 01 vụ; người trong và ngoài trường 01 vụ. Theo nơi xảy ra: trong trường 01 vụ; "
        "ngoài trường 01 vụ. Kết quả xử lý: chuyển Công an, đang xử lý 01 vụ; hòa giải 01 vụ.",
        "Số người liên quan trong các vụ đã xác minh: học sinh 01; người ngoài trường 02.",
        "Số vụ việc đã đối chiếu với Công an xã ngày 13/11/2026: 02 vụ.",
    ],
    "commendation_paragraphs": [
        "Số lượt khen thưởng trong kỳ: tập thể 04 lượt, cá nhân 20 lượt. "
        "Theo cấp khen: cấp trường: tập thể 03 lượt, cá nhân 20 lượt; cấp xã: tập thể 01 lượt."
    ],
    "change_paragraphs": [
        "Theo Thông tư 124, năm 2025 nhà trường tự đánh giá chưa đạt.",
        "Theo thang điểm minh họa, tổng điểm tự chấm năm 2025 là 62, năm nay là 91.",
        "So với năm 2025: số hoạt động tuyên truyền tăng 04 (từ 45 lên 49); số lần phối hợp tăng 02 (từ 12 lên 14); "
        "số mô hình đang duy trì không đổi (06); số vụ việc đã xác minh giảm 01 (từ 03 xuống 02).",
    ],
    "result_124_paragraphs": [
        "Cuộc họp kết luận: 05/06 tiêu chí đạt (tiêu chí 1, 2, 3, 4, 5). Chưa kết luận: tiêu chí 6 (Tổ Văn phòng chưa có xếp loại).",
        "Tự đánh giá: chưa kết luận hết các tiêu chí.",
    ],
    "solutions": ["Thành lập “Tổ tự quản học sinh”, lắp camera thông minh, thực hiện quy chế phối hợp với Công an xã."],
    "previous_result_paragraphs": [
        "Năm 2025 (kỳ đánh giá 16/11/2024 - 15/11/2025), nhà trường tự đánh giá chưa đạt.",
        "Năm 2025, nhà trường chưa được công nhận đạt tiêu chuẩn “An toàn về an ninh, trật tự”.",
    ],
    "next_year": [
        "Lập danh sách người trực thay cho từng ca; tổ chức Ngày hội khi học sinh đã tựu trường.",
        "Kiện toàn nhóm trưởng và đánh giá lại mô hình “Tổ tự quản học sinh”.",
    ],
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_example_reads_like_this(name, dossier):
    assert dossier["D10"][name] == GOLDEN[name]


def test_criteria_of_the_example_read_like_this(dossier):
    first, _, third, fourth, *_, sixth = dossier["D3"]["criteria_124"]
    assert first["results"][0] == "Nghị quyết của tổ chức Đảng, Quý I: có 01 văn bản (MC.AN.1a.01)."
    assert first["results"][4] == "100% được phổ biến nội quy và tiêu chí: mọi đối tượng đạt 100% (MC.AN.1e.01), (MC.AN.1e.02)."
    assert first["result_text"].startswith("Nghị quyết của tổ chức Đảng, Quý I: có 01 văn bản. Kế hoạch")
    assert "MC." not in first["result_text"]
    assert first["conclusion"] == "Tự đánh giá: đạt, theo cuộc họp ngày 16/11/2026 (Biên bản số 81/BB-TH&THCS)."
    assert third["results"] == ["Cả 06 trường hợp đều không xảy ra."]
    assert [event["letter"] for event in third["events"]] == ["a", "b", "c", "đ", "e", "g"]
    assert third["events"][5]["line"] == "Điểm g – Cháy, nổ, tai nạn, sự cố, môi trường, an toàn thực phẩm: không xảy ra."
    assert fourth["results"][:2] == ["Bạo lực học đường: không xảy ra.", "Phạm tội: không có trường hợp nào."]
    assert sixth["results"][1] == "Cá nhân bị kỷ luật từ cảnh cáo trở lên: không có trường hợp nào."
    assert (sixth["self_result"], sixth["conclusion"]) == (
        "Chưa kết luận", "Tự đánh giá: chưa kết luận; theo minh chứng: chưa rõ. Tổ Văn phòng chưa có xếp loại."
    )


def test_the_plan_and_the_annex_speak_to_a_reader_who_knows_no_form(dossier):
    plan, failed = dossier["D10"]["plan_paragraphs"]
    assert plan == "Kế hoạch năm 2026 có 52 nội dung được theo dõi: 35 đạt; 09 vượt; 05 chưa đạt; 03 chưa đến hạn."
    assert failed.startswith("Nội dung chưa đạt: II.3-3 (Tăng cường công tác bảo vệ: thực hiện trực bảo vệ 24/24); III.1-3 (")
    assert "III.1-6 (Thực hiện chế độ thông tin, báo cáo kết quả triển khai theo yêu cầu của cơ quan quản lý …)." in failed
    table = dossier["D10"]["annex_pl7"]
    assert table["period"] == "Kỳ 16/11/2025 - 15/11/2026"
    notes = [note for name in TABLES for note in dossier["D10"][f"annex_{name.lower()}"]["notes"]]
    assert not any("chưa hỏi" in note or "Chưa thống kê" in note for note in notes), "no form asks for it: it is no line of a paper"


def test_the_head_of_the_example(dossier, review, incident):
    submission = dossier["D2"]
    assert submission["addressees"] == [f"UBND xã Mẫu (qua Thường trực {review.school.steering_committee})"]
    assert submission["distribution"][:3] == ["Như trên", "Phòng Văn hóa - Xã hội xã Mẫu", "Công an xã Mẫu"]
    assert submission["distribution"][-1] == "Lưu: VT" and dossier["D4"]["distribution"][-1] == "Lưu: VT, Hồ sơ"
    assert dossier["D11"]["distribution"] == ["Như trên", "Lưu: VT"]
    assert submission["number_line"].replace("\u00a0", " ") == "Số:      /TTr-TH&THCS"
    assert not any("website" in place.casefold() for place in dossier["D4"]["distribution"])
    assert every(review, incident)["D5"]["attached_to"].replace("\u00a0", " ") == (
        "(Kèm theo Tờ trình số      /TTr-TH&THCS ngày      tháng      năm 2026 của Trường TH&THCS Mẫu)"
    )
    assert dossier["D1"]["grounds"][-1] == "Căn cứ Kế hoạch số 05/KH-TH&THCS ngày 20/01/2026"  # that of quarter I
    assert dossier["D10"]["opening"].startswith("Thực hiện Kế hoạch số 31/KH-TH&THCS ngày 15/4/2026, Trường TH&THCS Mẫu báo cáo")


@pytest.mark.parametrize(
    ("post", "lines"),
    [
        ("Hiệu trưởng", ["HIỆU TRƯỞNG"]), ("Phó Hiệu trưởng", ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]),
        ("", ["[CẦN BỔ SUNG: chức vụ người ký]"]),
    ],
)
def test_who_signs(post, lines, review):
    school = review.school.model_copy(update={"signer_post": post})
    assert of(review.model_copy(update={"school": school}), "D3")["signature_lines"] == lines


def test_the_incident_report_tells_counts_and_times_and_asks_for_the_rest(dossier):
    found = dossier["D11"]
    assert found["incident_detected"] == "Phát hiện lúc 16 giờ 45 phút, ngày 12 tháng 3 năm 2026."
    assert found["incident_people"] == ["Học sinh: 01 người.", "Cán bộ, giáo viên, nhân viên: không có.", "Người ngoài trường: 01 người."]
    assert found["incident_course"] == ["[CẦN BỔ SUNG: diễn biến tóm tắt, không ghi tên, lớp của học sinh]"]


def test_totals_by_another_table_of_points_are_not_set_side_by_side(review, previous):
    def told(before):
        return [text for text in of(review, "D10", previous=before)["change_paragraphs"] if "tổng điểm tự chấm" in text]

    def other(**changes):
        texts = [one.model_copy(update=changes) if one.total is not None else one for one in previous.texts]
        return previous.model_copy(update={"texts": tuple(texts)})

    (text,) = [one for one in previous.texts if one.total is not None]
    first = text.findings[0]
    assert told(previous)
    assert told(other(illustrative=False)) == []
    assert told(other(findings=(first.model_copy(update={"points": first.points + 1}), *text.findings[1:]))) == []
