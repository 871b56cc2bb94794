"""Rows of the school's own sheet for what a score table has beside its items: deductions, and caps on the class."""

from __future__ import annotations

from collections.abc import Iterator

from antq_review.publish import wording as phrases
from antq_review.publish.excel import values as state
from antq_review.publish.excel.page import Put
from antq_review.scoring.model.review import CapFinding, DeductionFinding, TextReview
from antq_review.text import say


def extra_rows(text: TextReview) -> Iterator[list[Put]]:
    """One row for each deduction and each cap, in the columns of the sheet."""
    for deduction in text.deductions:
        yield _deduction(deduction)
    for cap in text.caps:
        yield _cap(cap)


def _deduction(one: DeductionFinding) -> list[Put]:
    key = "deduction" if one.at_most is None else "deduction_most"
    title = say(f"annex.score.{key}", text=one.text, each=state.plain(one.each), most=one.at_most and state.plain(one.at_most))
    own = Put() if one.self_points is None else Put(phrases.less(one.self_points))
    verified = Put() if one.verified_points is None else Put(phrases.less(one.verified_points))
    reasons = [str(why.says) for why in one.reasons]
    reasons += [say("annex.internal.conflict", conflict=one.conflict)] if one.conflict else []
    reasons += [say("annex.internal.own_reason", reason=one.reason)] if one.reason else []
    return [
        Put(phrases.label(one.id), bold=True), Put(title), Put(str(one.citation)), Put(), Put(phrases.taken(one.computed)),
        Put(phrases.taken(one.settled)), own, verified, state.measured(one.measurement) if one.measurement else Put(),
        state.fraction(one.measurement), Put("\n".join(reasons)), Put("\n".join(str(why.settles) for why in one.reasons if why.settles)),
        Put(), state.places(one.measurement.cells if one.measurement else ()), Put(),
    ]


def _cap(one: CapFinding) -> list[Put]:
    found = Put(say(f"publish.caps.{one.truth.value}"))
    return [
        Put(phrases.label(one.id), bold=True), Put(say("annex.internal.cap", text=one.text, highest=one.highest)), Put(str(one.citation)),
        Put(), found, found, Put(), Put(), state.measured(one.measurement) if one.measurement else Put(), state.fraction(one.measurement),
        Put("\n".join(str(why.says) for why in one.reasons)), Put("\n".join(str(why.settles) for why in one.reasons if why.settles)),
        Put(), state.places(one.measurement.cells if one.measurement else ()), Put(),
    ]
