"""The content of a school's year for the next year's blank workbooks: names, codes and goals; no counts, no days.

This module only chooses, from accepted rows, the cells of each new table. `publish/carry_over.py` calls it: that module takes
the rows from the evidence, draws the workbooks, and tells the user what was carried and what a person must check.

A target number is copied only where it is part of the plan's sentence (column “Ai đặt số” is “Kế hoạch”): without it,
the sentence would mean something else. The school decides anew about a number that it set itself; until then the cell
contains the proposal of the blank form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from antq_review.forms.choices import InitiativeStatus, SetBy
from antq_review.forms.columns import CellKind, Row
from antq_review.forms.plan_rows import plan_rows
from antq_review.forms.rows.evidence import Initiative
from antq_review.forms.rows.school import PlanRow, Profile, Unit
from antq_review.text import fold

#: Facts that stay. Not copied: the year, the time limits set by the school, documents of province and local authority.
PROFILE_FIELDS = (
    "school_code", "name", "levels", "commune", "province", "address", "place_name", "superior_body", "has_party_organisation",
    "has_guard_force", "guard_regime", "provincial_criteria", "document_symbol", "signer", "signer_post", "recipients",
    "steering_committee", "evidence_code", "teaching_months",
)
UNIT_FIELDS = ("name", "kind", "is_subunit", "must_hand_in")
#: The status is not copied: a model (mô hình) counts for a year only when the school writes its status in that year.
INITIATIVE_FIELDS = ("name",)
#: The goal, its measure and who is in charge. `_target` adds the number; the due day of the old year is not copied.
PLAN_FIELDS = (
    "goal_id", "part", "quote", "corrected_quote", "measure", "topic", "form", "channel", "level", "partner", "purpose", "kind",
    "contents", "audience", "organiser", "led_by_pupils", "name", "operator", "in_charge",
)

#: The cells of one line of a table: field → label, text or number.
Line = dict[str, Any]


def in_words(row: Row, fields: Iterable[str]) -> Line:
    """The filled fields of a row as they appear in the cells: labels instead of codes."""
    columns = {column.name: column for column in row.columns()}
    found: Line = {}
    for name in fields:
        value: Any = getattr(row, name)
        column = columns[name]
        if value is None:
            continue
        if column.choices is not None and column.kind is CellKind.CHOICES:
            value = "; ".join(column.choices.label_of(code) for code in value.split(";"))
        elif column.choices is not None:
            value = column.choices.label_of(value)
        found[name] = value
    return found


def names_year(text: object, year: int) -> bool:
    """Does a text contain the year `year`, alone or in a date? (A cited law of another year is no match.)"""
    return re.search(rf"(?<![0-9]){year}(?![0-9])", str(text)) is not None


def carried_profile(profile: Profile, year: int) -> Line:
    """The facts of the school, for the new `year`. A text that contains the old year is not copied."""
    old = profile.year or year - 1
    facts = in_words(profile, PROFILE_FIELDS)
    facts = {name: value for name, value in facts.items() if name == "school_code" or not names_year(value, old)}
    return {**facts, "year": year}


def carried_units(units: Iterable[Unit]) -> list[Line]:
    """Every unit once, as in its first row."""
    return _each_once((in_words(unit, UNIT_FIELDS) for unit in units), ("name",))


def carried_initiatives(initiatives: Sequence[Initiative]) -> list[Line]:
    """Every model (mô hình) that still runs, once. It runs where at least one unit has not stopped it."""
    running = (one for one in initiatives if one.status != InitiativeStatus.STOPPED)
    return _each_once((in_words(one, INITIATIVE_FIELDS) for one in running), ("name",))


def carried_plan(rows: Iterable[PlanRow]) -> list[Line]:
    """Every part of every sentence of the plan, once."""
    shipped = {(row.goal_id, row.part or ""): row for row in plan_rows()}
    lines = ({**in_words(row, PLAN_FIELDS), **_target(row, shipped.get((row.goal_id, row.part or "")))} for row in rows)
    return _each_once(lines, ("goal_id", "part"))


def _target(row: PlanRow, shipped: PlanRow | None) -> Line:
    """Number, unit and origin: those of the plan's sentence; else the proposal of the blank form; else the unit only.

    The proposal is used only where the blank form has the same measure for that part.
    """
    if row.set_by == SetBy.PLAN:
        return in_words(row, ("number", "unit", "set_by"))
    if shipped is not None and fold(shipped.measure or "") == fold(row.measure or ""):
        return in_words(shipped, ("number", "unit", "set_by"))
    return in_words(row, ("unit",))


def _each_once(lines: Iterable[Line], key: Sequence[str]) -> list[Line]:
    """The first line for each value of the key fields, spelling folded."""
    found: dict[tuple[str, ...], Line] = {}
    for line in lines:
        found.setdefault(tuple(fold(str(line.get(name, ""))) for name in key), line)
    return list(found.values())

