"""P16: a whole review of one school against what a user would do instead: a notebook of pandas and charts, by papermill and nbconvert.

The notebook reads the same seven workbooks and draws seven charts. It checks nothing, knows no law, and makes no annex.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from figure import Line, pairs, python
from nbformat.v4 import new_code_cell, new_notebook

from antq_review.shipped import example_folder

TITLE = "one school, whole `antq demo`"
_READ = "import pandas\nimport matplotlib.pyplot as plt"
_CHART = """
sheets = pandas.read_excel({path!r}, sheet_name=None, header=None)
pandas.Series({{name: len(frame.dropna(how="all")) for name, frame in sheets.items()}}).plot.barh(title={name!r})
plt.show()
"""


def _notebook(to: Path) -> None:
    books = sorted(example_folder().glob("*.xlsx"))
    charts = [_CHART.format(path=str(book), name=book.stem) for book in books]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=[new_code_cell(code) for code in (_READ, *charts)], metadata={"kernelspec": kernel}), to)


def lines(quick: bool) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        source, done = Path(place) / "source.ipynb", Path(place) / "done.ipynb"
        _notebook(source)

        def instead() -> None:
            python("-m", "papermill", "--no-progress-bar", str(source), str(done))
            python("-m", "nbconvert", "--to", "html", str(done))

        found = pairs(lambda: python("-m", "antq_review", "demo", "--out", str(Path(place) / "out")), instead, quick)
    yield found.line(TITLE, "papermill + nbconvert CLIs: pandas, 7 charts", 0.85)
