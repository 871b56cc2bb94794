"""The archive: a bag that the field's own validator accepts, that holds everything, and in which every change is found."""

import hashlib
import json
import os
import shutil
import unicodedata
from datetime import date
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_review.cli.archive import verify_bag
from antq_review.errors import CannotDo
from antq_review.places.manifest import MANIFEST
from antq_review.publish.archive import archive as room
from antq_review.publish.archive import write as bag_write
from antq_review.publish.archive.archive import Archived, archive
from antq_review.publish.archive.names import LONGEST, bag_paths, safe_name
from antq_review.publish.archive.verify import check_bag
from antq_review.publish.output.review_job import _manifest
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from antq_review.text import number

DAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def evidence():
    return read_folder(example_folder())


@pytest.fixture(scope="module")
def review(evidence):
    return review_evidence(evidence, DAY)


def outputs(review, out: Path) -> Path:
    """What a run leaves in its place, small."""
    place = out / "00123456" / "2026" / "du_thao"
    place.mkdir(parents=True)
    (place / "review.json").write_text(review.to_json(), encoding="utf-8", newline="\n")
    (place / "bao_cao.html").write_text("<p>báo cáo</p>", encoding="utf-8")
    manifest = json.loads(_manifest(review, place, None)) | {"made_at": "2026-11-16T08:00:00+07:00"}
    (place / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (place.parent / "kiem_tra").mkdir()
    (place.parent / "kiem_tra" / "loi_nhap_lieu.xlsx").write_bytes(b"PK")
    return place


@pytest.fixture(scope="module")
def made(evidence, review, tmp_path_factory) -> Archived:
    out = tmp_path_factory.mktemp("kết quả")
    outputs(review, out)
    return archive(example_folder(), evidence, out, DAY)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def copied(made: Archived, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.path, tmp_path / "túi"))


def is_valid_for_bagit(bag: Path) -> bool:
    try:
        return bagit.Bag(str(bag)).validate()
    except (bagit.BagError, ValueError, OSError):
        return False


# --- made ----------------------------------------------------------------------------------------------------------


def test_the_bag_holds_everything_byte_for_byte(made):
    there = contents(made.path)
    sources = contents(example_folder())
    assert {f"data/bieu/{name}": content for name, content in sources.items()}.items() <= there.items()
    assert any("/" in name for name in sources), "evidence files of sub-folders too"
    results = made.path.parents[1] / "2026"
    handed_on = {name: content for name, content in contents(results).items() if not name.startswith("kiem_tra/")}
    assert {f"data/ket_qua/{name}": content for name, content in handed_on.items()}.items() <= there.items()
    # `kiem_tra` quotes what was typed into cells of the wrong kind; a bag may leave the school
    assert made.working == 1 and not any(name.startswith("data/ket_qua/kiem_tra") for name in there)
    rulebook = Path(room.RULES / "tt_124_2021" / "criteria.toml").read_bytes()
    assert there["data/nguon_goc/van_ban/tt_124_2021/criteria.toml"] == rulebook
    assert made.counts["files"] == len([name for name in there if name.startswith("data/")])


def test_bagit_and_we_agree_that_it_is_whole(made):
    bag = bagit.Bag(str(made.path))
    assert bag.validate() and sorted(bag.algorithms) == ["sha256", "sha512"] and bag.version_info == (1, 0)
    report = check_bag(made.path)
    assert report.faults == () and (report.files, report.size) == (made.counts["files"], made.size)


def test_bag_info_speaks_the_words_of_the_field(made):
    info = bagit.Bag(str(made.path)).info
    assert info["Source-Organization"] == "Trường TH&THCS Mẫu"
    assert info["External-Identifier"] == "00123456-2026" and info["Bagging-Date"] == "2026-11-16"
    assert info["Payload-Oxum"] == f"{made.size}.{made.counts['files']}"
    assert "bản dự thảo" in info["External-Description"] and "16/11/2026" in info["External-Description"]
    assert set(info) <= {*bagit.STANDARD_BAG_INFO_HEADERS, "Bagging-Date", "Payload-Oxum", "Bag-Software-Agent"}


def test_provenance_names_tool_texts_and_rulebooks(made):
    said = json.loads((made.path / "data/nguon_goc/nguon_goc.json").read_text(encoding="utf-8"))
    assert set(said["texts"]) == {"tt_124", "qd_510"} and said["review"]["as_of"] == "2026-11-16"
    assert all((made.path / name).is_file() for name in said["rulebooks"])


def test_same_folder_same_day_same_bytes_and_the_folder_is_not_touched(made, evidence, review, tmp_path):
    before = contents(example_folder())
    outputs(review, tmp_path)
    again = archive(example_folder(), evidence, tmp_path, DAY)
    assert contents(again.path) == contents(made.path)
    assert contents(example_folder()) == before
    assert sorted(path.name for path in (tmp_path / "00123456").iterdir()) == ["2026", "luu_tru"]
    assert not [path for path in tmp_path.rglob(".antq-*")]


# --- every change is found -----------------------------------------------------------------------------------------


def test_a_flipped_byte_in_any_file_is_named(made, tmp_path):
    bag = copied(made, tmp_path)
    kept = contents(bag)
    alike = [name for name in kept if name.startswith("data/bieu/minh_chung/")][3:]
    for name, content in kept.items():
        if name in alike:
            continue
        path = bag / name
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        try:
            said = "\n".join(check_bag(bag).faults)
        except CannotDo as refusal:
            said = str(refusal)
            assert name == "bagit.txt" or name.endswith("fest-sha256.txt") or name.endswith("fest-sha512.txt")
        assert name in said or name == "bagit.txt", name
        assert not is_valid_for_bagit(bag), name
        path.write_bytes(content)
    assert check_bag(bag).faults == ()


def test_a_missing_file_is_named(made, tmp_path):
    bag = copied(made, tmp_path)
    for name in ("data/bieu/minh_chung/Ngày hội 19-8.txt", "data/ket_qua/du_thao/review.json", "bag-info.txt", "manifest-sha512.txt"):
        content = (bag / name).read_bytes()
        (bag / name).unlink()
        faults = check_bag(bag).faults
        assert any(fault.startswith(f"Thiếu: {name} (có trong ") for fault in faults), (name, faults)
        assert not is_valid_for_bagit(bag)
        (bag / name).write_bytes(content)


def test_an_added_file_is_named_wherever_it_lies(made, tmp_path):
    bag = copied(made, tmp_path)
    for name in ("data/bieu/thêm.txt", "data/mới/sâu/x", "them.txt", "data/bieu/minh_chung/.ẩn"):
        (bag / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / name).write_bytes(b"")
        assert f"Thừa: {name} (không có trong danh sách nào của túi)" in check_bag(bag).faults
        assert is_valid_for_bagit(bag) is not name.startswith("data/"), "bagit lets tag files be added, we do not"
        (bag / name).unlink()


def test_files_of_the_system_are_listed_apart(made, tmp_path, capsys):
    """PC14: an operating system or Office has left its files in a bag that is whole."""
    bag = copied(made, tmp_path)
    names = [
        "._a", ".DS_Store", "data/Thumbs.db", "data/bieu/desktop.ini", "data/bieu/~$2_van_ban.xlsx", "data/bieu/.~lock.x.xlsx#",
        "data/__MACOSX/._x", "data/$RECYCLE.BIN/desktop.ini",
    ]
    for name in names:
        (bag / name).parent.mkdir(parents=True, exist_ok=True)
        (bag / name).write_bytes(b"x")
    report = check_bag(bag)
    assert report.faults == () and sorted(report.left) == sorted(names)
    assert (report.files, report.size) == (made.counts["files"], made.size)
    assert verify_bag(bag) == 0
    assert "để lại 8 tệp" in capsys.readouterr().out
    (bag / "data/bieu/2_van_ban.xlsx").write_bytes(b"x")
    assert len(check_bag(bag).faults) == 2, "what is damaged is damaged all the same"


def test_a_packed_bag_is_to_be_unpacked(tmp_path):
    (tmp_path / "tui.zip").write_bytes(b"PK")
    with pytest.raises(CannotDo, match="giải nén"):
        check_bag(tmp_path / "tui.zip")


def test_an_added_file_that_bears_a_listed_name_in_another_unicode_form_is_named_and_counted(made, tmp_path):
    bag = copied(made, tmp_path)
    name = "data/bieu/minh_chung/Ngày hội 19-8.txt"
    (bag / unicodedata.normalize("NFD", name)).write_bytes(b"xy")
    if (bag / name).read_bytes() == b"xy":
        pytest.skip("this disk takes both forms for one name")
    added, oxum = check_bag(bag).faults
    assert added.startswith(f"Thừa: {name} (trùng tên một tệp khác của túi")
    there = f"thực có {made.counts['files'] + 1} tệp, {number(made.size + 2)} byte."
    assert oxum.endswith(there) and not is_valid_for_bagit(bag)


def test_a_bag_that_lists_both_forms_of_a_name_is_whole(tmp_path):
    names = [unicodedata.normalize(form, "tệp.txt") for form in ("NFC", "NFD")]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    bagit.make_bag(str(tmp_path), checksums=["sha256"])
    assert check_bag(tmp_path).faults == ()
    (tmp_path / "data" / names[0]).unlink()
    if not (tmp_path / "data" / names[1]).exists():
        pytest.skip("this disk takes both forms for one name")
    assert "Thiếu: data/tệp.txt (có trong manifest-sha256.txt)" in check_bag(tmp_path).faults


@pytest.mark.parametrize("gone", [("sha256",), ("sha512",), ("sha256", "sha512")])
def test_a_missing_list_of_tag_files_is_named(made, tmp_path, gone):
    bag = copied(made, tmp_path)
    for algorithm in gone:
        (bag / f"tagmanifest-{algorithm}.txt").unlink()
    assert [fault.split(" (")[0] for fault in check_bag(bag).faults] == [f"Thiếu: tagmanifest-{one}.txt" for one in gone]


def test_an_added_list_of_tag_files_is_named(made, tmp_path):
    bag = copied(made, tmp_path)
    (bag / "tagmanifest-xx.txt").write_bytes(b"")
    lines = [f"{hashlib.md5((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in contents(bag) if "/" not in name]
    (bag / "tagmanifest-md5.txt").write_text("".join(line for line in lines if "tagmanifest-" not in line), newline="\n")
    assert check_bag(bag).faults == tuple(
        f"Thừa: tagmanifest-{name}.txt (không có trong danh sách nào của túi)" for name in ("md5", "xx")
    )


def test_bags_of_other_tools_need_no_list_of_tag_files_and_may_have_one_of_another_algorithm(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    bagit.make_bag(str(tmp_path), checksums=["sha256", "sha512"])
    (tmp_path / "manifest-sha512.txt").unlink()
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text("".join(line for line in text.splitlines(keepends=True) if " manifest-sha512" not in line))
    assert check_bag(tmp_path).faults == ()
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        (tmp_path / name).unlink()
        assert check_bag(tmp_path).faults == ()
    (tmp_path / "tagmanifest-xx.txt").write_bytes(b"")
    assert len(check_bag(tmp_path).faults) == 1
    (tmp_path / "manifest-xx.txt").write_bytes(b"")
    assert check_bag(tmp_path).faults == (), "a list of the payload by an algorithm that nobody here knows, and its own"


def test_a_file_that_one_list_leaves_out_is_named(made, tmp_path):
    bag = copied(made, tmp_path)
    name = "manifest-sha256.txt"
    lines = (bag / name).read_text(encoding="utf-8").splitlines(keepends=True)
    (bag / name).write_text("".join(lines[1:]), encoding="utf-8", newline="\n")
    left = lines[0].split("  ", 1)[1].strip()
    assert f"Không được liệt kê đủ: {left} (không có trong {name})" in check_bag(bag).faults


def test_a_bag_whose_names_were_decomposed_on_the_way_is_still_whole(made, tmp_path):
    bag = tmp_path / "túi"
    for name, content in contents(made.path).items():
        path = bag / unicodedata.normalize("NFD", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert check_bag(bag).faults == () and is_valid_for_bagit(bag)


def test_zipped_carried_and_unzipped_it_is_still_whole(made, tmp_path):
    shutil.unpack_archive(shutil.make_archive(str(tmp_path / "túi"), "zip", made.path), tmp_path / "nơi khác")
    assert check_bag(tmp_path / "nơi khác").faults == ()


def test_bags_of_other_tools_are_checked_too(tmp_path):
    for checksums in (["md5"], ["sha1", "sha512"]):
        bag = tmp_path / checksums[0]
        (bag / "con").mkdir(parents=True)
        (bag / "con" / "tệp một.txt").write_text("a", encoding="utf-8")
        bagit.make_bag(str(bag), {"Contact-Name": "x\ny"}, checksums=checksums)
        assert check_bag(bag).faults == ()
        (bag / "data" / "con" / "tệp một.txt").write_text("b", encoding="utf-8")
        assert len(check_bag(bag).faults) == 1


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Kế hoạch.pdf", "Kế hoạch.pdf"), (unicodedata.normalize("NFD", "Đội ệ.txt"), "Đội ệ.txt"), ("a:b?.pdf", "a_b_.pdf"),
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("com1.x.y", "_com1.x.y"), ("console.txt", "console.txt"), ("x. ", "x__"),
        ("x\u00a0", "x_"),
        ("50%.pdf", "50_.pdf"), ("a\nb\u202e.txt", "a_b_.txt"), ("..", "__"), ("\udcff.txt", "_.txt"), (" x", "_x"),
    ],
)
def test_safe_names(name, safe):
    assert safe_name(name) == safe and safe_name(safe) == safe


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=20))
def test_any_name_becomes_one_that_every_system_holds(name):
    safe = safe_name(name)
    assert safe and safe_name(safe) == safe and not set(safe) & set('<>:"/\\|?*%\n\r\0') and safe[-1] not in " ."
    assert safe.isprintable() and unicodedata.is_normalized("NFC", safe)


def test_no_two_paths_are_the_same_capitals_aside_and_none_is_too_long():
    deep = [("x" * 150, "y" * length, "z.pdf") for length in (150, 151)]
    names = [("a.txt",), ("A.txt",), ("a?.txt",), ("a_.txt",), ("b",), ("B", "x"), *deep]
    found = bag_paths("data/bieu", names)
    assert found[:6] == [f"data/bieu/{name}" for name in ("a.txt", "A_2.txt", "a_.txt", "a__2.txt", "b_2", "B/x")]
    assert len({path.casefold() for path in found}) == len(names) and max(map(len, found)) <= LONGEST
    assert all(path.endswith("/z.pdf") for path in found[6:])


def test_a_folder_of_awkward_names_survives_the_round_trip(evidence, review, tmp_path):
    folder = tmp_path / "hồ sơ"
    deep = Path(*["Thư mục minh chứng rất dài của tổ"] * 8)
    names = [
        unicodedata.normalize("NFD", "Ảnh chụp ở lễ.jpg"), "a:b*c.txt", "A%20.txt", "aux.txt", "xuống\ndòng.txt",
        str(deep / "biên bản.pdf"), "cuối. ", "Thumbs.db", "~$mở.xlsx", "-rf", "=cmd.txt", "trống.txt",
    ]
    (folder / deep).mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(name.encode() if name != "trống.txt" else b"")
    outputs(review, tmp_path / "ra")
    found = archive(folder, evidence, tmp_path / "ra", DAY)
    there = {name: content for name, content in contents(found.path).items() if name.startswith("data/bieu/")}
    assert sorted(there.values()) == sorted(contents(folder)[n] for n in contents(folder) if n not in ("Thumbs.db", "~$mở.xlsx"))
    assert set(found.skipped) == {"Thumbs.db", "~$mở.xlsx"}
    assert found.renamed["data/bieu/_aux.txt"] == "aux.txt" and found.renamed["data/bieu/a_b_c.txt"] == "a:b*c.txt"
    assert unicodedata.is_normalized("NFC", "".join(there)) and is_valid_for_bagit(found.path)
    assert check_bag(found.path).faults == ()


# --- refused, nothing left -----------------------------------------------------------------------------------------


@pytest.fixture
def ready(evidence, review, tmp_path):
    """(folder, OUT) ready to be archived."""
    folder = tmp_path / "hồ sơ"
    (folder / "minh_chung").mkdir(parents=True)
    (folder / "minh_chung" / "a.txt").write_text("a")
    outputs(review, tmp_path / "ra")
    return folder, tmp_path / "ra"


def refused(ready, evidence, match: str) -> None:
    folder, out = ready
    before = contents(out)
    with pytest.raises(CannotDo, match=match):
        archive(folder, evidence, out, DAY)
    assert contents(out) == before and not (out / "00123456" / "luu_tru").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_and_special_files_are_refused_by_name(ready, evidence, tmp_path):
    (tmp_path / "ngoài.txt").write_text("secret")
    place = ready[0] / "minh_chung"
    (place / "nối").symlink_to(tmp_path / "ngoài.txt")
    refused(ready, evidence, "“minh_chung/nối” là liên kết")
    (place / "nối").unlink()
    (place / "nối").symlink_to(tmp_path, target_is_directory=True)
    refused(ready, evidence, "“minh_chung/nối” là liên kết")
    (place / "nối").unlink()
    os.mkfifo(place / "ống")
    refused(ready, evidence, "“minh_chung/ống” không phải tệp thường")


def test_a_bag_is_never_overwritten(ready, evidence):
    first = archive(ready[0], evidence, ready[1], DAY)
    before = contents(first.path)
    (ready[0] / "minh_chung" / "a.txt").write_text("b")
    with pytest.raises(CannotDo, match="không bao giờ bị ghi đè"):
        archive(ready[0], evidence, ready[1], DAY)
    assert contents(first.path) == before
    assert archive(ready[0], evidence, ready[1], date(2026, 11, 17)).path != first.path


def test_without_finished_outputs_there_is_nothing_to_archive(ready, evidence):
    (ready[1] / "00123456" / "2026" / "du_thao" / MANIFEST).unlink()
    refused(ready, evidence, "Chạy antq review trước")


def test_a_disk_that_lies_leaves_no_bag(ready, evidence, monkeypatch):
    real = bag_write._copied

    def lying(item, target):
        done = real(item, target)
        if target.name == "a.txt":
            target.write_text("x")
        return done

    monkeypatch.setattr(bag_write, "_copied", lying)
    refused(ready, evidence, "không khớp khi đọc lại")


def test_what_changed_since_the_results_were_made_is_said_and_stands_in_the_bag(evidence, review, tmp_path):
    folder = Path(shutil.copytree(example_folder(), tmp_path / "hồ sơ"))
    place = outputs(review, tmp_path / "ra")
    (folder / "5_thi_dua.xlsx").unlink()
    book = folder / "2_van_ban.xlsx"
    book.write_bytes(book.read_bytes() + b"\0")
    (place / "bao_cao.html").write_text("sửa tay", encoding="utf-8")
    found = archive(folder, read_folder(folder), tmp_path / "ra", DAY)
    said = "\n".join(found.look_again)
    for words in (
        "2_van_ban.xlsx: đã sửa sau lần chấm", "5_thi_dua.xlsx: kết quả được làm từ tệp này",
        "bao_cao.html: tệp kết quả đã bị sửa",
    ):
        assert words in said
    kept = json.loads((found.path / "data/nguon_goc/nguon_goc.json").read_text(encoding="utf-8"))
    assert tuple(kept["look_again"]) == found.look_again


def test_the_newest_final_version_is_archived_and_the_draft_beside_it_is_not(evidence, review, tmp_path):
    draft = outputs(review, tmp_path)
    for which in (1, 2):
        final = Path(shutil.copytree(draft, draft.with_name(f"chinh_thuc_lan_{which}")))
        (final / "review.json").write_text(review.model_copy(update={"draft": False}).to_json(), encoding="utf-8", newline="\n")
        (final / MANIFEST).write_text("{}", encoding="utf-8")
    made = archive(example_folder(), evidence, tmp_path, DAY)
    names = {name.split("/")[2] for name in contents(made.path) if name.startswith("data/ket_qua/")}
    assert names == {"chinh_thuc_lan_1", "chinh_thuc_lan_2"}
    assert str(made.version.named) == "bản chính thức lần 2"
    assert "bản chính thức" in bagit.Bag(str(made.path)).info["External-Description"]
    told = archive(example_folder(), evidence, tmp_path, date(2026, 11, 20), named="du_thao")
    assert "data/ket_qua/du_thao/review.json" in contents(told.path)
    assert "bản dự thảo" in bagit.Bag(str(told.path)).info["External-Description"]
