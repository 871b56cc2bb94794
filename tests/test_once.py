"""What tests share is made by one of them, is whole when the others see it, and a failure is everybody's."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.once import made_once
from tests.repeated import Once


def test_four_ask_one_makes_and_all_read_the_whole(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "a").write_text("half", encoding="utf-8")
        time.sleep(0.2)
        (folder / "a").write_text("whole", encoding="utf-8")

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: (made_once(tmp_path, "x", make) / "a").read_text(encoding="utf-8"), range(4)))
    assert found == ["whole"] * 4 and len(made) == 1
    assert made_once(tmp_path, "y", make) != made[0] and len(made) == 2


def test_what_failed_is_told_to_whoever_asks_and_nobody_waits_without_end(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        made_once(tmp_path, "x", fail)
    with pytest.raises(AssertionError, match="could not be made"):
        made_once(tmp_path, "x", fail)
    (tmp_path / "made_once" / "y").mkdir()
    with pytest.raises(AssertionError, match="not finished"):
        made_once(tmp_path, "y", fail, wait=0.1)


def test_what_is_asked_again_is_done_once_and_what_changed_is_done_anew():
    done = []
    once = Once(lambda given: done.append([*given]) or len(done))
    given = [1]
    assert once(given) == once([1]) == 1
    given.append(2)
    assert once(given) == 2 and once([1]) == 1 and done == [[1], [1, 2]]
