"""The change of one line between two years. Values are compared exactly, never rounded; a range stays a range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from antq_review.history.directions import Direction
from antq_review.history.model import ComparisonLine, LineKind, Moved, Why, YearChange, YearValue
from antq_review.period import Period
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import GoalStatus, Review
from antq_review.text import SILENT, Listing, Message, listing, shaped, tell

#: Index of the year → value of a line; a year without the line is not in it.
YearValues = dict[int, YearValue]
_ZERO = Decimal(0)
_NO_TARGET = tell("compare.no_target")


def line_of_years(
    key: str, kind: LineKind, found: YearValues, reviews: Sequence[Review], direction: Direction, *, group: str, group_title: Message,
    label: Message, under: Message = SILENT, id: str = "",
) -> ComparisonLine:
    """A line over all years, with the change from each year to the next."""
    every = tuple(found.get(index) for index in range(len(reviews)))
    years = pairwise(review.year for review in reviews)
    changes = tuple(
        change(before, now, direction, of_years) for (before, now), of_years in zip(pairwise(every), years, strict=True)
    )
    return ComparisonLine(
        key=key, kind=kind, group=group, group_title=group_title, under=under, id=id, label=label, direction=direction, sides=every,
        changes=changes,
    )


def change(before: YearValue | None, now: YearValue | None, direction: Direction, years: tuple[int, int]) -> YearChange | None:
    """The change from one year to the next of `years`; None where neither has the line.

    Open values of two different years never count as equal, even if their ranges are the same. A year that is compared
    with itself is unchanged, open or not.
    """
    if before is None or now is None:
        if before is None and now is None:
            return None
        return _not_comparable(Why.ABSENT, year=years[0] if before is None else years[1])
    if before.asks != now.asks:
        return _asked_otherwise(before, now)
    # Units are compared as words: a review that an earlier version stored has them as plain text.
    if before.target != now.target and before.state:
        return _not_comparable(Why.TARGET, **_years(before, now), first=before.target or _NO_TARGET, second=now.target or _NO_TARGET)
    if str(before.unit) != str(now.unit) or before.is_rate != now.is_rate:
        return _not_comparable(Why.UNIT, **_years(before, now), first=before.unit, second=now.unit)
    if before.window and now.window and not same_length(before.window, now.window):
        return _not_comparable(Why.PERIOD, first=_span(before.window), second=_span(now.window))
    if before == now:
        return YearChange(moved=Moved.UNCHANGED, gap_low=_ZERO, gap_high=_ZERO)
    return _by_state(before, now) or _by_range(before, now, direction)


def same_length(first: Period, second: Period) -> bool:
    """Do both periods have the same first and last day of the year, and the same number of years?

    29 February counts as the 28th.
    """

    def shape(period: Period) -> tuple[int, int, int, int, int]:
        start, end = period
        return start.month, min(start.day, 28 if start.month == 2 else 31), end.month, min(end.day, 28 if end.month == 2 else 31), (
            end.year - start.year
        )

    return shape(first) == shape(second)


# --- states --------------------------------------------------------------------------------------------------------


def _by_state(before: YearValue, now: YearValue) -> YearChange | None:
    """The change between two states, as đạt and chưa đạt; None for a line that is compared by its number.

    A line with points or a number is handled here only if it is not applicable in one of the years.
    """
    if Truth.NOT_APPLICABLE in (before.state, now.state):
        if before.state == now.state:
            return YearChange(moved=Moved.UNCHANGED)
        year = before.year if before.state == Truth.NOT_APPLICABLE else now.year
        return _not_comparable(Why.NOT_APPLICABLE, year=year)
    if not before.state or before.low is not None or now.low is not None:
        return None
    if before.rank is None or now.rank is None:
        return _open(before, now)
    if before.rank == now.rank:
        return YearChange(moved=Moved.UNCHANGED)
    return YearChange(moved=Moved.IMPROVED if now.rank > before.rank else Moved.DECLINED)


def _by_range(before: YearValue, now: YearValue, direction: Direction) -> YearChange:
    if before.low is None or now.low is None:
        return _open(before, now)
    gaps = _gaps(before, now)
    if before.low == before.high == now.low == now.high:
        return YearChange(moved=Moved.UNCHANGED, **gaps)
    if before.high is not None and now.low > before.high:
        return YearChange(moved=_moved(True, direction), **gaps)
    if now.high is not None and now.high < before.low:
        return YearChange(moved=_moved(False, direction), **gaps)
    return _open(before, now)


def _moved(up: bool, direction: Direction) -> Moved:
    if direction is Direction.NEITHER:
        return Moved.HIGHER if up else Moved.LOWER
    return Moved.IMPROVED if up is (direction is Direction.MORE) else Moved.DECLINED


def _gaps(before: YearValue, now: YearValue) -> dict[str, Decimal | None]:
    """The smallest and the largest possible increase; its share of the earlier value, if both values are exact."""
    if before.low is None or now.low is None:
        return {}
    low = None if before.high is None else now.low - before.high
    high = None if now.high is None else now.high - before.low
    exact = before.low == before.high and now.low == now.high
    share = high / before.low if exact and high is not None and before.low and not before.is_rate else None
    return {"gap_low": low, "gap_high": high, "share": share}


# --- not comparable ------------------------------------------------------------------------------------------------


def _not_comparable(why: Why, **places: object) -> YearChange:
    return YearChange(moved=Moved.NOT_COMPARABLE, why=why, says=tell(f"compare.why.{why.value}", **places))


def _years(before: YearValue, now: YearValue) -> dict[str, object]:
    return {"before": before.year, "now": now.year}


def _span(period: Period) -> Message:
    return tell("compare.span", start=period.start, end=period.end)


def _asked_otherwise(before: YearValue, now: YearValue) -> YearChange:
    key = Why.TEXT.value if before.citation and now.citation else "sentence"
    says = tell(f"compare.why.{key}", **_years(before, now), first=before.citation, second=now.citation)
    return YearChange(moved=Moved.NOT_COMPARABLE, why=Why.TEXT, says=says)


def _open(before: YearValue, now: YearValue) -> YearChange:
    """Not comparable: the reason names the open years and why they are open; or two ranges that overlap."""
    open_sides = [side for side in (before, now) if not settled(side)]
    if all(side.state == GoalStatus.NOT_DUE for side in open_sides) and open_sides:
        return _not_comparable(Why.NOT_DUE, years=_listed(open_sides))
    said: dict[str, list[YearValue]] = {}  # by words: a review that an earlier version stored has its reasons as plain text
    for side in open_sides:
        said.setdefault(str(_first_reasons(side)), []).append(side)
    each = listing((tell("compare.why.of_year", year=_listed(of), what=_first_reasons(of[-1])) for of in said.values()), "; ")
    if _bounded(before) and _bounded(now):
        return _not_comparable(Why.OVERLAP, each=each)
    return _not_comparable(Why.UNKNOWN, each=shaped(each, "upper_first"))


def _bounded(side: YearValue) -> bool:
    """Does the value exclude any number? Not if it is missing or a range from 0 to the highest possible number."""
    anything = side.low == 0 and (side.high is None or (side.is_rate and side.high == 1) or side.high == side.most)
    return side.low is not None and not anything


def settled(side: YearValue) -> bool:
    """Is nothing open, so that the value is one exact number or one state?"""
    if side.low is not None:
        return side.low == side.high
    return side.rank is not None or side.state == Truth.NOT_APPLICABLE


def _listed(sides: list[YearValue]) -> Message | int:
    first, *more = (side.year for side in sides)
    return tell("compare.two_years", first=first, second=more[0]) if more else first


def _first_reasons(side: YearValue) -> Message | Listing:
    """The first two reasons why a year is open, each without its full stop."""
    found = {str(why): why for why in (shaped(one.says, "no_stop") for one in side.open if one.says)}
    if not found:
        return tell("compare.why.not_known")
    return listing(list(found.values())[:2], "; ")
