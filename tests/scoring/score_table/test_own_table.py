"""The school's own score table in the evidence folder: it stands in Decision 510's place, for this school, as honestly as it can."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from antq_review.errors import NotFinal
from antq_review.scoring.model.review import Review, TextReview
from antq_review.scoring.pipeline import read_folder, review_evidence
from tests.example.edit import column_of, copy_example, edited, find_row
from tests.scoring.score_table.tables import BANDS, CONFIRMED, HEAD, PAPER, faults, fill

pytestmark = pytest.mark.usefixtures("without_steps")

DAY = date(2026, 11, 16)
#: The meeting's points for the three rows of PAPER.
CONCLUDED = [{**row, "self_points": points} for row, points in zip(PAPER, (8, 38, 35), strict=True)]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = copy_example(tmp_path)
    (folder / "thang_diem.xlsx").unlink()
    return folder


def reviewed(folder: Path, as_of: date = DAY) -> Review:
    return review_evidence(read_folder(folder), as_of)


def decision(folder: Path, as_of: date = DAY) -> TextReview:
    found = reviewed(folder, as_of).text("qd_510")
    assert found is not None and found.range is not None
    return found


def points(found: TextReview) -> tuple[Decimal, Decimal | None]:
    assert found.range is not None
    return found.range.low, found.range.high


def test_without_a_table_88_points_are_not_known(school: Path) -> None:
    found = decision(school)
    assert (found.considered, found.unread, found.bands, found.completes) == (12, 88, (), "")
    assert points(found) == (10, 10)


def test_four_columns_give_an_honest_range_and_no_class_without_classes(school: Path) -> None:
    fill(school / "bang cua truong.xlsx")
    found = decision(school)
    assert (found.considered, found.unread, found.completes) == (100, 0, "qd_510_2022")
    assert points(found) == (10, 98) and found.bands == ()


def test_four_columns_with_the_meetings_points_and_classes_give_a_class(school: Path) -> None:
    fill(school / "thang_diem.xlsx", rows=CONCLUDED, head={**HEAD, "meeting": "CH-01"}, bands=BANDS)
    found = decision(school)
    assert points(found) == (91, 91) and found.bands == ("Tốt",)
    own = next(finding for finding in found.findings if finding.id == "5").self_score
    assert own is not None and own.concluded and own.cells[0].sheet == "Thang điểm" and own.cells[0].shown == "38"


def test_points_without_a_meeting_settle_nothing(school: Path) -> None:
    fill(school / "thang_diem.xlsx", rows=CONCLUDED, bands=BANDS)
    found = decision(school)
    assert points(found) == (10, 98) and found.bands == ("Tốt", "Khá", "Kém")


def said_of(review: Review, code: str) -> list[str]:
    """Where a problem stands."""
    return [problem.place for problem in review.problems if problem.code == code]


def meeting_cell(path: Path) -> str:
    """The cell beside the label of the meeting, blank or not."""
    page = openpyxl.load_workbook(path)["Thông tin thang điểm"]
    return next(line[1].coordinate for line in page.iter_rows() if line[0].value == "Cuộc họp đã chấm")


@pytest.mark.steps
def test_points_without_a_meeting_are_said_at_its_cell_and_naming_it_is_the_step(school: Path) -> None:
    path = fill(school / "thang_diem.xlsx", rows=CONCLUDED, bands=BANDS)
    place = f"thang_diem.xlsx › Thông tin thang điểm › {meeting_cell(path)}, «Cuộc họp đã chấm»"
    review = reviewed(school)
    assert said_of(review, "score_meeting_blank") == [place]
    found = review.text("qd_510")
    assert found is not None
    for finding in found.findings[4:]:
        assert all(place in str(why.settles) and "CH-01" in str(why.settles) for why in finding.reasons)
    step = next(step for step in review.to_do if any(text.text == "qd_510" for text in step.texts))
    assert str(step.says) == f"Ghi mã cuộc họp đã chấm (CH-01) ở ô {place}." and step.effort == "enter" and step.assumes
    (effect,) = step.texts
    assert effect.after is not None and (effect.after.low, effect.after.high) == (91, 91) and effect.bands_removed == ("Khá", "Kém")
    assert not any("«Tự chấm»" in str(step.says) for step in review.to_do if any(text.text == "qd_510" for text in step.texts))
    fill(path, rows=CONCLUDED, head={**HEAD, "meeting": "CH-01"}, bands=BANDS)
    mended = reviewed(school)
    assert said_of(mended, "score_meeting_blank") == [] and decision(school).bands == ("Tốt",)


@pytest.mark.steps
def test_where_no_meeting_has_concluded_one_is_held_and_named_in_the_table(school: Path) -> None:
    with edited(school, "1_nha_truong.xlsx", "Cuộc họp") as page:
        line = find_row(page, lambda values: "CH-01" in values)
        page.cell(line, column_of(page, "Biên bản (mã văn bản)")[1]).value = None
    path = fill(school / "thang_diem.xlsx", rows=CONCLUDED, bands=BANDS)
    steps = [step for step in reviewed(school).to_do if "«Cuộc họp đã chấm»" in str(step.says)]
    assert [step.effort for step in steps] == ["meet"] and str(steps[0].says).startswith("Họp đánh giá, ghi cuộc họp")
    assert meeting_cell(path) in str(steps[0].says)


@pytest.mark.steps
def test_a_meeting_that_the_folder_does_not_hold_is_said_at_its_cell(school: Path) -> None:
    path = fill(school / "thang_diem.xlsx", rows=CONCLUDED, head={**HEAD, "meeting": "CH-99"}, bands=BANDS)
    review = reviewed(school)
    place = f"thang_diem.xlsx › Thông tin thang điểm › {meeting_cell(path)}, «Cuộc họp đã chấm»"
    assert said_of(review, "score_meeting_unknown") == [place] and said_of(review, "score_meeting_blank") == []
    assert any(place in str(step.says) for step in review.to_do)
    assert points(decision(school)) == (10, 98)
    assert not {"score_meeting_unknown", "code_unknown"} & set(faults(path))  # the file alone cannot know


def test_a_faulty_table_is_not_used_and_the_review_says_so(school: Path) -> None:
    fill(school / "thang_diem.xlsx", rows=PAPER[:2])
    review = reviewed(school)
    found = review.text("qd_510")
    assert found is not None and found.unread == 88
    assert {"score_sum", "score_table_not_used"} <= {problem.code for problem in review.problems}
    assert any("Thang điểm" in str(reason) and "60" not in str(reason) for reason in review.draft_reasons)


@pytest.mark.steps
def test_a_faulty_table_gives_no_scores_and_the_step_is_to_mend_it(school: Path) -> None:
    fill(school / "thang_diem.xlsx", rows=CONCLUDED[:2], head={**HEAD, "meeting": "CH-01"})
    review = reviewed(school)
    assert "criterion_unknown" not in {problem.code for problem in review.problems}  # 4b, 5: rows of a table that is not used
    assert any(str(step.says).startswith("Sửa bảng thang điểm của trường (thang_diem.xlsx") for step in review.to_do)


@pytest.mark.parametrize("name", ["bang_diem_cua_toi.xlsx", "z cua toi.xlsx", "thang_diem (1).xlsx", "thang_diem - Copy.xlsx"])
def test_an_untouched_blank_beside_a_filled_table_is_nothing(school: Path, name: str) -> None:
    fill(school / name, rows=CONCLUDED, head={**HEAD, "meeting": "CH-01"}, bands=BANDS)
    alone = reviewed(school)
    fill(school / "thang_diem.xlsx", rows=(), head={})
    beside = reviewed(school)
    assert beside.problems == alone.problems and beside.text("qd_510") == alone.text("qd_510")
    assert points(decision(school)) == (91, 91)


@pytest.mark.parametrize("name", ["bang_diem_cua_toi.xlsx", "thang_diem (1).xlsx"])
@pytest.mark.steps
def test_two_filled_tables_are_one_fault_that_names_both_and_neither_is_used(school: Path, name: str) -> None:
    before = {problem.code for problem in reviewed(school).problems}
    scored = [{**row, "number": row["number"].replace("4b", "5.1")} for row in CONCLUDED]
    fill(school / "thang_diem.xlsx", rows=CONCLUDED, head={**HEAD, "meeting": "CH-01"}, bands=BANDS)
    fill(school / name, rows=scored, head={**HEAD, "meeting": "CH-99"}, bands=BANDS[:2])
    review = reviewed(school)
    (fault,) = [problem for problem in review.problems if problem.code not in before]
    assert fault.code == "score_tables_several" and name in str(fault.says) and "thang_diem.xlsx" in str(fault.says)
    found = review.text("qd_510")
    assert found is not None and found.unread == 88 and not found.completes
    assert any("Giữ một trong các bảng" in str(step.says) and name in str(step.says) for step in review.to_do)
    assert any(name in str(reason) for reason in review.draft_reasons)


def test_two_untouched_blanks_are_none(school: Path) -> None:
    without = reviewed(school)
    for name in ("a.xlsx", "thang_diem.xlsx"):
        fill(school / name, rows=(), head={})
    (school / "b.xlsx").write_bytes((school / "a.xlsx").read_bytes())
    codes = {problem.code for problem in reviewed(school).problems} - {problem.code for problem in without.problems}
    assert codes <= {"file_twice"}


def test_final_needs_two_people_and_refuses_what_is_only_an_illustration(school: Path) -> None:
    head = {**CONFIRMED, "meeting": "CH-01"}

    def refusal(**more: Any) -> tuple[str, ...]:
        fill(school / "thang_diem.xlsx", rows=CONCLUDED, head={**head, **more}, bands=BANDS)
        with pytest.raises(NotFinal) as refused:
            review_evidence(read_folder(school), DAY, "qd_510", final=True)
        return tuple(str(why) for why in refused.value.reasons)

    assert not [why for why in refusal() if "thang điểm" in why.casefold()]  # what is left are the example's own flaws
    assert [why for why in refusal(checked_by=None) if "chưa được xác nhận" in why]
    assert [why for why in refusal(illustrative="Có") if "minh họa" in why]


def test_the_same_score_in_two_places_counts_and_two_scores_count_nowhere(school: Path) -> None:
    path = fill(school / "thang_diem.xlsx", rows=CONCLUDED, head={**HEAD, "meeting": "CH-01"}, bands=BANDS)
    for written, expected in ((3, (91, 91)), (2, (88, 91))):
        book = openpyxl.load_workbook(path)
        line = next(line for line in book["Thang điểm"].iter_rows() if line[0].value == "2")
        line[3].value = written
        book.save(path)
        review = reviewed(school)
        found = review.text("qd_510")
        codes = {problem.code for problem in review.problems}
        assert found is not None
        assert ("score_self_differs" in codes) is (written == 2)
        # Item 2 is computed as 3 by the evidence: the score that was dropped settles nothing, and contradicts nothing.
        assert points(found) == (91, 91), expected


def rows_with(**fields: Any) -> list[dict[str, Any]]:
    return [{**PAPER[0]}, {**PAPER[1], **fields}, {**PAPER[2]}]


@pytest.mark.parametrize(
    ("fields", "in_june", "at_the_end"),
    [
        # 6 models were found effective by the year's end: 3 points each, at most 40.
        ({"award": "Theo số lượng", "measure": "Số mô hình được đánh giá hiệu quả", "points_per_unit": 3}, None, (18, 18)),
        # 14 joint actions: the step from 10 on.
        ({"award": "Theo bậc", "measure": "Số lần phối hợp", "steps": "20: 40; 10: 25; 1: 5"}, None, (25, 25)),
        # Not one act of violence at school, declared to the end; in June nobody can say so yet.
        ({"award": "Không để xảy ra", "measure": "Số vụ bạo lực học đường"}, (0, 40), (40, 40)),
        # Eleven forms of outreach were used; the text gives 10 where fewer than twenty were.
        ({"award": "Đạt ngưỡng", "measure": "Số hình thức đã dùng", "operator": "≥", "bound": 20, "else_points": 10}, (10, 40), (10, 10)),
        ({"award": "Đạt ngưỡng", "measure": "Số hình thức đã dùng", "operator": "≥", "bound": 11}, None, (40, 40)),
        # At most one act of violence: true today, and not certain before the end.
        ({"award": "Đạt ngưỡng", "measure": "Số vụ bạo lực học đường", "operator": "≤", "bound": 1}, (0, 40), (40, 40)),
        # Missed, and the text does not say what less is worth: open for the meeting.
        ({"award": "Đạt ngưỡng", "measure": "Số hình thức đã dùng", "operator": "≥", "bound": 20}, (0, 40), (0, 40)),
    ],
)
def test_each_way_of_awarding_before_and_at_the_end(
    school: Path, fields: dict[str, Any], in_june: tuple[int, int] | None, at_the_end: tuple[int, int]
) -> None:
    fill(school / "thang_diem.xlsx", rows=rows_with(**fields))
    evidence = read_folder(school)

    def found(day: date) -> tuple[Decimal | None, Decimal | None]:
        text = review_evidence(evidence, day).text("qd_510")
        assert text is not None
        outcome = next(finding for finding in text.findings if finding.id == "5").computed
        return outcome.low, outcome.high

    assert found(DAY) == at_the_end
    early = found(date(2026, 6, 30))
    assert early[0] is not None and early[1] is not None and early[0] <= at_the_end[0] and early[1] >= at_the_end[1]
    assert in_june is None or early == in_june


def test_deductions_are_taken_and_caps_hold_the_class_down(school: Path) -> None:
    deduction = {"number": "T1", "text": "Mỗi vụ (bịa)", "each": 2, "at_most": 3, "measure": "Số vụ việc"}
    cap = {"number": "K1", "text": "Có vụ việc (bịa)", "highest": "Khá", "measure": "Số vụ việc", "operator": "≥", "bound": 1}
    extra: dict[str, Any] = {"rows": CONCLUDED, "head": {**HEAD, "meeting": "CH-01"}, "bands": BANDS}
    fill(school / "thang_diem.xlsx", **extra, deductions=[deduction])
    found = decision(school)
    # Two verified incidents in the period, 2 points each, 3 at most.
    assert (found.deductions[0].settled.low, found.deductions[0].settled.high) == (3, 3)
    assert points(found) == (88, 88) and found.bands == ("Khá",)
    fill(school / "thang_diem.xlsx", **extra, caps=[cap])
    found = decision(school)
    assert points(found) == (91, 91) and found.caps[0].truth == "yes" and found.bands == ("Khá",)


def test_what_only_the_meeting_knows_is_open_until_it_has_spoken(school: Path) -> None:
    deduction = {"number": "T1", "text": "Báo cáo muộn (bịa)", "each": 1, "at_most": 5}
    cap = {"number": "K1", "text": "Bị phê bình (bịa)", "highest": "Khá"}
    extra: dict[str, Any] = {"rows": CONCLUDED, "head": {**HEAD, "meeting": "CH-01"}, "bands": BANDS}
    fill(school / "thang_diem.xlsx", **extra, deductions=[deduction], caps=[cap])
    found = decision(school)
    assert points(found) == (86, 91) and found.bands == ("Tốt", "Khá")
    said = [{**deduction, "self_points": 1}], [{**cap, "concluded": "Không"}]
    fill(school / "thang_diem.xlsx", **extra, deductions=said[0], caps=said[1])
    found = decision(school)
    assert points(found) == (90, 90) and found.bands == ("Tốt",)
