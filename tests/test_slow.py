"""The lists of slow tests name files that are there: a renamed file would come back into the quick loop unseen."""

from pathlib import Path

import pytest

from tests.slow import LONGEST, SLOW

FILES = {path.relative_to(Path(__file__).parent).as_posix() for path in Path(__file__).parent.rglob("test_*.py")}


@pytest.mark.parametrize("name", [name for places in SLOW.values() for name in places if "/" in name or name.endswith(".py")])
def test_a_slow_file_is_there(name):
    assert any(name in file for file in FILES)


def test_the_longest_files_are_there_and_named_once():
    assert set(LONGEST) <= FILES and len(set(LONGEST)) == len(LONGEST)
