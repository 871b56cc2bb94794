"""The output of the comparison notebook: one function for each page, table or figure, for Jupyter to display."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from antq_review.history import Comparison
from antq_review.history.compare import in_order
from antq_review.history.model import LineKind
from antq_review.publish.comparison import blocks as compare_blocks
from antq_review.publish.comparison import lines as compare_lines
from antq_review.publish.comparison import sentences as compare_words
from antq_review.publish.notebook.display import picture, rendered
from antq_review.publish.tables.year_before import with_year_before
from antq_review.scoring.model.review import Review

if TYPE_CHECKING:
    from IPython.display import HTML


def _page(template: str, comparison: Comparison, **values: Any) -> HTML:
    return rendered(template, comparison=comparison, lines=compare_lines, sums=compare_blocks, words=compare_words, **values)


def show_comparison(comparison: Comparison, versions: str = "") -> HTML:
    """Page one: the years, three sentences about the two newest years, counts of the changes.

    `versions`: the name of each year's version in words, one line a year.
    """
    return _page("compare_head", comparison, versions=versions.splitlines())


def show_compared_texts(comparison: Comparison) -> HTML:
    """Every criterion in its own line, with its measures; one sentence names the unchanged measures."""
    kept = (LineKind.CRITERION, LineKind.TOTAL)
    groups = {line.group for line in comparison.of(*kept)}
    found = compare_blocks.blocks(comparison, (*kept, LineKind.MEASURE), *groups, all_of=kept) if groups else []
    return _page("compare_table", comparison, blocks=found, numbered=False)


def show_compared_plan(comparison: Comparison) -> HTML:
    """Goals that changed or cannot be compared, with their measures; one sentence names the others."""
    found = compare_blocks.blocks(comparison, (LineKind.GOAL, LineKind.MEASURE), "plan")
    return _page("compare_table", comparison, blocks=found, numbered=False)


def show_compared_numbers(comparison: Comparison) -> HTML:
    """Rows of PL1–PL10 that changed or cannot be compared; one sentence names the others."""
    return _page("compare_table", comparison, blocks=compare_blocks.blocks(comparison, (LineKind.ROW,)), numbered=True)


def show_compared_years(comparison: Comparison) -> HTML:
    """For each year the texts, the last day and the version of the tool by which it was judged."""
    return _page("compare_sources", comparison)


def show_heat_figure(comparison: Comparison) -> HTML:
    """Figure: criteria by year."""
    from antq_review.publish.figures.comparison import heat_figure

    return picture(heat_figure(comparison), "no_figure")


def show_slopes_figure(comparison: Comparison) -> HTML:
    """Figure: slopes by group of criteria."""
    from antq_review.publish.figures.slopes import slopes_figure

    return picture(slopes_figure(comparison), "no_figure")


def show_counts_figure(comparison: Comparison) -> HTML:
    """Figure: the main counts as small multiples."""
    from antq_review.publish.figures.comparison import counts_figure

    return picture(counts_figure(comparison), "no_figure")


# --- in the year-end report ----------------------------------------------------------------------------------------


def show_since_last_year(review: Review, previous: Review | None = None) -> HTML:
    """A chapter: three sentences and the counts; the annex has the lines with the values and sources of both years.

    If the year before is not stored, one sentence replaces the chapter.
    """
    if previous is None:
        return rendered("no_comparison")
    comparison = with_year_before(*in_order((previous, review)))
    return _page("compare_chapter", comparison)
