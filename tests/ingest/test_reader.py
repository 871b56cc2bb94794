"""The worker may die or stall; the next file is read by a new one, and nothing is left behind or printed."""

import json
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from antq_review.forms.rows.evidence import Activity
from antq_review.ingest import read, reader
from antq_review.shipped import example_folder
from tests.ingest.corpus import ACTIVITIES, activities, clean, codes, head, write

#: A worker that does by name what a parser may do: die without a word, die in the middle of a line, stall, talk nonsense,
#: take all memory, take so long that the file is saved again meanwhile.
STAND_IN = """
    import json, os, sys, time, types
    from pathlib import Path
    sys.path.insert(0, {house!r})
    sys.modules["antq_review.ingest"] = room = types.ModuleType("antq_review.ingest")
    room.__path__ = [{house!r} + "/antq_review/ingest"]
    from antq_review.ingest import excel, worker

    worker._bound_memory()
    honest = excel.read_workbook
    ways = {{
        "greedy": lambda path: iter([len(bytearray(500 << 20))]),
        "changing": lambda path: os.utime(path, (1, 1)) or iter([]),
        "broken": lambda path: [][0],
    }}

    def say(line):
        sys.stdout.write(json.dumps(line) + "\\n")

    for request in sys.stdin:
        path = Path(json.loads(request))
        way = path.stem.partition("_")[2]
        if way == "abort":
            say({{"sheet": "A", "hidden": False}})
            sys.stdout.write('[1,[[1,"s","cut o')
            sys.stdout.flush()
            sys.stderr.write("Fatal Python error: Aborted\\n")
            os.abort()
        if way == "exit":
            os._exit(0)
        if way == "stall":
            time.sleep(60)
        if way == "nonsense":
            sys.stdout.write("Traceback (most recent call last):\\n")
        else:
            excel.read_workbook = ways.get(way, honest)
            say(worker._verdict(path, say))
        sys.stdout.flush()
"""
FAULTS = {
    "abort": "file_crashed", "exit": "file_crashed", "nonsense": "file_crashed", "greedy": "file_too_big",
    "changing": "file_changing", "broken": "file_damaged",
}
if sys.platform == "win32":  # has no limit of memory
    del FAULTS["greedy"]


def children() -> set[int]:
    """Processes that this one has started and that still run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if fields[1] == str(os.getpid()):
            found.add(int(stat.parent.name))
    return found


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    script = tmp_path / "stand_in.py"
    house = str(Path(reader.__file__).resolve().parents[2])
    script.write_text(textwrap.dedent(STAND_IN).format(house=house), encoding="utf-8")
    monkeypatch.setattr(reader, "WORKER", script)
    return tmp_path / "folder"


def test_a_worker_that_dies_costs_its_file_only(stand_in, capfd):
    before = children()
    files = {f"{number}_{fault}.xlsx": activities() for number, fault in enumerate(FAULTS)}
    files |= {f"{number}_good.xlsx": activities([ACTIVITIES[number]], head(f"Tổ {number}")) for number in range(4)}
    evidence = read(write(stand_in, files | {"1_nha_truong.xlsx": clean()["1_nha_truong.xlsx"]}))
    assert len(evidence.of(Activity)) == 4
    for number, (fault, code) in enumerate(FAULTS.items()):
        name = f"{number}_{fault}.xlsx"
        assert [entry.code for entry in evidence.problems if entry.file == name] == [code]
        assert name in evidence.unread_files
    assert children() == before
    assert not [thread for thread in threading.enumerate() if thread.name.endswith("(_listen)")]
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_stalls_is_stopped(stand_in, capfd):
    before = children()
    write(stand_in, {"a_stall.xlsx": activities(), "b.xlsx": activities([ACTIVITIES[0]])})
    books = list(reader.read_books(sorted(stand_in.iterdir()), file_seconds=3))
    assert [book.fault for book in books] == ["file_too_slow", None]
    assert books[0].sheets == [] and books[1].sheets
    assert children() == before
    assert capfd.readouterr() == ("", "")


def test_reading_that_is_broken_off_leaves_nothing(tmp_path, monkeypatch):
    before, asked, ask = children(), [], reader._Worker.ask
    monkeypatch.setattr(reader._Worker, "ask", lambda worker, path: (asked.append(path), ask(worker, path)))
    paths = sorted(write(tmp_path, clean()).iterdir())
    books = reader.read_books(paths)
    next(books)
    assert asked == paths[:2]  # the worker reads the next one meanwhile
    books.close()
    assert children() == before
    assert not [thread for thread in threading.enumerate() if thread.name.endswith("(_listen)")]


def test_a_worker_that_starts_early_is_the_one_that_reads(tmp_path, monkeypatch):
    before, started = children(), []
    monkeypatch.setattr(reader, "_Worker", lambda make=reader._Worker: started.append(make()) or started[-1])
    with reader.early_worker():
        assert read(write(tmp_path, clean())).profile
    assert len(started) == 1 and children() == before
    with reader.early_worker():
        pass
    assert len(started) == 2 and children() == before


def test_nothing_is_started_for_a_folder_without_workbooks(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_Worker", None)
    evidence = read(write(tmp_path, {"a.xlsx": b"", "ghi chú.txt": b"x"}))
    assert {"file_empty", "file_not_read", "no_profile"} <= codes(evidence)


def test_two_thousand_rows_are_no_trouble(tmp_path):
    day, form = ACTIVITIES[2]["held_on"], ACTIVITIES[2]["form"]
    rows = [{"held_on": day, "name": f"Hoạt động số {number}", "form": form, "grade": 9} for number in range(2000)]
    evidence = read(write(tmp_path, clean() | {"nhieu.xlsx": activities(rows, head("Tổ Tự nhiên"))}))
    assert len(evidence.of(Activity)) == 2004
    assert "file_too_big" not in codes(evidence)


def test_a_relative_folder_is_read(tmp_path, monkeypatch):
    write(tmp_path / "trường", clean())
    monkeypatch.chdir(tmp_path)
    assert len(read(Path("trường")).rows("activities")) == 4


def test_reading_loads_neither_the_judge_nor_a_library_that_opens_workbooks():
    """Each takes longer to load than the rest of reading takes."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom antq_review.scoring.pipeline import read_folder\n"
        "assert read_folder(Path(sys.argv[1])).profile\n"
        "no_reader = {'openpyxl', 'numpy', 'pandas', 'typer', 'antq_review.scoring.summary', 'antq_review.scoring.model.review'}\n"
        "sys.exit(f'loaded: {loaded}' if (loaded := no_reader & set(sys.modules)) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(example_folder())], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_worker_loads_neither_the_models_nor_the_texts():
    """It starts for every folder, and under a limit of memory."""
    program = (
        "import io, json, runpy, sys\nfrom pathlib import Path\n"
        "sys.stdin, kept = io.StringIO(json.dumps(sys.argv[2]) + '\\n'), sys.stdout\nsys.stdout = io.StringIO()\n"
        "runpy.run_path(sys.argv[1], run_name='__main__')\n"
        "assert json.loads(sys.stdout.getvalue().splitlines()[-1])['verdict'] == 'ok', sys.stdout.getvalue()\n"
        "loaded = sorted(name for name in sys.modules if name.startswith(('pydantic', 'antq_review')))\n"
        "print(json.dumps(loaded), file=kept)"
    )
    worker, book = Path(reader.__file__).with_name("worker.py"), example_folder() / "1_nha_truong.xlsx"
    done = subprocess.run([sys.executable, "-c", program, str(worker), str(book)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "antq_review.ingest.excel" in loaded
    assert not {name for name in loaded if name.startswith(("pydantic", "antq_review.text", "antq_review.forms"))}


def test_a_file_replaced_between_hashing_and_reading_is_not_read(tmp_path, monkeypatch):
    """Its hash would be that of one file, its rows those of another."""
    path = tmp_path / "3_hoat_dong.xlsx"
    path.write_bytes(activities())
    checked = reader.refusal

    def replaced(given, *rest):
        found = checked(given, *rest)
        os.utime(given, ns=(1, 1))
        return found

    monkeypatch.setattr(reader, "refusal", replaced)
    (book,) = reader.read_books([path])
    assert (book.fault, book.sheets) == ("file_changing", [])
