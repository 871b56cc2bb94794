"""The rows of a document's tables: one model for each kind of row, one field for each cell.

The order of the fields is the order in the guide of the Word forms.
"""

from __future__ import annotations

from antq_review.publish.dossier.field_schema import Text, Texts
from antq_review.source import Frozen

# --- criteria ------------------------------------------------------------------------------------------------------


class EventCells(Frozen):
    """One event in Article 6(3) of the circular. `line`: letter, title and result in one sentence."""

    letter: Text
    text: Text
    title: Text
    result: Text
    line: Text


class CriterionCells(Frozen):
    """A criterion or an item of a text: requirement, findings, the school's own result, open questions.

    `results` contain the codes of their evidence; `result_text` does not, because its cell is beside a column of codes.
    """

    number: Text
    title: Text
    text_name: Text
    citation: Text
    heading: Text
    requirement: Text
    results: Texts
    result_text: Text
    evidence: Text
    self_result: Text
    self_points: Text
    max_points: Text
    conclusion: Text
    note: Text
    has_events: bool
    is_met: bool
    is_not_met: bool
    is_open: bool
    is_not_applicable: bool
    is_unread: bool
    events: tuple[EventCells, ...]


class ImprovementCells(Frozen):
    """One step that settles or improves a criterion, with the person, the deadline and its state."""

    place: Text
    action: Text
    person: Text
    deadline: Text
    indicator: Text
    progress: Text


class CriterionSheetCells(CriterionCells):
    """A criterion on its own sheet: also strengths, limits and improvements."""

    strengths: Texts
    limits: Texts
    has_improvements: bool
    improvements: tuple[ImprovementCells, ...]


class ScoreCells(Frozen):
    """One row of the official table of points: a heading, an item or a deduction."""

    number: Text
    content: Text
    max_points: Text
    self_points: Text
    is_unread: bool


class ScoreListCells(Frozen):
    """The school's row in the list of results; the superior body combines the rows of its schools."""

    number: Text
    unit_name: Text
    total: Text
    band: Text
    note: Text


# --- the meeting ---------------------------------------------------------------------------------------------------


class AttendeeCells(Frozen):
    """A member of the meeting, present or absent with the reason."""

    place: Text
    name: Text
    post: Text
    body: Text
    present: Text
    reason: Text


class OpinionCells(Frozen):
    """One opinion. `line`: speaker and opinion in one sentence."""

    speaker: Text
    opinion: Text
    line: Text


class VoteCells(Frozen):
    """The vote on one criterion. A number that the school did not write down is a dash."""

    text_name: Text
    criterion: Text
    total: Text
    agreed: Text
    against: Text
    other: Text
    rate: Text


# --- registration, papers, evidence, plan --------------------------------------------------------------------------


class RegistrationCells(Frozen):
    """A criterion with its target of the year."""

    number: Text
    content: Text
    title: Text
    target: Text


class InitiativeCells(Frozen):
    """A model of the school that goes on."""

    place: Text
    name: Text
    status: Text
    members: Text
    note: Text


class EnclosureCells(Frozen):
    """An enclosure of a submission. `line`: with its place in front."""

    place: Text
    text: Text
    line: Text


class PaperCells(Frozen):
    """A paper that may be cited. `line`: its full name."""

    number: Text
    date: Text
    kind: Text
    subject: Text
    issuer: Text
    line: Text


class RegisterCells(Frozen):
    """One piece of evidence in the register."""

    place: Text
    code: Text
    name: Text
    where: Text
    note: Text


class GoalCells(Frozen):
    """One part of a goal of the plan."""

    id: Text
    content: Text
    target: Text
    done: Text
    state: Text
    due: Text
    person: Text


# --- annex tables --------------------------------------------------------------------------------------------------


class AnnexLine(Frozen):
    """A line of an annex table, or the heading of a group of lines."""

    is_group: bool
    group: Text
    place: Text
    label: Text
    unit: Text
    before: Text
    now: Text
    change: Text
    note: Text


class AnnexTable(Frozen):
    """One annex table: this year beside last year. `has_before`: some number of last year is known."""

    id: Text
    roman: Text
    name: Text
    pointer: Text
    period: Text
    has_before: bool
    before_heading: Text
    now_heading: Text
    notes: Texts
    has_notes: bool
    lines: tuple[AnnexLine, ...]
