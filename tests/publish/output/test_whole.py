"""The whole job on one folder: stopped while it reads or in the notebook it leaves no trace; results inside the folder are no evidence."""

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from antq_review.errors import Stopped, UsageError
from antq_review.files import RESULTS, files_below
from antq_review.publish.notebook.kernel import own_kernel
from antq_review.publish.output.whole import Wish, refuse_inside, review_folder
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from antq_review.text import say, tell

WISH = Wish(lambda _: date(2026, 11, 16))


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_folder(), tmp_path / "Hồ sơ 2026"))


def test_a_stop_while_reading_leaves_nothing(school: Path) -> None:
    def files(done: int, every: int) -> None:
        raise Stopped(tell("cli.stopped"))

    out = school / RESULTS
    with pytest.raises(Stopped):
        review_folder(school, out, WISH, files, lambda _: None)
    assert not out.exists()


@pytest.mark.usefixtures("without_steps")
def test_a_stop_in_the_notebook_ends_its_kernel_and_leaves_nothing(school: Path) -> None:
    out, timers = school / RESULTS, []
    with own_kernel() as kernel:

        def step(name: str) -> None:
            if name == say("cli.steps.report"):
                timers.append(threading.Timer(0.3, kernel.stop))
                timers[0].start()

        with pytest.raises(Stopped):
            review_folder(school, out, WISH, lambda _done, _all: None, step, kernel)
        timers[0].join()
    assert not out.exists() or [path for path in out.rglob("*") if path.is_file()] == []
    assert [path.name for path in school.iterdir() if path.name.startswith(".antq")] == []


def test_only_the_folder_of_results_may_lie_among_the_forms(school: Path) -> None:
    refuse_inside(school, school / RESULTS)
    refuse_inside(school, school.parent / "khác")
    for inside in (school, school / "minh_chung", school / RESULTS / "x", school / "ket qua"):
        with pytest.raises(UsageError):
            refuse_inside(school, inside)


def test_results_and_replaced_forms_are_no_evidence(school: Path) -> None:
    before = read_folder(school)
    for name in ("KET_QUA/00123456/2026/du_thao", "da_thay"):
        (school / name).mkdir(parents=True)
        shutil.copy(school / "2_van_ban.xlsx", school / name / "2_van_ban.xlsx")
    after = read_folder(school)
    assert (after.problems, after.files) == (before.problems, before.files)
    assert not {"KET_QUA", "da_thay"} & {path.relative_to(school).parts[0] for path in files_below(school)}
