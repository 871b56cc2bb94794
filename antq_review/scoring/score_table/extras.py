"""Classes, deductions and caps of a school's score table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import Band, Bound, Cap, Deduction
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_of, measure_named
from antq_review.scoring.score_table.lines import ScoreLines, path_of
from antq_review.scoring.score_table.rows import measure_faults
from antq_review.text import fold, number, say


def bands_of(evidence: Evidence, total: Decimal) -> tuple[tuple[Band, ...], list[Problem]]:
    """The classes, best first, and what is wrong with them: order, gaps, overlaps, the lowest above 0, the highest above the total."""
    rows = evidence.rows("score_bands")
    bands = tuple(Band(name=str(row.get("name")), at_least=row.get("at_least")) for row in rows)
    return bands, list(_band_faults(rows, total))


def _band_faults(rows: list[EvidenceRow], total: Decimal) -> Iterator[Problem]:
    names: set[str] = set()
    for above, row in zip([None, *rows], rows, strict=False):
        start, name = row.get("at_least"), fold(row.get("name"))
        if name in names:
            yield row_problem("score_band_twice", row, "name")
        names.add(name)
        if above is not None and start >= above.get("at_least"):
            yield row_problem("score_band_order", row, "at_least", above=number(above.get("at_least")))
        upper, expected = row.get("below"), above.get("at_least") if above is not None else total
        if upper is not None and upper != expected:
            yield row_problem("score_band_gap", row, "below", expected=number(expected))
        if start > total:
            yield row_problem("score_band_over", row, "at_least", total=number(total))
    if rows and rows[-1].get("at_least") != 0:
        yield row_problem("score_band_lowest", rows[-1], "at_least")


def _citation(row: EvidenceRow, lines: ScoreLines) -> str:
    return str(row.get("citation") or say("scoring.score_table.citation", number=row.get("number"), source=lines.source))


def _filter(row: EvidenceRow) -> tuple[str | None, dict[str, tuple[str, ...]]]:
    measure = measure_named(row.get("measure")) if row.get("measure") else None
    return measure, filters_of(row, registry()[measure].tables) if measure else {}


def _numbers(rows: list[EvidenceRow], lines: ScoreLines) -> Iterator[Problem]:
    """A number stands for one thing only: a self-score names it."""
    taken = {path_of(row.get("number")): row for row in lines.rows}
    for row in rows:
        path = path_of(row.get("number"))
        if path in taken:
            yield row_problem("score_number_twice", row, "number", other=taken[path].cell("number").cell)
        taken.setdefault(path, row)


def deductions_of(evidence: Evidence, lines: ScoreLines) -> tuple[tuple[Deduction, ...], list[Problem]]:
    """What is taken away for each event."""
    rows = evidence.rows("score_deductions")
    problems = [*_numbers(rows, lines), *(fault for row in rows for fault in _deduction_faults(row))]
    if problems:
        return (), problems
    found = []
    for row in rows:
        measure, wanted = _filter(row)
        found.append(Deduction(
            id=str(row.get("number")), text=str(row.get("text")), citation=_citation(row, lines), each=row.get("each"),
            at_most=row.get("at_most"), measure=measure, filter=wanted,
        ))
    return tuple(found), []


def _deduction_faults(row: EvidenceRow) -> Iterator[Problem]:
    yield from measure_faults(row)
    measure = measure_named(row.get("measure")) if row.get("measure") else None
    if measure and registry()[measure].unit == "rate":
        yield row_problem("score_deduction_rate", row, "measure")
    if row.get("at_most") is not None and row.get("at_most") < row.get("each"):
        yield row_problem("score_deduction_most", row, "at_most", each=number(row.get("each")))


def caps_of(evidence: Evidence, lines: ScoreLines, bands: tuple[Band, ...]) -> tuple[tuple[Cap, ...], list[Problem]]:
    """What keeps a school from a higher class."""
    rows = evidence.rows("score_caps")
    classes = {fold(band.name): band.name for band in bands}
    problems = [*_numbers(rows, lines), *(fault for row in rows for fault in _cap_faults(row, classes))]
    if problems:
        return (), problems
    found = []
    for row in rows:
        measure, wanted = _filter(row)
        bound = None
        if measure:
            scale = 100 if registry()[measure].unit == "rate" else 1
            bound = Bound.model_validate({row.get("operator"): row.get("bound") / scale})
        found.append(Cap(
            id=str(row.get("number")), text=str(row.get("text")), citation=_citation(row, lines),
            highest=classes[fold(row.get("highest"))], measure=measure, filter=wanted, bound=bound,
        ))
    return tuple(found), []


def _cap_faults(row: EvidenceRow, classes: dict[str, str]) -> Iterator[Problem]:
    yield from measure_faults(row)
    if fold(row.get("highest")) not in classes:
        yield row_problem("score_cap_class", row, "highest", known=", ".join(classes.values()) or "–")
    headings = {column.name: column.heading for column in type(row.values).columns()}
    for name in ("operator", "bound") if row.get("measure") else ():
        if row.get(name) is None:
            yield row_problem("score_needs", row, name, what=headings[name])
