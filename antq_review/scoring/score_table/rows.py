"""The rows of a school's score table → provisions, and what is wrong with single rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import EvidenceRow, Problem
from antq_review.rules import Award, AwardStep, Bound, Provision
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_astray, filters_of, measure_named
from antq_review.scoring.score_table.lines import ScoreLines, path_of
from antq_review.text import fold, number, say

_STEP = re.compile(r"([0-9]+(?:,[0-9]+)?)\s*:\s*([0-9]+(?:,[0-9]+)?)\Z")
#: Columns that a way of awarding needs, and those that belong to one way alone.
_NEEDS: dict[Award, tuple[str, ...]] = {
    Award.THRESHOLD: ("measure", "operator", "bound"), Award.STEPS: ("measure", "steps"),
    Award.PER_UNIT: ("measure", "points_per_unit"), Award.NONE_OF: ("measure",),
}
_OWN = ("operator", "bound", "else_points", "steps", "points_per_unit")


def provisions_of(lines: ScoreLines) -> tuple[list[Provision], list[Problem]]:
    """The criteria of the table, and what is wrong with single rows."""
    criteria: list[Provision] = []
    problems: list[Problem] = []
    for index in lines.criteria():
        row = lines.rows[index]
        faults = [*_row_faults(lines, index)]
        if row.get("points") is None:
            faults.append(row_problem("score_points_missing", row, "points"))
        parts = [other for other in lines.below(index) if lines.is_part(other)]
        for part in parts:
            faults += _row_faults(lines, part)
            if lines.rows[part].get("points") is not None:
                faults.append(row_problem("score_part_points", lines.rows[part], "points"))
        problems += faults
        if not faults:
            found, notes = _known(lines, row) if not parts else (None, [])
            problems += notes
            criteria.append(found or _provision(lines, index, tuple(_provision(lines, part) for part in parts)))
    return criteria, problems


def _known(lines: ScoreLines, row: EvidenceRow) -> tuple[Provision | None, list[Problem]]:
    """The shipped reading of a row whose words are known, with the paper's points; what differs is said."""
    shipped = next((one for one in lines.base.criteria if path_of(one.id) == path_of(row.get("number"))), None)
    if shipped is None or shipped.award is Award.UNREAD or row.get("award") or row.get("measure"):
        return None, []
    if fold(row.get("text")) != fold(shipped.text):
        return None, [row_problem("score_text_differs", row, "text")]
    notes = []
    if row.get("points") != shipped.points:
        notes.append(row_problem("score_points_differ", row, "points", points=number(shipped.points or Decimal(0))))
    return shipped.model_copy(update={"points": row.get("points"), "citation": _citation(lines, row)}), notes


def _citation(lines: ScoreLines, row: EvidenceRow) -> str:
    return str(row.get("citation") or say("scoring.score_table.citation", number=row.get("number"), source=lines.source))


def _provision(lines: ScoreLines, index: int, parts: tuple[Provision, ...] = ()) -> Provision:
    row, award = lines.rows[index], lines.award(index)
    measure = measure_named(row.get("measure")) if row.get("measure") else None
    entry = registry().get(measure or "")
    scale = Decimal(100) if entry and entry.unit == "rate" else Decimal(1)
    bound = None
    if award is Award.THRESHOLD:
        bound = Bound.model_validate({row.get("operator"): row.get("bound") / scale})
    return Provision(
        id=str(row.get("number")), title=_title(str(row.get("text"))), citation=_citation(lines, row), text=str(row.get("text")),
        award=award, points=row.get("points"), measure=measure, filter=filters_of(row, entry.tables) if entry else {}, bound=bound,
        steps=tuple(AwardStep(at_least=at / scale, points=points) for at, points in _steps(row) or ()) if award is Award.STEPS else (),
        points_per_unit=row.get("points_per_unit") if award is Award.PER_UNIT else None,
        else_points=row.get("else_points") if award is Award.THRESHOLD else None, parts=parts, confidence="SCHOOL",
        note=str(row.get("note") or ""),
    )


def _title(text: str, longest: int = 60) -> str:
    """The first words of a row, for tables."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0].rstrip(",;: ") + " …"


def _steps(row: EvidenceRow) -> list[tuple[Decimal, Decimal]] | None:
    """`90: 3; 70: 2` → [(90, 3), (70, 2)]; None where it cannot be read so."""
    found = []
    for part in (piece.strip() for piece in str(row.get("steps") or "").split(";")):
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
        if row.get(name) is None:
            yield row_problem("score_needs", row, name, what=headings[name])
    for name in _OWN:
        belongs = name in needs or (name == "else_points" and award is Award.THRESHOLD)
        if row.get(name) is not None and not belongs:
            yield row_problem("score_not_for_award", row, name, what=headings[name])
    if award is Award.ALL_OF and not lines.below(index):
        yield row_problem("score_no_parts", row, "award")
    yield from measure_faults(row)
    yield from _point_faults(row, award)


def measure_faults(row: EvidenceRow) -> Iterator[Problem]:
    """A measure that is none, and filters that it does not understand."""
    if not row.get("measure"):
        return
    measure = measure_named(row.get("measure"))
    if measure is None:
        yield row_problem("score_measure_unknown", row, "measure")
        return
    strange = filters_astray(measure, filters_of(row, registry()[measure].tables))
    if strange:
        yield row_problem("score_filter_unclear", row, "measure", filters=", ".join(strange))


def _point_faults(row: EvidenceRow, award: Award) -> Iterator[Problem]:
    points = row.get("points")
    if award is Award.STEPS and row.get("steps"):
        steps = _steps(row)
        if not steps or len({at for at, _ in steps}) < len(steps):
            yield row_problem("score_steps_unclear", row, "steps")
        elif points is not None and max(worth for _, worth in steps) != points:
            yield row_problem("score_steps_top", row, "steps", points=number(points))
    less = row.get("else_points")
    if less is not None and points is not None and less > points:
        yield row_problem("score_else_over", row, "else_points", points=number(points))
