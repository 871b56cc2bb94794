"""A sheet that looks like a table pasted from Word: merged numbers, wide headings, line breaks inside cells."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from antq_review.forms.rows.score_numbers import block_numbers, heading_of
from antq_review.forms.rows.score_table import ScoreRow
from antq_review.ingest import read_one
from tests.scoring.score_table.tables import CONFIRMED, fill, read

#: TT, content, standard points, own points. None: a cell below or beside a merged one.
LINES = [
    ("A. Phần bổ sung\n(bịa để thử)", None, None, None),
    ("5.", "Công tác phối hợp (bịa)", None, None),
    (None, "a) Có quy chế\nphối hợp", "40\nđiểm", "40 điểm"),
    (None, "b) Thực hiện quy chế", "3,0", None),
    ("6", "Nội dung thứ sáu", 40, None),
    ("7", "Nội dung thứ bảy", "05 điểm", None),
]


def pasted(path: Path, lines: list[Any], *merges: str) -> tuple[Path, int]:
    """A filled form below whose known rows lie the lines, with merged ranges as `A1:D1` counted from the first line."""
    book = openpyxl.load_workbook(fill(path, rows=(), head=CONFIRMED))
    page = book["Thang điểm"]
    first = next(number for number in range(page.max_row, 0, -1) if page.cell(number, 1).value is not None) + 1
    for number, line in enumerate(lines, start=first):
        for column, value in enumerate(line, start=1):
            page.cell(number, column).value = value
    for merged in merges:
        left, _, right = merged.partition(":")
        page.merge_cells(f"{left[0]}{int(left[1:]) + first - 1}:{right[0]}{int(right[1:]) + first - 1}")
    book.save(path)
    return path, first


def test_a_table_pasted_from_word_is_read_end_to_end(tmp_path: Path) -> None:
    path, first = pasted(tmp_path / "thang_diem.xlsx", LINES, "A1:D1", "A2:A4", "B2:D2")
    evidence = read_one(path)
    rows = [row for row in evidence.of(ScoreRow) if row.number >= first]
    assert [(row.values.number, row.values.points, row.values.self_points) for row in rows] == [
        ("A", None, None), ("5", None, None), ("5a", Decimal(40), Decimal(40)), ("5b", Decimal(3), None), ("6", Decimal(40), None),
        ("7", Decimal(5), None),
    ]
    assert [row.values.text for row in rows][:3] == ["Phần bổ sung (bịa để thử)", "Công tác phối hợp (bịa)", "a) Có quy chế phối hợp"]
    assert not evidence.refused("score_rows")
    found = read(path).rulebook  # 12 known points, 40 + 3 + 40 + 5
    assert found is not None and sum(one.points or 0 for one in found.criteria) == 100
    assert [one.id for one in found.headings][-2:] == ["A", "5"]


@pytest.mark.parametrize(
    ("lines", "merges"),
    [
        ([("5", "Một", 40), (None, "Hai", 40)], ["A1:A2"]),  # the second row has no number of its own
        ([("5", "Một", 40), ("6", "Hai", None)], ["C1:C2"]),  # whose points?
        ([("5", "Một", 40), ("6", None, 40)], ["B1:B2"]),  # one text, two items
        ([("5", "Một", 40, None), ("6", "Hai", 40, 3)], ["C1:D1"]),  # standard or own points?
    ],
)
def test_what_is_not_clear_is_refused_at_the_merged_cell(tmp_path: Path, lines: list[Any], merges: list[str]) -> None:
    path, _ = pasted(tmp_path / "thang_diem.xlsx", lines, *merges)
    evidence = read_one(path)
    assert "cells_merged" in {one.code for one in evidence.problems} and evidence.refused("score_rows")


def test_numbers_beside_a_block() -> None:
    assert block_numbers("4", ["Phối hợp", "a) một", "b. hai"]) == ["4", "4a", "4b"]
    assert block_numbers("4.", ["a) một", "b) hai"]) == ["4a", "4b"] and block_numbers("II", ["x", "a) một"]) == ["II", "II.a"]
    assert block_numbers("5", ["Chung", "5.1. một", "5.2 hai"]) == ["5", "5.1", "5.2"]
    assert block_numbers("5", ["Chung", "- một"]) is None and block_numbers("5", ["a) một", "a) hai"]) is None
    assert heading_of("II. Phần hai") == ("II", "Phần hai") and heading_of("Phần hai") is None and heading_of("5. Năm") is None
