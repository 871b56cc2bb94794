"""What of a school's year goes into the blank workbooks of the next: names, codes and questions, never what was counted or dated.

A number is carried only where the sentence of the plan says it itself (“Ai đặt số” is “Kế hoạch”): it is part of the goal, and the
sentence would read otherwise without it. A number that the school set for its year is decided anew; the form's own proposal
stands there meanwhile, as in any blank form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from antq_review.forms.columns import CellKind, Row
from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.rows.evidence import Initiative
from antq_review.forms.rows.school import PlanRow, Profile, Unit
from antq_review.text import fold

#: Facts that stay; not among them: the year, hours and days that the school sets, papers of the province and the place.
PROFILE_FIELDS = (
    "school_code", "name", "levels", "commune", "province", "address", "place_name", "superior_body", "has_party_organisation",
    "has_guard_force", "guard_regime", "provincial_criteria", "document_symbol", "signer", "signer_post", "recipients",
    "steering_committee", "evidence_code", "teaching_months",
)
UNIT_FIELDS = ("name", "kind", "is_subunit", "must_hand_in")
#: The status is asked anew: a model counts for a year when the school says of that year that it is kept up.
INITIATIVE_FIELDS = ("name",)
#: What is asked and of whom; the number is `_target`'s, the day is the new year's.
PLAN_FIELDS = (
    "goal_id", "part", "quote", "corrected_quote", "measure", "topic", "form", "channel", "level", "partner", "purpose", "kind",
    "contents", "audience", "organiser", "led_by_pupils", "name", "operator", "in_charge",
)

#: One line of a table as it stands in the cells: field → label, text or number.
Line = dict[str, Any]


def in_words(row: Row, fields: Iterable[str]) -> Line:
    """The filled fields of a row as the clerk reads them: labels for codes."""
    columns = {column.name: column for column in row.columns()}
    found: Line = {}
    for name in fields:
        value, column = getattr(row, name), columns[name]
        if value is None:
            continue
        if column.choices is not None and column.kind is CellKind.CHOICES:
            value = "; ".join(column.choices.label(code) for code in value.split(";"))
        elif column.choices is not None:
            value = column.choices.label(value)
        found[name] = value
    return found


def names_year(text: object, year: int) -> bool:
    """Does a text name the year `year`, alone or in a day? (A law of another year may be cited.)"""
    return re.search(rf"(?<![0-9]){year}(?![0-9])", str(text)) is not None


def carried_profile(profile: Profile, year: int) -> Line:
    """The facts of the school, for the new `year`; a text that names the old year stays behind."""
    old = profile.year or year - 1
    facts = in_words(profile, PROFILE_FIELDS)
    facts = {name: value for name, value in facts.items() if name == "school_code" or not names_year(value, old)}
    return {**facts, "year": year}


def carried_units(units: Iterable[Unit]) -> list[Line]:
    """Every unit once, as it was first written."""
    return _each_once((in_words(unit, UNIT_FIELDS) for unit in units), ("name",))


def carried_initiatives(initiatives: Sequence[Initiative]) -> list[Line]:
    """Every model that still runs, once; one that a unit stopped and another keeps up still runs."""
    return _each_once((in_words(one, INITIATIVE_FIELDS) for one in initiatives if one.status != "stopped"), ("name",))


def carried_plan(rows: Iterable[PlanRow]) -> list[Line]:
    """Every part of every sentence of the plan, once."""
    shipped = {(row.goal_id, row.part or ""): row for row in plan_rows()}
    lines = ({**in_words(row, PLAN_FIELDS), **_target(row, shipped.get((row.goal_id, row.part or "")))} for row in rows)
    return _each_once(lines, ("goal_id", "part"))


def _target(row: PlanRow, shipped: PlanRow | None) -> Line:
    """Number, unit, who sets it: the plan's own; else the form's proposal for the same question; else left to the school."""
    if row.set_by == "plan":
        return in_words(row, ("number", "unit", "set_by"))
    if shipped is not None and fold(shipped.measure or "") == fold(row.measure or ""):
        return {"number": shipped.number, "unit": shipped.unit, "set_by": shipped.set_by}
    return in_words(row, ("unit",))


def _each_once(lines: Iterable[Line], key: Sequence[str]) -> list[Line]:
    found: dict[tuple[str, ...], Line] = {}
    for line in lines:
        found.setdefault(tuple(fold(str(line.get(name, ""))) for name in key), line)
    return list(found.values())

