"""The rows of a school's score table in the order of the paper: which row is below which, and how each is awarded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from antq_review.forms.choices import ScoreRowKind
from antq_review.forms.rows.score_table import NUMBER, ScoreCap, ScoreDeduction, ScoreRow, path_of
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.row_problems import row_problem
from antq_review.rules import Award, Heading, Rulebook
from antq_review.text import Message, fold, literal, tell

_ROMAN = re.compile(r"[IVXLC]+")


def known_rows(base: Rulebook) -> list[dict[str, object]]:
    """The known rows of the official table, headings included. A blank table already contains them."""
    rows: list[dict[str, object]] = []
    for criterion in base.criteria:
        rows += [
            {"number": heading.id, "text": heading.text, "points": heading.points}
            for heading in base.headings if heading.before == criterion.id
        ]
        if criterion.award is not Award.UNREAD:
            rows.append({
                "number": criterion.id, "text": criterion.text, "points": criterion.points, "citation": str(criterion.citation),
            })
    return rows


def _numbers_a_heading(written: str) -> bool:
    """Is it the number of a heading: I, II … or A, B …?"""
    bare = written.strip(". )")
    return bool(_ROMAN.fullmatch(bare)) or (len(bare) == 1 and bare.isalpha() and bare.isupper())


@dataclass
class ScoreLines:
    """The rows in the order of the paper. `bonus_most`: the limit of the bonus, where the paper has one.

    `parents`: index of a row → index of the row above it (None: top level).
    """

    rows: list[EvidenceRow[ScoreRow]]
    base: Rulebook
    source: str
    total: Decimal
    bonus_most: Decimal | None = None
    parents: dict[int, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, evidence: Evidence, base: Rulebook, source: str, total: Decimal, bonus_most: Decimal | None = None) -> ScoreLines:
        """The rows of the table in the evidence folder."""
        lines = cls(evidence.of(ScoreRow), base, source, total, bonus_most)
        paths = [path_of(row.values.number) for row in lines.rows]
        for index, path in enumerate(paths):
            above = [other for other, it in enumerate(paths) if len(it) < len(path) and path[: len(it)] == it]
            lines.parents[index] = max(above, key=lambda other: len(paths[other]), default=None)
        return lines

    def below(self, index: int) -> list[int]:
        """The rows directly below a row."""
        return [other for other, parent in self.parents.items() if parent == index]

    def award(self, index: int) -> Award:
        """How a row is awarded. Blank: the meeting judges."""
        return Award(self.rows[index].values.award or Award.JUDGEMENT)

    def is_part(self, index: int) -> bool:
        """Is the row one of the parts that the row above requires together?"""
        parent = self.parents[index]
        return parent is not None and self.award(parent) is Award.ALL_OF

    def is_heading(self, index: int) -> bool:
        """Is the row only a heading of other rows?"""
        if self.below(index):
            return self.award(index) is not Award.ALL_OF
        row = self.rows[index]
        return row.values.points is None and not self.is_part(index) and _numbers_a_heading(str(row.values.number))

    def criteria(self) -> list[int]:
        """The rows that have points of their own."""
        return [index for index in range(len(self.rows)) if not self.is_heading(index) and not self.is_part(index)]

    def headings(self) -> tuple[Heading, ...]:
        """The headings. `before` of each is the criterion that follows it."""
        found, criteria = [], self.criteria()
        for index, row in enumerate(self.rows):
            following = next((other for other in criteria if other > index), None)
            if self.is_heading(index) and following is not None:
                found.append(Heading(
                    id=str(row.values.number), text=str(row.values.text), points=row.values.points,
                    before=str(self.rows[following].values.number),
                ))
        return tuple(found)

    def citation(self, row: EvidenceRow[ScoreRow | ScoreDeduction | ScoreCap]) -> Message:
        """The citation of a row as it is typed; a blank one is the row's number and the source of the table."""
        if row.values.citation:
            return literal(row.values.citation)
        return tell("scoring.score_table.citation", number=row.values.number, source=self.source)

    def faults(self) -> Iterator[Problem]:
        """Faults in the numbers and the points over all rows."""
        seen: dict[tuple[str, ...], EvidenceRow[ScoreRow]] = {}
        for index, row in enumerate(self.rows):
            path = path_of(row.values.number)
            if not NUMBER.match(row.values.number):
                yield row_problem("score_number_odd", row, "number")
            if path in seen:
                yield row_problem("score_number_twice", row, "number", other=seen[path].cell("number").cell)
            seen.setdefault(path, row)
            yield from self._heading_fault(index)
        yield from self._sum_fault()

    def standard(self, indices: Iterable[int]) -> tuple[Decimal, Decimal]:
        """(points of the ordinary rows, points of the bonus rows); of a group only its highest row."""
        sums, best = {False: Decimal(0), True: Decimal(0)}, dict[tuple[bool, str], Decimal]()
        for row in (self.rows[index] for index in indices):
            bonus, points = row.values.row_kind == ScoreRowKind.BONUS, row.values.points or Decimal(0)
            if row.values.one_of:
                group = (bonus, fold(row.values.one_of))
                best[group] = max(best.get(group, Decimal(0)), points)
            else:
                sums[bonus] += points
        for (bonus, _), points in best.items():
            sums[bonus] += points
        return sums[False], sums[True]

    def _leaves(self, index: int) -> Iterator[int]:
        for other in self.below(index):
            yield from self._leaves(other) if self.is_heading(other) else [other]

    def _heading_fault(self, index: int) -> Iterator[Problem]:
        row = self.rows[index]
        written = row.values.points
        if not self.is_heading(index) or written is None:
            return
        leaves = list(self._leaves(index))
        ordinary, bonus = self.standard(leaves)
        if any(self.rows[leaf].values.row_kind != ScoreRowKind.BONUS for leaf in leaves):
            allowed = [ordinary]
        else:  # only bonus rows: their sum, or the limit that the paper sets to it
            allowed = [bonus] if self.bonus_most is None else [bonus, self.bonus_most]
        if written not in allowed:
            yield row_problem("score_heading_sum", row, "points", sum=allowed[0])

    def _sum_fault(self) -> Iterator[Problem]:
        criteria = [self.rows[index] for index in self.criteria()]
        points = [row.values.points for row in criteria]
        known, _ = self.standard(self.criteria())
        if criteria and None not in points and known != self.total:
            yield row_problem("score_sum", criteria[-1], "points", sum=known, total=self.total)
