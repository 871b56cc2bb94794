"""Every remedy, followed to the letter, takes its message away and brings no other: for every problem code."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from antq_review.ingest import Evidence, reader
from antq_review.scoring.pipeline import read_folder
from antq_review.text import words
from tests.remedies import CASES, FORM, TROUBLE, Files, bytes_of, sound
from tools.guide_examples import RENEW, example, kept

PROBLEMS = words("ingest")["problems"]


def written(folder: Path, files: Files) -> Path:
    for name, content in (sound() | files).items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(bytes_of(content))
    return folder


def codes(found: Evidence) -> set[str]:
    return {one.code for one in found.problems}


def read_case(folder: Path, files: Files, code: str = "") -> Evidence:
    """The folder as it is read; where the code is a computer's trouble, on a computer that has it."""
    with pytest.MonkeyPatch.context() as patch:
        if code in TROUBLE:
            patch.setattr(reader, "read_books", troubled(code))
        return read_folder(written(folder, files))


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
    assert codes(read_case(tmp_path, {})) == set()


@pytest.mark.parametrize("code", CASES)
def test_the_remedy_takes_the_message_away_and_brings_no_other(code, tmp_path):
    """And the guide's example of the problem is this one."""
    fault, mended = CASES[code]
    faulty, sound_again = read_case(tmp_path / "a", fault, code), read_case(tmp_path / "b", mended)
    assert code in codes(faulty)
    assert codes(sound_again) == set(), PROBLEMS[code].get("remedy")
    assert kept()["problems"].get(code) == example(code, faulty, sound_again), RENEW
