"""The shape of the fields, the same for every school and year: every name that a form may use, also in rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from antq_review.publish.dossier.catalogue import document
from antq_review.publish.dossier.number_names import figure_names

#: The value of a field: a text, a truth, a list of texts or of rows, or cells by name. Never a number, never None.
FieldValue: TypeAlias = "str | bool | Sequence[FieldValue] | Mapping[str, FieldValue]"
#: Values by name: the fields of a document, or the cells of one row.
Fields: TypeAlias = dict[str, FieldValue]
#: The shape of a text, which may be printed, and of a truth, which may only be tested.
TEXT, TRUTH = "text", "truth"
#: TEXT, TRUTH, `[…]` for a list of such values, or cells by name.
FieldShape: TypeAlias = "str | list[FieldShape] | Mapping[str, FieldShape]"
Shape: TypeAlias = dict[str, FieldShape]

_FIELDS = """
document_code document_type document_subject superior_body issuing_body school_name school_address has_number? number_line
symbol has_date_line? date_line has_addressees? has_one_addressee? addressees* distribution* signature_lines* signer_name is_draft?
draft_mark is_public? public_note year previous_year next_year_number period_124 period_510 period_plan data_until
data_until_line has_data_until_line? opening closing grounds* attached_to
staff_count pupil_count primary_pupil_count lower_secondary_pupil_count upper_secondary_pupil_count guard_count
subject_group_count office_count class_count
advantages* difficulties* strengths* shortcomings* objective_causes* subjective_causes* lessons* next_year* proposals*
size_paragraphs* leadership_paragraphs* outreach_paragraphs* head_duty_paragraphs* environment_paragraphs*
initiative_paragraphs* digital_paragraphs* coordination_paragraphs* prevention_paragraphs* support_paragraphs*
incident_paragraphs* commendation_paragraphs* plan_paragraphs* change_paragraphs* process_paragraphs*
result_124_paragraphs* result_510_paragraphs* has_124? result_124 counts_124 wants_recognition? request_124 police_check_line
has_510? is_class_decided? is_illustrative? illustrative_note total_510 max_total_510 considered_510 band_510 band_line_510
request_510 score_note
has_meeting? meeting_name meeting_date meeting_start_line meeting_end_line meeting_place meeting_chair meeting_secretary
chair_name secretary_name attendance_line purpose_paragraphs* has_opinions? opinion_note has_votes? vote_line
conclusion_paragraphs* previous_result_paragraphs* solutions* pledge evidence_note
"""
_INCIDENT = """
incident_code incident_kind incident_time incident_detected incident_reported incident_state incident_people* incident_place*
incident_course* incident_consequences* incident_measures* incident_requests*
"""


def _row(names: str, **inside: FieldShape) -> Shape:
    """`name` is a text, `name?` a truth, `name*` a list of texts."""
    kinds: Shape = {"?": TRUTH, "*": [TEXT]}
    return {**{name.rstrip("?*"): kinds.get(name[-1], TEXT) for name in names.split()}, **inside}


def _criterion() -> Shape:
    return _row(
        "number title text_name citation heading requirement results* result_text evidence self_result self_points max_points "
        "conclusion note has_events? is_met? is_not_met? is_open? is_not_applicable? is_unread?",
        events=[_row("letter text title result line")],
    )


def _annex() -> Shape:
    return _row(
        "id roman name pointer period before_heading now_heading notes* has_notes?",
        lines=[_row("is_group? group place label unit before now change note")],
    )


def _rows() -> Shape:
    improvements = _row("place action person deadline indicator progress")
    return {
        "criteria_124": [_criterion()], "criteria_510": [_criterion()],
        "criterion_sheets": [{**_criterion(), **_row("strengths* limits* has_improvements?", improvements=[improvements])}],
        "score_rows": [_row("number content max_points self_points is_unread?")],
        "score_list_rows": [_row("number unit_name total band note")],
        "attendees": [_row("place name post body present reason")], "opinions": [_row("speaker opinion line")],
        "votes": [_row("text_name criterion total agreed against other rate")],
        "registration_rows": [_row("number content title target")], "initiative_rows": [_row("place name status members note")],
        "enclosures": [_row("place text line")], "papers": [_row("number date kind subject issuer line")],
        "evidence_rows": [_row("place code name where note")], "goal_rows": [_row("id content target done state due person")],
        "annex_tables": [_annex()], **{f"annex_pl{number}": _annex() for number in range(1, 11)},
        "figure": dict.fromkeys(figure_names(), TEXT), "figure_before": dict.fromkeys(figure_names(), TEXT),
    }


def shape(code: str) -> Shape:
    """Field → TEXT, TRUTH, [TEXT], [the cells of a row] or cells by name, nested the same way.

    All documents have the same fields; only D11 has the fields `incident_*` too. Raises UsageError for an unknown code.
    """
    own = _row(_INCIDENT) if document(code).code == "D11" else {}
    return {**_row(_FIELDS), **_rows(), **own}
