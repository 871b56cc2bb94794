"""Whatever arrives is read behind guards: a package, or one sentence that says why not and what to ask for."""

import io
import json
import re
import shutil
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import DataObject, data, sampled_from

from antq_review.package.check import check_code
from antq_review.province import summaries
from antq_review.province.bag import PackageName
from antq_review.province.receive import received
from antq_review.province.seal import manifest_of, sealed
from antq_review.province.send import Sent
from antq_review.province.summaries import checked
from antq_review.province.unseal import NoPackage, opened

NAME = PackageName("00123456", 2026, 1)


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def resealed(path: Path, change: Callable[[dict], None]) -> bytes:
    """A package whose lists are right and whose summary says something else."""
    payload = {name.split("/", 2)[2]: content for name, content in files_of(path).items() if "/data/" in name}
    summary = json.loads(payload["tom_tat.json"])
    change(summary)
    return sealed(NAME, payload | {"tom_tat.json": json.dumps(summary, ensure_ascii=False).encode()}, "antq_review")


def said(tmp_path: Path, content: bytes, name: str = "goi.zip") -> str:
    (tmp_path / name).write_bytes(content)
    started = time.monotonic()
    try:
        checked(opened(tmp_path / name))
    except NoPackage as refusal:
        assert time.monotonic() - started < 5
        return str(refusal.says)
    return ""


def test_a_good_package_under_any_name(sent: Sent, tmp_path: Path) -> None:
    shutil.copy(sent.path, tmp_path / "goi (1).zip")
    package = checked(opened(tmp_path / "goi (1).zip"))
    assert package.name == NAME and package.summary.school.code == "00123456" and "phu_luc.xlsx" in package.documents


def test_every_file_with_one_byte_changed_is_named(sent: Sent, tmp_path: Path) -> None:
    files = files_of(sent.path)
    for name, content in files.items():
        changed = bytearray(content)
        changed[len(changed) // 2] ^= 1
        assert said(tmp_path, zipped(files | {name: bytes(changed)})), name
        if "/data/" in name:
            assert name.split("/", 1)[1] in said(tmp_path, zipped(files | {name: bytes(changed)}))


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "chưa tải xong"), (b"\0" * 5000, "chưa tải xong"), (b"<!DOCTYPE html><html>", "trang web"), (b"\r\n <HTML>", "trang web"),
        (b"Rar!\x1a\x07\x00", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1", "đời cũ"),
        (b"hello", "không phải tệp .zip"), (b"PK\3\4garbage", "hỏng"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "Word hoặc Excel"),
        (zipped({"a/b.txt": b"x"}), "không phải gói"), (zipped({}), "không phải tệp .zip"),
        (zipped({f"{NAME}/data/{number}.txt": b"x" for number in range(100)}), "khác thường"),
        (zipped({f"{NAME}/data/a.txt": b"0" * 25_000_000}), "khác thường"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_package_says_what_to_ask_for(tmp_path: Path, content: bytes, word: str) -> None:
    assert word in said(tmp_path, content)


@pytest.mark.parametrize(
    "name",
    ["../la.txt", "/etc/passwd", "C:/x.txt", "data\\x.txt", "data/con.txt", "data/a\u0301.txt", "data/x .txt/..", "data/" + "d" * 130],
)
def test_a_name_that_leads_out_is_refused(sent: Sent, tmp_path: Path, name: str) -> None:
    top = "" if name.startswith(("/", "C:")) else f"{NAME}/"
    assert said(tmp_path, zipped(files_of(sent.path) | {top + name: b"x"}))


def test_added_doubled_encrypted_linked_and_strange_members(sent: Sent, tmp_path: Path) -> None:
    files = files_of(sent.path)
    assert "la.exe" in said(tmp_path, zipped(files | {f"{NAME}/data/la.exe": b"MZ"}))
    payload = {name.split("/", 2)[2]: content for name, content in files.items() if "/data/" in name}
    assert "la.exe" in said(tmp_path, sealed(NAME, payload | {"la.exe": b"MZ"}, "x"))  # listed, and still no kind of a package
    twice = io.BytesIO(sent.path.read_bytes())
    with pytest.warns(UserWarning), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(f"{NAME}/data/tom_tat.json", b"{}")
    assert "cùng tên" in said(tmp_path, twice.getvalue())
    locked = bytearray(sent.path.read_bytes())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = locked.find(sign)
        locked[place + at] |= 1
    assert "mật khẩu" in said(tmp_path, bytes(locked))
    link = io.BytesIO(sent.path.read_bytes())
    with zipfile.ZipFile(link, "a") as archive:
        entry = zipfile.ZipInfo(f"{NAME}/data/lien_ket.txt")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert "lien_ket.txt" in said(tmp_path, link.getvalue())
    assert "lạ" in said(tmp_path, zipped(files, zipfile.ZIP_LZMA))
    assert "hỏng" in said(tmp_path, truncated(sent.path.read_bytes()))


def test_a_declared_size_that_lies_does_not_unpack(sent: Sent, tmp_path: Path) -> None:
    content = bytearray(sent.path.read_bytes())
    place = content.find(b"PK\1\2")
    struct.pack_into("<L", content, place + 24, 4_000_000_000)
    assert said(tmp_path, bytes(content))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda found: found.update(package=2), "mới hơn"),
        (lambda found: found.update(hoc_sinh="x"), "hoc_sinh"),
        (lambda found: found["incidents"].update(verified=-1), "verified"),
        (lambda found: found["incidents"].update(verified=9), "mâu thuẫn"),
        (lambda found: found["texts"][0].update(result="met"), "mâu thuẫn"),
        (lambda found: found.update(draft=False), "mâu thuẫn"),
        (lambda found: found["school"].update(code="99"), "99"),
        (lambda found: found["school"].update(name="x" * 400), "name"),
        (lambda found: found["tables"]["PL1"][0].update(value="NaN"), "value"),
        (lambda found: found["tables"]["PL1"][0].update(value="1e999"), "value"),
        (lambda found: found.update(goals={}), "goals"),
        (lambda found: found["texts"][0].update(criteria=""), "texts.0.criteria"),
        (lambda found: found["tables"].update(PL1=""), "tables.PL1"),
        (lambda found: found.pop("texts"), "texts"),
        (lambda found: found.update(tables=3), "tables"),
    ],
)
def test_a_summary_that_cannot_be_is_refused_though_its_hashes_are_right(sent: Sent, tmp_path: Path, change, word: str) -> None:
    assert word in said(tmp_path, resealed(sent.path, change))


def test_deep_doubled_and_foreign_json(sent: Sent, tmp_path: Path) -> None:
    payload = {name.split("/", 2)[2]: content for name, content in files_of(sent.path).items() if "/data/" in name}
    deep = b"".join(b"[%d," % (number * 7919 % 99991) for number in range(60_000))
    large = b"".join(b"%d" % (number * 7919 % 99991) for number in range(400_000))
    for summary in (deep, large, b'{"year": 2026, "year": 2025}', b"\xff\xfe{}", b"null"):
        assert "không đúng mẫu" in said(tmp_path, sealed(NAME, payload | {"tom_tat.json": summary}, "x"))
    assert manifest_of(payload).count(b"\n") == len(payload)


def test_a_folder_of_everything_is_read_file_by_file(sent: Sent, tmp_path: Path) -> None:
    den = tmp_path / "den"
    (den / "xã A").mkdir(parents=True)
    shutil.copy(sent.path, den / "xã A" / "goi.zip")
    (den / "00999999_2026_lan02 (1).zip").write_bytes(truncated(sent.path.read_bytes()))
    (den / "bom.zip").write_bytes(zipped({f"{NAME}/data/a.txt": b"0" * 25_000_000}))
    (den / "tải.zip.crdownload").write_bytes(b"PK\3\4")
    (den / "~$goi.zip").write_bytes(b"x")
    (den / "Thumbs.db").write_bytes(b"x")
    seen: list[tuple[int, int]] = []
    found = {one.shown: one for one in received(den, lambda done, every: seen.append((done, every)))}
    assert seen[-1] == (4, 4) and len(found) == 4
    assert found["xã A/goi.zip"].package is not None
    assert found["00999999_2026_lan02 (1).zip"].hint == "00999999" and found["00999999_2026_lan02 (1).zip"].refused


def test_a_file_that_ends_or_stalls_the_process_costs_itself(sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "worker.py"
    fake.write_text(
        "import sys, time, json, os\nfrom pathlib import Path\nfor line in sys.stdin:\n    name = json.loads(line)\n"
        "    if 'chet' in name: os._exit(3)\n    if 'treo' in name: time.sleep(60)\n"
        "    print(json.dumps({'refused': 'x', 'hint': ''}), flush=True)\n", encoding="utf-8",
    )
    monkeypatch.setattr("antq_review.province.receive.WORKER", fake)
    den = tmp_path / "den"
    den.mkdir()
    for name in ("a.zip", "chet.zip", "k.zip", "treo.zip", "z.zip"):
        (den / name).write_bytes(b"x")
    said_of = {one.shown: str(one.refused) for one in received(den, seconds=3)}
    assert "ngừng" in said_of["chet.zip"] and "quá lâu" in said_of["treo.zip"]
    assert {said_of[name] for name in ("a.zip", "k.zip", "z.zip")} == {"x"}


#: What lies at the seams of a summary, and what a stranger could put there.
_SEAMS = ("", "9", "x", "\n", " ", "]", "[", "{", "}", "},{", '},{"id":', '},{"key":', '"goals":[', '"PL1":[', "[]", "-", '"', "\\", ",")


@given(data())
def test_a_summary_is_read_the_short_way_only_as_this_tool_writes_it(sent: Sent, drawn: DataObject) -> None:
    """Whatever is put in the place of a piece of it: the short way says nothing, or what the long way says."""
    whole = checked(opened(sent.path)).summary.to_json()
    assert summaries._as_sent(whole) is not None
    start = drawn.draw(sampled_from([found.start() for found in re.finditer(rb'[\[\]{}",:]', whole)]))
    end = start + drawn.draw(sampled_from((0, 0, 0, 1, 2, 3, 8)))
    changed = whole[:start] + drawn.draw(sampled_from(_SEAMS)).encode() + whole[end:]
    read = summaries._as_sent(changed)
    if read is not None:
        summary = summaries._as_written(changed, NAME)
        assert read == (summary, check_code(summary)) and summary.to_json() == changed.rstrip(b"\n") + b"\n"


def test_a_table_with_digits_of_another_script_is_left_to_the_long_way(sent: Sent) -> None:
    """The short way does not find its list: it says nothing, and no fault that nobody catches ends the reading of a whole folder."""
    summary = checked(opened(sent.path)).summary
    strange = summary.model_copy(update={"tables": {**summary.tables, "PL\u0661": ()}}).to_json()
    assert summaries._as_sent(strange) is None
    assert summaries._summary(strange, NAME)[0].to_json() == strange
