"""Headcounts and campaigns: who is counted how often, and what the reader warns of."""

from datetime import date
from typing import Any

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest.model import Problem
from antq_review.ingest.participation import Reach, campaigns, first_day, headcount, people_problems, reach
from tests.scoring.build import evidence_of

NOVEMBER, JANUARY, MAY = date(2025, 11, 10), date(2026, 1, 5), date(2026, 5, 5)


def count(number: int, day: date = NOVEMBER, grade: int | None = None, audience: str = "primary_pupils") -> dict[str, Any]:
    row = {"audience": audience, "grade": grade, "count": number, "counted_on": day}
    return {name: value for name, value in row.items() if value is not None}


def row(present: int | None, **more: Any) -> dict[str, Any]:
    given = {"held_on": MAY, "name": "Diễn đàn", "form": "forum", "audience": "primary_pupils", "present": present, **more}
    return {name: value for name, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("rows", "day", "expected"),
    [
        ([count(50)], MAY, (50, {None})),
        ([count(50)], NOVEMBER, (50, {None})),
        ([count(50)], date(2025, 11, 9), None),
        ([count(50), count(52, MAY)], JANUARY, (50, {None})),
        ([count(50), count(52, MAY)], MAY, (52, {None})),
        ([count(25, grade=1), count(26, grade=2)], MAY, (51, {1, 2})),
        ([count(25, grade=1), count(26, grade=2), count(27, JANUARY, 2)], MAY, (52, {1, 2})),
        ([count(27, JANUARY, 2), count(25, grade=1), count(26, grade=2)], MAY, (52, {1, 2})),  # whatever the order of the rows
        ([count(50), count(26, JANUARY, 1), count(27, JANUARY, 2)], MAY, (53, {1, 2})),  # the grades are newer
        ([count(26, grade=1), count(27, JANUARY, 2), count(50, JANUARY)], MAY, (50, {None})),  # on the same day: the whole
        ([count(26, JANUARY, 1), count(27, grade=2), count(50, date(2026, 1, 4))], MAY, (53, {1, 2})),
        ([count(8, audience="teachers")], MAY, None),
    ],
)
def test_the_last_headcount_of_an_audience(rows: list[dict[str, Any]], day: date, expected: tuple[int, set[int | None]] | None) -> None:
    found = headcount(evidence_of({"headcounts": rows}), "primary_pupils", day)
    assert (None if found is None else (found.count, set(found.grades))) == expected
    if found is not None:
        assert sum(int(cell.shown) for cell in found.cells) == found.count


def test_a_refused_headcount_leaves_every_audience_unknown() -> None:
    assert headcount(evidence_of({"headcounts": [count(50)], "refused": {"headcounts": 1}}), "primary_pupils", MAY) is None


def test_a_campaign_is_the_rows_of_one_code_and_a_row_without_a_code() -> None:
    rows = [row(5, campaign="Q"), row(6, campaign=" q "), row(7), row(8), row(None, campaign="Q")]
    rows.append(row(9, audience="teachers", campaign="Q"))
    evidence = evidence_of({"activities": rows})
    found = campaigns(evidence.of(Activity), "primary_pupils")
    assert [[one.values.present for one in group] for group in found] == [[5, 6], [7], [8]]
    assert first_day(found[0]) == MAY


def reached(*rows: dict[str, Any], headcounts: list[dict[str, Any]], whole: bool = True) -> Reach:
    evidence = evidence_of({"activities": list(rows), "headcounts": headcounts})
    (group,) = campaigns(evidence.of(Activity), "primary_pupils")
    return reach(group, "primary_pupils", headcount(evidence, "primary_pupils", MAY), {}, whole)


@pytest.mark.parametrize(
    ("rows", "headcounts", "whole", "base"),
    [
        ([row(5)], [count(50)], True, 50),
        ([row(5, expected=40)], [count(50)], True, 40),  # the campaign's own number for the whole audience
        ([row(5, expected=40)], [count(50)], False, 50),  # rows may be missing: only a larger number is believed
        ([row(5, expected=60)], [count(50)], False, 60),
        ([row(5, expected=50)], [count(50)], False, 50),
        ([row(5, expected=40)], [], True, 40),
        ([row(5, expected=40)], [], False, None),
        ([row(5)], [], True, None),
        ([row(0, expected=0)], [count(50)], True, 0),
        # The form counts grades 1 and 2: one grade's number is not everybody's.
        ([row(5, grade=1, expected=20)], [count(25, grade=1), count(26, grade=2)], True, 51),
        ([row(5, grade=1, expected=20, campaign="Q"), row(6, grade=2, expected=22, campaign="Q")],
         [count(25, grade=1), count(26, grade=2)], True, 42),
        # Three grades reached of two counted: their numbers cover everybody.
        ([row(5, grade=grade, expected=20, campaign="Q") for grade in (1, 2, 3)], [count(25, grade=1), count(26, grade=2)], True, 60),
        ([row(5, grade=1, expected=20, campaign="Q"), row(6, grade=2, campaign="Q")],
         [count(25, grade=1), count(26, grade=2)], True, 51),
        # A make-up session without a number: its grade has one from the first session.
        ([row(5, grade=1, expected=20, campaign="Q"), row(6, grade=2, expected=22, campaign="Q"), row(1, grade=2, campaign="Q")],
         [count(25, grade=1), count(26, grade=2)], True, 42),
    ],
)
def test_the_base_of_a_campaign(rows: list[dict[str, Any]], headcounts: list[dict[str, Any]], whole: bool, base: int | None) -> None:
    found = reached(*rows, headcounts=headcounts, whole=whole)
    assert found.base == base and found.present == sum(one["present"] for one in rows)
    assert sum(int(cell.shown) for cell in found.base_cells) == (base or 0)
    assert len(found.rows) == len(rows)


@pytest.mark.parametrize(("expected", "sheet"), [(50, "Thông tin trường"), (60, "Hoạt động")])
def test_the_headcount_is_the_base_where_a_campaign_of_an_open_form_says_the_same(expected: int, sheet: str) -> None:
    (cell,) = reached(row(5, expected=expected), headcounts=[count(50)], whole=False).base_cells
    assert cell.sheet == sheet


def test_a_campaign_has_the_name_of_its_code_or_of_its_activity() -> None:
    assert reached(row(5, campaign="Đợt 1"), headcounts=[count(50)]).campaign == "Đợt 1"
    assert reached(row(5), headcounts=[count(50)]).campaign == "Diễn đàn"


@pytest.mark.parametrize(("present", "overfull"), [(49, False), (50, False), (51, True)])
def test_a_campaign_is_overfull_with_more_people_than_its_base(present: int, overfull: bool) -> None:
    assert reached(row(present), headcounts=[count(50)]).overfull is overfull
    assert not reached(row(present), headcounts=[]).overfull


# --- what the reader warns of -------------------------------------------------------------------------------------------


def problems(*rows: dict[str, Any], headcounts: list[dict[str, Any]] | None = None) -> list[Problem]:
    return people_problems(evidence_of({"activities": list(rows), "headcounts": [count(50)] if headcounts is None else headcounts}))


@pytest.mark.parametrize("rows", [[row(50)], [row(5, expected=50)], [row(None)], []])
def test_sound_campaigns_are_passed_over(rows: list[dict[str, Any]]) -> None:
    assert problems(*rows) == []


def test_people_of_an_audience_that_is_not_counted_are_said_at_each_row() -> None:
    found = problems(row(5, campaign="Q"), row(6, campaign="Q"), headcounts=[count(8, audience="teachers")])
    assert [one.code for one in found] == ["audience_not_counted"] * 2 and len({one.cells for one in found}) == 2
    assert {one.column for one in found} == {"Đối tượng"} and "“Học sinh TH”" in str(found[0].says)


def test_problems_of_every_audience_are_said() -> None:
    found = problems(row(9, audience="teachers"), row(5), headcounts=[count(8, audience="teachers")])
    assert [one.code for one in found] == ["more_people_than_base", "audience_not_counted"]


def test_an_audience_that_is_counted_only_later_is_not_said_to_be_missing() -> None:
    assert problems(row(5), headcounts=[count(50, date(2026, 9, 5))]) == []


def test_too_many_people_are_said_at_the_campaign_s_first_row() -> None:
    (found,) = problems(row(30, campaign="Q", expected=50), row(21, campaign="Q"))
    assert (found.code, found.sheet, found.column, found.found) == ("more_people_than_base", "Hoạt động", "Có mặt", "30")
    assert str(found.says) == "Đợt “Q”, Học sinh TH: cộng lại 51 người, nhiều hơn 50 người phải dự."


def test_another_number_than_the_headcount_is_said_at_its_cell() -> None:
    (found,) = problems(row(30, expected=40))
    assert (found.code, found.column, found.found) == ("expected_differs", "Phải dự", "40")
    assert str(found.says) == "Đợt “Diễn đàn”, Học sinh TH: phải dự 40, trong khi Thông tin trường ghi 50 người."


@pytest.mark.parametrize(("audience", "by_grade"), [("primary_pupils", True), ("kindergarten_children", False), ("parents", False)])
def test_only_people_with_grades_are_told_to_write_the_grade(audience: str, by_grade: bool) -> None:
    """A grade beside children or parents is a fault of its own."""
    (found,) = problems(row(30, audience=audience, expected=40), headcounts=[count(50, audience=audience)])
    assert ("ghi khối lớp" in str(found.remedy)) is by_grade
