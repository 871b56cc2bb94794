"""The parts of a review that stand beside its texts and its plan: the school, its forms, the year at a glance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from antq_review.source import CellRef, Frozen


class FormState(Frozen):
    """How far a form is declared, and who is missing. Rows read and refused.

    `file_rows`: rows of the year that should name a file (none of a private or confidential kind); `with_file`: those of them
    whose file is there.
    """

    form: str
    title: str
    until: date | None
    cells: tuple[CellRef, ...]
    missing_units: tuple[str, ...]
    undeclared: tuple[str, ...]
    rows: int
    refused: int
    file_rows: int = 0
    with_file: int = 0


class IncidentMonth(Frozen):
    """Verified incidents of one month by kind."""

    year: int
    month: int
    by_kind: dict[str, int]


class IncidentSummary(Frozen):
    """Counts of the year's incidents, the day of declaration, the day of the check with the police."""

    verified: int
    unverified: int
    refuted: int
    refused: int
    by_kind: dict[str, int]
    declared_until: date | None
    cells: tuple[CellRef, ...]
    police_checked_on: date | None = None
    police_incidents: int | None = None
    police_cells: tuple[CellRef, ...] = ()
    by_month: tuple[IncidentMonth, ...] = ()


class MonthCount(Frozen):
    """Activities of one month, in all and by topic."""

    year: int
    month: int
    activities: int
    by_topic: dict[str, int]


class Advice(Frozen):
    """One thing to do, what it would close, and until when."""

    says: str
    closes: tuple[str, ...]
    points: Decimal
    due_on: date | None


class DueDay(Frozen):
    """A day on which a text or the plan asks for something, `days_left` days after the day of the review.

    `confidence` of the citation (SEEN, INFERRED; empty for the plan's own days); `goals`: ids of the plan's sentences due that
    day; `done`: what it asks for is there already.
    """

    id: str
    on: date
    days_left: int
    title: str
    citation: str
    confidence: str
    goals: tuple[str, ...] = ()
    done: bool = False


class School(Frozen):
    """Who is reviewed."""

    code: str
    name: str
    levels: str
    commune: str
    province: str
    superior_body: str


class InputFile(Frozen):
    """One workbook that was read: name, sha256, size in bytes, sheets recognised."""

    name: str
    sha256: str
    size: int
    sheets: tuple[str, ...]
