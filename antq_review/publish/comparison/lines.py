"""Lines of a comparison in words: values, increases, sources, and the reasons why two years cannot be compared."""

from __future__ import annotations

from decimal import Decimal

from antq_review.history.model import OPEN, Comparison, ComparisonLine, LineKind, Moved, YearChange, YearValue
from antq_review.publish import wording as phrases
from antq_review.publish.wording import shortened
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import GoalStatus
from antq_review.source import grouped
from antq_review.text import number, say

_LONGEST_SOURCE, _LONGEST_TITLE = 52, 130
_STATES = {Moved.IMPROVED: "ok", Moved.DECLINED: "no", Moved.NOT_COMPARABLE: "open"}
_HUNDRED = 100
_TRUTHS, _STATUSES = {truth.value for truth in Truth}, {status.value for status in GoalStatus}


# --- one value -----------------------------------------------------------------------------------------------------


def value(line: ComparisonLine, side: YearValue | None) -> str:
    """A year's value in words: `✓ Đạt`, `2/3`, `từ 60% đến 80%`, `12`; a dash if there is none."""
    if side is None:
        return say("compare.dash")
    if side.said:
        return str(side.said)
    if side.low is None or side.state == Truth.NOT_APPLICABLE.value:
        return _state(line, side)
    if side.is_rate:
        return _rate(side)
    if line.kind in (LineKind.CRITERION, LineKind.TOTAL):
        return _points(side)
    return phrases.between(side.low, side.high)


def _state(line: ComparisonLine, side: YearValue) -> str:
    if line.kind is LineKind.GOAL and side.state in _STATUSES:
        return phrases.mark(GoalStatus(side.state))
    return phrases.mark(Truth(side.state)) if side.state in _TRUTHS else say("compare.dash")


def _points(side: YearValue) -> str:
    """`2/3`, `từ 0 đến 3 / 3`; no points for a provision whose text is not known."""
    assert side.low is not None
    if any(why.code == "rule_missing" for why in side.open):
        return say("compare.unread")
    key = "publish.phrases.of" if side.low == side.high else "compare.points_open"
    return say(key, count=phrases.between(side.low, side.high), base=number(side.most or Decimal(0)))


def _rate(side: YearValue) -> str:
    assert side.low is not None
    if side.low == side.high:
        return phrases.rate(side.low)
    return phrases.rate_between(side.low, side.high) if side.high is not None else say("compare.dash")


def fraction(side: YearValue | None) -> str:
    """`46/48`, the fraction behind a rate; empty if there is none."""
    if side is None or not side.is_rate or side.count is None or not side.base:
        return ""
    return say("publish.phrases.of", count=number(side.count), base=number(side.base))


def state_of(side: YearValue | None) -> str:
    """The look of a value with a state (`ok`, `no`, `open`, `none`); empty for a number."""
    if side is None or not side.state or side.low is not None:
        return ""
    return phrases.state(GoalStatus(side.state) if side.state in _STATUSES else Truth(side.state))


def unit(line: ComparisonLine) -> str:
    """The unit in the newest year with a value; `%` for a rate."""
    newest = next((side for side in reversed(line.sides) if side is not None), None)
    if newest is None or line.kind is LineKind.GOAL:
        return ""
    if line.kind in (LineKind.CRITERION, LineKind.TOTAL):
        return say("compare.points") if newest.low is not None else ""
    return "%" if newest.is_rate else str(newest.unit)


# --- one change ----------------------------------------------------------------------------------------------------


def mark(change: YearChange | None) -> str:
    """The mark of a change, a sign with words: `▲ tốt hơn`. If evidence cannot help, it is “không”, not “chưa”."""
    if change is None:
        return say("compare.dash")
    return say("compare.marks.never" if _never(change) else f"compare.marks.{change.moved.value}")


def _never(change: YearChange) -> bool:
    return change.moved is Moved.NOT_COMPARABLE and change.why not in OPEN


def mark_state(change: YearChange | None) -> str:
    """The look of a change: one of the four states `ok`, `no`, `open`, `none`."""
    return "none" if change is None or _never(change) else _STATES.get(change.moved, "none")


def difference(change: YearChange | None, side: YearValue | None) -> str:
    """`+3; +12,5%`, `+1,2 điểm %`, `từ +2 đến +4`, `0`; a dash for a percentage of 0; empty if not known."""
    if change is None or side is None or change.moved is Moved.NOT_COMPARABLE or (change.gap_low is None and change.gap_high is None):
        return ""
    if side.is_rate:
        return say("publish.numbers.percent_points", change=_between(change, _HUNDRED)) if change.gap_low or change.gap_high else "0"
    if change.gap_low != change.gap_high or change.moved is Moved.UNCHANGED or side.state:
        return _between(change, 1)
    share = say("compare.dash") if change.share is None else signed(change.share * _HUNDRED, 1) + "%"
    return say("publish.numbers.change", change=signed(change.gap_low or Decimal(0)), share=share)


def _between(change: YearChange, times: int) -> str:
    decimals = 1 if times > 1 else None
    if change.gap_low is None or change.gap_high is None:
        gap = abs((change.gap_high if change.gap_low is None else change.gap_low) or Decimal(0))
        return say("compare.lost" if change.gap_low is None else "compare.added", gap=signed(gap * times, decimals).lstrip("+"))
    low, high = (signed(gap * times, decimals) for gap in (change.gap_low, change.gap_high))
    return low if low == high else say("publish.phrases.between", low=low, high=high)


def signed(amount: Decimal, decimals: int | None = None) -> str:
    """`+3`, `-0,4`; with up to five decimals more if the amount would else be printed as 0."""
    if decimals is None or not amount:
        shown = number(abs(amount))
    else:
        shown = next((text for more in range(decimals, decimals + 6) if (text := number(abs(amount), more)) != "0"), "0")
    return shown if shown == "0" else ("+" if amount > 0 else "-") + shown


# --- sources -------------------------------------------------------------------------------------------------------


def sources(line: ComparisonLine, first: int = 0) -> list[str]:
    """The sources of the values, one line for each year with the first source; the workbook has every cell."""
    found = []
    for side in line.sides[first:]:
        places = grouped(side.cells) if side is not None else []
        if side is None or not places:
            continue
        place = _cut(places[0])
        left = len(places) - 1
        shown = say("compare.more_sources", place=place, count=left) if left else place
        found.append(say("compare.source", year=side.year, place=shown))
    return found


def _cut(place: str) -> str:
    """The source, cut after the last cell that fits on one line."""
    return place if len(place) <= _LONGEST_SOURCE else place[:_LONGEST_SOURCE].rpartition(",")[0] + ", …"


def reasons(line: ComparisonLine, first: int = 0) -> list[str]:
    """The reasons why the years shown cannot be compared, each reason once."""
    return list(dict.fromkeys(str(change.says) for change in line.changes[first:] if change and change.says))


def own_reasons(line: ComparisonLine, comparison: Comparison, first: int = 0) -> list[str]:
    """The reasons of a line, without those already printed at the criterion or goal above it."""
    above = comparison.line(str(line.under)) if line.kind is LineKind.MEASURE else None
    said = reasons(above, first) if above is not None else []
    return [why for why in reasons(line, first) if why not in said]


# --- names ---------------------------------------------------------------------------------------------------------


def title(line: ComparisonLine) -> str:
    """The label of a line. The label of a long goal is cut; the workbook has the whole of it."""
    return shortened(str(line.label), _LONGEST_TITLE)


def place(line: ComparisonLine) -> str:
    """The number of the criterion or goal of a line, or of a part of either (`II.1-1 a`)."""
    if line.kind is LineKind.MEASURE and line.group == "plan":
        return f"{str(line.under).partition('/')[2]} {line.id}".strip()
    return line.id


def name(line: ComparisonLine) -> str:
    """The name of a line inside a sentence: the label of a row, else the number of the criterion, goal or part."""
    if line.kind is LineKind.MEASURE and line.group != "plan":
        return say("compare.reading", title=line.id, reading=line.reading) if line.reading else line.id
    if line.kind is LineKind.MEASURE:
        goal, part = line.key.split("/")[1:3]
        return f"{goal} {line.id}" if line.id else say("compare.done", goal=goal, part=part)
    return str(line.label) if line.kind is LineKind.ROW else line.id


def values_in_a_row(line: ComparisonLine, first: int = 0) -> str:
    """The values of the years with arrows between them: `từ 1 trở lên → 3`."""
    return say("compare.arrow").join(value(line, side) for side in line.sides[first:])
