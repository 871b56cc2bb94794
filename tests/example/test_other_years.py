"""The example's earlier years: their key figures were worked out by hand too."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from antq_review.scoring.model.outcome import Interval
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.example.test_hand_scored import assert_interval

YEARS = {
    year: tomllib.loads(Path(__file__).with_name(f"hand_scored_{year}.toml").read_text(encoding="utf-8")) for year in (2024, 2025)
}
REVIEWS = {}


def review_of(year: int):
    if year not in REVIEWS:
        folder = example_folder().with_name(str(year))
        REVIEWS[year] = review_evidence(read_folder(folder), YEARS[year]["as_of"])
    return REVIEWS[year]


@pytest.mark.parametrize("year", YEARS)
def test_the_six_criteria_and_the_four_items(year: int) -> None:
    hand, review = YEARS[year], review_of(year)
    standard, points = review.text("tt_124"), review.text("qd_510")
    assert standard.result.value == hand["tt_124"]["result"]
    for finding in standard.findings:
        assert finding.computed.truth.value == hand["tt_124"][finding.id]["computed"], finding.id
        assert finding.settled.truth.value == hand["tt_124"][finding.id]["settled"], finding.id
    for finding in points.findings:
        if finding.award.value != "unread":
            expected = hand["qd_510"][finding.id]
            computed = Interval(low=finding.computed.low, high=finding.computed.high)
            settled = Interval(low=finding.settled.low, high=finding.settled.high)
            assert_interval(computed, expected["computed_low"], expected["computed_high"])
            assert_interval(settled, expected["settled_low"], expected["settled_high"])


@pytest.mark.parametrize("year", YEARS)
def test_goals(year: int) -> None:
    hand, review = YEARS[year], review_of(year)
    states = Counter(goal.status.value for goal in review.goals)
    assert {name: states[name] for name in hand["goals_by_status"]} == hand["goals_by_status"]
    goals = {goal.id: goal for goal in review.goals}
    for name, expected in hand["goals"].items():
        assert goals[name].status.value == expected["status"], name
        parts = {part.part or "a": part for part in goals[name].parts}
        for letter, part in expected["parts"].items():
            assert parts[letter].status.value == part["status"], (name, letter)
            if "low" in part:
                assert_interval(parts[letter].measurement, part["low"], part["high"])


def test_the_years_differ_in_ways_that_a_comparison_will_show() -> None:
    assert [review_of(year).text("tt_124").result.value for year in (2024, 2025)] == ["insufficient", "not_met"]
    assert review_of(2025).incidents.by_kind["school_violence"] == 1
