"""Bonus rows and rows of which only one counts: totals derived by hand on both sides of every limit.

The example's own evidence settles the known items at 10 of 12 points; the meeting gives 8, 38 and 35 of 88: 91 without a bonus.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from antq_review.publish.dossier.result_510 import short_number
from antq_review.publish.excel.annex.official import limit_words
from antq_review.scoring.model.review import TextReview
from antq_review.scoring.pipeline import read_folder, review_evidence
from tests.example.edit import copy_example
from tests.scoring.score_table.tables import BANDS, HEAD, PAPER, fill, read

pytestmark = pytest.mark.usefixtures("without_steps")
CONCLUDED = [{**row, "self_points": points} for row, points in zip(PAPER, (8, 38, 35), strict=True)]
MET = {**HEAD, "meeting": "CH-01"}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_example(tmp_path_factory.mktemp("thuong"))
    (folder / "thang_diem.xlsx").unlink()
    return folder


def judged(folder: Path, rows: list[dict[str, Any]], head: dict[str, Any], **more: Any) -> TextReview:
    fill(folder / "thang_diem.xlsx", rows=rows, head=head, bands=BANDS, **more)
    found = review_evidence(read_folder(folder), date(2026, 11, 16)).text("qd_510")
    assert found is not None and found.completes
    return found


def bonus(number: str, points: int, own: int | None = None, **more: Any) -> dict[str, Any]:
    return {"number": number, "text": f"Thành tích {number} (bịa)", "points": points, "self_points": own,
            "row_kind": "Điểm thưởng", **more}


@pytest.mark.parametrize(
    ("own", "limits", "total", "band"),
    [
        ((2, 3), {}, 96, "Tốt"),  # 91 + 5, no limit is invented
        ((2, 3), {"bonus_most": 5}, 96, "Tốt"),  # at the limit
        ((2, 3), {"bonus_most": 4}, 95, "Tốt"),  # beyond it
        ((6, 6), {}, 103, "Tốt"),  # beyond 100, as the paper sets no limit
        ((6, 6), {"never_over": 100}, 100, "Tốt"),
        ((6, 6), {"bonus_most": 8, "never_over": 100}, 99, "Tốt"),
    ],
)
def test_the_bonus_comes_beyond_the_total_up_to_the_papers_limits(
    school: Path, own: tuple[int, int], limits: dict[str, int], total: int, band: str
) -> None:
    found = judged(school, [*CONCLUDED, bonus("7", 6, own[0]), bonus("8", 6, own[1])], {**MET, **limits})
    assert found.range is not None
    assert (found.total, found.considered, found.unread) == (100, 100, 0)
    assert found.range.low == found.range.high == total and found.bands == (band,)


def test_deductions_are_taken_before_the_limit_of_the_whole_total(school: Path) -> None:
    """91 + 12 = 103, less 1: 102, and the paper says that the total never exceeds 100. Less 6: 97, under the limit."""
    rows = [*CONCLUDED, bonus("7", 6, 6), bonus("8", 6, 6)]
    for taken, total in ((1, 100), (6, 97)):
        cut = {"number": "T1", "text": "Báo cáo muộn (bịa)", "each": 1, "self_points": taken}
        found = judged(school, rows, {**MET, "never_over": 100}, deductions=[cut])
        assert found.range is not None and found.range.low == found.range.high == total


def test_an_open_bonus_leaves_the_range_open_and_both_classes(school: Path) -> None:
    rows = [{**CONCLUDED[0]}, {**CONCLUDED[1], "self_points": 35}, CONCLUDED[2], bonus("7", 6)]
    found = judged(school, rows, MET)  # 10 + 8 + 35 + 35 = 88, and 0 to 6
    assert found.range is not None and (found.range.low, found.range.high) == (88, 94) and found.bands == ("Tốt", "Khá")
    found = judged(school, rows, {**MET, "bonus_most": 1})
    assert found.range is not None and (found.range.low, found.range.high) == (88, 89) and found.bands == ("Khá",)


def test_of_a_group_the_best_row_counts_with_an_honest_range(school: Path) -> None:
    rows = [*CONCLUDED[:2], {**CONCLUDED[2], "number": "6a", "one_of": "A"}]
    second = {"number": "6b", "text": "Hoặc nội dung khác (bịa)", "points": 30, "one_of": "a"}
    found = judged(school, [*rows, {**second, "self_points": 0}], MET)
    assert found.range is not None and found.range.low == found.range.high == 91 and found.considered == 100
    found = judged(school, [*rows, {**second, "self_points": 30}], MET)  # max(35, 30)
    assert found.range is not None and found.range.low == found.range.high == 91
    rows[2] = {**rows[2], "self_points": 20}
    found = judged(school, [*rows, second], MET)  # 56 + max(20, 0) to 56 + max(20, 30)
    assert found.range is not None and (found.range.low, found.range.high) == (76, 86)


def test_the_rows_and_the_limits_are_printed_as_such(school: Path) -> None:
    found = judged(school, [*CONCLUDED, bonus("7", 6, 6)], {**MET, "bonus_most": 5})
    (row,) = [one for one in found.findings if one.bonus]
    assert row.marked_text == "Điểm thưởng: Thành tích 7 (bịa)" == row.title and row.text == "Thành tích 7 (bịa)"
    assert short_number(row) == "mục 7 (điểm thưởng)" and short_number(found.findings[0]).endswith(found.findings[0].id)
    assert limit_words(found) == ["Điểm thưởng cộng ngoài tổng điểm chuẩn, nhiều nhất 5 điểm"]
    # As a meeting's total: 10 in every row, the bonus row's 10 limited to 5, less 2.
    tens = [Decimal(10)] * len(found.findings)
    assert found.bonus == 5 and found.added(tens, [Decimal(2), None]) == 10 * (len(tens) - 1) + 5 - 2


def test_a_heading_of_bonus_rows_has_their_sum_or_the_limit(tmp_path: Path) -> None:
    rows = [*PAPER, {"number": "7", "text": "Điểm thưởng (bịa)", "points": 5}, bonus("7.1", 4), bonus("7.2", 4)]
    assert [one.code for one in read(fill(tmp_path / "a.xlsx", rows=rows)).problems][:1] == ["score_heading_sum"]
    assert read(fill(tmp_path / "b.xlsx", rows=rows, head={**HEAD, "bonus_most": 5})).rulebook is not None
