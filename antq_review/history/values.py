"""Turns findings, goals and table rows of a review into values of a comparison: one line in one year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from antq_review.forms.catalogue import same_sentence
from antq_review.forms.choices import Operator, StandardResult
from antq_review.history.model import YearValue
from antq_review.history.wording import asked
from antq_review.period import Period
from antq_review.scoring.model.numeric_tables import NumericRow, NumericTable
from antq_review.scoring.model.outcome import Measurement, Outcome, Reason, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalPart, GoalStatus, Review, TextReview
from antq_review.scoring.numeric.notes import notes_in, one_note
from antq_review.source import CellRef
from antq_review.text import SILENT, Message, listing, literal, shaped, tell, words

_RANKS = {Truth.YES: 1, Truth.NO: 0}
_GOAL_RANKS = {GoalStatus.NOT_MET: 0, GoalStatus.MET: 1, GoalStatus.EXCEEDED: 2, GoalStatus.SELF_NOT_MET: 0, GoalStatus.SELF_MET: 1}
_RESULT_RANKS: dict[str, int] = {StandardResult.MET: 1, StandardResult.NOT_MET: 0}
_PERCENT, _HUNDRED = "%", 100
#: Tables without a period to compare: PL1 has days of counting, PL10 self-scores.
_WITHOUT_PERIOD = frozenset({"PL1", "PL10"})


# --- texts ---------------------------------------------------------------------------------------------------------


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


def in_turn(every: Iterable[Sequence[Reason]]) -> tuple[Reason, ...]:
    """The first reason of each, then the second of each: a reader of the first two sees more than one open part."""
    rounds = zip_longest(*every)
    return tuple(dict.fromkeys(why for turn in rounds for why in turn if why is not None))


def _ground(finding: Finding) -> Iterator[CellRef]:
    for one in (place.finding for place in finding.walk()):
        if one.measurement:
            yield from one.measurement.cells
        yield from one.fact_cells
        if one.self_score and one.settled_by_meeting:
            yield from one.self_score.cells


def measure(part: Finding, text: TextReview, year: int) -> YearValue:
    """The measured value of a part of a criterion."""
    found = part.measurement
    assert found is not None
    if not found.applies or part.computed.truth is Truth.NOT_APPLICABLE:
        return YearValue(
            year=year, state=Truth.NOT_APPLICABLE.value, unit=literal(found.unit),
            is_rate=found.unit == "rate", cells=part.fact_cells,
        )
    return _measured(found, year, window(text), found.measure, part.citation)


def _measured(found: Measurement, year: int, days: Period, asks: str, citation: Message = SILENT, unit: Message | None = None) -> YearValue:
    return YearValue(
        year=year, low=found.low, high=found.high, count=found.count, base=found.base, is_rate=found.unit == "rate",
        unit=_unit(found.unit) if unit is None else unit, asks=asks, citation=citation, window=days,
        open=() if found.settled else found.reasons, cells=found.cells,
    )


def _unit(name: str) -> Message:
    return tell(f"publish.units.{name}") if name in words("publish")["units"] else SILENT


# --- the plan ------------------------------------------------------------------------------------------------------


def goal(found: Goal, year: int) -> YearValue:
    """The status of a goal of the plan."""
    reasons = in_turn(part.reasons for part in found.parts)
    rank = _GOAL_RANKS.get(found.status)
    cells = [cell for part in found.parts for cell in (*(part.measurement.cells if part.measurement else ()), *part.cells)]
    return YearValue(
        year=year, state=found.status.value, rank=rank, asks=sentence(found), target=_targets(found),
        open=() if rank is not None else reasons, cells=tuple(dict.fromkeys(cells)),
    )


def sentence(found: Goal) -> str:
    """The plan's own words for a goal, without the names of a school, with the measures of its parts."""
    return "\n".join(
        f"{part.part} {same_sentence(found.id, part.quote)} {part.measure} {part.is_rate}" for part in found.parts
    )


def _targets(found: Goal) -> Message:
    if len(found.parts) == 1:
        return _target(found.parts[0])
    every = (tell("compare.target.of_part", part=part.part, target=_target(part)) for part in found.parts)
    return tell("compare.target.all", targets=listing(every, "; "))


def _target(part: GoalPart) -> Message:
    if part.target is None:
        return tell("compare.no_target")
    figure = shaped(part.target, "percent") if part.is_rate else part.target
    sign = Operator.labels().get(part.operator, "")
    unit = "" if part.is_rate else part.unit
    key = f"{'sign_' if sign else ''}number{'_unit' if unit else ''}"
    return tell(f"compare.target.{key}", sign=sign, number=figure, unit=unit)


def goal_measure(part: GoalPart, review: Review) -> YearValue:
    """The measured value of a part of a goal, from the start of the plan up to its due day or the day of the review."""
    found = part.measurement
    assert found is not None
    if not found.applies:
        return YearValue(
            year=review.year, state=Truth.NOT_APPLICABLE.value, unit=literal(part.unit), is_rate=part.is_rate, cells=part.cells
        )
    days = Period(review.plan_start, min(part.due_on, review.as_of))
    side = _measured(found, review.year, days, part.measure, unit=literal(part.unit))
    # A measure that counts the goals of the plan has no cells of its own.
    return side if side.cells else side.model_copy(update={"cells": part.cells})


# --- tables --------------------------------------------------------------------------------------------------------


def row(found: NumericRow, table: NumericTable, review: Review) -> YearValue:
    """A row of a numeric table. A meeting's result in words becomes a state; an unknown number stays None.

    A self-score counts as open while the evidence leaves its criterion open; so does a total with such a criterion.
    """
    open_reasons = _open_criterion(found.key, review) if table.id == "PL10" else ()
    if open_reasons:
        said = found.words or (SILENT if found.value is None else tell("compare.target.number", number=found.value))
        return YearValue(year=review.year, said=said, unit=found.unit, open=open_reasons, cells=found.cells)
    days = None if table.id in _WITHOUT_PERIOD else Period(table.period_start, table.period_end)
    is_rate = str(found.unit) == _PERCENT
    result = StandardResult.of_label(str(found.words)) if found.words else None
    note = (Reason(code="note", says=_note(found, table)),) if found.note and (found.value is None or found.at_least) else ()
    return YearValue(
        year=review.year, state=result.value if result else "", rank=_RESULT_RANKS.get(result.value) if result else None,
        said=found.words,
        low=_of_one(found.value, is_rate), high=_of_one(found.at_most if found.at_least else found.value, is_rate),
        unit=SILENT if is_rate else found.unit, is_rate=is_rate, window=days, open=note, cells=found.cells,
    )


def _note(found: NumericRow, table: NumericTable) -> Message:
    """The reason why a number is unknown. A pointer to the notes below the table is replaced by these notes."""
    pointer = tell("numeric.notes.form_open")
    below_it = listing((shaped(note, "no_stop") for note in table.notes if not _is_not_asked(note, table)), "; ")
    if not below_it:
        return found.note
    if not found.note.key:  # stored by an earlier version, as plain text
        return literal(str(found.note).replace(str(pointer), str(below_it)))
    return one_note(tell("numeric.notes.several", notes=below_it) if note == pointer else note for note in notes_in(found.note))


def _is_not_asked(note: Message, table: NumericTable) -> bool:
    """Does the note name numbers that no form collects? An earlier version stored it as plain text."""
    not_asked = words("numeric")["not_asked"].get(table.id)
    return not_asked is not None and not_asked in str(note)


def _open_criterion(key: str, review: Review) -> tuple[Reason, ...]:
    """The reasons why the criterion of a self-score, or any criterion of a total, is open; empty if all are settled."""
    for text in review.texts:
        of_key = [finding for finding in text.findings if key in (f"{text.id}.{finding.id}", f"{text.id}.total")]
        if reasons := in_turn(finding.reasons for finding in of_key if not finding.settled.settled):
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
    reasons = in_turn(one.reasons for one in every if not one.settled.settled)
    return YearValue(
        year=year, low=low, high=high, most=sum((one.points or Decimal(0) for one in every), Decimal(0)), window=window(text),
        open=reasons, cells=tuple(dict.fromkeys(cell for one in every for cell in _ground(one))),
    )
