"""Several folders in one run: a count, one failure isolated, nothing of one school in the report of the next; on several lanes the same."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest

from antq_review import cli
from antq_review.errors import CannotDo
from antq_review.forms.draw_workbook import Head, sheets_of
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.places.lock import LOCK
from antq_review.publish.excel.annex import workbook as annex
from antq_review.publish.notebook import kernel
from antq_review.publish.notebook import year_report as year_end
from antq_review.scoring import summary
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests.ingest.corpus import draw
from tests.once import Demo, no_steps

DAY = ["--as-of", EXAMPLE_DAY, "--workers", "1"]
PROFILE = "1_nha_truong.xlsx"


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


@cache
def blank(code: str | None) -> bytes:
    rows = {"profile": [{"year": 2026, **({"school_code": code} if code else {})}]}
    sheets = [sheet.name for sheet in sheets_of("1_nha_truong")]
    return workbook_bytes(draw(rows, sheets, dict.fromkeys(sheets, Head(code, 2026))))


def workbook(code: str | None) -> bytes:
    """The school's own workbook, blank but for code and year, with few lines. Drawn once; a code is eight letters in one of its parts."""
    if code is None:
        return blank(None)
    made = BytesIO()
    with ZipFile(BytesIO(blank("00700000"))) as drawn, ZipFile(made, "w") as book:
        for part in drawn.namelist():
            book.writestr(part, drawn.read(part).replace(b"00700000", code.encode()))
    return made.getvalue()


def school(folder: Path, code: str | None, name: str = PROFILE) -> Path:
    """A folder with one workbook in which hardly more than the code and the year are written."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(workbook(code))
    return folder


def damaged(folder: Path) -> Path:
    folder.mkdir()
    (folder / PROFILE).write_bytes(workbook("00700099")[:5000])
    return folder


@pytest.fixture
def small_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outputs made small: a page and an annex that hold the school's code, no kernel, no step tried."""

    def write(review, out, previous, lent, **_):
        assert not lent.has_kernel
        (out / "bao_cao.html").write_text(review.school.code, encoding="utf-8")

    monkeypatch.setattr(year_end, "write_report", write)
    monkeypatch.setattr(annex, "annex", lambda review, *_: review.school.code.encode())
    monkeypatch.setattr(summary, "to_do", no_steps)


def test_many_folders_of_which_three_are_broken(
    tmp_path: Path, small_outputs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Eight folders; fifty by `run.py test --long`."""
    whole = 47 if os.environ.get("ANTQ_LONG") else 5
    every = whole + 3
    folders = [school(tmp_path / f"trường {number:02}", f"007000{number:02}") for number in range(1, whole + 1)]
    two = school(school(tmp_path / "hai trường", "00700001"), "00700002", "1_nha_truong_moi.xlsx")
    broken = [school(tmp_path / "chưa ghi mã", None), damaged(tmp_path / "hỏng"), two]
    folders[2:2] = broken
    before = files_below(tmp_path)
    assert cli.run(["review", *map(str, folders), "--out", str(tmp_path / "ra"), *DAY]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:every]] == [f"{number}/{every}" for number in range(1, every + 1)]
    assert [line for line in lines[:every] if "không xử lý được" in line] == lines[2:5]
    assert lines[every].startswith(f"Đã lập {whole}/{every} báo cáo")
    said = lines[lines.index("Không xử lý được (3):") + 1 :]
    for folder, why, line in zip(broken, ("chưa chấm", "bị hỏng", "hai trường: 00700001, 00700002"), said, strict=False):
        assert line.startswith(f"  {folder}: ") and why in line
    pages = {path.parents[2].name: path.read_text(encoding="utf-8") for path in (tmp_path / "ra").rglob("bao_cao.html")}
    assert pages == {f"007000{number:02}": f"007000{number:02}" for number in range(1, whole + 1)}, "each report is its own"
    assert {name: digest for name, digest in files_below(tmp_path).items() if not name.startswith("ra/")} == before


def test_b_after_a_on_the_warm_kernel_is_b_alone(tmp_path: Path, demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    """The real thing: the example of 2024, a damaged folder, then the example of 2026; alone it was run in another process.

    Two lanes are allowed, but two years of one school go the same way, one after the other: 2025 would be compared with 2024.
    """
    earlier = example_folder().with_name("2024")
    folders = [earlier, damaged(tmp_path / "hỏng"), example_folder()]
    assert cli.run(["review", *map(str, folders), "--out", str(tmp_path / "cả"), "--as-of", EXAMPLE_DAY, "--workers", "2"]) == 1
    said = capsys.readouterr().out
    assert "3/3  Trường TH&THCS Mẫu · năm 2026 · bản dự thảo" in said and "Đã lập 2/3 báo cáo" in said
    after, alone = files_below(tmp_path / "cả" / "00123456" / "2026"), files_below(demo.out / "00123456" / "2026")
    results = {f"du_thao/{name}" for name in ("review.json", "bao_cao.html", "bao_cao.ipynb", "phu_luc.xlsx", "lich.ics", "manifest.json")}
    assert {name for name in alone if not name.startswith("kiem_tra/")} == results
    assert {**after, "du_thao/manifest.json": ""} == {**alone, "du_thao/manifest.json": ""}


def test_the_same_school_and_year_twice_is_refused_and_nothing_overwritten(
    tmp_path: Path, small_outputs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = school(tmp_path / "một", "0070000a"), school(tmp_path / "hai", "0070000A")
    assert cli.run(["review", str(first), "--out", str(tmp_path / "ra alone"), str(second), *DAY]) == 1
    said = capsys.readouterr().out
    assert f"  {second}: Thư mục này cùng mã trường 0070000A và cùng năm 2026 với thư mục “{first}”" in said
    assert [path.parent.name for path in (tmp_path / "ra alone").glob("*/2026")] == ["0070000a"]


@pytest.mark.unexpected
def test_each_failure_is_one_line_with_its_reason(
    tmp_path: Path, small_outputs: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused by --final, a place that cannot be written, a fault of ours, no folder, no workbook; then one that goes well."""
    def draw(review, *_):
        if review.school.code == "00700003":
            raise ZeroDivisionError
        return b"annex"

    monkeypatch.setattr(annex, "annex", draw)
    out, log = tmp_path / "ra", tmp_path / "log"
    out.mkdir()
    log.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(log))
    (out / "00700002").write_text("a file where a folder belongs", encoding="utf-8")
    empty = tmp_path / "trống"
    empty.mkdir()
    schools = [school(tmp_path / code, code) for code in ("00700002", "00700003", "00700004")]
    assert cli.run(["review", *map(str, [empty, tmp_path / "không có", *schools]), "--out", str(out), *DAY]) == 1
    said = capsys.readouterr().out.splitlines()
    reasons = said[said.index("Không xử lý được (4):") + 1 : -1]
    whys = ("Không thấy tệp .xlsx nào", "Không thấy thư mục", "Không ghi được vào", "lỗi ngoài dự kiến (ZeroDivisionError)")
    for why, line in zip(whys, reasons, strict=True):
        assert why in line
    assert (out / "00700004" / "2026" / "du_thao" / "bao_cao.html").exists() and not (out / "00700003").exists()
    assert "ZeroDivisionError" in next(log.glob("antq-*.log")).read_text(encoding="utf-8")
    assert cli.run(["review", *map(str, schools[1:]), "--out", str(tmp_path / "ra 2"), "--final", *DAY]) == 1
    assert "Chưa xuất được bản chính thức: còn" in capsys.readouterr().out
    assert not (tmp_path / "ra 2").exists()


@pytest.mark.parametrize(("wrong", "sentence"), [
    (["--as-of", "31/02/2026"], "không phải ngày"), (["--previous", "2025/review.json"], "chỉ dùng khi chấm một thư mục"),
    ([], "nằm trong thư mục biểu"),
])
def test_what_is_wrong_for_all_stops_before_the_first(
    wrong: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [school(tmp_path / code, code) for code in ("00700001", "00700002")]
    out = tmp_path / "ra" if wrong else folders[1] / "ra"
    assert cli.run(["review", *map(str, folders), "--out", str(out), *wrong]) == 2
    said = capsys.readouterr()
    assert sentence in said.err and not said.out
    assert not out.exists()


def test_a_kernel_is_lent_a_number_of_times_and_never_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[object] = []

    @contextmanager
    def fresh() -> Iterator[object]:
        alive.append(object())
        yield alive[-1]
        alive.pop()

    monkeypatch.setattr(kernel, "own_kernel", fresh)

    def lend(kernels: kernel.WarmKernels) -> object:
        with kernels.lend() as lent:
            assert alive == [lent], "one at a time"
            return lent

    with kernel.WarmKernels(most=2) as kernels:
        lent = [lend(kernels) for _ in range(5)]
        assert lent[0] is lent[1] is not lent[2] is lent[3] is not lent[4]
        with pytest.raises(CannotDo), kernels.lend() as fifth:
            assert fifth is lent[4]
            raise CannotDo("the notebook stopped")
        assert alive == []
        assert lend(kernels) is not lent[4]
    assert alive == []


def test_lanes_say_what_one_worker_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused while reading, refused as a repeat, refused by --final in the lane: the same lines in the same order."""
    folders = [
        school(tmp_path / "một", "00700001"), damaged(tmp_path / "hỏng"), school(tmp_path / "hai", "00700002"),
        school(tmp_path / "một nữa", "00700001"), tmp_path / "không có",
    ]
    said = []
    for workers in ("1", "2"):
        asked = ["--out", str(tmp_path / "ra"), "--final", "--texts", "tt_124", *DAY[:2], "--workers", workers]
        assert cli.run(["review", *map(str, folders), *asked]) == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert "Không xử lý được (5):" in said[0].out and said[0].out.count("Chưa xuất được bản chính thức") == 2
    assert not (tmp_path / "ra").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    """Both lanes are at work on a report: no process, no lock, no temporary folder, no half result stays."""
    folders = [school(tmp_path / code, code) for code in ("00700001", "00700002", "00700003")]
    out, temporary = tmp_path / "ra", tmp_path / "tmp"
    temporary.mkdir()
    asked = ["review", *map(str, folders), "--out", str(out), "--texts", "tt_124", *DAY[:2], "--workers", "2"]
    surroundings = {**os.environ, "PYTHONPATH": str(Path.cwd()), "TMPDIR": str(temporary), "PYTHONUTF8": "1"}
    run = subprocess.Popen(
        [sys.executable, "-m", "antq_review", *asked], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", start_new_session=True,
    )
    until = time.monotonic() + 120
    while len(list(out.glob(f"*/*/{LOCK}"))) < 2:
        assert time.monotonic() < until and run.poll() is None
        time.sleep(0.05)
    processes = psutil.Process(run.pid).children(recursive=True)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, ("", "Đã dừng theo yêu cầu; kết quả cũ vẫn còn nguyên.\n")), said
    assert len(processes) >= 2 and not psutil.wait_procs(processes, timeout=10)[1]
    assert not list(out.rglob("*")) and not [path for path in temporary.iterdir() if path.name.startswith("antq-")]
