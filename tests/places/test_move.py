"""A set of results moves into place whole or not at all, wherever it is cut off and whenever the disk becomes full."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from antq_review.errors import CannotDo
from antq_review.files import write_whole
from antq_review.places.lock import locked
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from tests.places.cut_off import End, run, small_process

MANIFEST = "manifest.json"
OLD, NEW = {"a.html", "b.xlsx", MANIFEST}, {"a.html", "c.ics", MANIFEST}
FOREIGN = "ghi chú của tôi.txt"


def make(year: Path, text: str, names: set[str], drop: tuple[str, ...] = ()) -> None:
    with locked(year), staging(year) as workshop:
        for name in sorted(names):
            write_whole(workshop / name, text.encode("utf-8"))
        move_set(workshop, year / "du_thao", last=MANIFEST, drop=drop)


def old(year: Path) -> None:
    make(year, "cũ", OLD)
    (year / "du_thao" / FOREIGN).write_text("của tôi", encoding="utf-8")


def new(year: Path) -> None:
    make(year, "mới", NEW, drop=("b.xlsx",))


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if not path.name.startswith(".antq-")}


WHOLE_OLD = dict.fromkeys(OLD, "cũ") | {FOREIGN: "của tôi"}
WHOLE_NEW = dict.fromkeys(NEW, "mới") | {FOREIGN: "của tôi"}


@pytest.fixture(scope="module")
def small() -> Iterator[Executor]:
    with small_process() as process:
        yield process


def leftovers(year: Path) -> list[str]:
    return [str(path) for path in year.rglob(".antq-*")]


def test_old_files_go_new_ones_come_and_a_persons_file_stays(tmp_path):
    old(tmp_path)
    assert contents(tmp_path / "du_thao") == WHOLE_OLD
    new(tmp_path)
    assert contents(tmp_path / "du_thao") == WHOLE_NEW and leftovers(tmp_path) == []


@pytest.mark.parametrize("how", ["kill", "full", "once"])
def test_at_every_operation_the_old_or_the_new_and_the_next_run_works(small, tmp_path, how):
    small.submit(try_second_set, tmp_path, how).result()


def try_second_set(tmp_path: Path, how: str) -> None:
    """The table of points: n = 1, 2, … until the job runs to its end."""
    ends = []
    for count in range(1, 200):
        year = tmp_path / str(count)
        old(year)
        end = run(lambda year=year: new(year), count, how)
        ends.append(end)
        with locked(year):  # what was cut off is undone or finished by whoever comes next
            now = contents(year / "du_thao")
        assert now == WHOLE_NEW if end is End.DONE else now == WHOLE_OLD if end is End.REFUSED else now in (WHOLE_OLD, WHOLE_NEW), count
        new(year)
        assert contents(year / "du_thao") == WHOLE_NEW and leftovers(year) == [], count
        if end is End.DONE and how != "once":
            break
        if how == "once" and count > 60:
            break
    assert End.DONE in ends and (how == "once" or len(ends) > 15)
    assert how != "kill" or set(ends[:-1]) == {End.KILLED}


@pytest.mark.parametrize("how", ["kill", "full"])
def test_a_first_set_is_there_whole_or_not_at_all(small, tmp_path, how):
    small.submit(try_first_set, tmp_path, how).result()


def try_first_set(tmp_path: Path, how: str) -> None:
    for count in range(1, 100):
        year = tmp_path / str(count)
        end = run(lambda year=year: make(year, "mới", NEW), count, how)
        there = contents(year / "du_thao") if (year / "du_thao").exists() else {}
        assert there in ({}, dict.fromkeys(NEW, "mới")), count
        make(year, "mới", NEW)
        assert contents(year / "du_thao") == dict.fromkeys(NEW, "mới") and leftovers(year) == []
        if end is End.DONE:
            return
    raise AssertionError("the job never ended")


def test_a_folder_with_the_name_of_a_result_is_said_and_nothing_moves(tmp_path):
    old(tmp_path)
    (tmp_path / "du_thao" / "c.ics").mkdir()
    with pytest.raises(CannotDo, match="không phải là tệp"):
        new(tmp_path)
    assert contents_of_files(tmp_path / "du_thao") == WHOLE_OLD


def contents_of_files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    old(tmp_path)
    (tmp_path / "du_thao").chmod(0o500)
    with pytest.raises(CannotDo):
        new(tmp_path)
    (tmp_path / "du_thao").chmod(0o700)
    assert contents(tmp_path / "du_thao") == WHOLE_OLD
