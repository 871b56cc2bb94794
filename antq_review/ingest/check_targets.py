"""Is a number plausible for the measure beside it? The one place for plan targets, thresholds and steps of score tables.

Excel keeps 90 % as 0.9; a clerk who counts does not write a fraction. Such a number has the right type and a wrong sense.
"""

from __future__ import annotations

from decimal import Decimal

from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow
from antq_review.ingest.model import Evidence
from antq_review.ingest.row_problems import row_problem
from antq_review.text import fold, number, words

#: How people write the unit of a rate, spelling folded.
_PERCENT = frozenset(fold(word) for word in words("ingest")["percent"])


def target_fault(measure: Measure | None, figure: Decimal, unit: str | None = None) -> str | None:
    """The key of the problem of a number that a measure is held against; None where it is plausible.

    `unit`: the unit that is written beside it, where the form has a column for it. Without a measure only a per cent is known.
    """
    in_percent = fold(unit or "") in _PERCENT
    if measure is not None and not measure.is_rate:
        if in_percent:
            return "target_in_percent"
        return "target_not_whole" if measure.is_count and figure != figure.to_integral_value() else None
    if measure is None and not in_percent:
        return None
    if 0 < figure <= 1:
        return "target_is_fraction"
    return "target_over_hundred" if figure > 100 else None


def measure_of(written: str | None) -> Measure | None:
    """The measure that a cell names by its label or its code; None for a blank or unknown one."""
    text = written or ""
    return Measure.of_label(text) or next((one for one in Measure if fold(one) == fold(text)), None)


def check_targets(evidence: Evidence) -> None:
    """Report the plan's implausible targets. They count as not written, so their sentences stay open."""
    for row in evidence.of(PlanRow):
        figure, measure = row.values.number, measure_of(row.values.measure)
        code = target_fault(measure, figure, row.values.unit) if figure is not None else None
        if code is None or figure is None:
            continue
        label = measure.label if measure else row.values.unit
        evidence.problems.append(row_problem(code, row, "number", measure=label, figure=figure, hundredfold=number(figure * 100)))
        if row.values.operator is not None:
            # EvidenceRow is frozen; the number is taken out here, before any other module has the row.
            object.__setattr__(row, "values", row.values.model_copy(update={"number": None}))
