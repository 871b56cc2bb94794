"""Headcounts of the audiences, and the number of people that each campaign reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from antq_review.forms.choices import Audience
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.school import Headcount
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.row_problems import row_problem
from antq_review.source import CellRef
from antq_review.text import fold


@dataclass(frozen=True)
class Base:
    """A headcount of one audience: number of people, the counted grades (None: the whole audience), and its cells."""

    count: int
    grades: frozenset[int | None]
    cells: tuple[CellRef, ...]


@dataclass(frozen=True)
class Reach:
    """One campaign and one audience: people present, people who should be present (`base` None: unknown), rows.

    `base_cells`: the cells from which `base` was read.
    """

    campaign: str
    audience: str
    present: int
    base: int | None
    rows: tuple[EvidenceRow[Activity], ...]
    base_cells: tuple[CellRef, ...]

    @property
    def overfull(self) -> bool:
        """Are more people present than the base?"""
        return self.base is not None and self.present > self.base


def headcount(evidence: Evidence, audience: str, day: date) -> Base | None:
    """The audience's last headcount on or before `day`; None where it is missing or headcount rows were refused."""
    rows = [row for row in evidence.of(Headcount) if row.values.audience == audience and row.values.counted_on <= day]
    if not rows or evidence.refused("headcounts"):
        return None
    counted = _latest(rows)
    return Base(
        sum(row.values.count for row in counted),
        frozenset(row.values.grade for row in counted),
        tuple(row.cell("count") for row in counted),
    )


def _latest(rows: Sequence[EvidenceRow[Headcount]]) -> list[EvidenceRow[Headcount]]:
    """The latest count of each grade. A count of the whole audience on the same day or later replaces the grades."""
    latest: dict[int | None, date] = {}
    for row in rows:
        latest[row.values.grade] = max(row.values.counted_on, latest.get(row.values.grade, row.values.counted_on))
    grades: dict[int | None, date] = {grade: day for grade, day in latest.items() if grade is not None}
    whole = latest.get(None)
    wanted = grades
    if whole is not None and (not grades or whole >= max(grades.values())):
        wanted = {None: whole}
    return [row for row in rows if wanted.get(row.values.grade) == row.values.counted_on]


def campaigns(rows: Iterable[EvidenceRow[Activity]], audience: str) -> list[list[EvidenceRow[Activity]]]:
    """The audience's rows that contain a number of people reached, by campaign.

    A row without a campaign code is one campaign.
    """
    groups: dict[object, list[EvidenceRow[Activity]]] = {}
    for row in rows:
        if row.values.audience == audience and row.values.reached is not None:
            groups.setdefault(fold(row.values.campaign or "") or (row.file, row.sheet, row.number), []).append(row)
    return list(groups.values())


def reach(rows: Sequence[EvidenceRow[Activity]], audience: str, counted: Base | None, whole: bool = True) -> Reach:
    """The reach of one campaign among one audience.

    `counted`: the last headcount on or before the campaign's first day. `whole` False: rows may be missing (the form is
    not declared complete, or rows were refused). Then the expected numbers of the existing rows may not cover
    everybody, so they are the base only where their sum is larger than the headcount.
    """
    base, cells = (counted.count, counted.cells) if counted else (None, ())
    expected = [row for row in rows if row.values.expected is not None]
    own = sum(row.values.expected or 0 for row in expected)
    if _cover_all(rows, expected, counted) and (whole or (base is not None and own > base)):
        base, cells = own, tuple(row.cell("expected") for row in expected)
    name = rows[0].values.campaign or rows[0].values.name
    return Reach(name, audience, sum(row.values.reached or 0 for row in rows), base, tuple(rows), cells)


def first_day(rows: Sequence[EvidenceRow[Activity]]) -> date:
    """The first day of a campaign."""
    return min(row.values.held_on for row in rows)


def _cover_all(
    rows: Sequence[EvidenceRow[Activity]], expected: Sequence[EvidenceRow[Activity]], counted: Base | None
) -> bool:
    """Do the campaign's own expected numbers cover the whole audience?

    They do where every counted grade was reached and every reached grade has an expected number. A make-up session
    leaves the number blank; its grade has the number from the first session.
    """
    grades = {row.values.grade for row in rows}
    everyone = None in grades or counted is None or counted.grades <= grades
    return bool(expected) and everyone and grades == {row.values.grade for row in expected}


def people_problems(evidence: Evidence) -> list[Problem]:
    """Problems of campaigns: audience without a headcount, more people than the base, base other than the headcount."""
    found: list[Problem] = []
    counted_audiences = {row.values.audience for row in evidence.of(Headcount)}
    for audience in Audience:
        label = audience.label
        for rows in campaigns(evidence.of(Activity), audience):
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
