"""What stands in the way of a final version: every code of a problem has its entry in the one table, and the table is used."""

from dataclasses import replace

import pytest

from antq_review.ingest.model import Problem, Severity
from antq_review.rules import in_force
from antq_review.scoring import review
from antq_review.scoring.model.review import Review
from antq_review.scoring.sections.final_version import Blocks, blocks, draft_reasons, forms_of, problems_in_the_way
from antq_review.text import places_of, words
from tests.each import each
from tests.scoring.build import AS_OF, YEAR, evidence_of
from tools.problem_table import TABLE, problem_table

pytestmark = pytest.mark.usefixtures("without_steps")

PROBLEMS = words("ingest")["problems"]
#: Warnings that change no result: a file or a row that exists once was handed in twice, to the letter, or once more with marks; a
#: unit's size that nobody wrote leaves open what depends on it, and what is open blocks by itself.
CHANGE_NOTHING = {"file_twice", "marked_copy", "row_typed_twice", "unit_size_blank"}


def problem(code: str, *forms: str) -> Problem:
    return Problem(code=code, severity=Severity(PROBLEMS[code]["severity"]), file="x.xlsx", says="Sai.", forms=forms)


def with_problem(code: str, *forms: str) -> Review:
    return review(replace(evidence_of({}), problems=[problem(code, *forms)]), in_force(YEAR), AS_OF)


@each("code", PROBLEMS)
def test_every_code_says_how_bad_it_is_what_it_blocks_what_stays_open_and_what_to_do(code):
    entry, why = PROBLEMS[code], blocks(code)
    assert entry["severity"] in set(Severity) and entry["says"]
    assert (why is Blocks.NEVER) == (entry["severity"] == Severity.NOTE or code in CHANGE_NOTHING)
    assert not (entry["severity"] == Severity.ERROR and why is Blocks.NEVER)
    if why is not Blocks.NEVER:
        assert entry["consequence"] and entry["remedy"]
    if "step" in entry:
        assert set(places_of(entry["step"])) <= {"place", "files"}


@pytest.fixture(scope="module")
def sound() -> Review:
    return review(evidence_of({}), in_force(YEAR), AS_OF)


@each("code", PROBLEMS)
def test_a_problem_blocks_every_text_unless_it_is_for_information(code, sound):
    """A problem is listed and changes no judgement, so the school is judged once."""
    evidence = replace(evidence_of({}), problems=[problem(code)])
    found = sound.model_copy(update={"draft_reasons": draft_reasons(evidence, sound.texts, in_force(YEAR), sound.goals)})
    assert problems_in_the_way(found) == (blocks(code) is not Blocks.NEVER)


def test_a_review_lists_what_its_problems_block(sound):
    found = with_problem("error_cell")
    evidence = replace(evidence_of({}), problems=[problem("error_cell")])
    assert (found.texts, found.goals) == (sound.texts, sound.goals)
    assert found.draft_reasons == draft_reasons(evidence, sound.texts, in_force(YEAR), sound.goals)


def test_every_reason_to_block_occurs():
    assert {blocks(code) for code in PROBLEMS} == set(Blocks)


def test_a_file_that_is_not_read_blocks_and_one_that_counts_twice_is_doubtful():
    assert {code for code in PROBLEMS if code.startswith("file_") and blocks(code) is Blocks.UNREAD} >= {"file_empty", "file_locked"}
    assert blocks("row_repeated") is Blocks.DOUBTFUL and blocks("file_open") is Blocks.NEVER


def test_the_table_in_the_docs_agrees():
    assert TABLE.read_text(encoding="utf-8") == problem_table(), "python tools/problem_table.py"


def test_a_problem_of_forms_that_no_text_reads_blocks_nothing():
    judged = frozenset[str]().union(*(forms_of(text) for text in in_force(YEAR)))
    assert "van_ban" in judged and "ho_tro" not in judged
    assert problems_in_the_way(with_problem("error_cell", "van_ban")) == 1
    assert problems_in_the_way(with_problem("error_cell", "ho_tro")) == 0
    assert problems_in_the_way(with_problem("error_cell", "ho_tro", "van_ban")) == 1
