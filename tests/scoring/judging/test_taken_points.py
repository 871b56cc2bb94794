"""Deductions and caps, one by one: what an event takes away, what a meeting settles, what stays open until the period's end.

The numbers are worked out by hand: `each` points for every event, never more than `at_most`, in the range that is still possible.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from antq_review.rules import rulebook
from antq_review.rules.model import Bound, Cap, Deduction, Rulebook
from antq_review.scoring.judging.deductions import judge_caps, judge_deductions, points_taken, possible_loss
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review_parts import CapFinding, DeductionFinding
from antq_review.text import literal
from tests.scoring.build import AS_OF, NOT_DECLARED, look_at

IN_JUNE, END = date(2026, 6, 30), date(2026, 11, 15)
TWO = {"incidents": [
    {"id": f"VV-{day}", "happened_on": date(2026, 3, day), "kind": "theft", "event_letter": "none", "verified": "yes"} for day in (2, 3)
]}
#: A concluded meeting: held in the period's last month, with minutes that have a number.
MEETING: Mapping[str, Any] = {
    "meetings": [{"id": "CH", "held_on": date(2026, 11, 10), "minutes": "BB"}],
    "documents": [{"id": "BB", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 10), "subject": "Biên bản"}],
}


def deducted(case: Mapping[str, Any], measure: str | None = "incident_count", **more: Any) -> DeductionFinding:
    """The finding of “2 points for each incident”, deduction T1 of the table."""
    one = Deduction(id="T1", text="Mỗi vụ (bịa)", citation=literal("Bảng (bịa)"), measure=measure, **{"each": Decimal(2), **more})
    (found,) = judge_deductions(book(deductions=(one,)), look_at(case, "qd_510"))
    assert (found.id, found.text, str(found.citation), found.each) == ("T1", "Mỗi vụ (bịa)", "Bảng (bịa)", 2)
    assert found.at_most == more.get("at_most")
    return found


def book(**more: Any) -> Rulebook:
    return rulebook("qd_510").model_copy(update=more)


def own(points: int | None, **more: Any) -> dict[str, Any]:
    """The school's own score for T1, concluded by the meeting."""
    return {"self_scores": [{"text": "qd_510", "criterion": "t1", "self_points": points, "meeting": "CH", **more}]}


def ends(found: DeductionFinding) -> tuple[Any, ...]:
    return found.computed.low, found.computed.high, [why.code for why in found.reasons]


# --- by a measure -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "at_most", "expected"),
    [
        (TWO, None, (4, 4, [])),
        (TWO, 10, (4, 4, [])),
        (TWO, 3, (3, 3, [])),
        ({}, 3, (0, 0, [])),
        (TWO | {"refused": {"incidents": 1}}, None, (4, 6, ["refused_row"])),  # the refused row may be a third incident
        (TWO | {"refused": {"incidents": 1}}, 5, (4, 5, ["refused_row"])),
        (TWO | {"declared": {"vu_viec": NOT_DECLARED}}, None, (4, None, ["undeclared"])),
        (TWO | {"declared": {"vu_viec": NOT_DECLARED}}, 10, (4, 10, ["undeclared"])),
        (TWO | {"as_of": IN_JUNE}, None, (4, None, ["period_open"])),  # more may follow until 15/11
        (TWO | {"as_of": IN_JUNE}, 10, (4, 10, ["period_open"])),
        (TWO | {"as_of": IN_JUNE}, 3, (3, 3, [])),  # no more than this can be taken
        (TWO | {"as_of": IN_JUNE, "declared": {"vu_viec": NOT_DECLARED}}, 10, (4, 10, ["undeclared"])),
        (TWO | {"as_of": END, "declared": {"vu_viec": END}}, None, (4, 4, [])),
    ],
)
def test_each_event_takes_its_points_up_to_the_most(case: Mapping[str, Any], at_most: int | None, expected: tuple[Any, ...]) -> None:
    found = deducted(case, at_most=None if at_most is None else Decimal(at_most))
    assert ends(found) == expected and found.settled == found.computed
    assert found.measurement is not None and found.measurement.low == len(case.get("incidents", ()))
    assert all(why.subject == "15/11/2026" and "hết 15/11/2026" in str(why.says) for why in found.reasons if why.code == "period_open")


def test_only_the_events_that_the_table_names_are_counted() -> None:
    assert ends(deducted(TWO, filter={"kind": ("drugs",)})) == (0, 0, [])


@pytest.mark.parametrize("at_most", [Decimal(5), None])
def test_without_a_measure_only_a_meeting_knows(at_most: Decimal | None) -> None:
    found = deducted({}, None, at_most=at_most)
    assert ends(found) == (0, at_most, ["needs_judgement"]) and found.measurement is None
    assert found.reasons[0].subject == "Mỗi vụ (bịa)" and "Mỗi vụ (bịa)" in str(found.reasons[0].says)
    assert (found.self_points, found.concluded, found.verified_points, found.agreed_points) == (None, False, None, None)
    assert (found.reason, str(found.conflict)) == ("", "")


# --- beside the school's own score --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("points", "settled"), [(0, 0), (1, 1), (5, 5)])
def test_a_concluded_score_in_the_range_settles_a_deduction(points: int, settled: int) -> None:
    found = deducted({**MEETING, **own(points)}, None, at_most=Decimal(5))
    assert (found.settled.low, found.settled.high) == (settled, settled)
    assert (found.self_points, found.concluded, bool(found.conflict)) == (points, True, False)
    assert (found.computed.low, found.computed.high) == (0, 5) and [why.code for why in found.reasons] == ["needs_judgement"]


def test_without_a_limit_any_number_may_be_concluded() -> None:
    found = deducted({**MEETING, **own(40)}, None)
    assert (found.settled.low, found.settled.high, bool(found.conflict)) == (40, 40, False)


@pytest.mark.parametrize(
    ("case", "measure", "more"),
    [
        (own(1), None, {"at_most": Decimal(5)}),  # no meeting is in the folder
        ({**MEETING, **own(1, meeting=None)}, None, {"at_most": Decimal(5)}),  # nor named
        ({**MEETING, **own(None, verified_points=1)}, None, {"at_most": Decimal(5)}),  # the superior's points are not the school's
        ({**MEETING, **TWO, **own(4), "declared": {"vu_viec": NOT_DECLARED}}, "incident_count", {}),  # the form must be declared
        ({**MEETING, **TWO, **own(4)}, "incident_count", {}),  # the evidence says 4 already
    ],
)
def test_what_settles_no_deduction(case: Mapping[str, Any], measure: str | None, more: Mapping[str, Any]) -> None:
    found = deducted(case, measure, **more)
    assert found.settled == found.computed and not found.conflict
    assert found.self_points == case["self_scores"][0]["self_points"]


def test_a_score_counts_as_concluded_only_with_points_and_a_meeting() -> None:
    assert deducted({**MEETING, **own(4), **TWO}).concluded
    assert not deducted({**MEETING, **own(None, verified_points=1)}).concluded
    assert not deducted(own(4)).concluded


def test_of_a_period_that_runs_the_meeting_may_speak() -> None:
    meeting = {**MEETING, "meetings": [{"id": "CH", "held_on": date(2026, 11, 1), "minutes": "BB"}]}
    meeting["documents"] = [{**MEETING["documents"][0], "signed_on": date(2026, 11, 1)}]
    found = deducted({**meeting, **TWO, **own(4), "as_of": date(2026, 11, 2)}, at_most=Decimal(10))
    assert (found.settled.low, found.settled.high, found.concluded) == (4, 4, True)


@pytest.mark.parametrize(
    ("points", "measure", "more", "range_"),
    [(6, None, {"at_most": Decimal(5)}, "0–5"), (3, "incident_count", {}, "4–4"), (5, "incident_count", {}, "4–4")],
)
def test_a_score_outside_the_range_is_a_conflict_and_settles_nothing(
    points: int, measure: str | None, more: Mapping[str, Any], range_: str
) -> None:
    found = deducted({**MEETING, **TWO, **own(points)}, measure, **more)
    assert found.settled == found.computed
    assert f"Tự chấm {points} nằm ngoài khoảng {range_}" in str(found.conflict) and "ghi lý do" in str(found.conflict)


def test_a_score_below_an_open_range_is_a_conflict_too() -> None:
    found = deducted({**MEETING, **TWO, **own(3), "declared": {"vu_viec": NOT_DECLARED}})
    assert "nằm ngoài khoảng 4–không giới hạn" in str(found.conflict)


def test_the_other_points_and_the_reason_stand_beside_the_school_s_own() -> None:
    line = {"number": "T1", "text": "Mỗi vụ (bịa)", "each": Decimal(2), "agreed_points": Decimal(1)}
    score = own(3, reason="Vụ thứ hai ngoài trường", verified_points=2)
    found = deducted({**MEETING, **TWO, **score, "score_deductions": [line]})
    assert (found.self_points, found.verified_points, found.agreed_points) == (3, 2, 1)
    assert found.reason == "Vụ thứ hai ngoài trường" and "Vụ thứ hai ngoài trường" in str(found.conflict)


def test_the_loss_is_the_sum_of_the_settled_most_and_has_no_limit_where_one_has_none() -> None:
    bounded, settled, endless = deducted({}, None, at_most=Decimal(5)), deducted(TWO), deducted({}, None)
    assert [(one.low, one.high) for one in points_taken([bounded, settled])] == [(0, 5), (4, 4)]
    assert possible_loss([bounded, settled]) == 9
    assert possible_loss([bounded, endless]) is None
    assert possible_loss([]) == 0


# --- caps ---------------------------------------------------------------------------------------------------------------


def capped(case: Mapping[str, Any], bound: Mapping[str, int] | None = None, measure: str = "incident_count") -> CapFinding:
    """The finding of a cap: K1, no class above “Khá”."""
    limit = None if bound is None else Bound(**{name: Decimal(value) for name, value in bound.items()})
    one = Cap(id="K1", text="Có vụ (bịa)", citation=literal("Bảng (bịa)"), highest="Khá", measure=measure if limit else None, bound=limit)
    (found,) = judge_caps(book(caps=(one,)), look_at(case, "qd_510"))
    assert (found.id, found.text, str(found.citation), found.highest) == ("K1", "Có vụ (bịa)", "Bảng (bịa)", "Khá")
    return found


@pytest.mark.parametrize(
    ("case", "bound", "truth", "codes"),
    [
        (TWO, {"at_least": 1}, Truth.YES, []),
        (TWO, {"at_least": 3}, Truth.NO, []),
        (TWO | {"as_of": IN_JUNE}, {"at_least": 1}, Truth.YES, []),  # the number never falls
        (TWO | {"as_of": IN_JUNE}, {"at_least": 3}, Truth.UNKNOWN, ["period_open"]),
        (TWO | {"as_of": IN_JUNE}, {"at_most": 1}, Truth.NO, []),
        (TWO | {"as_of": IN_JUNE}, {"at_most": 2}, Truth.UNKNOWN, ["period_open"]),
        (TWO | {"as_of": IN_JUNE}, {"equals": 1}, Truth.UNKNOWN, ["period_open"]),
        (TWO | {"as_of": IN_JUNE}, {"equals": 2}, Truth.UNKNOWN, ["period_open"]),
        (TWO | {"declared": {"vu_viec": NOT_DECLARED}}, {"at_least": 1}, Truth.YES, []),  # what is missing could only add
        (TWO | {"declared": {"vu_viec": NOT_DECLARED}}, {"at_least": 3}, Truth.UNKNOWN, ["undeclared"]),
        (TWO | {"as_of": IN_JUNE, "declared": {"vu_viec": NOT_DECLARED}}, {"at_least": 3}, Truth.UNKNOWN, ["undeclared"]),
    ],
)
def test_a_cap_by_a_measure(case: Mapping[str, Any], bound: Mapping[str, int], truth: Truth, codes: list[str]) -> None:
    found = capped(case, bound)
    assert (found.truth, [why.code for why in found.reasons]) == (truth, codes)
    assert found.measurement is not None and found.measurement.low == 2
    assert all(why.subject == "15/11/2026" for why in found.reasons if why.code == "period_open")


def test_a_cap_by_a_rate_that_may_fall_is_decided_only_at_the_end() -> None:
    row = {"kind": "camera", "from_on": date(2026, 3, 2), "result": "passed"}
    case = {"checks": [row]}
    assert capped(case, {"at_least": 1}, "check_pass_rate").truth is Truth.YES
    early = capped({**case, "as_of": IN_JUNE}, {"at_least": 1}, "check_pass_rate")
    assert (early.truth, [why.code for why in early.reasons]) == (Truth.UNKNOWN, ["period_open"])


def table(*answers: tuple[str, str | None], meeting: str | None = "CH") -> dict[str, Any]:
    """The school's own table, in which the meeting answers the caps."""
    rows = [{"number": number, "text": "Có vụ (bịa)", "highest": "Khá", "concluded": answer} for number, answer in answers]
    return {"score_text": [{"source": "Bảng (bịa)", "meeting": meeting}], "score_caps": rows}


@pytest.mark.parametrize(
    ("case", "truth"),
    [
        ({**MEETING, **table(("K1", "yes"))}, Truth.YES),
        ({**MEETING, **table(("k1 ", "no"))}, Truth.NO),
        ({**MEETING, **table(("K0", "no"), ("K1", "yes"))}, Truth.YES),  # each cap has its own answer
        ({**MEETING, **table(("K1", None))}, Truth.UNKNOWN),
        ({**MEETING, **table(("K0", "yes"))}, Truth.UNKNOWN),
        ({**MEETING, **table(("K1", "yes"), meeting=None)}, Truth.UNKNOWN),
        (table(("K1", "yes")), Truth.UNKNOWN),  # the meeting is not in the folder
        ({**MEETING, **table(("K1", "yes")), "score_text": []}, Truth.UNKNOWN),
        ({**MEETING}, Truth.UNKNOWN),
    ],
)
def test_a_cap_without_a_measure_is_the_concluded_meeting_s(case: Mapping[str, Any], truth: Truth) -> None:
    found = capped(case)
    assert found.truth is truth and found.measurement is None
    assert [(why.code, why.subject) for why in found.reasons] == ([("needs_judgement", "Có vụ (bịa)")] if truth is Truth.UNKNOWN else [])


def test_the_days_of_these_tests_are_inside_and_after_the_period() -> None:
    assert IN_JUNE < END < AS_OF
