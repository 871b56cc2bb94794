"""A folder full of broken and hostile files: each is refused by name, the good ones are read, nothing is changed or left over."""

import hashlib
import os
import sys
import threading
import time

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest import read, reader
from tests.ingest import cells, hostile_forms, hostile_parts
from tests.ingest.corpus import activities, clean, head, write
from tests.ingest.hostile import FILES

#: Importing them has added their files.
assert hostile_forms and hostile_parts


def digest(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


class Run:
    """One reading of the whole corpus, with the seconds each file took and the memory its workers used."""

    def __init__(self, folder):
        self.peaks, self.seconds, self.begun = [], [], time.monotonic()
        self.before = digest(folder)
        with pytest.MonkeyPatch.context() as patch:
            stop = reader._Worker.stop
            patch.setattr(reader._Worker, "stop", lambda worker: (self.measure(worker), stop(worker)))
            self.evidence = read(folder, progress=self.tick)
        self.after = digest(folder)
        files = [record.name for record in self.evidence.files]
        self.took = dict(zip(files, self.seconds, strict=True))

    def tick(self, done, total):
        self.seconds.append(time.monotonic() - self.begun)
        self.begun = time.monotonic()

    def measure(self, worker):
        status = f"/proc/{worker.process.pid}/status"
        if os.path.exists(status):
            with open(status, encoding="utf-8") as lines:
                self.peaks += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]

    def said(self, file):
        return {entry.code for entry in self.evidence.problems if entry.file == file}

    def rows(self, file):
        return [row for row in self.evidence.of(Activity) if row.file == file]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("hostile"), {name: make() for name, (make, _) in FILES.items()} | clean())
    (folder / "cells.xlsx").write_bytes(cells.workbook())
    (folder / "folder.xlsx").mkdir()
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "link_to_nothing.xlsx").symlink_to("nothing.xlsx")
    return Run(folder)


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_refused_by_name(run, name):
    says = FILES[name][1]
    if says is None:
        assert [row.values.present for row in run.rows(name)] == [620]
    else:
        assert says in run.said(name)
        good = {"heading_twice": 1, "merged_downwards": 1}.get(name.removesuffix(".xlsx"), 0)
        assert len(run.rows(name)) == good
    if says and says.startswith("file_"):
        assert run.said(name) == {says}
        assert name in run.evidence.unread_files


def test_the_good_files_of_the_folder_are_read(run):
    assert len(run.rows("3_hoat_dong.xlsx")) == 4
    assert run.evidence.profile.school_code == "00123456"


def test_every_file_is_counted_or_named(run):
    named = {entry.file for entry in run.evidence.problems} | {record.name for record in run.evidence.files}
    assert set(run.before) <= named


def test_what_is_no_file_is_not_waited_for(run):
    assert run.said("pipe.xlsx") == run.said("link_to_nothing.xlsx") == {"file_empty"}


def test_nothing_takes_long(run):
    slow = {name: round(seconds, 1) for name, seconds in run.took.items() if seconds > 10}
    assert slow == {}


def test_nothing_takes_much_memory(run):
    if sys.platform == "linux":
        assert 0 < max(run.peaks) < 450 << 20


def test_the_folder_is_not_touched(run):
    assert run.before == run.after


def test_nothing_is_left_behind(run):
    assert [thread.name for thread in threading.enumerate() if "_listen" in thread.name] == []


@pytest.mark.parametrize("name", [*cells.CELLS, *cells.FORMATTED])
def test_the_cell_is_refused_where_it_stands(run, name):
    field, code = cells.CELLS[name][::2] if name in cells.CELLS else cells.FORMATTED[name][::3]
    at = {"more_than_expected": "present"}.get(name, field)
    place = cells.place(name, at)
    found = [entry for entry in run.evidence.problems if entry.file == "cells.xlsx" and place in entry.cells]
    assert [entry.code for entry in found] == [code]
    assert found[0].sheet == "Hoạt động" and len(str(found[0].says)) < 1000
    assert name not in {row.values.name for row in run.rows("cells.xlsx")}
    assert place in {ref.cell for ref in run.evidence.refused("activities") if ref.file == "cells.xlsx"}


@pytest.mark.parametrize("name", cells.VISIBLE)
def test_the_text_is_read_with_its_dangers_visible(run, name):
    numbers = {row.number: row.values.name for row in run.rows("cells.xlsx")}
    assert numbers[int(cells.place(name, "name")[1:])] == cells.VISIBLE[name][1]


def test_the_good_row_among_bad_ones_is_read(run):
    names = {row.values.name for row in run.rows("cells.xlsx")}
    assert "good" in names and len(names) == len(cells.VISIBLE) + 1


def test_two_schools_are_refused(tmp_path):
    from antq_review.errors import CannotDo
    from tests.ingest.corpus import school

    write(tmp_path, {"a.xlsx": school(), "b.xlsx": school(school_code="00999999", name="Trường khác")})
    with pytest.raises(CannotDo, match="00123456, 00999999"):
        read(tmp_path)


def test_two_profiles_that_differ_leave_open_what_they_differ_in(tmp_path):
    from tests.ingest.corpus import school

    evidence = read(write(tmp_path, {"a.xlsx": school(), "b.xlsx": school(has_guard_force="Không")}))
    assert evidence.profile.has_guard_force is None and evidence.profile.year == 2026
    assert "profile_differs" in {entry.code for entry in evidence.problems}


def test_two_profiles_of_two_years_are_no_profile(tmp_path):
    from tests.ingest.corpus import school

    evidence = read(write(tmp_path, {"a.xlsx": school(), "b.xlsx": school(year=2025)}))
    assert evidence.profile is None


def test_contradicting_rows_count_neither(tmp_path):
    files = clean() | {"to.xlsx": activities([{**cells.GOOD, "name": "Chuyên đề"}], head("Tổ Tự nhiên"))}
    files["doi.xlsx"] = activities([{**cells.GOOD, "name": "Chuyên đề", "present": 11}], head("Đội"))
    evidence = read(write(tmp_path, files))
    assert "Chuyên đề" not in {row.values.name for row in evidence.of(Activity)}
    said = [entry for entry in evidence.problems if entry.code == "rows_disagree"]
    assert {entry.file for entry in said} == {"to.xlsx", "doi.xlsx"}
    assert any("doi.xlsx" in str(entry.says) for entry in said) and any("to.xlsx" in str(entry.says) for entry in said)


def test_a_code_used_twice_names_both_places(tmp_path):
    rows = [{**cells.GOOD, "name": name, "id": code} for name, code in (("Một", "HD-09"), ("Hai", "hd-09\u200b "))]
    evidence = read(write(tmp_path, clean() | {"to.xlsx": activities(rows, head("Tổ Tự nhiên"))}))
    (said,) = [entry for entry in evidence.problems if entry.code == "code_twice"]
    assert said.place == "to.xlsx › Hoạt động › A15, «Mã hoạt động»" and "dòng 14" in str(said.says)


def test_a_received_module_is_not_run(tmp_path, monkeypatch):
    write(tmp_path, clean() | {"zipfile.py": b"open('ran', 'w').close()", "json.py": b"open('ran', 'w').close()"})
    monkeypatch.chdir(tmp_path)
    assert len(read(tmp_path).rows("activities")) == 4
    assert not (tmp_path / "ran").exists()
