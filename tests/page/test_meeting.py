"""What the meeting concluded goes into the school's own workbook once: shown first; the rest of the file stays as it is."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from antq_review.errors import CannotDo
from antq_review.forms.rows.school import AttendeeRow, MeetingRow, OpinionRow, SelfScoreRow, VoteRow
from antq_review.ingest import read_one
from antq_review.page import meeting_people
from antq_review.publish.excel.fill_in import CellValue, filled_in
from antq_review.shipped import example_folder
from tests.example.small_schools import primary
from tests.page.served import Served

pytestmark = pytest.mark.usefixtures("without_steps", "without_notebook")
NAME = "1_nha_truong.xlsx"


@pytest.fixture(scope="module")
def place(home: Path) -> Path:
    return Path(shutil.copytree(example_folder(), home / "Documents" / "hop 2026"))


@pytest.fixture
def base(served: Served, place: Path) -> Iterator[str]:
    base = served.open(place)
    if not (place / "KET_QUA").exists():
        served.post(f"{base}/cham", ngay="16/11/2026")
        served.until_done(base)
    yield base


def typed(text: str) -> dict[str, str]:
    """The fields of the form as they stand on the screen."""
    fields = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([msao][^"]*)" value="([^"]*)"', text)}
    areas = re.findall(r'<textarea[^>]* name="([so][^"]*)"[^>]*>(.*?)</textarea>', text, flags=re.DOTALL)
    fields |= {name: unescape(value) for name, value in areas}
    for name, options in re.findall(r'<select name="([sa]\d+_[a-z]+)".*?>(.*?)</select>', text, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_nothing_is_written_where_nothing_changed(served: Served, place: Path, base: str) -> None:
    before = (place / NAME).read_bytes()
    fields = typed(served.get(f"{base}/hop").text)
    assert fields["m_id"] == "CH-01" and fields["m_held_on"] == "16/11/2026" and fields["s0_result"] == "met" and fields["s6_points"] == "2"
    assert "Không có gì thay đổi" in served.post(f"{base}/hop", **fields, lam="xem").text
    assert "Không có gì thay đổi" in served.post(f"{base}/hop", **fields, lam="ghi").text
    assert (place / NAME).read_bytes() == before and not (place / "da_thay").exists()


def test_a_field_that_cannot_be_read_is_told_and_kept(served: Served, place: Path, base: str) -> None:
    fields = typed(served.get(f"{base}/hop").text)
    for name, wrong, says in (
        ("m_held_on", "32/13/2026", "không phải ngày"), ("m_starts_at", "sáng", "Hãy ghi như 8:00 hoặc 8h30"), ("s6_points", "hai", "Điểm"),
        ("m_id", "", "mã cuộc họp"), ("s5_agreed", "9", "cả số đồng ý"),
    ):
        text = unescape(served.post(f"{base}/hop", **{**fields, name: wrong}, lam="ghi").text)
        assert says in text and (not wrong or f'value="{wrong}"' in text), name


def test_a_conclusion_that_the_evidence_excludes_asks_for_its_reason_before_it_is_written(
    served: Served, place: Path, base: str
) -> None:
    fields = typed(served.get(f"{base}/hop").text) | {"s0_result": "not_met", "s7_points": "2,5", "s6_points": "3"}
    text = unescape(served.post(f"{base}/hop", **fields, lam="xem").text)
    told = re.search(r"chưa có lý do: (.*?)\. Ghi được", text)[1]
    assert re.fullmatch(r"Thông tư 124 \S*1, Quyết định 510.*2", told.replace("tiêu chí ", "").replace("mục ", "")), "point 1 is open"
    reasons = {"s0_reason": "x", "s7_reason": "y"}
    assert "chưa có lý do" not in unescape(served.post(f"{base}/hop", **fields | reasons, lam="xem").text)


def test_a_conclusion_is_shown_then_written_once_and_the_rest_stays(served: Served, place: Path, base: str) -> None:
    before = (place / NAME).read_bytes()
    fields = typed(served.get(f"{base}/hop").text) | {
        "s5_result": "met", "s5_reason": "Tổ Văn phòng đã có quyết định = xếp loại", "s5_agreed": "9", "s5_total": "9", "s6_points": "3",
    }
    text = unescape(served.post(f"{base}/hop", **fields, lam="xem").text)
    assert "Sẽ ghi 11 ô" in text and (place / NAME).read_bytes() == before
    assert re.search(r"Tự chấm › C15</td><td>Điểm tự chấm</td><td>2</td><td><b>3</b>", text)
    (place / f"~${NAME}").write_bytes(b"x")
    assert "đang mở trong Excel" in served.post(f"{base}/hop", **fields, lam="ghi").text
    (place / f"~${NAME}").unlink()
    with served.busy():
        waits = served.post(f"{base}/hop", **fields, lam="ghi")
    assert waits.status == 400 and "đang có việc khác chạy" in waits.text
    assert typed(waits.text).items() >= fields.items(), "what was typed stays in the form"
    assert (place / NAME).read_bytes() == before
    assert served.post(f"{base}/hop", **fields, lam="ghi").to == f"{base}/chay"
    served.until_done(base)
    assert "Đã ghi 11 ô vào 1_nha_truong.xlsx; bản cũ ở da_thay/" in served.get(f"{base}/hop").text
    (kept,) = (place / "da_thay").iterdir()
    assert kept.read_bytes() == before
    found = read_one(place / NAME)
    six = [row.values for row in found.of(SelfScoreRow) if (row.values.text, row.values.criterion) == ("tt_124", "6")]
    assert [(row.self_result, row.meeting, row.reason) for row in six] == [("met", "CH-01", fields["s5_reason"])]
    assert [(row.total, row.agreed) for row in (one.values for one in found.of(VoteRow)) if row.criterion == "6"] == [(9, 9)]
    assert len(found.of(MeetingRow)) == 1
    assert parts(before, but="sheet3 sheet4") == parts((place / NAME).read_bytes(), but="sheet3 sheet4")
    assert "Không có gì thay đổi" in served.post(f"{base}/hop", **fields, lam="ghi").text, "once"
    assert openpyxl.load_workbook(place / NAME)["Tự chấm"]["C15"].value == 3


def test_who_was_there_and_what_they_said_go_into_the_same_file_once(served: Served, place: Path, base: str) -> None:
    (place / NAME).write_bytes((example_folder() / NAME).read_bytes())
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    before = read_one(place / NAME)
    people, opinions = before.of(AttendeeRow), before.of(OpinionRow)
    shown = typed(served.get(f"{base}/hop").text)
    new, said = f"a{len(people)}", f"o{len(opinions)}"
    assert shown["a0_was"] == people[0].values.name and shown[f"{new}_name"] == "" and shown[f"{said}_opinion"] == ""
    fields = shown | {
        "a0_name": "Đổi Tên", "a0_absence_reason": "Ốm", "s6_points": "3",
        f"{new}_name": "Người Mới", f"{new}_body": "police", f"{new}_present": "yes",
        f"{said}_speaker": people[0].values.post or "Hiệu trưởng", f"{said}_opinion": "Nhất trí & <đề nghị> thêm",
    }
    for name, wrong, says in ((f"{new}_body", "", "còn thiếu Thành phần"), ("a0_was", "Ai Khác", "đã khác lúc mở trang")):
        text = unescape(served.post(f"{base}/hop", **{**fields, name: wrong}, lam="ghi").text)
        assert says in text and "Đổi Tên" in text, name
    assert "Người Mới" in served.post(f"{base}/hop", **fields, lam="xem").text
    capitals = shown["a0_name"].upper()
    assert f"<b>{capitals}</b>" in served.post(f"{base}/hop", **{**shown, "a0_name": capitals}, lam="xem").text
    assert served.post(f"{base}/hop", **fields, lam="ghi").to == f"{base}/chay"
    served.until_done(base)
    found = read_one(place / NAME)
    first, *_, last = [row.values for row in found.of(AttendeeRow)]
    assert (first.name, first.absence_reason, first.body, first.post) == ("Đổi Tên", "Ốm", people[0].values.body, people[0].values.post)
    assert (last.name, last.body, last.present, last.post, last.meeting) == ("Người Mới", "police", "yes", None, "CH-01")
    assert len(found.of(AttendeeRow)) == len(people) + 1 and found.of(OpinionRow)[-1].values.opinion == "Nhất trí & <đề nghị> thêm"
    written = (place / NAME).read_bytes()
    assert "Không có gì thay đổi" in served.post(f"{base}/hop", **fields, lam="ghi").text, "back and once more: nothing is doubled"
    other = unescape(served.post(f"{base}/hop", **{**fields, f"{new}_name": "Người Khác"}, lam="ghi").text)
    assert "đã khác lúc mở trang" in other and (place / NAME).read_bytes() == written


def test_another_meeting_begins_with_nobody(served: Served, place: Path, base: str) -> None:
    """The people of the meeting that the screen showed are not carried to a meeting with another code."""
    fields = typed(served.get(f"{base}/hop?ma=moi").text)
    assert fields["m_id"] == "CH-02" and fields["m_shown"] == "" and fields["a0_name"] == "" and fields["m_place"] == ""
    fields = typed(served.get(f"{base}/hop").text) | {"m_id": "CH-02", "m_held_on": "17/11/2026", "m_starts_at": "7h30"}
    text = unescape(served.post(f"{base}/hop", **fields, lam="xem").text)
    written = text.partition("<thead>")[2]
    assert "<b>07:30</b>" in written, "as clerks write a time, and as the forms read it"
    assert "CH-02" in written and "Thành phần" not in written and fields["a0_name"] not in written


def test_a_meeting_of_400_people_is_shown_and_one_of_them_is_mended(served: Served, place: Path, base: str) -> None:
    """Its form has 2,400 fields, more than a server takes that is not told to; beyond 500 lines the screen says what it leaves alone."""
    book = openpyxl.load_workbook(example_folder() / NAME)
    page = book["Cuộc họp"]
    first, *_, last = [row.number for row in read_one(example_folder() / NAME).of(AttendeeRow)]
    more = 400 - (last - first + 1)
    page.move_range(f"A{last + 1}:J{page.max_row}", rows=more)
    for number in range(1, more + 1):
        for column in range(1, 7):
            page.cell(last + number, column).value = page.cell(last, column).value
        page.cell(last + number, 2).value = f"Nguyễn Thị Hồng Đường {number}"
    book.save(place / NAME)
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    fields = typed(served.get(f"{base}/hop").text)
    assert len(fields) > 2_400 and fields["a399_name"] == f"Nguyễn Thị Hồng Đường {more}"
    fields["a398_post"] = "Tổ trưởng"
    look = unescape(served.post(f"{base}/hop", **fields, lam="xem").text)
    assert "Sẽ ghi 1 ô" in look and "<b>Tổ trưởng</b>" in look
    assert served.post(f"{base}/hop", **fields, lam="ghi").to == f"{base}/chay"
    served.until_done(base)
    people = [row.values for row in read_one(place / NAME).of(AttendeeRow)]
    assert len(people) == 400 and [one.name for one in people if one.post == "Tổ trưởng"][-1:] == [fields["a398_name"]]


def test_lines_beyond_those_that_the_screen_shows_stay(served: Served, place: Path, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / NAME).write_bytes((example_folder() / NAME).read_bytes())
    served.post(f"{base}/kiem-tra")
    served.until_done(base)
    monkeypatch.setattr(meeting_people, "MOST", 2)
    text = served.get(f"{base}/hop").text
    fields = typed(text)
    assert "a2_name" not in fields and re.search(r"Biểu còn \d+ dòng nữa", text)
    assert "Không có gì thay đổi" in served.post(f"{base}/hop", **fields, lam="xem").text


def test_a_school_that_no_text_concerns_has_a_meeting_too(served: Served, home: Path) -> None:
    """A primary school that did not register and has no score table: only its plan is judged."""
    folder = home / "Documents" / "TH Hoa Sim"
    folder.mkdir(parents=True)
    base = served.open(primary(folder))
    served.post(f"{base}/cham", ngay="16/11/2026")
    served.until_done(base)
    results = served.get(f"{base}/ket-qua").text
    assert results.count("Ngoài phạm vi") == 2 and "Thông tư 124" in results, "a text that does not judge the school says so"
    fields = typed(served.get(f"{base}/hop").text)
    assert fields["m_id"] == "CH-01" and not any(name[0] == "s" for name in fields)
    fields |= {"m_held_on": "16/11/2026", "a0_name": "Hà Thị Y", "a0_body": "leadership", "a0_present": "yes"}
    assert served.post(f"{base}/hop", **fields, lam="ghi").to == f"{base}/chay"
    served.until_done(base)
    found = read_one(folder / NAME)
    assert len(found.of(MeetingRow)) == len(found.of(AttendeeRow)) == 1 and found.problems == []
    assert "Cuộc họp<small>đã ghi</small>" in served.get(f"{base}/hop").text, "no text asks it to conclude anything"


def parts(content: bytes, but: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist() if Path(name).stem not in but.split()}


@pytest.mark.parametrize("spoil", ["formula", "merged", "signed", "other sheet"])
def test_what_would_lose_something_is_refused(spoil: str, tmp_path: Path) -> None:
    path = tmp_path / NAME
    book = openpyxl.load_workbook(example_folder() / NAME)
    page = book["Tự chấm"]
    if spoil == "formula":
        page["C15"] = "=1+1"
    elif spoil == "merged":
        page.merge_cells("B15:C15")
    book.save(path)
    if spoil == "signed":
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("_xmlsignatures/sig1.xml", "<x/>")
    sheet = "Không có" if spoil == "other sheet" else "Tự chấm"
    with pytest.raises(CannotDo):
        filled_in(path.read_bytes(), NAME, [CellValue(sheet, 15, 3, "x")])
