"""No step invites anybody to write a day that is not true: each kind of step, in time and too late (issue 13, A5)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_review.forms.choices import DocumentKind
from antq_review.forms.rows.evidence import Document, Initiative
from antq_review.ingest.model import Problem, Severity
from antq_review.period import Period
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.advice.candidates import Finder
from antq_review.scoring.advice.step import Effort, Recommendation, joined
from antq_review.scoring.advice.what_if import EvidenceChange, applied
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.measures.base import cells_blank
from antq_review.scoring.measures.blanks import undecided
from antq_review.text import tell, words
from tests.scoring.advice.steps import HALF_WAY, candidates, reviewed, standing_of, step
from tests.scoring.build import AS_OF, YEAR, evidence_of
from tests.scoring.strategies import schools
from tests.scoring.test_properties import PLAN, thorough

FOUND = "Nếu đã có trong kỳ mà chưa ghi vào biểu thì ghi, đúng ngày có thật: "
END_OF_QUARTER, AFTER_QUARTER = date(2026, 3, 31), date(2026, 4, 1)
END_OF_PERIOD = date(2026, 11, 15)
LATER = date(2027, 1, 5)


def cells(found: Recommendation) -> Iterator[tuple[str, Any]]:
    """Every cell that a step would fill."""
    for change in found.changes:
        for row in change.adding:
            yield from row.cells
        for one in change.setting:
            yield from one.values


def said(found: list[Recommendation], words: str) -> list[Recommendation]:
    return [one for one in found if words in str(one.says)]


# --- a paper, a briefing, a model of a quarter that is over ----------------------------------------------------------------


@pytest.mark.parametrize("words", ["Nghị quyết – Bảo đảm an ninh, trật tự", "Kế hoạch – Bảo đảm an ninh, trật tự", "Bản đăng ký"])
def test_a_paper_of_quarter_one_is_asked_for_up_to_its_last_day_and_not_a_day_longer(words):
    last = said(candidates({}, END_OF_QUARTER), words)
    assert not last, "on the last day the declared form says that there is none, and criterion 1 is settled"
    open_form = {"declared": {"van_ban": "chưa"}}
    found = said(candidates(open_form, END_OF_QUARTER), words)
    assert found and all(one.latest == END_OF_QUARTER for one in found)
    assert not said(candidates(open_form, AFTER_QUARTER), words)


def test_the_briefing_of_the_quarter_is_not_asked_for_when_it_is_over():
    """Reading B of 1e; under reading A everyone may be briefed until the period's end. One briefing is one step, due when B is."""
    open_form = {"declared": {"van_ban": "chưa", "hoat_dong": "chưa"}}
    days = {
        day: {one.latest for one in said(candidates(open_form, day), "Nội quy và tiêu chí ANTT")} for day in (END_OF_QUARTER, AFTER_QUARTER)
    }
    assert days == {END_OF_QUARTER: {END_OF_QUARTER}, AFTER_QUARTER: {END_OF_PERIOD}}


def test_no_new_model_is_begun_for_a_quarter_that_is_over():
    """Reading B of 1f: the model works since quarter I. One that is kept may still be assessed; a new one is for reading A alone."""
    open_form = {"declared": {"van_ban": "chưa", "mo_hinh": "chưa"}}
    assert {one.latest for one in said(candidates(open_form, END_OF_QUARTER), "1 mô hình")} == {END_OF_QUARTER}
    assert {one.latest for one in said(candidates(open_form, AFTER_QUARTER), "1 mô hình")} == {END_OF_PERIOD}
    late = {**open_form, "initiatives": [{"name": "A", "status": "new", "started_on": AFTER_QUARTER}, {"name": "B", "status": "kept"}]}
    assert {str(one.says) for one in candidates(late, HALF_WAY) if "đánh giá mô hình" in str(one.says).lower()} == {
        "Đánh giá mô hình MH-001.", "Đánh giá mô hình MH-002.",
    }
    began = {**open_form, "initiatives": [{"name": "A", "status": "new", "started_on": END_OF_QUARTER}, {"name": "B", "status": "stopped"}]}
    assert len(said(candidates(began, HALF_WAY), "Đánh giá mô hình MH-001.")) == 1


# --- an assessment, a report, an activity, a head count of a window that is closed -----------------------------------------


KEPT = {"initiatives": [{"name": "Trường học an toàn", "status": "kept"}], "declared": {"van_ban": "chưa", "hoat_dong": "chưa"}}


def test_an_assessment_is_asked_for_in_its_window_and_only_told_of_afterwards():
    open_day, closed = candidates(KEPT, END_OF_PERIOD), candidates(KEPT, AS_OF)
    assert said(open_day, "Đánh giá mô hình MH-001.") and not said(open_day, FOUND + "đánh giá")
    assert not said(closed, "Đánh giá mô hình MH-001.")
    (there,) = said(closed, "đánh giá mô hình MH-001")
    assert str(there.says) == FOUND + "đánh giá mô hình MH-001." and there.latest is None
    assert str(there.assumes) == "nếu đánh giá kết luận là hiệu quả", "the conclusion is for people, not for a step"
    (blank,) = said(closed, "«Ngày đánh giá»")
    assert str(blank.says) == "Nếu việc đã làm thì ghi «Ngày đánh giá» của MH-001, đúng ngày có thật, ở biểu «Mô hình»."


def test_a_poor_conclusion_is_never_turned_into_a_good_one():
    poor = {**KEPT, "initiatives": [{"name": "A", "status": "kept", "conclusion": "formal"}]}
    assert not said(candidates(poor, HALF_WAY), "ánh giá mô hình MH-001.")
    last_year = {**KEPT, "initiatives": [{"name": "A", "status": "kept", "conclusion": "formal", "assessed_on": date(2025, 11, 15)}]}
    assert said(candidates(last_year, HALF_WAY), "Đánh giá mô hình MH-001."), "it may be better this year"


def test_a_report_that_was_sent_late_has_no_step_and_a_blank_day_is_asked_for_only_if_it_was_sent():
    row = {"kind": "periodic_report", "signed_on": date(2026, 6, 1), "subject": "x", "due_on": date(2026, 6, 20)}
    late = candidates({"documents": [{**row, "sent_on": date(2026, 6, 21)}]}, AS_OF)
    assert not said(late, "Ngày gửi") and not any(name == "sent_on" for one in late for name, _ in cells(one))
    blank = said(candidates({"documents": [row]}, AS_OF), "«Ngày gửi»")
    assert {str(one.says) for one in blank} == {"Nếu việc đã làm thì ghi «Ngày gửi» của VB-001, đúng ngày có thật, ở biểu «Văn bản»."}
    assert not any(one.changes for one in blank)


def goal(**cells: Any) -> dict[str, Any]:
    return {"goal_id": "X-1", "quote": "x", "set_by": "school", "operator": "at_least", "due_on": date(2026, 12, 31), **cells}


def test_no_activity_is_asked_for_in_a_month_that_is_over():
    months = {"plan": [goal(measure="month_coverage", number=100)], "declared": {"hoat_dong": "chưa"}}
    finder = Finder(standing_of(months, AFTER_QUARTER))
    (found,) = [one for one in finder.everything_open() if one.id == "X-1"]
    assert not any(change.adding for one in found.steps for change in one.changes)


def test_an_activity_is_asked_for_up_to_its_due_day_and_only_told_of_afterwards():
    fire = {"plan": [goal(measure="activity_count", number=1, topic="fire_safety", due_on=HALF_WAY)], "declared": {"hoat_dong": "chưa"}}
    (before,), (after,) = (said(candidates(fire, day), "Phòng cháy") for day in (HALF_WAY, date(2026, 7, 1)))
    assert str(before.says) == "Tổ chức thêm 1 hoạt động (Phòng cháy, chữa cháy)." and before.latest == HALF_WAY
    assert str(after.says) == FOUND + "1 hoạt động (Phòng cháy, chữa cháy)." and after.latest is None


def test_a_head_count_of_a_past_day_is_taken_from_a_list_of_that_time():
    held = {"held_on": date(2026, 3, 2), "name": "x", "form": "forum", "topic_1": "law", "audience": "teachers", "present": 4}
    case = {"activities": [held], "plan": [goal(measure="participation_rate", audience="teachers", number=60, due_on=HALF_WAY)]}
    counts = {day: [{"audience": "teachers", "count": 8, "counted_on": day}] for day in (date(2026, 3, 2), HALF_WAY)}
    found = {
        day: {str(one.says) for one in said(candidates({**case, "headcounts": rows}, AS_OF), "số người (Giáo viên)")}
        for day, rows in counts.items()
    }
    assert found == {
        date(2026, 3, 2): set(),
        HALF_WAY: {"Ghi số người (Giáo viên) ở biểu «Thông tin trường», theo danh sách có trước ngày tổ chức."},
    }


@pytest.mark.parametrize(
    ("model", "name", "asks_if_done"),
    [(Document, "sent_on", True), (Document, "kind", False), (Initiative, "assessed_on", True), (Initiative, "conclusion", False)],
)
def test_a_blank_day_is_asked_for_only_if_the_thing_was_done(model, name, asks_if_done):
    table = {Document: {"documents": [{"kind": DocumentKind.PLAN, "signed_on": AS_OF, "subject": "x"}]}, Initiative: KEPT}[model]
    (why,) = cells_blank(evidence_of(table).of(model), name)
    assert (str(why.settles).startswith("Nếu việc đã làm thì ghi «") and "đúng ngày có thật" in str(why.settles)) is asks_if_done


@pytest.mark.parametrize(
    ("measure", "kind", "asked"),
    [
        ("recognition", None, False), ("documents_signed", "Giấy công nhận", False), ("documents_in_force", "Văn bản cấp trên", False),
        ("document_kind_coverage", "Quy trình;Văn bản cấp trên", False), ("document_kind_coverage", "Quy trình", True),
        ("documents_signed", "Quy trình", True),
    ],
)
def test_no_paper_is_asked_of_the_school_that_others_issue(measure, kind, asked):
    number = 100 if measure == "document_kind_coverage" else 1
    case = {"plan": [goal(measure=measure, kind=kind, number=number)], "declared": {"van_ban": "chưa"}}
    (found,) = [one for one in Finder(standing_of(case, HALF_WAY)).everything_open() if one.id == "X-1"]
    assert any(change.adding for one in found.steps for change in one.changes) is asked


# --- every step of every school --------------------------------------------------------------------------------------------


@thorough
@given(schools(), st.sampled_from((HALF_WAY, AS_OF, LATER)))
def test_what_is_ordered_can_still_be_done_and_the_rest_is_told_under_its_condition(case, as_of):
    for found in candidates({**case, "plan": PLAN}, as_of):
        days = [value for _, value in cells(found) if isinstance(value, date)]
        assert all(day <= as_of for day in days), "what a step fills in is never a day to come"
        if found.effort in (Effort.PAPER, Effort.HOLD):
            assert (found.latest is None) is str(found.says).startswith(FOUND)
        assert found.latest is None or found.latest >= as_of


def deciding_blanks(change: EvidenceChange, as_of: date) -> set[str]:
    """The deciding columns that the rows of a change leave blank."""
    evidence = applied(evidence_of({}), change)
    look = EvidenceWindow(evidence, Period(date(2025, 1, 1), date(2027, 12, 31)), as_of, 2026, Index(evidence))
    asked = {
        "activities": ("topic", "audience", "organiser", "level", "channel"), "documents": ("contents", "partner"),
        "coordinations": ("purpose",),
    }
    new = [(name, row) for name in asked for row in evidence.rows(name) if row.number < 0]
    return {f"{table}.{name}" for table, row in new for name in asked[table] if undecided(look, [row], {name: ("?",)})[0]}


def test_the_rows_of_a_step_leave_no_deciding_cell_blank():
    """A blank may be anything (B8), so a step that left one would open what it does not concern."""
    nothing = {"plan": PLAN, "declared": {"van_ban": "chưa", "hoat_dong": "chưa", "phoi_hop": "chưa"}}
    changes = [change for one in candidates(nothing, HALF_WAY) for change in one.changes if change.adding]
    assert len(changes) > 20
    assert set().union(*(deciding_blanks(change, HALF_WAY) for change in changes)) == set()


def test_activities_for_a_goal_do_not_open_an_item_that_is_settled():
    """No activity of the festival was held, so item 3 gives 0; activities for the teachers may not open it again."""
    held = {"held_on": date(2026, 3, 2), "name": "x", "form": "forum", "topic_1": "law", "audience": "teachers", "present": 2}
    case = {"activities": [held], "plan": [goal(measure="participation_rate", audience="teachers", number=50)]}
    found = step(reviewed({**case, "declared": {"hoat_dong": LATER}}, LATER), "Giáo viên")
    assert str(found.effect) == "Kế hoạch: chốt chỉ tiêu X-1 (đạt)" and found.texts == ()


def test_a_day_outside_the_year_is_not_to_be_changed_to_fit_but_as_the_list_of_faults_says():
    evidence = evidence_of({})
    evidence.problems = [Problem(
        code="out_of_period", severity=Severity.ERROR, file="3_hoat_dong.xlsx", sheet="Hoạt động", cells=("B14",), column="Ngày", says="x",
    )]
    (first, *_) = review(evidence, in_force(YEAR), AS_OF).to_do
    assert str(first.says) == "Sửa theo danh sách lỗi nhập liệu: 3_hoat_dong.xlsx › Hoạt động › B14, «Ngày»."
    remedy = words("ingest")["problems"]["out_of_period"]["remedy"]
    assert remedy == "Kiểm tra lại ngày; nếu đúng là việc của năm khác thì chuyển dòng sang thư mục năm đó."


# --- words -----------------------------------------------------------------------------------------------------------------


def test_several_things_that_may_be_there_stand_under_one_condition():
    first, second = (tell("what_if.found", what=what) for what in ("1 văn bản", "2 hoạt động"))
    order = tell("what_if.do_it", what="Họp")
    assert str(joined([first, order, second])) == f"Họp; {FOUND[0].lower()}{FOUND[1:]}1 văn bản; 2 hoạt động."
    assert str(joined([first])) == f"{FOUND}1 văn bản." and str(joined([order])) == "Họp."


def test_an_activity_of_a_kind_of_unit_is_asked_of_a_unit_that_the_school_has():
    team = {"plan": [goal(measure="activity_count", number=1, organiser="Đội TNTP, Đoàn thanh niên", topic="drugs")]}
    assert not said(candidates(team, HALF_WAY), "Ma túy")
    units = [{"name": "Liên đội", "kind": "youth_union", "is_subunit": "no"}]
    (found,) = said(candidates({**team, "units": units}, HALF_WAY), "Ma túy")
    assert str(found.says) == "Tổ chức thêm 1 hoạt động (Ma túy – Đơn vị tổ chức: Liên đội)."


@pytest.mark.parametrize(("levels", "asked"), [
    ("primary_lower", ["Sinh hoạt Đội"]), ("upper_secondary", ["Sinh hoạt Đoàn"]), ("kindergarten", []),
])
def test_no_form_of_activity_is_asked_for_that_the_school_does_not_have(levels, asked):
    every_form = {"profile": {"levels": levels}, "plan": [goal(measure="form_count", number=13)], "declared": {"hoat_dong": "chưa"}}
    told = " ".join(str(one.says) for one in candidates(every_form, HALF_WAY))
    assert "Ngày hội" in told and [name for name in ("Sinh hoạt Đội", "Sinh hoạt Đoàn") if name in told] == asked


def test_a_step_has_the_school_s_word_for_its_pupils():
    led = {"plan": [goal(measure="activity_count", number=1, led_by_pupils="Có")], "declared": {"hoat_dong": "chưa"}}
    for levels, word in (("primary_lower", "Học sinh"), ("kindergarten", "Trẻ"), ("continuing", "Học viên")):
        assert said(candidates({**led, "profile": {"levels": levels}}, HALF_WAY), f"{word} chủ trì: có")
