"""The rows of a school's score table: which stand above others, and how each is awarded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.rules import Award, Bound, Heading, Provision, Rulebook, Step
from antq_review.scoring.measures import registry
from antq_review.scoring.measures.filters import filters_astray, filters_of, measure_named
from antq_review.text import fold, number, say

_ROMAN = re.compile(r"[IVXLC]+")
_STEP = re.compile(r"([0-9]+(?:,[0-9]+)?)\s*:\s*([0-9]+(?:,[0-9]+)?)\Z")
#: Columns that a way of awarding needs, and those that belong to one way alone.
_NEEDS: dict[Award, tuple[str, ...]] = {
    Award.THRESHOLD: ("measure", "operator", "bound"), Award.STEPS: ("measure", "steps"),
    Award.PER_UNIT: ("measure", "points_per_unit"), Award.NONE_OF: ("measure",),
}
_OWN = ("operator", "bound", "else_points", "steps", "points_per_unit")


def known_rows(base: Rulebook) -> list[dict[str, object]]:
    """The rows of the official table that are known, headings included, as a blank table already holds them."""
    rows: list[dict[str, object]] = []
    for criterion in base.criteria:
        rows += [
            {"number": heading.id, "text": heading.text, "points": heading.points}
            for heading in base.headings if heading.before == criterion.id
        ]
        if criterion.award is not Award.UNREAD:
            rows.append({
                "number": criterion.id, "text": criterion.text, "points": criterion.points, "citation": criterion.citation,
            })
    return rows


def path_of(written: object) -> tuple[str, ...]:
    """`4a` → (4, a); `II.3` → (ii, 3): where a row stands below others."""
    return tuple(fold(part) for part in re.findall(r"[0-9]+|[^\W\d_]+", str(written)))


def _numbers_a_heading(written: str) -> bool:
    """A table numbers its headings I, II … or A, B …"""
    bare = written.strip(". )")
    return bool(_ROMAN.fullmatch(bare)) or (len(bare) == 1 and bare.isalpha() and bare.isupper())


@dataclass
class Lines:
    """The rows in the order of the paper, each with the row it stands below (None: at the top)."""

    rows: list[EvidenceRow]
    base: Rulebook
    source: str
    total: Decimal
    parents: dict[int, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Evidence, base: Rulebook, source: str, total: Decimal) -> Lines:
        """The rows of the evidence folder's table."""
        lines = cls(evidence.rows("score_rows"), base, source, total)
        paths = [path_of(row.get("number")) for row in lines.rows]
        for index, path in enumerate(paths):
            above = [other for other, it in enumerate(paths) if len(it) < len(path) and path[: len(it)] == it]
            lines.parents[index] = max(above, key=lambda other: len(paths[other]), default=None)
        return lines

    def below(self, index: int) -> list[int]:
        """The rows that stand directly below a row."""
        return [other for other, parent in self.parents.items() if parent == index]

    def award(self, index: int) -> Award:
        """How a row is awarded; blank: the meeting judges."""
        return Award(self.rows[index].get("award") or Award.JUDGEMENT)

    def is_part(self, index: int) -> bool:
        """One of the things that the row above asks for together."""
        parent = self.parents[index]
        return parent is not None and self.award(parent) is Award.ALL_OF

    def is_heading(self, index: int) -> bool:
        """A row that only stands above others."""
        if self.below(index):
            return self.award(index) is not Award.ALL_OF
        row = self.rows[index]
        return row.get("points") is None and not self.is_part(index) and _numbers_a_heading(str(row.get("number")))

    def criteria(self) -> list[int]:
        """The rows that carry points of their own."""
        return [index for index in range(len(self.rows)) if not self.is_heading(index) and not self.is_part(index)]

    def headings(self) -> tuple[Heading, ...]:
        """The headings, each before the criterion that follows it."""
        found, criteria = [], self.criteria()
        for index, row in enumerate(self.rows):
            following = next((other for other in criteria if other > index), None)
            if self.is_heading(index) and following is not None:
                found.append(Heading(
                    id=str(row.get("number")), text=str(row.get("text")), points=row.get("points"),
                    before=str(self.rows[following].get("number")),
                ))
        return tuple(found)

    def faults(self) -> Iterator[Problem]:
        """What is wrong with numbers and points over all rows."""
        seen: dict[tuple[str, ...], EvidenceRow] = {}
        for index, row in enumerate(self.rows):
            path = path_of(row.get("number"))
            if path in seen:
                yield row_problem("score_number_twice", row, "number", other=seen[path].cell("number").cell)
            seen.setdefault(path, row)
            yield from self._heading_fault(index)
        yield from self._sum_fault()

    def _leaves(self, index: int) -> Iterator[int]:
        for other in self.below(index):
            yield from self._leaves(other) if self.is_heading(other) else [other]

    def _heading_fault(self, index: int) -> Iterator[Problem]:
        row = self.rows[index]
        written = row.get("points")
        if not self.is_heading(index) or written is None:
            return
        points = sum((self.rows[leaf].get("points") or Decimal(0) for leaf in self._leaves(index)), Decimal(0))
        if points != written:
            yield row_problem("score_heading_sum", row, "points", sum=number(points))

    def _sum_fault(self) -> Iterator[Problem]:
        criteria = [self.rows[index] for index in self.criteria()]
        points = [row.get("points") for row in criteria]
        known = sum((value for value in points if value is not None), Decimal(0))
        if criteria and None not in points and known != self.total:
            yield row_problem("score_sum", criteria[-1], "points", sum=number(known), total=number(self.total))


def provisions_of(lines: Lines) -> tuple[list[Provision], list[Problem]]:
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


def _known(lines: Lines, row: EvidenceRow) -> tuple[Provision | None, list[Problem]]:
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


def _citation(lines: Lines, row: EvidenceRow) -> str:
    return str(row.get("citation") or say("scoring.score_table.citation", number=row.get("number"), source=lines.source))


def _provision(lines: Lines, index: int, parts: tuple[Provision, ...] = ()) -> Provision:
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
        steps=tuple(Step(at_least=at / scale, points=points) for at, points in _steps(row) or ()) if award is Award.STEPS else (),
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


def _row_faults(lines: Lines, index: int) -> Iterator[Problem]:
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
