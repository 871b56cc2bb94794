"""The committed workbooks, blank and of the example, are those that the row models and the text draw."""

from pathlib import Path

import pytest

from tools.draw_templates import DATA_TEMPLATES, drawn


@pytest.fixture(scope="module")
def fresh() -> dict[Path, bytes]:
    return drawn()


def test_drawn_again_gives_the_same_bytes(fresh: dict[Path, bytes]) -> None:
    committed = {path.relative_to(DATA_TEMPLATES): path for path in DATA_TEMPLATES.rglob("*") if path.is_file()}
    missing = [str(name) for name in fresh if name not in committed]
    other = [str(name) for name, content in fresh.items() if name in committed and committed[name].read_bytes() != content]
    assert (missing, other) == ([], []), "run tools/draw_templates.py"


def test_nothing_else_lies_in_the_folder(fresh: dict[Path, bytes]) -> None:
    found = {path.relative_to(DATA_TEMPLATES) for path in DATA_TEMPLATES.rglob("*") if path.is_file()}
    assert {name for name in found if "nguon" not in name.parts} == set(fresh)
