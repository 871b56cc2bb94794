"""Outcomes: intervals, yes–no–unknown, and how they combine. This module is independent of schools and laws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from antq_review.rules.model import AwardStep, Bound
from antq_review.source import Cells, Frozen
from antq_review.text import SILENT, Message

ZERO = Decimal(0)
ONE = Decimal(1)


class Truth(StrEnum):
    """Kleene's three truth values, and a fourth that is left out when values are combined: not applicable."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Reason(Frozen):
    """The reason why a result is open.

    `subject`: the form, rule or unit concerned; `settles`: the step that would close it.
    """

    code: str
    subject: str = ""
    says: Message
    settles: Message = SILENT


#: Reasons that a concluded meeting may settle by its own score (outcomes, part 4).
SETTLED_BY_MEETING = frozenset({
    "needs_judgement", "split_unknown", "reading_differs", "period_open", "excuse_unproved", "assessed_outside",
})


def meeting_may_settle(reasons: Sequence[Reason]) -> bool:
    """Is there a reason, and may a concluded meeting settle every one of them?"""
    return bool(reasons) and all(why.code in SETTLED_BY_MEETING for why in reasons)


class Interval(Frozen):
    """From `low` to `high`, both included; `high` None: no upper bound."""

    low: Decimal
    high: Decimal | None

    @property
    def settled(self) -> bool:
        """Are both ends equal?"""
        return self.low == self.high


class Measurement(Interval):
    """The result of a measure: the interval, its unit, the cells it rests on, and the reasons where it is open.

    `count` / `base` is the fraction behind a rate. `applies` False: the measure does not concern this school.
    `notes`: rows that almost counted, and why they did not.
    """

    measure: str
    unit: str
    count: Decimal | None = None
    base: Decimal | None = None
    cells: Cells = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Message, ...] = ()
    applies: bool = True


class Outcome(Frozen):
    """The result of a provision: a truth value, and points where the text gives points."""

    truth: Truth
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def settled(self) -> bool:
        """Is nothing open? With points: both ends are equal. Without points: the truth is not “unknown”."""
        return self.low == self.high if self.low is not None else self.truth is not Truth.UNKNOWN


def reaches(interval: Interval, bound: Bound) -> Truth:
    """Does the interval meet the bound? Yes: surely; no: surely not; unknown: it depends on the true value."""
    low, high = interval.low, interval.high
    if bound.at_least is not None:
        return _truth(low >= bound.at_least, high is not None and high < bound.at_least)
    if bound.at_most is not None:
        return _truth(high is not None and high <= bound.at_most, low > bound.at_most)
    assert bound.equals is not None
    outside = low > bound.equals or (high is not None and high < bound.equals)
    return _truth(low == high == bound.equals, outside)


def _truth(yes: bool, no: bool) -> Truth:
    return Truth.YES if yes else Truth.NO if no else Truth.UNKNOWN


def all_of(truths: Iterable[Truth]) -> Truth:
    """One no: no. All yes: yes. Parts that do not apply are left out; if no part is left: not applicable."""
    left = [truth for truth in truths if truth is not Truth.NOT_APPLICABLE]
    if not left:
        return Truth.NOT_APPLICABLE
    if Truth.NO in left:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in left else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """One yes: yes. All no: no. Parts that do not apply are left out; if no part is left: not applicable."""
    left = [truth for truth in truths if truth is not Truth.NOT_APPLICABLE]
    if not left:
        return Truth.NOT_APPLICABLE
    if Truth.YES in left:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in left else Truth.NO


def points_for(truth: Truth, points: Decimal) -> Outcome:
    """All or nothing. Yes: the points; no: 0; unknown: from 0 to the points; not applicable: 0."""
    if truth is Truth.YES:
        return Outcome(truth=truth, low=points, high=points)
    if truth is Truth.UNKNOWN:
        return Outcome(truth=truth, low=ZERO, high=points)
    return Outcome(truth=truth, low=ZERO, high=ZERO)


def split_points(truths: Sequence[Truth], points: Decimal, *, nothing_is_zero: bool) -> tuple[Outcome, bool]:
    """Points of an `all_of` whose text gives no points for its parts; and whether this is why the result is open.

    All yes: the points. All no: 0 when `nothing_is_zero`. Otherwise from 0 to the points.
    """
    whole = all_of(truths)
    left = [truth for truth in truths if truth is not Truth.NOT_APPLICABLE]
    if whole in (Truth.YES, Truth.NOT_APPLICABLE):
        return points_for(whole, points), False
    if nothing_is_zero and left and all(truth is Truth.NO for truth in left):
        return points_for(Truth.NO, points), False
    return Outcome(truth=Truth.UNKNOWN, low=ZERO, high=points), whole is Truth.NO


def step_points(interval: Interval, steps: Sequence[AwardStep]) -> Outcome:
    """The points of the highest step that a number reaches: the range over all numbers of the interval.

    The points may rise or fall with the number.
    """
    ordered = sorted(steps, key=lambda step: step.at_least)
    reached = [step.points for step in ordered if step.at_least <= interval.low]
    ahead = [step.points for step in ordered if interval.low < step.at_least and (interval.high is None or step.at_least <= interval.high)]
    possible = [reached[-1] if reached else ZERO, *ahead]
    low, high = min(possible), max(possible)
    return Outcome(truth=Truth.YES if low == high else Truth.UNKNOWN, low=low, high=high)


def unit_points(interval: Interval, each: Decimal, cap: Decimal) -> Outcome:
    """`each` points for each unit, at most `cap`."""
    low = min(cap, interval.low * each)
    high = cap if interval.high is None else min(cap, interval.high * each)
    return Outcome(truth=Truth.YES if low == high else Truth.UNKNOWN, low=low, high=high)


def hull(outcomes: Sequence[Outcome]) -> Outcome:
    """The results that two readings leave possible: their common result, or the range between them.

    “Yes” under one reading and “not applicable” under the other is yes, because no reading contradicts it.
    """
    if {outcome.truth for outcome in outcomes} == {Truth.YES, Truth.NOT_APPLICABLE} and outcomes[0].low is None:
        return Outcome(truth=Truth.YES)
    first = outcomes[0]
    if all(outcome == first for outcome in outcomes):
        return first
    lows = [outcome.low for outcome in outcomes if outcome.low is not None]
    highs = [outcome.high for outcome in outcomes if outcome.high is not None]
    return Outcome(truth=Truth.UNKNOWN, low=min(lows) if lows else None, high=max(highs) if highs else None)


def total(outcomes: Iterable[Outcome | Interval], declared: Decimal, deductions: Iterable[Interval] = ()) -> Interval:
    """Sum of the ranges less the deductions, limited to 0 … `declared`."""
    low = high = ZERO
    for outcome in outcomes:
        low += outcome.low or ZERO
        high += outcome.high or ZERO
    for deduction in deductions:
        low = ZERO if deduction.high is None else low - deduction.high  # an open deduction may take everything
        high -= deduction.low
    return Interval(low=max(ZERO, min(low, declared)), high=max(ZERO, min(high, declared)))
