"""A score table pasted from Word: shown first, then written into the form; an unclear line is told by its number."""

import shutil
from html import unescape
from pathlib import Path

import pytest

from antq_review.errors import UsageError
from antq_review.forms.rows.score_table import ScoreRow
from antq_review.ingest import read_one
from antq_review.page.score_paste import pasted
from antq_review.shipped import example_folder
from tests.page.served import Served


@pytest.mark.parametrize(("text", "says"), [
    ("", "Chưa có dòng nào"), ("1", "Dòng 1"), ("1\tNội dung\thai", "không phải số điểm"), ("1\ta\t2\n1\tb\t3", "đã có ở trên"),
    ("1\ta\t2\t1\tthừa", "hơn bốn cột"), ("1\ta\t-2", "không phải số điểm"), ("1\ta\tNaN", "không phải số điểm"),
])
def test_an_unclear_table_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        pasted(text)


def test_the_heading_and_blank_lines_are_passed_over() -> None:
    found = pasted("TT\tNội dung\tĐiểm chuẩn\tĐiểm tự chấm\r\n\r\nI\tPhần một\r\n1\tMột việc\t2,5\t\r\n")
    assert [(want.key["number"], str(want.values.get("points", ""))) for want in found] == [("I", ""), ("1", "2.5")]


def of(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (*(str(want.values[name]) for name in ("number", "text")), *(str(want.values.get(name, "")) for name in ("points", "self_points")))
        for want in pasted(text)
    ]


def test_a_table_copied_from_word_with_merged_cells_and_line_breaks() -> None:
    """Word copies a merged number as a blank cell, a merged heading as one cell, a line break in a cell as a new line."""
    copied = (
        "TT\tNội dung\tĐiểm chuẩn\tĐiểm tự chấm\n"
        "I. Phần một\n"
        "4\tPhối hợp\n(bịa)\t12\nđiểm\t\n"
        "\ta) Có quy chế\t4,0\t3 điểm\n"
        "\tb) Thực hiện\t8\t\n"
        "5\tNăm\t40\t\n"
    )
    assert of(copied) == [
        ("I", "Phần một", "", ""), ("4", "Phối hợp (bịa)", "12", ""), ("4a", "a) Có quy chế", "4", "3"), ("4b", "b) Thực hiện", "8", ""),
        ("5", "Năm", "40", ""),
    ]


def test_a_table_copied_from_excel_with_line_breaks() -> None:
    assert of('1\t"Một ""việc""\ndài"\t2\t\n2\t"Hai" việc\t3\t1\n') == [("1", 'Một "việc" dài', "2", ""), ("2", '"Hai" việc', "3", "1")]


@pytest.mark.parametrize("text", ["4\tMột\t3\t\n\tHai\t2\t\n", "\ta) Một\t3\t\n", "4\ta) Một\t3\t\n\ta) Hai\t2\t\n"])
def test_a_row_without_a_number_of_its_own_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(UsageError, match=r"Dòng [12] không có đủ số TT"):
        pasted(text)


def test_the_table_is_shown_then_written(served: Served, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example_folder(), tmp_path / "thang diem"))
    name = "thang_diem.xlsx"
    before, base = (folder / name).read_bytes(), served.open(folder)
    first = read_one(folder / name).of(ScoreRow)[1].values
    assert "Hãy kiểm tra các biểu trước" in served.get(f"{base}/thang-diem").text
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    table = f"{first.number}\t{first.text}\t{first.points or ''}\n99\tMột mục mới\t2,5\t1\n"
    text = unescape(served.post(f"{base}/thang-diem", bang=table, lam="xem").text)
    assert "Sẽ ghi 4 ô" in text and "giữ nguyên" in text and (folder / name).read_bytes() == before
    with served.busy():
        waits = served.post(f"{base}/thang-diem", bang=table, lam="ghi")
    assert waits.status == 400 and "đang có việc khác chạy" in waits.text and "99\tMột mục mới" in waits.text, "the table stays"
    assert served.post(f"{base}/thang-diem", bang=table, lam="ghi").to == f"{base}/chay"
    served.until_done(base)
    assert "Đã ghi 4 ô vào thang_diem.xlsx" in served.get(f"{base}/bieu").text
    new = [row.values for row in read_one(folder / name).of(ScoreRow) if row.values.number == "99"]
    assert [(row.text, str(row.points), str(row.self_points)) for row in new] == [("Một mục mới", "2.5", "1")]
    assert [path.read_bytes() for path in (folder / "da_thay").iterdir()] == [before]
    assert "Không có gì thay đổi" in served.post(f"{base}/thang-diem", bang=table, lam="ghi").text
