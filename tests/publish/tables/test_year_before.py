"""The comparison with the year before: one for all tables and chapters of a report."""

import pytest

from antq_review.history.compare import compare
from antq_review.publish.excel.annex.workbook import annex
from antq_review.publish.notebook.compare_display import show_since_last_year
from antq_review.publish.notebook.display import show_numbers
from antq_review.publish.tables import year_before


@pytest.fixture
def made(monkeypatch):
    """The pairs for which a comparison was made."""
    pairs = []

    def counted(reviews):
        pairs.append(tuple(reviews))
        return compare(reviews)

    monkeypatch.setattr(year_before, "_last", None)
    monkeypatch.setattr(year_before, "compare", counted)
    return pairs


def test_the_comparison_is_made_once_for_all_parts_of_a_report(review, made):
    before = review.model_copy(update={"year": review.year - 1})
    for _ in range(2):
        annex(review, before)
        show_numbers(review, before)
        show_since_last_year(review, before)
    assert [(first.year, second.year) for first, second in made] == [(review.year - 1, review.year)]


def test_for_other_reviews_it_is_made_anew(review, made):
    before = review.model_copy(update={"year": review.year - 1})
    again = before.model_copy(update={"goals": ()})
    assert year_before.with_year_before(before, review) == compare((before, review))
    assert year_before.with_year_before(again, review) == compare((again, review))
    assert year_before.with_year_before(before, review) == compare((before, review))
    assert len(made) == 3
