"""Every job of the tool, cut off at its file operations and on a disk that fills up: the old result or the new one, whole.

The suite tries some points of each job; `python3 run.py test --long` tries all of them.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from antq_review.page.receive import Incoming, settle_conflict, waiting
from antq_review.places.lock import locked
from antq_review.publish.archive.archive import archive
from antq_review.publish.excel.annex import workbook
from antq_review.publish.notebook import compare_report, year_report
from antq_review.publish.output import check_job, form_job
from antq_review.publish.output.check_job import write_check
from antq_review.publish.output.comparison_job import publish_comparison
from antq_review.publish.output.review_job import publish
from antq_review.publish.word import dossier_job
from antq_review.publish.word.dossier_job import Order, write_dossier
from antq_review.scoring import summary
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder
from tests.once import no_steps
from tests.places.cut_off import Counted, End, Watched, drawing, left_out, operations, run, small_process

LONG = bool(os.environ.get("ANTQ_LONG"))
#: Points between two tries in the short table, and where each of the three kinds of fault begins.
STEP = 23
CODE = "00123456"
#: In the whole table, of the operations that draw a document in a temporary folder, which touch no result, one in so many is tried.
DRAWN_STEP = 12
#: The kinds of fault: killed before an operation, the disk full from it on, no room for it alone.
HOW = ("kill", "full", "once")
Job = Callable[[Path], object]


@pytest.fixture(scope="module")
def small() -> Iterator[Executor]:
    with small_process() as process:
        yield process


@cache
def jobs() -> dict[str, tuple[Job, Job]]:
    """Name → the job that leaves the old result, the job that is cut off."""
    folder = example_folder()
    evidence = read_folder(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "to_do", no_steps)
        before = review_evidence(read_folder(folder.with_name("2025")), date(2025, 11, 16))
        early, now = review_evidence(evidence, date(2026, 11, 1)), review_evidence(evidence, date(2026, 11, 16))
    final = now.model_copy(update={"draft": False})
    early_final = final.model_copy(update={"as_of": date(2026, 11, 1)})
    faultless = replace(evidence, problems=evidence.problems[:1])
    papers, more = Order(("D7",)), Order(("D7", "D1"))

    def year_and_final(out: Path) -> None:
        publish(early, out)
        publish(early_final, out)

    return {
        "review": (lambda out: publish(early, out), lambda out: publish(now, out)),
        "final": (year_and_final, lambda out: publish(final, out)),
        "check": (lambda out: write_check(evidence, folder, out), lambda out: write_check(faultless, folder, out)),
        "dossier": (lambda out: write_dossier(early, None, papers, out), lambda out: write_dossier(now, before, more, out)),
        "compare": (lambda out: publish_comparison([before, early], out), lambda out: publish_comparison([before, now], out)),
        "archive": (lambda out: publish(now, out), lambda out: archive(folder, evidence, out, date(2026, 11, 20))),
    }


def drawn_once(monkeypatch: pytest.MonkeyPatch, room: Any, name: str, key: Callable[..., object]) -> None:
    """The function is called once for each key, and by a process that is cut off while it runs.

    To others it gives what it gave, and its operations count: it draws in a temporary folder that is gone afterwards.
    """
    function, here, kept = getattr(room, name), os.getpid(), {}

    def call(*args: object) -> Any:
        found = kept.get(key(*args))
        if os.getpid() != here:
            return found[1] if found is not None and left_out(found[2]) else drawing(lambda: function(*args))
        if found is None:
            before, made = Watched.watch(), function(*args)
            # the arguments are kept, so that no other object has their identity
            found = kept[key(*args)] = (args, made, Watched.watch() - before)
        return found[1]

    monkeypatch.setattr(room, name, call)


def with_small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages need a kernel and are made in a temporary folder, not in the results: here they are small."""

    def page(review, out, before=None, kernel=None, **_):
        (out / "bao_cao.html").write_text(str(review.as_of), encoding="utf-8")

    def side_by_side(reviews, out, step=None, kernel=None, **_):
        (out / "so_sanh.html").write_text(str(reviews[-1].as_of), encoding="utf-8")

    monkeypatch.setattr(year_report, "write_report", page)
    if LONG:
        drawn_once(monkeypatch, workbook, "annex", lambda review, before, *_: (id(review), id(before)))
        drawn_once(monkeypatch, dossier_job, "fill", lambda content, fields, name: (content, str(fields), name))
        drawn_once(monkeypatch, check_job, "check_files", lambda found, *_: id(found))
    else:  # drawing a workbook writes many files of the library's own
        monkeypatch.setattr(workbook, "annex", lambda review, *_: str(review.as_of).encode())
        monkeypatch.setattr(dossier_job, "load_form", cache(dossier_job.load_form))
        monkeypatch.setattr(dossier_job, "fill", lambda content, fields, name: str(fields).encode())
        monkeypatch.setattr(check_job, "check_files", lambda found, *_: {f"{at}.xlsx": b"x" for at in range(len(found.problems))})
        monkeypatch.setattr(check_job, "outdated", lambda target, made: sorted({path.name for path in target.glob("*")} - set(made)))
    monkeypatch.setattr(compare_report, "write_comparison", side_by_side)


def state(out: Path) -> dict[str, str]:
    """What a reader of the results sees; a manifest has a clock in it, or the hash of one: only its being there counts."""
    return {
        path.relative_to(out).as_posix(): "" if "manifest" in path.name else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not any(part.startswith(".antq-") for part in path.relative_to(out).parts)
    }


@pytest.mark.parametrize("name", ["review", "final", "check", "dossier", "compare", "archive"])
def test_the_old_result_or_the_new_one_is_whole_and_the_next_run_works(small, tmp_path, name):
    small.submit(try_result, tmp_path, name).result()


def try_result(tmp_path: Path, name: str) -> None:
    first, second = jobs()[name]
    with pytest.MonkeyPatch.context() as patch:
        with_small_pages(patch)
        first(tmp_path / "cũ")
        shutil.copytree(tmp_path / "cũ", tmp_path / "mới", symlinks=True)
        second(tmp_path / "mới")
        shutil.copytree(tmp_path / "cũ", tmp_path / "đếm", symlinks=True)
        counted = operations(lambda: second(tmp_path / "đếm"))
        for how in HOW:
            _try_result(tmp_path, second, counted, name, how)


def _try_result(tmp_path: Path, second: Job, counted: Counted, name: str, how: str) -> None:
    old, new, (total, drawn) = state(tmp_path / "cũ"), state(tmp_path / "mới"), counted
    assert old != new
    ends = []
    begin, step = (1, 1) if LONG else (1 + HOW.index(how) * 5, STEP if name != "archive" else 4 * STEP)
    for count in [*range(begin, total + 1, step), total + 1]:
        if count in drawn and count % DRAWN_STEP:
            continue
        out = tmp_path / str(count)
        shutil.copytree(tmp_path / "cũ", out, symlinks=True)
        end = run(lambda out=out: second(out), count, how)
        ends.append(end)
        for place in (out / CODE / "2026", out / CODE / "so_sanh"):
            if place.exists():
                with locked(place):  # whoever comes next finishes or undoes
                    pass
        assert state(out) == (new if end is End.DONE else old) or (end is End.KILLED and state(out) == new), (how, count, end)
        if end is not End.DONE and state(out) == old:
            second(out)
        assert state(out) == new, (how, count)
        assert [str(path) for path in out.rglob(".antq-*")] == [], (how, count)
        shutil.rmtree(out)
    assert how == "once" or ends[-1] is End.DONE, how
    if LONG:
        print(
            f"{name} | {how} | {total} file operations, {len(drawn)} of them drawing | {len(ends)} points: "
            f"{ends.count(End.KILLED)} killed, {ends.count(End.REFUSED)} refused, {ends.count(End.DONE)} done, 0 mixed", flush=True,
        )


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", ["cells", "received"])
def test_a_form_of_the_school_is_whole_under_its_name_at_every_moment(small, tmp_path, name, how):
    small.submit(try_form, tmp_path, name, how).result()


def try_form(tmp_path: Path, name: str, how: str) -> None:
    """What writes into a form, and a received form that takes the place of another: the old one or the new one, and no byte is lost."""
    old, new = (example_folder() / "3_hoat_dong_To_Tu_nhien.xlsx").read_bytes(), (example_folder() / "3_hoat_dong_Doi.xlsx").read_bytes()

    def work(folder: Path) -> object:
        form = folder / "a.xlsx"
        if name == "cells":
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(form_job, "filled_in", lambda *_: new)
                return form_job.write_cells(form, hashlib.sha256(old).hexdigest(), (), lambda _: True)
        incoming = Incoming(folder, "a.xlsx")
        incoming.take(new)
        assert incoming.keep().outcome == "conflict"
        return settle_conflict(waiting(folder)[0], "replace")

    def fresh(number: object) -> Path:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.xlsx").write_bytes(old)
        return folder

    total, _ = operations(lambda: work(fresh("đếm")))
    assert total >= 6
    for count in range(1, total + 2):
        folder = fresh(count)
        end = run(lambda folder=folder: work(folder), count, how)
        form_job.sweep_forms(folder)
        stands = (folder / "a.xlsx").read_bytes()
        kept = [path.read_bytes() for path in (folder / "da_thay").glob("*") if path.is_file()]
        assert {path.read_bytes() for path in (folder / "da_thay").glob("cho_*/*")} <= {new}, "what waits for a decision is whole"
        assert stands == new if end is End.DONE else stands in (old, new), (count, end)
        assert old in (stands, *kept) and set(kept) <= {old}, count
        assert end is not End.REFUSED or (stands == old and kept == []), count
        assert list(folder.rglob(".antq-*")) == [], count
        if stands == old:
            work(folder)
            assert (folder / "a.xlsx").read_bytes() == new
        shutil.rmtree(folder)
