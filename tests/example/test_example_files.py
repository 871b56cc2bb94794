"""The committed workbooks of the example are those that its text draws."""

import hashlib
from pathlib import Path

import pytest

from antq_review.shipped import example_folder
from tools.draw_example import EXAMPLES, draw_year

DRAWN = draw_year(EXAMPLES / "nguon" / "truong_mau" / "2026")


@pytest.mark.parametrize("name", sorted(DRAWN), ids=str)
def test_drawn_again_gives_the_same_bytes(name: Path) -> None:
    committed = example_folder() / name
    assert committed.is_file(), "run tools/draw_example.py"
    assert hashlib.sha256(committed.read_bytes()).digest() == hashlib.sha256(DRAWN[name]).digest(), "run tools/draw_example.py"


def test_nothing_else_lies_in_the_folder() -> None:
    found = {path.relative_to(example_folder()) for path in example_folder().rglob("*") if path.is_file()}
    assert found == set(DRAWN)
