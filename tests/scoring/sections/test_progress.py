"""Progress stands beside the result and says nothing about it."""

from datetime import date

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import GoalStatus, Review, TextResult
from antq_review.scoring.model.review_parts import Progress
from antq_review.scoring.sections.progress import PLAN
from tests.scoring.build import AS_OF, NOT_DECLARED, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")


def reviewed(case, as_of: date = AS_OF) -> Review:
    return review(evidence_of(case), in_force(YEAR), as_of)


def of(found: Review, name: str) -> Progress:
    return next(one for one in found.progress if one.of == name)


def test_forms_full_of_failures_are_declared_in_full_and_not_met():
    """Nothing was done, and everything says so: 100 % declared, not met."""
    plan = [{"goal_id": "X", "quote": "x", "measure": "Số hoạt động", "operator": "at_least", "number": 3, "due_on": date(2026, 11, 15)}]
    found = reviewed({"plan": plan})
    for name in ("tt_124", PLAN):
        assert of(found, name).declared == of(found, name).asked > 0
        assert "Đã kê khai 100%" in str(of(found, name).says)
    assert found.text("tt_124").result is TextResult.NOT_MET
    assert [goal.status for goal in found.goals] == [GoalStatus.NOT_MET]


def test_all_met_without_a_declaration_is_no_progress():
    found = reviewed({"declared": {"vu_viec": NOT_DECLARED}})
    whole = reviewed({})
    assert of(found, "tt_124").declared == of(whole, "tt_124").declared - 1
    assert of(found, "tt_124").asked == of(whole, "tt_124").asked


def test_a_declaration_counts_up_to_the_effective_day():
    case = {"declared": {"vu_viec": date(2026, 6, 30)}}
    assert of(reviewed(case, date(2026, 6, 30)), "tt_124").declared == of(reviewed({}, date(2026, 6, 30)), "tt_124").declared
    assert of(reviewed(case), "tt_124").declared == of(reviewed({}), "tt_124").declared - 1


def test_every_unit_asked_owes_its_copy():
    units = [{"name": name, "kind": "subject_group", "is_subunit": "yes", "must_hand_in": "Hoạt động"} for name in ("Tổ 1", "Tổ 2", "Tổ 3")]
    found = of(reviewed({"units": units, "declared": {"hoat_dong": [date(2026, 11, 15), NOT_DECLARED]}}), "qd_510")
    assert (found.units_asked, found.units_in) == (3, 2)
    whole = of(reviewed({}), "qd_510")
    assert (found.asked - whole.asked, found.declared - whole.declared) == (2, 0)
    assert "2/3 đơn vị đã nộp đủ biểu" in str(found.says) and "100%" not in str(found.says)


@pytest.mark.steps
def test_a_title_that_nobody_knows_is_never_declared_in_full():
    """A unit of which nobody knows what it owes owes everything: nothing is 100 %, nothing is finally not met."""
    unit = {"name": "Tổ 1", "kind": "subject_group", "is_subunit": "yes", "must_hand_in": "Hoạt động. Mô hình"}
    found = reviewed({"units": [{**unit, "name": "Tổ 2"}]})
    assert of(found, "qd_510").asked == 2 * of(reviewed({}), "qd_510").asked
    assert "100%" not in str(of(found, "qd_510").says)
    assert found.text("tt_124").result is not TextResult.NOT_MET
    assert not any("nộp biểu" in str(one.says) for one in reviewed({"units": [unit]}).to_do)
    comma = reviewed({"units": [{**unit, "must_hand_in": "Hoạt động, Mô hình", "name": "Tổ 2"}]})
    assert "100%" not in str(of(comma, "qd_510").says)


def test_almost_everything_is_not_everything():
    """1 of 2 000 copies missing is not shown as 100 %."""
    days = [date(2026, 11, 15)] * 1999 + [NOT_DECLARED]
    assert "100%" not in str(of(reviewed({"declared": {"hoat_dong": days}}), "qd_510").says)
