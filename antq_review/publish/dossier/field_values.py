"""All fields of a document, made from a review, under the same names in every document."""

from __future__ import annotations

from pydantic import BaseModel

from antq_review.errors import UsageError
from antq_review.forms.choices import DocumentKind
from antq_review.publish.dossier import field_groups as groups
from antq_review.publish.dossier import narrative, narrative_safety, narrative_year, result_124, result_510
from antq_review.publish.dossier.annex_tables import annex_fields, figure_fields
from antq_review.publish.dossier.catalogue import CIRCULAR, DECISION, document
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.criteria import criteria, criterion_sheets
from antq_review.publish.dossier.document_fields import DocumentFields, IncidentDocumentFields
from antq_review.publish.dossier.field_rows import CriterionCells, CriterionSheetCells
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
from antq_review.text import filled, number, tell


class DossierFields:
    """The documents of one review; what several of them print is made once.

    `previous`: the review of the year before. `public`: copies that leave the school, without counts below 3 and without
    the numbers that reveal them.
    """

    def __init__(self, review: Review, previous: Review | None = None, public: bool = False) -> None:
        self._review, self._previous, self._public = review, previous, public
        self._shared: dict[DocumentKind | None, dict[str, BaseModel]] = {}

    def fields(self, code: str, incident: IncidentRecord | None = None) -> DocumentFields:
        """All that a form of the document may print, test or loop over. `incident`: for D11 and only for D11.

        Raises UsageError for an unknown code, for a public copy of a document that has none, for D11 without an incident
        and for any other document with one.
        """
        _check(code, self._public, incident)
        case = Case(code, self._review, self._previous, self._public, incident)
        if case.own_kind not in self._shared:
            self._shared[case.own_kind] = self._leaving(_shared(case))
        groups_ = self._shared[case.own_kind] | self._leaving({"letterhead": letterhead(case), "lists": _lists(case)})
        if incident is None:
            return DocumentFields(**groups_)
        return IncidentDocumentFields(**groups_, incident=incident_account(incident, case.pupils))

    def _leaving(self, made: dict[str, BaseModel]) -> dict[str, BaseModel]:
        return {name: without_file_names(group, self._review) for name, group in made.items()} if self._public else made


def fields(
    review: Review, code: str, public: bool = False, incident: IncidentRecord | None = None, previous: Review | None = None
) -> DocumentFields:
    """The fields of one document alone: `DossierFields(review, previous, public).fields(code, incident)`."""
    return DossierFields(review, previous, public).fields(code, incident)


def _shared(case: Case) -> dict[str, BaseModel]:
    """The groups that are the same in every document with this own kind: nothing in them asks for the document's code."""
    return {
        "days": days(case), "school": _school(case), "remarks": remarks(case), "paragraphs": _paragraphs(case),
        **_results(case), "minutes": minutes(case), "registration": registration(case),
        "annexes": groups.Annexes.model_validate(annex_fields(case)), "numbers": groups.SingleNumbers.model_validate(figure_fields(case)),
    }


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
        pupil_count=shown("PL1", "people.pupils"), pupil_word=filled("{pupils}", pupils=case.pupils),
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


def _results(case: Case) -> dict[str, BaseModel]:
    """The results of both texts. Their criteria are told once, and once more in the criterion sheets."""
    circular, decision = criteria(case, case.circular), criteria(case, case.decision)
    sheets = criterion_sheets(case, {CIRCULAR: circular, DECISION: decision})
    return {"circular": _circular(case, circular, sheets), "decision": _decision(case, decision)}


def _circular(case: Case, rows: list[CriterionCells], sheets: list[CriterionSheetCells]) -> groups.CircularResult:
    text = case.circular
    return groups.CircularResult(
        has_124=text is not None, result_124=result_124.result_of(text), counts_124=result_124.counts_of(text),
        wants_recognition=result_124.wants_recognition(text), request_124=result_124.request(case, body_of(case)),
        police_check_line=result_124.police_line(case), criteria_124=rows, criterion_sheets=sheets,
    )


def _decision(case: Case, rows: list[CriterionCells]) -> groups.DecisionResult:
    text, notes = case.decision, result_510.score_notes(case)
    return groups.DecisionResult(
        has_510=text is not None, is_class_decided=result_510.decided_band(text) is not None,
        is_illustrative=bool(text and text.illustrative), illustrative_note=result_510.illustrative_note(text),
        total_510=result_510.total_of(case), max_total_510=number(text.total) if text and text.total is not None else "",
        considered_510=result_510.considered_of(case), band_510=result_510.band_of(text), band_line_510=result_510.band_line(case),
        request_510=result_510.request(case, body_of(case)), criteria_510=rows,
        score_rows=result_510.score_rows(case), score_notes=notes, score_note=" ".join(notes).rstrip("."),
        score_list_rows=result_510.score_list(case),
    )


def _lists(case: Case) -> groups.PaperLists:
    evidence = evidence_rows(case)
    return groups.PaperLists(
        enclosures=enclosures(case), papers=paper_rows(case), evidence_rows=evidence, evidence_note=evidence_note(case, len(evidence)),
        goal_rows=narrative_year.goal_rows(case),
    )
