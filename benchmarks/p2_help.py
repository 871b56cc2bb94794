"""P2: `antq --help` against the import of its terminal library alone."""

from __future__ import annotations

from collections.abc import Iterator

from figure import Line, pairs, python

TITLE = "`antq --help`"
_HEAVY = ("pandas", "matplotlib", "papermill", "nbconvert", "openpyxl", "numpy")
_LOADED = f"""
import contextlib, io, sys
from antq_review import cli
with contextlib.redirect_stdout(io.StringIO()):
    cli.run(["--help"])
sys.exit(len(set({_HEAVY!r}) & set(sys.modules)))
"""


def lines(quick: bool) -> Iterator[Line]:
    found = pairs(lambda: python("-m", "antq_review", "--help"), lambda: python("-c", "import typer"), quick)
    yield found.line(TITLE, "import typer", 1.5)
    try:
        python("-c", _LOADED)
        loaded = 0
    except RuntimeError:
        loaded = 1
    yield Line("heavy libraries loaded by it", str(loaded), ", ".join(_HEAVY[:4]), None, "none", not loaded)
