"""What a row of the plan asks for: its measure and filters, its number, its due day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from antq_review.forms.choices import Operator, SetBy
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow
from antq_review.ingest.model import EvidenceRow
from antq_review.period import calendar_year
from antq_review.rules.model import Bound
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import Filter
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_astray, filters_of, measure_named

#: The measures of a goal over all other goals: it is judged last, from their statuses or their measurements.
OVER_GOALS = (Measure.GOALS_CARRIED_OUT_RATE, Measure.GOALS_MET_RATE)


@dataclass(frozen=True)
class Target:
    """The target of one part, as its row sets it. `number` of a rate: a fraction of 1. `astray`: see `filters_astray`."""

    measure: str | None
    wanted: Filter
    operator: Operator | None
    number: Decimal | None
    is_rate: bool
    due_on: date
    proposed: bool
    astray: tuple[str, ...]

    @property
    def bound(self) -> Bound | None:
        """The bound that its measure must reach; None where the row leaves it open."""
        return _bound(self.operator, self.number) if self.operator is not None and self.number is not None else None


@lru_cache(maxsize=256)  # the same few targets stand in the plans of all schools
def _bound(operator: Operator, number: Decimal) -> Bound:
    return Bound(**{operator: number})


def target_of(row: EvidenceRow[PlanRow], year: int) -> Target:
    """The target of a row. The filters have the wanted values in codes."""
    measure = measure_named(row.values.measure, *OVER_GOALS)
    entry = registry().get(measure or "")
    is_rate = entry.unit == "rate" if entry else measure in OVER_GOALS or folded(row.values.unit or "") == "%"
    number = row.values.number
    if number is not None and is_rate:
        number = number / 100
    due = row.values.due_on or calendar_year(year).end
    wanted = filters_of(row, entry.tables if entry else ())
    astray = tuple(filters_astray(entry.name, wanted)) if entry else ()
    return Target(measure, wanted, row.values.operator, number, is_rate, due, row.values.set_by == SetBy.PROPOSED, astray)
