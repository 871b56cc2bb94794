"""The review: all results of the toolkit for one school and one year, as `review.json` contains them.

`SCHEMA_VERSION` rises when a field changes its meaning. The published schema is `review.schema.json` beside this file.
A review contains no time stamp, no path of a machine and no name of a pupil.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from antq_review.ingest.model import Problem
from antq_review.rules.model import Award, Band, Heading, Mapping, Source
from antq_review.scoring.model.goals import Goal, GoalPart, GoalStatus
from antq_review.scoring.model.numeric_tables import NumericTable, RegisterItem
from antq_review.scoring.model.outcome import Interval, Measurement, Outcome, Reason
from antq_review.scoring.model.review_parts import (
    Advice,
    CapFinding,
    ConsistencyCheck,
    DeductionFinding,
    DueDay,
    FormState,
    IncidentMonth,
    IncidentSummary,
    InputFile,
    MonthCount,
    Progress,
    School,
)
from antq_review.scoring.model.written import Meeting, Paper, Remark
from antq_review.source import CellRef, Frozen
from antq_review.text import say

__all__ = [
    "SCHEMA_FILE", "SCHEMA_VERSION", "Advice", "CapFinding", "ConsistencyCheck", "DeductionFinding", "DueDay", "Finding", "FormState",
    "Goal", "GoalPart", "GoalStatus", "IncidentMonth", "IncidentSummary", "InputFile", "MonthCount", "NumericTable", "Progress",
    "ReadingFinding", "RegisterItem", "Review", "School", "SelfScore", "TextResult", "TextReview", "criterion_label", "schema",
]

SCHEMA_VERSION = 3


class SelfScore(Frozen):
    """The school's own score, and the score that the superior verified. `concluded`: by a meeting with minutes."""

    points: Decimal | None = None
    result: str | None = None
    concluded: bool = False
    meeting: str = ""
    held_on: date | None = None
    minutes: str = ""
    reason: str = ""
    verified_points: Decimal | None = None
    verified_result: str | None = None
    verified_by: str = ""
    cells: tuple[CellRef, ...] = ()


class Finding(Frozen):
    """One criterion or a part of one.

    `computed`: the result from the evidence; `settled`: the final result (criteria only).
    """

    id: str
    title: str
    citation: str
    text: str
    award: Award
    confidence: str
    note: str = ""
    points: Decimal | None = None
    computed: Outcome
    settled: Outcome
    measurement: Measurement | None = None
    parts: tuple[Finding, ...] = ()
    readings: tuple[ReadingFinding, ...] = ()
    reasons: tuple[Reason, ...] = ()
    not_applicable: str = ""
    fact_cells: tuple[CellRef, ...] = ()
    self_score: SelfScore | None = None
    conflict: str = ""

    def concluded_points(self) -> Decimal | None:
        """The school's own points if a meeting concluded them; None for a provision whose text is not known."""
        own = self.self_score
        return own.points if own and own.concluded and self.award is not Award.UNREAD else None


class ReadingFinding(Frozen):
    """One way to read a provision, and the outcome under this reading."""

    id: str
    says: str
    basis: str
    outcome: Outcome
    parts: tuple[Finding, ...]


class TextResult(StrEnum):
    """Result of a text without points."""

    MET = "met"
    NOT_MET = "not_met"
    INSUFFICIENT = "insufficient"
    OUT_OF_SCOPE = "out_of_scope"


class TextReview(Frozen):
    """One text: its period, its criteria, its result or its range of points.

    `considered`: points of the criteria whose text is known; `range`: the settled total of these criteria, less the
    deductions; `unread`: the points of the other criteria. `classes`: all classes, best first; `bands`: the classes
    that are still possible, empty where the classes of the text are not known. `confirmed_by`: the two people who
    confirmed a school's own table. `mapping`: the corresponding criteria of an older text.
    """

    id: str
    number: str
    title: str
    short: str
    sources: tuple[Source, ...]
    gaps: tuple[str, ...]
    period_start: date
    period_end: date
    period_citation: str
    data_until: date
    deadline: date
    deadline_citation: str
    draft: bool
    illustrative: bool
    warnings: tuple[str, ...] = ()
    result: TextResult | None = None
    total: Decimal | None = None
    considered: Decimal | None = None
    unread: Decimal | None = None
    range: Interval | None = None
    bands: tuple[str, ...] = ()
    findings: tuple[Finding, ...]
    headings: tuple[Heading, ...] = ()
    classes: tuple[Band, ...] = ()
    deductions: tuple[DeductionFinding, ...] = ()
    caps: tuple[CapFinding, ...] = ()
    score_columns: tuple[str, ...] = ("own",)
    completes: str = ""
    confirmed_by: tuple[str, ...] = ()
    mapping: tuple[Mapping, ...] = ()

    @property
    def is_running(self) -> bool:
        """Does the data end before the period ends?"""
        return self.data_until < self.period_end

    def own_total(self) -> Decimal | None:
        """The total that the meeting concluded, less deductions; None while a row has no concluded points."""
        points = [one.concluded_points() for one in self.findings]
        taken = [one.self_points if one.concluded else None for one in self.deductions]
        known, lost = [value for value in points if value is not None], [value for value in taken if value is not None]
        if not points or len(known) < len(points) or len(lost) < len(taken):
            return None
        return max(Decimal(0), sum(known, Decimal(0)) - sum(lost, Decimal(0)))


class Review(Frozen):
    """One school, one year, on one day. `draft`: not final; `draft_reasons`: why not.

    `to_do_untried`: number of further steps that were not tried; `progress`: the share of the forms that is declared,
    independent of the result; `checks`: contradictions, the largest first. `rescored`: the text by which the year was
    judged again, where this is not the text of the year; empty for the year's own review.
    """

    schema_version: int = SCHEMA_VERSION
    tool_version: str
    school: School
    year: int
    as_of: date
    draft: bool
    draft_reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    texts: tuple[TextReview, ...]
    plan_start: date
    plan_end: date
    goals: tuple[Goal, ...]
    incidents: IncidentSummary
    months: tuple[MonthCount, ...]
    forms: tuple[FormState, ...]
    after_as_of: tuple[CellRef, ...]
    to_do: tuple[Advice, ...]
    to_do_untried: int = 0
    progress: tuple[Progress, ...] = ()
    checks: tuple[ConsistencyCheck, ...] = ()
    problems: tuple[Problem, ...]
    files: tuple[InputFile, ...]
    tables: tuple[NumericTable, ...]
    evidence_register: tuple[RegisterItem, ...]
    days_ahead: tuple[DueDay, ...] = ()
    rescored: str = ""
    remarks: tuple[Remark, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    papers: tuple[Paper, ...] = ()

    def text(self, text_id: str) -> TextReview | None:
        """The review of one text; None where the text was not judged."""
        return next((text for text in self.texts if text.id == text_id), None)

    def table(self, table_id: str) -> NumericTable | None:
        """The numeric table `PL1` … `PL10`; None in a review that was stored before the tables existed."""
        return next((table for table in self.tables if table.id == table_id), None)

    def to_json(self) -> str:
        """The review as it is stored: fields in order of declaration, indent 1, one line end; always the same bytes."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def criterion_label(criterion: str) -> str:
    """The number of a criterion as people write it: `3dd` is 3đ; `4b-` means everything from 4b on."""
    readable = criterion.replace("dd", say("numeric.letter_dd"))
    return readable.removesuffix("-") + "…" if readable.endswith("-") else readable


SCHEMA_FILE = Path(__file__).with_name("review.schema.json")


def schema() -> dict[str, Any]:
    """The JSON Schema of `review.json`, with its version. Any: JSON."""
    found = Review.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"antq_review/review/{SCHEMA_VERSION}", **found}
