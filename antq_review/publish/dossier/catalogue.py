"""The documents of a dossier, D1 … D11: their files, their texts of law, their fields, the compulsory ones among them."""

from __future__ import annotations

from dataclasses import dataclass

from antq_review.errors import UsageError
from antq_review.forms.choices import TextId
from antq_review.publish.dossier.document_fields import DocumentFields, IncidentDocumentFields, document_shape
from antq_review.publish.dossier.field_schema import TRUTH, Shape
from antq_review.scoring.model.review import Review
from antq_review.text import tell

CIRCULAR, DECISION = TextId.TT_124, TextId.QD_510


@dataclass(frozen=True)
class DossierDocument:
    """One document.

    `slug`: its file's name without ending; `texts`: the texts of law that it is about; `stands_alone`: it is made for a
    school that none of its texts concerns, too; `is_public`: a copy may leave the school; `is_annex`: it has no number,
    day and recipients of its own; `is_result`: it states a result, so its texts must be settled before it is final;
    `compulsory`: the fields that every form of it must print; `fields`: the model of its fields.
    """

    code: str
    slug: str
    texts: tuple[str, ...] = ()
    is_public: bool = True
    is_annex: bool = False
    is_landscape: bool = False
    is_addressed: bool = False
    has_date_line: bool = True
    is_result: bool = True
    stands_alone: bool = False
    compulsory: tuple[str, ...] = ()
    fields: type[DocumentFields] = DocumentFields

    def __post_init__(self) -> None:
        """Raises ValueError for a compulsory field that the document does not have or that a form cannot print."""
        known = document_shape(self.fields)
        wrong = [name for name in self.compulsory if known.get(name, TRUTH) == TRUTH]
        if wrong:
            raise ValueError(f"{self.code}: a form cannot print {wrong}")


_HEAD = ("superior_body", "issuing_body", "document_type", "document_subject")
_SIGNED = (*_HEAD, "signature_lines", "signer_name", "distribution")
_SENT = (*_SIGNED, "number_line", "date_line", "addressees")

DOCUMENTS: dict[str, DossierDocument] = {
    one.code: one
    for one in (
        DossierDocument(
            "D1", "D01_ban_dang_ky", (CIRCULAR,), is_addressed=True, is_result=False,
            compulsory=(*_SIGNED, "date_line", "addressees", "registration_rows", "initiative_rows", "pledge"),
        ),
        DossierDocument(
            "D2", "D02_to_trinh_124", (CIRCULAR,), is_addressed=True,
            compulsory=(*_SENT, "result_124_paragraphs", "request_124", "enclosures", "data_until_line"),
        ),
        DossierDocument(
            "D3", "D03_bao_cao_124", (CIRCULAR,), is_addressed=True,
            compulsory=(*_SENT, "criteria_124", "police_check_line", "result_124_paragraphs", "request_124", "data_until_line"),
        ),
        DossierDocument(
            "D4", "D04_bien_ban", (CIRCULAR,), is_public=False, has_date_line=False,
            compulsory=(
                *_HEAD, "number_line", "meeting_start_line", "meeting_place", "meeting_chair", "meeting_secretary", "attendees",
                "attendance_line", "criteria_124", "opinions", "conclusion_paragraphs", "meeting_end_line", "chair_name",
                "secretary_name", "police_check_line",
            ),
        ),
        DossierDocument(
            "D5", "D05_bang_cham_diem", (DECISION,), is_annex=True, has_date_line=False,
            compulsory=("document_type", "document_subject", "score_rows", "max_total_510", "total_510", "score_note"),
        ),
        DossierDocument(
            "D6", "D06_to_trinh_510", (DECISION,), is_addressed=True,
            compulsory=(*_SENT, "result_510_paragraphs", "band_line_510", "request_510", "enclosures"),
        ),
        DossierDocument(
            "D7", "D07_thong_ke", (DECISION,), is_annex=True, is_landscape=True, has_date_line=False,
            compulsory=("document_type", "document_subject", "score_list_rows"),
        ),
        DossierDocument(
            "D8", "D08_phieu_danh_gia_tieu_chi", (CIRCULAR, DECISION), is_public=False, is_annex=True, has_date_line=False,
            compulsory=("document_type", "criterion_sheets"),
        ),
        DossierDocument(
            "D9", "D09_danh_muc_minh_chung", (CIRCULAR,), is_annex=True, is_landscape=True, has_date_line=False, stands_alone=True,
            compulsory=("document_type", "evidence_rows"),
        ),
        DossierDocument(
            "D10", "D10_bao_cao_tong_ket", (CIRCULAR, DECISION), is_addressed=True, stands_alone=True,
            compulsory=(
                *_SENT, "incident_paragraphs", "result_124_paragraphs", "result_510_paragraphs", "band_line_510", "data_until_line",
            ),
        ),
        DossierDocument(
            "D11", "D11_bao_cao_dot_xuat", (), is_public=False, is_addressed=True, stands_alone=True,
            compulsory=(*_SENT, "incident_kind", "incident_time", "incident_people", "incident_place", "incident_measures"),
            fields=IncidentDocumentFields,
        ),
    )
}
PUBLIC_DOCUMENTS: tuple[str, ...] = tuple(code for code, one in DOCUMENTS.items() if one.is_public)


def document(code: str) -> DossierDocument:
    """The document with this code. Raises UsageError for any other code; the message contains the valid ones."""
    if code not in DOCUMENTS:
        raise UsageError(tell("dossier.unknown_document", code=code, known=", ".join(DOCUMENTS)))
    return DOCUMENTS[code]


def concerns(code: str, review: Review) -> bool:
    """Can the document be made for this school: is the school judged by one of its texts, or does it stand alone?"""
    one = document(code)
    return one.stands_alone or any(review.text(text) is not None for text in one.texts)


def must_be_settled(code: str) -> tuple[str, ...]:
    """The texts of law that must be settled before the document is final: those whose result it states."""
    return document(code).texts if document(code).is_result else ()


def compulsory(code: str) -> tuple[str, ...]:
    """The fields that a form of the document must print or loop over; the draft mark is compulsory in every form."""
    return (*document(code).compulsory, "draft_mark")


def shape(code: str) -> Shape:
    """Field → TEXT, TRUTH, [TEXT], [the cells of a row] or cells by name, nested the same way.

    All documents have the same fields; only D11 has the fields `incident_*` too. Raises UsageError for an unknown code.
    """
    return document_shape(document(code).fields)
