"""Intervals and yes–no–unknown: the laws they keep, whatever the numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_review.rules import Band, Bound, rulebook
from antq_review.rules.model import AwardStep
from antq_review.scoring.model.classes import classes
from antq_review.scoring.model.outcome import (
    ONE,
    ZERO,
    Interval,
    Outcome,
    Truth,
    all_of,
    any_of,
    hull,
    points_for,
    reaches,
    split_points,
    step_points,
    total,
    unit_points,
)

YES, NO, UNKNOWN, APART = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.NOT_APPLICABLE
truths = st.sampled_from([YES, NO, UNKNOWN, APART])
kleene = st.sampled_from([YES, NO, UNKNOWN])
numbers = st.decimals(0, 100, places=2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(low=low, high=draw(st.sampled_from([low, high, None])))


@st.composite
def ranges(draw: st.DrawFn) -> Outcome:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Outcome(truth=draw(truths), low=low, high=high)


def opposite(truth: Truth) -> Truth:
    return {YES: NO, NO: YES}.get(truth, truth)


def narrower(of: Truth) -> list[Truth]:
    """What an unknown may turn out to be."""
    return [YES, NO] if of is UNKNOWN else [of]


# --- yes, no, unknown ---------------------------------------------------------------------------------------------------


@given(st.lists(truths), st.randoms())
def test_order_decides_nothing(found: list[Truth], random) -> None:
    mixed = random.sample(found, len(found))
    assert all_of(mixed) is all_of(found) and any_of(mixed) is any_of(found)


@given(st.lists(kleene))
def test_de_morgan(found: list[Truth]) -> None:
    assert all_of(found) is opposite(any_of(opposite(truth) for truth in found))


@given(st.lists(kleene, min_size=1), st.lists(kleene, min_size=1))
def test_associative_and_idempotent(first: list[Truth], second: list[Truth]) -> None:
    assert all_of([all_of(first), all_of(second)]) is all_of(first + second)
    assert any_of([any_of(first), any_of(second)]) is any_of(first + second)
    assert all_of(first + first) is all_of(first)


@given(st.lists(truths))
def test_what_does_not_apply_leaves_the_sum(found: list[Truth]) -> None:
    assert all_of([*found, APART]) is all_of(found) and any_of([*found, APART]) is any_of(found)


@given(st.lists(truths, max_size=5), st.data())
def test_learning_more_never_turns_a_decided_truth(found: list[Truth], data: st.DataObject) -> None:
    known = [data.draw(st.sampled_from(narrower(truth))) for truth in found]
    for combine in (all_of, any_of):
        if combine(found) is not UNKNOWN:
            assert combine(known) is combine(found)


@pytest.mark.parametrize(
    ("found", "every", "some"),
    [
        ([], APART, APART),
        ([APART], APART, APART),
        ([YES, APART], YES, YES),
        ([YES, NO, UNKNOWN], NO, YES),
        ([YES, UNKNOWN], UNKNOWN, YES),
        ([NO, UNKNOWN], NO, UNKNOWN),
        ([NO, NO], NO, NO),
    ],
)
def test_truth_tables(found: list[Truth], every: Truth, some: Truth) -> None:
    assert (all_of(found), any_of(found)) == (every, some)


# --- measures against bounds --------------------------------------------------------------------------------------------


@given(intervals(), numbers)
def test_reaching_is_what_every_value_says(interval: Interval, bound: Decimal) -> None:
    """Yes: every value inside meets the bound. No: none does. The ends are inside."""
    ends = [interval.low, interval.high if interval.high is not None else Decimal(10**6)]
    for given_bound, meets in (
        (Bound(at_least=bound), [end >= bound for end in ends]),
        (Bound(at_most=bound), [end <= bound for end in ends]),
    ):
        expected = YES if all(meets) else NO if not any(meets) else UNKNOWN
        assert reaches(interval, given_bound) is expected
    settled_at = interval.low == interval.high == bound
    outside = interval.low > bound or (interval.high is not None and interval.high < bound)
    assert reaches(interval, Bound(equals=bound)) is (YES if settled_at else NO if outside else UNKNOWN)


@pytest.mark.parametrize(
    ("low", "high", "truth"),
    [
        ("0.9", "0.9", YES),
        ("0.8999999999999999999999999999", "0.8999999999999999999999999999", NO),
        ("0.89", "0.9", UNKNOWN),
        ("0.9", None, YES),
        ("0.2", None, UNKNOWN),
    ],
)
def test_a_bound_is_reached_by_equality_and_not_by_rounding(low: str, high: str | None, truth: Truth) -> None:
    interval = Interval(low=Decimal(low), high=Decimal(high) if high else None)
    assert reaches(interval, Bound(at_least=Decimal("0.9"))) is truth


@pytest.mark.parametrize(
    ("low", "high", "exactly_two", "two_at_most"),
    [
        (2, 2, YES, YES), (1, 2, UNKNOWN, YES), (2, 3, UNKNOWN, UNKNOWN), (1, 3, UNKNOWN, UNKNOWN), (0, 1, NO, YES), (3, 4, NO, NO),
        (1, None, UNKNOWN, UNKNOWN), (2, None, UNKNOWN, UNKNOWN), (3, None, NO, NO),
    ],
)
def test_a_bound_at_an_end_of_the_interval(low: int, high: int | None, exactly_two: Truth, two_at_most: Truth) -> None:
    interval = Interval(low=Decimal(low), high=None if high is None else Decimal(high))
    assert reaches(interval, Bound(equals=Decimal(2))) is exactly_two
    assert reaches(interval, Bound(at_most=Decimal(2))) is two_at_most


# --- points -------------------------------------------------------------------------------------------------------------


@given(truths, numbers)
def test_all_or_nothing(truth: Truth, points: Decimal) -> None:
    found = points_for(truth, points)
    assert found.low is not None and found.high is not None
    assert ZERO <= found.low <= found.high <= points
    assert (found.low, found.high) == {
        YES: (points, points),
        NO: (ZERO, ZERO),
        UNKNOWN: (ZERO, points),
        APART: (ZERO, ZERO),
    }[truth]


@pytest.mark.parametrize(
    ("found", "nothing_is_zero", "ends", "not_split"),
    [
        ([YES, YES], True, (3, 3), False), ([APART], True, (0, 0), False), ([NO, NO], True, (0, 0), False),
        ([NO, APART], True, (0, 0), False), ([NO, NO], False, (0, 3), True), ([YES, NO], True, (0, 3), True),
        ([UNKNOWN, YES], True, (0, 3), False),
    ],
)
def test_points_that_no_text_splits_are_open_for_that_reason(
    found: list[Truth], nothing_is_zero: bool, ends: tuple[int, int], not_split: bool
) -> None:
    outcome, why = split_points(found, Decimal(3), nothing_is_zero=nothing_is_zero)
    assert ((outcome.low, outcome.high), why) == (ends, not_split)


@given(st.lists(truths, min_size=1), numbers, st.booleans())
def test_split_points(found: list[Truth], points: Decimal, nothing_is_zero: bool) -> None:
    outcome, split = split_points(found, points, nothing_is_zero=nothing_is_zero)
    left = [truth for truth in found if truth is not APART]
    assert outcome.low is not None and outcome.high is not None and outcome.low <= outcome.high
    if left and all(truth is YES for truth in left):
        assert outcome == points_for(YES, points) and not split
    elif left and all(truth is NO for truth in left) and nothing_is_zero:
        assert outcome == points_for(NO, points) and not split
    elif left:
        assert (outcome.low, outcome.high) == (ZERO, points)
        assert split is (NO in left)


STEPS = (
    AwardStep(at_least=Decimal(10), points=ONE),
    AwardStep(at_least=Decimal(50), points=Decimal(2)),
    AwardStep(at_least=Decimal(90), points=Decimal(4)),
)


def inside(inner: Outcome, outer: Outcome) -> bool:
    assert inner.low is not None and inner.high is not None and outer.low is not None and outer.high is not None
    return outer.low <= inner.low and inner.high <= outer.high


@given(intervals(), st.data())
def test_steps_and_units_follow_the_interval(interval: Interval, data: st.DataObject) -> None:
    """Low ≤ high, and a value inside the interval gives points inside the range."""
    top = interval.high if interval.high is not None else Decimal(100)
    value = data.draw(st.decimals(interval.low, max(interval.low, top), places=2))
    point = Interval(low=value, high=value)
    for award in (
        lambda found: step_points(found, STEPS),
        lambda found: unit_points(found, Decimal("0.5"), Decimal(20)),
    ):
        outer, inner = award(interval), award(point)
        assert outer.low is not None and outer.high is not None and outer.low <= outer.high
        assert inner.settled and inside(inner, outer)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("9.99", "9.99", (0, 0)), ("10", "10", (1, 1)), ("49", "50", (1, 2)), ("90", None, (4, 4)), ("0", None, (0, 4))],
)
def test_step_bounds(low: str, high: str | None, expected: tuple[int, int]) -> None:
    found = step_points(Interval(low=Decimal(low), high=Decimal(high) if high else None), STEPS)
    assert (found.low, found.high) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("0", "0", (20, 20)), ("1", "1", (15, 15)), ("2", "5", (0, 10)), ("0", "2", (10, 20)), ("1", None, (0, 15))],
)
def test_points_may_fall_as_the_number_rises(low: str, high: str | None, expected: tuple[int, int]) -> None:
    falling = [AwardStep(at_least=Decimal(at), points=Decimal(points)) for at, points in ((3, 0), (2, 10), (1, 15), (0, 20))]
    found = step_points(Interval(low=Decimal(low), high=Decimal(high) if high else None), falling)
    assert (found.low, found.high) == expected


def test_units_are_capped() -> None:
    found = unit_points(Interval(low=Decimal(3), high=None), Decimal(1), Decimal(5))
    assert (found.low, found.high, found.truth) == (3, 5, UNKNOWN)
    assert unit_points(Interval(low=Decimal(9), high=Decimal(12)), Decimal(1), Decimal(5)).settled


# --- readings, totals, classes ------------------------------------------------------------------------------------------


@given(st.lists(ranges(), min_size=1, max_size=4))
def test_the_hull_holds_every_reading(found: list[Outcome]) -> None:
    whole = hull(found)
    assert all(inside(outcome, whole) for outcome in found)
    assert hull(list(reversed(found))) == whole
    assert (whole == found[0]) is all(outcome == found[0] for outcome in found) or whole.truth is UNKNOWN


@given(st.lists(truths, min_size=1, max_size=3))
def test_the_hull_of_truths(found: list[Truth]) -> None:
    whole = hull([Outcome(truth=truth) for truth in found]).truth
    if len(set(found)) == 1:
        assert whole is found[0]
    else:
        assert whole is (YES if set(found) == {YES, APART} else UNKNOWN)


def points(low: int, high: int | None, truth: Truth = UNKNOWN) -> Outcome:
    return Outcome(truth=truth, low=Decimal(low), high=None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ([Outcome(truth=YES), Outcome(truth=APART)], Outcome(truth=YES)),
        ([Outcome(truth=APART), Outcome(truth=YES)], Outcome(truth=YES)),
        ([Outcome(truth=NO), Outcome(truth=APART)], Outcome(truth=UNKNOWN)),
        ([points(3, 3, YES), points(0, 0, APART)], points(0, 3)),  # the points differ, whatever the truth
        ([points(3, 3, YES), points(3, 3, YES)], points(3, 3, YES)),
        ([points(1, 2), points(0, 5)], points(0, 5)),
    ],
)
def test_what_two_readings_leave_possible(found: list[Outcome], whole: Outcome) -> None:
    assert hull(found) == whole


@pytest.mark.parametrize(
    ("declared", "less", "ends"),
    [
        (10, [], (5, 7)), (6, [], (5, 6)), (4, [], (4, 4)),
        (10, [(1, 2)], (3, 6)), (10, [(1, 2), (1, 1)], (2, 5)), (10, [(6, 9)], (0, 1)), (10, [(8, 9)], (0, 0)),
        (10, [(1, None)], (0, 6)),  # one deduction without an end may take everything
    ],
)
def test_a_total_of_five_to_seven_points_less_its_deductions(
    declared: int, less: list[tuple[int, int | None]], ends: tuple[int, int]
) -> None:
    taken = [Interval(low=Decimal(low), high=None if high is None else Decimal(high)) for low, high in less]
    whole = total([points(3, 5), points(2, 2, YES), Outcome(truth=NO)], Decimal(declared), taken)
    assert (whole.low, whole.high) == ends


@given(st.lists(ranges(), max_size=6))
def test_a_total_is_the_sum_of_its_ranges(found: list[Outcome]) -> None:
    lows, highs = sum((one.low or ZERO for one in found), ZERO), sum((one.high or ZERO for one in found), ZERO)
    whole = total(found, Decimal(1000))
    assert (whole.low, whole.high) == (lows, highs)


@given(st.lists(ranges(), max_size=6), st.lists(intervals(), max_size=3), numbers)
def test_a_total_stays_within_zero_and_the_declared(
    found: list[Outcome], less: list[Interval], declared: Decimal
) -> None:
    whole = total(found, declared, less)
    assert whole.high is not None
    assert ZERO <= whole.low <= whole.high <= declared
    gross = total(found, declared)
    assert whole.low <= gross.low


BANDS = (Band(name="A", at_least=Decimal(90)), Band(name="B", at_least=Decimal(70)), Band(name="C", at_least=ZERO))


@given(intervals())
def test_classes_are_those_that_the_total_touches(interval: Interval) -> None:
    top = interval.high if interval.high is not None else Decimal(100)

    def band(points: Decimal) -> str:
        return next(one.name for one in BANDS if points >= one.at_least)

    names = [one.name for one in BANDS]
    first, last = names.index(band(top)), names.index(band(interval.low))
    assert classes(BANDS, interval, ()) == tuple(names[first : last + 1])


@pytest.mark.parametrize(
    ("low", "high", "names"), [("90", "95", "A"), ("89.99", "90", "AB"), ("0", "69", "C"), ("10", "95", "ABC")]
)
def test_one_band_left_is_the_class(low: str, high: str, names: str) -> None:
    assert classes(BANDS, Interval(low=Decimal(low), high=Decimal(high)), ()) == tuple(names)


def test_no_bands_no_class() -> None:
    assert classes(rulebook("qd_510").bands, Interval(low=ZERO, high=Decimal(100)), ()) == ()


@pytest.mark.parametrize(
    ("low", "high", "truth"),
    [("10", "10", YES), ("10", "49", YES), ("49", "50", UNKNOWN), ("90", None, YES), ("9", None, UNKNOWN)],
)
def test_points_by_amount_are_a_decided_answer_only_where_one_number_of_points_is_left(low: str, high: str | None, truth: Truth) -> None:
    interval = Interval(low=Decimal(low), high=Decimal(high) if high else None)
    assert step_points(interval, STEPS).truth is truth
    assert unit_points(interval, ONE, Decimal(50)).truth is (YES if interval.settled or interval.low >= 50 else UNKNOWN)


@pytest.mark.parametrize("truth", [YES, NO, UNKNOWN, APART])
def test_with_points_an_outcome_is_settled_by_its_points_alone(truth: Truth) -> None:
    """2 of 3 points are neither yes nor no, and decided all the same; without points the truth decides."""
    two, five = Decimal(2), Decimal(5)
    assert Outcome(truth=truth, low=two, high=two).settled and not Outcome(truth=truth, low=two, high=five).settled
    assert Outcome(truth=truth).settled is (truth is not UNKNOWN)
