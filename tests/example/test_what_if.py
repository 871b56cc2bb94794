"""What a review promises of a step is what happens: each is carried out on a copy of the workbooks and reviewed again."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review as judged
from antq_review.scoring import summary as sum_up
from antq_review.scoring.advice import ranking as advice
from antq_review.scoring.advice.trials import Tried
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Advice, Finding, GoalStatus, Review, TextResult
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from tests.example.carry_out import carry_out

#: Days on which much is open: half-way, at the period's end with a form undeclared, after it, and the example's own day.
DAYS = [(date(2024, 6, 30), 10), (date(2024, 12, 31), 2), (date(2025, 12, 31), 1), (date(2026, 11, 16), 1)]
MET = {Truth.YES, Truth.NOT_APPLICABLE}
CLOSED = (GoalStatus.MET, GoalStatus.EXCEEDED, GoalStatus.NOT_MET)


@pytest.fixture(scope="module")
def promised() -> dict[date, tuple[Review, list[tuple[Tried, Advice]]]]:
    """Day → its review, and the first steps that change workbooks, each as tried and as printed."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        kept: list[list[Tried]] = []
        really = advice.try_steps
        patch.setattr(advice, "try_steps", lambda standing: kept.append((answer := really(standing))[0]) or answer)
        for day, count in DAYS:
            review = judged(read_folder(example_folder().with_name(str(day.year))), in_force(day.year), day)
            pairs = zip(kept.pop(), review.to_do, strict=True)
            found[day] = review, [pair for pair in pairs if pair[0].step.changes][:count]
    return found


CASES = [(day, place) for day, count in DAYS for place in range(count)]


@pytest.mark.parametrize(("day", "place"), CASES, ids=lambda value: str(value))
def test_carrying_out_a_step_changes_what_was_printed(day, place, promised, tmp_path, monkeypatch) -> None:
    before, steps = promised[day]
    tried, printed = steps[place]
    after = []
    monkeypatch.setattr(sum_up, "to_do", lambda standing: ((), 0))  # what would help next is asked nobody here
    for way, change in enumerate(tried.step.changes):
        folder = tmp_path / str(way)
        shutil.copytree(example_folder().with_name(str(day.year)), folder)
        carry_out(folder, change)
        after.append(judged(read_folder(folder), in_force(day.year), day))
    for text in before.texts:
        _same_text(before, after, printed, text.id)
    closed = {
        goal.id: {one.goals[index].status for one in after} for index, goal in enumerate(before.goals)
        if goal.status not in (GoalStatus.MET, GoalStatus.EXCEEDED)
    }
    changed = {
        name: states.pop().value if len(states) == 1 else "either" for name, states in closed.items()
        if states <= set(CLOSED) and next(goal for goal in before.goals if goal.id == name).status not in states
    }
    assert changed == {goal.id: goal.becomes for goal in printed.goals}


def _same_text(before: Review, after: list[Review], printed: Advice, text_id: str) -> None:
    """The range, the classes or results left, the criteria settled: as printed, or unchanged where nothing was printed."""
    said = next((text for text in printed.texts if text.text == text_id), None)
    text, now = before.text(text_id), [one.text(text_id) for one in after]
    if text.range is not None:
        low, high = min(one.range.low for one in now), max(one.range.high for one in now)
        told = said.after if said else text.range
        assert (low, high) == (told.low, told.high)
        assert low - text.range.low == (said.points_won if said else 0)
    left = {result for one in now for result in _results(one.result)}
    if text.total is None:
        assert {result.value for result in _results(text.result) - left} == set(said.bands_removed if said else ())
    else:
        assert set(text.bands) - {band for one in now for band in one.bands} >= set(said.bands_removed if said else ())
    settled = {
        finding.id: {one.findings[index].settled for one in now} for index, finding in enumerate(text.findings)
        if not finding.settled.settled and all(one.findings[index].settled.settled for one in now)
    }
    assert set(settled) == {one.id for one in (said.settled if said else ())}
    for one in said.settled if said else ():
        outcomes = settled[one.id]
        if one.points is not None:
            assert {outcome.low for outcome in outcomes} == {one.points}
        elif one.becomes in ("yes", "no"):
            assert {outcome.truth.value for outcome in outcomes} == {one.becomes}
        else:
            assert len(outcomes) > 1
    by_reading = {
        finding.id for index, finding in enumerate(text.findings)
        if finding.id not in settled and not finding.settled.settled and not _one_reading_met(finding)
        and all(one.findings[index].settled.settled or _one_reading_met(one.findings[index]) for one in now)
    }
    assert by_reading == set(said.by_reading if said else ())


def _one_reading_met(finding: Finding) -> bool:
    """Is every part of the criterion met, or met under one of its readings?"""
    parts = finding.parts or (finding,)
    by_reading = [[{below.computed.truth for below in one.parts} <= MET for one in part.readings] for part in parts]
    return all(part.computed.truth in MET or any(met) for part, met in zip(parts, by_reading, strict=True))


def _results(result: TextResult | None) -> set[TextResult]:
    if result is TextResult.INSUFFICIENT:
        return {TextResult.MET, TextResult.NOT_MET}
    return {result} if result else set()


def test_what_the_first_step_prints(promised) -> None:
    _, ((_, first), *_) = promised[date(2024, 6, 30)]
    assert str(first.says) == "Thêm 1 văn bản (Quy chế – Công an (xã, phường, đặc khu, tỉnh))."
    assert "Quyết định 510: từ " in str(first.effect) and " điểm, chốt mục 4a" in str(first.effect)
    assert first.points == Decimal(1) and first.due_on == date(2024, 11, 15)
    rating = promised[date(2026, 11, 16)][1][0][1]
    assert str(rating.effect) == "Thông tư 124: chốt tiêu chí 6, đạt hay không thì chưa biết trước"
