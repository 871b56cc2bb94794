"""`antq templates --from`: exit codes, nothing half-written, nothing written into the old folder."""

from pathlib import Path

import pytest

from antq_review import cli
from antq_review.errors import CannotDo
from antq_review.publish.output import forms_job
from antq_review.shipped import example_folder
from tests.cli.test_cli import files_below
from tests.places.cut_off import End, run

LAST = example_folder().parent / "2025"


def test_next_years_forms_in_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_below(LAST)
    assert cli.run(["templates", str(tmp_path / "mới"), "--from", str(LAST)]) == 0
    said = capsys.readouterr().out
    assert "Mang sang từ năm 2025: thông tin trường, 8 tổ và đơn vị, 6 mô hình, 52 nội dung kế hoạch" in said
    assert "hãy ghi lại cho năm 2026" in said and "tình trạng từng mô hình" in said
    assert len(files_below(tmp_path / "mới")) == 7 and files_below(LAST) == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["mới", "--from", "khong-co"], 2, "Không thấy thư mục"),
        (["mới", "--from", str(LAST), "--year", "2024"], 2, "năm 2024 không đúng"),
        ([str(LAST / "mới"), "--from", str(LAST)], 2, "nằm trong thư mục năm trước"),
        (["mới", "--from", "trống"], 3, "không có thông tin trường"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_written(
    arguments: list[str], code: int, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trống").mkdir()
    assert cli.run(["templates", *arguments]) == code
    said = capsys.readouterr().err
    assert sentence in said and len(said.strip().splitlines()) == 1
    assert files_below(tmp_path) == {} and not (LAST / "mới").exists()


def test_a_disk_that_fills_up_leaves_no_form_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = forms_job.write_whole

    def write(path: Path, content: bytes) -> None:
        if path.name.startswith("4_"):
            raise CannotDo("disk full")
        real(path, content)

    monkeypatch.setattr(forms_job, "write_whole", write)
    assert cli.run(["templates", str(tmp_path / "mới")]) == 3
    assert files_below(tmp_path) == {}


def test_the_word_forms_can_be_had_and_used_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forms = tmp_path / "mẫu Word"
    assert cli.run(["templates", str(forms), "--word"]) == 0
    assert sum(name.endswith(".docx") for name in files_below(forms)) == 11 and (forms / "HUONG_DAN.html").exists()
    made = ["dossier", str(example_folder()), "--as-of", "16/11/2026", "--only", "D7", "--forms", str(forms), "--out", str(tmp_path / "ra")]
    assert cli.run(made) == 1
    assert cli.run(["templates", str(forms), "--word"]) == 3
    assert cli.run(["templates", str(tmp_path / "khác"), "--word", "--year", "2026"]) == 2
    assert "--word" in capsys.readouterr().err and not (tmp_path / "khác").exists()


def test_cut_off_anywhere_the_set_is_whole_or_absent_and_the_next_run_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth point of writing a few files into a new folder, and every point of moving them into one with a file."""
    small = {Path(f"{number}.xlsx"): b"x" for number in range(3)}
    for start, there in ((1, False), (1, True)):
        for count in range(start, 200, 1 if there else 5):
            folder = tmp_path / f"{there} {count}" / "mới"
            if there:
                folder.mkdir(parents=True)
                (folder / "của tôi.txt").write_text("x", encoding="utf-8")
            end = run(lambda folder=folder: forms_job.write_forms(folder, small), count, "kill")
            forms_job.settle(folder)
            made = {name for name in files_below(folder.parent) if name.endswith(".xlsx") and ".antq-" not in name}
            assert len(made) in (0, len(small)), count
            if not made:
                forms_job.write_forms(folder, small)
            left = [path for path in folder.parent.rglob(".antq-*")]
            assert left == [] or made, (count, left)
            if end is End.DONE:
                break
        assert end is End.DONE
