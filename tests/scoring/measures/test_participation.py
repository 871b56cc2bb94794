"""The people that activities reached, worked out by hand for a school of 2 managers, 8 teachers, 50 and 40 pupils.

Beside the ends (`tests/cases/phep_do`): the fraction behind a rate, the cells that decided it, the sentence where it is open.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from antq_review.scoring.measures import evaluate
from antq_review.scoring.measures.participation import audiences_of
from antq_review.scoring.model.outcome import Measurement
from tests.scoring.build import NOT_DECLARED, look_at

MAY, AUTUMN = date(2026, 5, 1), date(2026, 10, 1)
TEACHERS = {"audience": ("teachers",)}
BOTH = {"audience": ("teachers", "primary_pupils")}
OPEN_FORM = {"declared": {"hoat_dong": NOT_DECLARED}}


def activity(audience: str | None, present: int | None, **more: Any) -> dict[str, Any]:
    row = {"held_on": MAY, "name": "Diễn đàn", "form": "forum", "audience": audience, "present": present, **more}
    return {name: value for name, value in row.items() if value is not None}


def counted(**people: int) -> list[dict[str, Any]]:
    return [{"audience": name, "count": count, "counted_on": date(2025, 11, 10)} for name, count in people.items()]


def both(case: Mapping[str, Any], wanted: Mapping[str, tuple[str, ...]]) -> tuple[Measurement, Measurement]:
    """All the people together, and the audience with the lowest rate."""
    look = look_at(case)
    return evaluate("participation_rate", look, wanted), evaluate("least_participation_rate", look, wanted)


def ends(found: Measurement) -> tuple[Fraction, Fraction]:
    """As fractions with small numbers, so that 1/3 is 1/3."""
    assert found.high is not None
    return Fraction(found.low).limit_denominator(1000), Fraction(found.high).limit_denominator(1000)


def shown(found: Measurement) -> list[str]:
    return [f"{cell.sheet}: {cell.shown}" for cell in found.cells]


def test_a_rate_shows_its_fraction_and_walks_back_to_the_people_and_their_headcounts() -> None:
    every, least = both({"activities": [activity("teachers", 6), activity("primary_pupils", 50)]}, BOTH)
    assert ends(every) == (Fraction(56, 58), Fraction(56, 58)) and (every.count, every.base) == (56, 58)
    assert ends(least) == (Fraction(3, 4), Fraction(3, 4))
    assert shown(every) == ["Hoạt động: 6", "Thông tin trường: 8", "Hoạt động: 50", "Thông tin trường: 50"] == shown(least)
    assert every.reasons == () == least.reasons


def test_the_pledged_of_a_briefing_and_the_expected_of_a_campaign_are_cells_too() -> None:
    row = activity("teachers", 6, expected=8, pledged=7, form="briefing")
    every, _ = both({"activities": [row]}, TEACHERS)
    assert ends(every) == (Fraction(7, 8), Fraction(7, 8))
    assert shown(every) == ["Hoạt động: 6", "Hoạt động: 7", "Hoạt động: 8"]


@pytest.mark.parametrize("closed", [True, False])
def test_nobody_was_reached_walks_back_to_the_headcount(closed: bool) -> None:
    every, least = both({} if closed else OPEN_FORM, TEACHERS)
    high = Fraction(0) if closed else Fraction(1)
    assert ends(every) == (0, high) == ends(least)
    assert (every.count, every.base) == (0, 8) and shown(every) == ["Thông tin trường: 8"] == shown(least)
    assert [why.code for why in every.reasons] == ([] if closed else ["undeclared"]) == [why.code for why in least.reasons]


def test_an_audience_that_nobody_reached_counts_with_all_its_people() -> None:
    every, least = both({"activities": [activity("teachers", 8)]}, BOTH)
    assert ends(every) == (Fraction(8, 58), Fraction(8, 58)) and (every.count, every.base) == (8, 58)
    assert ends(least) == (0, 0)


def test_several_campaigns_may_have_reached_the_same_people_or_others() -> None:
    """3, 2 and 1 of 8 teachers: at least the 3 of the largest campaign, at most all 6."""
    rows = [activity("teachers", number, held_on=date(2026, 5, number)) for number in (2, 3, 1)]
    every, least = both({"activities": rows}, TEACHERS)
    assert ends(every) == (Fraction(3, 8), Fraction(6, 8)) == ends(least)
    for found in (every, least):
        (why,) = found.reasons
        assert (why.code, why.subject) == ("overlap_unknown", "Giáo viên")
        assert str(why.says) == "Các đợt có thể gồm cùng những người (Giáo viên): chưa rõ cộng lại được bao nhiêu người."


def test_more_attendances_than_people_are_no_more_than_all_the_people() -> None:
    rows = [activity("teachers", 6, held_on=date(2026, 5, day)) for day in (1, 2)]
    assert ends(both({"activities": rows}, TEACHERS)[0]) == (Fraction(6, 8), 1)


def test_all_people_reached_once_is_everybody_whatever_else_was_held() -> None:
    rows = [activity("teachers", number, held_on=date(2026, 5, number)) for number in (8, 3)]
    every, least = both({"activities": rows}, TEACHERS)
    assert ends(every) == (1, 1) == ends(least) and every.reasons == () == least.reasons


@pytest.mark.parametrize("more", [activity("teachers", None, campaign="B"), activity("teachers", 9, campaign="B")])
def test_once_all_people_are_reached_no_other_row_keeps_it_open(more: dict[str, Any]) -> None:
    """A blank number or too many people in another campaign cannot lower it."""
    for found in both({"activities": [activity("teachers", 8, campaign="A"), more]}, TEACHERS):
        assert ends(found) == (1, 1) and found.reasons == ()


def test_a_campaign_to_which_nobody_came_reached_nobody() -> None:
    every, _ = both({"activities": [activity("teachers", 0)]}, TEACHERS)
    assert ends(every) == (0, 0) and (every.count, every.base) == (0, 8)


def test_two_audiences_that_are_open_keep_the_whole_open_by_their_people() -> None:
    """Teachers 4 to 8 of 8, pupils 25 to 35 of 50: together 29 to 43 of 58."""
    rows = [activity("teachers", 4, held_on=date(2026, 5, day)) for day in (1, 2)]
    rows += [activity("primary_pupils", number, held_on=date(2026, 5, number)) for number in (25, 10)]
    every, least = both({"activities": rows}, BOTH)
    assert ends(every) == (Fraction(29, 58), Fraction(43, 58)) and (every.count, every.base) == (29, 58)
    assert ends(least) == (Fraction(1, 2), Fraction(35, 50))
    assert [why.subject for why in every.reasons] == ["Giáo viên", "Học sinh TH"] == [why.subject for why in least.reasons]


def test_on_an_open_form_the_whole_is_at_least_what_its_lowest_audience_is() -> None:
    rows = [activity("teachers", 8), activity("primary_pupils", 25)]
    every, least = both({"activities": rows, **OPEN_FORM}, BOTH)
    assert ends(every) == (Fraction(1, 2), 1) == ends(least)


def test_a_row_without_a_number_of_people_may_have_reached_all() -> None:
    rows = [activity("teachers", 4), activity("teachers", None, held_on=date(2026, 5, 2))]
    for found in both({"activities": rows}, TEACHERS):
        assert ends(found) == (Fraction(1, 2), 1)
        (why,) = found.reasons
        assert (why.code, why.subject) == ("number_blank", "Giáo viên")


def test_one_more_person_than_the_base_makes_a_campaign_uncounted_and_exactly_all_do_not() -> None:
    for present, expected in ((8, (1, 1)), (9, (0, 1))):
        every, _ = both({"activities": [activity("teachers", present, campaign="Đợt 1")]}, TEACHERS)
        assert ends(every) == expected
    (why,) = every.reasons
    assert (why.code, why.subject) == ("overfull", "Giáo viên") and "Đợt Đợt 1:" in str(why.says)
    assert (every.count, every.base) == (0, 8)


def test_a_good_campaign_beside_one_with_too_many_people_still_counts_as_the_least() -> None:
    rows = [activity("teachers", 9, campaign="A"), activity("teachers", 4, campaign="B")]
    every, _ = both({"activities": rows}, TEACHERS)
    assert ends(every) == (Fraction(1, 2), 1) and [why.code for why in every.reasons] == ["overfull"]


def test_without_a_headcount_nothing_is_known_of_an_audience() -> None:
    case = {"headcounts": counted(primary_pupils=50), "activities": [activity("teachers", 4)]}
    for found in both(case, TEACHERS):
        assert ends(found) == (0, 1)
        (why,) = found.reasons
        assert (why.code, why.subject) == ("base_unknown", "teachers") and "số người (Giáo viên)" in str(why.says)


def test_a_headcount_after_the_campaign_is_no_base_for_it_but_the_audience_is_counted() -> None:
    late = [{"audience": "teachers", "count": 8, "counted_on": date(2026, 9, 5)}]
    for found in both({"headcounts": late, "activities": [activity("teachers", 4)]}, TEACHERS):
        assert ends(found) == (0, 1) and [why.code for why in found.reasons] == ["base_unknown"]


def test_a_campaign_with_its_own_numbers_of_an_audience_nobody_counted_is_a_rate_that_stays_open() -> None:
    case = {"headcounts": counted(primary_pupils=50), "activities": [activity("teachers", 4, expected=8)]}
    every, _ = both(case, TEACHERS)
    assert ends(every) == (Fraction(1, 2), 1) and (every.count, every.base) == (4, 8)
    assert [why.code for why in every.reasons] == ["base_unknown"]


def test_one_audience_without_a_headcount_keeps_all_together_unknown() -> None:
    case = {"headcounts": counted(primary_pupils=50), "activities": [activity("primary_pupils", 50)]}
    every, least = both(case, BOTH)
    assert ends(every) == (0, 1) == ends(least)
    assert {why.subject for why in every.reasons} == {"teachers"} and every.count is None


def test_an_audience_of_nobody_is_left_out() -> None:
    case = {"headcounts": counted(teachers=8, primary_pupils=0), "activities": [activity("teachers", 8)]}
    every, least = both(case, BOTH)
    assert ends(every) == (1, 1) == ends(least)
    nobody = {"headcounts": counted(teachers=0)}
    for found in both(nobody, TEACHERS):
        assert ends(found) == (0, 1)
        (why,) = found.reasons
        assert (why.code, why.subject) == ("base_unknown", "headcounts")


def test_an_audience_of_one_is_an_audience() -> None:
    case = {"headcounts": counted(teachers=1, primary_pupils=50), "activities": [activity("teachers", 1), activity("primary_pupils", 50)]}
    assert ends(both(case, BOTH)[0]) == (1, 1)


@pytest.mark.parametrize(
    ("levels", "counted_too", "expected"),
    [
        ("primary_lower", {}, ["managers", "teachers", "primary_pupils", "lower_secondary_pupils"]),
        ("primary", {}, ["managers", "teachers", "primary_pupils"]),
        ("lower_secondary", {}, ["managers", "teachers", "lower_secondary_pupils"]),
        ("upper_secondary", {}, ["managers", "teachers", "upper_secondary_pupils"]),
        ("lower_upper", {}, ["managers", "teachers", "lower_secondary_pupils", "upper_secondary_pupils"]),
        ("primary_lower_upper", {}, ["managers", "teachers", "primary_pupils", "lower_secondary_pupils", "upper_secondary_pupils"]),
        ("kindergarten", {}, ["managers", "teachers", "kindergarten_children"]),
        ("", {}, ["managers", "teachers"]),
        ("primary", {"guards": 2}, ["managers", "teachers", "guards", "primary_pupils"]),  # counted, so they belong to everyone
        ("primary", {"parents": 30}, ["managers", "teachers", "primary_pupils"]),  # no people of the school
    ],
)
def test_everyone_is_who_the_school_has(levels: str, counted_too: Mapping[str, int], expected: list[str]) -> None:
    look = look_at({"profile": {"levels": levels}, "headcounts": counted(**counted_too)})
    assert sorted(audiences_of(look, ("everyone",))) == sorted(expected)
    assert audiences_of(look, ("teachers", "guards")) == ["teachers", "guards"]


def test_without_a_filter_everyone_is_meant() -> None:
    rows = [activity(name, number) for name, number in (("managers", 2), ("teachers", 8), ("primary_pupils", 50))]
    every, least = both({"activities": rows}, {})
    assert ends(every) == (Fraction(60, 100), Fraction(60, 100)) and ends(least) == (0, 0)
    assert ends(both({"activities": rows}, {"audience": ("everyone",)})[0]) == (Fraction(60, 100), Fraction(60, 100))


def test_unknown_levels_leave_only_everyone_unknown() -> None:
    case = {"profile": {"levels": ""}, "activities": [activity("teachers", 8)]}
    for wanted in ({}, {"audience": ("everyone",)}):
        for found in both(case, wanted):
            (why,) = found.reasons
            assert ends(found) == (0, 1) and (why.code, why.subject) == ("base_unknown", "levels")
    assert ends(both(case, TEACHERS)[0]) == (1, 1)


def test_the_same_people_are_asked_for_by_audience_topic_and_quarter_each_by_itself() -> None:
    """One window and one index: what was counted for one question answers no other."""
    rows = [activity("teachers", 8, topic_1="law"), activity("primary_pupils", 25, topic_1="drugs", held_on=AUTUMN)]
    look = look_at({"activities": rows})

    def least(**wanted: str) -> Fraction:
        found = evaluate("least_participation_rate", look, {name: (value,) for name, value in wanted.items()})
        return ends(found)[0]

    assert (least(audience="teachers"), least(audience="primary_pupils")) == (1, Fraction(1, 2))
    assert (least(audience="teachers", topic="drugs"), least(audience="primary_pupils", topic="drugs")) == (0, Fraction(1, 2))
    assert (least(audience="teachers", quarter="2"), least(audience="teachers", quarter="4")) == (1, 0)
    assert least(audience="primary_pupils", quarter="4") == Fraction(1, 2)


def test_two_questions_with_as_many_rows_are_two_questions() -> None:
    look = look_at({"activities": [activity("teachers", 8, topic_1="law"), activity("teachers", 4, topic_1="drugs")]})
    found = [evaluate("least_participation_rate", look, {**TEACHERS, "topic": (topic,)}) for topic in ("law", "drugs")]
    assert [ends(one)[0] for one in found] == [1, Fraction(1, 2)]


def test_a_number_of_people_is_a_decimal_of_one_division() -> None:
    row = activity("teachers", 1)
    found, _ = both({"headcounts": counted(teachers=3), "activities": [row]}, TEACHERS)
    assert found.low == Decimal(1) / 3 == found.high
