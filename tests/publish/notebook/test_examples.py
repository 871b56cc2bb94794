"""Every public name has an example in the guide's chapter “API”, and each runs, on the example review that is made once."""

import doctest
import inspect
from datetime import date
from functools import wraps
from pathlib import Path

import pytest

import antq_review as antq
from antq_review.history.compare import compare
from antq_review.ingest.model import Evidence
from antq_review.package.summarise import summary_of
from antq_review.places.versions import Kind, Version
from antq_review.scoring import pipeline
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder
from antq_review.shipped import example_folder
from tests.province.many import listed, officer, package
from tools import guide_chapters

NAMES = [name for name in antq.__all__ if callable(getattr(antq, name))] + [f"tables.{name}" for name in antq.tables.__all__]


def thing(name):
    return getattr(antq.tables, name.removeprefix("tables.")) if name.startswith("tables.") else getattr(antq, name)


@pytest.fixture(scope="module")
def given(review, tmp_path_factory) -> dict[str, object]:
    """What the chapter makes before its examples."""
    place = officer(tmp_path_factory.mktemp("nhan"), [listed("00100000")])
    base = summary_of(review, Version(Path("du_thao"), Kind.DRAFT))
    (place / "den" / "1.zip").write_bytes(package(base, "00100000"))
    years = [review.model_copy(update={"year": year}) for year in (2024, 2025, 2026)]
    return {
        "antq": antq, "review": review, "evidence": read_folder(example_folder()), "comparison": compare(years), "place": str(place),
        "roll_up": antq.open_roll_up(folder=str(place), as_of="20/11/2099"),
    }


@pytest.fixture
def judged_once(review, monkeypatch):
    """Judging takes most of an example's time and is not what the examples are about."""

    @wraps(pipeline.review_evidence)
    def judged(evidence: Evidence, as_of: date, texts: str = "", final: bool = False) -> Review:
        assert evidence.profile is not None
        return review.model_copy(update={"year": evidence.year})

    monkeypatch.setattr(pipeline, "review_evidence", judged)


@pytest.mark.usefixtures("judged_once")
@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_public_name_runs(name, given):
    names = dict(given)
    found = doctest.DocTestParser().get_doctest(inspect.getdoc(thing(name)), names, name, None, 0)
    if found.examples:
        assert doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(found, clear_globs=False).failed == 0
        return
    shown = eval(guide_chapters.example(f"antq.{name}", thing(name)), names)
    assert type(shown).__name__ == ("DataFrame" if name.startswith("tables.") else "HTML")


def test_the_chapter_has_every_name_with_its_example():
    chapter = guide_chapters.names()
    for name in NAMES:
        assert f"# `{name}`\n" in chapter and guide_chapters.example(f"antq.{name}", thing(name)) in chapter, name
    assert ">>>" not in chapter
