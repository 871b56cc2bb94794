"""A school that a text does not concern: no verdict, no points, no day of that text; its plan is judged all the same."""

from dataclasses import replace
from datetime import date

import pytest

from antq_review.errors import NotFinal
from antq_review.forms.choices import LevelsTaught
from antq_review.ingest.problems import problem
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import ready, review_evidence
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")

OUTSIDE = ("primary", "kindergarten", "kindergarten_primary")
GOAL = {
    "goal_id": "1", "quote": "tổ chức 1 hoạt động", "measure": "activity_count", "operator": "at_least", "number": 1,
    "set_by": "school", "due_on": date(2026, 11, 15),
}


def judged(levels: str, **profile: object) -> Review:
    return review(evidence_of({"profile": {"levels": levels, **profile}, "plan": [GOAL]}), in_force(YEAR), AS_OF)


@pytest.mark.parametrize("levels", OUTSIDE)
def test_outside_the_scope_there_is_one_sentence_and_no_verdict(levels):
    found = judged(levels)
    assert found.texts == () and not any(due.id.startswith(("tt_124", "qd_510")) for due in found.days_ahead)
    first, second = map(str, (one.says for one in found.left_out))
    assert first.startswith(f"Thông tư 124: ngoài phạm vi, cấp học {LevelsTaught.label_of(levels)} (Điều 1 khoản 2 điểm b")
    assert second.startswith("Quyết định 510: ngoài phạm vi") and "suy luận" in second and "Yên Bái" not in second
    assert [str(goal.status) for goal in found.goals] == ["not_met"]
    assert not any("20/11" in str(one) or "30/11" in str(one) for one in found.warnings)


def test_an_unknown_level_is_asked_for_and_blocks_until_it_is_known():
    found = judged("")
    assert found.texts == () and [str(one.says) for one in found.left_out] == [
        f"{text.short}: chưa rõ cấp học, chưa chấm. Chọn «Cấp học» ở biểu Thông tin trường." for text in in_force(YEAR)
    ]
    assert {one.says for one in found.left_out} <= set(found.draft_reasons)


@pytest.mark.parametrize("levels", [one.value for one in LevelsTaught if one.value not in OUTSIDE])
def test_a_level_with_pupils_of_secondary_education_is_judged_by_both_texts(levels):
    found = judged(levels)
    assert [text.id for text in found.texts] == ["tt_124", "qd_510"] and found.left_out == ()


def test_a_local_document_brings_a_known_level_in_and_no_unknown_one():
    found = judged("kindergarten", local_scope_document="12/KH-UBND")
    assert [text.id for text in found.texts] == ["tt_124", "qd_510"] and "12/KH-UBND" in str(found.texts[0].warnings[0])
    assert judged("", local_scope_document="12/KH-UBND").texts == ()


@pytest.mark.parametrize(("levels", "texts"), [("primary", ""), ("kindergarten", "ke_hoach"), ("primary_lower", "ke_hoach")])
def test_the_plan_alone_can_be_final(levels, texts):
    evidence = ready(evidence_of({"profile": {"levels": levels}, "plan": [GOAL]}), YEAR)
    found = review_evidence(evidence, AS_OF, texts, final=True)
    assert not found.draft and found.texts == () and len(found.goals) == 1


def test_what_a_text_leaves_open_stands_in_the_way_of_that_text_alone():
    evidence = ready(evidence_of({"plan": [GOAL], "declared": {"vu_viec": "chưa"}}), YEAR)
    with pytest.raises(NotFinal):
        review_evidence(evidence, AS_OF, "ke_hoach,tt_124", final=True)
    assert not review_evidence(evidence, AS_OF, "ke_hoach", final=True).draft


def test_a_fault_of_a_form_that_the_plan_reads_stands_in_the_way_of_the_plan():
    evidence = evidence_of({"profile": {"levels": "primary"}, "plan": [GOAL]})
    for form in ("hoat_dong", "thi_dua"):
        fault = problem("out_of_period", file="x.xlsx", sheet="y", forms=(form,), cells=["B4"], found="1", start="1", end="2")
        found = review(replace(evidence, problems=[fault]), in_force(YEAR), AS_OF)
        assert len(found.draft_reasons) == (form == "hoat_dong")


def test_a_kindergarten_s_children_are_everyone_s_part():
    """“Mọi đối tượng” of a kindergarten has its children: one activity for them alone does not reach the teachers."""
    counted = [{"audience": "managers", "count": 2, "counted_on": date(2026, 1, 5)},
               {"audience": "teachers", "count": 10, "counted_on": date(2026, 1, 5)},
               {"audience": "kindergarten_children", "count": 80, "counted_on": date(2026, 1, 5)}]
    goal = {**GOAL, "measure": "least_participation_rate", "audience": "everyone", "number": 100}
    held = [
        {"id": f"HD-0{place}", "held_on": date(2026, 3, 2), "name": "An toàn", "audience": row["audience"], "present": row["count"],
         "expected": row["count"], "topic_1": "traffic_safety", "form": "flag_ceremony", "channel": "in_person"}
        for place, row in enumerate(counted, start=1)
    ]

    def reached(rows):
        found = review(
            evidence_of({"profile": {"levels": "kindergarten"}, "headcounts": counted, "activities": rows, "plan": [goal]}),
            in_force(YEAR), AS_OF,
        )
        return found.goals[0].parts[0].measurement.high

    assert reached(held) == 1 and reached(held[:2]) == 0
