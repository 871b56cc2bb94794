"""The notebook “Tự khám phá”: its ten recipes run on the example and on a school that has written nothing, and are short."""

import ast
from io import BytesIO
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from PIL import Image as Picture

from antq_review.publish.figures.bars import bars_figure
from antq_review.publish.notebook.explore import show_bars
from antq_review.publish.notebook.run import execute
from antq_review.shipped import shipped
from tests.ingest.corpus import clean, write

NAME = "6_tu_kham_pha.ipynb"


def book() -> nbformat.NotebookNode:
    return nbformat.read(shipped("notebooks") / NAME, as_version=4)


def test_ten_recipes_of_three_to_five_lines_each_with_a_sentence_and_a_figure() -> None:
    title, parameters, load, *rest = book().cells
    assert title.source.startswith("# Tự khám phá") and "parameters" in parameters.metadata["tags"] and "import pandas" in load.source
    texts, codes = rest[::2], rest[1::2]
    assert len(codes) == 10 and all(cell.outputs == [] for cell in codes)
    for place, (text, code) in enumerate(zip(texts, codes, strict=True), start=1):
        assert text.source.startswith(f"## {place}. ") and text.source.count("\n\n") == 1
        assert 3 <= len(code.source.splitlines()) <= 5 and code.source.splitlines()[-1].startswith("antq.show_bars(")
        kinds = (ast.For, ast.FunctionDef, ast.ListComp, ast.Lambda)
        assert not [node for node in ast.walk(ast.parse(code.source)) if isinstance(node, kinds)]


@pytest.mark.parametrize("school", ["example", "nothing_written"])
def test_it_runs_to_the_end(school: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm_kernel: None) -> None:
    folder = "" if school == "example" else str(write(tmp_path / "trường", clean()))
    monkeypatch.chdir(tmp_path)  # two files are written where the notebook lies
    done = execute(shipped("notebooks") / NAME, {"folder": folder})
    figures = [out for cell in done.cells for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]
    assert (len(figures) == 10) if school == "example" else figures


def test_a_bar_is_as_long_as_its_number_and_what_is_unknown_has_none() -> None:
    known, unknown = pd.Series([2.0, None], ["a", "b"], dtype="Float64"), pd.Series([None], ["a"], dtype="Float64")
    drawn, again = bars_figure(known, "Thử"), bars_figure(known, "Thử")
    assert drawn is not None and again is not None and drawn.png() == again.png(), "the same bytes again"
    assert bars_figure(unknown, "Thử") is None and bars_figure(pd.DataFrame(), "Thử") is None
    assert "không có số nào" in show_bars(unknown, "Thử").data


def test_many_columns_are_one_figure() -> None:
    table = pd.DataFrame({f"Đơn vị có tên dài số {number}": [1, 2, 3] for number in range(9)}, index=["2026-01", "2026-02", "2026-03"])
    drawn = bars_figure(table, "Hoạt động")
    assert drawn is not None
    assert Picture.open(BytesIO(drawn.png())).size[0] == 1290
