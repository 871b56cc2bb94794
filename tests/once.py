"""What is made once in a run of the tests and read by all: each pytest-xdist worker has a session of its own, so they share a folder."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

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
