"""What would change if a step of the to-do list were done, as a DataFrame: every result before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import UsageError
from antq_review.ingest.model import Evidence
from antq_review.publish import wording as phrases
from antq_review.publish.tables.dataframe import TEXT, WHOLE, FrameRow, joined, of_columns
from antq_review.scoring.advice.effect import EITHER, POINTS, results_left
from antq_review.scoring.model.outcome import Interval, Truth
from antq_review.scoring.model.review import Finding, GoalStatus, Review, TextReview
from antq_review.scoring.model.review_parts import Advice, GoalEffect, Settled, TextEffect
from antq_review.scoring.pipeline import read_day, read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder
from antq_review.text import number, say, tell

if TYPE_CHECKING:
    import pandas

_COLUMNS = {
    "step": WHOLE, "says": TEXT, "text": TEXT, "key": TEXT, "id": TEXT, "title": TEXT, "before": TEXT, "after": TEXT, "assumes": TEXT,
    "citation": TEXT,
}
_WORDS = "publish.frames.what_if_words"


def what_if(of: Review | Evidence | Path | str, step: int | None = None, as_of: str = "", texts: str = "") -> pandas.DataFrame:
    """What would change if a step were done: a row for each result that the step settles or narrows.

    `of`: a review, whose steps were tried already; or the evidence, or a folder (empty: the example school), which is judged
    first, on the day `as_of` by `texts`, as `open_review` does. `step`: the number of the step in “Việc cần làm”; None: every
    step, each by itself. Each step was done on a copy of the evidence, and the copy was judged by the same rules; nothing is
    written. Raises UsageError for a number that no step has.

    >>> antq.what_if(review, 2)[["Mục", "Trước"]].to_dict("records")
    [{'Mục': '6', 'Trước': 'Chưa rõ'}]

    TT (Int64): the number of the step · Việc cần làm · Văn bản: `Kế hoạch` for a goal of the plan · Khóa, Mục, Nội dung ·
    Trước: the result now · Sau: the result after the step; a step whose effect is not known has one row that says so · Với
    điều kiện: what must hold for the effect · Căn cứ: the clause. Without a type: string.
    """
    review = _reviewed(of, as_of, texts)
    count = len(review.to_do)
    if step is not None and not 1 <= step <= count:
        raise UsageError(tell("publish.frames.no_step", given=step, count=count))
    steps = [(place, one) for place, one in enumerate(review.to_do, start=1) if step in (None, place)]
    return of_columns("what_if", _COLUMNS, [row for place, one in steps for row in _step_rows(review, place, one)])


def _reviewed(of: Review | Evidence | Path | str, as_of: str, texts: str) -> Review:
    if isinstance(of, Review):
        return of
    is_example = of == ""
    evidence = of if isinstance(of, Evidence) else read_folder(example_folder() if is_example else Path(of))
    return review_evidence(evidence, read_day(as_of or (EXAMPLE_DAY if is_example else "")), texts)


def _step_rows(review: Review, place: int, advice: Advice) -> Iterator[FrameRow]:
    head: FrameRow = {"step": place, "says": advice.says, "assumes": advice.assumes}
    if not advice.promised:
        yield {**head, "title": say(f"{_WORDS}.effect"), "after": advice.effect}
    of_id = {text.id: text for text in review.texts}
    for effect in advice.texts:
        for row in _text_rows(of_id[effect.text], effect):
            yield {**head, "text": effect.short, **row}
    goals = {goal.id: goal for goal in review.goals}
    for one in advice.goals:
        goal = goals[one.id]
        yield {
            **head, "text": say(f"{_WORDS}.plan"), "key": goal.id, "id": goal.id, "title": joined(part.quote for part in goal.parts),
            "before": phrases.word(goal.status), "after": _goal_becomes(one),
        }


def _text_rows(text: TextReview, effect: TextEffect) -> Iterator[FrameRow]:
    """The rows of a text: its total, its classes or results, the points considered, then its criteria."""
    if effect.before is not None and effect.before != effect.after:
        yield {"key": text.id, "title": say(f"{_WORDS}.total"), "before": _range(effect.before), "after": _range(effect.after)}
    if effect.bands_removed:
        left = list(text.bands) if text.total is not None else sorted(one.value for one in results_left(text))
        kept = [one for one in left if one not in effect.bands_removed]
        yield {"key": text.id, "title": say(f"{_WORDS}.possible"), "before": _possible(text, left), "after": _possible(text, kept)}
    if effect.considered and text.considered is not None:
        more = text.considered + effect.considered
        yield {"key": text.id, "title": say(f"{_WORDS}.considered"), "before": number(text.considered), "after": number(more)}
    findings = {one.id: one for one in text.findings}
    for one in effect.settled:
        yield {**_heads(text, findings[one.id]), "after": _becomes(one)}
    for name in effect.by_reading:
        yield {**_heads(text, findings[name]), "after": say(f"{_WORDS}.by_reading")}


def _heads(text: TextReview, finding: Finding) -> FrameRow:
    now = finding.settled
    shown = phrases.word(now.truth) if finding.points is None or now.low is None else phrases.between(now.low, now.high)
    return {
        "key": f"{text.id}/{finding.id}", "id": phrases.label(finding.id), "title": finding.title, "before": shown,
        "citation": finding.citation,
    }


def _becomes(one: Settled) -> str:
    if one.becomes == POINTS:
        return say(f"{_WORDS}.points_either") if one.points is None else number(one.points)
    return say(f"{_WORDS}.either") if one.becomes == EITHER else phrases.word(Truth(one.becomes))


def _goal_becomes(one: GoalEffect) -> str:
    return say(f"{_WORDS}.either") if one.becomes == EITHER else phrases.word(GoalStatus(one.becomes))


def _range(points: Interval | None) -> str:
    return phrases.between(points.low, points.high) if points is not None else ""


def _possible(text: TextReview, names: list[str]) -> str:
    """Classes, or results of a text without points, in words."""
    return joined(names if text.total is not None else (say(f"what_if.result.{name}") for name in names))
