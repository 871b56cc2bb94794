"""`antq dossier`: which documents, where they go, what is never written over, what is refused before anything is written."""

import hashlib
import io
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from antq_review.cli import run
from antq_review.publish.dossier import DOCUMENTS
from antq_review.publish.word.forms import shipped_form
from antq_review.scoring import pipeline as folder_module
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests import repeated
from tests.cli.test_compare import stored
from tests.example.edit import cell_beside, column_of, copy_example, edited, find_row
from tests.example.mended import mend
from tests.history.years import three_years
from tests.publish.word.seen import changed

PLACE = Path("00123456", "2026", "ho_so")


def call(*words: object) -> int:
    return run(["dossier", *map(str, words)])


def made(out: Path, place: Path = PLACE) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / place).glob("*.docx"))} if (out / place).exists() else {}


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """The example's folder is read once, by the real reader; what a run does with it is what these tests are about."""
    once = cache(folder_module.read_folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_module, "read_folder", lambda folder, progress=None: once(folder))
        yield


@pytest.fixture(scope="module")
def school() -> Path:
    return example_folder()


@pytest.fixture(scope="module")
def out(school, tmp_path_factory) -> Path:
    """Where one run has put the whole dossier."""
    folder = tmp_path_factory.mktemp("out")
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", folder) == 1
    return folder


def test_the_whole_dossier_is_ten_documents(out):
    assert list(made(out)) == [f"{DOCUMENTS[f'D{number}'].slug}.docx" for number in range(1, 11)]
    manifest = json.loads((out / PLACE / "manifest.json").read_text(encoding="utf-8"))
    assert {about["draft"] for about in manifest["documents"].values()} == {True}
    assert list(manifest["documents"]) == list(made(out))
    assert str(out) not in json.dumps(manifest)


def test_every_document_that_is_made_passes_its_own_check(out, capsys):
    assert call("--check", out / PLACE / "D03_bao_cao_124.docx") == 0
    assert "12 điều" in capsys.readouterr().out


def test_a_second_run_gives_the_same_bytes_and_keeps_the_others(school, out, capsys):
    before = made(out)
    repeated.forget()
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "d2, D3") == 1
    assert made(out) == before
    printed = capsys.readouterr().out
    assert "D02" in printed and "D05" not in printed


def test_what_a_person_has_worked_on_is_never_written_over(school, out, tmp_path, capsys):
    mine = tmp_path / "out"
    shutil.copytree(out, mine)
    path = mine / PLACE / "D03_bao_cao_124.docx"
    opened = Document(io.BytesIO(path.read_bytes()))
    opened.add_paragraph("Thầy hiệu trưởng đã sửa.")
    opened.save(path)
    edited = path.read_bytes()
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", mine, "--only", "D3") == 3
    assert path.read_bytes() == edited
    assert "đã được sửa" in capsys.readouterr().err


def test_a_draft_never_takes_a_final_documents_place(school, out, tmp_path, capsys):
    mine = tmp_path / "out"
    shutil.copytree(out, mine)
    manifest = mine / PLACE / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"draft": true', '"draft": false'), encoding="utf-8")
    before = made(mine)
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", mine, "--only", "D3") == 3
    assert made(mine) == before
    assert "bản chính thức" in capsys.readouterr().err


def test_final_is_refused_with_every_ground_while_the_circular_is_open(school, tmp_path, capsys):
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D3", "--final") == 3
    assert "tiêu chí 6" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_the_circulars_documents_are_final_while_the_decision_is_open(tmp_path, capsys):
    folder, out = copy_example(tmp_path / "school"), tmp_path / "out"
    mend(folder)
    with edited(folder, "1_nha_truong.xlsx", "Cuộc họp") as page:  # a meeting without the police is warned of, and blocks nothing
        row = find_row(page, lambda values: "Công an cơ sở" in values)
        for heading, value in {"Có mặt?": "Không", "Lý do vắng": "Bận công tác"}.items():
            page.cell(row, column_of(page, heading)[1]).value = value
    with edited(folder, "1_nha_truong.xlsx", "Thông tin trường") as page:
        cell_beside(page, "Kết quả năm trước").value = None
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D2,D3,D4", "--final") == 0
    assert capsys.readouterr().out.count("chưa ghi có mặt Công an cơ sở (Điều 9 khoản 1 điểm c Thông tư 124/2021/TT-BCA)") == 1
    final = made(out)
    printed = [paragraph.text for document in final.values() for paragraph in Document(io.BytesIO(document)).paragraphs]
    assert any("đề nghị" in text and "công nhận" in text for text in printed)
    assert not any("[CẦN BỔ SUNG" in text or "đề xuất)" in text for text in printed)
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D2,D4", "--final") == 0
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D3") == 3
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D1", "--final") == 3
    assert "[CẦN BỔ SUNG: kết quả năm 2025]" in capsys.readouterr().err
    assert made(out) == final


def test_a_request_is_refused_with_the_criteria_that_the_meeting_left_open_or_did_not_conclude_as_met(tmp_path, capsys):
    """By the evidence all six are met; only what the meeting concludes can be handed in (A2)."""
    folder, out = copy_example(tmp_path / "school"), tmp_path / "out"
    mend(folder)
    with edited(folder, "1_nha_truong.xlsx", "Tự chấm") as page:
        for criterion, heading, value in (("4", "Tự đánh giá", "Chưa đạt"), ("4", "Lý do", "Xét thận trọng"), ("6", "Mã cuộc họp", None)):
            row = find_row(page, lambda values, criterion=criterion: values[:2] == ["Thông tư 124", criterion])
            page.cell(row, column_of(page, heading)[1]).value = value
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D2", "--final") == 3
    said = capsys.readouterr().err
    assert "Tiêu chí 6: cuộc họp chưa kết luận." in said and "Tiêu chí 4: cuộc họp kết luận chưa đạt." in said
    assert "Quyết định 510" not in said and not out.exists()


def test_an_incidents_report_is_made_by_its_code_alone(school, tmp_path, capsys):
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--incident", "VV-01") == 1
    assert list(made(tmp_path)) == ["D11_bao_cao_dot_xuat_VV-01.docx"]
    assert "D11: còn" in capsys.readouterr().out


def test_two_incidents_whose_codes_look_alike_in_a_file_name_are_two_documents(tmp_path):
    folder, out = copy_example(tmp_path / "school"), tmp_path / "out"
    with edited(folder, "4_an_toan.xlsx", "Vụ việc") as page:
        page.cell(find_row(page, lambda values: "VV-02" in values), column_of(page, "Mã vụ")[1]).value = "VV 01"
    for code in ("VV-01", "VV 01", "vv 01"):
        assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--incident", code) == 1
    names = ["D11_bao_cao_dot_xuat_VV-01.docx", "D11_bao_cao_dot_xuat_VV-01_{}.docx".format(hashlib.sha256(b"VV 01").hexdigest()[:6])]
    documents = made(out)
    assert list(documents) == names and len(set(documents.values())) == 2
    manifest = json.loads((out / PLACE / "manifest.json").read_text(encoding="utf-8"))
    assert list(manifest["documents"]) == names


def test_public_copies_lie_apart(school, tmp_path):
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7", "--public") == 1
    assert made(tmp_path) == {}
    assert list(made(tmp_path, PLACE.with_name("ho_so_cong_khai"))) == ["D07_thong_ke.docx"]


def test_a_schools_own_form_takes_the_shipped_ones_place(school, tmp_path, capsys):
    forms = tmp_path / "biểu của trường"
    forms.mkdir()
    own = changed(shipped_form("D7").read_bytes(), lambda xml: re.sub(r"Tên\sđơn\svị", "Đơn vị tự chấm", xml))
    (forms / "D7 thống kê.docx").write_bytes(own)
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7", "--forms", forms) == 1
    (document,) = made(tmp_path).values()
    assert "Đơn vị tự chấm" in [cell.text for cell in Document(io.BytesIO(document)).tables[0].rows[0].cells]
    (about,) = json.loads((tmp_path / PLACE / "manifest.json").read_text(encoding="utf-8"))["documents"].values()
    assert about["form"] == "D7 thống kê.docx"


def test_a_form_that_is_refused_leaves_nothing_behind(school, tmp_path, capsys):
    forms, results = tmp_path / "forms", tmp_path / "out"
    forms.mkdir()
    spoilt = changed(shipped_form("D7").read_bytes(), lambda xml: xml.replace("{{ one.total }}", "{{ one.total|safe }}"))
    (forms / "D7.docx").write_bytes(spoilt)
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", results, "--only", "D3,D7", "--forms", forms) == 3
    assert "Filter safe" in capsys.readouterr().err
    assert not results.exists()


def test_nothing_is_written_where_a_step_fails(school, tmp_path, monkeypatch):
    monkeypatch.setattr("antq_review.publish.word.pdf.program", lambda *_: "/bin/false")
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7", "--pdf") == 3
    assert not any(tmp_path.iterdir())


def test_without_an_office_the_sentence_says_what_to_do(school, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("antq_review.publish.word.pdf.program", lambda *_: None)
    monkeypatch.setattr("antq_review.publish.word.pdf._PLACES", ())
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7", "--pdf") == 3
    assert "Chưa cài LibreOffice" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="no LibreOffice here")
def test_a_pdf_is_made_and_does_not_outlive_its_document(school, tmp_path):
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7", "--pdf") == 1
    pdf = tmp_path / PLACE / "D07_thong_ke.pdf"
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF") and b"/CreationDate(D:20260101000000" in content
    digest = hashlib.sha256(pdf.with_suffix(".docx").read_bytes()).hexdigest()[:32].upper().encode()
    assert content.count(digest) == 3, "no identifier but those taken from the document"
    assert call(school, "--as-of", EXAMPLE_DAY, "--out", tmp_path, "--only", "D7") == 1
    assert not pdf.exists()


@pytest.mark.parametrize(
    "words",
    [
        (), ("{school}", "--check", "x.docx"), ("{school}", "--only", "D99"), ("{school}", "--only", "D11"),
        ("{school}", "--only", "D3", "--incident", "VV-01"), ("{school}", "--only", "D4", "--public"),
        ("{school}", "--incident", "VV-99"), ("{school}", "--forms", "nowhere"), ("{school}", "--as-of", "32/1/2026"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_exit_code_two_and_writes_nothing(school, tmp_path, monkeypatch, words, capsys):
    monkeypatch.chdir(tmp_path)
    assert call(*(word.format(school=school) for word in words)) == 2
    assert not any(tmp_path.iterdir())
    assert "Traceback" not in capsys.readouterr().err


def test_results_never_go_into_the_evidence_folder(tmp_path):
    folder = copy_example(tmp_path / "school")
    assert call(folder, "--out", folder / "ra") == 2
    assert not (folder / "ra").exists()


def test_a_file_that_is_no_word_document_is_refused(tmp_path, capsys):
    (tmp_path / "a.docx").write_bytes(b"no zip")
    assert call("--check", tmp_path / "a.docx") == 3
    assert "a.docx" in capsys.readouterr().err


def test_a_final_document_is_not_replaced_by_another(tmp_path, capsys):
    folder, out = copy_example(tmp_path / "school"), tmp_path / "out"
    mend(folder)
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D3", "--final") == 0
    issued = made(out)
    assert call(folder, "--as-of", "18/11/2026", "--out", out, "--only", "D3", "--final") == 0
    with edited(folder, "1_nha_truong.xlsx", "Nhận xét") as page:
        row, text = column_of(page, "Nội dung")
        page.cell(row + 2, text).value = "Một nhận xét khác."
    folder = folder.rename(folder.with_name("trường khác"))  # read anew
    assert call(folder, "--as-of", EXAMPLE_DAY, "--out", out, "--only", "D3", "--final") == 3
    assert made(out) == issued and "đã có bản chính thức khác nội dung: D03_bao_cao_124.docx" in capsys.readouterr().err


def test_a_registration_is_final_when_it_is_due_and_a_request_only_where_there_is_one(tmp_path, capsys):
    out = tmp_path / "out"
    stored(three_years()[1], out)
    assert call(example_folder(), "--as-of", "31/03/2026", "--out", out, "--only", "D1", "--final") == 0
    assert call(example_folder().with_name("2025"), "--as-of", "16/11/2025", "--out", out, "--only", "D2", "--final") == 3
    assert "không có tờ trình" in capsys.readouterr().err
