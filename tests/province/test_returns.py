"""A return reaches the school's criteria and waits there for an answer; a decision with a fault stops no other."""

import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from antq_review import cli
from antq_review.errors import CannotDo, NotFinal, UsageError
from antq_review.forms.choices.officer import ReturnedText
from antq_review.forms.return_slip import RETURN_SLIP, slip_bytes
from antq_review.forms.rows.return_slip import SlipHead, SlipReason
from antq_review.ingest.return_slips import SlipReader
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.choose import ReportState
from antq_review.province.decide import ReasonToReturn, check_return
from antq_review.province.send import send
from antq_review.province.unseal import opened
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook.display import show_criteria, show_plan
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.province.many import listed, officer, package

TODAY = date(2026, 11, 18)
CODES = [f"0010000{number}" for number in range(5)]
WHY = "Tiêu chí 4 chưa có biên bản đối chiếu với Công an xã"
HEAD = SlipHead(code="00123456", name="Trường TH&THCS Mẫu", year=2026, number=1, package="0123456789ab", check="BA1B-7F36", seal="")
REASONS = [
    SlipReason(text=ReturnedText.TT_124, item="4", reason=WHY, to_do="Đối chiếu, ghi ngày", due_on=date(2026, 12, 1)),
    SlipReason(text=ReturnedText.PLAN, item="II.1-1", reason="Chưa thấy kế hoạch tháng của tổ chuyên môn"),
]


def answered(content: bytes) -> bytes:
    """The slip with an answer in every row, as a clerk writes it."""
    book = load_workbook(io.BytesIO(content))
    page = book[RETURN_SLIP.title]
    start = next(cell for row in page for cell in row if str(cell.value).startswith("Trường trả lời: "))
    reason = next(cell.column for cell in page[start.row] if str(cell.value).startswith("Điều cần sửa"))
    for row in range(start.row + 2, page.max_row + 1):
        if page.cell(row, reason).value:
            assert not page.cell(row, start.column).protection.locked and page.cell(row, reason).protection.locked
            page.cell(row, start.column, "Đã đối chiếu ngày 12/11, bổ sung biên bản VB-19")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def school_with(tmp_path: Path, content: bytes) -> Path:
    folder = tmp_path / "truong"
    shutil.copytree(example_folder(), folder)
    (folder / "phieu.xlsx").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def test_four_returns_that_cannot_be_are_refused_at_their_cells_and_the_fifth_slip_is_written(base: Summary, tmp_path: Path) -> None:
    schools = [listed(code) for code in CODES]
    folder = officer(tmp_path / "nhan", schools)
    for code in CODES:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code))
    shown = {one.code: one.arrival.shown for one in work.look(folder, TODAY, TODAY).found.standings if one.arrival}
    shown[CODES[3]] = "f" * 12
    decisions = [{"code": code, "package": shown[code], "decision": "Trả lại", "decided_on": TODAY} for code in CODES]
    reasons = [
        {"package": shown[CODES[1]], "text": "Chung", "reason": "sửa lại"},
        {"package": shown[CODES[2]], "text": "Thông tư 124", "item": "99", "reason": WHY},
        {"package": shown[CODES[4]], "text": "Thông tư 124", "item": "4", "reason": WHY},
    ]
    officer(folder, schools, decisions=decisions, return_reasons=reasons)
    looked, paths = work.give_slips(folder, tmp_path / "out", TODAY)
    assert sorted((fault.sheet, fault.cell) for fault in looked.faults) == [
        ("Lý do trả lại", "C11"), ("Lý do trả lại", "D10"), ("Quyết định", "B14"), ("Quyết định", "C11"),
    ]
    assert [path.name.rpartition("_")[0] for path in paths] == [f"{CODES[4]}_2026_lan01_{shown[CODES[4]][:4]}_tra_lai"]
    states = [one.state for one in looked.found.standings]
    assert states == [ReportState.RECEIVED] * 4 + [ReportState.RETURNED]
    assert work.give_slips(folder, tmp_path / "out", TODAY)[1] == []  # a slip is written once
    reasons.append({"package": shown[CODES[0]], "text": "Chung", "reason": "Nguyễn Văn A ghi 0912345678 ở bản này"})
    officer(folder, schools, decisions=decisions, return_reasons=reasons)
    looked, _ = work.give_slips(folder, tmp_path / "out", TODAY)
    assert looked.found.standings[0].state is ReportState.RECEIVED  # a slip names nobody
    assert ("Lý do trả lại", "D13") in [(fault.sheet, fault.cell) for fault in looked.faults]


def test_the_command_refuses_the_same_four_at_their_cells_and_a_named_reader(
    base: Summary, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On any day that the machine has: the decisions are older than every clock."""
    codes = [*CODES, "00100009"]
    folder, old = officer(tmp_path / "nhan", [listed(code) for code in codes]), date(2020, 1, 1)
    shown = {}
    for code in codes:
        path = folder / "den" / f"{code}.zip"
        path.write_bytes(package(base, code))
        shown[code] = opened(path).content[:12]
    shown[CODES[3]] = "f" * 12
    decisions = [{"code": code, "package": shown[code], "decision": "Trả lại", "decided_on": old} for code in codes]
    decisions[5] |= {"decision": "Tiếp nhận", "post": "Chuyên viên Nguyễn Văn Nam"}
    reasons = [
        {"package": shown[CODES[1]], "text": "Chung", "reason": "sửa lại"},
        {"package": shown[CODES[2]], "text": "Thông tư 124", "item": "99", "reason": WHY},
        {"package": shown[CODES[4]], "text": "Thông tư 124", "item": "4", "reason": WHY},
    ]
    officer(folder, [listed(code) for code in codes], decisions=decisions, return_reasons=reasons)
    assert cli.run(["province", "return", str(folder), "--out", str(tmp_path / "ra")]) == 1
    told = capsys.readouterr().out
    cells = {("Lý do trả lại", "C11"), ("Lý do trả lại", "D10"), ("Quyết định", "B14"), ("Quyết định", "C11"), ("Quyết định", "E16")}
    assert set(re.findall(r"1_quyet_dinh\.xlsx › ([^›]+) › (\w+):", told)) == cells and "Nguyễn" not in told
    slips = {path.name.partition("_")[0]: path for path in (tmp_path / "ra").rglob("phieu/*.xlsx")}
    assert slips.keys() == {CODES[4], codes[5]}  # what was accepted stays accepted; its slip has no reader
    with zipfile.ZipFile(slips[codes[5]]) as slip:
        assert not any("Nguyễn" in slip.read(name).decode("utf-8") for name in slip.namelist())


@pytest.mark.parametrize("text", [
    "Cô Nguyễn Thị Hoa chưa ký biên bản", "đề nghị thầy Trần An ký lại", "Bùi Nam ghi sai cột ngày", "gọi 0912345678 để hỏi lại số liệu",
])
def test_a_reason_that_names_somebody_goes_to_no_school(base: Summary, text: str) -> None:
    with pytest.raises(UsageError):
        check_return(base, [ReasonToReturn(ReturnedText.ALL, "", text + " nhé")])


@pytest.mark.parametrize("text", [
    "Đoàn TNCS Hồ Chí Minh chưa có kế hoạch phối hợp", "Trường THCS Nguyễn Văn Trỗi ghi nhầm năm", "Tỉnh Lâm Đồng, phường Hoàng Văn Thụ",
    "Phong trào Trần Quốc Toản chưa ghi ngày", "Từ Tiêu chí 4 trở đi chưa có tệp", "Đoàn Thanh Niên chưa báo cáo số liệu",
])
def test_a_reason_may_hold_a_name_that_is_no_person_s(base: Summary, text: str) -> None:
    check_return(base, [ReasonToReturn(ReturnedText.ALL, "", text)])


def test_an_office_named_after_its_officer_is_printed_nowhere(base: Summary, tmp_path: Path) -> None:
    settings = {"year": 2026, "due_on": TODAY, "body": "Chuyên viên Trần Thị Nam"}
    folder = officer(tmp_path / "nhan", [listed(CODES[0])], officer_settings=[settings])
    looked = work.look(folder, TODAY, TODAY)
    assert looked.found.settings.body == "" and [fault.sheet for fault in looked.faults] == ["Cài đặt"]


def test_a_decision_under_another_schools_code_is_refused_and_an_accepted_package_gets_its_receipt(base: Summary, tmp_path: Path) -> None:
    schools = [listed(code) for code in CODES[:2]]
    folder = officer(tmp_path / "nhan", schools)
    for code in CODES[:2]:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code))
    shown = {one.code: one.arrival.shown for one in work.look(folder, TODAY, TODAY).found.standings if one.arrival}
    accept = {"decision": "Tiếp nhận", "decided_on": TODAY, "post": "Chuyên viên"}
    decisions = [{"code": CODES[0], "package": shown[CODES[1]], **accept}, {"code": CODES[1], "package": shown[CODES[1]], **accept}]
    officer(folder, schools, decisions=decisions)
    looked, (path,) = work.give_slips(folder, tmp_path / "out", TODAY)
    assert [fault.cell for fault in looked.faults] == ["B11"] and path.name.endswith("_tiep_nhan.xlsx")
    (page, *_) = load_workbook(path).worksheets
    said = [str(cell.value) for row in page for cell in row if cell.value]
    assert shown[CODES[1]] in said and any("không phải giấy công nhận" in one for one in said)
    assert said.count("Cơ quan nhận") == 1


def test_a_slip_in_the_schools_folder_stands_at_its_criterion_and_waits_for_an_answer(
    results: Path, evidence: object, tmp_path: Path
) -> None:
    content = slip_bytes(HEAD, REASONS)
    folder = school_with(tmp_path, content)
    read = read_folder(folder)
    plain, found = review_evidence(evidence, date(2026, 11, 10)), review_evidence(read, date(2026, 11, 10))  # type: ignore[arg-type]
    assert [one.is_answered for one in found.returned] == [False, False] and not [one for one in read.problems if "phieu" in one.file]
    assert found.draft_reasons == (*(one.says for one in found.returned), *plain.draft_reasons)
    assert "trả lại lần 01" in str(found.to_do[0].says) and found.to_do[0].due_on == date(2026, 12, 1)
    with pytest.raises(NotFinal) as refusal:
        review_evidence(read, date(2026, 11, 10), final=True)
    assert any(WHY in str(one) for one in refusal.value.reasons)
    at = next(one for one in found.text("tt_124").findings if one.id == "4")  # type: ignore[union-attr]
    assert [WHY in str(one) and "chưa trả lời" in str(one) for one in at.returned] == [True]
    assert WHY in show_criteria(found).data and "kế hoạch tháng" in show_plan(found).data
    book = load_workbook(io.BytesIO(annex(found)))
    assert any(WHY in str(cell.value) for row in book["Nội bộ"] for cell in row)
    assert Review.restored(json.loads(found.to_json())) == found
    official = load_workbook(io.BytesIO(annex(found, official=True)))
    assert not [cell for page in official for row in page for cell in row if WHY in str(cell.value)]


def test_an_answered_slip_lets_the_year_pass_and_its_answers_are_sent(results: Path, tmp_path: Path) -> None:
    content = slip_bytes(HEAD, REASONS)
    folder = school_with(tmp_path, answered(content))
    read = read_folder(folder)
    found = review_evidence(read, date(2026, 11, 10))
    assert [one.is_answered for one in found.returned] == [True, True] and not any("lần 01" in str(one) for one in found.draft_reasons)
    out = tmp_path / "out"
    year = out / "00123456" / "2026"
    shutil.copytree(results / "00123456" / "2026" / "du_thao", year / "du_thao")
    place = year / "du_thao"

    def stored(review: Review) -> None:
        """A finished version of this review, as `antq review` leaves it."""
        (place / "review.json").write_text(review.to_json(), encoding="utf-8")
        manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
        manifest |= {"inputs": {one.name: one.sha256 for one in read.files}, "outputs": {}}
        (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    stored(found)
    sent = send(folder, read, out)
    with zipfile.ZipFile(sent.path) as packed:
        answers = json.loads(packed.read(f"{sent.name}/data/tra_loi.json"))["answers"]
    assert [one["item"] for one in answers] == ["4", "II.1-1"] and "VB-19" in answers[0]["says"]
    waiting = tuple(one.model_copy(update={"is_answered": False}) for one in found.returned)
    stored(found.model_copy(update={"returned": waiting}))
    with pytest.raises(CannotDo, match="chưa trả lời"):
        send(folder, read, out)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"code": "00999999"}, "slip_of_another"), ({"year": 2025}, "slip_of_another"), ({}, "slip_changed")],
)
def test_a_slip_of_another_school_or_year_or_one_that_was_edited_is_one_problem_and_shows_nothing(
    change: dict[str, object], code: str, tmp_path: Path
) -> None:
    content = slip_bytes(HEAD.model_copy(update=change), REASONS)
    if not change:
        book = load_workbook(io.BytesIO(content))
        cell = next(cell for row in book[RETURN_SLIP.title] for cell in row if cell.value == WHY)
        cell.value = "Không cần sửa gì cả, đã đạt mọi yêu cầu"
        book.save(path := tmp_path / "sua.xlsx")
        content = path.read_bytes()
    read = read_folder(school_with(tmp_path, content))
    assert not read.slips and [one.code for one in read.problems if one.file == "phieu.xlsx"] == [code]
    assert SlipReader(read).take([], "x") == []
