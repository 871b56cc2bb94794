"""P5: 10,000 activities in one folder: the whole process against openpyxl over the same rows, memory a row, and growth.

openpyxl reads each workbook once, read-only, without the sheets' own dimensions: the grown workbooks keep that of the example.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import OWN_PEAK, Line, environment, growth, measured, pairs, python, seconds
from school import with_activities

from antq_review.shipped import example_folder

TITLE = "10,000 activities in one folder"
_READ = """import sys, pathlib; from antq_review.forms.rows.evidence import Activity; from antq_review.scoring.pipeline import read_folder
rows = len(read_folder(pathlib.Path(sys.argv[1])).of(Activity))
assert rows >= 0.98 * int(sys.argv[2]), rows  # the example has a row of another year, which is not counted"""
_FLOOR = """import sys, pathlib, openpyxl
rows = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("3_hoat_dong_*.xlsx")):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for page in book:
        page.reset_dimensions()
        rows += sum(any(value is not None for value in row) for row in page.iter_rows(values_only=True))
    book.close()
assert rows >= int(sys.argv[2]), rows"""
_TIMED = """import pathlib; from antq_review.scoring.pipeline import read_folder
read_folder(pathlib.Path(arguments[0]))"""
_FILES = 6
GROWTH = 500, 1_000, 5_000, 20_000


def _folder(at: Path, rows: int) -> str:
    """The example school with `rows` activities in six workbooks; the evidence files that they name are there."""
    shutil.copytree(example_folder(), at, ignore=shutil.ignore_patterns("3_hoat_dong*"))
    each = rows // _FILES + 1
    for number in range(_FILES):
        with_activities(at / f"3_hoat_dong_{number}.xlsx", each, number * each)
    return str(at)


def _parent_peak(folder: str, rows: int) -> int:
    """Peak bytes of the reading process alone; its worker has a limit of its own."""
    program = f"{OWN_PEAK}\n{_READ}\nprint(own_peak())"
    done = subprocess.run([sys.executable, "-c", program, folder, str(rows)], env=environment(), capture_output=True, text=True, check=True)
    return int(done.stdout)


def lines(quick: bool) -> Iterator[Line]:
    rows, sizes = (1_000, GROWTH[:2]) if quick else (10_000, GROWTH)
    what = f"{rows:,} activities in one folder"
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        whole, few = _folder(Path(place) / "whole", rows), _folder(Path(place) / "few", rows // 10)
        found = pairs(lambda: python("-c", _READ, whole, str(rows)), lambda: python("-c", _FLOOR, whole, str(rows)), quick)
        yield found.line(what, "openpyxl read-only, once, same rows", 1.3)
        row = (_parent_peak(whole, rows) - _parent_peak(few, rows // 10)) / (0.9 * rows * 1024)
        above = "peak of the parent above a tenth of the rows"
        yield Line(what + ", memory a row", f"{row:.1f} KiB", above, row / 4.5, "<= 4.5 KiB", row <= 4.5)
        taken = [measured(_TIMED, _folder(Path(place) / str(size), size))[0] for size in sizes]
    slope, shown = growth(sizes, taken), ", ".join(map(seconds, taken))
    what = f"growth of reading, {sizes[0]:,} to {sizes[-1]:,} rows, CPU"
    yield Line(what, shown, "exponent: slope of the logarithms", slope, "<= 1.1", slope <= 1.1)
