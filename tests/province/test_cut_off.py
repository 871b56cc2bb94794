"""The officer's jobs, cut off at their file operations and on a full disk: the old tables and slips or the new ones, whole."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from antq_review.errors import Stopped
from antq_review.package.summarise import summary_of as summarise
from antq_review.page import office_work
from antq_review.page.guard import Codes
from antq_review.page.job import Job
from antq_review.page.parts import Parts
from antq_review.places.lock import locked
from antq_review.places.versions import Kind, Version
from antq_review.province import outputs, work
from antq_review.province.slips import write_slips
from antq_review.scoring.model.review import Review
from antq_review.text import tell
from tests.places.cut_off import End, operations, run
from tests.places.test_jobs_cut_off import state
from tests.province.many import listed, officer, package

TODAY = date(2026, 11, 18)
CODES = ["00100001", "00100002"]
#: The sets of files that the page's job writes.
SETS = ("2026", "2026_cong_khai", "2026/phieu")


@pytest.fixture(scope="module")
def looks(review: Review, tmp_path_factory: pytest.TempPathFactory) -> list[work.Looked]:
    """One school accepted, then two: more figures and one slip more. Of few lines: where a job is cut off, not what it counts."""
    base = summarise(review, Version(Path("du_thao"), Kind.DRAFT))
    base = base.model_copy(update={"goals": base.goals[:2], "tables": {"PL2": base.tables["PL2"][:2]}})
    folder, found, decisions = tmp_path_factory.mktemp("nhan"), [], []
    officer(folder, [listed(code) for code in CODES])
    for code in CODES:
        (folder / "den" / f"{code}.zip").write_bytes(package(base, code))
        shown = next(one.arrival.shown for one in work.look(folder, TODAY, TODAY).found.standings if one.code == code and one.arrival)
        decisions.append({"code": code, "package": shown, "decision": "Tiếp nhận", "decided_on": TODAY})
        officer(folder, [listed(code) for code in CODES], decisions=decisions)
        found.append(work.look(folder, TODAY, TODAY))
    return found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn is small: the page's own operations are looked at, not those of the library that draws."""
    monkeypatch.setattr(outputs, "workbook", lambda found, *_: str(len(found.counted)).encode())
    monkeypatch.setattr(outputs, "html", lambda found, *_: str(found.as_of))
    monkeypatch.setattr("antq_review.province.slips.receipt_bytes", lambda head, on: head.code.encode())


def rolled(looked: work.Looked, out: Path) -> object:
    return work.write_tables(looked, out, public=True)


def slips(looked: work.Looked, out: Path) -> object:
    return write_slips(looked.found, work.place_of(out, 2026, False))


@pytest.mark.parametrize("how", ["kill", "full", "once"])
@pytest.mark.parametrize(("job", "folder"), [(rolled, "2026_cong_khai"), (slips, "2026")], ids=["roll_up", "slips"])
def test_the_old_set_or_the_new_one_is_whole_and_the_next_run_works(
    job: Callable[[work.Looked, Path], object], folder: str, how: str, looks: list[work.Looked], small: None,
    tmp_path: Path,
) -> None:
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


# --- the page's job: tables, public copy, slips ------------------------------------------------------------------------


def page_job(found: work.Looked, place: Path, job: Job | None = None) -> str:
    """The job of the button that makes the public copy too, on what was read."""
    folder = place / "TONG_HOP_2026"
    (folder / "den").mkdir(parents=True, exist_ok=True)
    (folder / "0_danh_sach.xlsx").touch()
    parts = Parts(place / "chương trình", None, Codes())
    known = parts.folders.open(folder)
    job = job or Job("roll_up", known.id, datetime.now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office_work, "look", lambda *_: found)
        return office_work.roll_up(parts, known, public=True)(job)


def sets(place: Path) -> list[dict[str, str]]:
    """The files of each set. The slips lie in a folder of the tables, and are a set of their own."""
    found = state(place / "KET_QUA" / "tong_hop")
    return [{name: sha for name, sha in found.items() if name.rpartition("/")[0] == one} for one in SETS]


@pytest.mark.parametrize("how", ["kill", "full", "once"])
def test_every_set_is_the_old_one_or_the_new_one(how: str, looks: list[work.Looked], small: None, tmp_path: Path) -> None:
    page_job(looks[0], tmp_path / "cũ")
    shutil.copytree(tmp_path / "cũ", tmp_path / "mới")
    page_job(looks[1], tmp_path / "mới")
    old, new = sets(tmp_path / "cũ"), sets(tmp_path / "mới")
    assert all(before and before != after for before, after in zip(old, new, strict=True))
    shutil.copytree(tmp_path / "cũ", tmp_path / "đếm")
    total, _ = operations(lambda: page_job(looks[1], tmp_path / "đếm"))
    assert total >= 15
    ends = []
    for count in [*range(1 + ("kill", "full", "once").index(how), total + 1, 15), total + 1]:
        place = tmp_path / str(count)
        shutil.copytree(tmp_path / "cũ", place)
        ends.append(run(lambda place=place: page_job(looks[1], place), count, how))
        for folder in SETS[:2]:
            with locked(place / "KET_QUA" / "tong_hop" / folder):  # whoever comes next finishes or undoes
                pass
        stands = sets(place)
        assert all(now in (before, after) for now, before, after in zip(stands, old, new, strict=True)), (count, ends[-1])
        assert ends[-1] is not End.DONE or stands == new
        page_job(looks[1], place)
        assert sets(place) == new and list((place / "KET_QUA").rglob(".antq-*")) == [], count
    assert len(set(ends)) > 1


@pytest.mark.parametrize("at", range(4))
def test_a_stop_leaves_whole_sets_and_the_next_run_makes_the_rest(
    at: int, looks: list[work.Looked], small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stopped before the tables, the public copy, the slips; after the last look at the wish the job ends well."""
    page_job(looks[0], tmp_path / "mới")
    old = sets(tmp_path / "mới")
    job, looked_at = Job("roll_up", "x", datetime.now()), []
    monkeypatch.setattr(job, "step", lambda _: None)

    def check() -> None:
        looked_at.append(1)
        if len(looked_at) > at:
            raise Stopped(tell("cli.stopped"))

    monkeypatch.setattr(job.stop, "check", check)
    if at < 3:
        with pytest.raises(Stopped):
            page_job(looks[1], tmp_path / "mới", job)
    else:
        page_job(looks[1], tmp_path / "mới", job)
    stopped = sets(tmp_path / "mới")
    page_job(looks[1], tmp_path / "mới")
    new = sets(tmp_path / "mới")
    assert stopped == [*new[:at], *old[at:]] and new != old
