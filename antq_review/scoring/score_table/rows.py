"""Converts the rows of a school's score table into provisions, and finds faults of single rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from antq_review.forms.choices import ScoreRowKind
from antq_review.forms.measure_labels import Measure
from antq_review.forms.rows.score_table import ScoreCap, ScoreDeduction, ScoreRow, path_of
from antq_review.ingest.check_targets import measure_of, target_fault
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.ingest.problems import how_to_name
from antq_review.ingest.row_problems import row_problem
from antq_review.rules import Award, AwardStep, Bound, Provision
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_astray, filters_of, measure_named
from antq_review.scoring.model.finding import marked
from antq_review.scoring.score_table.lines import ScoreLines
from antq_review.text import fold, listing, near_name, number

_STEP = re.compile(r"([0-9]+(?:,[0-9]+)?)\s*:\s*([0-9]+(?:,[0-9]+)?)\Z")
#: Kind of award → columns that it needs.
_NEEDS: dict[Award, tuple[str, ...]] = {
    Award.THRESHOLD: ("measure", "operator", "bound"), Award.STEPS: ("measure", "steps"),
    Award.PER_UNIT: ("measure", "points_per_unit"), Award.NONE_OF: ("measure",),
}
#: Columns that belong to one kind of award only.
_OWN = ("operator", "bound", "else_points", "steps", "points_per_unit")


def provisions_of(lines: ScoreLines) -> tuple[list[Provision], list[Problem]]:
    """The criteria of the table, and the faults of single rows. A row with a fault gives no criterion."""
    criteria: list[Provision] = []
    problems: list[Problem] = []
    for index in lines.criteria():
        row = lines.rows[index]
        faults = [*_row_faults(lines, index)]
        if row.values.points is None:
            faults.append(row_problem("score_points_missing", row, "points"))
        parts = [other for other in lines.below(index) if lines.is_part(other)]
        for part in parts:
            faults += _row_faults(lines, part)
            if lines.rows[part].values.points is not None:
                faults.append(row_problem("score_part_points", lines.rows[part], "points"))
        problems += faults
        if not faults:
            found, notes = _known(lines, row) if not parts else (None, [])
            problems += notes
            criteria.append(found or _provision(lines, index, tuple(_provision(lines, part) for part in parts)))
    return criteria, problems


def _known(lines: ScoreLines, row: EvidenceRow[ScoreRow]) -> tuple[Provision | None, list[Problem]]:
    """The shipped provision for a row with a known text, with the paper's points; and a problem for each difference."""
    shipped = next((one for one in lines.base.criteria if path_of(one.id) == path_of(row.values.number)), None)
    if shipped is None or shipped.award is Award.UNREAD or row.values.award or row.values.measure:
        return None, []
    if fold(row.values.text) != fold(shipped.text):
        return None, [row_problem("score_text_differs", row, "text")]
    notes = []
    if row.values.points != shipped.points:
        notes.append(row_problem("score_points_differ", row, "points", points=shipped.points or Decimal(0)))
    kind = _kind_of(row)
    title = marked(shipped.title, **kind)
    return shipped.model_copy(update={"points": row.values.points, "citation": lines.citation(row), "title": title, **kind}), notes


def _provision(lines: ScoreLines, index: int, parts: tuple[Provision, ...] = ()) -> Provision:
    row, award = lines.rows[index], lines.award(index)
    measure = measure_named(row.values.measure) if row.values.measure else None
    entry = registry().get(measure or "")
    scale = Decimal(100) if entry and entry.unit == "rate" else Decimal(1)
    bound = None
    if award is Award.THRESHOLD:
        assert row.values.operator is not None and row.values.bound is not None  # `_row_faults` found none missing
        bound = Bound.model_validate({row.values.operator: row.values.bound / scale})
    return Provision(
        id=str(row.values.number), title=marked(_title(str(row.values.text)), **_kind_of(row)), citation=lines.citation(row),
        text=str(row.values.text), award=award, points=row.values.points, measure=measure,
        filter=filters_of(row, entry.tables) if entry else {}, bound=bound,
        steps=tuple(AwardStep(at_least=at / scale, points=points) for at, points in _steps(row) or ()) if award is Award.STEPS else (),
        points_per_unit=row.values.points_per_unit if award is Award.PER_UNIT else None,
        else_points=row.values.else_points if award is Award.THRESHOLD else None, parts=parts, confidence="SCHOOL",
        note=str(row.values.note or ""), **_kind_of(row),
    )


class _Kind(TypedDict):
    bonus: bool
    one_of: str


def _kind_of(row: EvidenceRow[ScoreRow]) -> _Kind:
    """Does the row count beyond the total, and is it one of several of which only one counts?"""
    return {"bonus": row.values.row_kind == ScoreRowKind.BONUS, "one_of": (row.values.one_of or "").upper()}


def _title(text: str, longest: int = 60) -> str:
    """The first words of a row, as a title for tables. Unit of `longest`: characters."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0].rstrip(",;: ") + " …"


def _steps(row: EvidenceRow[ScoreRow]) -> list[tuple[Decimal, Decimal]] | None:
    """`90: 3; 70: 2` → [(90, 3), (70, 2)]; None where the cell has another form."""
    found = []
    for part in (piece.strip() for piece in str(row.values.steps or "").split(";")):
        if not part:
            continue
        read = _STEP.match(part)
        if read is None:
            return None
        try:
            found.append((Decimal(read[1].replace(",", ".")), Decimal(read[2].replace(",", "."))))
        except InvalidOperation:
            return None
    return found


# --- faults of one row -----------------------------------------------------------------------------------------------


def _row_faults(lines: ScoreLines, index: int) -> Iterator[Problem]:
    row, award = lines.rows[index], lines.award(index)
    needs = _NEEDS.get(award, ())
    headings = {column.name: column.heading for column in type(row.values).columns()}
    for name in needs:
        if row.value_of(name) is None:
            yield row_problem("score_needs", row, name, what=headings[name])
    for name in _OWN:
        belongs = name in needs or (name == "else_points" and award is Award.THRESHOLD)
        if row.value_of(name) is not None and not belongs:
            yield row_problem("score_not_for_award", row, name, what=headings[name])
    if award is Award.ALL_OF and not lines.below(index):
        yield row_problem("score_no_parts", row, "award")
    yield from measure_faults(row)
    yield from _point_faults(row, award)
    if award is Award.THRESHOLD:
        yield from bound_faults(row, "bound", [row.values.bound])
    if award is Award.STEPS:
        yield from bound_faults(row, "steps", [at for at, _ in _steps(row) or ()])


def bound_faults(row: EvidenceRow[ScoreRow | ScoreCap], field: str, figures: Iterable[Decimal | None]) -> Iterator[Problem]:
    """The fault that a threshold or a step is implausible for its measure: 0.9 for 90 %, a half activity."""
    measure = measure_of(row.values.measure)
    for figure in figures if measure else ():
        code = target_fault(measure, figure) if figure is not None else None
        if code is not None and figure is not None and measure is not None:
            yield row_problem(code, row, field, measure=measure.label, figure=figure, hundredfold=number(figure * 100))
            return


def measure_faults(row: EvidenceRow[ScoreRow | ScoreDeduction | ScoreCap]) -> Iterator[Problem]:
    """The faults that the measure is unknown, or that it does not accept a filter."""
    if not row.values.measure:
        return
    measure = measure_named(row.values.measure)
    if measure is None:
        labels = [one.label for one in Measure]
        yield row_problem("score_measure_unknown", row, "measure", how=how_to_name("measure", near_name(row.values.measure, labels)))
        return
    strange = filters_astray(measure, filters_of(row, registry()[measure].tables))
    if strange:
        yield row_problem("score_filter_unclear", row, "measure", filters=listing(strange))


def _point_faults(row: EvidenceRow[ScoreRow], award: Award) -> Iterator[Problem]:
    points = row.values.points
    if award is Award.STEPS and row.values.steps:
        steps = _steps(row)
        if not steps or len({at for at, _ in steps}) < len(steps):
            yield row_problem("score_steps_unclear", row, "steps")
        elif points is not None and max(worth for _, worth in steps) != points:
            yield row_problem("score_steps_top", row, "steps", points=points)
    less = row.values.else_points
    if less is not None and points is not None and less > points:
        yield row_problem("score_else_over", row, "else_points", points=points)
