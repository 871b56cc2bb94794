"""The goals of the school's plan: sentences, their parts, their state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.scoring.model.outcome import Measurement, Reason
from antq_review.source import Cells, Frozen
from antq_review.text import Message


class GoalStatus(StrEnum):
    """State of a plan goal. `self_…`: no measure judges it; the school wrote what was done and its own result."""

    MET = "met"
    EXCEEDED = "exceeded"
    NOT_MET = "not_met"
    OPEN = "open"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NO_MEASURE = "no_measure"
    SHOWN = "shown"
    SELF_MET = "self_met"
    SELF_NOT_MET = "self_not_met"


#: A state that only the school's own word gives: it is told as such and is in no rate that rests on evidence.
BY_OWN_WORD = (GoalStatus.SELF_MET, GoalStatus.SELF_NOT_MET)


class GoalPart(Frozen):
    """One part of a sentence of the plan: its target and its measurement. The `target` of a rate is a fraction of 1.

    `told`: what was done, in the school's words; `file`: the evidence that the row of the plan names.
    """

    part: str
    quote: str
    corrected_quote: str
    measure: str
    measure_label: str
    operator: str
    target: Decimal | None
    unit: str
    is_rate: bool
    due_on: date
    in_charge: str
    set_by: str
    status: GoalStatus
    measurement: Measurement | None
    reasons: tuple[Reason, ...]
    cells: Cells
    told: str = ""
    file: str = ""


class Goal(Frozen):
    """One sentence of the plan. It is met when all its parts are met. `returned`: what the receiving office wrote at it."""

    id: str
    status: GoalStatus
    parts: tuple[GoalPart, ...]
    returned: tuple[Message, ...] = ()
