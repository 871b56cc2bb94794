"""What the school wrote for its dossier: remarks, meetings and papers as typed; one incident as counts."""

from datetime import date, datetime
from typing import Any

import pytest

from antq_review.errors import UsageError
from antq_review.rules import in_force
from antq_review.scoring import review as judge
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.incident_record import incident_record
from tests.scoring.build import AS_OF, YEAR, evidence_of

MINUTES = {"id": "VB-01", "kind": "minutes", "number": "81/BB", "signed_on": date(2026, 11, 10), "subject": "Biên bản"}
MEETING = {"id": "CH-01", "held_on": date(2026, 11, 10), "minutes": "VB-01", "chair": "A, Hiệu trưởng"}


def reviewed(case: dict[str, Any]) -> Review:
    return judge(evidence_of(case), in_force(YEAR), AS_OF)


def test_nothing_written_is_nothing() -> None:
    found = reviewed({})
    assert (found.remarks, found.meetings, found.papers) == ((), (), ())


def test_remarks_by_section_in_the_order_of_the_list() -> None:
    rows = [{"section": "proposals", "text": "C"}, {"section": "advantages", "text": "B"}, {"section": "advantages", "text": "A"}]
    assert [(one.section, one.text) for one in reviewed({"remarks": rows}).remarks] == [
        ("advantages", "B"), ("advantages", "A"), ("proposals", "C")
    ]


def test_a_meeting_with_its_people_opinions_and_votes() -> None:
    case = {
        "documents": [MINUTES], "meetings": [{**MEETING, "held_on": date(2026, 12, 1), "id": "CH-02"}, MEETING],
        "attendees": [
            {"meeting": "ch-01", "name": "A", "body": "leadership", "present": "yes"},
            {"meeting": "CH-01", "name": "B", "body": "police", "present": "no", "absence_reason": "Bận"},
            {"meeting": "CH-02", "name": "C", "body": "police", "present": "yes"},
        ],
        "opinions": [{"meeting": "CH-01", "speaker": "Phó Hiệu trưởng", "opinion": "Đồng ý"}],
        "votes": [{"meeting": "CH-01", "text": "tt_124", "criterion": "1", "total": 9, "agreed": 8}],
        "refused": {"opinions": 1},
    }
    (held,) = reviewed(case).meetings  # the other lies after the day of the review
    assert (held.minutes, held.chair, held.place, held.refused_rows) == ("81/BB", "A, Hiệu trưởng", "", 1)
    assert [(one.name, one.present, one.absence_reason) for one in held.attendees] == [("A", True, ""), ("B", False, "Bận")]
    assert [one.opinion for one in held.opinions] == ["Đồng ý"]
    assert [(one.agreed, one.against) for one in held.votes] == [(8, None)]


def test_papers_of_the_year_or_in_force_but_no_secret_one_and_no_report_of_an_incident() -> None:
    def paper(number: str, **more: Any) -> dict[str, Any]:
        return {"kind": "plan", "number": number, "signed_on": date(2026, 2, 1), "subject": "Kế hoạch", **more}

    rows = [
        paper("1"), paper("2", confidential="yes"), paper("3", kind="incident_report"), paper("4", signed_on=date(2026, 12, 1)),
        paper("5", kind="rules", signed_on=date(2024, 9, 5)), paper("6", signed_on=date(2024, 9, 5), in_force_to=date(2024, 12, 31)),
    ]
    assert [one.number for one in reviewed({"documents": rows}).papers] == ["5", "1"]


def test_the_head_of_a_letter_comes_from_the_profile() -> None:
    school = reviewed({"profile": {"signer": "Nguyễn Văn A", "document_symbol": "THCS", "recipients": "Công an xã; lưu VT"}}).school
    assert (school.signer, school.document_symbol, school.recipients, school.place_name) == (
        "Nguyễn Văn A", "THCS", "Công an xã; lưu VT", ""
    )


# --- one incident --------------------------------------------------------------------------------------------------


def incident(code: str, **more: Any) -> dict[str, Any]:
    return {"id": code, "happened_on": date(2026, 5, 1), "kind": "theft", "event_letter": "none", "verified": "yes", **more}


def test_an_incident_by_its_code_without_a_word_of_it() -> None:
    told = {"judged_by": "BÍ MẬT", "handling": "BÍ MẬT", "note": "BÍ MẬT", "file": "BÍ MẬT"}
    row = incident("VV-01", pupils=2, detected_at=datetime(2026, 5, 1, 7, 30), **told)
    found = incident_record(evidence_of({"incidents": [row]}), "vv-01")
    assert (found.code, found.kind, found.pupils, found.staff, found.reported_at) == ("VV-01", "theft", 2, None, None)
    assert "BÍ MẬT" not in found.model_dump_json()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "Không có vụ việc mã “VV-09” ở biểu «Vụ việc». Các mã đang có: chưa có vụ việc nào."),
        ([incident("VV-01")], "Các mã đang có: VV-01."), ([incident("VV-09"), incident("VV-09")], "Mã “VV-09” có ở nhiều dòng"),
    ],
)
def test_a_code_that_names_no_incident_or_several(rows: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        incident_record(evidence_of({"incidents": rows}), "VV-09")
    assert says in str(caught.value)
