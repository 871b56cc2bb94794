"""How many people there are, and how many a campaign reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from antq_review.forms.choices import AUDIENCES
from antq_review.ingest.check_rows import row_problem
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.source import CellRef
from antq_review.text import fold


@dataclass(frozen=True)
class Base:
    """A headcount of one audience: people, the grades counted, and the cells it stands in."""

    count: int
    grades: frozenset[int | None]
    cells: tuple[CellRef, ...]


@dataclass(frozen=True)
class Reach:
    """One campaign and one audience: people present, people who should be (`base` None: nobody knows), rows."""

    campaign: str
    audience: str
    present: int
    base: int | None
    rows: tuple[EvidenceRow, ...]
    base_cells: tuple[CellRef, ...]

    @property
    def overfull(self) -> bool:
        """More people present than there are."""
        return self.base is not None and self.present > self.base


def headcount(evidence: Evidence, audience: str, day: date) -> Base | None:
    """The audience's headcount on the counting day nearest before `day` (or on it); None where there is none."""
    rows = [row for row in evidence.rows("headcounts") if row.get("audience") == audience and row.get("counted_on") <= day]
    if not rows or evidence.refused("headcounts"):
        return None
    latest = max(row.get("counted_on") for row in rows)
    counted = [row for row in rows if row.get("counted_on") == latest]
    return Base(
        sum(row.get("count") for row in counted),
        frozenset(row.get("grade") for row in counted),
        tuple(row.cell("count") for row in counted),
    )


def reaches(evidence: Evidence, rows: Iterable[EvidenceRow], audience: str, whole: bool = True) -> list[Reach]:
    """The campaigns among the rows that concern the audience. A row without a campaign code is its own campaign.

    `whole` False: rows may be missing (the form is open, or rows were refused); then the expected people of those that are
    there do not stand for all, and the headcount is the base wherever it is larger.
    """
    groups: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        if row.get("audience") == audience and row.get("present") is not None:
            groups.setdefault(fold(row.get("campaign") or "") or f"\0{row.file}\0{row.sheet}\0{row.number}", []).append(row)
    return [_reach(evidence, audience, group, whole) for group in groups.values()]


def _reach(evidence: Evidence, audience: str, rows: list[EvidenceRow], whole: bool) -> Reach:
    counted = headcount(evidence, audience, min(row.get("held_on") for row in rows))
    expected = [row for row in rows if row.get("expected") is not None]
    base, cells = (counted.count, counted.cells) if counted else (None, ())
    own = sum(row.get("expected") for row in expected)
    if expected and _reaches_all_grades(rows, counted) and (whole or (base is not None and own > base)):
        base, cells = own, tuple(row.cell("expected") for row in expected)
    return Reach(
        str(rows[0].get("campaign") or rows[0].get("name")), audience, sum(row.get("present") for row in rows), base,
        tuple(rows), cells,
    )


def _reaches_all_grades(rows: list[EvidenceRow], counted: Base | None) -> bool:
    """Own numbers of expected people stand for the whole audience only where the campaign reached every grade of it."""
    grades = {row.get("grade") for row in rows}
    return None in grades or counted is None or counted.grades <= grades


def people_problems(evidence: Evidence) -> list[Problem]:
    """Campaigns that count more people than there are, and expected numbers that differ from the headcount."""
    found: list[Problem] = []
    for audience, label in AUDIENCES.labels.items():
        for reach in reaches(evidence, evidence.rows("activities"), audience):
            row = reach.rows[0]
            counted = headcount(evidence, audience, min(other.get("held_on") for other in reach.rows))
            places = {"campaign": reach.campaign, "audience": label}
            if reach.overfull:
                found.append(row_problem("more_people_than_base", row, "present", present=reach.present, base=reach.base, **places))
            elif counted is not None and reach.base != counted.count:
                found.append(row_problem("expected_differs", row, "expected", expected=reach.base, base=counted.count, **places))
    return found
