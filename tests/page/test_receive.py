"""Received workbooks: the name, the size, the content; a name that is taken is asked about, and no choice loses a byte."""

import re
import time
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from antq_review.errors import CannotDo, UsageError
from antq_review.ingest.file_guard import MAX_BYTES
from antq_review.page.receive import form_name, settle_conflict, waiting
from antq_review.publish.excel.marked_copy.copies import marked_copies
from antq_review.publish.output.form_job import sweep_forms
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from tests.page.served import Served

BOOK, OTHER = ((example_folder() / name).read_bytes() for name in ("2_van_ban.xlsx", "5_thi_dua.xlsx"))


@pytest.fixture
def folder(home: Path, request: pytest.FixtureRequest) -> Path:
    place = home / "Documents" / f"nhận {abs(hash(request.node.name))}"
    place.mkdir(parents=True)
    return place


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", [
    "a/../b.xlsx", "..\\b.xlsx", "C:\\b.xlsx", "//may/chung/b.xlsx", "con.xlsx", "CON.tep.xlsx", "lpt1.xlsx",
    "~$2_van_ban.xlsx", "a.xlsm", "a.xls",
    ".xlsx", " .xlsx", ".an.xlsx", "a .xlsx", "a..xlsx", "a\x00.xlsx", "a\n.xlsx", "a\u202exslx.xlsx", "a?.xlsx", "x" * 120 + ".xlsx", "",
])
def test_a_name_that_is_no_form_name_is_refused(served: Served, folder: Path, name: str) -> None:
    with pytest.raises(UsageError):
        form_name(name)
    base = served.open(folder)
    answer = served.put(f"{base}/bieu/{quote(name, safe='')}", BOOK)
    assert answer.status == (400 if name else 404) and names(folder) == []


def test_the_remedy_is_that_of_the_kind_of_file(served: Served, folder: Path) -> None:
    base = served.open(folder)
    for name, says in (("biểu.xls", "Mở bằng Excel, lưu thành"), ("báo cáo.docx", "«Tệp minh chứng»"), ("không đuôi", "«Tệp minh chứng»")):
        assert served.put(f"{base}/bieu/{quote(name)}", BOOK).status == 400
        assert says in served.get(f"{base}/bieu").text, name


def test_a_workbook_comes_in_once(served: Served, folder: Path) -> None:
    base = served.open(folder)
    composed, apart = "2_văn_bản.xlsx", unicodedata.normalize("NFD", "2_văn_bản.xlsx")
    assert served.put(f"{base}/bieu/{quote(composed)}", BOOK).status == 200
    assert served.put(f"{base}/bieu/{quote(apart)}", BOOK).status == 200
    assert names(folder) == [composed] and (folder / composed).read_bytes() == BOOK
    text = served.get(f"{base}/bieu").text
    assert f"Đã nhận {composed}" in text and f"{composed}: đã có trong thư mục" in text
    assert "Đã nhận" not in served.get(f"{base}/bieu").text, "said once"


@pytest.mark.parametrize(("choice", "left"), [
    ("keep", {"a.xlsx": BOOK}), ("replace", {"a.xlsx": OTHER, "da_thay/": BOOK}), ("both", {"a.xlsx": BOOK, "a_2.xlsx": OTHER}),
])
def test_another_content_of_the_same_name_is_asked_about(served: Served, folder: Path, choice: str, left: dict[str, bytes]) -> None:
    base = served.open(folder)
    served.put(f"{base}/bieu/a.xlsx", BOOK)
    served.put(f"{base}/bieu/A.xlsx", OTHER, **{"X-Antq-Changed": "1763456789000"})
    text = served.get(f"{base}/bieu").text
    assert "đã có trong thư mục, nội dung khác" in text and "Giữ bản đang có" in text
    assert (folder / "a.xlsx").read_bytes() == BOOK
    again = Served(served.parts.place).enter()
    try:
        restarted = again.get(f"{base}/bieu").text
    finally:
        again.end()
    conflict = re.search(r"/trung/([0-9a-f]{16})", restarted)[1]
    assert "ngày 18/11/2025" in restarted, "a restart still asks, and knows the day of the sender's copy"
    assert served.post(f"{base}/trung/{conflict}", chon="xoa").status == 404
    assert served.post(f"{base}/trung/{conflict}", chon=choice).to == f"{base}/bieu"
    found = {("da_thay/" if "/" in name else name.lower()): (folder / name).read_bytes() for name in names(folder)}
    assert found == left
    assert served.post(f"{base}/trung/{conflict}", chon=choice).status == 404


def test_a_lost_upload_leaves_the_form_in_its_place(served: Served, folder: Path) -> None:
    base = served.open(folder)
    served.put(f"{base}/bieu/a.xlsx", BOOK)
    served.put(f"{base}/bieu/a.xlsx", OTHER)
    (conflict,) = waiting(folder)
    conflict.path.unlink()
    assert served.post(f"{base}/trung/{conflict.id}", chon="replace").status == 404
    for choice in ("replace", "both"):
        with pytest.raises(CannotDo):
            settle_conflict(conflict, choice)
    assert names(folder) == ["a.xlsx"] and (folder / "a.xlsx").read_bytes() == BOOK


def test_what_waits_for_a_form_that_was_taken_away_comes_in_as_a_new_one(served: Served, folder: Path) -> None:
    base = served.open(folder)
    served.put(f"{base}/bieu/a.xlsx", BOOK)
    served.put(f"{base}/bieu/a.xlsx", OTHER)
    (folder / "a.xlsx").unlink()
    text = served.get(f"{base}/bieu").text
    assert "bản cùng tên không còn trong thư mục" in text and "Thay, cất bản cũ" not in text
    key = re.search(r"/trung/([0-9a-f]{16})", text)[1]
    begun = time.time()
    assert served.post(f"{base}/trung/{key}", chon="both").to == f"{base}/bieu"
    assert names(folder) == ["a.xlsx"] and (folder / "a.xlsx").read_bytes() == OTHER
    assert (folder / "a.xlsx").stat().st_mtime > begun - 2, "a judging before now did not see it"


def test_a_folder_that_is_gone_is_said(served: Served, folder: Path) -> None:
    key = served.parts.folders.id_of(folder.resolve())
    folder.rmdir()
    answer = served.post("/mo", thu_muc=key)
    assert answer.status == 400 and "Không thấy thư mục" in answer.text


def test_what_the_guard_refuses_leaves_nothing(served: Served, folder: Path) -> None:
    base = served.open(folder)
    bomb = folder.parent / "bom.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (MAX_BYTES + 1))
    for name, content in (("bom.xlsx", bomb.read_bytes()), ("chu.xlsx", b"khong phai excel"), ("trong.xlsx", b"")):
        assert served.put(f"{base}/bieu/{name}", content).status == 400
        assert f"“{name}” không được nhận" in served.get(f"{base}/bieu").text
    assert names(folder) == []


def test_a_file_that_is_too_large_is_refused_while_it_comes(served: Served, folder: Path) -> None:
    base = served.open(folder)
    assert served.put(f"{base}/bieu/to.xlsx", b"P" * (MAX_BYTES + 1000)).status == 400
    assert "lớn hơn 60 MB" in served.get(f"{base}/bieu").text and names(folder) == []


def test_without_a_script_a_form_sends_one_file(served: Served, folder: Path) -> None:
    base, mark = served.open(folder), "-------vach"

    def form(xsrf: str, name: str) -> bytes:
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="_xsrf"\r\n\r\n{xsrf}\r\n'.encode()]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n\r\n'.encode() + BOOK + b"\r\n")
        return b"".join([*parts, f"--{mark}--\r\n".encode()])

    kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    assert served.ask("POST", f"{base}/nhan", kind, form("khong", "a.xlsx")).status == 403 and names(folder) == []
    assert served.ask("POST", f"{base}/nhan", kind, form(served.xsrf(), "con.xlsx")).to == f"{base}/bieu" and names(folder) == []
    assert served.ask("POST", f"{base}/nhan", kind, form(served.xsrf(), "C:\\thu muc\\a.xlsx")).to == f"{base}/bieu"
    assert names(folder) == ["a.xlsx"] and (folder / "a.xlsx").read_bytes() == BOOK


def test_what_a_killed_program_left_is_swept(folder: Path) -> None:
    (folder / "da_thay").mkdir()
    for place in (folder, folder / "da_thay"):
        (place / ".antq-99999999-1234abcd-abc").write_bytes(b"x")
        (place / ".antq-cua_ai").write_bytes(b"x")
    sweep_forms(folder)
    assert names(folder) == [".antq-cua_ai", "da_thay/.antq-cua_ai"]


def test_a_marked_copy_is_no_form_and_says_where_its_mending_belongs(served: Served, folder: Path) -> None:
    """A unit that mends the copy and sends it back would lose its work without a word."""
    (marked,) = (one for one in marked_copies(read_folder(example_folder()), example_folder()).values() if "To_Tu_nhien" in one.name)
    base = served.open(folder)
    assert served.put(f"{base}/bieu/{quote(marked.name)}", marked.content).status == 400
    text = served.get(f"{base}/bieu").text
    assert "bản đánh dấu lỗi do công cụ tạo ra, không phải biểu. Nếu đã sửa trên bản này thì chép chỗ sửa sang tệp gốc" in text
    assert names(folder) == []
    assert served.put(f"{base}/bieu/{quote(marked.name)}", BOOK).status == 200, "the name alone makes no copy"
