"""The committed workbooks, blank and of the example, are those that the row models and the text draw."""

import hashlib
from pathlib import Path

import pytest

from tools.draw_templates import DATA_TEMPLATES, drawn

DRAWN = drawn()


@pytest.mark.parametrize("name", sorted(DRAWN), ids=str)
def test_drawn_again_gives_the_same_bytes(name: Path) -> None:
    committed = DATA_TEMPLATES / name
    assert committed.is_file(), "run tools/draw_templates.py"
    assert hashlib.sha256(committed.read_bytes()).digest() == hashlib.sha256(DRAWN[name]).digest(), "run tools/draw_templates.py"


def test_nothing_else_lies_in_the_folder() -> None:
    found = {path.relative_to(DATA_TEMPLATES) for path in DATA_TEMPLATES.rglob("*") if path.is_file()}
    assert {name for name in found if "nguon" not in name.parts} == set(DRAWN)
