"""P3: reading a folder with all its checks against two bare passes of openpyxl over the same files. Whole processes."""

from __future__ import annotations

from collections.abc import Iterator

from figure import Line, pairs, python

from antq_review.shipped import example_folder

TITLE = "reading a folder, all checks, whole process"
OURS = """
import sys
from pathlib import Path
from antq_review.scoring.pipeline import read_folder
assert read_folder(Path(sys.argv[1])).profile
"""
_FLOOR = """
import sys
from pathlib import Path
import openpyxl
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    for data_only in (True, False):
        book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
        for page in book:
            for row in page.iter_rows(values_only=True):
                pass
        book.close()
"""


def lines(quick: bool) -> Iterator[Line]:
    folder = str(example_folder())
    found = pairs(lambda: python("-c", OURS, folder), lambda: python("-c", _FLOOR, folder), quick)
    yield found.line(TITLE, "two openpyxl read-only passes", 0.75)
