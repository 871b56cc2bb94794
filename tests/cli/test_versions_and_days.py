"""The day of a run and the place of its results: a day without a year, the version's own day, results beside the forms."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from antq_review import cli
from antq_review.cli.check import refuse_inside
from antq_review.errors import UsageError
from antq_review.files import RESERVED, files_below
from antq_review.places.manifest import MANIFEST
from antq_review.places.versions import Kind, Version, day_of
from antq_review.publish.archive.archive import archive
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import asked_day, read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.publish.archive.test_archive import outputs


@pytest.fixture(scope="module")
def review() -> Review:
    return review_evidence(read_folder(example_folder()), date(2026, 11, 16))


@pytest.mark.parametrize(("written", "year", "day"), [
    ("30/06", 2026, date(2026, 6, 30)), ("15/11", 2026, date(2026, 11, 15)), ("1/1", 2026, date(2026, 1, 1)),
    ("29/02", 2024, date(2024, 2, 29)), ("30/06/2025", 2026, date(2025, 6, 30)), ("2026-06-30", None, date(2026, 6, 30)),
])
def test_a_day_without_a_year_is_one_of_the_folders_year(written: str, year: int | None, day: date) -> None:
    assert asked_day(written)(year) == day


@pytest.mark.parametrize(("written", "year", "words"), [
    ("16/11", 2026, "có thể là 16/11/2025 hoặc 16/11/2026"), ("31/12", 2026, "có thể là 31/12/2025 hoặc 31/12/2026"),
    ("29/02", 2026, "không phải ngày"), ("31/02", 2026, "không phải ngày"), ("x/1", 2026, "không phải ngày"),
    ("30/06", None, "không phải ngày"),
])
def test_a_day_that_lies_in_two_years_or_in_none_is_refused(written: str, year: int | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        asked_day(written)(year)


def test_results_beside_the_forms_lie_in_one_folder_of_that_name_only(tmp_path: Path) -> None:
    refuse_inside(tmp_path, tmp_path / "KET_QUA")
    refuse_inside(tmp_path, tmp_path.with_name("ra"))
    for name in ("ra", "ket_qua", "KET_QUA/2026", "da_thay", "."):
        with pytest.raises(UsageError, match="đúng tên KET_QUA"):
            refuse_inside(tmp_path, tmp_path / name)


def test_reserved_folders_are_neither_read_nor_bagged(review: Review, tmp_path: Path) -> None:
    folder = tmp_path / "hồ sơ"
    shutil.copytree(example_folder(), folder)
    before = sorted(path.relative_to(folder) for path in files_below(folder))
    for name in RESERVED:
        (folder / name / "cũ").mkdir(parents=True)
        shutil.copy(folder / "3_hoat_dong_Doi.xlsx", folder / name / "cũ" / "3_hoat_dong_Doi.xlsx")
        (folder / "minh_chung" / name).mkdir()
        (folder / "minh_chung" / name / "ảnh.txt").write_text("x")
    found = sorted(path.relative_to(folder) for path in files_below(folder))
    assert len(found) == len(before) + 2, "below another folder the names are ordinary"
    evidence = read_folder(folder)
    assert not [one for one in evidence.problems if one.code == "form_in_subfolder"]
    outputs(review, folder / "KET_QUA")
    made = archive(folder, evidence, folder / "KET_QUA", date(2026, 11, 30))
    bagged = [path.relative_to(made.path / "data" / "bieu").as_posix() for path in files_below(made.path / "data" / "bieu")]
    assert bagged and not [name for name in bagged if name.startswith(RESERVED)]
    info = (made.path / "bag-info.txt").read_text(encoding="utf-8").replace("\n ", " ")
    assert "Bagging-Date: 2026-11-30" in info and "bản dự thảo, số liệu đến hết ngày 16/11/2026" in info


def test_the_day_of_a_version_is_the_one_of_its_manifest(tmp_path: Path) -> None:
    version = Version(tmp_path, Kind.FINAL, 1)
    assert day_of(None) is None is day_of(version)
    (tmp_path / MANIFEST).write_text('{"as_of": "2026-11-16"}')
    assert day_of(version) == date(2026, 11, 16)


def test_documents_take_the_day_of_the_newest_version(review: Review, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs(review, tmp_path)
    arguments = ["dossier", str(example_folder()), "--only", "D9", "--out", str(tmp_path)]
    assert cli.run(arguments) in (0, 1)
    assert "Số liệu đến ngày 16/11/2026, như bản dự thảo" in capsys.readouterr().out
    assert '"as_of": "2026-11-16"' in (tmp_path / "00123456" / "2026" / "ho_so" / MANIFEST).read_text(encoding="utf-8")
