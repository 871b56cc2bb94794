"""The evidence register: one piece one code, nothing confidential or private by its place, the same order every time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.evidence.index import Index
from antq_review.scoring.model.numeric_tables import RegisterItem
from antq_review.scoring.register.register import register
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")

RESOLUTION = {
    "id": "VB-1", "kind": "resolution", "number": "02-NQ/CB", "signed_on": date(2026, 1, 15), "subject": "Nghị quyết năm 2026",
    "contents_1": "security_plan", "file": "minh_chung/nq.pdf",
}
RULES = {"id": "VB-2", "kind": "rules", "number": "11/NQ", "signed_on": date(2026, 2, 1), "subject": "Nội quy", "keeper": "Văn thư"}


def items(case: Mapping[str, Any]) -> tuple[RegisterItem, ...]:
    return review(evidence_of(case), in_force(YEAR), case.get("as_of", AS_OF)).evidence_register


def one(case: Mapping[str, Any]) -> RegisterItem:
    (found,) = items(case)
    return found


def activity(**more: Any) -> dict[str, Any]:
    return {"held_on": date(2026, 3, 2), "name": "Ngoại khóa", "form": "thematic", "file": "hd/anh.jpg", **more}


# --- codes ---------------------------------------------------------------------------------------------------------


def test_a_paper_bears_the_code_of_the_first_provision_it_serves() -> None:
    found = one({"documents": [RESOLUTION]})
    assert found.code == "(MC.AN.1a.01)"
    assert str(found.title) == "Nghị quyết số 02-NQ/CB ngày 15/01/2026: Nghị quyết năm 2026"
    assert (str(found.kind), str(found.where)) == ("Nghị quyết", "PDF; minh_chung/nq.pdf")
    assert found.serves[0] == "tt_124/1a" and "qd_510/1.1" in found.serves
    assert [cell.shown for cell in found.cells] == ["02-NQ/CB", "15/01/2026"]


def test_numbers_count_within_a_provision_and_codes_are_unique() -> None:
    papers = [{**RESOLUTION, "id": f"VB-{number}", "number": f"{number:02d}-NQ/CB", "file": f"{number}.pdf"} for number in range(1, 13)]
    codes = [item.code for item in items({"documents": papers})]
    assert codes[:2] == ["(MC.AN.1a.01)", "(MC.AN.1a.02)"] and codes[-1] == "(MC.AN.1a.12)"
    assert len(set(codes)) == 12


def test_what_serves_nothing_comes_last() -> None:
    other = {"id": "VB-9", "kind": "other", "signed_on": date(2026, 1, 1), "subject": "Khác"}
    codes = [item.code for item in items({"documents": [other, RESOLUTION]})]
    assert codes == ["(MC.AN.1a.01)", "(MC.AN.K.01)"]


def test_the_pattern_is_a_setting() -> None:
    evidence = evidence_of({"documents": [RESOLUTION]})
    found = review(evidence, in_force(YEAR), AS_OF)
    (item,) = register(Index(evidence), found.texts, found.goals, YEAR, AS_OF, "[H{number}-{criterion}]")
    assert item.code == "[H1-1a]"


def test_the_order_of_the_rows_decides_no_meaning() -> None:
    case = {"documents": [RESOLUTION, RULES], "activities": [activity(topic_1="law")]}
    turned = {"documents": [RULES, RESOLUTION], "activities": [activity(topic_1="law")]}
    assert {(item.code, item.title) for item in items(case)} == {(item.code, item.title) for item in items(turned)}


# --- one piece -----------------------------------------------------------------------------------------------------


def test_rows_of_one_activity_are_one_piece() -> None:
    rows = [activity(audience="teachers", present=8), activity(audience="primary_pupils", present=40)]
    found = one({"activities": rows})
    assert (str(found.title), str(found.kind), len(found.cells)) == ("Ngoại khóa (02/3/2026)", "Hoạt động", 2)


def test_a_file_that_many_rows_name_is_one_piece_named_by_the_first() -> None:
    rows = [activity(), activity(name="Diễn đàn", held_on=date(2026, 4, 1)), activity(name="Tập huấn", held_on=date(2026, 5, 1))]
    assert str(one({"activities": rows}).title) == "Ngoại khóa (02/3/2026) và 2 việc khác cùng tệp"


def test_a_row_that_names_the_file_of_one_paper_is_that_paper() -> None:
    rating = {"unit": "Tổ 1", "eligible": "yes", "rating": "good", "year_considered": "2026", "file": "minh_chung/NQ.pdf"}
    found = one({"documents": [RESOLUTION], "ratings": [rating]})
    assert str(found.kind) == "Nghị quyết" and len(found.cells) == 3


def test_what_rests_on_a_model_rests_on_its_decision_too() -> None:
    decision = {"id": "VB-7", "kind": "decision", "number": "32/QĐ", "signed_on": date(2026, 4, 20), "subject": "Mô hình"}
    model = {
        "name": "Cổng trường", "status": "kept", "assessed_on": date(2026, 11, 5), "conclusion": "effective", "decision": "VB-7",
        "file": "mo_hinh.pdf",
    }
    found = items({"documents": [decision], "initiatives": [model]})
    assert [(str(item.kind), item.serves[0]) for item in found] == [("Mô hình", "tt_124/1f"), ("Quyết định", "tt_124/1f")]


def test_rows_without_a_file_are_no_evidence_and_papers_are() -> None:
    assert items({"activities": [activity(file=None)]}) == ()
    assert str(one({"documents": [RULES]}).where) == "Bản giấy; Văn thư giữ"


def test_rows_after_the_day_of_the_review_are_left_out() -> None:
    case = {"as_of": date(2026, 2, 15), "documents": [RULES], "activities": [activity()]}
    assert [str(item.kind) for item in items(case)] == ["Nội quy"]


def test_a_missing_file_is_said() -> None:
    evidence = evidence_of({"activities": [activity()]})
    row = evidence.of(Activity)[0]
    evidence.missing_files.add((row.file, row.sheet, row.number))
    (found,) = review(evidence, in_force(YEAR), AS_OF).evidence_register
    assert str(found.note) == "chưa tìm thấy tệp"


def test_a_web_address_is_called_one() -> None:
    assert str(one({"activities": [activity(file="https://truong.example/bai")]}).where) == "Trang web; https://truong.example/bai"


def test_a_book_is_not_called_twice() -> None:
    book = {"kind": "book", "number": "Sổ 01", "signed_on": date(2026, 1, 5), "subject": "Trực bảo vệ"}
    assert str(one({"documents": [book]}).title) == "Sổ 01 ngày 05/01/2026: Trực bảo vệ"


# --- confidential, private -----------------------------------------------------------------------------------------


def test_a_confidential_paper_is_listed_without_subject_and_place() -> None:
    found = one({"documents": [{**RESOLUTION, "confidential": "yes", "keeper": "Hiệu trưởng"}]})
    assert str(found.title) == "Nghị quyết số 02-NQ/CB ngày 15/01/2026"
    assert str(found.where) == "Chỉ ghi danh mục, không kèm tệp; Hiệu trưởng giữ"
    assert "nq.pdf" not in found.model_dump_json() and "năm 2026" not in found.model_dump_json()


def test_incidents_and_support_are_listed_by_code_or_month_and_nothing_else() -> None:
    incident = {
        "id": "VV-2026-01", "happened_on": date(2026, 5, 1), "kind": "theft", "event_letter": "none", "verified": "yes",
        "handling": "BÍ MẬT", "file": "vu_viec/ten_em.pdf",
    }
    support = {"month_on": date(2026, 3, 1), "at_risk": 2, "file": "ho_tro/ten_em.pdf", "note": "BÍ MẬT"}
    found = items({"incidents": [incident], "support": [support]})
    assert {str(item.title) for item in found} == {"Hồ sơ vụ việc VV-2026-01", "Hỗ trợ học sinh tháng 3/2026"}
    assert {str(item.where) for item in found} == {"Chỉ ghi danh mục; hồ sơ lưu tại trường"}
    stored = "".join(item.model_dump_json() for item in found)
    assert "ten_em" not in stored and "BÍ MẬT" not in stored
