"""The officer's jobs, cut off at their file operations and on a full disk: the old tables and slips or the new ones, whole."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from antq_review.package.summarise import summary_of as summarise
from antq_review.places.lock import locked
from antq_review.places.versions import Kind, Version
from antq_review.province import outputs, work
from antq_review.province.slips import write_slips
from antq_review.scoring.model.review import Review
from tests.places.cut_off import End, operations, run
from tests.places.test_jobs_cut_off import state
from tests.province.many import listed, officer, package

TODAY = date(2026, 11, 18)
CODES = ["00100001", "00100002"]


@pytest.fixture(scope="module")
def looks(review: Review, tmp_path_factory: pytest.TempPathFactory) -> list[work.Looked]:
    """One school accepted, then two: more figures and one slip more."""
    base = summarise(review, Version(Path("du_thao"), Kind.DRAFT))
    folder, found, decisions = tmp_path_factory.mktemp("nhan"), [], []
    officer(folder, [listed(code) for code in CODES])
    for code in CODES:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code))
        shown = next(one.arrival.shown for one in work.look(folder, TODAY, TODAY).found.standings if one.code == code and one.arrival)
        decisions.append({"code": code, "package": shown, "decision": "Tiếp nhận", "decided_on": TODAY})
        officer(folder, [listed(code) for code in CODES], decisions=decisions)
        found.append(work.look(folder, TODAY, TODAY))
    return found


def rolled(looked: work.Looked, out: Path) -> object:
    return work.write_tables(looked, out, public=True)


def slips(looked: work.Looked, out: Path) -> object:
    return write_slips(looked.found, work.place_of(out, 2026, False))


@pytest.mark.parametrize("how", ["kill", "full", "once"])
@pytest.mark.parametrize(("job", "folder"), [(rolled, "2026_cong_khai"), (slips, "2026")], ids=["roll_up", "slips"])
def test_the_old_set_or_the_new_one_is_whole_and_the_next_run_works(
    job: Callable[[work.Looked, Path], object], folder: str, how: str, looks: list[work.Looked], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outputs, "workbook", lambda found, *_: str(len(found.counted)).encode())  # drawing one writes files of the library
    monkeypatch.setattr(outputs, "html", lambda found, *_: str(found.as_of))
    monkeypatch.setattr("antq_review.province.slips.receipt_bytes", lambda head: head.code.encode())
    job(looks[0], tmp_path / "cũ")
    old = state(tmp_path / "cũ")
    shutil.copytree(tmp_path / "cũ", tmp_path / "mới")
    job(looks[1], tmp_path / "mới")
    new = state(tmp_path / "mới")
    assert old != new and len(old) >= 1
    shutil.copytree(tmp_path / "cũ", tmp_path / "đếm")
    total, _ = operations(lambda: job(looks[1], tmp_path / "đếm"))
    assert total >= 5
    for count in [*range(1 + ("kill", "full", "once").index(how), total + 1, 5 if job is rolled else 3), total + 1]:
        out = tmp_path / str(count)
        shutil.copytree(tmp_path / "cũ", out)
        end = run(lambda out=out: job(looks[1], out), count, how)
        with locked(out / "tong_hop" / folder):  # whoever comes next finishes or undoes
            pass
        assert state(out) == (new if end is End.DONE else old) or (end is End.KILLED and state(out) == new), (count, end)
        job(looks[1], out)
        assert state(out) == new and list(out.rglob(".antq-*")) == [], count
