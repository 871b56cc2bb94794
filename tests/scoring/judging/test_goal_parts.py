"""A part of a goal as its row sets it, and the reasons of a status: every field and every sentence that a reader is shown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from antq_review.forms.rows.school import PlanRow
from antq_review.scoring.judging.plan import judge_plan
from antq_review.scoring.judging.targets import target_of
from antq_review.scoring.model.review import Goal, GoalPart
from tests.scoring.build import AS_OF, NOT_DECLARED, YEAR, evidence_of, goals_of

DUE, LATER = date(2026, 11, 15), date(2026, 12, 31)


def row(goal_id: str = "G", **fields: Any) -> dict[str, Any]:
    given = {"goal_id": goal_id, "quote": "Câu (bịa)", "measure": "activity_count", "operator": "at_least", "number": 2, "due_on": DUE}
    return {name: value for name, value in {**given, "set_by": "school", **fields}.items() if value is not None}


def held(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"held_on": date(2026, 5, 1), "name": f"Hoạt động {number}", "form": "forum", **more} for number in range(count)]


def goals(*rows: dict[str, Any], **case: Any) -> dict[str, Goal]:
    return goals_of({"plan": rows, **case})


def part(*rows: dict[str, Any], **case: Any) -> GoalPart:
    return goals(*rows, **case)["G"].parts[-1]


def why(found: GoalPart) -> list[tuple[str, str]]:
    return [(reason.code, reason.subject) for reason in found.reasons]


def test_a_part_keeps_what_its_row_says() -> None:
    fields = {"part": "b", "corrected_quote": "Đọc lại (bịa)", "unit": "hoạt động", "in_charge": "Đội TNTP", "topic": "law"}
    found = part(row(**fields), activities=held(1, topic_1="law"))
    assert (found.part, found.quote, found.corrected_quote) == ("b", "Câu (bịa)", "Đọc lại (bịa)")
    assert (found.measure, found.measure_label, found.operator) == ("activity_count", "Số hoạt động", "at_least")
    assert (found.target, found.unit, found.is_rate, found.due_on) == (2, "hoạt động", False, DUE)
    assert (found.in_charge, found.set_by, found.status) == ("Đội TNTP", "school", "not_met")
    assert found.measurement is not None and found.measurement.low == 1
    assert [cell.shown for cell in found.cells] == ["G", "2"]


def test_what_a_row_leaves_blank_is_blank() -> None:
    found = part(row(measure=None, operator=None, number=None, due_on=None, set_by=None))
    assert (found.part, found.corrected_quote, found.measure, found.measure_label) == ("", "", "", "")
    assert (found.operator, found.target, found.unit, found.in_charge, found.set_by) == ("", None, "", "", "")
    assert (found.due_on, found.measurement) == (LATER, None)


@pytest.mark.parametrize(
    ("measure", "unit", "is_rate", "target"),
    [
        ("participation_rate", None, True, "0.9"), ("participation_rate", "người", True, "0.9"),  # a rate is a rate whatever the unit
        ("activity_count", "%", False, "90"),
        ("goals_met_rate", None, True, "0.9"), ("goals_carried_out_rate", None, True, "0.9"),
        ("Số gì đó", " % ", True, "0.9"), ("Số gì đó", "lần", False, "90"), (None, "%", True, "0.9"), (None, None, False, "90"),
    ],
)
def test_a_target_in_per_cent_is_a_fraction_of_a_rate(measure: str | None, unit: str | None, is_rate: bool, target: str) -> None:
    found = part(row(measure=measure, unit=unit, number=90))
    assert (found.is_rate, found.target) == (is_rate, Decimal(target))


def test_the_filters_of_a_row_are_codes_of_the_table_that_the_measure_reads() -> None:
    (papers, checks, unknown) = evidence_of({"plan": [
        row(measure="documents_signed", kind="Kế hoạch", contents="movement"), row(measure="check_count", kind="Phòng cháy, chữa cháy"),
        row(measure="Số gì đó", topic="law"),
    ]}).of(PlanRow)
    assert target_of(papers, YEAR).wanted == {"kind": ("plan",), "contents": ("movement",)}
    assert target_of(checks, YEAR).wanted == {"kind": ("fire",)}
    assert target_of(unknown, YEAR).wanted == {"topic": ("law",)}


# --- why it is open -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "expected"),
    [
        ({"number": None}, "open", [("goal_unclear", "number")]),
        ({"operator": None}, "open", [("goal_unclear", "number")]),
        ({"set_by": "proposed"}, "open", [("goal_proposed", "")]),
        ({"number": None, "operator": None}, "shown", []),
        ({"number": None, "operator": None, "set_by": "proposed"}, "shown", []),
        ({"measure": None}, "open", [("goal_unclear", "measure")]),
        ({"measure": None, "operator": None}, "no_measure", [("goal_unclear", "measure")]),
        ({"measure": "Số gì đó"}, "no_measure", [("no_measure", "Số gì đó")]),
        ({"partner": "police"}, "open", [("filter_unclear", "«Đối tác»")]),
        ({"number": 1}, "met", []),
        ({"number": 9, "due_on": LATER}, "not_due", [("not_due", "31/12/2026")]),
        ({"number": 9}, "not_met", []),
    ],
)
def test_every_status_says_why(fields: dict[str, Any], status: str, expected: list[tuple[str, str]]) -> None:
    found = part(row(**fields), activities=held(1))
    assert (found.status, why(found)) == (status, expected)


def test_the_measurement_is_shown_whatever_the_status() -> None:
    for fields in ({"number": None}, {"set_by": "proposed"}, {"number": 9, "due_on": LATER}, {"number": 9}, {"number": 1}):
        found = part(row(**fields), activities=held(1))
        assert found.measurement is not None and found.measurement.low == 1


def test_a_strange_filter_names_the_measure_and_each_heading_once() -> None:
    (reason,) = part(row(partner="police", purpose="gate_order")).reasons
    assert "Số hoạt động" in str(reason.says) and reason.subject == "«Đối tác», «Mục đích»"


def test_an_open_form_leaves_its_own_reason() -> None:
    found = part(row(), activities=held(1), declared={"hoat_dong": NOT_DECLARED})
    assert found.status == "open" and [code for code, _ in why(found)] == ["undeclared"]
    early = part(row(due_on=LATER), activities=held(1), declared={"hoat_dong": NOT_DECLARED})
    assert (early.status, why(early)) == ("not_due", [("not_due", "31/12/2026")])


@pytest.mark.parametrize(
    ("operator", "number", "held_now", "status"),
    [
        ("at_most", 2, 2, "not_due"), ("at_most", 2, 3, "not_met"), ("equals", 2, 1, "not_due"), ("equals", 2, 2, "not_due"),
        ("equals", 2, 3, "not_met"), ("at_least", 2, 1, "not_due"), ("at_least", 2, 2, "met"), ("at_least", 2, 3, "exceeded"),
    ],
)
def test_the_day_before_the_due_day(operator: str, number: int, held_now: int, status: str) -> None:
    day = date(2026, 11, 14)
    found = part(row(operator=operator, number=number), activities=held(held_now), as_of=day, declared={"hoat_dong": day})
    assert found.status == status


def test_a_count_that_is_passed_before_its_day_is_missed_even_on_an_open_form() -> None:
    found = part(row(operator="at_most", number=1, due_on=LATER), activities=held(2), declared={"hoat_dong": NOT_DECLARED})
    assert (found.status, why(found)) == ("not_met", [])


def test_a_rate_beyond_its_target_is_met() -> None:
    people = held(1, audience="teachers", present=8)
    assert part(row(measure="participation_rate", audience="teachers", number=50), activities=people).status == "met"


# --- the goals over the other goals -------------------------------------------------------------------------------------


def over(measure: str, *others: dict[str, Any], **case: Any) -> GoalPart:
    found = goals(*others, row("III", part="c", measure=measure, number=60, unit="%"), **{"activities": held(2), **case})
    return found["III"].parts[0]


def ends(found: GoalPart) -> tuple[Any, ...]:
    assert found.measurement is not None
    return found.measurement.low, found.measurement.high, found.measurement.count, found.measurement.base


MET, MISSED, OPEN = row("A"), row("B", number=9), row("C", number=None)
SHOWN, NOWHERE = row("D", number=None, operator=None), row("E", measure="Số gì đó")
NONE_DONE = row("F", topic="drugs")


@pytest.mark.parametrize(
    ("measure", "others", "expected", "reasons"),
    [
        ("goals_met_rate", (MET, MISSED), ("0.5", "0.5", 1, 2), []),
        ("goals_met_rate", (MET, MISSED, OPEN, OPEN | {"goal_id": "C2"}), ("0.25", "0.75", 1, 4), [("goals_open", "2")]),
        ("goals_met_rate", (MET, SHOWN, NOWHERE), ("1", "1", 1, 1), []),
        ("goals_met_rate", (SHOWN,), ("0", "1", 0, 0), [("no_goal_due", "")]),
        ("goals_carried_out_rate", (MET, MISSED), ("1", "1", 2, 2), []),
        ("goals_carried_out_rate", (MET, NONE_DONE), ("0.5", "0.5", 1, 2), []),
        ("goals_carried_out_rate", (MET, SHOWN, NOWHERE), ("1", "1", 1, 1), []),
        ("goals_carried_out_rate", (NOWHERE,), ("0", "1", 0, 0), [("no_goal_due", "")]),
    ],
)
def test_the_share_of_the_other_goals(
    measure: str, others: tuple[dict[str, Any], ...], expected: tuple[Any, ...], reasons: list[tuple[str, str]]
) -> None:
    found = over(measure, *others, activities=held(2, topic_1="law"))
    assert ends(found) == tuple(Decimal(one) for one in expected) and why(found) == reasons
    assert found.measurement is not None
    assert (found.measurement.measure, found.measurement.unit) == (measure, "rate")
    assert [(code.code, code.subject) for code in found.measurement.reasons] == reasons
    left_out = [str(note) for note in found.measurement.notes]
    assert len(left_out) == (NOWHERE in others) and all("1" in note for note in left_out)


def test_two_goals_without_a_measure_are_counted_in_the_note() -> None:
    found = over("goals_met_rate", MET, NOWHERE, NOWHERE | {"goal_id": "E2"})
    assert found.measurement is not None and "2" in str(found.measurement.notes[0])


@pytest.mark.parametrize(
    ("other", "case", "expected"),
    [
        (row("A", operator="at_most"), {}, (0, 0)),  # asks for nothing that could be done
        (row("A", operator="equals", number=0), {}, (0, 0)),
        (row("A", operator="equals", number=1), {}, (1, 1)),
        (row("A", number=1), {"activities": held(1)}, (1, 1)),
        (row("A"), {"activities": held(1)}, (1, 1)),
        (row("A"), {"activities": [], "declared": {"hoat_dong": NOT_DECLARED}}, (0, 1)),  # it may have been held
        (row("A", partner="police"), {}, (0, 1)),  # nothing could be measured
    ],
)
def test_what_counts_as_carried_out(other: dict[str, Any], case: dict[str, Any], expected: tuple[int, int]) -> None:
    found = over("goals_carried_out_rate", other, **case)
    assert found.measurement is not None and (found.measurement.count, found.measurement.base) == expected


def test_one_activity_is_something_and_a_share_above_nothing_too() -> None:
    half = row("A", measure="participation_rate", audience="teachers", number=90, unit="%")
    found = over("goals_carried_out_rate", half, activities=held(1, audience="teachers", present=1))
    assert found.measurement is not None and (found.measurement.count, found.measurement.base) == (1, 1)


def test_a_part_open_and_a_part_with_nothing_done_is_not_carried_out() -> None:
    told = held(2, topic_1="law")
    nothing, unsure = row("A", part="a", topic="drugs"), row("A", part="b", partner="police")
    for rows, expected in (((nothing, unsure), (0, 0)), ((row("A", part="a", topic="law"), unsure), (0, 1))):
        found = over("goals_carried_out_rate", *rows, activities=told)
        assert found.measurement is not None and (found.measurement.low, found.measurement.high) == expected


def test_a_part_beside_the_one_over_the_others_keeps_its_own_measure() -> None:
    own, over_them = row("III", part="a"), row("III", part="b", measure="goals_met_rate", number=60)
    found = goals(MET, own, over_them, activities=held(2))["III"]
    assert [one.measurement and one.measurement.measure for one in found.parts] == ["activity_count", "goals_met_rate"]
    assert [one.status for one in found.parts] == ["met", "met"]


def test_a_goal_is_due_on_its_day() -> None:
    found = over("goals_met_rate", row("A", due_on=AS_OF), declared={"hoat_dong": AS_OF})
    assert found.measurement is not None and found.measurement.base == 1
    found = over("goals_met_rate", row("A", due_on=date(2026, 11, 17)))
    assert found.measurement is not None and found.measurement.base == 0


def test_a_goal_that_is_known_is_taken_over_and_one_over_the_others_is_judged_again() -> None:
    evidence = evidence_of({"plan": [MET, MISSED, row("III", measure="goals_met_rate", number=60)], "activities": held(2)})
    first = {goal.id: goal for goal in judge_plan(evidence, YEAR, AS_OF)}
    known = {**first, "B": first["B"].model_copy(update={"status": first["A"].status})}
    again = {goal.id: goal for goal in judge_plan(evidence, YEAR, AS_OF, known=known)}
    assert again["B"] is known["B"] and again["A"] is first["A"]
    over_them = again["III"].parts[0].measurement
    assert over_them is not None and (over_them.count, over_them.base) == (2, 2)


def test_a_goal_keeps_its_name_and_the_order_of_its_parts() -> None:
    found = goals(row(part="b"), row("H"), row(part="a"), activities=held(2))
    assert [(name, goal.id, [one.part for one in goal.parts]) for name, goal in found.items()] == [("G", "G", ["b", "a"]), ("H", "H", [""])]
