"""The review: all results of the toolkit for one school and one year, as `review.json` contains them.

`SCHEMA_VERSION` rises when a field changes its meaning. The published schema is `review.schema.json` beside this file.
A review contains no time stamp, no path of a machine and no name of a pupil.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Stored
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from antq_review.ingest.model import Problem
from antq_review.rules.model import Band, Heading, Mapping
from antq_review.rules.validity import Source
from antq_review.scoring.model.adding import limited, summed
from antq_review.scoring.model.classes import classes
from antq_review.scoring.model.finding import Finding, FindingPlace, ReadingFinding, SelfScore
from antq_review.scoring.model.goals import Goal, GoalPart, GoalStatus
from antq_review.scoring.model.numeric_tables import NumericTable, RegisterItem
from antq_review.scoring.model.outcome import Interval, Truth, all_of
from antq_review.scoring.model.returned import ReturnedReason
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
    LeftOut,
    MonthCount,
    Progress,
    School,
)
from antq_review.scoring.model.written import Meeting, Paper, Remark
from antq_review.source import Cells, CellTable, Frozen
from antq_review.text import SILENT, Message

__all__ = [
    "SCHEMA_FILE", "SCHEMA_VERSION", "Advice", "CapFinding", "ConsistencyCheck", "DeductionFinding", "DueDay",
    "Finding", "FindingPlace", "FormState", "Goal", "GoalPart", "GoalStatus", "IncidentMonth", "IncidentSummary",
    "InputFile", "LeftOut", "MonthCount", "NumericTable", "Progress", "ReadingFinding", "RegisterItem", "Review", "School",
    "SelfScore", "TextResult", "TextReview", "schema",
]

SCHEMA_VERSION = 4


class TextResult(StrEnum):
    """Result of a text without points. `OUT_OF_SCOPE`: in reviews stored before such a text was left out (`left_out`)."""

    MET = "met"
    NOT_MET = "not_met"
    INSUFFICIENT = "insufficient"
    OUT_OF_SCOPE = "out_of_scope"


class TextReview(Frozen):
    """One text: its period, its criteria, its result or its range of points.

    `result`, `range`, `bands`: by the evidence, completed by a meeting where the evidence leaves a criterion open;
    `official_result`, `own_total`, `official_bands`: by the meeting alone. `considered`: points of the criteria whose
        text is known, `bonus`: the most that bonus rows add beyond them; `range`: the settled total of these
    criteria, less the deductions; `unread`: the points of the other
    criteria. `classes`: all classes, best first; `bands`: the classes
    that are still possible, empty where the classes of the text are not known. `confirmed_by`: the two people who
    confirmed a school's own table. `mapping`: the corresponding criteria of an older text.
    """

    id: str
    number: str
    title: Message
    short: Message
    sources: tuple[Source, ...]
    gaps: tuple[Message, ...]
    period_start: date
    period_end: date
    period_citation: str
    data_until: date
    deadline: date
    deadline_citation: str
    draft: bool
    illustrative: bool
    warnings: tuple[Message, ...] = ()
    result: TextResult | None = None
    total: Decimal | None = None
    considered: Decimal | None = None
    unread: Decimal | None = None
    bonus: Decimal | None = None
    bonus_most: Decimal | None = None
    never_over: Decimal | None = None
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

    @property
    def is_concluded(self) -> bool:
        """Has a meeting concluded anything in this text?"""
        return any(one.official is not None for one in self.findings) or any(one.concluded for one in self.deductions)

    @property
    def rests_on_meeting(self) -> bool:
        """Did a meeting complete `result` or `range` where the evidence leaves it open?"""
        return any(one.settled_by_meeting for one in self.findings) or any(one.settled != one.computed for one in self.deductions)

    @property
    def official_result(self) -> TextResult | None:
        """The school's self-assessment by a text without points: what its meeting concluded.

        None: no meeting has concluded anything. Insufficient: it left criteria open.
        """
        if self.total is not None or not self.is_concluded:
            return TextResult.OUT_OF_SCOPE if self.result is TextResult.OUT_OF_SCOPE else None
        if self.result is TextResult.OUT_OF_SCOPE:
            return self.result
        truth = all_of(one.official_truth for one in self.findings)
        if truth is Truth.UNKNOWN:
            return TextResult.INSUFFICIENT
        return TextResult.NOT_MET if truth is Truth.NO else TextResult.MET

    def official_bands(self) -> tuple[str, ...]:
        """The classes that are possible with the concluded total; empty while it is not complete or has no classes."""
        own = self.own_total()
        if own is None or self.unread or not self.bands:
            return ()
        return classes(self.classes, Interval(low=own, high=own), self.caps)

    def own_total(self) -> Decimal | None:
        """The total that the meeting concluded, less deductions; None while a row has no concluded points."""
        points = [one.concluded_points() for one in self.findings]
        taken = [one.self_points if one.concluded else None for one in self.deductions]
        return None if not points or None in points or None in taken else self.added(points, taken)

    def added(self, points: Sequence[Decimal | None], taken: Iterable[Decimal | None]) -> Decimal:
        """The total of points of the findings, in their order, less points of deductions; None counts nothing."""
        given = [(one, Interval(low=own, high=own)) for one, own in zip(self.findings, points, strict=True) if own is not None]
        sums = summed(given, self.bonus_most)
        lost = sum((value for value in taken if value is not None), Decimal(0))
        return limited(sums.ordinary.low + sums.bonus.low - lost, self.never_over)


class Review(Frozen):
    """One school, one year, on one day. `draft`: not final; `draft_reasons`: why not.

    `to_do_untried`: number of further steps that were not tried; `progress`: the share of the forms that is declared,
    independent of the result; `checks`: contradictions, the largest first. `rescored`: the text by which the year was
    judged again, where this is not the text of the year; empty for the year's own review. `left_out`: the texts of the
    year that do not concern a school of this level; `returned`: what the receiving office sent back.

    >>> review.year, review.school.code
    (2026, '00123456')
    """

    schema_version: int = SCHEMA_VERSION
    tool_version: str
    school: School
    year: int
    as_of: date
    draft: bool
    draft_reasons: tuple[Message, ...]
    warnings: tuple[Message, ...]
    texts: tuple[TextReview, ...]
    plan_start: date
    plan_end: date
    goals: tuple[Goal, ...]
    incidents: IncidentSummary
    months: tuple[MonthCount, ...]
    forms: tuple[FormState, ...]
    after_as_of: Cells
    to_do: tuple[Advice, ...]
    to_do_untried: int = 0
    progress: tuple[Progress, ...] = ()
    checks: tuple[ConsistencyCheck, ...] = ()
    problems: tuple[Problem, ...]
    files: tuple[InputFile, ...]
    tables: tuple[NumericTable, ...]
    evidence_register: tuple[RegisterItem, ...]
    days_ahead: tuple[DueDay, ...] = ()
    rescored: Message = SILENT
    remarks: tuple[Remark, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    papers: tuple[Paper, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    returned: tuple[ReturnedReason, ...] = ()

    def text(self, text_id: str) -> TextReview | None:
        """The review of one text; None where the text was not judged."""
        return next((text for text in self.texts if text.id == text_id), None)

    def table(self, table_id: str) -> NumericTable | None:
        """The numeric table `PL1` … `PL10`; None in a review that was stored before the tables existed."""
        return next((table for table in self.tables if table.id == table_id), None)

    def to_json(self) -> str:
        """The review as it is stored: compact, fields at their default left out, every cell once; the same bytes every time."""
        cells = CellTable()
        body = self.model_dump_json(exclude_defaults=True, context=cells)
        head = {"schema_version": self.schema_version, "cells": cells.stored()}
        return f"{json.dumps(head, ensure_ascii=False, separators=(',', ':'))[:-1]},{body[1:]}\n"

    @classmethod
    def restored(cls, stored: Stored[str, Any]) -> Review:
        """The review of a parsed `review.json` of this version. Raises ValidationError for any other content."""
        cells = CellTable(stored.get("cells", ()))
        return cls.model_validate({name: value for name, value in stored.items() if name != "cells"}, context=cells)


SCHEMA_FILE = Path(__file__).with_name("review.schema.json")


def schema() -> dict[str, Any]:
    """The JSON Schema of `review.json`, with its version. Any: JSON."""
    found = Review.model_json_schema()
    cell = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}], "minItems": 2, "maxItems": 2}
    found["properties"]["cells"] = {
        "description": "Every cell that something points to, in runs of one file and sheet: [file, sheet, [cell, shown], …].",
        "type": "array", "items": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}], "items": cell},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"antq_review/review/{SCHEMA_VERSION}", **found}
