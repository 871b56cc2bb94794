"""The page a school hands in: what it says, in which order, and that nothing in it is alive."""

import re
from datetime import date
from decimal import Decimal

import pytest

from antq_review.errors import CannotDo
from antq_review.ingest.problem_groups import problem_groups
from antq_review.publish import wording as phrases
from antq_review.publish.notebook import display as show
from antq_review.publish.notebook import html
from antq_review.publish.tables import findings as tables
from antq_review.publish.tables import page_one
from antq_review.scoring.model.outcome import Interval, Measurement, Outcome, Truth
from antq_review.scoring.model.review import GoalStatus, TextResult
from antq_review.source import CellRef
from antq_review.text import literal
from tests.publish.seen import HOSTILE, Read, hostile, read

# --- the file ------------------------------------------------------------------------------------------------------


def test_no_script_no_outside_link_and_only_embedded_pictures(page):
    for tag, attributes in Read(page).tags:
        assert tag not in {"script", "iframe", "object", "link", "form", "base"}
        assert not [name for name in attributes if name.startswith("on") or name == "srcdoc"]
        # One link, by name, to the annex beside the page (issue 15, 7): the long parts stand there.
        assert attributes.get("href", "phu_luc.xlsx") == "phu_luc.xlsx" and ("href" not in attributes or tag == "a")
        if tag == "img":
            assert attributes["src"].startswith("data:image/svg+xml;base64,")
    assert "@import" not in page and "url(" not in page
    assert not re.search(r"(src|href)\s*=\s*[\"']?http", page) and page.count("href=") == 1


def test_language_policy_and_title(page, review):
    tags = Read(page).tags
    assert ("html", {"lang": "vi"}) in tags
    policies = [attributes for tag, attributes in tags if attributes.get("http-equiv") == "Content-Security-Policy"]
    assert [policy["content"] for policy in policies] == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    title = re.search("<title>(.*)</title>", page).group(1)
    assert "năm 2026" in title and "Trường TH&amp;THCS Mẫu" in title


def test_each_of_the_seven_figures_has_its_sentence(page):
    pictures = [attributes for tag, attributes in Read(page).tags if tag == "img"]
    assert len(pictures) == 7
    assert all(len(picture["alt"]) > 60 and int(picture["width"]) <= 900 for picture in pictures)


def test_no_code_no_prompt_no_clock_no_path_of_the_computer(page, tmp_path):
    assert "import antq_review" not in page and "In [" not in page and "Out[" not in page
    text = Read(page).text
    assert not re.search(r"\b\d{1,2}:\d{2}(:\d{2})?\b", re.sub(r"[A-Z]+\d+:[A-Z]+\d+", "", text))
    for trace in (str(tmp_path.parent.parent), "/home/", "site-packages", "C:\\"):
        assert trace not in page


def test_paper_is_a4_with_page_numbers_repeated_headings_and_the_draft_mark_on_each_page(page):
    for rule in ("size: A4", "counter(page)", "table-header-group", "break-inside: avoid", '@top-right { content: "DỰ THẢO"'):
        assert rule in page


def test_the_page_is_light(page):
    assert len(page.encode()) <= 350 * 1024  # issue 18; 680 KiB with pictures as PNG


# --- page one ------------------------------------------------------------------------------------------------------


def test_page_one_keeps_its_order(page, review):
    text = Read(page).text
    done = sum(goal.status in (GoalStatus.MET, GoalStatus.EXCEEDED) for goal in review.goals)
    order = [
        "DỰ THẢO", "Kết quả phong trào “Toàn dân bảo vệ an ninh Tổ quốc” năm 2026", "Dự thảo, số liệu đến ngày 16/11/2026",
        "Thông tư 124: kỳ 16/11/2025 – 15/11/2026, số liệu đến hết 15/11/2026",
        "Kế hoạch: 01/01/2026 – 31/12/2026, số liệu đến hết 16/11/2026",
        "Theo minh chứng và cuộc họp: chưa đủ căn cứ", "đạt 5 · chưa đạt 0 · chưa rõ 1",
        "thang điểm minh họa, không phải thang điểm chính thức", "Theo minh chứng và cuộc họp, đã xét 100/100 điểm: 91",
        "Xếp loại theo điểm: Loại A (minh họa)", "Tự đánh giá Thông tư 124: chưa kết luận hết các tiêu chí, 5/6 tiêu chí đạt",
        "biên bản số 81/BB-TH&THCS ngày 16/11/2026", "1 tiêu chí chưa kết luận",
        "Quyết định 510 (thang điểm minh họa): 91/100 điểm, Loại A (minh họa)", "Thẩm định", "Kế hoạch của trường",
        f"{done} đạt / 52 nội dung", "Vì sao ? Chưa rõ tiêu chí 6: ", "Vụ việc",
        "kê khai đến hết 15/11/2026", "đối chiếu với Công an ngày 13/11/2026", "Chưa nộp biểu", "Cần làm trước",
        "Ghi xếp loại của Tổ Văn phòng",
        "Bản tính này không thay kết luận của cuộc họp và quyết định của cấp có thẩm quyền.",
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_nothing_waits_for_a_meeting_that_has_concluded(review):
    waits = "Chờ kết luận của cuộc họp"
    unmet = review.model_copy(update={"texts": tuple(
        text.model_copy(update={"findings": tuple(
            one.model_copy(update={"self_score": None, "settled": one.computed}) for one in text.findings
        )})
        for text in review.texts
    )})
    for table in (show.show_criteria, show.show_points):
        assert waits not in read(table(review)).text
        assert waits in read(table(unmet)).text


def test_a_step_has_its_day_behind_it_and_says_when_it_is_past(review):
    first, *others = review.to_do
    for due, words in ((date(2026, 12, 31), "· hạn 31/12/2026"), (date(2026, 11, 1), "· hạn 01/11/2026 (đã qua)")):
        dated = first.model_copy(update={"due_on": due})
        assert f"{dated.effect} {words} " in read(show.show_page_one(review.model_copy(update={"to_do": (dated, *others)}))).text


def test_warnings_stand_on_page_one(review):
    shown = read(show.show_page_one(review.model_copy(update={"warnings": (literal("Chưa xét tiêu chí bổ sung của tỉnh."),)})))
    assert "Chưa xét tiêu chí bổ sung của tỉnh." in shown.text


def page_one_of(review, **more):
    """Page one with the Circular alone, changed so."""
    text = review.text("tt_124").model_copy(update=more)
    return read(show.show_page_one(review.model_copy(update={"texts": (text,)}))).text


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (TextResult.MET, "Theo minh chứng: đạt"), (TextResult.NOT_MET, "Theo minh chứng: chưa đạt"),
        (TextResult.INSUFFICIENT, "Theo minh chứng: chưa đủ căn cứ"), (TextResult.OUT_OF_SCOPE, "Theo minh chứng: ngoài phạm vi văn bản"),
    ],
)
def test_the_school_is_never_simply_dat(result, words, review):
    """What the tool computes bears its name; before a meeting there is no self-assessment beside it."""
    findings = tuple(
        one.model_copy(update={"self_score": None, "settled": one.computed}) for one in review.text("tt_124").findings
    )
    shown = page_one_of(review, findings=findings, result=result)
    assert f" {words} 1 " in shown and shown.count(words) == 1
    own = "ngoài phạm vi văn bản" if result is TextResult.OUT_OF_SCOPE else "chưa họp"
    assert f"Tự đánh giá Thông tư 124: {own} Thẩm định" in shown


@pytest.mark.parametrize(("concluded", "words"), [("met", "đạt – đề nghị công nhận"), ("not_met", "chưa đạt")])
def test_the_self_assessment_is_what_the_meeting_concluded(concluded, words, review):
    *others, last = review.text("tt_124").findings
    score = others[0].self_score.model_copy(update={"result": concluded})
    shown = page_one_of(review, findings=(*others, last.model_copy(update={"self_score": score})))
    assert f"Tự đánh giá Thông tư 124: {words}, {5 + (concluded == 'met')}/6 tiêu chí đạt" in shown
    assert "Theo minh chứng và cuộc họp: chưa đủ căn cứ" in shown


def test_what_is_open_is_a_range_and_what_is_unread_is_named(without_table):
    text = without_table.text("qd_510").model_copy(update={"range": Interval(low=Decimal(9), high=Decimal(12))})
    shown = read(show.show_page_one(without_table.model_copy(update={"texts": (text,)}))).text
    assert "Theo minh chứng và cuộc họp, đã xét 12/100 điểm: từ 9 đến 12; 88 điểm chưa có thang điểm" in shown
    assert "từ 9 đến 12 / 12 điểm đã xét" in shown


def test_classes_still_possible_are_all_named(review):
    text = review.text("qd_510")
    assert phrases.classified(text.model_copy(update={"bands": ("Tốt", "Khá")})) == "Chưa xếp loại; còn có thể: Tốt, Khá"
    assert phrases.classified(text.model_copy(update={"bands": ("Khá",)})) == "Xếp loại theo điểm: Khá"


def test_a_conflict_and_a_missing_unit_stand_on_page_one(review):
    text = review.text("tt_124")
    first = text.findings[0].model_copy(update={"conflict": literal("Tự đánh giá khác minh chứng.")})
    form = review.forms[0].model_copy(update={"missing_units": ("Tổ Tự nhiên",)})
    changed = review.model_copy(
        update={"texts": (text.model_copy(update={"findings": (first,)}),), "forms": (form, *review.forms[1:])}
    )
    shown = read(show.show_page_one(changed)).text
    assert "Tự đánh giá khác minh chứng." in shown
    assert "Tổ Tự nhiên: biểu " in shown


def test_an_undeclared_incident_form_is_never_no_incident(review):
    summary = review.incidents.model_copy(update={"verified": 0, "by_kind": {}, "declared_until": None, "police_checked_on": None})
    shown = read(show.show_page_one(review.model_copy(update={"incidents": summary}))).text
    assert "chưa kê khai đầy đủ nên chưa thể coi là không còn vụ nào khác" in shown
    assert "chưa ghi ngày đối chiếu với Công an" in shown


def test_a_final_version_bears_no_draft_mark(review):
    final = review.model_copy(update={"draft": False})
    assert "DỰ THẢO" not in read(show.show_page_one(final)).text
    assert read(show.show_draft_reasons(final)).text.strip() == "", "a final version does not speak of what is missing for one"


# --- tables --------------------------------------------------------------------------------------------------------


def test_every_criterion_and_every_part_has_its_line_with_cells_and_clause(review):
    shown = read(show.show_criteria(review)).text
    for line in tables.lines(review.text("tt_124")):
        assert line.finding.title in shown
        assert all(place in shown for place in line.ground)
    assert "Điều\u00a07 khoản\u00a01 Thông tư\u00a0124/2021/TT-BCA" in show.show_criteria(review).data


def test_the_words_of_the_text_are_quoted_where_asked_for(review):
    first = review.text("tt_124").findings[0]
    assert first.text in read(show.show_criteria(review, quoted=True)).text
    assert first.text not in read(show.show_criteria(review)).text


def test_both_readings_stand_and_their_agreement_is_said(review):
    shown = read(show.show_criteria(review)).text
    assert "Cách hiểu A:" in shown and "Cách hiểu B:" in shown
    assert "không phụ thuộc cách hiểu" in shown


def test_readings_that_differ_are_not_called_equal(review):
    text = review.text("tt_124")
    last = text.findings[-1]
    other = last.readings[1].model_copy(update={"outcome": Outcome(truth=Truth.NO)})
    changed = text.model_copy(update={"findings": (last.model_copy(update={"readings": (last.readings[0], other)}),)})
    assert "không phụ thuộc cách hiểu" not in read(show.show_criteria(review.model_copy(update={"texts": (changed,)}))).text


def test_every_goal_has_its_line_with_target_result_and_mark(review):
    shown = read(show.show_plan(review)).text
    for goal in review.goals:
        assert f" {goal.id} " in shown
        for part in goal.parts:
            assert phrases.target(part) in shown and phrases.mark(part.status) in shown
            assert all(place in shown for place in tables.part_ground(part))


def test_every_file_problem_and_reason_is_listed(review):
    sources = read(show.show_provenance(review)).text
    assert all(file.name in sources and file.sha256[:16] in sources for file in review.files)
    assert all(str(gap) in sources for text in review.texts for gap in text.gaps)
    problems = read(show.show_problems(review)).text
    for problem in problem_groups(review.problems):
        assert problem.place in problems and str(problem.says) in problems and str(problem.remedy) in problems
    reasons = read(show.show_draft_reasons(review)).text
    open_ones, faults = page_one.draft_reasons(review)
    assert open_ones and all(re.sub(r"\s+", " ", str(reason)) in reasons for reason in open_ones)
    # Faults of the forms are one line with their number: each stands in the annex (issue 15, 7).
    assert faults == len(review.draft_reasons) - len(open_ones) > 0 and f"{faults} chỗ phải sửa trong các biểu" in reasons


def test_rows_after_the_day_of_the_review_are_listed(review):
    cell = CellRef(file="3_hoat_dong.xlsx", sheet="Hoạt động", cell="B20")
    assert "3_hoat_dong.xlsx › Hoạt động › B20" in read(show.show_after_as_of(review.model_copy(update={"after_as_of": (cell,)}))).text


def test_scores_that_differ_come_first_the_largest_gap_on_top(review):
    text = review.text("qd_510")
    by_id = {finding.id: finding for finding in text.findings}
    wrong = by_id["2"].self_score.model_copy(update={"points": Decimal(1)})
    verified = by_id["4a"].self_score.model_copy(update={"verified_points": Decimal(0)})
    changes = {"2": wrong, "4a": verified}
    findings = tuple(
        finding.model_copy(update={"self_score": changes[finding.id]}) if finding.id in changes else finding
        for finding in text.findings
    )
    rows = tables.three_scores(review.model_copy(update={"texts": (text.model_copy(update={"findings": findings}),)}))
    assert [(row.id, row.size) for row in rows[:2]] == [("2", 2), ("4a", 1)]
    assert rows[0].own_gap == "lệch 2 điểm" and rows[1].verified_gap == "lệch 1 điểm"
    assert all(row.size == 0 for row in rows[2:])


def test_page_one_says_what_helps_most_and_how_much_is_declared_apart_from_the_result(review):
    text = read(show.show_page_one(review)).text
    for advice in review.to_do[:3]:
        assert str(advice.says) in text and str(advice.effect) in text
    assert all(str(one.says) in text for one in review.progress) and "Đã kê khai 100%" in text
    assert "chỉ ghi vào biểu việc có thật" in text


@pytest.mark.parametrize(
    "name",
    ["criteria", "points", "scores", "plan", "problems", "to_do", "page_one", "points_figure", "plan_figure", "months_figure", "numbers",
     "register", "participation_figure", "incidents_figure", "devices_figure", "files_figure", "checks"]
)
def test_nothing_to_show_is_said_in_a_sentence(name, review):
    empty = review.model_copy(update={"texts": (), "goals": (), "problems": (), "to_do": (), "months": (), "checks": ()})
    quiet = empty.incidents.model_copy(update={"by_month": ()})
    empty = empty.model_copy(update={"tables": (), "evidence_register": (), "forms": (), "incidents": quiet})
    assert read(getattr(show, f"show_{name}")(empty)).text.strip()


def test_codes_stand_beside_criteria_points_and_sentences_of_the_plan(review):
    served = {name for item in review.evidence_register for name in item.serves}
    assert {"tt_124/1a", "qd_510/1.1", "II.2-1"} <= served
    for shown in (show.show_criteria(review), show.show_points(review), show.show_plan(review)):
        assert "(MC.AN." in read(shown).text
    (line,) = [item for item in review.evidence_register if item.code == "(MC.AN.1a.01)"]
    assert str(line.title) in read(show.show_register(review)).text and str(line.where) in read(show.show_register(review)).text


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "words"),
    [
        ("0.8996", "0.9", "89,96%"), ("0.69999", None, "69,999%"), ("0.985", None, "98,5%"), ("1", None, "100%"),
        ("0.99996", None, "99,996%"), ("0.9249", "0.925", "92,49%"), ("0", None, "0%"),
    ],
)
def test_a_rate_is_never_rounded_up_to_a_threshold(value, target, words):
    assert phrases.rate(Decimal(value), Decimal(target) if target else None) == words


def measurement(low, high, unit, **more):
    return Measurement(low=Decimal(low), high=None if high is None else Decimal(high), measure="m", unit=unit, **more)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (measurement("7", "7", "coordination"), "7 lần"), (measurement("0", "0", "incident"), "0 vụ"),
        (measurement("3", None, "activity"), "từ 3 hoạt động trở lên"), (measurement("2", "4", "person"), "từ 2 đến 4 người"),
        (measurement("0.6", "0.8", "rate", count=Decimal(3), base=Decimal(5)), "từ 60% đến 80% (3/5)"),
        (measurement("0.6", "0.8", "rate"), "từ 60% đến 80%"), (measurement("1250", "1250", "person"), "1.250 người"),
        (measurement("1", "1", "rate", applies=False), "– Không áp dụng"), (None, "–"),
    ],
)
def test_measurements_in_words(found, words):
    assert phrases.measured(found) == words


def test_numbers_of_criteria_as_people_write_them():
    assert [phrases.label(name) for name in ("3dd", "4b-", "1d")] == ["3đ", "4b…", "1d"]


# --- what was typed into the forms ---------------------------------------------------------------------------------


NAMES = [
    "page_one", "draft_reasons", "to_do", "forms", "problems", "criteria", "points", "scores", "plan", "after_as_of", "provenance",
    "numbers", "register", "checks",
]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(name, review):
    shown = getattr(show, f"show_{name}")(hostile(review))
    assert html.forbidden(shown.data) == []
    assert "<x>" not in shown.data and "<script" not in shown.data
    if name not in ("points", "to_do", "checks"):
        assert HOSTILE in read(shown).text


def test_text_of_templates_is_never_evaluated(review):
    shown = show.show_page_one(hostile(review)).data
    assert "{{1+1}}" in shown


@pytest.mark.parametrize(
    "hole",
    [
        "<script>x</script>", "<img src='https://x/y.png' alt='x'>", "<img src='data:image/png;base64,aa'>", "<p onclick='x'>",
        "<a href='javascript:x'>x</a>", "<iframe></iframe>", "<p style='background:url(//x)'>", "<svg></svg>", "<form></form>",
    ],
)
def test_the_second_net_holds_what_a_template_would_let_through(hole):
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    assert html.forbidden(hole)
    cell = new_code_cell(outputs=[new_output("display_data", {"text/html": hole})])
    with pytest.raises(CannotDo, match="chưa ghi tệp"):
        html.to_html(new_notebook(cells=[cell]), "x")
