"""Turns findings, goals and table rows of a review into values of a comparison: one line in one year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from antq_review.forms.choices import Operator, StandardResult
from antq_review.history.model import YearValue
from antq_review.period import Period
from antq_review.scoring.model.numeric_tables import NumericRow, NumericTable
from antq_review.scoring.model.outcome import Measurement, Outcome, Reason, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalPart, GoalStatus, Review, TextReview
from antq_review.source import CellRef
from antq_review.text import fold, number, percent, say, words

_RANKS = {Truth.YES: 1, Truth.NO: 0}
_GOAL_RANKS = {GoalStatus.NOT_MET: 0, GoalStatus.MET: 1, GoalStatus.EXCEEDED: 2}
_RESULT_RANKS: dict[str, int] = {StandardResult.MET: 1, StandardResult.NOT_MET: 0}
_PERCENT, _HUNDRED = "%", 100
#: Tables without a period to compare: PL1 has days of counting, PL10 self-scores.
_WITHOUT_PERIOD = frozenset({"PL1", "PL10"})


# --- texts ---------------------------------------------------------------------------------------------------------


def asked(finding: Finding) -> str:
    """A hash of the wording of a criterion, with points and parts. Spacing and capitals do not change it."""
    return hashlib.sha256(json.dumps(_wording(finding), ensure_ascii=False).encode("utf-8")).hexdigest()


def _wording(finding: Finding) -> list[object]:
    """The wording without the numbers of provisions: a criterion that only got another number keeps its wording."""
    points = None if finding.points is None else str(finding.points.normalize())
    parts = [_wording(part) for part in finding.parts]
    readings = [[fold(reading.says), [_wording(part) for part in reading.parts]] for reading in finding.readings]
    return [fold(finding.text), finding.award.value, points, parts, readings]


def window(text: TextReview) -> Period:
    """The part of a text's period that the review covers, up to its last day of data."""
    return Period(text.period_start, text.data_until)


def criterion(finding: Finding, text: TextReview, year: int) -> YearValue:
    """The settled result of a criterion, with all its source cells."""
    settled = finding.settled
    return YearValue(
        year=year, state=settled.truth.value, rank=_RANKS.get(settled.truth), low=settled.low, high=settled.high,
        most=finding.points, asks=asked(finding), citation=finding.citation, window=window(text), open=_reasons(finding, settled),
        cells=tuple(dict.fromkeys(_ground(finding))),
    )


def _reasons(finding: Finding, settled: Outcome) -> tuple[Reason, ...]:
    return () if settled.settled else finding.reasons


def _ground(finding: Finding) -> Iterator[CellRef]:
    if finding.measurement:
        yield from finding.measurement.cells
    yield from finding.fact_cells
    if finding.self_score and finding.settled.settled and not finding.computed.settled:
        yield from finding.self_score.cells
    for part in below(finding):
        yield from _ground(part)


def below(finding: Finding) -> Iterator[Finding]:
    """The direct parts of a finding and of its readings."""
    yield from finding.parts
    for reading in finding.readings:
        yield from reading.parts


def measured_parts(finding: Finding, path: str = "") -> Iterator[tuple[str, Finding]]:
    """(path below the criterion, part) for every measured part; the path contains the letter of a reading."""
    if finding.measurement is not None:
        yield path, finding
    for part in finding.parts:
        yield from measured_parts(part, f"{path}/{part.id}")
    for reading in finding.readings:
        for part in reading.parts:
            yield from measured_parts(part, f"{path}/{reading.id}/{part.id}")


def measure(part: Finding, text: TextReview, year: int) -> YearValue:
    """The measured value of a part of a criterion."""
    found = part.measurement
    assert found is not None
    if not found.applies or part.computed.truth is Truth.NOT_APPLICABLE:
        return YearValue(year=year, state=Truth.NOT_APPLICABLE.value, unit=found.unit, is_rate=found.unit == "rate", cells=part.fact_cells)
    return _measured(found, year, window(text), found.measure, part.citation)


def _measured(found: Measurement, year: int, days: Period, asks: str, citation: str = "", unit: str | None = None) -> YearValue:
    return YearValue(
        year=year, low=found.low, high=found.high, count=found.count, base=found.base, is_rate=found.unit == "rate",
        unit=words("publish")["units"].get(found.unit, "") if unit is None else unit, asks=asks, citation=citation, window=days,
        open=() if found.settled else found.reasons, cells=found.cells,
    )


# --- the plan ------------------------------------------------------------------------------------------------------


def goal(found: Goal, year: int) -> YearValue:
    """The status of a goal of the plan."""
    reasons = tuple(dict.fromkeys(why for part in found.parts for why in part.reasons))
    rank = _GOAL_RANKS.get(found.status)
    cells = [cell for part in found.parts for cell in (*(part.measurement.cells if part.measurement else ()), *part.cells)]
    return YearValue(
        year=year, state=found.status.value, rank=rank, asks=sentence(found), target=_targets(found),
        open=() if rank is not None else reasons, cells=tuple(dict.fromkeys(cells)),
    )


def sentence(found: Goal) -> str:
    """The plan's own words for a goal, with the measures of its parts."""
    return "\n".join(f"{part.part} {fold(part.quote)} {part.measure} {part.is_rate}" for part in found.parts)


def _targets(found: Goal) -> str:
    several = len(found.parts) > 1
    return "; ".join(f"{part.part}) {_target(part)}" if several else _target(part) for part in found.parts)


def _target(part: GoalPart) -> str:
    if part.target is None:
        return "–"
    figure = percent(part.target) if part.is_rate else f"{number(part.target)} {part.unit}".strip()
    return f"{Operator.labels().get(part.operator, '')} {figure}".strip()


def goal_measure(part: GoalPart, review: Review) -> YearValue:
    """The measured value of a part of a goal, from the start of the plan up to its due day or the day of the review."""
    found = part.measurement
    assert found is not None
    if not found.applies:
        return YearValue(year=review.year, state=Truth.NOT_APPLICABLE.value, unit=part.unit, is_rate=part.is_rate, cells=part.cells)
    days = Period(review.plan_start, min(part.due_on, review.as_of))
    side = _measured(found, review.year, days, part.measure, unit=part.unit)
    # A measure that counts the goals of the plan has no cells of its own.
    return side if side.cells else side.model_copy(update={"cells": part.cells})


# --- tables --------------------------------------------------------------------------------------------------------


def row(found: NumericRow, table: NumericTable, review: Review) -> YearValue:
    """A row of a numeric table. A meeting's result in words becomes a state; an unknown number stays None.

    A self-score counts as open while the evidence leaves its criterion open; so does a total with such a criterion.
    """
    open_reasons = _open_criterion(found.key, review) if table.id == "PL10" else ()
    if open_reasons:
        said = found.words or ("" if found.value is None else number(found.value))
        return YearValue(year=review.year, said=said, unit=found.unit, open=open_reasons, cells=found.cells)
    days = None if table.id in _WITHOUT_PERIOD else Period(table.period_start, table.period_end)
    is_rate = found.unit == _PERCENT
    codes = (code for code, label in StandardResult.labels().items() if label == found.words)
    said = next(codes, "") if found.words else ""
    note = (Reason(code="note", says=_note(found, table)),) if found.note and (found.value is None or found.at_least) else ()
    return YearValue(
        year=review.year, state=said, rank=_RESULT_RANKS.get(said), said=found.words,
        low=_of_one(found.value, is_rate), high=_of_one(found.at_most if found.at_least else found.value, is_rate),
        unit="" if is_rate else found.unit, is_rate=is_rate, window=days, open=note, cells=found.cells,
    )


def _note(found: NumericRow, table: NumericTable) -> str:
    """The reason why a number is unknown. A pointer to the notes below the table is replaced by these notes."""
    pointer, not_asked = say("numeric.notes.form_open"), words("numeric")["not_asked"].get(table.id, "-")
    below_it = "; ".join(note.rstrip(".") for note in table.notes if not_asked not in note)
    return found.note.replace(pointer, below_it) if below_it else found.note


def _open_criterion(key: str, review: Review) -> tuple[Reason, ...]:
    """The reasons why the criterion of a self-score, or any criterion of a total, is open; empty if all are settled."""
    for text in review.texts:
        asked = [finding for finding in text.findings if key in (f"{text.id}.{finding.id}", f"{text.id}.total")]
        if reasons := tuple(dict.fromkeys(why for finding in asked if not finding.settled.settled for why in finding.reasons)):
            return reasons
    return ()


def _of_one(value: Decimal | None, is_rate: bool) -> Decimal | None:
    return value / _HUNDRED if value is not None and is_rate else value


# --- sums ----------------------------------------------------------------------------------------------------------


def total(findings: Iterable[Finding], text: TextReview, year: int) -> YearValue:
    """The sum of points of the criteria, as a range.

    `asks` stays empty: the caller chooses criteria of unchanged wording.
    """
    every = list(findings)
    low = sum((one.settled.low or Decimal(0) for one in every), Decimal(0))
    high = sum((one.settled.high or Decimal(0) for one in every), Decimal(0))
    reasons = tuple(dict.fromkeys(why for one in every if not one.settled.settled for why in one.reasons))
    return YearValue(
        year=year, low=low, high=high, most=sum((one.points or Decimal(0) for one in every), Decimal(0)), window=window(text),
        open=reasons, cells=tuple(dict.fromkeys(cell for one in every for cell in _ground(one))),
    )
