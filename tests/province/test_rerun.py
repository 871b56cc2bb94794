"""Schools judged again from their forms: same figures as in their packages, or every difference; nothing done twice, nobody lost."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import psutil
import pytest
from openpyxl import load_workbook

from antq_review.ingest.model import Evidence
from antq_review.package.model import (
    CriterionSummary,
    FormSummary,
    GoalSummary,
    IncidentsSummary,
    NumberSummary,
    OwnResult,
    PartSummary,
    Range,
    TextSummary,
)
from antq_review.package.summarise import summary_of
from antq_review.places.versions import Kind, Version
from antq_review.province import rerun as rerun_module
from antq_review.province.compared import differences
from antq_review.province.rerun import Rerun, rerun
from antq_review.province.rerun_school import COMPARED, RESULTS, Judged, SchoolJob, stands
from antq_review.province.send import Sent
from antq_review.publish.output.lane import ThisProcess, local_lane
from antq_review.scoring.model.review import Review
from antq_review.shipped import example_folder
from antq_review.text import words
from tests.cli.test_batch import school
from tests.province import many

DAY = date(2026, 11, 21)
DRAFT = Version(Path("du_thao"), Kind.DRAFT)


def here(_schools: int) -> nullcontext:
    return nullcontext((ThisProcess, 1))


def refuse(_schools: int) -> nullcontext:
    raise AssertionError("nothing is left to do")


def again(folder: Path, forms: Path, out: Path, lanes: Callable[[int], nullcontext] = here) -> Rerun:
    def unexpected(fault: Exception) -> str:
        return f"unexpected {type(fault).__name__}"

    return rerun(folder, forms, out, DAY, lanes, unexpected)


def states(found: Rerun) -> dict[str, tuple[int, str]]:
    """School → how many differences, why it was not judged."""
    return {one.code: (len(one.outcome.found), one.outcome.why) for one in found.schools}


def bytes_below(place: Path) -> dict[str, bytes]:
    """Every output but the manifests, which hold a clock, and the lists of hashes over them."""
    clocks = ("manifest.json", COMPARED)
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*.*")) if path.name not in clocks}


@pytest.fixture
def received(tmp_path: Path, sent: Sent) -> Path:
    """An officer's folder with the example's package, three others of the list without one."""
    folder = many.officer(tmp_path / "tiep nhan", [many.listed(code) for code in ("00123456", "00700001", "00700002")])
    shutil.copy(sent.path, folder / "den")
    return folder


@pytest.mark.kernel
def test_unchanged_forms_give_the_package_s_figures_and_are_not_judged_twice(
    received: Path, sent: Sent, tmp_path: Path, warm_kernel: None
) -> None:
    forms, out = tmp_path / "bieu", tmp_path / "ra"
    shutil.copytree(example_folder(), forms / "00123456 Trường Mẫu")
    first = again(received, forms, out)
    place = out / "cham_lai" / "2026" / "00123456"
    assert states(first) == {"00123456": (0, "")} and first.kept == 0
    assert {path.name for path in (place / RESULTS).iterdir()} >= {"review.json", "bao_cao.html", "phu_luc.xlsx", "manifest.json"}
    proof = json.loads((place / COMPARED).read_text(encoding="utf-8"))
    assert proof["differences"] == [] and proof["package"].startswith(str(next(iter(first.schools)).content))
    before = bytes_below(out)
    second = again(received, forms, out, refuse)
    assert (states(second), second.kept) == (states(first), 1) and bytes_below(out) == before
    job = SchoolJob("00123456", (), str(forms / "00123456 Trường Mẫu"), str(place), proof["package"], "")
    assert stands(job) == Judged("00123456")
    (place / RESULTS / "bao_cao.html").write_bytes(b"")
    assert stands(job) is None
    (place / RESULTS / "bao_cao.html").write_bytes(before["cham_lai/2026/00123456/ket_qua/bao_cao.html"])
    assert stands(job) is not None
    (forms / "00123456 Trường Mẫu" / "ghi chú.txt").write_text("x", encoding="utf-8")
    assert stands(job) is None


def test_every_folder_that_is_not_judged_is_named_with_its_reason(received: Path, tmp_path: Path) -> None:
    """No code, no package, two folders of one school; forms of another school are found when they are read."""
    forms, out = tmp_path / "bieu", tmp_path / "ra"
    forms.mkdir()
    for name in ("Trường không mã", "00700001", "00700002", "00700002 (1)"):
        (forms / name).mkdir()
    school(forms / "00123456", "00700009")
    found = again(received, forms, out)
    told = states(found)
    assert [one.code for one in found.schools] == ["00123456", "00700001", "00700002", "Trường không mã"]
    assert {count for count, _ in told.values()} == {0}
    for code, why in (
        ("00123456", "biểu của trường 00700009, năm 2026"), ("00700001", "Chưa có gói nào"), ("00700002", "Hai thư mục cùng của"),
        ("Trường không mã", "không bắt đầu bằng mã"),
    ):
        assert why in told[code][1]
    book = load_workbook(found.table)
    assert [row[1].value for row in book["Từng trường"].iter_rows(min_row=1) if row[1].value in told] == list(told)
    assert not list((out / "cham_lai").rglob(COMPARED))
    with pytest.raises(Exception, match="không có thư mục con nào"):
        again(received, tmp_path / "ra" / "cham_lai" / "2026", tmp_path / "khác")


class Deadly:
    """A lane that ends at the job of one school, and says of the others that they are the same."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1

    def submit(self, _work: object, job: SchoolJob) -> Future[Judged]:
        future: Future[Judged] = Future()
        if job.code == "00700001":
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(Judged(job.code))
        return future

    def trouble(self) -> None:
        return None

    def end(self) -> None:
        return None

    close = end


def test_a_school_that_ends_its_lane_is_named_and_the_others_are_done(tmp_path: Path, review: Review) -> None:
    codes = ["00700000", "00700001", "00700002", "00700003"]
    folder = many.officer(tmp_path / "tiep nhan", [many.listed(code) for code in codes])
    base = summary_of(review, DRAFT)
    for code in codes:
        (folder / "den" / f"{code}.zip").write_bytes(many.package(base, code))
        (tmp_path / "bieu" / code).mkdir(parents=True)
    found = again(folder, tmp_path / "bieu", tmp_path / "ra", lambda _schools: nullcontext((Deadly, 1)))
    assert [(one.code, bool(one.outcome.why)) for one in found.schools] == [(code, code == "00700001") for code in codes]
    assert "dừng giữa chừng" in found.failed[0].outcome.why and Deadly.made == 2


def test_every_differing_item_is_named_with_both_sides(review: Review) -> None:
    summary = summary_of(review, DRAFT)
    assert differences(summary, summary) == ()
    text = summary.texts[0]
    criteria = (replace(text.criteria[0], title="x"), *text.criteria[1:])
    other = summary.model_copy(update={
        "texts": (replace(text, criteria=criteria), *summary.texts[1:]), "goals": summary.goals[1:],
        "incidents": replace(summary.incidents, verified=7), "tool": "antq_review 9",
    })
    found = {one.what: one for one in differences(summary, other)}
    criterion = f"{text.short}, {text.criteria[0].id}"
    assert found[criterion].again == "tên tiêu chí: x"
    assert found["Vụ việc"].again == "đã xác minh: 7"
    goal = f"Kế hoạch {summary.goals[0].id}"
    assert {what for what in found if what.split(",")[0] not in (goal, str(text.short))} == {"Vụ việc"}
    assert found[goal].again == "không có"
    named = {"id", "key", "form", "part", "parts", "criteria", "file_rows", "with_file"}  # the item's name, or not compared
    models = (CriterionSummary, FormSummary, GoalSummary, IncidentsSummary, NumberSummary, OwnResult, PartSummary, Range, TextSummary)
    assert {name for model in models for name in model.__pydantic_fields__} - named <= words("rerun")["fields"].keys()


@pytest.mark.skipif(not os.environ.get("ANTQ_LONG"), reason="run.py test --long")
def test_six_schools_on_two_lanes_cut_off_at_three_end_as_on_one(
    tmp_path: Path, review: Review, evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that were done are not done again, the bytes are the same, and no process is left."""
    from benchmarks.school import under_code

    codes = [f"0070000{number}" for number in range(6)]
    folder = many.officer(tmp_path / "tiep nhan", [many.listed(code) for code in codes])
    base = summary_of(review, DRAFT)
    for code in codes:
        (folder / "den" / f"{code}.zip").write_bytes(many.package(base, code))
        under_code(code, tmp_path / "bieu" / code)
    one, two = tmp_path / "một", tmp_path / "hai"
    again(folder, tmp_path / "bieu", one)
    before = set(psutil.Process().children(recursive=True))  # the worker that reads for all tests is among them now

    def at_three(done: int, _all: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    def lanes(_schools: int) -> nullcontext:
        return nullcontext((local_lane(2), 2))

    with pytest.raises(KeyboardInterrupt):
        rerun(folder, tmp_path / "bieu", two, DAY, lanes, str, at_three)
    assert 3 <= len(list(two.rglob(COMPARED))) <= 4
    left = [process for process in psutil.Process().children(recursive=True) if process not in before]
    assert [process.cmdline() for process in left if "resource_tracker" not in str(process.cmdline())] == []
    found = again(folder, tmp_path / "bieu", two, lanes)
    assert found.kept >= 3 and bytes_below(one) == bytes_below(two)


def test_only_one_module_knows_the_cluster_s_library() -> None:
    rooms = Path(rerun_module.__file__).parents[1]
    knowing = [path.name for path in rooms.rglob("*.py") if "distributed" in path.read_text(encoding="utf-8")]
    assert knowing == ["cluster.py"]
