"""The program agrees with the year that was scored by hand, finding by finding and goal by goal."""

from decimal import Decimal
from fractions import Fraction

import pytest

from antq_review.scoring.model.outcome import Interval
from antq_review.scoring.model.review import Finding, Review
from tests.example.conftest import HAND

#: Where the hand names a part by what it is, the rulebook by its number.
PARTS_510 = {
    "resolution": "1.1", "plan": "1.2", "carried_out": "1.3", "reviews": "1.4", "reports": "1.5", "forms": "2.1",
}


def flat(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """Findings and their parts by id; the parts of the first reading stand for a provision with readings.

    A provision with readings has the result of them all, and the measurement of the first.
    """
    found: dict[str, Finding] = {}
    for finding in findings:
        found[finding.id] = finding
        inner = finding.parts or (finding.readings[0].parts if finding.readings else ())
        for name, part in flat(inner).items():
            if name == finding.id and finding.measurement is None:
                found[name] = finding.model_copy(update={"measurement": part.measurement})
            found.setdefault(name, part)
    return found


def fraction(text: str) -> Fraction | None:
    return None if text == "inf" else Fraction(text)


def assert_interval(found: Interval, low: str, high: str) -> None:
    """Equal to the fraction worked out by hand; a rate may differ in the 27th digit, where decimals end."""
    for value, expected in ((found.low, fraction(low)), (found.high, fraction(high))):
        if expected is None:
            assert value is None
        else:
            assert value is not None
            assert abs(Fraction(value) - expected) < Fraction(1, 10**24), f"{value} is not {expected}"


def test_overall_results(review: Review, hand: dict) -> None:
    standard, points = review.text("tt_124"), review.text("qd_510")
    assert standard is not None and points is not None
    states = [finding.settled.truth.value for finding in standard.findings]
    for state in ("yes", "no", "unknown"):
        assert states.count(state) == hand["tt_124"][f"criteria_settled_{state}"]
    assert standard.result is not None and standard.result.value == "insufficient"
    assert points.considered == Decimal(hand["qd_510"]["points_known"])
    assert points.unread == Decimal(hand["qd_510"]["points_unread"])
    assert points.range is not None
    assert_interval(points.range, hand["qd_510"]["settled_low"], hand["qd_510"]["settled_high"])
    computed = [finding.computed for finding in points.findings if finding.award.value != "unread"]
    assert sum(outcome.low or 0 for outcome in computed) == Decimal(hand["qd_510"]["computed_low"])
    assert sum(outcome.high or 0 for outcome in computed) == Decimal(hand["qd_510"]["computed_high"])
    assert list(points.bands) == hand["qd_510"]["bands"]


@pytest.mark.parametrize("criterion", ["1", "2", "3", "4", "5", "6"])
def test_circular_124(review: Review, hand: dict, criterion: str) -> None:
    expected = hand["tt_124"][criterion]
    found = flat(review.text("tt_124").findings)
    finding = found[criterion]
    assert finding.computed.truth.value == expected["computed"]
    assert finding.settled.truth.value == expected["settled"]
    assert sorted({reason.code for reason in finding.reasons}) == expected["reasons"]
    for name, limb in expected["limbs"].items():
        assert found[name].computed.truth.value == limb["truth"], name
        measured = found[name].measurement
        if "low" in limb and measured is not None and name != "2a2":
            assert_interval(measured, limb["low"], limb["high"])
    for name, reading in expected.get("readings", {}).items():
        judged = next(one for one in finding.readings if one.id == name)
        assert judged.outcome.truth.value == reading["truth"]
        assert_interval(flat(judged.parts)[judged.parts[0].id].measurement, reading["low"], reading["high"])


@pytest.mark.parametrize("item", ["1", "2", "3", "4a"])
def test_decision_510(review: Review, hand: dict, item: str) -> None:
    expected = hand["qd_510"][item]
    found = flat(review.text("qd_510").findings)
    finding = found[item]
    assert_interval(Interval(low=finding.computed.low, high=finding.computed.high), expected["computed_low"], expected["computed_high"])
    assert_interval(Interval(low=finding.settled.low, high=finding.settled.high), expected["settled_low"], expected["settled_high"])
    assert sorted({reason.code for reason in finding.reasons}) == expected["reasons"]
    for name, part in expected.get("parts", {}).items():
        if name in PARTS_510:
            assert found[PARTS_510[name]].computed.truth.value == part["truth"], name
            assert_interval(found[PARTS_510[name]].measurement, part["low"], part["high"])
        elif name in ("together", "least_audience"):
            reading = found["2.2"].measurement if name == "together" else None
            if reading is not None:
                assert_interval(reading, part["low"], part["high"])


@pytest.mark.parametrize("goal", sorted(HAND["goals"]))
def test_plan(review: Review, hand: dict, goal: str) -> None:
    expected = hand["goals"][goal]
    found = next(one for one in review.goals if one.id == goal)
    parts = {part.part or "a": part for part in found.parts}
    assert sorted(parts) == sorted(expected["parts"])
    for name, part in expected["parts"].items():
        assert parts[name].status.value == part["status"], name
        if "low" in part:
            assert_interval(parts[name].measurement, part["low"], part["high"])
    assert found.status.value == expected["status"]


def test_every_goal_was_scored_by_hand(review: Review) -> None:
    assert sorted(goal.id for goal in review.goals) == sorted(HAND["goals"])
    assert len(HAND["goals"]) == 52
