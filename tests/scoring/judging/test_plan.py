"""Plan goals: each status, parts together, the goal over all others."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from antq_review.forms.measure_labels import Measure
from antq_review.scoring.measures import MAY_FALL
from antq_review.scoring.model.review import Goal
from tests.each import each
from tests.scoring.build import NOT_DECLARED, cases, goals_of

DUE = date(2026, 11, 15)


def part(goal_id: str = "G", **fields: Any) -> dict[str, Any]:
    """A plan row; by default “at least 2 activities by 15/11”, set by the school."""
    row = {
        "goal_id": goal_id, "quote": "x", "measure": "activity_count", "operator": "at_least", "number": 2, "set_by": "school",
        "due_on": DUE,
    }
    return {name: value for name, value in (row | fields).items() if value is not None}


def activities(count: int) -> list[dict[str, Any]]:
    return [{"held_on": date(2026, 5, 1), "name": f"Hoạt động {number}", "form": "forum"} for number in range(count)]


def goal(*rows: dict[str, Any], **case: Any) -> Goal:
    return goals_of({"plan": rows, **case})["G"]


# --- one part -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "operator", "status"),
    [
        (1, "at_least", "not_met"),
        (2, "at_least", "met"),
        (3, "at_least", "exceeded"),
        (2, "equals", "met"),
        (3, "equals", "not_met"),
        (1, "equals", "not_met"),
        (2, "at_most", "met"),
        (3, "at_most", "not_met"),
    ],
)
def test_on_its_due_day(held: int, operator: str, status: str) -> None:
    assert goal(part(operator=operator), activities=activities(held)).status == status


@pytest.mark.parametrize(
    ("held", "operator", "status"),
    [
        (1, "at_least", "not_due"),
        (2, "at_least", "met"),
        (3, "at_least", "exceeded"),
        (2, "equals", "not_due"),
        (3, "equals", "not_met"),
        (2, "at_most", "not_due"),
        (3, "at_most", "not_met"),
    ],
)
def test_before_its_due_day(held: int, operator: str, status: str) -> None:
    """“At least” may be met early, “at most” and “exactly” only fail early: a row to come could still break them."""
    found = goal(
        part(operator=operator, due_on=date(2026, 12, 31)), activities=activities(held), as_of=date(2026, 11, 15)
    )
    assert found.status == status
    assert [reason.code for reason in found.parts[0].reasons] == (["not_due"] if status == "not_due" else [])


def test_the_due_day_itself_is_due() -> None:
    declared = {"hoat_dong": date(2026, 11, 14)}
    row = part(due_on=date(2026, 11, 14))
    assert goal(row, as_of=date(2026, 11, 14), declared=declared).status == "not_met"
    assert goal(row, as_of=date(2026, 11, 13), declared=declared).status == "not_due"


def test_without_a_due_day_the_year_is_the_due_day() -> None:
    found = goal(part(due_on=None), as_of=date(2026, 12, 30))
    assert (found.status, found.parts[0].due_on) == ("not_due", date(2026, 12, 31))


def test_the_window_is_the_plan_s_calendar_year_up_to_the_due_day() -> None:
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 15), date(2026, 11, 16))
    rows = [{"held_on": day, "name": "x", "form": "forum"} for day in days]
    assert goal(part(), activities=rows).parts[0].measurement.low == 2


def test_a_rate_is_met_but_never_exceeded() -> None:
    rows = [{"held_on": date(2026, 5, 1), "name": "x", "form": "forum", "audience": "teachers", "present": 8}]
    row = part(measure="participation_rate", audience="teachers", number=90, unit="%")
    found = goal(row, activities=rows)
    assert (found.status, found.parts[0].target, found.parts[0].is_rate) == ("met", Decimal("0.9"), True)


def test_open_where_the_form_is() -> None:
    found = goal(part(), activities=activities(1), declared={"hoat_dong": NOT_DECLARED})
    assert found.status == "open"
    assert [reason.code for reason in found.parts[0].reasons] == ["undeclared"]


def test_a_proposal_that_nobody_confirmed_is_open() -> None:
    found = goal(part(set_by="proposed"), activities=activities(5))
    assert found.status == "open"
    assert [reason.code for reason in found.parts[0].reasons] == ["goal_proposed"]
    assert found.parts[0].measurement.low == 5  # what was done is shown all the same


def test_a_blank_number_is_open() -> None:
    found = goal(part(number=None), activities=activities(5))
    assert found.status == "open"
    assert [reason.code for reason in found.parts[0].reasons] == ["goal_unclear"]


def test_neither_operator_nor_number_is_only_shown() -> None:
    found = goal(part(number=None, operator=None), activities=activities(5))
    assert (found.status, found.parts[0].status, found.parts[0].measurement.low) == ("shown", "shown", 5)


@pytest.mark.parametrize(("operator", "status"), [("at_least", "open"), (None, "no_measure")])
def test_no_measure_chosen(operator: str | None, status: str) -> None:
    assert goal(part(measure=None, operator=operator)).status == status


@pytest.mark.parametrize("operator", ["at_least", None])
def test_a_measure_that_nobody_has(operator: str | None) -> None:
    found = goal(part(measure="Số lần gì đó", operator=operator, unit="%"))
    assert (found.status, found.parts[0].measurement) == ("no_measure", None)
    assert "Số lần gì đó" in str(found.parts[0].reasons[0].says)


@each("measure", sorted(Measure.labels()))
def test_every_measure_of_the_drop_down_is_measured_without_any_filter(measure: str) -> None:
    found = goal(part(measure=Measure.label_of(measure), unit=""))
    assert found.parts[0].measurement is not None and found.parts[0].measure == measure


@pytest.mark.parametrize("measure", ["activity_count", "số  hoạt động", "Số hoạt động"])
def test_a_measure_is_known_by_label_or_code(measure: str) -> None:
    assert goal(part(measure=measure), activities=activities(2)).status == "met"


def test_a_filter_that_the_measure_does_not_understand_is_not_ignored() -> None:
    """Without the filter more would be counted than the school asked for."""
    found = goal(part(partner="police"), activities=activities(5))
    assert found.status == "open"
    assert [reason.code for reason in found.parts[0].reasons] == ["filter_unclear"]
    assert "Đối tác" in str(found.parts[0].reasons[0].says)


def test_filters_are_read_as_labels_or_codes() -> None:
    rows = [{"kind": "regulation", "contents_1": "movement", "signed_on": date(2026, 5, 1), "subject": "x"}]
    row = part(measure="documents_signed", kind="Quy chế ; quy định", contents="movement", number=1)
    assert goal(row, documents=rows).status == "met"
    row = part(measure="documents_signed", kind="Kế hoạch", number=1)
    assert goal(row, documents=rows).status == "not_met"


def test_a_kind_is_of_the_list_of_its_sheet() -> None:
    """“Phòng cháy, chữa cháy” is a kind of check, “Cháy, nổ” a kind of incident; both have the code `fire`."""
    rows = [{"kind": "fire", "from_on": date(2026, 5, 1)}] * 2
    for kind in ("Phòng cháy, chữa cháy", "fire"):
        assert goal(part(measure="check_count", kind=kind), checks=rows).status == "met"
    for kind in ("Cháy, nổ", "Kế hoạch"):
        found = goal(part(measure="check_count", kind=kind), checks=rows)
        assert (found.status, [reason.code for reason in found.parts[0].reasons]) == ("open", ["filter_unclear"])
        assert "Loại" in str(found.parts[0].reasons[0].says)


def test_a_system_is_one_of_the_list() -> None:
    """A name that no system has would find none: it is said, not counted as none."""
    rows = [{"system": "fire_system", "counted_on": date(2026, 5, 1), "installed": 4, "working": 4}]
    row = part(measure="working_rate", number=90, unit="%")
    assert goal(row | {"name": "phòng cháy, chữa cháy"}, systems=rows).status == "met"
    found = goal(row | {"name": "Camera; Báo trộm"}, systems=rows)
    assert (found.status, [reason.code for reason in found.parts[0].reasons]) == ("open", ["filter_unclear"])


def test_an_organiser_with_a_comma_that_is_no_unit_may_be_several() -> None:
    """As one name it would find nothing: it is said, not counted as none."""
    rows = [one | {"organiser": "Tổ 1"} for one in activities(2)]
    found = goal(part(organiser="Tổ 1, Tổ 2"), activities=rows)
    assert (found.status, [reason.code for reason in found.parts[0].reasons]) == ("open", ["filter_unclear"])
    assert "Đơn vị tổ chức" in str(found.parts[0].reasons[0].says)
    assert goal(part(organiser="Tổ 1; Tổ 2"), activities=rows).status == "met"
    unit = {"name": "Tổ Toán, Tin", "kind": "subject_group", "is_subunit": "yes"}
    for organiser in ("Tổ Toán, Tin", "Đội TNTP, Đoàn thanh niên"):
        assert goal(part(organiser=organiser), activities=rows, units=[unit]).status == "not_met"


def test_an_organiser_is_a_name_or_a_kind() -> None:
    rows = [activity | {"organiser": "Tổ 1"} for activity in activities(2)]
    assert goal(part(organiser="Tổ chuyên môn"), activities=rows).status == "met"
    assert goal(part(organiser="Tổ 1"), activities=rows).status == "met"
    assert goal(part(organiser="Tổ 2"), activities=rows).status == "not_met"


@pytest.mark.parametrize(("level", "audience"), [
    ("kindergarten", "kindergarten_children"), ("primary", "primary_pupils"), ("lower_secondary", "lower_secondary_pupils"),
    ("upper_secondary", "upper_secondary_pupils"),
])
def test_an_activity_is_of_the_level_of_its_pupils(level: str, audience: str) -> None:
    held = [{"held_on": date(2026, 5, 1), "name": "x", "form": "forum", "audience": audience}]
    assert goal(part(number=1, level=level), activities=held).status == "met"
    assert goal(part(number=1, level=level), activities=[held[0] | {"audience": "teachers"}]).status == "not_met"
    assert goal(part(number=1, level="all"), activities=held).status == "not_met"


def test_recognition_is_not_due_until_it_is() -> None:
    row = part(measure="recognition", number=1, due_on=date(2026, 12, 31))
    paper = [{"kind": "recognition", "signed_on": date(2026, 11, 10), "recognised_year": 2026, "subject": "x"}]
    assert goal(row).status == "not_due"
    assert goal(row, documents=paper).status == "met"
    assert goal(row, as_of=date(2026, 12, 31), declared={"van_ban": date(2026, 12, 31)}).status == "not_met"


# --- several parts ------------------------------------------------------------------------------------------------------

MET, EXCEEDED = part(part="a", number=2), part(part="b", number=1)
NOT_MET, OPEN = part(part="c", number=9), part(part="d", number=None)
NOT_DUE = part(part="e", number=9, due_on=date(2026, 12, 31))
NO_MEASURE = part(part="f", measure="Số lần gì đó")
SHOWN = part(part="g", number=None, operator=None)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([MET, EXCEEDED], "met"),
        ([EXCEEDED], "exceeded"),
        ([EXCEEDED, SHOWN], "exceeded"),
        ([SHOWN], "shown"),
        ([MET, NOT_MET, OPEN, NOT_DUE, NO_MEASURE], "not_met"),
        ([MET, OPEN, NOT_DUE, NO_MEASURE], "open"),
        ([MET, NOT_DUE], "not_due"),
        ([MET, NO_MEASURE], "open"),
        ([NOT_DUE, NO_MEASURE], "open"),
        ([NO_MEASURE], "no_measure"),
        ([NO_MEASURE, SHOWN], "no_measure"),
        ([NO_MEASURE, NOT_MET], "not_met"),
    ],
)
def test_the_worst_part_decides(rows: list[dict[str, Any]], status: str) -> None:
    assert goal(*rows, activities=activities(2)).status == status
    assert goal(*reversed(rows), activities=activities(2)).status == status


# --- the goals over all others -------------------------------------------------------------------------------------------


def over(*others: dict[str, Any], number: int = 100, **case: Any) -> Goal:
    row = part("III", part="c", measure="goals_met_rate", number=number, unit="%")
    return goals_of({"plan": [*others, row], "activities": activities(2), **case})["III"]


def test_all_others_met() -> None:
    found = over(part("A", number=2), part("B", number=1))
    assert (found.status, found.parts[0].measurement.count, found.parts[0].measurement.base) == ("met", 2, 2)


def test_one_missed_is_below_a_hundred() -> None:
    found = over(part("A"), part("B", number=9))
    assert (found.status, found.parts[0].measurement.low, found.parts[0].measurement.high) == (
        "not_met",
        Decimal("0.5"),
        Decimal("0.5"),
    )


def test_open_ones_may_go_either_way() -> None:
    found = over(part("A"), part("B", number=None))
    assert (found.status, found.parts[0].measurement.low, found.parts[0].measurement.high) == (
        "open",
        Decimal("0.5"),
        Decimal(1),
    )
    assert [reason.code for reason in found.parts[0].reasons] == ["goals_open"]


def test_only_those_whose_day_has_come_are_counted() -> None:
    """One that is met before its day is not counted either: the share must not depend on which were early."""
    early = part("B", number=1, due_on=date(2026, 12, 31))
    late = part("C", number=9, due_on=date(2026, 12, 31))
    found = over(part("A"), early, late)
    assert (found.status, found.parts[0].measurement.base) == ("met", 1)


def test_those_without_a_measure_are_left_out_and_named() -> None:
    found = over(part("A"), part("B", measure="Số lần gì đó"))
    assert found.status == "met"
    assert "1" in str(found.parts[0].measurement.notes[0])


def test_no_other_is_due() -> None:
    found = over(part("A", due_on=date(2026, 12, 31)))
    assert (found.status, [reason.code for reason in found.parts[0].reasons]) == ("open", ["no_goal_due"])


def test_its_own_other_parts_count_for_it_not_in_it() -> None:
    rows = [part("III", part="a", number=9), part("A")]
    found = over(*rows)
    assert found.status == "not_met"
    assert found.parts[-1].measurement.base == 1


def test_goals_keep_the_order_of_the_sheet() -> None:
    found = goals_of({"plan": [part("Z"), part("A", part="a"), part("Z", part="b"), part("A", part="b")]})
    assert list(found) == ["Z", "A"]
    assert [one.part for one in found["A"].parts] == ["a", "b"]


# --- how much of the plan was carried out -------------------------------------------------------------------------------


def carried_out(*others: dict[str, Any], **case: Any) -> Goal:
    row = part("III", part="c", measure="goals_carried_out_rate", number=100, unit="%")
    return goals_of({"plan": [*others, row], "activities": activities(2), **case})["III"]


def test_carried_out_is_not_the_same_as_met() -> None:
    """Two activities of nine: the sentence is missed, and was carried out."""
    missed = part("A", number=9)
    assert carried_out(missed).status == "met"
    assert over(missed).status == "not_met"


def test_nothing_done_is_not_carried_out() -> None:
    found = carried_out(part("A"), part("B", topic="drugs"))
    assert (found.status, found.parts[0].measurement.low) == ("open", Decimal("0.5"))  # the activities name no topic
    told = [one | {"topic_1": "law"} for one in activities(2)]
    assert carried_out(part("A"), part("B", topic="drugs"), activities=told).status == "not_met"


def test_every_part_that_asks_for_something_must_be_carried_out() -> None:
    told = [one | {"topic_1": "law"} for one in activities(2)]
    rows = [part("A", part="a", topic="law"), part("A", part="b", topic="drugs")]
    assert carried_out(*rows, activities=told).parts[0].measurement.high == 0


def test_a_limit_asks_for_nothing_that_could_be_done() -> None:
    found = carried_out(part("A"), part("B", measure="hot_spot_count", operator="at_most", number=0))
    assert (found.status, found.parts[0].measurement.base) == ("met", 1)


def test_a_proposal_that_nobody_confirmed_can_be_carried_out() -> None:
    assert carried_out(part("A", set_by="proposed")).status == "met"


# --- rates that may fall ------------------------------------------------------------------------------------------------

#: A case of `tests/cases/phep_do` for each rate that the next row may lower, with a rate above 0.
MAY_FALL_CASES = {
    case["measure"]: case
    for _, case in reversed(cases("phep_do"))
    if case["measure"] in MAY_FALL and "filter" not in case and "as_of" not in case and case["is"][0] != "0"
}


def test_each_rate_that_may_fall_has_a_case() -> None:
    assert MAY_FALL - MAY_FALL_CASES.keys() == {"goals_carried_out_rate", "goals_met_rate"}  # measured over the goals, below


@pytest.mark.parametrize("measure", sorted(MAY_FALL_CASES))
def test_a_rate_that_may_fall_is_met_on_its_due_day_and_no_day_before(measure: str) -> None:
    """One more row may lower it again, so that a rate that is reached in November says nothing of 31 December."""
    case = {**MAY_FALL_CASES[measure], "as_of": DUE}
    row = part(measure=measure, number=1, unit="%")
    assert goal(row, **case).status == "met"
    early = goal(row | {"due_on": date(2026, 12, 31)}, **case)
    assert (early.status, [reason.code for reason in early.parts[0].reasons]) == ("not_due", ["not_due"])


def test_the_share_of_goals_carried_out_is_not_met_before_its_day() -> None:
    early = part("III", part="c", measure="goals_carried_out_rate", number=100, unit="%", due_on=date(2026, 12, 31))
    assert goals_of({"plan": [part("A"), early], "activities": activities(2)})["III"].status == "not_due"
