"""The officer's screens over HTTP: sixty fictional schools, one job, the table, a decision into the Excel file, the files."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from antq_review.errors import CannotDo, Stopped, UsageError
from antq_review.forms.choices.officer import DecisionKind
from antq_review.page import guard, office_work
from antq_review.page.job import Job
from antq_review.page.office_filter import Sought, check_of, packages_to
from antq_review.province.decide import decide
from antq_review.province.example_schools import ExampleSchool, example_schools
from antq_review.province.look_again import sample_frame
from antq_review.province.officer_folder import read_officer
from antq_review.text import vietnamese_key
from tests.page.received import officers_folder
from tests.page.served import Served

COUNT = 60


def shown(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture(scope="module")
def schools() -> list[ExampleSchool]:
    return example_schools(COUNT)


@pytest.fixture(scope="module")
def folder(home: Path, schools: list[ExampleSchool]) -> Path:
    """Fifty-eight of sixty sent a package, two files are none."""
    return officers_folder(home / "Documents" / "ANTQ" / "TONG_HOP_2026", schools)


class Then(date):
    @classmethod
    def today(cls) -> "Then":
        return cls(2026, 11, 18)


@pytest.fixture(scope="module")
def base(served: Served, folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office_work, "date", Then)
        yield served.open(folder)


@pytest.fixture
def rolled_up(served: Served, base: str) -> str:
    """The folder after its first roll-up."""
    if not office_work.office_of(served.parts, served.parts.folders.known(base.split("/")[-1])).lines:
        assert served.post(f"{base}/tong-hop", ngay="25/11/2026").to == f"{base}/chay"
        served.until_done(base)
    return base


def school_address(served: Served, base: str, code: str) -> str:
    return re.search(r'href="(/s/[0-9a-f]+/truong/[0-9a-f]{16})"', served.get(f"{base}/bang?tim={code}").text)[1]


def test_an_officers_folder_opens_on_its_own_screens(served: Served, base: str, folder: Path) -> None:
    assert base.startswith("/s/") and "60 tệp" in shown(served.get(f"{base}/nhan").text)
    assert "Chưa tổng hợp" in served.get(f"{base}/bang").text
    begin = shown(served.get("/").text)
    assert "nhận gói của các trường" in begin and "nhận hồ sơ của các trường…" in begin
    assert served.get(f"/s/{'0' * 16}/nhan").status == 404
    other = served.parts.folders.open(folder.parent)
    assert served.get(f"/s/{other.id}/nhan").status == 404  # a folder that receives nothing


def test_a_job_that_was_stopped_goes_on_where_it_was(
    served: Served, base: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = served.parts.folders.known(base.split("/")[-1])
    office = office_work.office_of(served.parts, known)

    def stops(done: int, every: int) -> None:
        job.stop.check()
        if done == 20:
            job.stop.ask()

    job = Job("roll_up", known.id, datetime.now())
    job.step("x")
    monkeypatch.setattr(job, "files", stops)
    with pytest.raises(Stopped):
        office_work.roll_up(served.parts, known)(job)
    assert len(office.kept) == 21 and office.looked is None
    opened: list[int] = []
    whole = Job("roll_up", known.id, datetime.now())
    whole.step("x")
    monkeypatch.setattr(whole, "files", lambda done, every: opened.append(done))
    served.parts.folders.keep(type(known)(**{**vars(known), "as_of": date(2026, 11, 25)}))
    says = office_work.roll_up(served.parts, served.parts.folders.known(known.id))(whole)
    assert len(opened) == 60 - 21 and "Đã đọc 58 gói, 2 tệp không đọc được" in says


def test_the_table_is_fifty_rows_a_page_and_small(served: Served, rolled_up: str) -> None:
    first, second = served.get(f"{rolled_up}/bang"), served.get(f"{rolled_up}/bang?trang=2")
    assert [page.text.count("/truong/") for page in (first, second)] == [50, 10]
    assert max(len(first.body), len(second.body)) < 60_000
    assert "58 trên 60 trường đã nộp" in shown(first.text) and "Dòng 51–60 trên 60" in shown(second.text)
    assert "Dòng 51–60" in shown(served.get(f"{rolled_up}/bang?trang=99").text)
    assert served.get(f"{rolled_up}/bang?trang=%3Cscript%3E").status == 200


def test_search_filter_and_sort_are_done_by_the_server(served: Served, rolled_up: str) -> None:
    found = served.get(f"{rolled_up}/bang?tim=90000007").text
    assert found.count("/truong/") == 1
    silent = shown(served.get(f"{rolled_up}/bang?tinh_trang=not_sent").text)
    assert "Dòng 1–2 trên 2" in silent and "Chưa nộp (2)" in silent
    communes = re.findall(r"<td>((?:xã|phường) [^<]*)</td>", served.get(f"{rolled_up}/bang?xep=xa").text)
    assert len(communes) == 50 and communes == sorted(communes, key=vietnamese_key) and len(set(communes)) >= 4
    odd = served.get(f"{rolled_up}/bang?tim=%22%3E%3Cb%3E").text
    assert "Không có trường nào như vậy" in odd and '"><b>' not in odd


def test_a_return_without_a_reason_is_refused_by_the_page_and_by_the_function(
    served: Served, rolled_up: str, folder: Path, schools: list[ExampleSchool]
) -> None:
    address = school_address(served, rolled_up, schools[3].code)
    text = served.get(address).text
    assert re.search(r"<textarea[^>]*required minlength=\"15\"", text)
    package = re.search(r'name="goi" value="([0-9a-f]{12})"', text)[1]
    act = address.replace("/truong/", "/quyet-dinh/")
    before = (folder / "1_quyet_dinh.xlsx").read_bytes()
    for fields, says in (
        ({"ly_do": "sửa lại", "van_ban": "chung"}, "ít nhất 15 chữ cái"),
        ({"ly_do": "", "van_ban": "chung"}, "ít nhất 15 chữ cái"),
        ({"ly_do": "Chưa có biên bản họp kèm theo gói", "van_ban": "qd_510", "muc": "99"}, "không có mục “99”"),
        ({"ly_do": "Hãy gọi cho tôi theo số 0912345678 nhé", "van_ban": "chung"}, "số điện thoại"),
        ({"ly_do": "Chưa có biên bản họp kèm theo gói", "van_ban": "la"}, "chọn văn bản"),
        ({"ly_do": "Chưa có biên bản họp kèm theo gói", "van_ban": "chung", "han": "32/13"}, ""),
    ):
        answer = served.post(act, goi=package, lam="tra", **fields)
        assert answer.status == 400 and says in shown(answer.text), fields
    assert served.post(act, goi="0" * 12, lam="nhan").status == 404 and served.post(act, goi=package, lam="xoa").status == 404
    assert (folder / "1_quyet_dinh.xlsx").read_bytes() == before


def test_decisions_go_to_the_officers_excel_file_and_count_at_once(
    served: Served, rolled_up: str, folder: Path, schools: list[ExampleSchool]
) -> None:

    def act(code: str, **fields: str) -> None:
        address = school_address(served, rolled_up, code)
        package = re.search(r'name="goi" value="([0-9a-f]{12})"', served.get(address).text)[1]
        assert served.post(address.replace("/truong/", "/quyet-dinh/"), goi=package, **fields).to == f"{rolled_up}/chay"
        served.until_done(rolled_up)

    act(schools[5].code, lam="nhan")
    reason = "Bảng chấm điểm chưa có biên bản họp kèm theo"
    act(schools[6].code, lam="tra", van_ban="qd_510", muc="7", ly_do=reason, han="30/11/2026")
    typed = read_officer(folder)
    assert [(row.values.code, row.values.decision) for row in typed.decisions] == [
        (schools[5].code, DecisionKind.ACCEPT), (schools[6].code, DecisionKind.RETURN)
    ]
    assert [(row.values.item, row.values.reason, row.values.due_on) for row in typed.reasons] == [("7", reason, date(2026, 11, 30))]
    table = shown(served.get(f"{rolled_up}/bang?tinh_trang=returned").text)
    assert schools[6].code in table and "Dòng 1–1 trên 1" in table
    assert "Đã ghi vào 1_quyet_dinh.xlsx" in table and len(list((folder / "da_thay").iterdir())) == 2
    act(schools[6].code, lam="rut")
    assert "Trả lại (1)" not in shown(served.get(f"{rolled_up}/bang").text)
    assert len(read_officer(folder).decisions) == 3  # every line stays


def test_one_reason_for_many_schools_is_required_by_the_page_and_by_the_function(
    served: Served, rolled_up: str, folder: Path, schools: list[ExampleSchool]
) -> None:
    """A set that is filtered is returned or received at once: one write, one line and one slip a school, decided schools left out."""
    lines = office_work.office_of(served.parts, served.parts.folders.known(rolled_up.split("/")[-1])).lines
    commune = schools[8].commune
    asked = {"cap": "THCS", "xa": commune}
    wanted = Sought(**asked).of(lines)
    packages = packages_to(wanted, DecisionKind.RETURN)
    assert len(packages) >= 2 and {one.commune for one in wanted} == {commune} and {one.level for one in wanted} == {"THCS"}
    query = urlencode(asked)
    table = shown(served.get(f"{rolled_up}/bang?{query}").text)
    assert f"Quyết định cho {len(wanted)} trường đang lọc…" in table
    screen = served.get(f"{rolled_up}/nhieu?{query}").text
    assert f"Trả lại gói của {len(packages)} trường" in screen and re.search(r"<textarea[^>]*required minlength=\"15\"", screen)
    before, count, check = (folder / "1_quyet_dinh.xlsx").read_bytes(), str(len(packages)), check_of(packages)
    assert f'name="bo" value="{check}"' in screen
    unseen = packages_to(Sought().of(lines), DecisionKind.RETURN)[-len(packages):]
    assert len(unseen) == len(packages) and unseen != packages
    reason = "Chưa có biên bản họp kèm theo gói của trường"
    for fields, says in (
        ({"ly_do": "sửa lại", "muc": "chung/"}, "ít nhất 15 chữ cái"), ({"ly_do": reason, "muc": "tt_124/99"}, "không có mục “99”"),
        ({"ly_do": reason, "muc": "chung/", "bo": check_of(unseen)}, f"nay là {count} trường"),
        ({"ly_do": reason, "muc": "la/"}, "chọn văn bản"),
        ({"ly_do": "Hãy gọi cho tôi theo số 0912345678 nhé", "muc": "chung/"}, "số điện thoại"),
    ):
        answer = served.post(f"{rolled_up}/nhieu", **{"lam": "tra", "bo": check, **asked, **fields})
        assert answer.status == 400 and says in shown(answer.text), fields
    with pytest.raises(UsageError):
        decide(folder, packages, DecisionKind.RETURN, date(2026, 11, 18))
    assert served.post(f"{rolled_up}/nhieu", lam="xoa", bo=check, **asked).status == 404
    assert (folder / "1_quyet_dinh.xlsx").read_bytes() == before
    assert served.post(f"{rolled_up}/nhieu", lam="tra", bo=check, ly_do=reason, muc="tt_124/4", **asked).to == f"{rolled_up}/chay"
    served.until_done(rolled_up)
    typed = read_officer(folder)
    assert [row.values.code for row in typed.decisions[-len(packages):]] == [code for code, _ in packages]
    assert {(row.values.item, row.values.reason) for row in typed.reasons[-len(packages):]} == {("4", reason)}
    slips = {path.name.partition("_")[0] for path in (folder.parent / "KET_QUA" / "tong_hop" / "2026" / "phieu").glob("*_tra_lai_*")}
    assert {code for code, _ in packages} <= slips
    assert "Không có trường nào như vậy" in shown(served.get(f"{rolled_up}/nhieu?{query}").text)  # decided is decided


def test_a_decision_waits_where_another_job_runs_and_what_was_typed_stays(
    served: Served, rolled_up: str, folder: Path, schools: list[ExampleSchool]
) -> None:
    """One job at a time, whatever its folder: nothing is written, nothing is taken for written, nothing is typed twice."""
    lines = office_work.office_of(served.parts, served.parts.folders.known(rolled_up.split("/")[-1])).lines
    packages = packages_to(lines, DecisionKind.RETURN)
    address = school_address(served, rolled_up, packages[0][0])
    typed = {"lam": "tra", "ly_do": "Chưa có biên bản họp kèm theo gói", "can_lam": "Nộp biên bản", "han": "30/11/2026"}
    one = typed | {"goi": packages[0][1].shown, "van_ban": "chung"}
    before = (folder / "1_quyet_dinh.xlsx").read_bytes()
    with served.busy():
        for answer in (
            served.post(address.replace("/truong/", "/quyet-dinh/"), **one),
            served.post(f"{rolled_up}/nhieu", **typed, muc="chung/", bo=check_of(packages)),
        ):
            text = unescape(answer.text)
            assert answer.status == 400 and "Chưa thực hiện: đang có việc khác chạy" in text and "Đang có việc chạy ở thư mục khác" in text
            assert all(typed[name] in text for name in ("ly_do", "can_lam", "han"))
        refused = served.post(f"{rolled_up}/tong-hop", cong_khai="1")
        assert refused.status == 400 and f'href="{rolled_up}/tep"' in refused.text
    assert (folder / "1_quyet_dinh.xlsx").read_bytes() == before


def test_many_are_received_and_a_criterion_can_be_sought(served: Served, rolled_up: str, folder: Path) -> None:
    lines = office_work.office_of(served.parts, served.parts.folders.known(rolled_up.split("/")[-1])).lines
    mark = next(iter(sorted(mark for one in lines for mark in one.marks)))
    found = Sought(tc=mark).of(lines)
    assert found and all(mark in one.marks for one in found)
    packages = packages_to(found, DecisionKind.ACCEPT)
    assert served.post(f"{rolled_up}/nhieu", lam="nhan", bo=check_of(packages), tc=mark).status == 303
    served.until_done(rolled_up)
    assert [row.values.decision for row in read_officer(folder).decisions[-len(packages):]] == [DecisionKind.ACCEPT] * len(packages)
    odd = served.get(f"{rolled_up}/nhieu?tc=%3Cb%3E&tinh_trang=la&cap=%22%3E")
    assert odd.status == 200 and "<b>" not in odd.text.partition("<main")[2].partition("lead")[2].partition("</p>")[0]


def test_the_sample_is_drawn_by_the_seed_of_the_settings(served: Served, rolled_up: str, folder: Path) -> None:
    none = shown(served.get(f"{rolled_up}/mau").text)
    assert "Chưa ghi hạt giống" in none and "Mở 0_danh_sach.xlsx" in none
    office = office_work.office_of(served.parts, served.parts.folders.known(rolled_up.split("/")[-1]))
    assert office.looked is not None
    with pytest.MonkeyPatch.context() as patch:
        seeded = replace(office.looked.found.settings, seed="20/11", sample=1)
        patch.setattr(office, "looked", replace(office.looked, found=replace(office.looked.found, settings=seeded)))
        text = served.get(f"{rolled_up}/mau").text
        rows = sample_frame(office.looked.found).rows
    assert len(rows) >= 7 and text.count("/truong/") == len(rows) and "Hạt giống “20/11”" in unescape(text)


def test_the_officer_opens_three_folders_and_no_other(
    served: Served, rolled_up: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(guard, "open_outside", opened.append)
    for what in ("den", "phieu", "ket-qua"):
        assert served.post(f"{rolled_up}/mo-thu-muc/{what}").status == 303
    out = folder.parent / "KET_QUA" / "tong_hop" / "2026"
    assert opened == [folder / "den", out / "phieu", out] and all(one.is_dir() for one in opened)
    assert served.post(f"{rolled_up}/mo-thu-muc/etc").status == 404 and len(opened) == 3


def test_files_are_handed_out_by_key_alone(served: Served, rolled_up: str, folder: Path) -> None:
    assert served.post(f"{rolled_up}/tong-hop", cong_khai="1").status == 303
    served.until_done(rolled_up)
    text = served.get(f"{rolled_up}/tep").text
    for name in ("Bảng tổng hợp Excel (nội bộ)", "Bảng tổng hợp Excel (công khai)", "Sổ đến", "Sổ quyết định", "Danh sách trường"):
        assert name in text
    keys = dict.fromkeys(re.findall(r'href="(/s/[0-9a-f]+/tep/[0-9a-f]{16})', text))
    assert len(keys) == 7 and all(served.get(key).status == 200 for key in keys)
    out = folder.parent / "KET_QUA" / "tong_hop"
    assert sorted(path.name for path in out.iterdir()) == ["2026", "2026_cong_khai"]
    assert not re.search(r"--[a-z]|\bantq\b|\blệnh\b", shown(text))
    assert served.get(f"{rolled_up}/tep/{'0' * 16}").status == 404


def test_every_act_needs_the_page_itself(served: Served, rolled_up: str) -> None:
    acts = (f"{rolled_up}/{one}" for one in ("tong-hop", "dung", f"quyet-dinh/{'0' * 16}", "nhieu", "mo-thu-muc/den"))
    for path in (*acts, "/so"):
        assert served.ask("POST", path).status == 403
        assert served.ask("POST", path, {"Origin": "http://la.example"}).status == 403
    for path in (*(f"{rolled_up}/{one}" for one in ("bang", "tep", "nhieu", "mau")), "/so"):
        assert served.ask("GET", path, bare=True).status == 403


def test_a_new_folder_takes_over_the_list(served: Served, rolled_up: str, folder: Path, schools: list[ExampleSchool]) -> None:
    place = served.parts.folders.id_of(folder.parent)
    refused = served.post("/so", nam="hai", o=place)
    assert refused.status == 400 and "bốn chữ số" in refused.text
    answer = served.post("/so", nam="2027", nam_truoc=rolled_up.split("/")[-1], o=place)
    assert answer.status == 303 and answer.to.endswith("/nhan")
    with pytest.raises(CannotDo) as refusal:
        read_officer(folder.parent / "TONG_HOP_2027")
    assert "chưa ghi Năm hoặc Hạn chung" in str(refusal.value)  # the day is the new year's: the officer writes it
    again = served.post("/so", nam="2027", o=place)
    assert again.status == 400 and "không ghi đè" in again.text


def test_the_officer_is_led_to_a_folder_that_receives(served: Served, base: str, folder: Path) -> None:
    """A school's screen asks for Excel forms; here only a folder with a list and arrivals can be opened."""
    assert 'href="/chon/?de=so"' in served.get("/so").text
    here, above = (served.get(f"/chon/{served.parts.folders.id_of(one)}?de=so").text for one in (folder, folder.parent))
    assert 'action="/mo"' in here and "Chọn thư mục nhận hồ sơ" in here
    assert 'action="/mo"' not in above and "phải có tệp 0_danh_sach.xlsx" in above
