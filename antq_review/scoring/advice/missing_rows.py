"""The step that adds or fills in the rows which a measure lacks for its bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from antq_review.period import Period, quarter
from antq_review.rules.model import Award, Provision
from antq_review.scoring.advice.fill_rows import missing
from antq_review.scoring.advice.shortfall import Shortfall
from antq_review.scoring.advice.step import Recommendation, assumed_of, effort_of, in_words
from antq_review.scoring.advice.what_if import Baseline
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.review import Finding

#: Measures whose filter `quarter` says by when the thing must have begun. For any other measure the thing itself, a paper
#: or an activity, has a day of that quarter.
_BEGUN_BY = frozenset({"initiative_effective_count"})


@dataclass(frozen=True)
class Lack:
    """A measure below its bound in a period. `wanted`: its filters; `due_quarter`: the quarter in which the rows are due."""

    measure: str
    wanted: Mapping[str, tuple[str, ...]]
    bound: Decimal
    low: Decimal
    period: Period
    due_quarter: int | None = None


def rows_step(standing: Baseline, index: Index, lack: Lack) -> Iterator[Recommendation]:
    """The step. None where no row helps, and none for a quarter that is over: nothing in it can still be done."""
    named = lack.due_quarter or next((int(number) for number in lack.wanted.get("quarter", ())), None)
    span = quarter(standing.year, named) if named else None
    period, begun_by = lack.period, None
    if span is not None and lack.measure in _BEGUN_BY:
        begun_by = span.end
    elif span is not None:
        period = span
        if standing.as_of > span.end:
            return
    rest = {name: values for name, values in lack.wanted.items() if name != "quarter"}
    look = EvidenceWindow(standing.evidence, period, standing.as_of, standing.year, index)
    change = missing(Shortfall(lack.measure, look, rest, lack.bound, lack.low, begun_by))
    if change is not None:
        last = min(period.end, begun_by) if begun_by is not None and change.adding else period.end
        latest = last if standing.as_of <= last else None
        yield Recommendation(
            in_words(change, latest, look.evidence.pupils), effort_of(change), (change,), assumes=assumed_of(change), latest=latest,
        )


def wanted_value(finding: Finding, provision: Provision) -> Decimal | None:
    """The value that the measure needs for the best result of the provision; None where more rows settle nothing."""
    low = finding.measurement.low if finding.measurement else Decimal(0)
    if provision.award is Award.THRESHOLD and provision.bound is not None:
        return provision.bound.at_least
    if provision.award is Award.STEPS:
        return max((step.at_least for step in provision.steps), default=None)
    if provision.award is Award.PER_UNIT and provision.points is not None and provision.points_per_unit:
        return (provision.points / provision.points_per_unit).to_integral_value(ROUND_FLOOR)
    if provision.award is Award.JUDGEMENT and provision.evidence_required and low == 0:
        return Decimal(1)
    return None
