"""Classes, deductions and caps of a school's score table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from antq_review.forms.columns import Row
from antq_review.forms.rows.score_table import NUMBER, ScoreBand, ScoreCap, ScoreDeduction, path_of
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import how_to_name
from antq_review.ingest.row_problems import row_problem
from antq_review.rules import Band, Bound, Cap, Deduction
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_of, measure_named
from antq_review.scoring.score_table.lines import ScoreLines
from antq_review.scoring.score_table.rows import bound_faults, measure_faults
from antq_review.text import fold, listing, near_name


def bands_of(evidence: Evidence, total: Decimal, highest: Decimal) -> tuple[tuple[Band, ...], list[Problem]]:
    """The classes, best first, and their faults: order, gaps, overlaps, lowest above 0.

    `highest`: the total with the whole bonus. The best class begins at most there, and ends there or at `total`.
    """
    rows = evidence.of(ScoreBand)
    bands = tuple(Band(name=str(row.values.name), at_least=row.values.at_least) for row in rows)
    return bands, list(_band_faults(rows, total, highest))


def _band_faults(rows: Sequence[EvidenceRow[ScoreBand]], total: Decimal, highest: Decimal) -> Iterator[Problem]:
    names: set[str] = set()
    for above, row in zip([None, *rows], rows, strict=False):
        start, name = row.values.at_least, fold(row.values.name)
        if name in names:
            yield row_problem("score_band_twice", row, "name")
        names.add(name)
        if above is not None and start >= above.values.at_least:
            yield row_problem("score_band_order", row, "at_least", above=above.values.at_least)
        upper, expected = row.values.below, above.values.at_least if above is not None else total
        if upper is not None and upper != expected and (above is not None or upper != highest):
            yield row_problem("score_band_gap", row, "below", expected=expected)
        if start > highest:
            yield row_problem("score_band_over", row, "at_least", total=highest)
    if rows and rows[-1].values.at_least != 0:
        yield row_problem("score_band_lowest", rows[-1], "at_least")


def _filter(row: EvidenceRow[ScoreDeduction | ScoreCap]) -> tuple[str | None, dict[str, tuple[str, ...]]]:
    measure = measure_named(row.values.measure) if row.values.measure else None
    return measure, filters_of(row, registry()[measure].tables) if measure else {}


def _numbers(rows: Sequence[EvidenceRow[ScoreDeduction | ScoreCap]], lines: ScoreLines) -> Iterator[Problem]:
    """Faults of a number that is used twice. A self-score names a row by its number, so each number must be unique."""
    taken: dict[tuple[str, ...], EvidenceRow[Row]] = {path_of(row.values.number): row for row in lines.rows}
    for row in rows:
        path = path_of(row.values.number)
        if not NUMBER.match(row.values.number):
            yield row_problem("score_number_odd", row, "number")
        if path in taken:
            yield row_problem("score_number_twice", row, "number", other=taken[path].cell("number").cell)
        taken.setdefault(path, row)


def deductions_of(evidence: Evidence, lines: ScoreLines) -> tuple[tuple[Deduction, ...], list[Problem]]:
    """The deductions and their faults; with a fault no deduction is returned."""
    rows = evidence.of(ScoreDeduction)
    problems = [*_numbers(rows, lines), *(fault for row in rows for fault in _deduction_faults(row))]
    if problems:
        return (), problems
    found = []
    for row in rows:
        measure, wanted = _filter(row)
        found.append(Deduction(
            id=str(row.values.number), text=str(row.values.text), citation=lines.citation(row), each=row.values.each,
            at_most=row.values.at_most, measure=measure, filter=wanted,
        ))
    return tuple(found), []


def _deduction_faults(row: EvidenceRow[ScoreDeduction]) -> Iterator[Problem]:
    yield from measure_faults(row)
    measure = measure_named(row.values.measure) if row.values.measure else None
    if measure and registry()[measure].unit == "rate":
        yield row_problem("score_deduction_rate", row, "measure")
    if row.values.at_most is not None and row.values.at_most < row.values.each:
        yield row_problem("score_deduction_most", row, "at_most", each=row.values.each)


def caps_of(evidence: Evidence, lines: ScoreLines, bands: tuple[Band, ...]) -> tuple[tuple[Cap, ...], list[Problem]]:
    """The conditions that exclude higher classes, and their faults; with a fault no condition is returned."""
    rows = evidence.of(ScoreCap)
    classes = {fold(band.name): band.name for band in bands}
    problems = [*_numbers(rows, lines), *(fault for row in rows for fault in _cap_faults(row, classes))]
    if problems:
        return (), problems
    found = []
    for row in rows:
        measure, wanted = _filter(row)
        bound = None
        if measure:
            assert row.values.operator is not None and row.values.bound is not None  # `_cap_faults` found none missing
            scale = 100 if registry()[measure].unit == "rate" else 1
            bound = Bound.model_validate({row.values.operator: row.values.bound / scale})
        found.append(Cap(
            id=str(row.values.number), text=str(row.values.text), citation=lines.citation(row),
            highest=classes[fold(row.values.highest)], measure=measure, filter=wanted, bound=bound,
        ))
    return tuple(found), []


def _cap_faults(row: EvidenceRow[ScoreCap], classes: dict[str, str]) -> Iterator[Problem]:
    yield from measure_faults(row)
    yield from bound_faults(row, "bound", [row.values.bound])
    if fold(row.values.highest) not in classes:
        how = how_to_name("class", near_name(row.values.highest, classes.values()))
        yield row_problem("score_cap_class", row, "highest", known=listing(classes.values()) or "–", how=how)
    headings = {column.name: column.heading for column in type(row.values).columns()}
    for name in ("operator", "bound") if row.values.measure else ():
        if row.value_of(name) is None:
            yield row_problem("score_needs", row, name, what=headings[name])
