"""What helps most: a copy is judged, only what reads a changed table; what is listed has an effect, in order."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_review.ingest.model import Problem, Severity
from antq_review.rules import in_force, rulebook
from antq_review.rules.model import Award, Band
from antq_review.scoring import review, summary
from antq_review.scoring.advice import trials
from antq_review.scoring.advice.ranking import try_steps
from antq_review.scoring.advice.step import Effort
from antq_review.scoring.advice.trials import Tried
from antq_review.scoring.advice.what_if import Baseline, EvidenceChange, applied, outlook
from antq_review.scoring.model.review import Advice
from antq_review.source import CellRef
from tests.once import no_steps
from tests.scoring.advice.steps import HALF_WAY, reviewed, standing_of, step
from tests.scoring.build import AS_OF, YEAR, evidence_of
from tests.scoring.strategies import schools
from tests.scoring.test_properties import PLAN, thorough


def tried(case: Mapping[str, Any], as_of: date) -> tuple[Baseline, list[Tried]]:
    """Where the school of a case stands, and its steps as tried."""
    standing = standing_of(case, as_of)
    return standing, try_steps(standing)[0]


# --- a copy, judged again --------------------------------------------------------------------------------------------------


BUSY = {
    "plan": PLAN, "declared": {"vu_viec": "chưa", "hoat_dong": [date(2026, 11, 15), date(2026, 3, 1)]},
    "activities": [{"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic", "topic_1": "law", "file": "a.pdf"}],
    "initiatives": [{"name": "Trường học an toàn", "status": "kept"}],
    "self_scores": [{"text": "tt_124", "criterion": "2", "self_result": "met"}],
}


@pytest.mark.parametrize("as_of", [HALF_WAY, AS_OF, date(2026, 12, 31)])
def test_what_is_not_judged_again_would_come_out_the_same(as_of, monkeypatch):
    standing, steps = tried(BUSY, as_of)
    monkeypatch.setattr(summary, "to_do", no_steps)
    changes: dict[frozenset[str], EvidenceChange] = {}
    # The changed tables say what is judged again, so all changes of the same tables are made at once.
    for change in (change for one in steps for change in one.step.changes):
        changes[change.tables] = changes.get(change.tables, EvidenceChange()) + change
    assert len(changes) > 5
    for change in changes.values():
        part = outlook(standing, change)
        whole = review(applied(standing.evidence, change), in_force(YEAR), as_of)
        assert (part.texts, part.goals) == (whole.texts, whole.goals), change


def test_trying_leaves_the_evidence_as_it_was():
    evidence = evidence_of(BUSY)
    before = evidence_of(BUSY)
    assert review(evidence, in_force(YEAR), HALF_WAY).to_do
    assert (evidence.tables, evidence.copies, evidence.problems) == (before.tables, before.copies, before.problems)


# --- properties ------------------------------------------------------------------------------------------------------------


def order(one: Advice) -> tuple[object, ...]:
    criteria = sum(len(text.settled) for text in one.texts)
    considered = sum((text.considered for text in one.texts), Decimal(0))
    won = sum("not_met" in text.bands_removed for text in one.texts)
    place = (1 if helps(one) else 3) if one.promised else 0 if str(one.says).startswith("Sửa ") else 2
    by_reading = sum(len(text.by_reading) for text in one.texts)
    return place, -won, -one.points, -criteria, -by_reading, -considered, Effort(one.effort).rank


def helps(one: Advice) -> bool:
    """More than settling something as not met, or points as lost."""
    settled = [done for text in one.texts for done in text.settled]
    return (
        one.points > 0 or any(text.considered or text.by_reading for text in one.texts)
        or any(goal.becomes != "not_met" for goal in one.goals)
        or any(done.becomes not in ("no", "points") or (done.becomes == "points" and done.points is None) for done in settled)
    )


#: Each school has a quarter of the plan's measures: every goal is tried with every step of the other goals.
QUARTERS = 4


@thorough
@given(schools(), st.sampled_from((HALF_WAY, AS_OF, date(2027, 1, 5))), st.sampled_from(range(QUARTERS)))
def test_no_step_is_without_effect_and_they_stand_in_order(case, as_of, part):
    found = reviewed({**case, "plan": PLAN[part::QUARTERS]}, as_of)
    keys = [order(one) for one in found.to_do]
    assert keys == sorted(keys)
    assert len({str(one.says) for one in found.to_do}) == len(found.to_do)
    for one in found.to_do:
        assert str(one.effect)
        if not one.promised:
            assert (one.points, one.texts, one.goals) == (0, (), ())
            continue
        assert one.goals or any(
            text.settled or text.bands_removed or text.by_reading or text.considered or text.before != text.after for text in one.texts
        )
        for text in (text for text in one.texts if text.before is not None):
            assert text.before.low <= text.after.low <= text.after.high <= text.before.high
        assert one.points == sum((text.points_won for text in one.texts), Decimal(0)) >= 0


# --- one by one ------------------------------------------------------------------------------------------------------------


def test_a_missing_unit_is_named_and_what_its_copy_would_change():
    units = [{"name": "Tổ 1", "kind": "subject_group", "is_subunit": "yes", "must_hand_in": "Vụ việc"}]
    found = step(reviewed({"units": units, "declared": {"vu_viec": []}}), "Tổ 1 nộp biểu «Vụ việc»")
    assert found.promised and "Thông tư 124: " in str(found.effect) and str(found.assumes) in str(found.effect)


def test_a_refused_row_is_named_by_its_place_and_nothing_is_promised():
    found = step(reviewed({"refused": {"incidents": 2}}), "Sửa dòng 4_an_toan.xlsx › Vụ việc › A900:A901")
    assert not found.promised and str(found.effect) == "chưa biết trước tác động" and found.points == 0


def test_a_refused_sheet_is_named_as_a_sheet():
    evidence = evidence_of({})
    evidence.tables["incidents"].refused.append(CellRef(file="x.xlsx", sheet="Vụ việc", cell="A1"))
    assert str(review(evidence, in_force(YEAR), AS_OF).to_do[0].says) == "Sửa trang x.xlsx › Vụ việc."


def test_what_is_faulty_comes_first_and_is_named_once():
    """A refused row is an error too; it has its own step. An error without a row of its own is one more."""
    evidence = evidence_of({"refused": {"incidents": 1}, "declared": {"thi_dua": "chưa"}})
    places = {"cells": ("A900",), "column": "Ngày"}, {"file": "1_nha_truong.xlsx", "sheet": "Thông tin trường", "cells": ("B8",)}
    evidence.problems = [
        Problem(**{"code": "error_cell", "severity": severity, "file": "4_an_toan.xlsx", "sheet": "Vụ việc", "says": "Sai.", **place})
        for severity, place in ((Severity.ERROR, places[0]), (Severity.ERROR, places[1]), (Severity.WARNING, {"cells": ("C7",)}))
    ]
    found = review(evidence, in_force(YEAR), AS_OF).to_do
    assert [str(one.says) for one in found[:2]] == [
        "Sửa dòng 4_an_toan.xlsx › Vụ việc › A900.", "Sửa theo danh sách lỗi nhập liệu: 1_nha_truong.xlsx › Thông tin trường › B8.",
    ]
    assert not any(one.promised for one in found[:2]) and not any(str(one.says).startswith("Sửa ") for one in found[2:])


def test_more_errors_than_are_named_end_in_dots():
    evidence = evidence_of({})
    evidence.problems = [Problem(code="error_cell", severity=Severity.ERROR, file=f"{number}.xlsx", says="Sai.") for number in range(7)]
    says = str(review(evidence, in_force(YEAR), AS_OF).to_do[0].says)
    assert says == "Sửa theo danh sách lỗi nhập liệu: 0.xlsx; 1.xlsx; 2.xlsx; 3.xlsx; 4.xlsx …."


def test_a_step_that_only_settles_something_as_not_met_stands_last():
    undeclared = {"documents": [], "declared": {"van_ban": "chưa", "vu_viec": "chưa"}}
    found = reviewed(undeclared).to_do
    only_loss = [one for one in found if not helps(one) and one.promised]
    assert [str(one.says) for one in only_loss] == ["Ghi ngày và người kê khai ở biểu «Văn bản», đến hết 15/11/2026."]
    assert "chốt tiêu chí 2 (chưa đạt)" in str(only_loss[0].effect) and found[-1] == only_loss[0]
    assert any(one.promised for one in found[:-1])


def test_a_part_of_a_printed_step_is_not_printed_again():
    found = reviewed({"declared": {"vu_viec": "chưa", "thi_dua": "chưa"}}).to_do
    both = [one for one in found if "«Vụ việc»" in str(one.says) and "«Thi đua»" in str(one.says)]
    assert len(both) == 1 and "tiêu chí 3, 4" in str(both[0].effect)
    assert not any(str(one.says) == "Ghi ngày và người kê khai ở biểu «Vụ việc», đến hết 15/11/2026." for one in found)


def test_an_unreadable_workbook_promises_nothing():
    found = reviewed({"unread": ["x.xlsx"]})
    steps = [one for one in found.to_do if "x.xlsx" in str(one.says)]
    assert len(steps) == 1 and not steps[0].promised


def test_the_meeting_settles_and_wins_nothing():
    """Before the period's end nothing has happened on declared forms: the meeting may say so, or not."""
    found = step(reviewed({}, date(2026, 11, 10)), "Họp đánh giá")
    settled = [one for text in found.texts for one in text.settled]
    assert found.points == 0 and {"3", "4"} <= {one.id for one in settled}
    assert {one.becomes for one in settled} <= {"either", "points"} and "chưa biết trước" in str(found.effect)


def test_several_papers_that_only_help_together_are_one_step():
    """4a of Decision 510 needs one paper and has its step; criterion 1 of the Circular needs several things at once."""
    found = reviewed({}, date(2026, 2, 1))
    whole = [one for one in found.to_do if any(done.id == "1" for text in one.texts for done in text.settled)]
    assert whole and all(";" in str(one.says) for one in whole)
    assert step(found, "Quy chế – Công an (xã, phường, đặc khu, tỉnh)").points == 1


def test_a_paper_of_a_period_that_is_over_is_asked_for_only_if_it_is_there():
    case = {"documents": [{"kind": "interim_review", "signed_on": date(2026, 6, 1), "subject": "x"}]}
    found = [one for one in reviewed(case).to_do if any(text.text == "qd_510" for text in one.texts) and one.effort == "paper"]
    assert all(str(one.says).startswith("Nếu đã có trong kỳ") for one in found)


def test_a_class_that_is_no_longer_possible_counts_first(monkeypatch):
    text = rulebook("qd_510")
    known = tuple(one for one in text.criteria if one.award is not Award.UNREAD)
    total = sum(one.points for one in known)
    bands = (Band(name="Tốt", at_least=total - 1), Band(name="Khá", at_least=1), Band(name="Yếu", at_least=0))
    short = text.model_copy(update={"criteria": known, "total": total, "bands": bands})
    found = review(evidence_of({}), (short,), date(2026, 2, 1))
    assert found.text("qd_510").bands == ("Tốt", "Khá", "Yếu")
    first = found.to_do[0]
    assert first.bands_removed == 1 and "loại mức Yếu" in str(first.effect) and first.points >= 1


def test_more_steps_than_are_tried_are_counted(monkeypatch):
    assert reviewed(BUSY, HALF_WAY).to_do_untried == 0
    monkeypatch.setattr(trials, "MOST_TRIED", 3)
    found = reviewed(BUSY, HALF_WAY)
    assert found.to_do_untried > 3
    assert 0 < len([one for one in found.to_do if one.promised and not any(text.considered for text in one.texts)]) <= 3
