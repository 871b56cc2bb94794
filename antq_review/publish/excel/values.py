"""States and measured values as cells: a mark and a word beside every colour, open cells hatched, ranges as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.styles import PatternFill

from antq_review.forms import cell_styles as style
from antq_review.forms.choices import Operator
from antq_review.ingest.model import Severity
from antq_review.publish import wording as phrases
from antq_review.publish.excel.page import Put
from antq_review.scoring.model.outcome import Measurement, Outcome, Truth
from antq_review.scoring.model.review import GoalStatus
from antq_review.source import CellRef, grouped
from antq_review.text import number, say, words

#: Most letters of a list of cells: Excel holds no more than 32,767 in a cell. A printed row shows the first ones.
_LONGEST_PLACES = 30_000
HATCHED = PatternFill("lightUp", fgColor="E3C48F", bgColor=style.OPEN_WASH)
_TRUTH_COLOURS = {
    Truth.YES: style.OK, Truth.NO: style.NO, Truth.UNKNOWN: style.OPEN, Truth.NOT_APPLICABLE: style.NONE,
}
_GOAL_COLOURS = {
    GoalStatus.MET: style.OK, GoalStatus.EXCEEDED: style.OK, GoalStatus.NOT_MET: style.NO, GoalStatus.OPEN: style.OPEN,
    GoalStatus.SELF_MET: style.OK, GoalStatus.SELF_NOT_MET: style.NO,
}
_SEVERITY_COLOURS = {Severity.ERROR: style.NO, Severity.WARNING: style.OPEN, Severity.NOTE: style.NONE}


def truth(value: Truth) -> Put:
    """`✓ đạt`, hatched if it is open."""
    fill = HATCHED if value is Truth.UNKNOWN else None
    return Put(phrases.mark(value), colour=_TRUTH_COLOURS[value], fill=fill)


def goal(value: GoalStatus) -> Put:
    """The status of a goal or of a part of it."""
    fill = HATCHED if value is GoalStatus.OPEN else None
    return Put(phrases.mark(value), colour=_GOAL_COLOURS.get(value, style.NONE), fill=fill)


def severity(value: Severity) -> Put:
    """The severity of a problem in words."""
    return Put(say(f"annex.severity.{value.value}"), colour=_SEVERITY_COLOURS[value])


def plain(value: Decimal) -> int | float:
    """The number for a cell: int if it is whole, else float."""
    return int(value) if value == value.to_integral_value() else float(value)


def outcome(value: Outcome) -> Put:
    """Points as a number if settled, as a range if open; the truth of a provision without points."""
    if value.low is None or value.high is None or value.truth is Truth.NOT_APPLICABLE:
        return truth(value.truth)
    if value.low == value.high:
        return Put(plain(value.low), bold=True, colour=style.BLUE)
    return Put(phrases.between(value.low, value.high), colour=style.OPEN, fill=HATCHED)


def rate(value: Decimal, threshold: Decimal | None = None, prefix: str = "") -> Put:
    """A rate as a number, with the decimals of its text: never rounded up to a percentage that it does not reach."""
    text = phrases.rate(value, threshold).rstrip("%")
    decimals = len(text.partition(",")[2])
    shown = Decimal(text.replace(".", "").replace(",", ".")) / 100
    half = Decimal(5).scaleb(-decimals - 3)
    rounds_alike = -half <= value - shown < half
    pattern = "0." + "0" * decimals if decimals else "0"
    return Put(plain(value if rounds_alike else shown), number_format=f"{prefix}{pattern}%")


def measured(found: Measurement | None, threshold: Decimal | None = None, *, with_unit: bool = True) -> Put:
    """A measured value: a number if it is settled, else its range in words; a dash if nothing was measured."""
    if found is None:
        return Put(say("publish.phrases.unmeasured"), colour=style.NONE)
    if not found.applies:
        return truth(Truth.NOT_APPLICABLE)
    is_rate = found.unit == "rate"
    name = "" if is_rate or not with_unit else words("publish")["units"][found.unit]
    if found.low != found.high:
        text = phrases.measured(found.model_copy(update={"count": None}), threshold, name)
        return Put(text, colour=style.OPEN, fill=HATCHED)
    if is_rate:
        return rate(found.low, threshold)
    return Put(plain(found.low), number_format=f'General" {name}"' if name else "General")


def target(value: Decimal | None, operator: str, is_rate: bool) -> Put:
    """A target as a number whose format shows the operator: `≥ 90%`."""
    if value is None:
        return Put(say("publish.phrases.watched"), colour=style.NONE)
    prefix = f'"{Operator.label_of(operator)} "' if operator else ""
    return rate(value, prefix=prefix) if is_rate else Put(plain(value), number_format=f"{prefix}General")


def places(cells: Sequence[CellRef]) -> Put:
    """File, sheet and cells, small and grey: all of them, as the report leaves them to the annex."""
    text = "\n".join(grouped(cells))
    if len(text) > _LONGEST_PLACES:
        kept = text[:_LONGEST_PLACES].rpartition(",")[0]
        count = len({(ref.file, ref.sheet, ref.cell) for ref in cells})
        text = say("annex.more_cells", kept=kept, count=number(count))
    return Put(text, colour=style.SOFT, size=9)


def fraction(found: Measurement | None) -> Put:
    """`46/46`; blank if the measure has no such fraction."""
    if found is None or found.count is None or found.base is None:
        return Put()
    return Put(f"{number(found.count)}/{number(found.base)}")
