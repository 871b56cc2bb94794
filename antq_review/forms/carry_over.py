"""The content of a school's year for the next year's blank workbooks: names, codes and goals; no counts, no days.

This module only chooses, from accepted rows, the cells of each new table. `publish/carry_over.py` calls it: that module takes
the rows from the evidence, draws the workbooks, and tells the user what was carried and what a person must check.

A target number is copied only where it is part of the plan's sentence (column “Ai đặt số” is “Kế hoạch”): without it,
the sentence would mean something else. The school decides anew about a number that it set itself; until then the cell
contains the proposal of the blank form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from antq_review.forms.catalogue import same_sentence
from antq_review.forms.choices import InitiativeStatus, SetBy, model_name
from antq_review.forms.columns import CellKind, Row
from antq_review.forms.new_school import UNKNOWN, NewSchool
from antq_review.forms.offered_plan import offered_plan
from antq_review.forms.rows.evidence import Initiative
from antq_review.forms.rows.school import PlanRow, Profile, Unit
from antq_review.text import SILENT, Message, fold, listed

#: Facts that stay. Not copied: the year, the time limits set by the school, the day of handing in, last year's result,
#: documents of province and local authority.
PROFILE_FIELDS = (
    "school_code", "name", "levels", "commune", "province", "address", "place_name", "superior_body", "has_party_organisation",
    "has_guard_force", "guard_regime", "provincial_criteria", "document_symbol", "signer", "signer_post", "recipients",
    "steering_committee", "evidence_code", "teaching_months", "youth_body", "former_codes",
)
UNIT_FIELDS = ("name", "kind", "is_subunit", "must_hand_in")
#: The status is not copied: a model (mô hình) counts for a year only when the school writes its status in that year.
INITIATIVE_FIELDS = ("name",)
#: The measure of a plan row and its filters.
_MEASURING = (
    "measure", "topic", "form", "channel", "level", "partner", "purpose", "kind", "contents", "audience", "organiser",
    "led_by_pupils", "name",
)
#: The goal, its measure and who is in charge. `_target` adds the number; the due day of the old year is not copied.
PLAN_FIELDS = ("goal_id", "part", "quote", "corrected_quote", *_MEASURING, "operator", "in_charge")

#: What the year's meeting, the superior and the people who checked wrote into a score table, and the days of its period: not copied.
SCORE_OF_THE_YEAR = frozenset({
    "self_points", "superior_points", "agreed_points", "concluded", "meeting", "period_from", "period_to", "entered_by", "entered_on",
    "checked_by", "checked_on",
})

#: The cells of one line of a table: field → label, text or number.
Line = dict[str, Any]


def in_words(row: Row, fields: Iterable[str], pupils: Message = SILENT) -> Line:
    """The filled fields of a row as they appear in the cells of a school with this word for its pupils: labels instead of codes."""
    columns = {column.name: column for column in row.columns()}
    found: Line = {}
    for name in fields:
        value: Any = getattr(row, name)
        column = columns[name]
        if value is None:
            continue
        if column.choices is not None and column.kind is CellKind.CHOICES:
            value = "; ".join(column.choices.label_of(code, pupils) for code in value.split(";"))
        elif column.choices is not None:
            value = column.choices.label_of(value, pupils)
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


def carried_scores(rows: Iterable[Row]) -> list[Line]:
    """The rows of one table of a school's score table, without what belongs to their year."""
    found = [in_words(row, (name for name in type(row).model_fields if name not in SCORE_OF_THE_YEAR)) for row in rows]
    return [line for line in found if line]


def carried_units(units: Iterable[Unit]) -> list[Line]:
    """Every unit once, as in its first row."""
    return _each_once((in_words(unit, UNIT_FIELDS) for unit in units), ("name",))


def carried_initiatives(initiatives: Sequence[Initiative]) -> list[Line]:
    """Every model (mô hình) that still runs, once. It runs where at least one unit has not stopped it."""
    running = (one for one in initiatives if one.status != InitiativeStatus.STOPPED)
    return _each_once((in_words(one, INITIATIVE_FIELDS) for one in running), ("name",), model_name)


def carried_plan(rows: Iterable[PlanRow], school: NewSchool = UNKNOWN) -> list[Line]:
    """Every part of every sentence of the plan, once. `school`: whose catalogue proposes the numbers."""
    shipped = _shipped(school)
    lines = ({**in_words(row, PLAN_FIELDS), **_target(row, shipped.get(_key(row)))} for row in rows)
    return _each_once(lines, ("goal_id", "part"))


def changed_in_form(rows: Sequence[PlanRow], school: NewSchool = UNKNOWN) -> tuple[list[str], list[str]]:
    """The parts of the blank form's plan that a carried plan lacks, and those that it measures in another way.

    Both are empty for a plan of the school's own: only a plan with sentences of the blank form is compared with it, and a
    part only with the same sentence.
    """
    own = {_key(row): row for row in rows}
    shipped = _shipped(school)
    same = {
        key: row for key, row in shipped.items()
        if key in own and same_sentence(row.goal_id, own[key].quote) == same_sentence(row.goal_id, row.quote)
    }
    lacking = ["".join(key) for key in shipped if key not in own] if same else []
    other = ["".join(key) for key, row in same.items() if _asks(row) != _asks(own[key])]
    return lacking, other


def _asks(row: PlanRow) -> tuple[str, ...]:
    """What a row measures: its measure and filters, the values of a filter in any order."""
    values = (str(getattr(row, name) or "") for name in _MEASURING)
    return tuple("; ".join(sorted(fold(one) for one in listed(value))) for value in values)


def _key(row: PlanRow) -> tuple[str, str]:
    return row.goal_id, row.part or ""


@cache
def _shipped(school: NewSchool) -> dict[tuple[str, str], PlanRow]:
    """The rows that the school's blank form offers, by sentence and part."""
    return {_key(row): row for row in offered_plan(school)}


def _target(row: PlanRow, shipped: PlanRow | None) -> Line:
    """Number, unit and origin: those of the plan's sentence; else the proposal of the blank form; else the unit only.

    The proposal is used only where the blank form has the same measure for that part. An earlier form called some of its
    proposals the plan's: the same number, which the blank form proposes, is a proposal.
    """
    if shipped is not None and fold(shipped.measure or "") != fold(row.measure or ""):
        shipped = None
    proposal = shipped is not None and shipped.set_by == SetBy.PROPOSED and shipped.number == row.number
    if row.set_by == SetBy.PLAN and not proposal:
        return in_words(row, ("number", "unit", "set_by"))
    return in_words(row, ("unit",)) if shipped is None else in_words(shipped, ("number", "unit", "set_by"))


def _each_once(lines: Iterable[Line], key: Sequence[str], folding: Callable[[str], str] = fold) -> list[Line]:
    """The first line for each value of the key fields, spelling folded."""
    found: dict[tuple[str, ...], Line] = {}
    for line in lines:
        found.setdefault(tuple(folding(str(line.get(name, ""))) for name in key), line)
    return list(found.values())

