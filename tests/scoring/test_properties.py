"""What holds for every school (outcomes, part 4, “Properties, tested”), over generated evidence, both texts and the plan.

A valid row is one that the reader would not complain of. For activities that means: `expected` is blank or equal to the
headcount of its audience, nobody is counted twice in one campaign, and no campaign has more people present than there are –
own numbers that contradict the headcount carry a warning, and then anything may follow. Headcounts reach back before the
first activity. For ratings and models: one row for a unit or a name.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_review.ingest.participation import people_problems
from antq_review.rules import in_force
from antq_review.scoring import judge, judge_plan, review
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.model.outcome import Interval, Outcome, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalStatus, Review
from tests.scoring.build import NOT_DECLARED, YEAR, evidence_of
from tests.scoring.strategies import (
    FORM_OF,
    GROWING,
    PLAN,
    ROWS,
    declared,
    ready,
    schools,
    valid,
    with_row,
    without_row,
)

pytestmark = pytest.mark.usefixtures("without_steps")

#: A school is judged some 25 times for one example, so there is one for every twelve of a cheap property, and five at least.
thorough = settings(
    max_examples=max(5, settings.default.max_examples // 12), deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


class Said(NamedTuple):
    """Everything a review says that could widen or turn, by its place."""

    outcomes: dict[str, Outcome]
    intervals: dict[str, Interval]
    statuses: dict[str, GoalStatus]


def reviewed(case: Mapping[str, Any]) -> Review:
    return review(evidence_of({**case, "plan": PLAN}), in_force(YEAR), case["as_of"])


def judged(case: Mapping[str, Any]) -> Said:
    """Both texts and the plan judged, without the tables and registers of a whole review."""
    evidence = evidence_of({**case, "plan": PLAN})
    index = Index(evidence)
    texts = {text.id: judge(text, evidence, YEAR, case["as_of"], index) for text in in_force(YEAR)}
    return _said(texts, judge_plan(evidence, YEAR, case["as_of"], index=index))


def said(found: Review) -> Said:
    return _said({text.id: text.findings for text in found.texts}, found.goals)


def _said(texts: Mapping[str, tuple[Finding, ...]], goals: Sequence[Goal]) -> Said:
    outcomes: dict[str, Outcome] = {}
    intervals: dict[str, Interval] = {}
    for text_id, findings in texts.items():
        for place, finding in _places(text_id, findings):
            outcomes[f"{place} computed"], outcomes[f"{place} settled"] = finding.computed, finding.settled
            if finding.measurement is not None and finding.measurement.applies:
                intervals[place] = finding.measurement
    parts = [(f"{goal.id} {part.part}", part) for goal in goals for part in goal.parts]
    intervals |= {place: part.measurement for place, part in parts if part.measurement is not None}
    statuses = {place: part.status for place, part in parts} | {goal.id: goal.status for goal in goals}
    return Said(outcomes, intervals, statuses)


def _places(start: str, findings: tuple[Finding, ...]) -> Iterator[tuple[str, Finding]]:
    for finding in findings:
        place = f"{start}/{finding.id}"
        yield place, finding
        yield from _places(place, finding.parts)
        for reading in finding.readings:
            yield from _places(f"{place}:{reading.id}", reading.parts)


def no_wider(after: Said, before: Said) -> None:
    """Nothing decided is turned, no range and no interval is wider than before."""
    for place, old in before.outcomes.items():
        new = after.outcomes[place]
        assert old.truth is Truth.UNKNOWN or new.truth is old.truth, (place, old, new)
        if old.low is not None and old.truth is not Truth.NOT_APPLICABLE and new.truth is not Truth.NOT_APPLICABLE:
            assert old.low <= new.low and new.high <= old.high, (place, old, new)
    for place, wide in before.intervals.items():
        narrow = after.intervals.get(place)
        if narrow is not None:
            assert narrow.low >= wide.low, (place, wide, narrow)
            assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high), (place, wide, narrow)
    for place, status in before.statuses.items():
        assert after.statuses[place] in ALLOWED[status], (place, status, after.statuses[place])


_DONE = {GoalStatus.MET, GoalStatus.EXCEEDED}
#: What may become of a goal when more is known. “Not yet due” may be met early, or fail early (“none” is broken by one).
ALLOWED = {
    **{status: {status} for status in (GoalStatus.NOT_MET, GoalStatus.SHOWN, GoalStatus.NO_MEASURE)},
    GoalStatus.MET: _DONE, GoalStatus.EXCEEDED: _DONE,
    GoalStatus.OPEN: {*_DONE, GoalStatus.NOT_MET, GoalStatus.OPEN, GoalStatus.NOT_DUE},
    GoalStatus.NOT_DUE: {*_DONE, GoalStatus.NOT_MET, GoalStatus.OPEN, GoalStatus.NOT_DUE},
}


@thorough
@given(schools(), st.data())
def test_a_valid_row_on_an_undeclared_form_never_widens(case: dict[str, Any], data: st.DataObject) -> None:
    whole = ready(case)
    for table in GROWING:
        less = {**whole, "declared": {**whole["declared"], FORM_OF[table]: NOT_DECLARED}}
        more = with_row(less, table, data.draw(ROWS[table]))
        if valid(table, more[table]) == more[table] and not people_problems(evidence_of(more)):
            no_wider(judged(more), judged(less))


@thorough
@given(schools())
def test_declaring_a_form_never_widens(case: dict[str, Any]) -> None:
    before = judged(case)
    for form in sorted(set(FORM_OF.values())):
        no_wider(judged(declared(case, form)), before)


@thorough
@given(schools())
def test_refusing_a_row_never_narrows(case: dict[str, Any]) -> None:
    case = ready(case)
    before = judged(case)
    for table in (*GROWING, "self_scores", "meetings"):
        for number in range(len(case[table])):
            no_wider(before, judged(without_row(case, table, number)))


@thorough
@given(schools())
def test_low_is_not_above_high_the_total_is_the_sum_and_what_is_open_says_why(case: dict[str, Any]) -> None:
    found = reviewed(case)
    for text in found.texts:
        for place, finding in _places(text.id, text.findings):
            for outcome in (finding.computed, finding.settled):
                assert outcome.low is None or outcome.low <= outcome.high, place
            assert finding.computed.settled or finding.reasons, place
            assert finding.computed == finding.settled or finding.self_score is not None, place
    for place, interval in said(found).intervals.items():
        assert interval.high is None or interval.low <= interval.high, place
        assert interval.settled or interval.reasons, place  # type: ignore[attr-defined]
    for goal in found.goals:
        _goal_says_why(goal)
    _total_is_the_sum(found)


def _goal_says_why(goal: Goal) -> None:
    for part in goal.parts:
        assert part.status not in (GoalStatus.OPEN, GoalStatus.NOT_DUE) or part.reasons, (goal.id, part.part)


def _total_is_the_sum(found: Review) -> None:
    text = found.text("qd_510")
    assert text is not None and text.range is not None and text.considered is not None and text.unread is not None
    known = [finding for finding in text.findings if finding.award.value != "unread"]
    assert text.range.low == sum(finding.settled.low for finding in known)
    assert text.range.high == sum(finding.settled.high for finding in known)
    assert text.considered == sum(finding.points for finding in known)
    assert text.considered + text.unread == text.total == 100
    assert text.bands == ()


@thorough
@given(schools(), st.randoms())
def test_order_of_rows_files_and_columns_changes_nothing(case: dict[str, Any], chance: random.Random) -> None:
    """The same rows in another order, in files of other names, in other columns. Cells differ, nothing else does."""
    evidence = evidence_of({**case, "plan": PLAN})
    first = review(evidence, in_force(YEAR), case["as_of"])
    for table, data in evidence.tables.items():
        if table != "plan":
            chance.shuffle(data.rows)
        for row in data.rows:
            columns = list(row.columns)
            chance.shuffle(columns)
            object.__setattr__(row, "columns", {name: number for number, name in enumerate(columns, start=1)})
            object.__setattr__(row, "file", f"tep_khac_{row.file}")
    chance.shuffle(evidence.copies)
    second = review(evidence, in_force(YEAR), case["as_of"])
    assert said(second).outcomes == said(first).outcomes
    assert said(second).statuses == said(first).statuses
    for place, interval in said(first).intervals.items():
        other = said(second).intervals[place]
        assert (other.low, other.high) == (interval.low, interval.high), place
    assert _reasons(second) == _reasons(first)
    assert second.months == first.months and second.incidents.by_kind == first.incidents.by_kind


def _reasons(found: Review) -> dict[str, set[Any]]:
    return {
        place: set(finding.reasons) for text in found.texts for place, finding in _places(text.id, text.findings)
    }
