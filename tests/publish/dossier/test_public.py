"""A copy that leaves the school: few cases are not told, nor anything they could be worked out from; nothing private anywhere."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_review.forms import choices as lists
from antq_review.publish.dossier import PUBLIC_DOCUMENTS
from antq_review.publish.dossier.numbers import Cells
from antq_review.publish.dossier.suppression import few_of, tells_few
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from antq_review.scoring.model.numeric_tables import How, NumericRow
from antq_review.scoring.model.written import Remark
from antq_review.scoring.sections.incident_record import incident_record
from tests.publish.dossier.documents import disciplined, every, of, texts
from tests.scoring.build import AS_OF, YEAR, evidence_of

SECRET = "BÍ MẬT"
KINDS = list(lists.IncidentKind.labels())


def incident(**more):
    return {
        "happened_on": date(2026, 5, 1), "kind": "theft", "event_letter": "none", "verified": "yes", "pupils": 1, "staff": 0,
        "outsiders": 2, **more,
    }


def reviewed(**case):
    return judge(evidence_of(case), in_force(YEAR), AS_OF)


def public(review, code="D10", **more):
    return of(review, code, public=True, **more)


def row(key, value):
    return NumericRow(key=key, label=key, unit="vụ", value=Decimal(value), how=How.COUNTED)


# --- what is hidden ------------------------------------------------------------------------------------------------


def test_few_incidents_of_the_example_are_told_nowhere(review, previous):
    for code in PUBLIC_DOCUMENTS:
        values = public(review, code, previous=previous)
        pl7 = {line["label"]: line for line in values["annex_pl7"]["lines"]}
        assert {pl7[name]["now"] for name in ("Tổng số vụ", "Giao thông", "Trộm cắp, mất tài sản", "Đã giải quyết xong")} == {"…"}
        assert pl7["Bạo lực học đường"]["now"] == "0" and pl7["Tổng số vụ"]["change"] == "-"
        assert pl7["Tổng số vụ"]["before"] == "…"
        assert values["figure"]["pl7_incidents_all"] == "…" and values["figure_before"]["pl7_incidents_school_violence"] == "…"
        assert values["incident_paragraphs"] == [
            "Trong kỳ có vụ việc đã xác minh; bản công khai không nêu số vụ. "
            "Theo loại: giao thông (không nêu số); trộm cắp, mất tài sản (không nêu số).",
            "Số vụ việc đã đối chiếu với Công an xã ngày 13/11/2026.",
        ]
        assert not any("02 vụ" in text or "VV-0" in text for text in texts(values))


def test_a_number_of_three_or_more_is_told_where_nothing_smaller_hangs_on_it():
    three = reviewed(incidents=[incident(pupils=3, outsiders=3, closed_on=date(2026, 5, 4)) for _ in range(3)])
    values = public(three)
    pl7 = {line["label"]: line["now"] for line in values["annex_pl7"]["lines"]}
    assert (pl7["Tổng số vụ"], pl7["Trộm cắp, mất tài sản"], pl7["Học sinh"]) == ("3", "3", "9")
    assert "Trong kỳ có 03 vụ việc đã xác minh" in values["incident_paragraphs"][0]


def test_a_sum_is_hidden_with_its_small_part_and_so_are_the_other_parts():
    rows = [incident() for _ in range(5)] + [incident(kind="school_violence")]
    pl7 = {line["label"]: line["now"] for line in public(reviewed(incidents=rows))["annex_pl7"]["lines"]}
    assert {pl7[name] for name in ("Tổng số vụ", "Trộm cắp, mất tài sản", "Bạo lực học đường", "Đang giải quyết")} == {"…"}


def test_a_plan_s_number_gives_away_no_hidden_one():
    """“Số vụ việc: 6” beside “trộm cắp 5” would tell of the one case of violence."""
    plan = [
        {"goal_id": "X-1", "quote": "Vụ việc", "measure": "incident_count", "operator": "at_most", "number": 9, "unit": "vụ"},
        {"goal_id": "X-2", "quote": "Trộm", "measure": "incident_count", "kind": "theft", "operator": "at_most", "number": 9, "unit": "vụ"},
        {"goal_id": "X-3", "quote": "Hoạt động", "measure": "activity_count", "operator": "at_least", "number": 1, "unit": "hoạt động"},
    ]
    rows = [incident() for _ in range(5)] + [incident(kind="school_violence")]
    found = reviewed(incidents=rows, plan=plan)
    assert [goal["done"] for goal in of(found, "D10")["goal_rows"]][:2] == ["đến nay 6 vụ", "đến nay 5 vụ"]
    assert [goal["done"] for goal in public(found)["goal_rows"]] == ["…", "…", "đến nay chưa ghi nhận"]
    fourth = public(found, "D3")["criteria_124"][3]
    assert fourth["results"][0] == "Bạo lực học đường: có xảy ra, bản công khai không nêu số vụ."
    assert not any("01 vụ" in text for text in texts(fourth))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=3, max_size=3), st.integers(0, 12))
def test_no_hidden_number_can_be_worked_out(counts, closed):
    """Every table that shows the same numbers leaves at least two values open for each hidden one."""
    names = ["incidents.theft", "incidents.traffic", "incidents.fire", "incidents.all", "incidents.closed", "incidents.pending"]

    def numbers(kinds, done):
        return [*kinds, sum(kinds), done, sum(kinds) - done]

    real = numbers(counts, min(closed, sum(counts)))
    rows = {("PL7", name): row(name, value) for name, value in zip(names, real, strict=True)}
    hidden = [index for index, name in enumerate(names) if ("PL7", name) in few_of(rows)]
    assert {index for index, value in enumerate(real) if 0 < value < 3} <= set(hidden)
    assert all(real[index] for index in hidden)
    shown = [index for index in range(len(names)) if index not in hidden]
    every_year = (numbers(kinds, done) for kinds in product(range(6), repeat=3) for done in range(sum(kinds) + 1))
    possible = [
        other for other in every_year
        if all(other[index] == real[index] for index in shown) and all(other[index] for index in hidden)
    ]
    for index in hidden:
        assert len({other[index] for other in possible}) > 1


def test_pupils_in_need():
    rows = [{"month_on": date(2026, 3, 1), "at_risk": 2, "supported": 2, "counselling_sessions": 4}]
    values = public(reviewed(support=rows))
    assert values["support_paragraphs"] == [
        "Nhà trường thực hiện 04 lượt tư vấn tâm lý cho học sinh; có học sinh có nguy cơ được theo dõi; có học sinh được hỗ trợ."
    ]
    assert {values["figure"][f"pl8_support_{name}"] for name in ("at_risk_most", "at_risk_sum", "supported_most")} == {"…"}


def test_numbers_of_staff_and_activities_are_no_secret(review):
    values = public(review)
    assert (values["guard_count"], values["figure"]["pl1_people_managers"]) == ("2", "2")
    assert "giáo viên 38" in values["size_paragraphs"][1]


def test_a_copy_for_the_superior_hides_nothing(review):
    cells = Cells.of(review, public=False)
    assert not cells.hidden and of(review, "D10")["figure"]["pl7_incidents_all"] == "2"


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Để xảy ra 01 vụ bạo lực học đường", True), ("Có hai học sinh đánh nhau", True), ("2 em bị nhắc nhở", True),
        ("Một học sinh lớp 8 vi phạm", True), ("Có 01 (một) học sinh vi phạm", True), ("02 (hai) vụ gây gổ", True),
        ("Một bạn học sinh bị xâm hại qua mạng", True), ("Có hai bạn bỏ học", True), ("1 sự việc mất trộm", True),
        ("02 giáo viên bị kỷ luật", True), ("một nữ học sinh bị bắt nạt", True), ("Một số học sinh chưa ký cam kết", False),
        ("Có 12 học sinh tham gia", False), ("Báo cáo gửi chậm 1 ngày", False), ("Lực lượng bảo vệ chỉ có 02 người", False),
        ("Tập huấn cho 02 giáo viên", False), ("Phát hiện 1 em", True), ("Tổ chức 21 vụ việc giả định", False),
        ("Có 02 trẻ bị ngã", True), ("Một học viên vi phạm", True), ("Có 12 trẻ tham gia", False),
    ],
)
def test_words_that_tell_of_one_or_two_cases(text, tells):
    assert tells_few(text) is tells


def test_a_paragraph_that_tells_of_one_case_is_asked_to_be_written_again(review):
    remark = Remark(section="shortcomings", text="Để xảy ra 01 vụ bạo lực học đường")
    found = review.model_copy(update={"remarks": (remark,)})
    assert of(found, "D10")["shortcomings"] == ["Để xảy ra 01 vụ bạo lực học đường."]
    (asked,) = public(found)["shortcomings"]
    assert asked.startswith("[CẦN BỔ SUNG: viết lại mục “Hạn chế”, ý 1, cho bản công khai")


def test_a_public_copy_names_nobody_of_the_meeting_and_lists_no_single_case(review):
    values = public(review, "D9")
    people = [one.name for one in review.meetings[0].attendees if one.name != review.school.signer]
    assert not any(name in text for text in texts(values) for name in [*people, "Hồ sơ vụ việc", "vụ va chạm giao thông"])
    assert len(values["evidence_rows"]) < len(of(review, "D9")["evidence_rows"])
    assert values["evidence_note"].endswith("Bản công khai không ghi hồ sơ vụ việc, báo cáo đột xuất và hồ sơ hỗ trợ học sinh")


def test_codes_of_single_cases_are_no_count_of_them_in_a_public_copy(previous):
    """Last year's one case of violence has one file; its code would number it."""
    inside = of(previous, "D3")["criteria_124"][3]
    assert inside["results"][0].endswith("có 01 vụ (MC.AN.4a.01).") and inside["evidence"] == "(MC.AN.4a.01)"
    outside = public(previous, "D3")["criteria_124"][3]
    assert outside["results"][0] == "Bạo lực học đường: có xảy ra, bản công khai không nêu số vụ." and outside["evidence"] == ""


def test_a_hidden_number_is_not_compared_with_last_year_s(review, previous):
    assert "số vụ việc đã xác minh giảm 01 (từ 03 xuống 02)" in of(review, "D10", previous=previous)["change_paragraphs"][-1]
    told = public(review, previous=previous)["change_paragraphs"][-1]
    assert "số hoạt động tuyên truyền tăng 04" in told and "vụ việc" not in told


def test_why_something_is_open_names_no_single_case_in_a_public_copy():
    rows = [incident(id="VV-07", kind="school_violence", verified="no"), incident(id="VV-08", event_letter="dd")]
    found = reviewed(incidents=rows)
    assert any("VV-07" in text for text in texts(of(found, "D3")["criteria_124"]))
    values = public(found, "D3")
    assert not any("VV-0" in text for text in texts({name: one for name, one in values.items() if name != "evidence_rows"}))
    assert values["criteria_124"][3]["conclusion"] == (
        "Tự đánh giá: chưa họp; theo minh chứng: chưa rõ. Có trường hợp chưa đủ căn cứ để kết luận."
    )


def test_a_self_score_against_the_evidence_is_told_without_its_reason_in_a_public_copy():
    documents = [
        {"id": "VB-01", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 16), "subject": "Biên bản"},
    ]
    score = {"text": "tt_124", "criterion": "4", "self_result": "met", "meeting": "CH-01", "reason": "Vụ VV-07 nhẹ"}
    found = reviewed(
        documents=documents, meetings=[{"id": "CH-01", "held_on": date(2026, 11, 16), "minutes": "VB-01"}], self_scores=[score],
        incidents=[incident(id="VV-07", kind="school_violence")],
    )
    told = "Ghi chú: tiêu chí 4 – theo minh chứng: chưa đạt; cuộc họp kết luận: đạt"
    assert of(found, "D3")["result_124_paragraphs"][-1] == f"{told}, vì “Vụ VV-07 nhẹ”."
    values = public(found, "D3")
    assert values["result_124_paragraphs"][-1] == f"{told}."
    assert not any("VV-07" in text for text in texts([values["criteria_124"], values["result_124_paragraphs"]]))


# --- private columns, one by one -----------------------------------------------------------------------------------


def test_no_document_prints_a_private_column():
    """Each private column holds a word of its own, so that a leak names its column."""
    columns = {"incidents": ("judged_by", "handling", "file", "note"), "discipline": ("note",), "support": ("note", "file")}
    rows = {
        "incidents": incident(id="VV-01"),
        "discipline": {"group": "pupils", "cause": "other", "form": "reminder", "decided_on": date(2026, 5, 2), "count": 1},
        "support": {"month_on": date(2026, 3, 1), "at_risk": 3, "supported": 3, "counselling_sessions": 3},
    }
    marks = {(table, name): f"{SECRET}-{table}-{name}" for table, names in columns.items() for name in names}
    case = {table: [{**one, **{name: marks[table, name] for name in columns[table]}}] for table, one in rows.items()}
    evidence = evidence_of(case)
    documents = every(judge(evidence, in_force(YEAR), AS_OF), incident_record(evidence, "VV-01"))
    printed = [text for values in documents.values() for text in texts(values)]
    assert [mark for mark in marks.values() if any(mark in text for text in printed)] == []
    assert any("VV-01" in text for text in printed)  # what is no secret is there


def test_a_month_with_one_pupil_is_not_the_sum_less_the_largest_month():
    months = [{"month_on": date(2026, month, 1), "at_risk": count, "supported": 5} for month, count in ((3, 3), (4, 1))]
    figure = public(reviewed(support=months))["figure"]
    assert (figure["pl8_support_at_risk_most"], figure["pl8_support_at_risk_sum"]) == ("…", "…")
    assert (figure["pl8_support_supported_most"], figure["pl8_support_supported_sum"]) == ("5", "10")


def test_reports_in_time_do_not_tell_how_many_reports_of_incidents_there_were(review):
    assert any("06/07 báo cáo" in text for text in of(review, "D10")["leadership_paragraphs"])
    for code in PUBLIC_DOCUMENTS:
        values = public(review, code)
        assert not any("/7 báo cáo" in text or "6/7" in text or "/07 báo cáo" in text for text in texts(values)), code


def test_points_taken_away_do_not_tell_for_how_many(review):
    taken = disciplined(review)
    assert of(taken, "D5")["score_rows"][-1]["self_points"] == "−2" and of(taken, "D7")["score_list_rows"][0]["total"] == "89"
    for code in PUBLIC_DOCUMENTS:
        values = public(taken, code, previous=review)
        assert values["score_rows"][-1]["self_points"] == "…" and values["score_list_rows"][0]["total"] == "…"
        lines = {line["label"]: line for line in values["annex_pl10"]["lines"]}
        (deduction,) = [line for label, line in lines.items() if "kỷ luật từ cảnh cáo" in label]
        assert (deduction["now"], lines["Tổng điểm tự chấm"]["now"], lines["Tổng điểm tự chấm"]["before"]) == ("…", "…", "…")
        assert "Bản công khai không nêu tổng điểm tự chấm" in values["result_510_paragraphs"][-1] and "“…”" in values["score_note"]
        assert not any("89" in text or "−2" in text for name in ("result_510_paragraphs", "change_paragraphs") for text in values[name])


def test_the_register_tells_no_paper_s_case_and_its_codes_have_no_gap():
    plain = {"id": "VB-1", "kind": "periodic_report", "signed_on": date(2026, 3, 1), "subject": "Báo cáo quý", "number": "1/BC"}
    report = {**plain, "id": "VB-2", "kind": "incident_report", "subject": "Báo cáo vụ việc", "number": "2/BC"}
    about = {**plain, "id": "VB-3", "kind": "decision", "subject": "Kỷ luật 01 học sinh", "number": "3/QĐ"}
    last = {**plain, "id": "VB-4", "signed_on": date(2026, 6, 1), "number": "4/BC"}
    found = reviewed(documents=[plain, report, about, last])
    rows = public(found, "D9")["evidence_rows"]
    assert len(of(found, "D9")["evidence_rows"]) == 4
    assert [row["code"] for row in rows] == ["(MC.AN.K.01)", "(MC.AN.K.02)", "(MC.AN.K.03)"]
    assert [row["name"] for row in rows if "3/QĐ" in row["name"] or row["name"] == "Quyết định"] == ["Quyết định"]


def test_pupils_left_without_support_cannot_be_worked_out():
    def figure(risk, supported):
        months = zip((3, 4), supported, strict=True)
        rows = [{"month_on": date(2026, month, 1), "at_risk": risk, "supported": each} for month, each in months]
        return public(reviewed(support=rows))["figure"]

    for supported in ((4, 5), (3, 5)):
        assert {figure(5, supported)[f"pl8_support_{name}"] for name in ("at_risk_sum", "supported_sum", "supported_most")} == {"…"}
    assert figure(9, (3, 4))["pl8_support_supported_sum"] == "7"


def test_points_for_reports_of_incidents_do_not_tell_how_many_there_were(review):
    text = review.text("qd_510")
    report = next(item for item in review.evidence_register if str(item.kind) == "Báo cáo đột xuất")
    first, *others = text.findings
    measured = next(place.finding.measurement for place in first.walk() if place.finding.measurement is not None)
    counted = measured.model_copy(update={"low": Decimal(1), "high": Decimal(1), "cells": report.cells})
    first = first.model_copy(update={"parts": (), "readings": (), "measurement": counted})
    text = text.model_copy(update={"findings": (first, *others)})
    found = review.model_copy(update={"texts": tuple(text if one.id == text.id else one for one in review.texts)})
    assert public(found, "D5")["score_rows"][0]["self_points"] == "…"
    for code in PUBLIC_DOCUMENTS:
        assert not any("mục 1: 2/3" in told for told in texts(public(found, code))), code
