"""The way of a year through the page: check, judge, stop, reopen. What it makes is what the terminal makes.

The notebook is run by test_browser.py; here its place is taken.
"""

import re
import shutil
import time
from datetime import date
from html import unescape
from pathlib import Path
from typing import IO

import openpyxl
import pytest

from antq_review.forms.choices import LevelsTaught
from antq_review.forms.rows.school import Profile
from antq_review.ingest import reread
from antq_review.page.checked import CHECKED
from antq_review.page.guard import SANDBOX
from antq_review.page.job import Job
from antq_review.page.paper_views import tasks
from antq_review.page.results import files_of, key_of
from antq_review.places import move
from antq_review.publish.output import whole
from antq_review.publish.output.whole import Wish, review_folder
from antq_review.scoring import pipeline
from antq_review.scoring.pipeline import read_folder
from antq_review.text import say
from tests.example.edit import cell_beside, column_of, edited
from tests.page.served import Served

pytestmark = pytest.mark.usefixtures("without_steps", "without_notebook")


@pytest.fixture(scope="module")
def base(served: Served, school: Path) -> str:
    return served.open(school)


@pytest.fixture
def judged(served: Served, school: Path, base: str, request: pytest.FixtureRequest) -> Path:
    """The draft of 16/11/2026, made through the page once."""
    draft = school / "KET_QUA" / "00123456" / "2026" / "du_thao"
    if not draft.exists():
        assert served.post(f"{base}/cham", ngay="16/11/2026").to == f"{base}/chay"
        served.until_done(base)
    return draft


def shown(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL))).split())


def test_every_fault_is_shown_with_its_cell_and_remedy_and_no_command(
    served: Served, school: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Path] = []
    read_books = reread.read_books
    monkeypatch.setattr(reread, "read_books", lambda paths: read_books([again.append(path) or path for path in paths]))
    assert served.post(f"{base}/kiem-tra").to == f"{base}/chay"
    served.until_done(base)
    assert again == [], "the copies are made of the workbooks that the check has just read"
    assert served.get(f"{base}/chay").to == f"{base}/loi"
    text = shown(served.get(f"{base}/loi").text)
    problems = read_folder(school).problems
    assert len(problems) == 3
    for problem in problems:
        for part in (problem.file, problem.sheet, *problem.cells, problem.column, str(problem.says), str(problem.remedy)):
            assert " ".join(part.split()) in text, part
    for path in (f"{base}/loi", f"{base}/bieu", f"{base}/ket-qua", "/", "/moi", "/tro-giup"):
        words = shown(served.get(path).text).replace(str(served.parts.place), "")
        assert not re.search(r"--[a-z]|\bantq\b|\blệnh\b", words), path
    marked = [one for one in (school / "KET_QUA").rglob("*_danh_dau.xlsx")]
    assert len(marked) == 2 and text.count("tải bản đánh dấu") == 2
    assert "Tổ Tự nhiên" in shown(served.get(f"{base}/bieu").text)


def test_the_report_is_that_of_the_terminal(served: Served, school: Path, base: str, judged: Path, tmp_path: Path) -> None:
    wish = Wish(lambda _: date(2026, 11, 16))
    done = review_folder(school, tmp_path, wish, lambda _done, _all: None, lambda _: None)
    assert done.published is not None
    for name, path in done.published.paths.items():
        assert name == "manifest.json" or (judged / name).read_bytes() == path.read_bytes(), name
    text = served.get(f"{base}/ket-qua").text
    assert "91 trên 100 điểm" in text and "DỰ THẢO" in text and "Số liệu đến ngày 16/11/2026" in text


def test_a_result_is_shown_without_any_right_or_sent(served: Served, base: str, judged: Path) -> None:
    text = served.get(f"{base}/ket-qua").text
    keys = re.findall(r'href="(/h/[0-9a-f]+/tep/[0-9a-f]{16})"', text)
    report, annex = served.get(keys[0]), served.get(keys[1])
    assert report.headers["Content-Security-Policy"] == SANDBOX and report.body == (judged / "bao_cao.html").read_bytes()
    assert annex.headers["Content-Disposition"].startswith("attachment") and annex.body == (judged / "phu_luc.xlsx").read_bytes()
    assert served.get(keys[0] + "?tai=1").headers["Content-Disposition"].endswith("bao_cao.html")
    (judged / "la.html").write_text("<script>")
    assert "la.html" not in str(served.parts.opened) and served.get(f"{base}/tep/{'0' * 16}").status == 404
    (judged / "la.html").unlink()


def test_forms_that_changed_since_are_said(served: Served, school: Path, base: str, judged: Path) -> None:
    path = school / "5_thi_dua.xlsx"
    assert "Biểu đã đổi" not in served.get(f"{base}/ket-qua").text
    before = path.stat()
    later = time.time_ns() + 60 * 10**9
    try:
        import os

        os.utime(path, ns=(later, later))
        assert "Biểu đã đổi sau lần chấm này (5_thi_dua.xlsx)" in served.get(f"{base}/ket-qua").text
    finally:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_result_that_excel_holds_is_said_and_the_next_run_works(
    served: Served, base: str, judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a workbook that Excel shows cannot be opened for writing."""
    before, real = {path.name: path.read_bytes() for path in judged.iterdir()}, open

    def held(path: Path, mode: str) -> IO[bytes]:
        if Path(path).name == "phu_luc.xlsx":
            raise PermissionError(13, "held", str(path))
        return real(path, mode)

    with monkeypatch.context() as excel:
        excel.setattr(move, "open", held, raising=False)
        served.post(f"{base}/cham", ngay="15/11/2026")
        served.until_done(base)
    text = shown(served.get(f"{base}/ket-qua").text)
    assert "Chưa làm được. Tệp “phu_luc.xlsx” đang mở trong chương trình khác. Hãy đóng tệp rồi làm lại" in text
    assert {path.name: path.read_bytes() for path in judged.iterdir()} == before
    assert [path for path in judged.parents[2].rglob(".antq-*")] == []
    served.post(f"{base}/cham", ngay="15/11/2026")
    served.until_done(base)
    assert "Số liệu đến ngày 15/11/2026" in served.get(f"{base}/ket-qua").text
    assert (judged / "phu_luc.xlsx").read_bytes() != before["phu_luc.xlsx"]
    served.post(f"{base}/cham", ngay="16/11/2026")
    served.until_done(base)
    after = {path.name: path.read_bytes() for path in judged.iterdir()}
    assert {name for name in after if after[name] != before[name]} <= {"manifest.json"}


def test_one_job_at_a_time_and_a_stop_that_leaves_the_old_results(
    served: Served, base: str, judged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in judged.iterdir()}
    real, seen = whole.review_folder, []

    def slow(folder, out, wish, files, step, kernel):
        def told(name: str) -> None:
            step(name)
            seen.append(name)
            while len(seen) > 1 and not job.stop._asked.is_set():  # the second step lasts until somebody stops it
                time.sleep(0.02)

        return real(folder, out, wish, files, told, kernel)

    monkeypatch.setattr(whole, "review_folder", slow)
    assert served.post(f"{base}/cham").to == f"{base}/chay"
    job = served.parts.jobs.current
    assert isinstance(job, Job)
    while len(seen) < 2:
        time.sleep(0.02)
    assert "Bước 3 trên 5: Lập phụ lục Excel" in served.get(f"{base}/chay").text
    assert served.post(f"{base}/kiem-tra").to == f"{base}/chay" and served.parts.jobs.current is job
    assert served.get(f"{base}/tinh-trang").text.startswith('{"runs": true')
    assert "Đang có việc chạy" in served.get("/dong").text
    begun = time.monotonic()
    assert served.post(f"{base}/dung").to == f"{base}/chay"
    served.until_done(base)
    assert time.monotonic() - begun < 5 and job.state == "stopped"
    assert "Đã dừng theo yêu cầu" in served.get(f"{base}/ket-qua").text
    assert {path.name: path.read_bytes() for path in judged.iterdir()} == before
    assert [path for path in judged.parents[2].rglob(".antq-*")] == []


def test_a_restart_knows_the_folder_and_its_results(served: Served, school: Path, base: str, judged: Path) -> None:
    again = Served(served.parts.place).enter()
    try:
        assert "Trường TH&amp;THCS Mẫu · năm 2026" in again.get("/").text
        text = again.get(f"{base}/ket-qua").text
        assert "91 trên 100 điểm" in text and "Số liệu đến ngày 16/11/2026" in text
        told = shown(again.get(f"{base}/loi").text)
        for problem in read_folder(school).problems:
            assert all(cell in told for cell in problem.cells) and " ".join(str(problem.unquoted().says).split()) in told
        assert "1 lỗi, 2 cảnh báo" in told and "Tổ Tự nhiên" in again.get(f"{base}/bieu").text
        kept = CHECKED.file(served.parts.place, base.rsplit("/", 1)[1])
        kept.write_text("{}", encoding="utf-8")
        again.parts.opened.clear()
        assert "Chưa kiểm tra biểu" in again.get(f"{base}/loi").text, "another version of the program wrote it"
    finally:
        again.end()


def test_a_fault_of_our_own_is_no_fault_of_the_forms(served: Served, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError(" ".join(("Nguyễn", "Văn", "A")))

    monkeypatch.setattr(pipeline, "read_folder", broken)
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    text = served.get(f"{base}/loi").text
    assert "Không phải do biểu của trường" in text and "Nguyễn" not in text
    assert "Nguyễn Văn A" not in (served.parts.place / "nhat_ky.log").read_text(encoding="utf-8")


def test_two_schools_in_a_folder_are_refused_with_the_sentence(served: Served, school: Path, base: str, tmp_path: Path) -> None:
    two = Path(shutil.copytree(school, tmp_path / "hai"))
    shutil.rmtree(two / "KET_QUA", ignore_errors=True)
    with edited(two, "2_van_ban.xlsx", "Văn bản") as page:
        cell_beside(page, "Mã trường").value = "00777777"
    other = served.open(two)
    served.post(f"{other}/kiem-tra")
    served.until_done(other)
    text = served.get(f"{other}/loi").text
    assert "00777777" in text


def test_a_new_year_is_made_with_what_the_old_one_hands_on(served: Served, home: Path, school: Path, base: str) -> None:
    place, last = served.parts.folders.id_of(home / "Documents"), base.rsplit("/", 1)[1]
    wrong = served.post("/moi", o=place, ma="00123456", nam="2026", nam_truoc=last)
    assert wrong.status == 400 and "Biểu mới phải là của năm sau năm 2026" in wrong.text
    assert served.post("/moi", o=place, ma="../x", nam="2027").status == 400
    made = served.post("/moi", o=place, ma="00123456", nam="2027", nam_truoc=last)
    assert made.status == 303
    assert sorted(path.name for path in (home / "Documents" / "HO_SO_2027").iterdir())[0] == "1_nha_truong.xlsx"
    assert "Đã tạo 7 tệp" in served.get(made.to).text
    again = served.post("/moi", o=place, ma="00123456", nam="2027")
    assert again.status == 400 and "đã có tệp" in again.text
    assert not (home / "x").exists()


def test_what_is_typed_of_a_new_school_is_in_its_workbooks(served: Served, home: Path) -> None:
    place = served.parts.folders.id_of(home / "Documents")
    asked = {"o": place, "ma": "00700001", "nam": "2028", "cap": "THPT", "ten": "Trường THPT Thử", "to": "Tổ Toán\nTổ Văn\nTổ Văn phòng"}
    wrong = served.post("/moi", **asked, xa="Thử")
    assert wrong.status == 400 and "chưa rõ là xã, phường" in wrong.text and "Trường THPT Thử" in wrong.text
    made = served.post("/moi", **asked, xa="xã Thử")
    assert made.status == 303
    text = unescape(served.get(made.to).text)
    assert "Trường THPT Thử · năm 2028" in text and "vừa ghi đã có trong biểu" in text, "not asked for again"
    (task,) = tasks(served.parts.folders.known(made.to.split("/")[2]), [say("scoring.scope.unknown", text="Thông tư 124")])
    assert task.place == "1_nha_truong.xlsx", "a level is written into the form, not in a meeting"
    base = made.to.rsplit("/", 1)[0]
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    text = shown(served.get(f"{base}/bieu").text)
    assert "cột «Phải nộp biểu»" in text and "Mọi đơn vị đã nộp đủ biểu" not in text, "its units are known, not what they must hand in"
    (profile,) = read_folder(home / "Documents" / "HO_SO_2028").of(Profile)
    found = profile.values
    assert (found.name, found.levels, found.commune) == ("Trường THPT Thử", LevelsTaught.UPPER_SECONDARY, "xã Thử")


def test_what_is_typed_of_a_new_year_stays_while_its_place_is_chosen(served: Served, home: Path) -> None:
    place, other = served.parts.folders.id_of(home / "Documents"), served.parts.folders.id_of(home)
    moved = served.post("/moi", o=place, ma="01789012", nam="2031", ten="Trường Mầm non Sao Mai", to="Tổ Lá", lam="doi")
    assert moved.to == f"/chon/{place}?de=moi" and 'href="/moi?o="' in served.get(moved.to).text, "choosing no other place keeps it too"
    form = served.get("/moi?o=").text
    assert form.index("<button hidden>") < form.index('value="doi"'), "the Enter key makes the year, it does not choose another place"
    for path in (f"/moi?o={other}", "/moi?o="):
        text = unescape(served.get(path).text)
        assert all(f'value="{value}"' in text for value in ("01789012", "2031", "Trường Mầm non Sao Mai")) and ">Tổ Lá</textarea>" in text
    assert served.post("/moi", o=other, ma="01789012", nam="2031").status == 303 and (home / "HO_SO_2031").is_dir()
    assert "Sao Mai" not in served.get("/moi?o=").text
    served.post("/moi", o=place, ma="01789012", nam="2031", ten="Trường Mầm non Sao Mai", lam="doi")
    for path in ("/moi", f"/moi?o={other}"):
        assert "Sao Mai" not in served.get(path).text, "another beginning is of another school"


def test_forms_that_nobody_has_filled_in_are_no_faults(served: Served, home: Path) -> None:
    """Just made, they say what comes next; what the profile lacks is a fault as ever. Of a form that somebody began the faults are told."""
    place = home / "Documents" / "mới làm"
    place.mkdir(parents=True)
    made = served.post("/moi", o=served.parts.folders.id_of(place), ma="01789012", nam="2032", cap="TH")
    base, folder = made.to.rsplit("/", 1)[0], place / "HO_SO_2032"
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    text = shown(served.get(f"{base}/loi").text)
    assert "Các biểu còn trắng" in text and "Việc tiếp theo" in text and "Biểu chưa kê khai đầy đủ" not in text
    assert "Chưa ghi «Tên trường»." in text and "1 lỗi, 4 tệp chưa nhập gì" in text, "what the profile lacks"
    assert shown(served.get(f"{base}/bieu").text).count("– Chưa nhập gì") == 4
    openpyxl.Workbook().save(folder / "trống.xlsx")
    with edited(folder, "2_van_ban.xlsx", "Văn bản") as sheet:
        row, column = column_of(sheet, "Đã kê khai đầy đủ đến hết ngày")
        sheet.cell(row, column + 1).value = "32/13/2032"
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    assert "trống.xlsx – – – – Không có biểu nào" in shown(served.get(f"{base}/bieu").text)
    text = shown(served.get(f"{base}/loi").text)
    assert "3 tệp chưa nhập gì" in text and "Tệp chưa nhập gì Chưa có dòng nào" in text and "Chấm luôn với các lỗi này" in text
    assert "Văn bản Biểu chưa kê khai đầy đủ" in text and "Mô hình Biểu chưa kê khai đầy đủ" not in text, "the form that somebody began"
    filled, blank = (folder / "2_van_ban.xlsx").read_bytes(), (folder / "5_thi_dua.xlsx").read_bytes()
    assert served.put(f"{base}/bieu/5_thi_dua.xlsx", filled).status == 200
    text = shown(served.get(f"{base}/bieu").text)
    assert "biểu trắng cùng tên được cất vào da_thay" in text and "nội dung khác" not in text, "nothing to decide about a form without work"
    assert (folder / "5_thi_dua.xlsx").read_bytes() == filled and [one.read_bytes() for one in (folder / "da_thay").iterdir()] == [blank]
    served.put(f"{base}/bieu/5_thi_dua.xlsx", blank)
    assert "nội dung khác" in shown(served.get(f"{base}/bieu").text), "of a form with work it is asked"


def test_a_pasted_path_becomes_an_id_or_a_sentence(served: Served, school: Path, home: Path) -> None:
    there = served.post("/dan", duong_dan=f' "{school}" ')
    assert there.status == 303 and re.fullmatch(r"/chon/[0-9a-f]{16}\?de=mo", there.to)
    assert "1_nha_truong.xlsx" in served.get(there.to).text
    for wrong in (str(school / "1_nha_truong.xlsx"), "không có", "", "../", str(home / "không")):
        answer = served.post("/dan", duong_dan=wrong)
        assert answer.status == 400 and "Chưa làm được" in answer.text, wrong
    link = home / "Documents" / "lối tắt"
    link.symlink_to("/etc", target_is_directory=True)
    assert "lối tắt" not in served.get(f"/chon/{served.parts.folders.id_of(home / 'Documents')}").text


def test_a_link_out_of_the_folder_is_no_result(served: Served, school: Path, base: str, judged: Path) -> None:
    known = served.parts.folders.known(base.rsplit("/", 1)[1])
    marked = judged.parent / "kiem_tra"
    marked.mkdir(exist_ok=True)
    links = [school / "ngoài.xlsx", marked / "ngoài_danh_dau.xlsx"]
    for link in links:
        link.symlink_to("/etc/hosts")
    try:
        assert not {link.name for link in links} & {one.name for one in files_of(known, None).values()}
        assert served.get(f"{base}/tep/{key_of('bieu', links[0].name)}").status == 404
    finally:
        for link in links:
            link.unlink()
