"""The plan rows that the blank sheet “Kế hoạch” carries: `plan_rows.toml`, its codes turned into the clerk's words."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from antq_review.forms import choices as lists
from antq_review.forms.columns import Choices
from antq_review.forms.measure_labels import MEASURES
from antq_review.forms.rows.school import PlanRow

#: The closed lists behind each coded column of the file; the first that has the code gives the label.
LISTS: dict[str, tuple[Choices, ...]] = {
    **{column.name: (column.choices,) for column in PlanRow.columns() if column.choices},
    "measure": (MEASURES,),
    "kind": (lists.DOCUMENT_KINDS, lists.INCIDENT_KINDS, lists.CHECK_KINDS),
    "organiser": (lists.UNIT_KINDS,),
}


def coded_rows() -> list[dict[str, Any]]:
    """The rows as the file has them: codes, lists, numbers."""
    text = Path(__file__).with_name("plan_rows.toml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text, parse_float=Decimal)["row"]
    return rows


#: Measures whose column “Loại” means kinds of checks: a code may stand in two lists (`fire`), its label in one.
OVER_CHECKS = frozenset({"check_count", "check_pass_rate", "log_month_coverage"})


def lists_of(field: str, measure: str) -> tuple[Choices, ...]:
    """The closed lists behind a column of a row with that measure, the likeliest first."""
    return LISTS[field][::-1] if field == "kind" and measure in OVER_CHECKS else LISTS[field]


def _shown(field: str, value: Any, measure: str) -> Any:
    """What the clerk reads in the cell; KeyError for a code that no list has."""
    if field == "number":
        return Decimal(value)
    values = value if isinstance(value, list) else [value]
    if field in LISTS:
        labels = {code: label for found in reversed(lists_of(field, measure)) for code, label in found.labels.items()}
        values = [labels[code] for code in values]
    return "; ".join(values)


@cache
def plan_rows() -> tuple[PlanRow, ...]:
    """Every part of every goal, in the plan's order."""
    return tuple(PlanRow(**{field: _shown(field, value, row["measure"]) for field, value in row.items()}) for row in coded_rows())
