"""After the results: Word documents, the refusal of a final version as a list, years side by side, the bag and its check."""

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from antq_review.errors import NotFinal
from antq_review.page import guard
from antq_review.page.folders import chosen_of
from antq_review.page.paper_views import tasks
from antq_review.places.manifest import read_manifest
from antq_review.places.versions import day_of
from antq_review.publish.word import dossier_job
from antq_review.publish.word.forms import shipped_form
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.example.mended import mend
from tests.page.served import Served

pytestmark = pytest.mark.usefixtures("without_steps", "without_notebook")


@pytest.fixture
def base(served: Served, school: Path) -> str:
    """The folder of 2026, judged through the page once."""
    base = served.open(school)
    if not (school / "KET_QUA").exists():
        served.post(f"{base}/cham", ngay="16/11/2026")
        served.until_done(base)
    return base


def after(served: Served, base: str, path: str, screen: str, **fields: str | list[str]) -> str:
    """The screen that follows a job."""
    assert served.post(base + path, **fields).to == f"{base}/chay"
    served.until_done(base)
    return unescape(served.get(base + screen).text)


def test_the_ticked_documents_are_made_and_an_edited_one_is_kept(served: Served, school: Path, base: str) -> None:
    text = after(served, base, "/lap-ho-so", "/ho-so", vb=["D10", "D4"])
    made = school / "KET_QUA" / "00123456" / "2026" / "ho_so" / "D10_bao_cao_tong_ket.docx"
    assert made.is_file() and "D10 · Báo cáo tổng kết năm" in text and "Đã lập 2 văn bản; còn 1 chỗ" in text
    again = Served(served.parts.place).enter()
    try:
        restarted = unescape(again.get(f"{base}/ho-so").text)
    finally:
        again.end()
    assert "? còn 1 chỗ phải ghi</td>" in restarted and "Xem 1 chỗ phải ghi" in restarted, "a restart knows it"
    assert "? còn" not in unescape(served.get(f"{base}/ho-so?cong_khai=1").text), "the public copies are others"
    made.write_bytes(made.read_bytes() + b"x")
    text = after(served, base, "/lap-ho-so", "/ho-so", vb="D10")
    assert "đã sửa tay, giữ nguyên" in text and "đã được sửa sau khi xuất" in text and made.read_bytes().endswith(b"x")
    made.unlink()
    assert served.post(f"{base}/lap-ho-so").status == 400
    assert served.post(f"{base}/lap-ho-so", vb="D11").status == 400, "needs an incident"


def test_what_was_ticked_or_typed_is_not_dropped_where_another_job_runs(served: Served, base: str) -> None:
    """It is refused in words; the buttons that take no field show the job that runs."""
    asked: dict[str, dict[str, str]] = {
        "/lap-ho-so": {"vb": "D10"}, "/lap-chinh-thuc": {}, "/so-ket": {"ngay": "30/06/2026"}, "/goi": {"bien_ban": "1"},
    }
    with served.busy():
        for path, fields in asked.items():
            answer = served.post(base + path, **fields)
            assert answer.status == 400 and "Chưa thực hiện: đang có việc khác chạy" in unescape(answer.text), path
        assert served.post(f"{base}/kiem-tra").to == f"/h/{'0' * 16}/chay"


def test_a_refused_final_version_is_the_list_of_its_reasons_with_their_places(served: Served, school: Path, base: str) -> None:
    draft = school / "KET_QUA" / "00123456" / "2026" / "du_thao"
    before = {path.name: path.read_bytes() for path in draft.iterdir()}
    with pytest.raises(NotFinal) as refusal:
        review_evidence(read_folder(school), date(2026, 11, 16), final=True)
    text = after(served, base, "/lap-chinh-thuc", "/chinh-thuc")
    for reason in refusal.value.reasons:
        assert str(reason) in text
    assert f"còn {len(refusal.value.reasons)} việc" in text and text.count("<tr><td class=\"n\">") == len(refusal.value.reasons)
    assert "3_hoat_dong_Doi.xlsx</button>" in text and "5_thi_dua.xlsx</button>" in text and "thang_diem.xlsx</button>" in text
    assert "→ Ghi xếp loại của Tổ Văn phòng" in text
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == before
    assert [path.name for path in draft.parent.iterdir() if path.name.startswith("chinh_thuc")] == []
    assert served.post(f"{base}/lap-chinh-thuc", van_ban="khong_co").status == 404


def test_two_years_of_two_folders_are_compared_and_the_bag_is_checked(
    served: Served, home: Path, school: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = Path(shutil.copytree(example_folder().with_name("2025"), home / "Documents" / "ANTQ" / "HO_SO_2025"))
    other = served.open(last)
    served.post(f"{other}/cham", ngay="16/11/2025")
    served.until_done(other)
    text = served.get(f"{base}/luu").text
    assert "2025" in text and "2026" in text
    ids = [one.id for one in served.parts.folders.recent() if one.year]
    assert served.post(f"{base}/so-sanh", nam=ids[0]).status == 400
    text = after(served, base, "/luu-tru", "/luu")
    bags = list((school / "KET_QUA" / "00123456" / "luu_tru").iterdir())
    assert len(bags) == 1 and "túi nguyên vẹn" in text
    assert f"vào túi {bags[0].name}, trong thư mục Documents › ANTQ › HO_SO_2026 › KET_QUA › 00123456 › luu_tru;" in text
    opened: list[Path] = []
    monkeypatch.setattr(guard, "open_outside", opened.append)
    for what, place in (("luu-tru", bags[0].parent), ("goi", school), ("bieu", school)):
        assert f'{base}/mo-thu-muc/luu-tru"' in text and served.post(f"{base}/mo-thu-muc/{what}").status == 303
        assert opened.pop() == place, "no package was made yet"
    held = [path.relative_to(bags[0]).as_posix() for path in bags[0].rglob("*") if path.is_file()]
    assert "data/bieu/1_nha_truong.xlsx" in held and not any("KET_QUA" in name for name in held)
    key = served.parts.folders.id_of(bags[0])
    assert "nguyên vẹn" in after(served, base, "/kiem-tui", "/luu", tui=key)
    (bags[0] / "data" / "bieu" / "1_nha_truong.xlsx").write_bytes(b"khac")
    assert "không còn nguyên vẹn" in after(served, base, "/kiem-tui", "/luu", duong_dan=str(bags[0]))
    assert served.post(f"{base}/kiem-tui", duong_dan=str(school)).status == 400


def test_from_the_mended_forms_to_the_official_version_its_papers_and_its_bag(served: Served, home: Path) -> None:
    """The example's faults are mended as a clerk would; then everything official is made through the page alone."""
    folder = Path(shutil.copytree(example_folder(), home / "Documents" / "ANTQ" / "CHINH_THUC_2026"))
    mend(folder)
    base = served.open(folder)
    assert "Đã lập bản dự thảo" in after(served, base, "/cham", "/ket-qua", ngay="16/11/2026")
    text = after(served, base, "/lap-chinh-thuc", "/chinh-thuc", van_ban="tt_124")
    year = folder / "KET_QUA" / "00123456" / "2026"
    official = year / "chinh_thuc_lan_1"
    assert "Đã có bản chính thức" in text and official.is_dir()
    before = {path.name: path.read_bytes() for path in official.iterdir()}
    assert "Nội dung không đổi" in after(served, base, "/lap-chinh-thuc", "/chinh-thuc", van_ban="tt_124")
    after(served, base, "/cham", "/ket-qua", ngay="16/11/2026")
    assert {path.name: path.read_bytes() for path in official.iterdir()} == before, "a draft leaves it byte for byte"
    assert [path.name for path in year.iterdir() if path.name.startswith("chinh_thuc")] == ["chinh_thuc_lan_1"]
    for code, name in (("D2", "D02_to_trinh_124"), ("D4", "D04_bien_ban")):
        text = after(served, base, "/lap-ho-so", "/ho-so", vb=code, chinh_thuc="1")
        assert (year / "ho_so" / f"{name}.docx").is_file(), text
    assert "bản chính thức" in text
    text = after(served, base, "/luu-tru", "/luu")
    assert "túi nguyên vẹn" in text and "Mới có bản dự thảo" not in text


def test_the_place_of_a_task_is_the_file_that_its_reason_begins_with(served: Served, school: Path, base: str) -> None:
    known = served.parts.folders.known(base.rsplit("/", 1)[1])
    reason = "2_van_ban.xlsx › Văn bản: Trang này là một bản nữa của 3_hoat_dong_Doi.xlsx: cùng biểu."
    assert [one.place for one in tasks(known, [reason])] == ["2_van_ban.xlsx"]


def test_the_versions_are_listed_and_one_is_chosen(served: Served, school: Path, base: str) -> None:
    year, known = school / "KET_QUA" / "00123456" / "2026", base.rsplit("/", 1)[1]
    assert served.post(f"{base}/so-ket", ngay="").status == 400 and served.post(f"{base}/so-ket", ngay="31/02").status == 400
    text = after(served, base, "/so-ket", "/ban", ngay="30/06")
    assert (year / "so_ket_2026-06-30" / "review.json").is_file() and "Đã lập bản sơ kết ngày 30/6/2026" in text
    assert "Bản dự thảo" in text and "91 trên 100 điểm" in text and "Số liệu đến ngày 16/11/2026" in text
    before = {path: path.read_bytes() for path in year.rglob("*") if path.is_file()}
    assert served.post(f"{base}/ban/chon", ban="../..").status == 404
    assert served.post(f"{base}/ban/chon", ban="so_ket_2026-06-30").to == f"{base}/ban"
    for screen in ("/ket-qua", "/luu"):
        text = unescape(served.get(base + screen).text)
        assert "bản sơ kết ngày 30/6/2026" in text and "Số liệu đến ngày 30/6/2026" in text, screen
    again = Served(served.parts.place)
    again.end()
    assert again.parts.folders.known(known).chosen == "so_ket_2026-06-30", "a restart knows it"
    assert "Thôi chọn" in served.get(f"{base}/ban").text
    served.post(f"{base}/ban/chon", ban="du_thao")
    assert "Số liệu đến ngày 16/11/2026" in served.get(f"{base}/ket-qua").text
    served.post(f"{base}/ban/chon", ban="so_ket_2026-06-30")
    served.post(f"{base}/ban/chon")
    assert served.parts.folders.known(known).chosen == "" and "Thôi chọn" not in served.get(f"{base}/ban").text
    counts = chosen_of(served.parts.folders.known(known), None)
    assert served.parts.folders.known(known).as_of == day_of(counts), "its day too"
    assert {path: path.read_bytes() for path in year.rglob("*") if path.is_file()} == before, "choosing writes nothing among results"


def test_the_report_of_one_incident_on_the_schools_own_form_with_its_pdf(
    served: Served, home: Path, school: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice is tried in publish/word; here its place is taken."""
    place, known = home / "Documents" / "mẫu của trường", base.rsplit("/", 1)[1]
    place.mkdir()
    key = served.parts.folders.id_of(place)
    refused = served.post(f"{base}/mau", thu_muc=key)
    assert refused.status == 400 and served.parts.folders.known(known).forms is None, "no form in it"
    shutil.copy(shipped_form("D11"), place / "D11_truong.docx")
    inside = Path(shutil.copytree(place, school / "mẫu"))
    assert served.post(f"{base}/mau", thu_muc=served.parts.folders.id_of(inside)).status == 400, "not among the evidence"
    shutil.rmtree(inside)
    text = served.get(f"/chon/{key}?de=mau&h={known}").text
    assert f'action="/h/{known}/mau"' in text and "mẫu Word" in text and "Dùng các mẫu ở đây" in text
    assert 'action="/mo"' in served.get(f"/chon/{key}?de=mau&h=//khac.example").text, "no address is made of another word"
    assert served.post(f"{base}/mau", thu_muc=key).to == f"{base}/ho-so"
    monkeypatch.setattr(dossier_job, "office", lambda: "soffice")
    monkeypatch.setattr(dossier_job, "to_pdf", lambda papers, _: [one.with_suffix(".pdf").write_bytes(b"%PDF") for one in papers])
    text = served.get(f"{base}/ho-so").text
    assert '<option value="VV-01">VV-01 · ' in text and "Đang dùng mẫu của trường ở Documents › mẫu của trường" in unescape(text)
    assert served.post(f"{base}/lap-ho-so", dot_xuat="1", vu="", vb="D10").status == 400
    text = after(served, base, "/lap-ho-so", "/ho-so", dot_xuat="1", vu="VV-01", vb="D10", pdf="1")
    made = school / "KET_QUA" / "00123456" / "2026" / "ho_so"
    about = read_manifest(made)["documents"]["D11_bao_cao_dot_xuat_VV-01.docx"]
    assert about["form"] == "D11_truong.docx" and "D11 · Báo cáo đột xuất, vụ VV-01" in text
    key = re.search(r'/tep/([0-9a-f]{16})" aria-label="PDF', text)[1]
    assert served.get(f"{base}/tep/{key}").body == b"%PDF"
    assert "VV-99" in after(served, base, "/lap-ho-so", "/ho-so", dot_xuat="1", vu="VV-99")
    served.post(f"{base}/mau")
    assert "Đang dùng mẫu của chương trình" in served.get(f"{base}/ho-so").text


def test_what_one_screen_has_to_say_is_not_said_by_another(served: Served, base: str) -> None:
    """A received workbook stood under the heading of departures from Decree 30."""
    known = served.parts.folders.known(base.rsplit("/", 1)[1])
    served.parts.of(known).notes["bieu"] = ["Đã nhận 1_nha_truong.xlsx."]
    assert not any("Đã nhận 1_nha" in unescape(served.get(f"{base}/{screen}").text) for screen in ("ho-so", "luu"))
    assert "Đã nhận 1_nha" in unescape(served.get(f"{base}/bieu").text) and "Đã nhận 1_nha" not in unescape(served.get(f"{base}/bieu").text)
