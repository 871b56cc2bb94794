"""P1: a whole review of one school against bare papermill and nbconvert, on a notebook that only imports and on an empty one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace

from figure import Line, Pairs, in_turns, python

TITLE = "one school, whole `antq demo`"
_FLOOR = """
import papermill, nbformat, sys
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
done = papermill.execute_notebook(
    new_notebook(cells=[new_code_cell(code) for code in sys.argv[1:]], metadata={"kernelspec": kernel}), None,
    kernel_name="python3", progress_bar=False,
)
HTMLExporter().from_notebook_node(done)
"""


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as out:
        ours, imports, empty = in_turns(
            quick, lambda: python("-m", "antq_review", "demo", "--out", out),
            lambda: python("-c", _FLOOR, "import pandas", "import matplotlib.pyplot"), lambda: python("-c", _FLOOR),
        )
    yield Pairs(ours, imports).line(TITLE, "papermill + nbconvert, import-only notebook", 1.4)
    against = Pairs(ours, empty).line(TITLE, "the same, empty notebook", 1.4)
    yield replace(against, goal="no goal", met=True)
