"""Faults that were once planted and that no test noticed; each of them is noticed here."""

from datetime import date
from decimal import Decimal

import pytest

from antq_review.forms.sheets import SHEETS
from antq_review.ingest.declarations import declared
from antq_review.ingest.participation import headcount
from antq_review.rules.model import Bound, Cap
from antq_review.scoring.judging.deductions import judge_caps
from antq_review.scoring.model.outcome import Truth
from tests.scoring.build import evidence_of, look_at
from tests.scoring.numeric.test_tables import table

IN_JUNE, AT_THE_END = date(2026, 6, 30), date(2026, 11, 16)


def test_a_count_of_the_whole_replaces_the_grades_of_the_same_day():
    day = date(2026, 1, 5)
    rows = [
        {"audience": "lower_secondary_pupils", "grade": 6, "count": 100, "counted_on": day},
        {"audience": "lower_secondary_pupils", "grade": 7, "count": 90, "counted_on": day},
        {"audience": "lower_secondary_pupils", "count": 400, "counted_on": day},
    ]
    found = headcount(evidence_of({"headcounts": rows}), "lower_secondary_pupils", date(2026, 3, 1))
    assert found is not None and (found.count, found.grades) == (400, frozenset({None}))


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.declared], ids=lambda sheet: sheet.name)
def test_a_refused_unit_keeps_every_form_open(sheet):
    """The refused row may be a unit that must hand in the form; the absence of rows is believed only without one."""
    assert declared(evidence_of({}), sheet).until == date(2026, 11, 15)
    assert declared(evidence_of({"refused": {"units": 1}}), sheet).until is None


@pytest.mark.parametrize(("months", "at_least"), [((4, 3), False), ((4, None), True), ((None, None), None)])
def test_the_largest_month_is_a_lower_bound_where_a_month_is_blank(months, at_least):
    rows = [{"month_on": date(2026, month, 1), "at_risk": count} for month, count in zip((3, 4), months, strict=True)]
    row = table("PL8", support=rows).row("support.at_risk_most")
    assert row is not None
    if at_least is None:
        assert row.value is None
    else:
        assert (row.value, row.at_least) == (4, at_least)


@pytest.mark.parametrize(("bound", "as_of", "truth"), [
    ({"at_most": 3}, IN_JUNE, Truth.UNKNOWN),  # one activity today, more may follow
    ({"at_most": 3}, AT_THE_END, Truth.YES),
    ({"at_most": 0}, IN_JUNE, Truth.NO),  # more than none, and the number never falls
    ({"at_least": 1}, IN_JUNE, Truth.YES),
    ({"equals": 1}, IN_JUNE, Truth.UNKNOWN),
    ({"equals": 1}, AT_THE_END, Truth.YES),
])
def test_a_cap_below_a_number_is_final_only_at_the_periods_end(bound, as_of, truth):
    activity = {"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic"}
    look = look_at({"activities": [activity], "as_of": as_of})
    limit = Bound(**{name: Decimal(value) for name, value in bound.items()})
    cap = Cap(id="C1", text="x", citation="x", highest="Khá", measure="activity_count", bound=limit)

    class Book:
        caps = (cap,)

    (found,) = judge_caps(Book(), look)  # type: ignore[arg-type]
    assert found.truth is truth
