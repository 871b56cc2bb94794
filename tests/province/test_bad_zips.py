"""Twenty-four files that are no package: each exactly one line, the good one beside them is counted, nothing is written."""

import io
import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from antq_review.cli.province import check_arrivals
from antq_review.package.model import Summary
from antq_review.package.summarise import summary_of as summarise
from antq_review.places.versions import Kind, Version
from antq_review.province.bag import PackageName
from antq_review.province.receive import WORKER
from antq_review.province.seal import sealed
from antq_review.scoring.model.review import Review
from tests.province.many import listed, officer, package

NAME = PackageName("00100001", 2026, 1)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def added(content: bytes, *members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def patched(content: bytes, sign: bytes, at: int, form: str, value: int) -> bytes:
    changed = bytearray(content)
    struct.pack_into(form, changed, changed.find(sign) + at, value)
    return bytes(changed)


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{NAME}/data/lien_ket.txt")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def bad_files(good: bytes) -> dict[str, bytes]:
    """Name → content. `good`: a sound package of the same school."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    inside = f"{NAME}/data/tom_tat.json"
    summary = json.loads(files[inside])

    def with_summary(change: Callable[[dict], object]) -> bytes:
        copy = json.loads(files[inside])
        change(copy)
        return sealed(NAME, {"tom_tat.json": json.dumps(copy).encode(), "DOC_TRUOC.txt": b"x"}, "x")

    def with_bytes(content: bytes) -> bytes:
        return sealed(NAME, {"tom_tat.json": content, "DOC_TRUOC.txt": b"x"}, "x")

    flipped = bytearray(files[f"{NAME}/data/DOC_TRUOC.txt"])
    flipped[0] ^= 1
    text = files[inside].decode("utf-8")
    encrypted = bytearray(good)
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        encrypted[encrypted.find(sign) + at] |= 1
    return {
        "cut.zip": good[: len(good) // 2], "empty.zip": b"", "page.zip": b"<!DOCTYPE html><html>", "zeros.zip": b"\0" * 4096,
        "flipped.zip": zipped(files | {f"{NAME}/data/DOC_TRUOC.txt": bytes(flipped)}),
        "summary.zip": zipped(files | {inside: files[inside].replace(b"2026", b"2025", 1)}),
        "missing.zip": zipped({name: content for name, content in files.items() if "DOC_TRUOC" not in name}),
        "traversal.zip": zipped(files | {"../../la.txt": b"x"}), "bomb.zip": zipped(files | {f"{NAME}/data/a.txt": b"0" * 200_000_000}),
        "many.zip": zipped({f"{NAME}/data/{number}.txt": b"x" for number in range(5000)}),
        "doubled.zip": added(good, (inside, b"{}")), "deep.zip": with_bytes(b"[" * 100_000),
        "nan.zip": with_bytes(text.replace('"year":2026', '"year":NaN', 1).encode()),
        "newer.zip": with_summary(lambda one: one.update(package=2)), "extra.zip": with_summary(lambda one: one.update(hoc_sinh="x")),
        "added.zip": added(good, (f"{NAME}/data/la.exe", b"MZ")), "rar.zip": b"Rar!\x1a\x07\x00" + b"x" * 99,
        "encrypted.zip": bytes(encrypted),
        "twice.zip": with_bytes(('{"year":2026,' + json.dumps(summary)[1:]).encode()),
        "zip64.zip": patched(good, b"PK\1\2", 24, "<L", 0xFFFFFFFF), "linked.zip": added(good, (link(), b"/etc/passwd")),
        "ten_gb.zip": patched(good, b"PK\1\2", 24, "<L", 0xFFFF0000), "reserved.zip": added(good, (f"{NAME}/data/con.txt", b"x")),
    }


@pytest.fixture(scope="module")
def base(review: Review) -> Summary:
    return summarise(review, Version(Path("du_thao"), Kind.DRAFT))


@pytest.fixture(scope="module")
def folder(base: Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The officer's folder with one good package, the bad files, and a link that leads out."""
    place = officer(tmp_path_factory.mktemp("nhan"), [listed("00100000"), listed(NAME.code)])
    with pytest.warns(UserWarning):  # zipfile warns of the doubled name that is written on purpose
        found = bad_files(package(base, NAME.code))
    for name, content in found.items():
        (place / "den" / name).write_bytes(content)
    (place / "den" / "good.zip").write_bytes(package(base, "00100000"))
    if hasattr(os, "symlink"):
        (place / "den" / "link.zip").symlink_to(place / "den" / "good.zip")
        (place / "den" / "outside").symlink_to(place.parent, target_is_directory=True)
    return place


def test_each_bad_file_is_one_line_and_the_good_one_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.name != "so_den.jsonl"}
    assert check_arrivals(folder) == 1
    lines = capsys.readouterr().out.splitlines()
    names = sorted(path.name for path in (folder / "den").iterdir() if path.name != "good.zip")
    assert len(names) >= 23 and sorted(line.split(":")[0] for line in lines[: len(names)]) == names
    assert lines[len(names)].startswith(f"Đã đọc {len(names) + 1} tệp: 1 gói của 1 trường, {len(names)} tệp không đọc được")
    assert {path: path.stat().st_mtime_ns for path in before} == before and not (folder.parent / "la.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no memory of ended children")
def test_no_bad_file_takes_a_second_or_much_memory(folder: Path) -> None:
    """Every file on a process of its own; the most that any of them used, in KiB, is what the operating system says."""
    measure = (
        "import json, resource, subprocess, sys, time\n"
        "for path in sys.argv[2:]:\n"
        "    subprocess.run([sys.executable, '-P', sys.argv[1]], input=json.dumps(path) + '\\n', text=True, stdout=subprocess.DEVNULL)\n"
        "    used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    paths = [str(path) for path in sorted((folder / "den").iterdir()) if path.name in ("bomb.zip", "deep.zip", "many.zip", "ten_gb.zip")]
    started = time.process_time()
    out = subprocess.run([sys.executable, "-c", measure, str(WORKER), *paths], capture_output=True, text=True, check=True).stdout
    used = [tuple(map(float, line.split())) for line in out.splitlines()]
    assert len(used) == 4 and time.process_time() - started < 5
    seconds = [after[0] - before[0] for before, after in zip([(0.0, 0.0), *used], used, strict=False)]
    assert max(seconds) < 1.5 and used[-1][1] <= 150 * 1024, (seconds, used)
