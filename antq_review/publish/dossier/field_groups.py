"""The fields of a document, in groups that belong together: one model for each group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from antq_review.publish.dossier import field_rows as rows
from antq_review.publish.dossier.field_schema import CellNames, Text, Texts
from antq_review.publish.dossier.number_names import figure_names
from antq_review.source import Frozen


class Letterhead(Frozen):
    """The frame: bodies, number, day, addressees, recipients, signature, first and last sentence."""

    document_code: Text
    document_type: Text
    document_subject: Text
    superior_body: Text
    issuing_body: Text
    school_name: Text
    has_number: bool
    symbol: Text
    number_line: Text
    has_date_line: bool
    date_line: Text
    has_addressees: bool
    has_one_addressee: bool
    addressees: Texts
    distribution: Texts
    signature_lines: Texts
    signer_name: Text
    is_draft: bool
    draft_mark: Text
    is_public: bool
    public_note: Text
    opening: Text
    closing: Text
    grounds: Texts
    attached_to: Text
    check_line: Text
    has_check_line: bool


class Days(Frozen):
    """Years, periods, and the last day of the numbers."""

    year: Text
    previous_year: Text
    next_year_number: Text
    years_line: Text
    period_124: Text
    period_510: Text
    period_plan: Text
    data_until: Text
    data_until_line: Text
    has_data_until_line: bool


class SchoolFacts(Frozen):
    """The school's address, how many people and units it has, and its word for its pupils."""

    school_address: Text
    class_count: Text
    staff_count: Text
    pupil_count: Text
    pupil_word: Text
    primary_pupil_count: Text
    lower_secondary_pupil_count: Text
    upper_secondary_pupil_count: Text
    guard_count: Text
    subject_group_count: Text
    office_count: Text


class Remarks(Frozen):
    """Paragraphs that only people write: one field for each section of the sheet “Nhận xét”."""

    advantages: Texts
    difficulties: Texts
    strengths: Texts
    shortcomings: Texts
    objective_causes: Texts
    subjective_causes: Texts
    lessons: Texts
    next_year: Texts
    proposals: Texts


class Paragraphs(Frozen):
    """Paragraphs that the program composes from the numbers and findings."""

    size_paragraphs: Texts
    leadership_paragraphs: Texts
    outreach_paragraphs: Texts
    head_duty_paragraphs: Texts
    environment_paragraphs: Texts
    initiative_paragraphs: Texts
    digital_paragraphs: Texts
    coordination_paragraphs: Texts
    prevention_paragraphs: Texts
    support_paragraphs: Texts
    incident_paragraphs: Texts
    commendation_paragraphs: Texts
    plan_paragraphs: Texts
    change_paragraphs: Texts
    process_paragraphs: Texts
    result_124_paragraphs: Texts
    result_510_paragraphs: Texts


class CircularResult(Frozen):
    """The result under Circular 124."""

    has_124: bool
    result_124: Text
    counts_124: Text
    wants_recognition: bool
    request_124: Text
    police_check_line: Text
    criteria_124: tuple[rows.CriterionCells, ...]
    criterion_sheets: tuple[rows.CriterionSheetCells, ...]


class DecisionResult(Frozen):
    """The result under Decision 510."""

    has_510: bool
    is_class_decided: bool
    is_illustrative: bool
    illustrative_note: Text
    total_510: Text
    max_total_510: Text
    considered_510: Text
    band_510: Text
    band_line_510: Text
    request_510: Text
    criteria_510: tuple[rows.CriterionCells, ...]
    score_rows: tuple[rows.ScoreCells, ...]
    score_notes: Texts
    score_note: Text
    score_list_rows: tuple[rows.ScoreListCells, ...]


class Minutes(Frozen):
    """The meeting: attendance, opinions, votes, conclusions."""

    has_meeting: bool
    meeting_name: Text
    meeting_date: Text
    meeting_start_line: Text
    meeting_end_line: Text
    meeting_place: Text
    meeting_chair: Text
    chair_name: Text
    meeting_secretary: Text
    secretary_name: Text
    attendees: tuple[rows.AttendeeCells, ...]
    attendance_line: Text
    purpose_paragraphs: Texts
    opinions: tuple[rows.OpinionCells, ...]
    has_opinions: bool
    opinion_note: Text
    votes: tuple[rows.VoteCells, ...]
    has_votes: bool
    vote_line: Text
    conclusion_paragraphs: Texts


class Registration(Frozen):
    """The fields that only the registration of quarter I needs."""

    previous_result_paragraphs: Texts
    registration_rows: tuple[rows.RegistrationCells, ...]
    initiative_rows: tuple[rows.InitiativeCells, ...]
    solutions: Texts
    pledge: Text


class Annexes(Frozen):
    """All annex tables in their order, and each by its own name. A table that an older review does not have is empty."""

    annex_tables: tuple[rows.AnnexTable, ...]
    annex_pl1: rows.AnnexTable
    annex_pl2: rows.AnnexTable
    annex_pl3: rows.AnnexTable
    annex_pl4: rows.AnnexTable
    annex_pl5: rows.AnnexTable
    annex_pl6: rows.AnnexTable
    annex_pl7: rows.AnnexTable
    annex_pl8: rows.AnnexTable
    annex_pl9: rows.AnnexTable
    annex_pl10: rows.AnnexTable


class SingleNumbers(Frozen):
    """Single cells of the annex tables by name (`figure.pl7_incidents_all`), of this year and of last year."""

    figure: Annotated[Mapping[str, Text], CellNames(figure_names)]
    figure_before: Annotated[Mapping[str, Text], CellNames(figure_names)]


class PaperLists(Frozen):
    """Enclosures, papers, the evidence register, the goals of the plan."""

    enclosures: tuple[rows.EnclosureCells, ...]
    papers: tuple[rows.PaperCells, ...]
    evidence_rows: tuple[rows.RegisterCells, ...]
    evidence_note: Text
    goal_rows: tuple[rows.GoalCells, ...]


class IncidentAccount(Frozen):
    """One incident: code, kind and days are known; people write the rest."""

    incident_code: Text
    incident_kind: Text
    incident_time: Text
    incident_detected: Text
    incident_reported: Text
    incident_state: Text
    incident_people: Texts
    incident_place: Texts
    incident_course: Texts
    incident_consequences: Texts
    incident_measures: Texts
    incident_requests: Texts
