"""The days ahead: what the law's data and the plan say is still due, as of any day of the example's year."""

from datetime import date

import pytest

from antq_review.rules import in_force, provisions
from antq_review.scoring import review as make_review
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.scoring.model.review import GoalStatus, Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.scoring.sections.deadlines import goals_not_due, is_half_year, is_interim
from antq_review.scoring.sections.warnings import guards
from antq_review.shipped import example_folder
from tests.scoring.build import YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")


@pytest.fixture(scope="module")
def evidence():
    return read_folder(example_folder())


def on(evidence, day: date) -> Review:
    return review_evidence(evidence, day)


def days(review: Review) -> list[tuple[str, date, int]]:
    return [(due.id, due.on, due.days_left) for due in review.days_ahead]


def test_as_of_30_june(evidence):
    review = on(evidence, date(2026, 6, 30))
    assert days(review) == [
        ("tt_124-period", date(2026, 11, 15), 138), ("qd_510-period", date(2026, 11, 15), 138),
        ("plan-2026-11-15", date(2026, 11, 15), 138), ("plan-2026-11-16", date(2026, 11, 16), 139),
        ("tt_124-deadline", date(2026, 11, 19), 142), ("qd_510-deadline", date(2026, 11, 29), 152),
        ("plan-2026-12-31", date(2026, 12, 31), 184),
    ]
    waiting = goals_not_due(review)
    # In June these wait, too: I.1-5 (UBND xã in August), II.2-1 (the school-year plan of September), III.1-7 (a rate may fall).
    assert len(waiting) == 33 and not any(goal.status is GoalStatus.NOT_MET for goal in review.goals)
    named = {name for due in review.days_ahead for name in due.goals}
    assert {goal.id for goal in waiting} <= named


def test_as_of_20_november_only_what_is_due_after_it(evidence):
    review = on(evidence, date(2026, 11, 20))
    assert days(review) == [("qd_510-deadline", date(2026, 11, 29), 9), ("plan-2026-12-31", date(2026, 12, 31), 41)]
    assert [goal.id for goal in goals_not_due(review)] == ["I.1-1", "II.2-4", "II.7-3"]
    assert all(part.due_on > review.as_of for goal in goals_not_due(review) for part in goal.parts)
    assert review.days_ahead[-1].goals == ("I.1-1", "II.2-4", "II.7-3")


def test_the_first_quarter_asks_for_its_papers_and_says_which_are_there(evidence):
    review = on(evidence, date(2026, 1, 20))
    first = [due for due in review.days_ahead if due.on == date(2026, 3, 31)]
    assert [due.id for due in first if due.id.startswith("tt_124")] == ["tt_124-1a", "tt_124-1b", "tt_124-1c"]
    assert {due.confidence for due in first} == {"INFERRED"}
    assert not any(due.done for due in first if due.id == "tt_124-1c")
    later = {due.id: due.done for due in on(evidence, date(2026, 3, 31)).days_ahead}
    assert later["tt_124-1c"] and later["tt_124-1b"]
    assert days(on(evidence, date(2026, 4, 1)))[0][0] == "tt_124-period"


def test_every_day_of_the_law_stands_in_a_rulebook_with_its_citation():
    made = make_review(evidence_of({}), in_force(YEAR), date(YEAR, 1, 1))
    by_id = {due.id: due for due in made.days_ahead}
    for text in in_force(YEAR):
        assert str(by_id[f"{text.id}-deadline"].citation) == text.deadline.citation
        assert by_id[f"{text.id}-deadline"].on == text.deadline.of(YEAR)
        assert by_id[f"{text.id}-period"].confidence == text.period.confidence
        every = [part for criterion in text.criteria for part in provisions(criterion)]
        due = {part.id for part in every if part.due_quarter} - {part.id for part in every if part.measure and not part.due_quarter}
        assert {f"{text.id}-{name}" for name in due} <= by_id.keys()
    assert "Điều 9 khoản 2 điểm a" in str(by_id["tt_124-1c"].citation)


def test_what_does_not_concern_the_school_is_no_day_of_its_year():
    def ids(party: str) -> set[str]:
        found = make_review(evidence_of({"profile": {"has_party_organisation": party}}), in_force(YEAR), date(YEAR, 1, 5))
        return {due.id for due in found.days_ahead}

    assert "tt_124-1a" in ids("yes") and "tt_124-1a" not in ids("no")
    assert "tt_124-1b" in ids("no")


def test_after_the_last_day_nothing_is_ahead(evidence):
    assert on(evidence, date(2027, 1, 1)).days_ahead == ()
    assert [due.days_left for due in on(evidence, date(2026, 12, 31)).days_ahead] == [0]


def test_a_report_is_of_the_half_year_only_when_its_figures_are(evidence):
    half, other, end = (on(evidence, day) for day in (date(2026, 6, 30), date(2026, 9, 30), date(2026, 11, 15)))
    assert (is_interim(half), is_half_year(half)) == (True, True)
    assert (is_interim(other), is_half_year(other)) == (True, False)
    assert (is_interim(end), is_half_year(end)) == (False, False)


# --- the deadline of a text, among the warnings ------------------------------------------------------------------------


TOLD = "Thông tư 124: cấp có thẩm quyền quyết định trước 20/11/2026, "
OPEN = {"declared": {"vu_viec": "chưa"}}


def warned(day: date, **school: object) -> list[str]:
    return [str(one) for one in make_review(evidence_of({**OPEN, "profile": school}), in_force(YEAR), day).warnings]


@pytest.mark.parametrize(("day", "said"), [
    (date(2026, 11, 14), None), (date(2026, 11, 15), TOLD + "còn 4 ngày"), (date(2026, 11, 19), TOLD + "hôm nay là ngày cuối"),
    (date(2026, 11, 20), "(trước 20/11/2026) đã qua 1 ngày"), (date(2026, 12, 31), "(trước 20/11/2026) đã qua 42 ngày"),
])
def test_the_day_of_the_text_is_the_authority_s(day, said):
    named = [warning for warning in warned(day) if warning.startswith("Thông tư 124") and "20/11/2026" in warning]
    assert len(named) == (said is not None)
    assert said is None or (said in named[0] and "Điều 9 khoản 1 điểm c" in named[0])
    assert not any("hạn nộp" in warning.lower() and "20/11" in warning for warning in named)


@pytest.mark.parametrize(("day", "said"), [
    (date(2026, 11, 14), None), (date(2026, 11, 16), "Hạn nộp hồ sơ của trường 18/11/2026: còn 2 ngày."),
    (date(2026, 11, 18), "Hạn nộp hồ sơ của trường 18/11/2026: hôm nay là ngày cuối."),
    (date(2026, 11, 19), "Hạn nộp hồ sơ của trường 18/11/2026: đã qua 1 ngày."),
])
def test_the_school_s_own_day_is_the_one_that_the_commune_told_it(day, said):
    named = [warning for warning in warned(day, hand_in_by=date(2026, 11, 18)) if "nộp hồ sơ" in warning]
    assert named == ([said] if said else [])


def test_a_school_without_a_day_of_its_own_is_told_to_ask():
    asked = "Trường nộp hồ sơ theo hẹn của xã, phường: hỏi ngày, ghi ở «Hạn nộp của trường», biểu Thông tin trường."
    assert asked in warned(date(2026, 11, 16)) and asked not in warned(date(2026, 11, 14))
    assert asked not in warned(date(2026, 12, 31)), "too late to ask"


def test_a_text_without_anything_open_is_not_late():
    found = make_review(evidence_of({}), in_force(YEAR), date(2026, 12, 31))
    text = found.text("tt_124")
    closed = tuple(one.model_copy(update={"settled": Outcome(truth=Truth.YES)}) for one in text.findings)
    assert guards(evidence_of({}), (text.model_copy(update={"findings": closed}),), date(2026, 12, 31)) == ()
