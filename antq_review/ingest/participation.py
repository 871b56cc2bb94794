"""Headcounts of the audiences, and the number of people that each campaign reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from antq_review.forms.choices import GRADES, STAFF, Audience
from antq_review.forms.rows.evidence import Activity
from antq_review.forms.rows.school import Headcount, Unit
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.row_problems import row_problem
from antq_review.source import CellRef
from antq_review.text import fold, tell

#: Two numbers of one group on two days differ by at most this share (percent); people come and go between counting days.
NEAR_PERCENT = 2
#: Unit, folded → its members; None: not written.
Sizes = Mapping[str, int | None]


@dataclass(frozen=True)
class Base:
    """A headcount of one audience: number of people, the counted grades (None: the whole audience), and its cells."""

    count: int
    grades: frozenset[int | None]
    cells: tuple[CellRef, ...]


@dataclass(frozen=True)
class Reach:
    """One campaign and one audience: people present, people who should be present (`base` None: unknown), rows.

    `base_cells`: the cells from which `base` was read. `unsized`: units that may have invited their own people only or the
    whole audience: nobody wrote how many members they have.
    """

    campaign: str
    audience: str
    present: int
    base: int | None
    rows: tuple[EvidenceRow[Activity], ...]
    base_cells: tuple[CellRef, ...]
    unsized: tuple[str, ...] = ()

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


def unit_sizes(evidence: Evidence) -> dict[str, int | None]:
    """The units of the school and the number of their members."""
    return {fold(row.values.name): row.values.members for row in evidence.of(Unit)}


def near(one: int, other: int) -> bool:
    """May two numbers be one group on two days?"""
    return abs(one - other) * 100 <= NEAR_PERCENT * other


class _Invited(Enum):
    """Whom the expected numbers of a campaign count."""

    AUDIENCE = auto()
    MEMBERS = auto()  # of the organising units: a part of the audience
    UNSURE = auto()


def _invited(rows: Sequence[EvidenceRow[Activity]], audience: str, counted: Base | None, sizes: Sizes) -> _Invited:
    """A tổ that meets on its own expects its members, not all the teachers; one that invites everybody expects them all.

    Only staff are members of units. A number that is near to the headcount counts the audience. A unit as large as the audience,
    or one that expects more people than it has, has invited others too.
    """
    if audience not in STAFF:
        return _Invited.AUDIENCE
    own = [row for row in rows if row.values.expected is not None and fold(row.values.organiser or "") in sizes]
    everybody = sum(row.values.expected or 0 for row in rows)
    if not own or (counted is not None and near(everybody, counted.count)):
        return _Invited.AUDIENCE
    found = {_invited_by(row, counted, sizes) for row in own}
    return next((one for one in (_Invited.UNSURE, _Invited.MEMBERS) if one in found), _Invited.AUDIENCE)


def _invited_by(row: EvidenceRow[Activity], counted: Base | None, sizes: Sizes) -> _Invited:
    members, expected = sizes[fold(row.values.organiser or "")], row.values.expected or 0
    if members is None:
        return _Invited.UNSURE
    return _Invited.MEMBERS if expected <= members and (counted is None or members < counted.count) else _Invited.AUDIENCE


def reach(
    rows: Sequence[EvidenceRow[Activity]], audience: str, counted: Base | None, sizes: Sizes, whole: bool = True
) -> Reach:
    """The reach of one campaign among one audience.

    `counted`: the last headcount on or before the campaign's first day. `whole` False: rows may be missing (the form is
    not declared complete, or rows were refused). Then the expected numbers of the existing rows may not cover
    everybody, so they are the base only where their sum is larger than the headcount. Where units expect their members
    only, the audience is more than those: its headcount is the base, or nothing.
    """
    invited = _invited(rows, audience, counted, sizes)
    base, cells = (counted.count, counted.cells) if counted else (None, ())
    expected = [row for row in rows if row.values.expected is not None]
    own = sum(row.values.expected or 0 for row in expected)
    covers = invited is _Invited.AUDIENCE and _cover_all(rows, expected, counted)
    if covers and (whole or (base is not None and own > base)):
        base, cells = own, tuple(row.cell("expected") for row in expected)
    name = rows[0].values.campaign or rows[0].values.name
    unsized = dict.fromkeys(
        row.values.organiser or "" for row in expected if sizes.get(fold(row.values.organiser or ""), 0) is None
    ) if invited is _Invited.UNSURE else ()
    present = sum(row.values.reached or 0 for row in rows)
    return Reach(name, audience, present, base, tuple(rows), cells, tuple(unsized))


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
    counted_audiences, sizes = {row.values.audience for row in evidence.of(Headcount)}, unit_sizes(evidence)
    for audience in Audience:
        counts: dict[date, Base | None] = {}  # a log has thousands of campaigns on some hundred days
        for rows in campaigns(evidence.of(Activity), audience):
            if audience not in counted_audiences:
                found += [row_problem("audience_not_counted", row, "audience", audience=audience.called(evidence.pupils)) for row in rows]
            day = first_day(rows)
            if day not in counts:
                counts[day] = headcount(evidence, audience, day)
            counted = counts[day]
            found += _campaign_problems(reach(rows, audience, counted, sizes), audience.called(evidence.pupils), counted, sizes)
    return found


def _campaign_problems(found: Reach, label: str, counted: Base | None, sizes: Sizes) -> list[Problem]:
    first = found.rows[0]
    expecting = next((row for row in found.rows if row.values.expected is not None), first)
    if found.overfull:
        places = {"campaign": found.campaign, "audience": label, "base": found.base, "present": found.present}
        return [row_problem("more_people_than_base", first, "present", **places)]
    if counted is None:
        return []
    if found.unsized:
        rows = [row for row in found.rows if row.values.expected is not None and (row.values.organiser or "") in found.unsized]
        return [
            row_problem("unit_size_blank", row, "expected", unit=row.values.organiser, audience=label, base=counted.count)
            for row in rows
        ]
    if found.base is None or found.base == counted.count:
        return []
    code = "expected_near" if near(found.base, counted.count) else "expected_differs"
    how = tell(f"ingest.expected.{'pupils' if found.audience in GRADES else 'staff'}", base=counted.count)
    return [row_problem(
        code, expecting, "expected", campaign=found.campaign, audience=label, expected=found.base, base=counted.count, how=how
    )]
