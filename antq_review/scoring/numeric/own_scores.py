"""The numeric table PL10: the points or the result that a concluded meeting gave to each criterion.

Unit: points, or đạt / chưa đạt. Without a concluded meeting there is no number. The result computed from the evidence is
in the tables of the texts.
"""

from __future__ import annotations

from decimal import Decimal

from antq_review.forms.choices import StandardResult
from antq_review.period import Period
from antq_review.rules import Award
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.model.review import DeductionFinding, Finding, TextReview
from antq_review.scoring.numeric.lines import Direction, Line, Section, TableLines
from antq_review.scoring.numeric.notes import note
from antq_review.scoring.numeric.rows import NumericLines
from antq_review.text import SILENT, Message, criterion_label, literal, tell

#: The confidence of the rows of a school's own score table.
_OWN_ROW = "SCHOOL"


def _own_scores(lines: NumericLines, line: Line) -> None:
    """One line for each criterion and deduction of each text, and one for its total."""
    for text in lines.texts:
        lines.group = text.short
        for finding in text.findings:
            _own_line(lines, line, text, finding)
        for taken in text.deductions:
            _own_deduction(lines, line, text, taken)
        if text.total is not None:
            _own_total(lines, line, text, text.total)


def _own_line(lines: NumericLines, line: Line, text: TextReview, finding: Finding) -> None:
    own = finding.self_score if finding.self_score is not None and finding.self_score.concluded else None
    key, cells, standard = _key(line, text, finding.id), own.cells if own else (), _standard(finding.points or Decimal(0))
    kind = "criterion" if text.total is None else "item"
    title = finding.marked_text if finding.confidence == _OWN_ROW else finding.title  # an own row's title is only the beginning of its text
    label = tell(f"numeric.{kind}", id=criterion_label(finding.id), title=title)
    if finding.award is Award.UNREAD:
        lines.put(line, None, How.ENTERED, key=key, label=literal(finding.title), unit=standard, note=note("unread"))
    elif text.total is None:
        result = literal(StandardResult.label_of(own.result)) if own and own.result else SILENT
        said, unit = SILENT if result else note("not_concluded"), tell("numeric.units.result")
        lines.put(line, None, How.ENTERED, cells, key=key, label=label, unit=unit, note=said, words_shown=result)
    else:
        points = own.points if own else None
        said = SILENT if points is not None else note("not_concluded")
        lines.put(line, points, How.ENTERED, cells, key=key, label=label, unit=standard, note=said)


def _own_deduction(lines: NumericLines, line: Line, text: TextReview, taken: DeductionFinding) -> None:
    """Adds a deduction as a number below 0, so that the lines add up to the total."""
    own = -taken.self_points if taken.concluded and taken.self_points is not None else None
    label = tell("numeric.item", id=criterion_label(taken.id), title=taken.text)
    said = SILENT if own is not None else note("not_concluded")
    lines.put(line, own, How.ENTERED, key=_key(line, text, taken.id), label=label, note=said)


def _own_total(lines: NumericLines, line: Line, text: TextReview, total: Decimal) -> None:
    """Adds the sum less the deductions.

    It needs the points of every item and deduction: a part of a total is no total.
    """
    own = text.own_total()
    said = SILENT if own is not None else note("not_enough")
    lines.put(
        line, own, How.SUMMED, key=_key(line, text, "total"), label=tell("numeric.rows.own_total"), unit=_standard(total), note=said
    )


def _key(line: Line, text: TextReview, name: str) -> str:
    return line.key.format(text=text.id, criterion=name)


def _standard(points: Decimal) -> Message:
    return tell("numeric.standard", points=points)


def _periods(lines: NumericLines) -> Period:
    """From the first to the last day of the periods of the texts; without a text: the days of the review."""
    if not lines.texts:
        return lines.look.window
    return Period(min(text.period_start for text in lines.texts), max(text.period_end for text in lines.texts))


PL10 = TableLines("PL10", period=_periods, sections=(
    Section("", (Line("{text}.{criterion}", "points", Direction.MORE, _own_scores, free=True),)),
))
