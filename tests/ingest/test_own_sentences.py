"""An id of the catalogue means the catalogue's sentence, in whatever school; another sentence gets an id of the school's own."""

from pathlib import Path
from typing import Any

import pytest

from antq_review.forms.carry_over import carried_plan, in_words
from antq_review.forms.catalogue import NAMES, Names, filled, meant, same_sentence
from antq_review.forms.plan_rows import coded_rows, plan_rows
from antq_review.forms.rows.school import PlanRow
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.history.matching import goals_of_years
from antq_review.ingest.model import Evidence
from antq_review.scoring.model.goals import Goal
from tests.ingest.corpus import HEADCOUNTS, PROFILE, UNITS, draw, read_files
from tests.scoring.build import goals_of

ELSEWHERE = Names("Công an phường Mẫu", "Sở Giáo dục và Đào tạo tỉnh Mẫu", "sinh hoạt Đoàn")


@pytest.mark.parametrize("names", [Names(), ELSEWHERE, Names("Công an đặc khu Mẫu Một Hai")])
def test_a_sentence_stays_the_catalogues_with_the_names_of_another_school(names: Names) -> None:
    for row in coded_rows():
        sentence, _ = filled(row["quote"], row.get("corrected_quote"), names)
        assert meant(row["goal_id"], sentence) == meant(row["goal_id"], row["quote"]) == row["quote"]
        assert meant(row["goal_id"], sentence.rstrip(".") + " và việc khác") is None


def test_every_name_of_the_plan_is_found_in_it() -> None:
    assert all(any(name in row["quote"] for row in coded_rows()) for name, _ in NAMES)


def test_the_offer_has_no_slip_and_no_name_of_that_school() -> None:
    said = [filled(row["quote"], row.get("corrected_quote"), ELSEWHERE) for row in coded_rows()]
    text = " ".join(sentence for sentence, _ in said)
    assert not any(word in text for word in ("Nam Ban", "Công trường", "công trường", "thể trận", "VHXXH", "sinh hoạt Đội"))
    assert not any("đọc là" in (corrected or "") for _, corrected in said)


@pytest.mark.parametrize("other", [
    "Chủ động phối hợp với Công an xã và Hội Phụ nữ trong công tác tuyên truyền, phòng ngừa tội phạm, phòng, chống ma túy, "
    "đảm bảo trật tự công trường", "", "Chủ động phối hợp với Công an xã",
])
def test_what_is_added_to_a_name_changes_the_sentence(other: str) -> None:
    assert meant("III.1-2", other) is None


def read_plan(folder: Path, *changes: dict[str, Any]) -> Evidence:
    """The first rows of the catalogue's III.1-2, each with its change, and a sentence of the school's own."""
    rows = [in_words(row, type(row).model_fields) for row in plan_rows() if row.goal_id in ("III.1-2", "II.1-3", "II.1-6")]
    found = [row | change for row, change in zip(rows, [*changes, *[{}] * (len(rows) - len(changes))], strict=True)]
    tables = {"profile": [PROFILE], "headcounts": HEADCOUNTS, "units": UNITS, "plan": found}
    return read_files(folder, {"1.xlsx": workbook_bytes(draw(tables, ["thong_tin_truong", "ke_hoach"]))})


def ids(evidence: Evidence) -> list[str]:
    return [row.values.goal_id + (row.values.part or "") for row in evidence.of(PlanRow)]


def said(evidence: Evidence) -> list[tuple[str, str]]:
    return [(one.column, str(one.remedy)) for one in evidence.problems if one.code == "sentence_changed"]


def test_a_plan_of_the_catalogue_keeps_its_ids(tmp_path: Path) -> None:
    evidence = read_plan(tmp_path)
    assert ids(evidence) == ["II.1-3a", "II.1-3b", "II.1-6", "III.1-2a", "III.1-2b"] and said(evidence) == []


def test_a_changed_sentence_gets_an_id_of_its_own_for_all_its_parts(tmp_path: Path) -> None:
    other = {"quote": "tổ chức diễn đàn “Học sinh với an toàn trên mạng”"}
    evidence = read_plan(tmp_path, other, other, {"goal_id": "T-01", "quote": "Lắp thêm 4 camera", "self_result": "Đạt", "told": "4 cái"})
    assert ids(evidence) == ["T-02a", "T-02b", "T-01", "III.1-2a", "III.1-2b"]
    ((column, remedy),) = said(evidence)
    assert column == "Mã chỉ tiêu" and "Ghi T-02" in remedy
    carried = carried_plan(row.values for row in evidence.of(PlanRow))
    assert [line["goal_id"] for line in carried] == ["T-02", "T-02", "T-01", "III.1-2", "III.1-2"]


def test_the_remedy_of_a_changed_sentence_removes_the_note(tmp_path: Path) -> None:
    other = {"goal_id": "T-01", "quote": "tổ chức diễn đàn “Học sinh với an toàn trên mạng”"}
    evidence = read_plan(tmp_path, other, other)
    assert ids(evidence)[:3] == ["T-01a", "T-01b", "II.1-6"] and said(evidence) == []


def test_an_own_result_beside_a_measure_is_said(tmp_path: Path) -> None:
    evidence = read_plan(tmp_path, {"self_result": "Đạt"})
    (one,) = [one for one in evidence.problems if one.code == "own_result_measured"]
    assert one.column == "Tự đánh giá" and len(one.cells) == 1


# --- two years -----------------------------------------------------------------------------------------------------------


def goals(*rows: tuple[str, str]) -> tuple[Goal, ...]:
    found = goals_of({"plan": [{"goal_id": name, "quote": quote} for name, quote in rows]})
    return tuple(found.values())


def lines(before: tuple[Goal, ...], now: tuple[Goal, ...]) -> dict[str, list[int]]:
    return {name: sorted(row) for name, row in goals_of_years([(2025, before), (2026, now)]).items()}


def test_own_sentences_continue_by_their_words_not_by_their_number() -> None:
    before = goals(("T-01", "Lắp thêm camera"), ("T-02", "Ký cam kết"), ("T-03", "Thi lái xe an toàn"))
    now = goals(("T-01", "Ký cam kết"), ("T-02", "Lắp thêm camera"), ("T-03", "Tập huấn chủ nhiệm"))
    assert lines(before, now) == {"T-01": [0, 1], "T-02": [0, 1], "T-03": [1], "T-03 (2025)": [0]}


def test_a_sentence_of_the_catalogue_continues_in_a_school_with_a_new_name() -> None:
    quote = next(row["quote"] for row in coded_rows() if row["goal_id"] == "II.6-1")
    before, now = goals(("II.6-1", quote)), goals(("II.6-1", quote.replace("Công an xã", "Công an phường Mẫu")))
    assert lines(before, now) == {"II.6-1": [0, 1]}
    assert same_sentence("II.6-1", before[0].parts[0].quote) == same_sentence("II.6-1", now[0].parts[0].quote)


def test_a_numbering_of_the_schools_own_plan_still_continues_by_number() -> None:
    assert lines(goals(("2.1", "Câu cũ")), goals(("2.1", "Câu mới"))) == {"2.1": [0, 1]}
