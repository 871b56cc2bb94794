"""P1: a whole review of one school against bare papermill and nbconvert on a notebook that only imports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from figure import Line, pairs, python

TITLE = "one school, whole `antq demo`"
_FLOOR = """
import papermill, nbformat
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
cells = [new_code_cell("import pandas"), new_code_cell("import matplotlib.pyplot")]
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
done = papermill.execute_notebook(
    new_notebook(cells=cells, metadata={"kernelspec": kernel}), None, kernel_name="python3", progress_bar=False
)
HTMLExporter().from_notebook_node(done)
"""


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as out:
        found = pairs(
            lambda: python("-m", "antq_review", "demo", "--out", out, accepted=(0, 1)), lambda: python("-c", _FLOOR), quick
        )
    yield found.line(TITLE, "papermill + nbconvert, import-only notebook", 2)
