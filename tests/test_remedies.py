"""Every remedy, followed to the letter, takes its message away and brings no other: for every problem code."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from antq_review.ingest import reader
from antq_review.scoring.pipeline import read_folder
from antq_review.text import words

if TYPE_CHECKING:
    from tests.remedies import Files

PROBLEMS = words("ingest")["problems"]


@pytest.fixture(scope="module")
def remedies() -> ModuleType:
    """`tests/remedies.py`. It draws hundreds of workbooks, so only the worker that runs these tests loads it, and not to collect them."""
    return import_module("tests.remedies")


def written(folder: Path, files: "Files") -> Path:
    for name, content in files.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def codes(folder: Path) -> set[str]:
    return {one.code for one in read_folder(folder).problems}


def troubled(fault: str, file: str) -> Callable[..., Iterator[reader.Book]]:
    """The reader on a computer where one file cannot be read."""
    reads = reader.read_books

    def read(*paths: object, **more: object) -> Iterator[reader.Book]:
        for book in reads(*paths, **more):
            yield replace(book, fault=fault, sheets=[]) if book.path.name == file else book

    return read


def test_every_problem_has_its_case(remedies):
    assert remedies.CASES.keys() == PROBLEMS.keys()


def test_of_the_sound_school_nothing_is_said(remedies, tmp_path):
    assert codes(written(tmp_path, remedies.sound())) == set()


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_remedy_takes_the_message_away_and_brings_no_other(code, remedies, tmp_path, monkeypatch):
    fault, mended = ({**remedies.sound(), **files} for files in remedies.CASES[code])
    with monkeypatch.context() as patch:
        if code in remedies.TROUBLE:
            patch.setattr(reader, "read_books", troubled(code, remedies.FORM))
        assert code in codes(written(tmp_path / "a", fault))
    assert codes(written(tmp_path / "b", mended)) == set(), PROBLEMS[code].get("remedy")
