"""P5: 100,000 rows of evidence in one folder: peak memory against openpyxl's normal mode, and time against half as many.

Our memory is the sum of the peaks of two processes; the peer keeps all the workbooks, loaded one after the other.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line, mebibytes, peak, seconds
from school import with_activities

from antq_review.shipped import example_folder

TITLE = "100,000 rows of evidence in one folder"
_READ = """import pathlib; from antq_review.forms.rows.evidence import Activity; from antq_review.scoring.pipeline import read_folder
evidence = read_folder(pathlib.Path(arguments[0]))
rows = len(evidence.of(Activity))
assert rows >= 0.98 * int(arguments[1]), rows  # the example has a row of another year, which is not counted"""
_PEER = """from pathlib import Path; import openpyxl
books = [openpyxl.load_workbook(path) for path in sorted(Path(arguments[0]).glob("*.xlsx"))]
assert sum(page.max_row for book in books for page in book) > int(arguments[1])"""
_FILES = 6


def _folder(at: Path, rows: int) -> str:
    """A school with `rows` activities in six workbooks."""
    at.mkdir()
    shutil.copy(example_folder() / "1_nha_truong.xlsx", at)
    each = rows // _FILES + 1
    for number in range(_FILES):
        with_activities(at / f"3_hoat_dong_{number}.xlsx", each, number * each)
    return str(at)


def lines(quick: bool) -> Iterator[Line]:
    rows = 6_000 if quick else 100_000
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        whole, half = _folder(Path(place) / "whole", rows), _folder(Path(place) / "half", rows // 2)
        taken, ours = peak(_READ, whole, str(rows))
        shorter, _ = peak(_READ, half, str(rows // 2))
        loaded, floor = peak(_PEER, whole, str(rows))
    ratio = ours / floor
    what = f"{rows:,} rows of evidence in one folder"
    yield Line(what + ", memory", mebibytes(ours), f"{mebibytes(floor)} openpyxl, normal mode", ratio, "<= 0.5x", ratio <= 0.5)
    ratio = taken / shorter
    yield Line(what + ", time", seconds(taken), f"{seconds(shorter)} half as many rows", ratio, "<= 2.2x", ratio <= 2.2)
    ratio = taken / loaded
    yield Line(what + ", time, for information", seconds(taken), f"{seconds(loaded)} openpyxl, normal mode", ratio, "-", True)
