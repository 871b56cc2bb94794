"""D10 of schools that no text concerns: the plan and the report speak of them, and nothing waits for a text."""

from datetime import date
from typing import Any

import pytest

from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from tests.publish.dossier.documents import of
from tests.scoring.build import AS_OF, YEAR, evidence_of

pytestmark = pytest.mark.usefixtures("without_steps")


def school(levels: str, *audiences: str) -> Review:
    counts: list[dict[str, Any]] = [
        {"audience": audience, "count": 120, "counted_on": date(2026, 1, 5)} for audience in ("managers", "teachers", *audiences)
    ]
    return review(evidence_of({"profile": {"levels": levels, "provincial_criteria": ""}, "headcounts": counts}), in_force(YEAR), AS_OF)


@pytest.mark.parametrize(("levels", "audiences", "people", "groups"), [
    ("kindergarten", ["kindergarten_children"], "120 trẻ", "Trẻ gồm: trẻ mầm non 120"),
    ("primary", ["primary_pupils"], "120 học sinh", "Học sinh gồm: học sinh TH 120"),
    ("kindergarten_primary", ["kindergarten_children", "primary_pupils"], "240 trẻ, học sinh",
     "Trẻ, học sinh gồm: trẻ mầm non 120; học sinh TH 120"),
    ("continuing", ["upper_secondary_pupils"], "120 học viên", "Học viên gồm: học viên THPT 120"),
])
def test_the_report_counts_children_as_children(levels: str, audiences: list[str], people: str, groups: str) -> None:
    said = " ".join(of(school(levels, *audiences), "D10")["size_paragraphs"]).replace("\u00a0", " ")
    assert f"nhân viên và {people}." in said and groups in said


@pytest.mark.parametrize(("levels", "word"), [("kindergarten", "trẻ"), ("continuing", "học viên"), ("upper_secondary", "học sinh")])
def test_the_tables_speak_of_whom_the_school_teaches(levels: str, word: str) -> None:
    """Stored and read again too: a message holds the word, except the usual one."""
    found = Review.model_validate_json(school(levels).model_dump_json())
    support, size = found.table("PL8"), found.table("PL1")
    assert support is not None and size is not None
    assert str(support.title) == f"Tư vấn, hỗ trợ {word}" and str(support.rows[1].unit) == word
    assert str(support.rows[1].label).startswith(f"{word.capitalize()} có nguy cơ")
    assert f"Tổng số {word}" in [str(row.label) for row in size.rows]
    assert ("pupils" in dict(support.title.params)) is (word != "học sinh")
    assert of(found, "D10")["pupil_word"] == word


@pytest.mark.parametrize("levels", ["kindergarten", "primary", "kindergarten_primary"])
def test_nothing_is_said_of_criteria_that_a_province_may_add_to_a_text_that_does_not_concern_the_school(levels: str) -> None:
    assert not [one for one in school(levels, "kindergarten_children").warnings if one.key.startswith("scoring.provincial")]
    assert [one for one in school("upper_secondary").warnings if one.key == "scoring.provincial"]


@pytest.mark.parametrize("levels", ["continuing", "kindergarten_lower", "kindergarten_upper"])
def test_schools_with_classes_of_the_secondary_levels_are_judged(levels: str) -> None:
    """Art. 1(2)(b) leaves out primary schools, kindergartens and nurseries, and nothing else."""
    assert [text.id for text in school(levels).texts] == ["tt_124", "qd_510"]


@pytest.mark.parametrize(("profile", "police", "head"), [
    ({"levels": "continuing", "commune": "phường Mẫu"}, "Công an phường", "Giám đốc"),
    ({"levels": "upper_secondary", "commune": "Đặc khu Mẫu"}, "Công an đặc khu", "Hiệu trưởng"),
    ({"levels": "upper_secondary", "commune": "Phường Xã Mẫu"}, "Công an phường", "Hiệu trưởng"),
    ({"levels": "upper_secondary", "commune": ""}, "Công an xã", "Hiệu trưởng"),
])
def test_the_report_names_the_police_and_the_head_as_they_are_called_there(profile: dict[str, str], police: str, head: str) -> None:
    found = review(evidence_of({"profile": profile}), in_force(YEAR), AS_OF)
    said = of(found, "D10")
    assert any(f"với {police}." in text for text in said["incident_paragraphs"])
    assert any(head in text for text in said["head_duty_paragraphs"])
