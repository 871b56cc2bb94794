"""All fields of a document, made from a review, under the same names in every document."""

from __future__ import annotations

from antq_review.errors import UsageError
from antq_review.publish.dossier import field_groups as groups
from antq_review.publish.dossier import narrative, narrative_safety, narrative_year, result_124, result_510
from antq_review.publish.dossier.annex_tables import annex_fields, figure_fields
from antq_review.publish.dossier.catalogue import document
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import criteria, criterion_sheets
from antq_review.publish.dossier.document_fields import DocumentFields, IncidentDocumentFields
from antq_review.publish.dossier.incident import incident_account
from antq_review.publish.dossier.letterhead import body_of, days, letterhead
from antq_review.publish.dossier.minutes import minutes
from antq_review.publish.dossier.papers import enclosures, evidence_note, evidence_rows, paper_rows
from antq_review.publish.dossier.public_names import without_file_names
from antq_review.publish.dossier.registration import registration
from antq_review.publish.dossier.remarks import remarks
from antq_review.publish.dossier.sentences import gap, or_gap
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.incident_record import IncidentRecord
from antq_review.text import number, tell


def fields(
    review: Review, code: str, public: bool = False, incident: IncidentRecord | None = None, previous: Review | None = None
) -> DocumentFields:
    """All that a form of the document may print, test or loop over.

    `public`: a copy that leaves the school, without counts below 3 and without the numbers that reveal them.
    `incident`: for D11 and only for D11. `previous`: the review of the year before. Raises UsageError for an unknown
    code, for a public copy of a document that has none, for D11 without an incident and for any other document with
    one.
    """
    _check(code, public, incident)
    case = Case(code, review, previous, public, incident)
    common = DocumentFields(
        letterhead=letterhead(case), days=days(case), school=_school(case), remarks=remarks(case), paragraphs=_paragraphs(case),
        circular=_circular(case), decision=_decision(case), minutes=minutes(case), registration=registration(case),
        annexes=groups.Annexes.model_validate(annex_fields(case)), numbers=groups.SingleNumbers.model_validate(figure_fields(case)),
        lists=_lists(case),
    )
    common = without_file_names(common, review) if public else common
    return common if incident is None else IncidentDocumentFields(**dict(common), incident=incident_account(incident))


def _check(code: str, public: bool, incident: IncidentRecord | None) -> None:
    one = document(code)
    if public and not one.is_public:
        raise UsageError(tell("dossier.not_public", code=code))
    if code == "D11" and incident is None:
        raise UsageError(tell("dossier.incident_needed"))
    if code != "D11" and incident is not None:
        raise UsageError(tell("dossier.incident_unasked", code=code))


def _school(case: Case) -> groups.SchoolFacts:
    school, shown = case.review.school, case.cells.shown
    return groups.SchoolFacts(
        school_address=", ".join(part for part in (or_gap(school.address, "address"), school.commune, school.province) if part),
        class_count=gap("class_count") if school.class_count is None else number(school.class_count),
        staff_count=shown("PL1", "people.staff"),
        pupil_count=shown("PL1", "people.pupils"),
        primary_pupil_count=shown("PL1", "people.primary_pupils"),
        lower_secondary_pupil_count=shown("PL1", "people.lower_secondary_pupils"),
        upper_secondary_pupil_count=shown("PL1", "people.upper_secondary_pupils"),
        guard_count=shown("PL1", "people.guards"),
        subject_group_count=shown("PL1", "units.subject_group"),
        office_count=shown("PL1", "units.office"),
    )


def _paragraphs(case: Case) -> groups.Paragraphs:
    return groups.Paragraphs(
        size_paragraphs=narrative.size_paragraphs(case),
        leadership_paragraphs=narrative.leadership_paragraphs(case),
        outreach_paragraphs=narrative.outreach_paragraphs(case),
        head_duty_paragraphs=narrative.head_duty_paragraphs(case),
        environment_paragraphs=narrative_safety.environment_paragraphs(case),
        initiative_paragraphs=narrative_safety.initiative_paragraphs(case),
        digital_paragraphs=narrative_safety.digital_paragraphs(case),
        coordination_paragraphs=narrative_safety.coordination_paragraphs(case),
        prevention_paragraphs=narrative_safety.prevention_paragraphs(case),
        support_paragraphs=narrative_safety.support_paragraphs(case),
        incident_paragraphs=narrative_safety.incident_paragraphs(case),
        commendation_paragraphs=narrative_safety.commendation_paragraphs(case),
        plan_paragraphs=narrative_year.plan_paragraphs(case),
        change_paragraphs=narrative_year.change_paragraphs(case),
        process_paragraphs=result_124.process_paragraphs(case),
        result_124_paragraphs=result_124.result_paragraphs(case),
        result_510_paragraphs=result_510.result_paragraphs(case),
    )


def _circular(case: Case) -> groups.CircularResult:
    text = case.circular
    return groups.CircularResult(
        has_124=text is not None, result_124=result_124.result_of(text), counts_124=result_124.counts_of(text),
        wants_recognition=result_124.wants_recognition(text), request_124=result_124.request(case, body_of(case)),
        police_check_line=result_124.police_line(case), criteria_124=criteria(case, text), criterion_sheets=criterion_sheets(case),
    )


def _decision(case: Case) -> groups.DecisionResult:
    text, notes = case.decision, result_510.score_notes(case)
    return groups.DecisionResult(
        has_510=text is not None, is_class_decided=result_510.decided_band(text) is not None,
        is_illustrative=bool(text and text.illustrative), illustrative_note=result_510.illustrative_note(text),
        total_510=result_510.total_of(case), max_total_510=number(text.total) if text and text.total is not None else "",
        considered_510=result_510.considered_of(case), band_510=result_510.band_of(text), band_line_510=result_510.band_line(case),
        request_510=result_510.request(case, body_of(case)), criteria_510=criteria(case, text),
        score_rows=result_510.score_rows(case), score_notes=notes, score_note=" ".join(notes).rstrip("."),
        score_list_rows=result_510.score_list(case),
    )


def _lists(case: Case) -> groups.PaperLists:
    return groups.PaperLists(
        enclosures=enclosures(case), papers=paper_rows(case), evidence_rows=evidence_rows(case), evidence_note=evidence_note(case),
        goal_rows=narrative_year.goal_rows(case),
    )
