"""What the newer columns and entries hold reaches the papers that it is for: a small school that fills them, its D1 and D10."""

from datetime import date
from typing import Any

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from tests.publish.dossier.documents import of
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")
POSTS = "Trưởng ban: Hiệu trưởng; thành viên: Tổng phụ trách Đội"


def paper(kind: str, number: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "number": number, "signed_on": date(2026, 3, 2), "subject": "x", **more}


def school(**tables: list[dict[str, Any]]) -> Review:
    return review(evidence_of(tables), in_force(YEAR), AS_OF)


def lines(found: Review, table: str) -> dict[str, dict[str, Any]]:
    return {line["label"]: line for line in of(found, "D10")[f"annex_{table.lower()}"]["lines"] if line.get("label")}


def plain(texts: list[str]) -> str:
    return " ".join(texts).replace("\u00a0", " ")


# --- the steering board and the core team, by post -----------------------------------------------------------------------


def test_board_and_team_stand_in_the_report_by_post() -> None:
    found = school(documents=[
        paper("decision", "07/QĐ", contents_1="steering_board", members_by_post=POSTS),
        paper("decision", "08/QĐ", contents_1="security_plan", contents_2="core_team", members_by_post="Tổ trưởng: Phó Hiệu trưởng"),
    ])
    said = plain(of(found, "D10")["leadership_paragraphs"])
    assert f"Ban Chỉ đạo của trường theo Quyết định số 07/QĐ ngày 02/3/2026: {POSTS}." in said
    assert "Tổ, lực lượng nòng cốt của trường theo Quyết định số 08/QĐ ngày 02/3/2026: Tổ trưởng: Phó Hiệu trưởng." in said


def test_a_board_of_an_earlier_year_stands_until_another_is_set_up() -> None:
    old = [
        paper("decision", number, signed_on=date(year, 3, 2), contents_1="steering_board", members_by_post=POSTS)
        for number, year in (("01/QĐ", 2023), ("02/QĐ", 2024))
    ]
    before = plain(of(school(documents=old), "D10")["leadership_paragraphs"])
    assert "02/QĐ ngày 02/3/2024" in before and "01/QĐ" not in before
    new = paper("decision", "03/QĐ", contents_1="steering_board", members_by_post=POSTS)
    after = plain(of(school(documents=[*old, new]), "D10")["leadership_paragraphs"])
    assert "theo Quyết định số 03/QĐ" in after and "02/QĐ" not in after
    ended = [one | {"in_force_to": date(2025, 6, 1)} for one in old]
    assert "Ban Chỉ đạo của trường" not in plain(of(school(documents=ended), "D10")["leadership_paragraphs"])


def test_a_decision_without_the_posts_names_no_board() -> None:
    found = school(documents=[paper("decision", "07/QĐ", contents_1="steering_board")])
    assert "Ban Chỉ đạo của trường" not in plain(of(found, "D10")["leadership_paragraphs"])


# --- kinds of paper --------------------------------------------------------------------------------------------------------


def test_kinds_as_people_use_them_are_counted_where_there_are_any() -> None:
    kinds = {"scheme": "Phương án", "official_letter": "Công văn", "notice": "Thông báo", "proposal": "Tờ trình"}
    found = lines(school(documents=[paper(kind, f"{kind}/1", contents_1="security_plan") for kind in kinds]), "PL2")
    assert {label: found[label]["now"] for label in kinds.values()} == dict.fromkeys(kinds.values(), "1")
    assert not kinds.values() & lines(school(documents=[paper("plan", "1")]), "PL2").keys()


def test_a_decision_that_issues_rules_is_counted_with_the_rules() -> None:
    found = lines(school(documents=[paper("rules_decision", "9/QĐ"), paper("decision", "8/QĐ")]), "PL2")
    assert [found[label]["now"] for label in ("Nội quy, quy chế, quy định, quy trình", "Quyết định")] == ["1", "1"]


def test_a_scheme_on_security_directs_the_year() -> None:
    said = plain(of(school(documents=[paper("scheme", "05/PA", contents_1="security_plan")]), "D10")["leadership_paragraphs"])
    assert "Phương án số 05/PA ngày 02/3/2026" in said and "01 phương án" in said
    other = plain(of(school(documents=[paper("scheme", "05/PA", contents_1="fire_safety")]), "D10")["leadership_paragraphs"])
    assert "Phương án số 05/PA" not in other


# --- models, activities ----------------------------------------------------------------------------------------------------


def test_rules_and_interim_review_of_a_model_are_told() -> None:
    model = {"name": "Trường học an toàn", "status": "kept", "operating_rules": "QC", "reviewed_on": date(2026, 6, 5)}
    found = school(documents=[paper("regulation", "12/QC", id="QC")], initiatives=[model])
    note = lines(found, "PL4")["Trường học an toàn"]["note"].replace("\u00a0", " ")
    assert "quy chế hoạt động 12/QC" in note and "05/6/2026" in note
    (row,) = of(found, "D1")["initiative_rows"]
    assert "quy chế hoạt động 12/QC" in row["note"]


def test_a_review_of_the_model_in_an_earlier_year_is_not_this_years() -> None:
    model = {"name": "Trường học an toàn", "status": "kept", "reviewed_on": date(2025, 6, 5)}
    assert "2025" not in lines(school(initiatives=[model]), "PL4")["Trường học an toàn"]["note"]


@pytest.mark.parametrize(("topic", "said"), [
    ("fireworks", "pháo 01"), ("weapons", "vũ khí, vật liệu nổ 01"), ("e_cigarettes", "thuốc lá điện tử 01"),
    ("video_games", "trò chơi điện tử 01"),
])
def test_a_topic_of_the_field_is_prevention(topic: str, said: str) -> None:
    found = school(activities=[{"held_on": date(2026, 3, 5), "name": "x", "form": "thematic", "topic_1": topic, "audience": "teachers"}])
    assert said in plain(of(found, "D10")["prevention_paragraphs"])


def test_pledges_and_topics_of_the_field_are_counted() -> None:
    held = {"held_on": date(2026, 3, 5), "name": "x", "form": "thematic", "topic_1": "fireworks", "audience": "teachers"}
    found = lines(school(activities=[held | {"present": 7, "pledged": 8}]), "PL3")
    assert found["Tổng số lượt ký cam kết"]["now"] == "8" and found["Pháo"]["now"] == "1"
    assert "Tổng số lượt ký cam kết" not in lines(school(activities=[held | {"present": 7}]), "PL3")


# --- incidents -------------------------------------------------------------------------------------------------------------


def test_outcome_place_and_offender_are_counted_and_told() -> None:
    event = {
        "happened_on": date(2026, 5, 1), "kind": "traffic", "event_letter": "none", "verified": "yes", "closed_on": date(2026, 5, 3),
        "outcome": "fined", "place": "outside", "offender": "outsiders", "outsiders": 1,
    }
    found = school(incidents=[event])
    said = plain(of(found, "D10")["incident_paragraphs"])
    assert "Theo người vi phạm: người ngoài trường 01 vụ" in said and "Theo nơi xảy ra: ngoài trường 01 vụ" in said
    assert "Kết quả xử lý: xử phạt vi phạm hành chính 01 vụ" in said
    numbers = lines(found, "PL7")
    assert {numbers[label]["now"] for label in ("Xử phạt vi phạm hành chính", "Ngoài trường", "Người ngoài trường")} == {"1"}
    bare = school(incidents=[{name: value for name, value in event.items() if name not in ("outcome", "place", "offender")}])
    assert not {"Ngoài trường", "Xử phạt vi phạm hành chính"} & lines(bare, "PL7").keys()
    assert "Kết quả xử lý" not in plain(of(bare, "D10")["incident_paragraphs"])
