"""The catalogue of duties as it is offered to one school: its names, its groups of pupils, only rows that fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from antq_review.forms import choices as lists
from antq_review.forms.catalogue import filled
from antq_review.forms.columns import Choices
from antq_review.forms.measure_labels import Measure
from antq_review.forms.new_school import NewSchool
from antq_review.forms.plan_rows import coded_rows, row_of
from antq_review.forms.rows.school import PlanRow

#: Measures of the Circular and the Decision: nothing for a school out of their scope.
_OF_THE_TEXTS = (Measure.RECOGNITION, Measure.SELF_ASSESSMENT)
#: Sentences, or parts of them, about what only older pupils do.
_NOT_FOR_SMALL = frozenset({"II.1-3a", "II.1-3b", "II.1-5", "II.5-3", "II.7-2c"})
#: Filters whose values must fit the school; a row with no value left is not offered.
_FITTED: dict[str, type[Choices]] = {"topic": lists.Topic, "form": lists.ActivityForm}


@cache
def offered_plan(school: NewSchool) -> tuple[PlanRow, ...]:
    """The rows of the catalogue for a school. Where its levels are not known, all of them."""
    by_goal: dict[str, list[dict[str, Any]]] = {}
    for row in coded_rows():
        by_goal.setdefault(row["goal_id"], []).extend(_fitted(row, school))
    return tuple(row_of(row) for rows in by_goal.values() for row in _lettered(rows))


def _fitted(row: Mapping[str, Any], school: NewSchool) -> Iterator[dict[str, Any]]:
    """The row as the school needs it: not at all, once, or once for each of its levels."""
    if not _is_for(row, school):
        return
    found = dict(row)
    found["quote"], found["corrected_quote"] = filled(row["quote"], row.get("corrected_quote"), school.names())
    for name, choices in _FITTED.items():
        if name in row:
            found[name] = _values(row[name], choices, school)
            if not found[name]:
                return
    if "audience" in row and school.pupils and any(code in lists.PUPILS for code in row["audience"]):
        found["audience"] = [code for code in row["audience"] if code not in lists.PUPILS] + list(school.pupils)
    found = {name: value for name, value in found.items() if value is not None}
    if "level" not in row or not school.taught:
        yield found
    elif row.get("part", "a") == "a":  # the catalogue has one part for each level of that school
        yield from ({**found, "level": level.value} for level in school.taught)


def _is_for(row: Mapping[str, Any], school: NewSchool) -> bool:
    if school.in_scope is False and row["measure"] in _OF_THE_TEXTS:
        return False
    if school.youth is lists.YouthBody.NONE and row.get("organiser") == lists.UnitKind.YOUTH_UNION:
        return False
    small = school.taught == (lists.SchoolLevel.KINDERGARTEN,)
    return not (small and row["goal_id"] + row.get("part", "") in _NOT_FOR_SMALL)


def _values(codes: list[str], choices: type[Choices], school: NewSchool) -> list[str]:
    """The codes that fit. The meeting of the Đội stands for the meeting of the school's own organisation."""
    meetings = [lists.ActivityForm.YOUTH_MEETING.value, lists.ActivityForm.UNION_MEETING.value]
    wanted: list[str] = []
    for code in codes:
        is_meeting = school.youth is not None and choices is lists.ActivityForm and code == lists.ActivityForm.YOUTH_MEETING
        wanted += meetings if is_meeting else [code]
    members = {member.value: member for member in choices}
    return [code for code in wanted if school.fits(members[code])]


def _lettered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts of a sentence as a, b …; a sentence of one part without a letter."""
    if len(rows) == 1:
        return [{name: value for name, value in row.items() if name != "part"} for row in rows]
    return [{**row, "part": letter} for letter, row in zip("abcdefghijklmnop", rows, strict=False)]
