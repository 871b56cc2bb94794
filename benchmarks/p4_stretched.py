"""P4: reading a sheet that is formatted down to its last row.

Its time beyond that of the same workbook trimmed, against inflating its XML once; its memory against the trimmed workbook's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from figure import QUICK_ROUNDS, ROUNDS, Line, Pairs, mebibytes, peak
from school import GROWN, SHEET, stretched

from antq_review.shipped import example_folder

TITLE = "a workbook with 1,048,576 rows in use"
_READ = """from pathlib import Path; from antq_review.ingest.reader import read_books
(book,) = read_books([Path(arguments[0])])
assert book.fault is None and book.sheets, book"""
_INFLATE = f"""from zipfile import ZipFile
with ZipFile(arguments[0]).open("{SHEET}") as part:
    while part.read(1 << 18): pass"""


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as folder:
        far, near = str(stretched(Path(folder) / "far.xlsx")), str(example_folder() / GROWN)
        peak(_READ, far)
        rounds = [
            (peak(_READ, far), peak(_READ, near), peak(_INFLATE, far)) for _ in range(QUICK_ROUNDS if quick else ROUNDS)
        ]
    times = Pairs(tuple(whole[0] - trimmed[0] for whole, trimmed, _ in rounds), tuple(floor[0] for *_, floor in rounds))
    yield times.line(TITLE + ", time beyond the trimmed", "inflating its XML once", 2)
    ours, floor = (median(pair[side][1] for pair in rounds) for side in (0, 1))
    ratio = median(pair[0][1] / pair[1][1] for pair in rounds)
    yield Line(TITLE + ", memory", mebibytes(ours), f"{mebibytes(floor)} the same, trimmed", ratio, "<= 1.5x", ratio <= 1.5)
