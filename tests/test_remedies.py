"""Every remedy, followed to the letter, takes its message away and brings no other: for every problem code."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from antq_review.ingest import reader
from antq_review.scoring.pipeline import read_folder
from antq_review.text import words
from tests.remedies import CASES, FORM, TROUBLE, Files, sound

PROBLEMS = words("ingest")["problems"]


def written(folder: Path, files: Files) -> Path:
    for name, content in (sound() | files).items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def codes(folder: Path) -> set[str]:
    return {one.code for one in read_folder(folder).problems}


def troubled(fault: str) -> Callable[..., Iterator[reader.Book]]:
    """The reader on a computer where FORM cannot be read."""
    reads = reader.read_books

    def read(*paths: object, **more: object) -> Iterator[reader.Book]:
        for book in reads(*paths, **more):
            yield replace(book, fault=fault, sheets=[]) if book.path.name == FORM else book

    return read


def test_every_problem_has_its_case():
    assert CASES.keys() == PROBLEMS.keys()


def test_of_the_sound_school_nothing_is_said(tmp_path):
    assert codes(written(tmp_path, {})) == set()


@pytest.mark.parametrize("code", CASES)
def test_the_remedy_takes_the_message_away_and_brings_no_other(code, tmp_path, monkeypatch):
    fault, mended = CASES[code]
    with monkeypatch.context() as patch:
        if code in TROUBLE:
            patch.setattr(reader, "read_books", troubled(code))
        assert code in codes(written(tmp_path / "a", fault))
    assert codes(written(tmp_path / "b", mended)) == set(), PROBLEMS[code].get("remedy")
