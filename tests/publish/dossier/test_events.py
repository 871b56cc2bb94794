"""Events of Article 6(3) that are excused: every paper says that they happened, why they are excused, and by which paper."""

import io

import openpyxl
import pytest

from antq_review.publish import wording
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.findings_text import found
from antq_review.publish.excel.annex.workbook import annex
from antq_review.scoring.model.finding import Finding
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import Review
from tests.publish.dossier.documents import of, texts
from tests.scoring.build import evidence_of, judged

CRIME = {"happened_on": "2026-05-01", "kind": "crime", "event_letter": "dd", "verified": "yes", "force_majeure": "yes"}
PAPER = {"id": "VB-CA", "kind": "notice", "issuer": "Công an xã Mẫu", "number": "12/CAX", "signed_on": "2026-06-01", "subject": "Thông báo"}
PROVED = "có 01 vụ, thuộc trường hợp loại trừ: bất khả kháng, văn bản số 12/CAX"
CLAIMED = "bất khả kháng, chưa có văn bản của cơ quan ngoài trường"
MEETING = {
    "meetings": [{"id": "CH", "held_on": "2026-11-16", "minutes": "BB"}],
    "self_scores": [
        {"text": "tt_124", "criterion": "3", "self_result": "met", "meeting": "CH", "reason": "Công an xã xác nhận tại cuộc họp"}
    ],
}
MINUTES = {"id": "BB", "kind": "minutes", "number": "01/BB", "signed_on": "2026-11-16", "subject": "Biên bản"}


def third(*papers, **more) -> Finding:
    """Criterion 3 of a school with one serious crime by force majeure."""
    row = {**CRIME, "authority_document": "VB-CA"} if papers else CRIME
    return judged(evidence_of({"incidents": [row], "documents": [*papers, MINUTES], **more}), "tt_124")["3"]


def with_third(review: Review, finding: Finding) -> Review:
    text = review.text("tt_124")
    assert text is not None
    changed = text.model_copy(update={"findings": tuple(finding if one.id == "3" else one for one in text.findings)})
    return review.model_copy(update={"texts": tuple(changed if one.id == text.id else one for one in review.texts)})


def lines(review: Review, **more) -> list[str]:
    """Every sentence of the papers that report on criterion 3."""
    codes = ("D3", "D10") if more.get("public") else ("D2", "D3", "D4", "D10")
    return [line for code in codes for line in texts(of(review, code, **more))]


def about_crime(review: Review, **more) -> list[str]:
    return [line for line in lines(review, **more) if "Tội phạm nghiêm trọng trở lên" in line and ":" in line]


def test_an_excused_event_is_told_with_its_ground_and_its_paper(review):
    excused = with_third(review, third(PAPER))
    assert excused.text("tt_124").findings[2].computed.truth is Truth.YES
    told = about_crime(excused)
    assert told and all("không xảy ra" not in line for line in told)
    assert any(PROVED in line for line in told)
    assert not any("Cả 06 trường hợp đều không xảy ra" in line for line in lines(excused))
    assert any("5/6 trường hợp không xảy ra" in line or "05/06 trường hợp không xảy ra" in line for line in lines(excused))


def test_a_claim_without_a_paper_waits_for_the_meeting(review):
    told = about_crime(with_third(review, third()))
    assert told and all("không xảy ra" not in line for line in told)
    assert any(CLAIMED in line and "chờ kết luận của cuộc họp" in line for line in told)


def test_what_the_meeting_settled_is_said_to_be_its_conclusion(review):
    finding = third(**MEETING)
    assert finding.settled_by_meeting
    told = about_crime(with_third(review, finding))
    assert told and all("không xảy ra" not in line for line in told)
    assert any(f"theo kết luận của cuộc họp: {CLAIMED}" in line for line in told)


@pytest.mark.parametrize(("result", "said"), [
    ("met", f"có 01 vụ, thuộc trường hợp loại trừ theo kết luận của cuộc họp: {CLAIMED}"),
    ("not_met", f"có 01 vụ, cuộc họp kết luận chưa đạt: {CLAIMED}"),
])
def test_a_meeting_that_concluded_is_not_waited_for_even_without_its_reason(review, result, said):
    score = {**MEETING["self_scores"][0], "self_result": result, "reason": ""}
    told = about_crime(with_third(review, third(**MEETING | {"self_scores": [score]})))
    assert told and not any("chờ kết luận" in line or "không xảy ra" in line for line in told)
    assert any(said in line for line in told)


def test_a_measure_whose_excuse_a_meeting_accepted_does_not_wait_for_the_meeting(review):
    measured = next(one for one in third().parts if one.id == "3dd").measurement
    case = Case("D3", review)
    assert f"chờ kết luận của cuộc họp: {CLAIMED}" in found(case, measured)
    assert found(case, measured, by_meeting=True) == f"có 01 vụ, thuộc trường hợp loại trừ theo kết luận của cuộc họp: {CLAIMED}"


@pytest.mark.parametrize("papers", [(), (PAPER,)])
def test_a_public_copy_gives_no_detail_and_never_says_that_nothing_happened(review, papers):
    told = about_crime(with_third(review, third(*papers)), public=True)
    assert told and not any("không xảy ra" in line or "12/CAX" in line or "bất khả kháng" in line for line in told)


def test_a_school_without_events_still_says_so(review):
    assert any("Cả 06 trường hợp đều không xảy ra" in line for line in lines(review))


def test_report_and_annex_name_the_excused_event_beside_its_number(review):
    finding = third(PAPER)
    part = next(one for one in finding.parts if one.id == "3dd")
    assert wording.measured(part.measurement) == "0 vụ; vụ VV-001 thuộc trường hợp loại trừ: bất khả kháng, văn bản số 12/CAX"
    book = openpyxl.load_workbook(io.BytesIO(annex(with_third(review, finding))))
    for sheet in ("Thông tư 124", "Nội bộ"):
        cells = [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value]
        assert any("loại trừ: bất khả kháng, văn bản số 12/CAX" in cell for cell in cells), sheet
