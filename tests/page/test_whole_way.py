"""Both example schools, from an empty folder to the signed papers and a verified bag, by what the page's buttons send; the terminal beside.

The notebooks run, on one kernel; the browser's part of the way is in test_browser.py.
"""

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from docx import Document

from antq_review import cli
from antq_review.publish.archive.verify import check_bag
from antq_review.publish.notebook import year_report
from antq_review.shipped import example_folder
from tests.example.edit import cell_beside, column_of, edited
from tests.example.mended import mend
from tests.example.small_schools import kindergarten
from tests.page.served import Served
from tests.page.test_later import after

pytestmark = pytest.mark.usefixtures("without_steps", "warm_kernel")
DAY = "16/11/2026"
PAPERS = {"D2": "D02_to_trinh_124", "D4": "D04_bien_ban", "D10": "D10_bao_cao_tong_ket"}


def handed_in(school: str, place: Path) -> Path:
    """What the units hand in: the example without its planted faults, its score table the school's own."""
    folder = Path(shutil.copytree(example_folder(school), place / school))
    if school == "th_thcs":
        mend(folder)
    with edited(folder, "thang_diem.xlsx", "Thông tin thang điểm") as page:
        cell_beside(page, "Thang điểm minh họa?").value = "Không"
    return folder


@pytest.mark.parametrize("school", ["th_thcs", "thpt"])
def test_an_empty_folder_becomes_final_papers_and_a_verified_bag(served: Served, home: Path, tmp_path: Path, school: str) -> None:
    units = handed_in(school, tmp_path)
    folder = home / "Documents" / f"NĂM 2026 {school}"
    folder.mkdir(parents=True)
    place = served.post("/dan", duong_dan=str(folder)).to
    base = served.post("/mo", thu_muc=place.split("/")[2].split("?")[0]).to.rsplit("/", 1)[0]
    assert "Chưa có biểu nào" in served.get(f"{base}/bieu").text and "Chưa có bản nào" in served.get(f"{base}/ban").text
    assert "Thư mục chưa có biểu nào" in after(served, base, "/kiem-tra", "/loi"), "not a list of every sheet"
    for book in sorted(units.glob("*.xlsx")):
        assert served.put(f"{base}/bieu/{quote(book.name)}", book.read_bytes()).status == 200
    shutil.copytree(units / "minh_chung", folder / "minh_chung")  # by Explorer: the page takes in workbooks
    assert "Không có lỗi nào" in after(served, base, "/kiem-tra", "/loi")
    with pytest.MonkeyPatch.context() as patch:  # what a draft's report says is tried elsewhere
        patch.setattr(year_report, "write_report", lambda _, out, *_args, **_names: (out / "bao_cao.html").write_text("", encoding="utf-8"))
        assert "bản dự thảo" in after(served, base, "/cham", "/ket-qua", ngay=DAY)
    assert "Đã có bản chính thức lần 1" in after(served, base, "/lap-chinh-thuc", "/chinh-thuc")
    assert "Đã lập 3 văn bản, không còn chỗ trống" in after(served, base, "/lap-ho-so", "/ho-so", vb=list(PAPERS), chinh_thuc="1")
    sent = after(served, base, "/goi", "/luu")
    assert "Đã lập gói" in sent and "/tep/" in sent
    assert "không lập thêm" in after(served, base, "/goi", "/luu")
    assert "túi nguyên vẹn" in after(served, base, "/luu-tru", "/luu")

    (year,) = (folder / "KET_QUA").glob("*/2026")
    code = year.parent.name
    (bag,) = (year.parent / "luu_tru").iterdir()
    assert not check_bag(bag).faults and (bag / "data" / "bieu" / "1_nha_truong.xlsx").is_file()

    out = tmp_path / "ket_qua"
    assert cli.run(["review", str(folder), "--out", str(out), "--as-of", DAY, "--final"]) == 0
    assert cli.run(["dossier", str(folder), "--out", str(out), "--as-of", DAY, "--final", "--only", ",".join(PAPERS)]) == 0
    version = Path(code, "2026", "chinh_thuc_lan_1")
    made = {path.name for path in (out / version).iterdir()} - {"manifest.json"}
    assert "bao_cao.html" in made and (year / "chinh_thuc_lan_1" / "bao_cao.html").stat().st_size > 100_000
    for name in made:
        assert (year / "chinh_thuc_lan_1" / name).read_bytes() == (out / version / name).read_bytes(), name
    for name in PAPERS.values():
        paper = year / "ho_so" / f"{name}.docx"
        assert paper.read_bytes() == (out / code / "2026" / "ho_so" / paper.name).read_bytes(), name
        assert "DỰ THẢO" not in unescape("\n".join(one.text for one in Document(str(paper)).paragraphs))
    (package,) = (year / "goi").iterdir()
    assert cli.run(["send", str(folder), "--out", str(out)]) == 0
    (theirs,) = (out / code / "2026" / "goi").iterdir()
    with ZipFile(package) as ours, ZipFile(theirs) as terminals:
        assert ours.namelist() == terminals.namelist() and "data/tom_tat.json" in {name.partition("/")[2] for name in ours.namelist()}
        for name in ours.namelist():
            if name.endswith(("tom_tat.json", ".xlsx")):
                assert ours.read(name) == terminals.read(name), name


@pytest.mark.usefixtures("without_notebook")
def test_a_kindergarten_goes_the_whole_way_and_corrects_itself(served: Served, home: Path, tmp_path: Path) -> None:
    """Outside both texts, so its plan alone: report, package, bag; then a corrected form, a second final version, the papers again."""
    (tmp_path / "biểu").mkdir()
    units, folder = kindergarten(tmp_path / "biểu"), home / "Documents" / "năm 2026 mầm non"
    folder.mkdir(parents=True)
    base = served.open(folder)
    for book in sorted(units.glob("*.xlsx")):
        assert served.put(f"{base}/bieu/{quote(book.name)}", book.read_bytes()).status == 200
    shutil.copytree(units / "minh_chung", folder / "minh_chung")
    assert "Không có lỗi nào" in after(served, base, "/kiem-tra", "/loi")
    assert "bản dự thảo" in after(served, base, "/cham", "/ket-qua", ngay="15/11/2026")
    assert "Đã có bản chính thức lần 1" in after(served, base, "/lap-chinh-thuc", "/chinh-thuc", van_ban="ke_hoach")
    assert "Đã lập 1 văn bản, không còn chỗ trống" in after(served, base, "/lap-ho-so", "/ho-so", vb="D10", chinh_thuc="1")
    assert "Đã lập gói" in after(served, base, "/goi", "/luu")
    assert "túi nguyên vẹn" in after(served, base, "/luu-tru", "/luu")

    with edited(units, "3_hoat_dong.xlsx", "Hoạt động") as page:
        row, column = column_of(page, "Có mặt")
        page.cell(row + 2, column).value -= 1
    assert served.put(f"{base}/bieu/3_hoat_dong.xlsx", (units / "3_hoat_dong.xlsx").read_bytes()).status == 200
    conflict = re.search(r"/trung/([0-9a-f]{16})", served.get(f"{base}/bieu").text)[1]
    assert served.post(f"{base}/trung/{conflict}", chon="replace").to == f"{base}/bieu"
    assert "Biểu đã đổi sau lần chấm này (3_hoat_dong.xlsx)" in served.get(f"{base}/ket-qua").text
    assert "Đã có bản chính thức lần 2" in after(served, base, "/lap-chinh-thuc", "/chinh-thuc", van_ban="ke_hoach")
    (year,) = (folder / "KET_QUA").glob("*/2026")
    signed = year / "ho_so" / "D10_bao_cao_tong_ket.docx"
    assert "đã có bản chính thức khác nội dung" in after(served, base, "/lap-ho-so", "/ho-so", vb="D10", chinh_thuc="1"), "perhaps signed"
    signed.rename(tmp_path / signed.name)  # by Explorer, as the page asks
    assert "không còn chỗ trống" in after(served, base, "/lap-ho-so", "/ho-so", vb="D10", chinh_thuc="1")
    assert "Đã lập gói" in after(served, base, "/goi", "/luu")
    assert sorted(path.name for path in year.iterdir() if path.name.startswith("chinh_thuc")) == ["chinh_thuc_lan_1", "chinh_thuc_lan_2"]
    assert len(list((year / "goi").iterdir())) == 2
