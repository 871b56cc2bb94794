"""Contradictions inside one summary: figures that cannot be true together. A summary that this tool made has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from antq_review.package.model import Summary, TextSummary
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.text import Message, tell


def contradictions(summary: Summary) -> Iterator[Message]:
    """Each contradiction with its two figures."""
    for text in summary.texts:
        yield from _of_text(text)
    for form in summary.forms:
        if form.with_file > form.file_rows:
            yield tell("package.sense.more_than_all", what=form.form, part=form.with_file, whole=form.file_rows)
    by_kind = sum(summary.incidents.by_kind.values())
    if summary.incidents.verified != by_kind:
        yield tell("package.sense.not_the_sum", what="incidents", whole=summary.incidents.verified, part=by_kind)
    yield from _doubled(summary)
    for table, rows in summary.tables.items():
        for row in rows:
            if row.at_most is not None and row.at_most < (row.value or 0):
                yield tell("package.sense.range", what=f"{table}, {row.key}", low=row.value or 0, high=row.at_most)
            if row.value is not None and row.value < 0:
                yield tell("package.sense.below_nought", what=f"{table}, {row.key}", value=row.value)
    if summary.version.kind.is_official is summary.draft:
        yield tell("package.sense.version", version=summary.version.kind.value)


def _doubled(summary: Summary) -> Iterator[Message]:
    """Whatever stands twice would be counted twice: a text, a criterion, a sentence of the plan, a line, a form, a file."""
    lists: dict[str, Sequence[str]] = {
        "texts": [one.id for one in summary.texts], "goals": [one.id for one in summary.goals],
        "forms": [one.form for one in summary.forms], "evidence": (*summary.evidence.own, *summary.evidence.received),
        **{text.short: [one.id for one in text.criteria] for text in summary.texts},
        **{goal.id: [one.part for one in goal.parts] for goal in summary.goals},
        **{table: [row.key for row in rows] for table, rows in summary.tables.items()},
    }
    for what, names in lists.items():
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            yield tell("package.sense.twice", what=what, name=twice)


def _of_text(text: TextSummary) -> Iterator[Message]:
    follows = result_of(text)
    if text.total is None and text.result in (TextResult.MET, TextResult.NOT_MET) and follows is not text.result:
        yield tell("package.sense.result", text=text.short, says=text.result.value, follows=follows.value)
    for one in text.criteria:
        if one.low is not None and one.high is not None and one.low > one.high:
            yield tell("package.sense.range", what=f"{text.short}, {one.id}", low=one.low, high=one.high)
    if text.range is not None and text.considered is not None and (text.range.high or Decimal(0)) > text.considered + (text.bonus or 0):
        yield tell("package.sense.more_than_all", what=text.short, part=text.range.high, whole=text.considered)


def result_of(text: TextSummary) -> TextResult:
    """What the criteria of a text without points give: one that is not met decides, then one that is open."""
    truths = {one.settled for one in text.criteria}
    if Truth.NO in truths:
        return TextResult.NOT_MET
    return TextResult.INSUFFICIENT if Truth.UNKNOWN in truths else TextResult.MET
