"""P14: a warm `antq check` of the example, whole process, against reading the folder alone (the process of P3)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from figure import Line, pairs, python
from p3_read import OURS

from antq_review.shipped import example_folder

TITLE = "`antq check` of the example, whole process"


def lines(quick: bool) -> Iterator[Line]:
    folder = str(example_folder())
    with tempfile.TemporaryDirectory(prefix="antq-") as out:
        found = pairs(
            lambda: python("-m", "antq_review", "check", folder, "--out", out, accepted=(0, 1)), lambda: python("-c", OURS, folder), quick
        )
    yield found.line(TITLE, "reading the folder alone (P3)", 1.2)
