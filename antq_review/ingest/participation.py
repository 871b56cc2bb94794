"""How many people there are, and how many a campaign reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    counted = _latest(rows)
    return Base(
        sum(row.get("count") for row in counted),
        frozenset(row.get("grade") for row in counted),
        tuple(row.cell("count") for row in counted),
    )


def _latest(rows: Sequence[EvidenceRow]) -> list[EvidenceRow]:
    """The latest count of each grade; a later count of the audience as a whole stands for all its grades."""
    latest: dict[int | None, date] = {}
    for row in rows:
        latest[row.get("grade")] = max(row.get("counted_on"), latest.get(row.get("grade"), row.get("counted_on")))
    grades = {grade: day for grade, day in latest.items() if grade is not None}
    whole = latest.get(None)
    wanted = {None: whole} if whole is not None and (not grades or whole >= max(grades.values())) else grades
    return [row for row in rows if wanted.get(row.get("grade")) == row.get("counted_on")]


def campaigns(rows: Iterable[EvidenceRow], audience: str) -> list[list[EvidenceRow]]:
    """The audience's rows by campaign. A row without a campaign code is its own campaign."""
    groups: dict[object, list[EvidenceRow]] = {}
    for row in rows:
        if row.get("audience") == audience and row.get("present") is not None:
            groups.setdefault(fold(row.get("campaign") or "") or (row.file, row.sheet, row.number), []).append(row)
    return list(groups.values())


def reach(rows: Sequence[EvidenceRow], audience: str, counted: Base | None, whole: bool = True) -> Reach:
    """How far one campaign reached an audience; `counted`: the headcount nearest before its first day.

    `whole` False: rows may be missing (the form is open, or rows were refused); then the expected people of those that are
    there do not stand for all, and the headcount is the base wherever it is larger.
    """
    base, cells = (counted.count, counted.cells) if counted else (None, ())
    expected = [row for row in rows if row.get("expected") is not None]
    own = sum(row.get("expected") for row in expected)
    if _stand_for_all(rows, expected, counted) and (whole or (base is not None and own > base)):
        base, cells = own, tuple(row.cell("expected") for row in expected)
    name = str(rows[0].get("campaign") or rows[0].get("name"))
    return Reach(name, audience, sum(row.get("present") for row in rows), base, tuple(rows), cells)


def first_day(rows: Sequence[EvidenceRow]) -> date:
    """The first day of a campaign."""
    days: list[date] = [row.get("held_on") for row in rows]
    return min(days)


def _stand_for_all(rows: Sequence[EvidenceRow], expected: Sequence[EvidenceRow], counted: Base | None) -> bool:
    """Own numbers of expected people stand for the audience only where every grade was reached and each has its number.

    A make-up session leaves the number blank; its grade has one from the first session.
    """
    grades = {row.get("grade") for row in rows}
    everyone = None in grades or counted is None or counted.grades <= grades
    return bool(expected) and everyone and grades == {row.get("grade") for row in expected}


def people_problems(evidence: Evidence) -> list[Problem]:
    """Campaigns that count more people than there are, and expected numbers that differ from the headcount."""
    found: list[Problem] = []
    counted_audiences = {row.get("audience") for row in evidence.rows("headcounts")}
    for audience, label in AUDIENCES.labels.items():
        for rows in campaigns(evidence.rows("activities"), audience):
            if audience not in counted_audiences:
                found += [row_problem("audience_not_counted", row, "audience", audience=label) for row in rows]
            counted = headcount(evidence, audience, first_day(rows))
            found_reach = reach(rows, audience, counted)
            places = {"campaign": found_reach.campaign, "audience": label, "base": found_reach.base}
            if found_reach.overfull:
                found.append(row_problem("more_people_than_base", rows[0], "present", present=found_reach.present, **places))
            elif counted is not None and found_reach.base != counted.count:
                places |= {"expected": found_reach.base, "base": counted.count}
                found.append(row_problem("expected_differs", rows[0], "expected", **places))
    return found
