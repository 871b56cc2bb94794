"""What tests share is made by one of them, is whole when the others see it, and a failure is everybody's."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from antq_review.ingest.model import Evidence, TableData
from tests.once import made_once, tried_once


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


def test_steps_are_remembered_for_equal_evidence_and_for_nothing_else() -> None:
    """What a test changes in place afterwards is another evidence; so is another day, another text, another setting."""
    tried, setting = [], [40]
    once = tried_once(lambda standing: tried.append(standing) or len(tried), lambda: tuple(setting))

    def ask(evidence: Evidence, day: int = 1, texts: tuple[str, ...] = ("a",)) -> int:
        return once(SimpleNamespace(evidence=evidence, year=2026, as_of=day, rulebooks=texts))

    evidence, alike = Evidence(tables={"plan": TableData()}), Evidence(tables={"plan": TableData()})
    assert [ask(evidence), ask(alike), ask(evidence, 2), ask(evidence, texts=("b",)), ask(evidence)] == [1, 1, 2, 3, 1]
    alike.tables["plan"].refused.append("cell")
    evidence.unread_files.append("x")
    assert [ask(alike), ask(evidence)] == [4, 5]
    setting[0] = 3
    assert ask(evidence) == 6
