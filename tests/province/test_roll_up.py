"""The roll-up counts every school once, with its base; what is silent is not 0; nothing that arrived is changed or lost."""

import re
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from antq_review.errors import CannotDo, UsageError
from antq_review.forms.choices.safety import IncidentKind
from antq_review.forms.officer_sheets import OFFICER_SHEETS
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province import work
from antq_review.province.choose import ReportState
from antq_review.province.frames import frames, public_frames
from antq_review.province.officer_folder import read_officer
from antq_review.province.outputs import head_lines
from antq_review.province.roll_up import Receipt
from antq_review.province.stored import load_stored
from antq_review.province.totals import SaidNumber, share, total_of
from antq_review.scoring.model.review import Review, TextResult
from tests.province.many import DUE, listed, officer, package

TODAY = date(2026, 11, 18)
CODES = [f"0010000{number}" for number in range(6)]


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


def put(folder: Path, name: str, content: bytes) -> str:
    """Put a package into `den`; its content id as the officer types it."""
    (folder / "den" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "den" / name).write_bytes(content)
    return name


def states(folder: Path, on: date = TODAY, today: date = TODAY) -> dict[str, ReportState]:
    return {one.code: one.state for one in work.look(folder, on, today).found.standings}


def shown_of(folder: Path) -> dict[str, list[str]]:
    """School → the content ids of its packages as they are printed."""
    found = work.look(folder, TODAY, TODAY).found
    ids: dict[str, list[str]] = {}
    for one in found.standings:
        ids[one.code] = [arrival.shown for arrival in ([one.arrival] if one.arrival else []) + list(one.waiting)]
    return ids


def test_every_school_once_under_any_name_and_by_two_roads(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES])
    for place, code in enumerate(CODES[:4]):
        put(folder, f"goi ({place}).zip", package(base, code))
    before = work.look(folder, TODAY, TODAY).found
    for place, code in enumerate(CODES[:4]):
        put(folder, f"xã B/lại/{place}.zip", package(base, code))
    (folder / "den" / "hong.zip").write_bytes(package(base, CODES[4])[:900])
    after = work.look(folder, TODAY, TODAY).found
    assert Receipt.of(before.standings) == Receipt.of(after.standings)
    assert (Receipt.of(after.standings).received, Receipt.of(after.standings).not_sent, len(after.unreadable)) == (4, 2, 1)
    assert [one.rows for one in frames(before)][:8] == [one.rows for one in frames(after)][:8]


def test_first_sight_decides_what_is_on_time(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:2]])
    put(folder, "a.zip", package(base, CODES[0]))
    assert states(folder, DUE, DUE)[CODES[0]] is ReportState.RECEIVED
    put(folder, "b.zip", package(base, CODES[0]))  # the same again, a day late
    put(folder, "c.zip", package(base, CODES[1]))
    late = date(2026, 11, 21)
    found = {one.code: one.late_days for one in work.look(folder, late, late).found.standings}
    assert found == {CODES[0]: 0, CODES[1]: 1}
    register = (folder / "so_den.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(register) == 2
    assert states(folder, on=DUE, today=late)[CODES[1]] is ReportState.NOT_SENT  # as of the due day it had not arrived


def test_one_number_with_two_contents_counts_when_the_officer_chooses(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODES[0])])
    put(folder, "a.zip", package(base, CODES[0], incidents={"theft": 1}))
    put(folder, "b.zip", package(base, CODES[0], incidents={"theft": 2}))
    found = work.look(folder, TODAY, TODAY).found
    (one,) = found.standings
    assert one.state is ReportState.UNDECIDED and one.counted is None and Receipt.of(found.standings).received == 1
    chosen = one.waiting[1].shown
    officer(folder, [listed(CODES[0])], chosen_packages=[{"code": CODES[0], "package": chosen}])
    (one,) = work.look(folder, TODAY, TODAY).found.standings
    assert one.state is ReportState.RECEIVED and one.arrival is not None and one.arrival.shown == chosen


def test_an_accepted_package_stays_until_a_decision(base: Summary, tmp_path: Path) -> None:
    schools = [listed(CODES[0])]
    folder = officer(tmp_path / "nhan", schools)
    put(folder, "a.zip", package(base, CODES[0], 1, incidents={"theft": 1}))
    (first,) = shown_of(folder)[CODES[0]]
    accept = {"code": CODES[0], "package": first, "decision": "Tiếp nhận", "decided_on": TODAY}
    officer(folder, schools, decisions=[accept])
    before = [one.rows for one in frames(work.look(folder, TODAY, TODAY).found)]
    put(folder, "b.zip", package(base, CODES[0], 2, incidents={"theft": 5}))
    found = work.look(folder, TODAY, TODAY).found
    assert found.standings[0].state is ReportState.ACCEPTED_NEWER
    after = [one.rows for one in frames(found)]
    assert [after[place] for place in (2, 3, 4, 5, 6, 7)] == [before[place] for place in (2, 3, 4, 5, 6, 7)]
    second = found.standings[0].waiting[0].shown
    officer(folder, schools, decisions=[accept, accept | {"package": second}])
    (one,) = work.look(folder, TODAY, TODAY).found.standings
    assert one.state is ReportState.ACCEPTED and one.arrival is not None and one.arrival.shown == second
    officer(folder, schools, decisions=[accept, accept | {"package": second}, accept | {"package": second, "decision": "Rút quyết định"}])
    assert states(folder)[CODES[0]] is ReportState.ACCEPTED_NEWER  # a decision can be withdrawn


def test_a_return_needs_a_reason_and_is_no_silence(base: Summary, tmp_path: Path) -> None:
    schools = [listed(CODES[0]), listed(CODES[1])]
    folder = officer(tmp_path / "nhan", schools)
    put(folder, "a.zip", package(base, CODES[0]))
    (content,) = shown_of(folder)[CODES[0]]
    decision = {"code": CODES[0], "package": content, "decision": "Trả lại", "decided_on": TODAY}
    officer(folder, schools, decisions=[decision], return_reasons=[{"package": content, "text": "Chung", "reason": "sửa lại"}])
    looked = work.look(folder, TODAY, TODAY)
    assert looked.found.standings[0].state is ReportState.RECEIVED  # the fault stands at the reason, where it is mended
    assert [fault.place for fault in looked.faults] == ["1_quyet_dinh.xlsx › Lý do trả lại › D10"]
    why = {"package": content, "text": "Thông tư 124", "item": "4", "reason": "Tiêu chí 4 chưa có đối chiếu với Công an xã"}
    officer(folder, schools, decisions=[decision], return_reasons=[why | {"due_on": date(2026, 11, 25)}])
    looked = work.look(folder, TODAY, TODAY)
    p = Receipt.of(looked.found.standings)
    assert looked.found.standings[0].state is ReportState.RETURNED and (p.received, p.returned, p.counted, p.not_sent) == (1, 1, 0, 1)
    put(folder, "b.zip", package(base, CODES[0], 2, incidents={}))
    again = date(2026, 11, 24)  # after the common due day, before the day of the return
    (one, _) = work.look(folder, again, again).found.standings
    assert one.state is ReportState.RECEIVED and one.late_days == 0


def test_codes_that_do_not_fit_are_listed_and_never_matched_by_name(base: Summary, tmp_path: Path) -> None:
    schools = [
        listed(CODES[0]), listed(CODES[1]), listed(CODES[2], to_on=date(2026, 8, 1), merged_into=CODES[0]),
        listed(CODES[3], exempt="Trường mới thành lập"), listed(CODES[4]),
    ]
    folder = officer(tmp_path / "nhan", schools, other_codes=[{"code": CODES[1], "other": "OLD-1"}])
    put(folder, "a.zip", package(base, CODES[0].lstrip("0")))  # without its zeros: a suggestion
    put(folder, "b.zip", package(base, "OLD-1"))
    put(folder, "c.zip", package(base, CODES[2]))
    put(folder, "d.zip", package(base, "00999999"))
    put(folder, "e.zip", package(base, CODES[4], year=2025))
    found = work.look(folder, TODAY, TODAY).found
    assert {one.code: one.state.value for one in found.standings} == {
        CODES[0]: "not_sent", CODES[1]: "received", CODES[2]: "closed", CODES[3]: "exempt", CODES[4]: "not_sent",
    }
    p = Receipt.of(found.standings)
    assert (p.expected, p.received, p.counted) == (3, 1, 1)
    unmatched = next(one for one in frames(found) if one.key == "T14")
    assert {(row[1], row[2]) for row in unmatched.rows} == {
        (CODES[0].lstrip("0"), CODES[0]), ("00999999", ""), (CODES[4], CODES[4]),
    }


def test_totals_say_at_least_until_everyone_has_declared(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:3]])
    put(folder, "a.zip", package(base, CODES[0], incidents={"theft": 2}))
    put(folder, "b.zip", package(base, CODES[1], incidents={"theft": 1, "drugs": 1}, declared_until=None))
    table = next(one for one in frames(work.look(folder, TODAY, TODAY).found) if one.key == "T7")
    assert table.rows[-1][-1] == "ít nhất 4 (1/3 trường)"
    put(folder, "c.zip", package(base, CODES[2], incidents={}))
    put(folder, "b.zip", package(base, CODES[1], incidents={"theft": 1, "drugs": 1}))
    table = next(one for one in frames(work.look(folder, TODAY, TODAY).found) if one.key == "T7")
    assert table.rows[-1][-1] == "4" and [row[-1] for row in table.rows if row[0] == IncidentKind.THEFT.label] == ["3"]


def test_a_draft_does_not_withdraw_a_report_and_counts_by_the_setting(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODES[0]), listed(CODES[1])])
    put(folder, "a.zip", package(base, CODES[0], 1))
    put(folder, "b.zip", package(base, CODES[0], 2, draft=True))
    put(folder, "c.zip", package(base, CODES[1], 1, draft=True))
    found = work.look(folder, TODAY, TODAY).found
    assert [one.state for one in found.standings] == [ReportState.RECEIVED, ReportState.DRAFT] and len(found.counted) == 1
    assert found.standings[0].arrival is not None and not found.standings[0].arrival.package.summary.draft


def test_sums_of_the_tables_agree_and_no_word_judges(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code, commune, level) for code, commune, level in zip(
        CODES, ("xã A", "xã A", "xã B", "xã B", "", "xã C"), ("TH", "THCS", "THPT", "THCS", "THCS", "TH&THCS"), strict=True)])
    for code, result in zip(CODES, (TextResult.MET, TextResult.NOT_MET, TextResult.INSUFFICIENT, TextResult.MET), strict=False):
        put(folder, f"{code}.zip", package(base, code, official=result))
    looked, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY)
    t1, t2, t3 = frames(looked.found)[:3]
    communes = [row for row in t1.rows if row[0] == "Xã, phường"]
    levels = [row for row in t1.rows if row[0] == "Cấp học"]
    for place in range(2, 11):
        assert sum(row[place] for row in communes) == sum(row[place] for row in levels) == t1.rows[-1][place]
    assert len(t2.rows) == t1.rows[-1][2] == 6 and t3.rows[-1][4:8] == (2, 1, 1, 0)
    page = paths["tong_hop.html"].read_text(encoding="utf-8")
    assert "http://" not in page and "https://" not in page and 'lang="vi"' in page
    plain = page.replace("đề nghị công nhận", "").replace("không thay việc xét công nhận", "").replace("việc công nhận do UBND", "")
    assert "công nhận" not in plain
    book = load_workbook(BytesIO(paths["tong_hop.xlsx"].read_bytes()))
    assert book.sheetnames[:3] == ["Tiến độ", "Từng trường", "Thông tư 124"] and len(book.sheetnames) == 14


def test_the_order_of_files_and_a_second_run_change_no_byte(base: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for place, names in enumerate((["a", "b", "c"], ["c", "a", "b"])):
        folder = officer(tmp_path / str(place) / "nhan", [listed(code) for code in CODES])
        for name, code in zip(names, CODES, strict=False):
            put(folder, f"{name}.zip", package(base, code))
        monkeypatch.setenv("TZ", ("UTC", "Asia/Ho_Chi_Minh")[place])
        _, paths = work.roll_up(folder, tmp_path / str(place) / "out", TODAY, TODAY)
        made.append({name: path.read_bytes() for name, path in paths.items() if name != "manifest.json"})
    assert made[0] == made[1]


def test_received_files_are_never_touched_and_outputs_stay_out(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODES[0])])
    put(folder, "a.zip", package(base, CODES[0]))
    before = {path: path.read_bytes() for path in sorted((folder / "den").rglob("*"))}
    work.roll_up(folder, tmp_path / "out", TODAY, TODAY)
    assert {path: path.read_bytes() for path in sorted((folder / "den").rglob("*"))} == before
    with pytest.raises(UsageError):
        work.roll_up(folder, folder / "out", TODAY, TODAY)
    with pytest.raises(CannotDo):
        work.new_folder(folder, 2026)


def test_a_damaged_line_of_the_register_is_said_and_costs_itself(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(code) for code in CODES[:2]])
    put(folder, "a.zip", package(base, CODES[0]))
    work.look(folder, TODAY, TODAY)
    with open(folder / "so_den.jsonl", "a", encoding="utf-8") as register:
        register.write('{"content": "abc", "da')
    put(folder, "b.zip", package(base, CODES[1]))
    looked = work.look(folder, TODAY, date(2026, 11, 19))
    assert [str(fault.says) for fault in looked.faults] == ["so_den.jsonl: dòng 2 không đọc được; các dòng khác vẫn dùng"]
    assert len((folder / "so_den.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_next_year_takes_over_the_list(base: Summary, tmp_path: Path) -> None:
    folder = officer(
        tmp_path / "nhan", [listed(CODES[0], due_on=DUE), listed(CODES[1], to_on=date(2026, 3, 1))],
        other_codes=[{"code": CODES[0], "other": "OLD-1"}],
    )
    shutil.rmtree(folder / "den")
    work.new_folder(tmp_path / "2027", 2027, folder)
    book = load_workbook(tmp_path / "2027" / "0_danh_sach.xlsx")
    cells = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert CODES[0] in cells and CODES[1] not in cells and "OLD-1" in cells and 2027 in cells and DUE not in cells
    assert (tmp_path / "2027" / "den").is_dir()


knowns = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 9), st.booleans(), st.integers(1, 3)).map(
        lambda one: (SaidNumber(one[0], None if one[2] else one[0] + one[1]), one[3])
    ), max_size=8,
)


@given(knowns, st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_a_further_school_never_narrows_a_range_falsely(values: list[tuple[SaidNumber, int]], silent: int) -> None:
    base = sum(schools for _, schools in values) + silent
    for count in range(len(values)):
        fewer, more = total_of(values[:count], base), total_of(values[: count + 1], base)
        assert fewer.low <= more.low and fewer.high is None
    whole = total_of(values, base)
    assert (whole.high is None) == (silent > 0 or any(one.high is None for one, _ in values))
    assert whole.high is None or whole.low <= whole.high
    assert whole == total_of([(one, 1) for one, schools in values for _ in range(schools)], base)


def test_shares_print_both_numbers_and_never_round_up_to_all() -> None:
    assert share(1999, 2000).startswith("1.999/2.000") and "100%" not in share(1999, 2000) and share(0, 0) == "–"


def test_the_public_copy_names_no_school_and_hides_what_gives_a_case_away(base: Summary, tmp_path: Path) -> None:
    levels = ("TH", "TH", "THCS", "THCS", "THPT", "THPT")
    schools = [listed(code, f"xã {place}", level) for place, (code, level) in enumerate(zip(CODES, levels, strict=True))]
    folder = officer(tmp_path / "nhan", schools)
    for place, code in enumerate(CODES):
        put(folder, f"{code}.zip", package(base, code, incidents={"theft": 1, "drugs": 7} if place == 0 else {"drugs": 4}))
    _, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY, public=True)
    assert set(paths) == {"tong_hop.html", "tong_hop.xlsx", "tong_hop.json", "manifest.json"}
    assert "2026_cong_khai" in str(paths["tong_hop.html"])
    page = paths["tong_hop.html"].read_text(encoding="utf-8")
    kept = paths["tong_hop.json"].read_text(encoding="utf-8")
    assert not [code for code in CODES if code in page + kept] and "xã 0" not in page + kept and "xã khác" in page
    found = work.look(folder, TODAY, TODAY).found
    public = {one.key: one for one in public_frames(found)}
    theft = next(row for row in public["T7"].rows if row[0] == IncidentKind.THEFT.label)
    assert theft[1:].count("…") >= 2 and set(public) == {"T1", "T3", "T4", "T5", "T6", "T7", "T8"}
    assert not [row for row in public["T8"].rows if row[0].startswith(("PL7", "PL8"))]
    assert "1 vụ" not in page and "Vụ việc đã xác minh: " not in page


def test_what_an_earlier_public_copy_hid_stays_hidden(base: Summary, tmp_path: Path) -> None:
    levels = ("TH", "TH", "THCS", "THCS", "THPT", "THPT")
    schools = [listed(code, levels=level) for code, level in zip(CODES, levels, strict=True)]
    folder = officer(tmp_path / "nhan", schools)
    for code in CODES:
        put(folder, f"{code}.zip", package(base, code, incidents={"theft": 1} if code == CODES[0] else {"drugs": 4}))
    _, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY, public=True)
    first = hidden_in(paths["tong_hop.json"])
    put(folder, "z.zip", package(base, CODES[0], 2, incidents={"theft": 9}))  # no small number is left
    alone = hidden_in(work.roll_up(folder, tmp_path / "other", TODAY, TODAY, public=True)[1]["tong_hop.json"])
    again = hidden_in(work.roll_up(folder, tmp_path / "out", TODAY, TODAY, public=True)[1]["tong_hop.json"])
    assert first and not alone and first <= again


def test_a_roll_up_is_no_package_and_the_page_judges_nobody(base: Summary, tmp_path: Path) -> None:
    folder = officer(tmp_path / "nhan", [listed(CODES[0])])
    put(folder, "a.zip", package(base, CODES[0], official=TextResult.MET))
    _, paths = work.roll_up(folder, tmp_path / "xã", TODAY, TODAY)
    for name in ("tong_hop.json", "tong_hop.html", "tong_hop.xlsx"):
        put(folder, f"xã B/{name}", paths[name].read_bytes())
    looked, paths = work.roll_up(folder, tmp_path / "out", TODAY, TODAY)
    assert len(looked.found.unreadable) == 3 and Receipt.of(looked.found.standings).received == 1
    assert all("gửi các gói, không gửi bảng tổng hợp" in str(one.refused) for one in looked.found.unreadable)
    said = [*head_lines(looked.found)]
    for one in frames(looked.found):
        assert one.title in paths["tong_hop.html"].read_text(encoding="utf-8")
        said += [one.title, one.sheet, *one.notes, *(heading for heading, _ in one.columns)]
        said += [str(cell) for row in one.rows for cell in row] if one.key not in ("T4", "T5", "T8") else []  # the law's words, checks
    for word in re.finditer(r"\w* ?\w* ?\w* ?\bđạt\b", "\n".join(said), re.IGNORECASE):
        assert word[0].casefold().endswith(("tự đánh giá đạt", "chưa đạt")), word[0]


def hidden_in(stored: Path) -> set[tuple[str, str]]:
    table = load_stored(stored).tables["T7"]
    rows = [(str(label), zip(table.columns[1:], values, strict=True)) for label, *values in table.rows]
    return {(label, head) for label, cells in rows for head, value in cells if value == "…"}


def test_the_officer_s_sheets_have_an_office_s_head_and_older_ones_are_read_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"decisions": [{"code": CODES[0], "package": "0123456789ab", "decision": "Tiếp nhận", "decided_on": DUE}]}
    folder = officer(tmp_path / "nhan", [listed(CODES[0])], **tables)
    for sheet in OFFICER_SHEETS:
        page = load_workbook(folder / f"{sheet.workbook}.xlsx")[sheet.title]
        said = [cell.value for row in page.iter_rows(max_row=6) for cell in row if cell.value]
        assert not said[0].startswith("Biểu") and not {"Mã trường", "Đơn vị nộp"} & set(said)
        assert sheet.name == "cai_dat" or {"Sở Giáo dục và Đào tạo Mẫu", 2026, "Ngày lập"} <= set(said)
    older = tuple(replace(sheet, own_heading="", head=()) for sheet in OFFICER_SHEETS)
    monkeypatch.setattr("antq_review.province.officer_folder.OFFICER_SHEETS", older)
    old = officer(tmp_path / "cu", [listed(CODES[0])], **tables)
    monkeypatch.undo()
    assert "Đơn vị nộp" in [row[0].value for row in load_workbook(old / "1_quyet_dinh.xlsx")["Quyết định"].iter_rows(max_row=6)]
    assert read_officer(old) == read_officer(folder) and not read_officer(old).faults
