"""A word that is nearly an entry of its list is put right by one click, everywhere at once; the originals are kept."""

import shutil
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from antq_review.errors import CannotDo
from antq_review.page.spellings import accept, near_spellings
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from tests.example.edit import column_of, edited
from tests.page.served import Served

FILES = ("3_hoat_dong_Doi.xlsx", "3_hoat_dong_To_Tu_nhien.xlsx")


@pytest.fixture
def misspelt(tmp_path: Path) -> Path:
    """Three cells of two files name a topic as nobody should."""
    folder = Path(shutil.copytree(example_folder(), tmp_path / "sai chinh ta"))
    for file, rows in zip(FILES, ((16, 17), (17,)), strict=True):
        with edited(folder, file, "Hoạt động") as page:
            _, column = column_of(page, "Hình thức")
            for row in rows:
                page.cell(row, column).value = "Sinh hoạt lơp"
    return folder


def cells(folder: Path) -> list[object]:
    found = []
    for file, rows in zip(FILES, ((16, 17), (17,)), strict=True):
        page = openpyxl.load_workbook(folder / file)["Hoạt động"]
        _, column = column_of(page, "Hình thức")
        found += [page.cell(row, column).value for row in rows]
    return found


def test_one_click_puts_all_alike_right(served: Served, misspelt: Path) -> None:
    base = served.open(misspelt)
    before = {file: (misspelt / file).read_bytes() for file in FILES}
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    (spelling,) = near_spellings(read_folder(misspelt))
    assert (spelling.count, spelling.files) == (3, FILES) and spelling.found == "Sinh hoạt lơp"
    assert "Nhận cả 3 ô" in unescape(served.get(f"{base}/loi").text)
    assert served.post(f"{base}/chap-nhan/{spelling.key}").to == f"{base}/chay"
    served.until_done(base)
    text = unescape(served.get(f"{base}/loi").text)
    assert "vào 3 ô; bản cũ ở da_thay" in text and "Nhận cả" not in text
    assert cells(misspelt) == [spelling.near] * 3
    kept = sorted((misspelt / "da_thay").iterdir())
    assert [path.read_bytes() for path in kept] == [before[file] for file in FILES]
    assert near_spellings(read_folder(misspelt)) == []
    assert served.post(f"{base}/chap-nhan/{spelling.key}").to == f"{base}/loi", "nothing is left to accept"


def test_a_unit_that_is_nearly_one_of_the_school_is_put_right_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(example_folder(), tmp_path / "đơn vị"))
    with edited(folder, FILES[1], "Hoạt động") as page:
        row, column = column_of(page, "Đơn vị tổ chức")
        cell = page.cell(row + 3, column)
        right, cell.value = cell.value, cell.value[:-1]
    found = near_spellings(read_folder(folder))
    assert [(one.found, one.near, one.count) for one in found] == [(right[:-1], right, 1)]
    accept(folder, read_folder(folder), found[0])
    assert near_spellings(read_folder(folder)) == []
    assert openpyxl.load_workbook(folder / FILES[1])["Hoạt động"].cell(row + 3, column).value == right


def test_a_form_that_is_open_or_changed_is_left_alone(misspelt: Path) -> None:
    evidence = read_folder(misspelt)
    (spelling,) = near_spellings(evidence)
    mark = misspelt / f"~${FILES[1]}"
    mark.write_bytes(b"x")
    before = {path.name: path.read_bytes() for path in misspelt.glob("*.xlsx")}
    with pytest.raises(CannotDo, match="đang mở trong Excel"):
        accept(misspelt, evidence, spelling)
    mark.unlink()
    with edited(misspelt, FILES[0], "Hoạt động") as page:
        page.cell(16, column_of(page, "Hình thức")[1]).value = "Hội thi"
    before = {path.name: path.read_bytes() for path in misspelt.glob("*.xlsx")}
    with pytest.raises(CannotDo):
        accept(misspelt, evidence, spelling)
    assert {path.name: path.read_bytes() for path in misspelt.glob("*.xlsx")} == before
