"""What is made once in a run of the tests and read by all: each pytest-xdist worker has a session of its own, so they share a folder."""

import os
import time
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from antq_review.ingest.model import Evidence

#: A worker waits this long for what another one makes.
WAIT_SECONDS = 300.0


class Demo(NamedTuple):
    """What `antq demo` made and printed: exit code, folder of results, text on screen."""

    code: int
    out: Path
    printed: str


def no_steps(standing: object) -> tuple[tuple[()], int]:
    """In the place of `scoring.summary.to_do`, in tests that ask nothing about what would help next: trying takes most of a review."""
    return (), 0


def tried_once(to_do: Callable[[Any], Any], settings: Callable[[], object]) -> Callable[[Any], Any]:
    """`to_do` with a memory: the steps of equal evidence, texts and day are tried a single time in a test process.

    `settings`: what else decides the result and may be patched by a test.
    """
    known: list[tuple[tuple[object, ...], Any]] = []

    def once(standing: Any) -> Any:
        key = (settings(), standing.year, standing.as_of, _kept(standing.evidence), tuple(standing.rulebooks))
        for other, found in known:
            if other == key:
                return found
        known.append((key, to_do(standing)))
        return known[-1][1]

    return once


def _kept(evidence: Evidence) -> Evidence:
    """The evidence as it is now; a test may change its lists afterwards."""
    lists = {name: copy(value) for name, value in vars(evidence).items() if isinstance(value, list | set)}
    tables = {name: replace(table, rows=[*table.rows], refused=[*table.refused]) for name, table in evidence.tables.items()}
    return replace(evidence, tables=tables, **lists)


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run; a worker's own lies in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(folder: Path, name: str, make: Callable[[Path], None], wait: float = WAIT_SECONDS) -> Path:
    """A folder that `make` fills: by whoever asks first, while the others wait. Nobody may change it afterwards.

    Where `make` fails, whoever asks is told.
    """
    place = folder / "made_once" / name
    place.parent.mkdir(exist_ok=True)
    content, done, failed = place / "content", place / "done", place / "failed"
    try:
        place.mkdir()
    except FileExistsError:
        until = time.monotonic() + wait
        while not done.exists():
            assert not failed.exists(), f"{name} could not be made by the first test that asked"
            assert time.monotonic() < until, f"{name} is not finished"
            time.sleep(0.05)
        return content
    try:
        content.mkdir()
        make(content)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return content
