"""P7: a report on a warm kernel against one on a kernel of its own: time, and the same bytes after another report."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from figure import Line, pairs
from school import DAY, example

from antq_review.publish.notebook.kernel import own_kernel
from antq_review.publish.notebook.year_report import write_report
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import example_folder

TITLE = "a report on a warm kernel"


def lines(quick: bool) -> Iterator[Line]:
    review = example()
    other = review_evidence(read_folder(example_folder().with_name("2024")), DAY)
    with tempfile.TemporaryDirectory(prefix="antq-") as place, own_kernel() as kernel:
        cold, warm = Path(place) / "cold", Path(place) / "warm"
        write_report(other, Path(place) / "other", kernel=kernel)
        found = pairs(lambda: write_report(review, warm, kernel=kernel), lambda: write_report(review, cold), quick)
        write_report(other, Path(place) / "other", kernel=kernel)
        write_report(review, warm, kernel=kernel)
        same = all((warm / name).read_bytes() == (cold / name).read_bytes() for name in ("bao_cao.html", "bao_cao.ipynb"))
    yield found.line(TITLE, "on a kernel of its own", 0.4)
    yield Line("its bytes, after another school's report", "equal" if same else "differ", "alone", None, "equal", same)
