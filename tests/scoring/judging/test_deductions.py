"""Deductions, caps and classes: the classes are those that the range of points still touches, capped where a cap holds."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from antq_review.rules import Band
from antq_review.scoring.model.classes import classes
from antq_review.scoring.model.outcome import Interval, Truth, total
from antq_review.scoring.model.review import CapFinding

TOTAL = 100
NAMES = ("A", "B", "C", "D", "E")


@st.composite
def bands(draw: st.DrawFn) -> tuple[Band, ...]:
    bounds = draw(st.lists(st.integers(1, TOTAL), min_size=0, max_size=4, unique=True))
    ordered = [*sorted(bounds, reverse=True), 0]
    return tuple(Band(name=NAMES[index], at_least=Decimal(bound)) for index, bound in enumerate(ordered))


@st.composite
def ranges(draw: st.DrawFn) -> Interval:
    low = draw(st.integers(0, TOTAL))
    return Interval(low=Decimal(low), high=Decimal(draw(st.integers(low, TOTAL))))


def cap(highest: str, truth: Truth) -> CapFinding:
    return CapFinding(id="K1", text="x", citation="x", highest=highest, truth=truth)


def class_at(found: tuple[Band, ...], points: int) -> str:
    """The class of one number of points, told the simple way."""
    return next(band.name for band in found if points >= band.at_least)


@given(bands(), ranges())
def test_the_classes_are_those_of_every_total_in_the_range(found: tuple[Band, ...], whole: Interval) -> None:
    assert whole.high is not None
    by_hand = {class_at(found, points) for points in range(int(whole.low), int(whole.high) + 1)}
    assert set(classes(found, whole, ())) == by_hand


@given(bands(), ranges(), st.data())
def test_a_cap_takes_the_better_classes_away_and_an_unknown_one_only_adds(
    found: tuple[Band, ...], whole: Interval, data: st.DataObject
) -> None:
    highest = data.draw(st.sampled_from([band.name for band in found]))
    free, held, perhaps = (
        set(classes(found, whole, [cap(highest, truth)])) for truth in (Truth.NO, Truth.YES, Truth.UNKNOWN)
    )
    assert free == set(classes(found, whole, ()))
    assert held == {max(name, highest) for name in free}
    assert perhaps == free | held


def test_no_bands_no_class() -> None:
    assert classes((), Interval(low=Decimal(1), high=Decimal(2)), ()) == ()


@given(ranges(), ranges())
def test_a_deduction_never_makes_the_range_impossible(points: Interval, taken: Interval) -> None:
    from antq_review.scoring.model.outcome import Outcome

    found = total([Outcome(truth=Truth.UNKNOWN, low=points.low, high=points.high)], Decimal(TOTAL), [taken])
    assert found.high is not None and taken.high is not None and points.high is not None
    assert 0 <= found.low <= found.high <= TOTAL
    assert found.low == max(Decimal(0), points.low - taken.high)
    assert found.high == max(Decimal(0), points.high - taken.low)
