"""The example school's review and its report, made once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder
from tests.once import Demo


@pytest.fixture(scope="session")
def review() -> Review:
    return review_evidence(read_folder(example_folder()), date.fromisoformat(EXAMPLE_DAY))


@pytest.fixture(scope="session")
def report_folder(demo: Demo) -> Path:
    """`bao_cao.html` and `bao_cao.ipynb` of this review, through the real kernel. Only to be read."""
    return demo.out / "00123456" / "2026" / "du_thao"


@pytest.fixture(scope="session")
def page(report_folder: Path) -> str:
    return (report_folder / "bao_cao.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def without_table(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """The example without its own score table: 88 points of Decision 510 are not known."""
    folder = tmp_path_factory.mktemp("no_table") / "school"
    shutil.copytree(example_folder(), folder)
    (folder / "thang_diem.xlsx").unlink()
    return review_evidence(read_folder(folder), date.fromisoformat(EXAMPLE_DAY))
