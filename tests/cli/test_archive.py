"""`antq archive` and `antq verify` as a user meets them."""

import os
from datetime import date
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.cli.test_cli import files_below
from tests.publish.archive.test_archive import outputs

FOLDER = str(example_folder())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kết quả")
    outputs(review_evidence(read_folder(example_folder()), date(2026, 11, 16)), place)
    return place


def test_archive_verify_flip_verify(out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--as-of` is the day of the version's data; the day of bagging is the day on which the bag is made (issue 15, 6)."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    before = files_below(example_folder())
    assert cli.run(["archive", FOLDER, "--out", str(out), "--as-of", "20/11/2026"]) == 2
    assert "Số liệu của bản dự thảo đến ngày 16/11/2026, không phải 20/11/2026." in capsys.readouterr().err
    assert cli.run(["archive", FOLDER, "--out", str(out), "--as-of", "16/11/2026"]) == 0
    assert "Đã lưu trữ" in capsys.readouterr().out
    bag = out / "00123456" / "luu_tru" / "00123456_2026_2026-11-20"
    assert cli.run(["verify", str(bag)]) == 0
    said = capsys.readouterr().out
    assert "Túi nguyên vẹn" in said and "00123456-2026 · đóng túi ngày 20/11/2026" in said
    (bag / "data" / "bieu" / "minh_chung" / "dien_dan.txt").write_text("sửa")
    (bag / "data" / "ket_qua" / "du_thao" / "bao_cao.html").unlink()
    (bag / "data" / "thêm.txt").write_text("x")
    assert cli.run(["verify", str(bag)]) == 1
    said = capsys.readouterr().out
    for words in (
        "Đã bị thay đổi: data/bieu/minh_chung/dien_dan.txt (không khớp manifest-sha256.txt, manifest-sha512.txt)",
        "Thiếu: data/ket_qua/du_thao/bao_cao.html", "Thừa: data/thêm.txt", "không còn nguyên vẹn: 4 chỗ sai",
    ):
        assert words in said
    assert files_below(example_folder()) == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["archive", FOLDER, "--out", "trống"], 3, "Chạy antq review trước"),
        (["archive", FOLDER, "--out", str(example_folder() / "ra")], 2, "nằm trong thư mục biểu"),
        (["archive", FOLDER, "--as-of", "32/1/2026"], 2, "không phải ngày"),
        (["archive", ".", "--out", "../ra"], 3, "Thông tin trường"),
        (["archive", "không có"], 2, "Không thấy thư mục"),
        (["verify", "."], 3, "không phải túi lưu trữ BagIt"),
        (["verify", "không có"], 2, "Không thấy thư mục"),
        (["verify"], 2, "thiếu TÚI"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_written(
    arguments: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments) == code
    said = capsys.readouterr().err
    assert words in said and len(said.strip().splitlines()) == 1
    assert files_below(tmp_path) == {} and os.listdir(tmp_path) == []


def test_faults_without_end_are_not_printed_without_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (tmp_path / "manifest-md5.txt").write_text("".join(f"{number:032x}  data/{number}\n" for number in range(1200)))
    assert cli.run(["verify", str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 52 and "… và 1150 chỗ khác." in said and "1.200 chỗ sai" in said[-1]
