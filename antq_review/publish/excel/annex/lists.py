"""The school's own lists: the plan row by row, and the faults of the workbooks."""

from __future__ import annotations

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.publish import wording as phrases
from antq_review.publish.excel import values as state
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter
from antq_review.publish.tables.evidence_codes import codes_of
from antq_review.scoring.model.review import Goal, GoalPart, Review
from antq_review.source import column_letters
from antq_review.text import day, say

_PLAN_WIDTHS = {
    "id": 9, "part": 4, "quote": 40, "measure": 22, "target": 9, "done": 13, "unit": 11, "result": 13, "whole": 13, "due": 11,
    "in_charge": 14, "note": 26, "codes": 20, "cells": 30,
}
_PROBLEM_WIDTHS = {
    "severity": 12, "place": 34, "says": 32, "found": 20, "expected": 28, "remedy": 34, "consequence": 28,
}


def _page(book: Workbook, review: Review, name: str, widths: dict[str, int]) -> SheetWriter:
    columns = [SheetColumn(say(f"annex.{name}.{column}"), width) for column, width in widths.items()]
    page = SheetWriter(book.create_sheet(say(f"annex.sheets.{name}")), WORKING, columns)
    page.title(say(f"annex.{name}.title"))
    page.line(Put(f"{review.school.name} – {say('annex.year', year=review.year)}", bold=True, size=11), centred=False)
    if review.draft:
        page.line(Put(say("annex.draft"), bold=True, colour=style.OPEN, size=11), centred=False)
    return page


def _close(page: SheetWriter, review: Review) -> None:
    """Sets filter buttons over the rows, then paper and page numbers."""
    first = page.sheet.freeze_panes
    page.sheet.auto_filter.ref = f"A{int(first[1:]) - 1}:{column_letters(len(page.columns))}{page.next_row - 1}"
    page.finish(draft=review.draft, internal=say("annex.internal_mark"))


def plan_sheet(book: Workbook, review: Review) -> None:
    """Writes every part of every goal: its target, measured value, due day and cells."""
    page = _page(book, review, "plan", _PLAN_WIDTHS)
    span, until = phrases.span(review.plan_start, review.plan_end), day(min(review.plan_end, review.as_of))
    page.line(Put(say("annex.plan.period", span=span, until=until), italic=True), centred=False)
    page.headings()
    codes = codes_of(review)
    for goal in review.goals:
        for part in goal.parts:
            page.row(_part_row(goal, part, codes.get(goal.id, [])))
    _close(page, review)


def _part_row(goal: Goal, part: GoalPart, codes: list[str]) -> list[Put]:
    cells = [*part.cells, *(part.measurement.cells if part.measurement else ())]
    sent_back = map(str, goal.returned) if part is goal.parts[0] else ()
    notes = [*sent_back, *(str(why.says) for why in part.reasons), part.corrected_quote]
    notes += map(str, part.measurement.notes) if part.measurement else ()
    notes += [part.told] if part.measurement else []
    notes += [say("annex.plan.file", file=part.file)] if part.file else []
    return [
        Put(goal.id, bold=True), Put(part.part), Put(part.quote), Put(str(part.measure_label)),
        state.target(part.target, part.operator, part.is_rate), _done(part), Put(part.unit),
        state.goal(part.status), state.goal(goal.status), Put(part.due_on), Put(part.in_charge),
        Put("\n".join(dict.fromkeys(note for note in notes if note))), Put(", ".join(codes), size=9), state.places(cells),
    ]


def _done(part: GoalPart) -> Put:
    """The measured value; without a measure what the school wrote of it."""
    if part.measurement is None and part.told:
        return Put(part.told)
    return state.measured(part.measurement, part.target if part.is_rate else None, with_unit=False)


def problem_sheet(book: Workbook, review: Review) -> None:
    """Writes every fault of the workbooks: its place, found and expected value, remedy and consequence."""
    page = _page(book, review, "problems", _PROBLEM_WIDTHS)
    page.headings()
    for entry in problem_groups(review.problems):
        page.row(_problem_row(entry))
    if not review.problems:
        page.line(Put(say("annex.problems.none"), italic=True), centred=False)
    _close(page, review)


def _problem_row(entry: ProblemGroup) -> list[Put]:
    told = (entry.place, entry.says, entry.found, entry.expected, entry.remedy, entry.consequence)
    return [state.severity(entry.severity), *(Put(str(text)) for text in told)]
