"""All fields of a document, under the same names in every document; and the gaps in them that a person must fill."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from antq_review.errors import UsageError
from antq_review.publish.dossier import narrative, narrative_safety, narrative_year, result_124, result_510
from antq_review.publish.dossier.annex_tables import annex_fields, figure_fields
from antq_review.publish.dossier.catalogue import document
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import criteria, criterion_sheets
from antq_review.publish.dossier.field_schema import Fields, FieldValue
from antq_review.publish.dossier.incident import incident_fields
from antq_review.publish.dossier.letterhead import body_of, head
from antq_review.publish.dossier.minutes import meeting_fields
from antq_review.publish.dossier.papers import enclosures, evidence_note, evidence_rows, paper_rows
from antq_review.publish.dossier.registration import registration_fields
from antq_review.publish.dossier.remarks import human_fields
from antq_review.publish.dossier.sentences import gap, or_gap
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.incident_record import IncidentRecord
from antq_review.text import number, say

#: Control characters, and the two that separate lines and paragraphs.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: Fields that hold one number → cell of the numeric tables.
_COUNTS = {
    "staff_count": ("PL1", "people.staff"), "pupil_count": ("PL1", "people.pupils"),
    "primary_pupil_count": ("PL1", "people.primary_pupils"),
    "lower_secondary_pupil_count": ("PL1", "people.lower_secondary_pupils"),
    "upper_secondary_pupil_count": ("PL1", "people.upper_secondary_pupils"), "guard_count": ("PL1", "people.guards"),
    "subject_group_count": ("PL1", "units.subject_group"), "office_count": ("PL1", "units.office"),
}
_NARRATIVES: dict[str, Callable[[Case], list[str]]] = {
    "size_paragraphs": narrative.size_paragraphs, "leadership_paragraphs": narrative.leadership_paragraphs,
    "outreach_paragraphs": narrative.outreach_paragraphs, "head_duty_paragraphs": narrative.head_duty_paragraphs,
    "environment_paragraphs": narrative_safety.environment_paragraphs,
    "initiative_paragraphs": narrative_safety.initiative_paragraphs, "digital_paragraphs": narrative_safety.digital_paragraphs,
    "coordination_paragraphs": narrative_safety.coordination_paragraphs,
    "prevention_paragraphs": narrative_safety.prevention_paragraphs, "support_paragraphs": narrative_safety.support_paragraphs,
    "incident_paragraphs": narrative_safety.incident_paragraphs,
    "commendation_paragraphs": narrative_safety.commendation_paragraphs,
    "plan_paragraphs": narrative_year.plan_paragraphs, "change_paragraphs": narrative_year.change_paragraphs,
    "process_paragraphs": result_124.process_paragraphs, "result_124_paragraphs": result_124.result_paragraphs,
    "result_510_paragraphs": result_510.result_paragraphs,
}


def fields(
    review: Review, code: str, public: bool = False, incident: IncidentRecord | None = None, previous: Review | None = None
) -> dict[str, Any]:
    """All values that a form of the document may print: str, bool, lists of str, lists of rows; no number, no None.

    `public`: a copy that leaves the school, without counts below 3 and without the numbers that reveal them.
    `incident`: for D11 and only for D11. `previous`: the review of the year before. Raises UsageError for an unknown
    code, for a public copy of a document that has none, for D11 without an incident and for any other document with
    one. The values are Any for the caller, who picks a field by its name; `shape` describes the type of each.
    """
    _check(code, public, incident)
    case = Case(code, review, previous, public, incident)
    found: Fields = {
        **head(case), **_school(case), **human_fields(case), **{name: make(case) for name, make in _NARRATIVES.items()},
        **_circular(case), **_decision(case), **meeting_fields(case), **registration_fields(case), **annex_fields(case),
        **figure_fields(case), "enclosures": enclosures(case), "papers": paper_rows(case), "evidence_rows": evidence_rows(case),
        "evidence_note": evidence_note(case), "goal_rows": narrative_year.goal_rows(case), **incident_fields(case),
    }
    return {name: each_text(value, _plain) for name, value in found.items()}


def _check(code: str, public: bool, incident: IncidentRecord | None) -> None:
    one = document(code)
    if public and not one.is_public:
        raise UsageError(say("dossier.not_public", code=code))
    if code == "D11" and incident is None:
        raise UsageError(say("dossier.incident_needed"))
    if code != "D11" and incident is not None:
        raise UsageError(say("dossier.incident_unasked", code=code))


def _school(case: Case) -> Fields:
    school = case.review.school
    place = ", ".join(part for part in (or_gap(school.address, "address"), school.commune, school.province) if part)
    counts = {name: case.cells.shown(*cell) for name, cell in _COUNTS.items()}
    classes = gap("class_count") if school.class_count is None else number(school.class_count)
    return {"school_address": place, "class_count": classes, **counts}


def _circular(case: Case) -> Fields:
    text = case.circular
    rows = criteria(case, text)
    return {
        "has_124": text is not None, "result_124": result_124.result_of(text), "counts_124": result_124.counts_of(text),
        "wants_recognition": result_124.wants_recognition(text), "request_124": result_124.request(case, body_of(case)),
        "police_check_line": result_124.police_line(case), "criteria_124": rows,
        "criterion_sheets": criterion_sheets(case),
    }


def _decision(case: Case) -> Fields:
    text = case.decision
    maximum = number(text.total) if text and text.total is not None else ""
    return {
        "has_510": text is not None, "is_class_decided": result_510.decided_band(text) is not None,
        "is_illustrative": bool(text and text.illustrative), "illustrative_note": result_510.illustrative_note(text),
        "total_510": result_510.total_of(case), "max_total_510": maximum, "considered_510": result_510.considered_of(case),
        "band_510": result_510.band_of(text), "band_line_510": result_510.band_line(case),
        "request_510": result_510.request(case, body_of(case)), "criteria_510": criteria(case, text),
        "score_rows": result_510.score_rows(case), "score_note": result_510.score_note(case),
        "score_list_rows": result_510.score_list(case),
    }


# --- plain data ----------------------------------------------------------------------------------------------------


def each_text(value: FieldValue, change: Callable[[str], str]) -> FieldValue:
    """A copy of the value, with every text in it changed, at any depth."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: each_text(one, change) for name, one in value.items()}
    return [each_text(one, change) for one in value] if isinstance(value, list) else value


def _plain(text: str) -> str:
    """Composed (NFC) and on one line: a line break in a value would break a paragraph of the form."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", text))


def missing_prefix() -> str:
    """The text with which every gap begins: a place that a person must still fill."""
    return say("dossier.gap_open")


def missing(values: Mapping[str, FieldValue], used: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Field → the texts in it that a person must still complete, each once. `used`: only these fields count."""
    names = set(values) if used is None else set(used)
    found = {name: list(dict.fromkeys(_gaps(value))) for name, value in values.items() if name in names}
    return {name: gaps for name, gaps in found.items() if gaps}


def _gaps(value: FieldValue) -> list[str]:
    if isinstance(value, str):
        return [value] if missing_prefix() in value else []
    if isinstance(value, Mapping):
        return [gap for one in value.values() for gap in _gaps(one)]
    inside = value if isinstance(value, list) else []
    return [gap for one in inside for gap in _gaps(one)]
