"""`antq check` as a clerk meets it: copies appear, go when their file is mended, and nothing is half-written."""

from pathlib import Path

import pytest

from antq_review import cli
from antq_review.forms.rows.school import Profile
from antq_review.ingest.model import Evidence
from antq_review.places import move
from antq_review.publish.output import check_job as check_out
from tests.cli.test_cli import files_below
from tests.ingest.corpus import activities, clean, school, write
from tests.publish.excel.marked_copy.faulty import FORM, faulty

pytestmark = pytest.mark.usefixtures("warm_kernel")

COPY = "3_hoat_dong_danh_dau.xlsx"
PLACE = "00123456/2026/kiem_tra"


def check(folder: Path, out: Path) -> int:
    return cli.run(["check", str(folder), "--out", str(out)])


def test_copies_come_and_go_with_their_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = write(tmp_path / "trường", faulty()), tmp_path / "ra"
    before = files_below(folder)
    assert check(folder, out) == 1
    said = capsys.readouterr().out
    assert COPY in said and said.strip().endswith("18 lỗi, 10 cảnh báo, 0 lưu ý.")
    first = files_below(out)
    assert list(first) == [f"{PLACE}/{COPY}", f"{PLACE}/loi_nhap_lieu.xlsx"]
    assert files_below(folder) == before
    assert check(folder, out) == 1
    assert files_below(out) == first, "the same bytes again"
    (out / PLACE / "ghi_chu.xlsx").write_bytes(b"mine")
    write(folder, {FORM: activities()})
    assert check(folder, out) == 1
    assert list(files_below(out)) == [f"{PLACE}/ghi_chu.xlsx", f"{PLACE}/loi_nhap_lieu.xlsx"], "only what is ours is removed"


def test_a_folder_without_a_problem_leaves_no_old_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from antq_review.scoring.pipeline import read_folder

    folder, out = write(tmp_path / "trường", faulty()), tmp_path / "ra"
    assert check(folder, out) == 1
    evidence = read_folder(folder)
    evidence.problems = []
    assert check_out.write_check(evidence, folder, out) == []
    assert files_below(out) == {} and not (out / "00123456").exists()


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from antq_review.errors import CannotDo
    from antq_review.publish.output import check_job as job

    folder, out = write(tmp_path / "trường", clean() | {FORM: faulty()[FORM]}), tmp_path / "ra"
    assert check(folder, out) == 1
    before = files_below(out)
    write(folder, {"1_nha_truong.xlsx": school(name="Trường khác", levels="Không có")})
    whole = job.write_whole
    written: list[Path] = []

    def fails(path: Path, content: bytes) -> None:
        written.append(path)
        if path.name.startswith("3_"):
            raise CannotDo("hết chỗ")
        whole(path, content)

    monkeypatch.setattr(job, "write_whole", fails)
    assert check(folder, out) == 3
    assert written and files_below(out) == before


def test_an_old_copy_that_is_open_stops_the_run_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from antq_review.errors import FileBusy

    folder, out = write(tmp_path / "trường", faulty()), tmp_path / "ra"
    assert check(folder, out) == 1
    before = files_below(out)
    write(folder, {FORM: activities()})

    def busy(path: Path) -> None:
        if path.name == COPY:
            raise FileBusy(f"{path.name} đang mở")

    monkeypatch.setattr(move, "refuse_busy", busy)
    assert check(folder, out) == 3
    assert COPY in capsys.readouterr().err and files_below(out) == before


def test_an_unclear_school_has_its_copies_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = faulty()
    del files["1_nha_truong.xlsx"]
    folder = write(tmp_path / "trường", files | {"hong.xlsx": b"hong"})
    for verb in ("check", "review"):
        out = tmp_path / verb
        assert cli.run([verb, str(folder), "--out", str(out)]) == 1
        said = capsys.readouterr().out
        assert "Không lập được bản đánh dấu của: hong.xlsx" in said
        assert list(files_below(out)) == [f"_chua_ro/kiem_tra/{COPY}", "_chua_ro/kiem_tra/loi_nhap_lieu.xlsx"]


@pytest.mark.parametrize("code", ["../../ngoai", "..", "a/b", "C:x", ".", "", "a\\b"])
def test_a_school_code_that_can_name_no_folder_leads_nowhere_else(code: str, tmp_path: Path) -> None:
    assert check_out.school_folder(Evidence(profile=Profile(school_code=code, year=2026)), tmp_path) == tmp_path / "_chua_ro"


def test_check_stays_in_its_folder_whatever_the_code_is(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "trường", clean() | {"1_nha_truong.xlsx": school(school_code="../../ngoai")}), tmp_path / "mẹ" / "ra"
    assert check(folder, out) == 1
    assert list(files_below(tmp_path / "mẹ")) == [f"ra/_chua_ro/kiem_tra/{name}" for name in (COPY, "loi_nhap_lieu.xlsx")]
