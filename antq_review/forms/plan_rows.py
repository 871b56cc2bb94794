"""The rows of one school's plan, from `plan_rows.toml`: the catalogue of duties for every school (`offered_plan`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from antq_review.forms import choices as lists
from antq_review.forms.columns import Choices
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.school import PlanRow

#: Column of the file → the closed lists of its codes. The first list with the code gives the label.
LISTS: dict[str, tuple[type[Choices], ...]] = {
    **{column.name: (column.choices,) for column in PlanRow.columns() if column.choices},
    "measure": (Measure,),
    "kind": (lists.DocumentKind, lists.IncidentKind, lists.CheckKind),
    "organiser": (lists.UnitKind,),
}


@cache
def coded_rows() -> list[dict[str, Any]]:
    """The rows of the file, unchanged: codes, lists of codes, numbers."""
    text = Path(__file__).with_name("plan_rows.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text, parse_float=Decimal)["row"]
    return rows


#: Measures whose column “Loại” contains kinds of checks: a code may be in two lists (`fire`) with different labels.
OVER_CHECKS = frozenset({Measure.CHECK_COUNT, Measure.CHECK_PASS_RATE, Measure.LOG_MONTH_COVERAGE})
#: Columns with a closed list: a row that was read contains their codes.
_CODED = frozenset(column.name for column in PlanRow.columns() if column.choices is not None)


def lists_of(field: str, measure: str) -> tuple[type[Choices], ...]:
    """The closed lists of a column, in a row with that measure; the most likely list first."""
    return LISTS[field][::-1] if field == "kind" and measure in OVER_CHECKS else LISTS[field]


def _value(field: str, value: Any, measure: str) -> str | Decimal:
    """The value that the reader gives for the cell: codes of a closed list, else the words in the cell.

    Raises KeyError for a code that is in no list.
    """
    if field == "number":
        return Decimal(value)
    values = value if isinstance(value, list) else [value]
    if field not in LISTS:
        return "; ".join(values)
    labels = {code: label for found in reversed(lists_of(field, measure)) for code, label in found.labels().items()}
    words = [labels[code] for code in values]
    return ";".join(values) if field in _CODED else "; ".join(words)


@cache
def plan_rows() -> tuple[PlanRow, ...]:
    """Every part of every goal, in the plan's order, with the values that the reader gives for the blank sheet."""
    return tuple(row_of(row) for row in coded_rows())


def row_of(row: Mapping[str, Any]) -> PlanRow:
    """A row in codes as the row that the reader gives for it."""
    return PlanRow.model_validate({field: _value(field, value, row["measure"]) for field, value in row.items()})
