"""Each way of awarding, one made-up provision at a time: what it gives, when it is final, and why it is open until then.

The provisions are no law. Each is the smallest that has the award, so that the result can be worked out from its one sentence.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from antq_review.rules import rulebook
from antq_review.rules.model import Award, AwardStep, Bound, Condition, Provision, Reading
from antq_review.scoring.judging.criteria import judge
from antq_review.scoring.model.finding import Finding
from antq_review.scoring.model.outcome import Outcome, Truth
from antq_review.text import literal
from tests.scoring.build import AS_OF, NOT_DECLARED, YEAR, evidence_of

YES, NO, UNKNOWN, APART = Truth.YES, Truth.NO, Truth.UNKNOWN, Truth.NOT_APPLICABLE
IN_JUNE, END, CLAUSE = date(2026, 6, 30), date(2026, 11, 15), literal("Điều 9 (bịa)")
OPEN_FORM = {"declared": {"vu_viec": NOT_DECLARED}}
REFUSED = {"refused": {"incidents": 1}}


def incidents(count: int) -> dict[str, Any]:
    row = {"kind": "theft", "event_letter": "none", "verified": "yes"}
    return {"incidents": [{**row, "id": f"VV-{day}", "happened_on": date(2026, 3, day)} for day in range(1, count + 1)]}


def provision(award: Award = Award.THRESHOLD, name: str = "9", **more: Any) -> Provision:
    """By default a threshold of two incidents at least; nobody would ask for that, but every number is plain."""
    given: dict[str, Any] = {"title": "Mục thử", "citation": CLAUSE, "text": "Chữ của mục (bịa)", "measure": "incident_count"}
    if award is Award.THRESHOLD:
        given["bound"] = Bound(at_least=Decimal(2))
    return Provision(id=name, award=award, **{**given, **more})


def judged(one: Provision, case: Mapping[str, Any], **more: Any) -> Finding:
    """The finding of one provision; each of its reasons must name what its code promises: the last day, the clause, the title."""
    book = rulebook("qd_510").model_copy(update={"criteria": (one,), **more})
    (found,) = judge(book, evidence_of(case), YEAR, case.get("as_of", AS_OF))
    last_day = "31/3/2026" if one.due_quarter else "15/11/2026"
    named = {"not_due": last_day, "period_open": "15/11/2026", "split_unknown": str(CLAUSE), "needs_judgement": "Mục thử"}
    assert all(why.subject == named.get(why.code, why.subject) for why in found.reasons)
    return found


def result(found: Finding) -> tuple[Any, ...]:
    """The truth, the points where there are any, the codes of the reasons."""
    ends = () if found.computed.low is None else (found.computed.low, found.computed.high)
    return (found.computed.truth, *ends, *(why.code for why in found.reasons))


def points(number: int) -> Decimal:
    return Decimal(number)


# --- a threshold --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(2), (YES,)),
        (incidents(1), (NO,)),
        (incidents(2) | {"as_of": IN_JUNE}, (YES,)),  # a count never falls
        (incidents(1) | {"as_of": IN_JUNE}, (UNKNOWN, "not_due")),
        (incidents(1) | {"as_of": END}, (NO,)),  # the last day is the due day
        (incidents(1) | OPEN_FORM, (UNKNOWN, "undeclared")),
        (incidents(1) | REFUSED, (UNKNOWN, "refused_row")),
        (incidents(0) | REFUSED, (NO,)),  # one more row is still less than two
    ],
)
def test_a_threshold(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(), case)
    assert result(found) == expected and found.settled == found.computed
    assert found.measurement is not None and found.measurement.low == len(case["incidents"])


@pytest.mark.parametrize(("as_of", "expected"), [
    (date(2026, 3, 30), (UNKNOWN, "not_due")), (date(2026, 3, 31), (NO,)), (date(2026, 4, 1), (NO,)),
])
def test_what_is_due_in_a_quarter_is_missed_when_the_quarter_is_over(as_of: date, expected: tuple[Any, ...]) -> None:
    found = judged(provision(due_quarter=1), {"as_of": as_of})
    assert result(found) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(2), (YES, 3, 3)),
        (incidents(0), (NO, 0, 0)),
        (incidents(1), (UNKNOWN, 0, 3, "split_unknown")),  # something was done; the text says nothing of a part of the points
        (incidents(1) | {"as_of": IN_JUNE}, (UNKNOWN, 0, 3, "not_due")),
        (incidents(1) | OPEN_FORM, (UNKNOWN, 0, 3, "undeclared")),
    ],
)
def test_a_threshold_with_points(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(points=points(3)), case)
    assert result(found) == expected and found.measurement is not None


@pytest.mark.parametrize(
    ("bound", "case", "expected"),
    [
        ({"at_most": 1}, incidents(1), (YES,)),
        ({"at_most": 1}, incidents(1) | {"as_of": IN_JUNE}, (UNKNOWN, "period_open")),  # one more may happen
        ({"equals": 1}, incidents(1) | {"as_of": IN_JUNE}, (UNKNOWN, "period_open")),
        ({"at_most": 1}, incidents(1) | {"as_of": END}, (YES,)),
        ({"at_most": 1}, incidents(2), (NO,)),
    ],
)
def test_an_upper_bound_is_kept_only_at_the_end(bound: Mapping[str, int], case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    limit = Bound(**{name: points(number) for name, number in bound.items()})
    found = judged(provision(bound=limit), case)
    assert result(found) == expected and found.measurement is not None


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(2), (YES, 5, 5)),
        (incidents(1), (NO, 1, 1)),  # the text gives 1 point where the threshold is missed
        (incidents(2) | {"as_of": IN_JUNE}, (YES, 5, 5)),
        (incidents(1) | {"as_of": IN_JUNE}, (UNKNOWN, 1, 5, "period_open")),
        (incidents(1) | OPEN_FORM, (UNKNOWN, 1, 5, "undeclared")),
        (incidents(1) | OPEN_FORM | {"as_of": IN_JUNE}, (UNKNOWN, 1, 5, "undeclared")),
    ],
)
def test_points_for_a_missed_threshold(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(points=points(5), else_points=points(1)), case)
    assert result(found) == expected and found.measurement is not None


@pytest.mark.parametrize(("as_of", "expected"), [(IN_JUNE, (UNKNOWN, 1, 5, "period_open")), (END, (YES, 5, 5))])
def test_points_for_a_kept_upper_bound_are_certain_only_at_the_end(as_of: date, expected: tuple[Any, ...]) -> None:
    one = provision(points=points(5), else_points=points(1), bound=Bound(at_most=points(1)))
    assert result(judged(one, incidents(1) | {"as_of": as_of})) == expected


def test_a_rate_that_may_fall_is_final_at_the_end() -> None:
    row = {"kind": "camera", "from_on": date(2026, 3, 2), "result": "passed"}
    one = provision(measure="check_pass_rate", bound=Bound(at_least=points(1)), points=points(5), else_points=points(1))
    assert result(judged(one, {"checks": [row]})) == (YES, 5, 5)
    assert result(judged(one, {"checks": [row], "as_of": IN_JUNE})) == (UNKNOWN, 1, 5, "period_open")


# --- by amount ----------------------------------------------------------------------------------------------------------

STEPS = (AwardStep(at_least=points(1), points=points(5)), AwardStep(at_least=points(3), points=points(8)))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(0), (YES, 0, 0)),
        (incidents(2), (YES, 5, 5)),
        (incidents(3), (YES, 8, 8)),
        (incidents(2) | REFUSED, (UNKNOWN, 5, 8, "refused_row")),
        (incidents(2) | {"as_of": IN_JUNE}, (UNKNOWN, 5, 8, "period_open")),
        (incidents(3) | {"as_of": IN_JUNE}, (YES, 8, 8)),
        (incidents(2) | {"as_of": IN_JUNE} | OPEN_FORM, (UNKNOWN, 5, 8, "undeclared", "period_open")),
    ],
)
def test_steps(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(Award.STEPS, points=points(8), steps=STEPS), case)
    assert result(found) == expected and found.measurement is not None


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(2), (YES, 6, 6)),
        (incidents(4), (YES, 10, 10)),
        (incidents(2) | REFUSED, (UNKNOWN, 6, 9, "refused_row")),
        (incidents(2) | {"as_of": IN_JUNE}, (UNKNOWN, 6, 10, "period_open")),
        (incidents(2) | OPEN_FORM, (UNKNOWN, 6, 10, "undeclared")),
    ],
)
def test_points_for_each_unit(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(Award.PER_UNIT, points=points(10), points_per_unit=points(3)), case)
    assert result(found) == expected and found.measurement is not None


def test_a_rate_that_may_fall_may_fall_to_nothing_before_the_end() -> None:
    """The best step of a pass rate, reached in June: the next failed check may take it away."""
    row = {"kind": "camera", "from_on": date(2026, 3, 2), "result": "passed"}
    one = provision(Award.STEPS, measure="check_pass_rate", points=points(5), steps=STEPS[:1])
    assert result(judged(one, {"checks": [row]})) == (YES, 5, 5)
    assert result(judged(one, {"checks": [row], "as_of": IN_JUNE})) == (UNKNOWN, 0, 5, "period_open")


# --- nothing may happen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (incidents(0), (YES, 3, 3)),
        (incidents(1), (NO, 0, 0)),
        (incidents(1) | {"as_of": IN_JUNE}, (NO, 0, 0)),  # what happened cannot be undone
        (incidents(0) | {"as_of": IN_JUNE}, (UNKNOWN, 0, 3, "period_open")),
        (incidents(0) | {"as_of": END}, (YES, 3, 3)),
        (incidents(0) | OPEN_FORM, (UNKNOWN, 0, 3, "undeclared")),
        (incidents(0) | REFUSED, (UNKNOWN, 0, 3, "refused_row")),
    ],
)
def test_nothing_may_happen(case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(Award.NONE_OF, points=points(3)), case)
    assert result(found) == expected and found.measurement is not None


# --- people judge, nobody has read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "required", "expected"),
    [
        (incidents(1), True, (UNKNOWN, 0, 3, "needs_judgement")),
        (incidents(0), True, (NO, 0, 0)),  # what needs evidence has none, on a form declared to the end
        (incidents(0) | {"as_of": IN_JUNE}, True, (UNKNOWN, 0, 3, "not_due")),
        (incidents(0) | OPEN_FORM, True, (UNKNOWN, 0, 3, "needs_judgement", "undeclared")),
        (incidents(1) | OPEN_FORM, True, (UNKNOWN, 0, 3, "needs_judgement")),
        (incidents(0), False, (UNKNOWN, 0, 3, "needs_judgement")),
        (incidents(0) | OPEN_FORM, False, (UNKNOWN, 0, 3, "needs_judgement")),
    ],
)
def test_people_judge(case: Mapping[str, Any], required: bool, expected: tuple[Any, ...]) -> None:
    found = judged(provision(Award.JUDGEMENT, points=points(3), evidence_required=required), case)
    assert result(found) == expected and found.measurement is not None


def test_people_judge_without_anything_to_count() -> None:
    found = judged(provision(Award.JUDGEMENT, measure=None, evidence_required=True), {})
    assert result(found) == (UNKNOWN, "needs_judgement") and found.measurement is None


def test_what_nobody_has_read_is_open_with_its_clause() -> None:
    found = judged(provision(Award.UNREAD, measure=None, points=points(88)), {})
    assert result(found) == (UNKNOWN, 0, 88, "rule_missing") and found.reasons[0].subject == str(CLAUSE)


def test_a_measure_that_does_not_concern_the_school_is_shown_and_says_so() -> None:
    """Nobody in the guard force may be considered: a rate of nobody is no rate."""
    row = {"unit": "Bảo vệ", "year_considered": "2025-2026", "eligible": "no"}
    one = provision(measure="rated_rate", filter={"unit_kind": ("guard_force",)}, bound=Bound(at_least=points(1)))
    found = judged(one, {"ratings": [row]})
    assert result(found) == (APART,) and found.measurement is not None and not found.measurement.applies
    assert "không đơn vị nào đủ điều kiện bình xét" in str(found.not_applicable)


# --- parts and readings -------------------------------------------------------------------------------------------------


def part(name: str, at_least: int, **more: Any) -> Provision:
    return provision(name=name, bound=Bound(at_least=points(at_least)), **more)


@pytest.mark.parametrize(
    ("award", "needed", "case", "expected"),
    [
        (Award.ALL_OF, (1, 2), incidents(2), (YES,)),
        (Award.ALL_OF, (1, 3), incidents(2), (NO,)),
        (Award.ANY_OF, (1, 3), incidents(2), (YES,)),
        (Award.ANY_OF, (3, 4), incidents(2), (NO,)),
        (Award.ALL_OF, (1, 3), incidents(2) | OPEN_FORM, (UNKNOWN, "undeclared")),
        (Award.ANY_OF, (3, 4), incidents(2) | OPEN_FORM, (UNKNOWN, "undeclared")),
    ],
)
def test_parts_without_points(award: Award, needed: tuple[int, int], case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    parts = tuple(part(f"9{name}", number) for name, number in zip("ab", needed, strict=True))
    found = judged(provision(award, measure=None, parts=parts), case)
    assert result(found) == expected
    assert [one.id for one in found.parts] == ["9a", "9b"] and all(one.measurement is not None for one in found.parts)


@pytest.mark.parametrize(
    ("needed", "zero_if_nothing", "case", "expected"),
    [
        ((1, 2), False, incidents(2), (YES, 3, 3)),
        ((1, 3), False, incidents(2), (UNKNOWN, 0, 3, "split_unknown")),
        ((3, 4), False, incidents(2), (NO, 0, 0)),
        ((3, 4), True, incidents(2), (UNKNOWN, 0, 3, "split_unknown")),  # something was done
        ((3, 4), True, incidents(0), (NO, 0, 0)),
        ((3, 4), True, incidents(0) | {"as_of": IN_JUNE}, (UNKNOWN, 0, 3, "not_due")),
        ((1, 3), False, incidents(2) | OPEN_FORM, (UNKNOWN, 0, 3, "undeclared")),
        ((1, 3), False, incidents(2) | {"as_of": IN_JUNE}, (UNKNOWN, 0, 3, "not_due")),
    ],
)
def test_parts_share_points_that_the_text_does_not_split(
    needed: tuple[int, int], zero_if_nothing: bool, case: Mapping[str, Any], expected: tuple[Any, ...]
) -> None:
    parts = tuple(part(f"9{name}", number) for name, number in zip("ab", needed, strict=True))
    found = judged(provision(Award.ALL_OF, points=points(3), parts=parts, zero_if_nothing=zero_if_nothing), case)
    assert result(found) == expected and [one.id for one in found.parts] == ["9a", "9b"]
    assert found.measurement is not None and found.measurement.low == len(case["incidents"])


def test_one_part_missed_and_one_open_says_both_reasons() -> None:
    parts = (part("9a", 3), provision(Award.JUDGEMENT, name="9b", measure=None))
    found = judged(provision(Award.ALL_OF, measure=None, points=points(3), parts=parts), incidents(2))
    assert result(found) == (UNKNOWN, 0, 3, "needs_judgement", "split_unknown") and found.measurement is None


def readings(*needed: int) -> tuple[Reading, ...]:
    return tuple(
        Reading(id=name, says=f"Cách hiểu {name}", basis="INFERRED", parts=(part("9", number),))
        for name, number in zip("AB", needed, strict=True)
    )


@pytest.mark.parametrize(
    ("needed", "case", "with_points", "expected"),
    [
        ((1, 2), incidents(2), False, (YES,)),
        ((3, 4), incidents(2), False, (NO,)),
        ((1, 3), incidents(2), False, (UNKNOWN, "reading_differs")),
        ((1, 3), incidents(2), True, (UNKNOWN, 0, 3, "reading_differs")),
        ((1, 2), incidents(2), True, (YES, 3, 3)),
        ((1, 3), incidents(2) | OPEN_FORM, False, (UNKNOWN, "undeclared")),  # one reading is open itself
        ((3, 4), incidents(2) | OPEN_FORM, True, (UNKNOWN, 0, 3, "undeclared")),
    ],
)
def test_readings(needed: tuple[int, int], case: Mapping[str, Any], with_points: bool, expected: tuple[Any, ...]) -> None:
    more = {"points": points(3)} if with_points else {}
    found = judged(provision(Award.ALL_OF, measure=None, readings=readings(*needed), **more), case)
    assert result(found) == expected
    assert [(one.id, one.says, one.basis) for one in found.readings] == [(name, f"Cách hiểu {name}", "INFERRED") for name in "AB"]
    assert [[inner.id for inner in one.parts] for one in found.readings] == [["9"], ["9"]]
    assert all((one.outcome.low is None) is not with_points for one in found.readings)
    for why in found.reasons:
        if why.code == "reading_differs":
            assert why.subject == str(CLAUSE) and "Mục thử" in str(why.says)


# --- where a provision applies ------------------------------------------------------------------------------------------

GUARDED = Condition(fact="has_guard_force", values=("yes",), says="nơi có lực lượng bảo vệ")
WHERE_CHECKED = Condition(measure="check_count", filter={"kind": ("camera",)}, says="nơi có kiểm tra camera")


def checks(count: int) -> dict[str, Any]:
    return {"checks": [{"kind": "camera", "from_on": date(2026, 3, day + 1), "result": "passed"} for day in range(count)]}


@pytest.mark.parametrize(
    ("fact", "case", "expected"),
    [
        ("yes", incidents(2), (YES,)),
        ("yes", incidents(1), (NO,)),
        ("no", incidents(2), (APART,)),
        ("", incidents(1), (UNKNOWN, "base_unknown")),
        ("", incidents(1) | OPEN_FORM, (UNKNOWN, "base_unknown", "undeclared")),
        ("", incidents(2), (YES,)),  # met, or it does not apply: met
    ],
)
def test_a_fact_of_the_profile_decides_where_a_provision_applies(fact: str, case: Mapping[str, Any], expected: tuple[Any, ...]) -> None:
    found = judged(provision(applies=GUARDED), {**case, "profile": {"has_guard_force": fact}})
    assert result(found) == expected
    assert [cell.shown for cell in found.fact_cells] == ([fact] if fact else [])
    assert str(found.not_applicable) == ("Không áp dụng: chỉ nơi có lực lượng bảo vệ." if fact == "no" else "")
    assert (found.measurement is None) is (fact == "no")
    for why in found.reasons:
        if why.code == "base_unknown":
            assert why.subject == "profile" and "trường có lực lượng bảo vệ hay không" in str(why.says)


def test_without_a_profile_no_fact_is_known() -> None:
    evidence = evidence_of(incidents(1))
    evidence.profile_row = None
    book = rulebook("qd_510").model_copy(update={"criteria": (provision(applies=GUARDED),)})
    (found,) = judge(book, evidence, YEAR, AS_OF)
    assert result(found) == (UNKNOWN, "base_unknown")


@pytest.mark.parametrize(
    ("case", "expected", "cells"),
    [
        (checks(1), (NO, 0, 0), True),  # one row is enough for it to apply
        (checks(2), (NO, 0, 0), True),
        ({"checks": [{**checks(1)["checks"][0], "kind": "fire"}]}, (APART, 0, 0), True),  # the declaration is its cell
        ({"declared": {"kiem_tra": NOT_DECLARED}}, (UNKNOWN, 0, 3, "undeclared"), False),
        ({"refused": {"checks": 1}}, (UNKNOWN, 0, 3, "refused_row"), False),  # the refused row may be such a check
    ],
)
def test_a_measure_decides_where_a_provision_applies(case: Mapping[str, Any], expected: tuple[Any, ...], cells: bool) -> None:
    found = judged(provision(applies=WHERE_CHECKED, points=points(3)), {**case, **incidents(0)})
    assert result(found) == expected
    assert bool(found.fact_cells) is cells


def test_a_part_of_which_it_is_not_known_whether_it_applies_shows_what_is_below_it() -> None:
    unsure = {"profile": {"has_guard_force": ""}}
    found = judged(provision(Award.ALL_OF, measure=None, parts=(part("9a", 3),), applies=GUARDED), {**incidents(2), **unsure})
    assert result(found) == (UNKNOWN, "base_unknown") and [one.id for one in found.parts] == ["9a"]
    found = judged(provision(Award.ALL_OF, measure=None, readings=readings(3, 4), applies=GUARDED), {**incidents(2), **unsure})
    assert result(found) == (UNKNOWN, "base_unknown") and [one.id for one in found.readings] == ["A", "B"]
    found = judged(provision(applies=GUARDED), {**incidents(1), **unsure})
    assert found.measurement is not None and found.measurement.low == 1


def test_a_part_that_applies_shows_what_is_below_it() -> None:
    found = judged(provision(Award.ALL_OF, measure=None, parts=(part("9a", 1),), applies=GUARDED), incidents(2))
    assert result(found) == (YES,) and [one.id for one in found.parts] == ["9a"]
    found = judged(provision(Award.ALL_OF, measure=None, readings=readings(1, 2), applies=GUARDED), incidents(2))
    assert result(found) == (YES,) and [one.id for one in found.readings] == ["A", "B"]
    row = {"unit": "Bảo vệ", "year_considered": "2025-2026", "eligible": "no"}
    rated = provision(measure="rated_rate", filter={"unit_kind": ("guard_force",)}, bound=Bound(at_least=points(1)), applies=GUARDED)
    found = judged(rated, {"ratings": [row]})
    assert result(found) == (APART,) and "bình xét" in str(found.not_applicable) and found.fact_cells


# --- the finding itself -------------------------------------------------------------------------------------------------


def test_a_finding_keeps_the_words_of_its_provision() -> None:
    found = judged(provision(points=points(3), confidence="INFERRED", note="Cách hiểu (bịa)"), incidents(2))
    assert (found.id, found.title, found.citation, found.text) == ("9", "Mục thử", CLAUSE, "Chữ của mục (bịa)")
    assert (found.award, found.points, found.confidence, found.note) == (Award.THRESHOLD, 3, "INFERRED", "Cách hiểu (bịa)")
    assert found.computed == Outcome(truth=YES, low=points(3), high=points(3)) and found.reasons == ()


def test_a_draft_text_leaves_a_reason_at_what_is_settled() -> None:
    settled = judged(provision(), incidents(2), draft=True)
    assert [why.code for why in settled.reasons] == ["rule_unconfirmed"]
    assert settled.reasons[0].subject == str(rulebook("qd_510").short)
    assert result(judged(provision(), incidents(1) | OPEN_FORM, draft=True)) == (UNKNOWN, "undeclared")
    assert judged(provision(), incidents(2)).reasons == ()


def test_a_score_of_no_points_below_what_the_text_gives_at_least_is_said_with_its_number() -> None:
    """The threshold is missed for 1 point or met for 5: no points at all are not possible."""
    score = {"text": "qd_510", "criterion": "9", "self_points": 0}
    found = judged(provision(points=points(5), else_points=points(1)), {**incidents(1), **OPEN_FORM, "self_scores": [score]})
    assert str(found.conflict).startswith("Tự chấm 0 nằm ngoài khoảng 1–5 theo minh chứng.")
