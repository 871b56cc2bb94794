"""What a notebook shows: one function for a table or a page, each returning what Jupyter displays.

Every text of the evidence is escaped by the templates; nothing of it is ever read as a template or as Markdown.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.publish import report_dates as season
from antq_review.publish import wording as phrases
from antq_review.publish.tables import findings as tables
from antq_review.publish.tables import numbers as number_lines
from antq_review.publish.tables import page_one
from antq_review.scoring.model.review import Review
from antq_review.source import grouped
from antq_review.text import day, number, say

if TYPE_CHECKING:
    from IPython.display import HTML, Image
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
#: Width in pixels at which a figure is shown; it is drawn finer than that.
_FIGURE_WIDTH = 860


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        day=day, number=number, mark=phrases.mark, state=phrases.state, label=phrases.label, tie=phrases.tie,
        measured=phrases.measured, points=phrases.points, minutes=phrases.minutes, cells=grouped,
    )
    environment.globals.update(phrases=phrases, tables=tables, page_one=page_one, numbers=number_lines, season=season, say=say)
    return environment


def rendered(template: str, **values: Any) -> HTML:
    from IPython.display import HTML

    return HTML(_environment().get_template(f"{template}.html.j2").render(**values))


def image(drawn: tuple[bytes, str] | None, template: str, **values: Any) -> HTML | Image:
    """The figure with its sentence; where there is nothing to draw, a sentence that says so."""
    from IPython.display import Image

    if drawn is None:
        return rendered(template, **values)
    return Image(data=drawn[0], format="png", alt=drawn[1], width=_FIGURE_WIDTH)


def show_style() -> HTML:
    """The report's look for a notebook; the HTML report brings its own."""
    from IPython.display import HTML

    return HTML(f"<style>{(TEMPLATES / 'style.css').read_text(encoding='utf-8')}</style>")


def show_page_one(review: Review) -> HTML:
    """Page one: three cards, then what a principal reads aloud in a minute."""
    return rendered("page_one", review=review)


def show_draft_reasons(review: Review) -> HTML:
    """What stands in the way of a final version."""
    return rendered("draft_reasons", review=review)


def show_to_do(review: Review) -> HTML:
    """Every step with what it would change, those that help most first."""
    return rendered("to_do", review=review)


def show_checks(review: Review) -> HTML:
    """What does not fit together: scores that contradict each other or stand on nothing, rows without their file."""
    return rendered("checks", review=review)


def show_days_ahead(review: Review) -> HTML:
    """What is still due after the day of the review, with the days left, and the plan's sentences whose day has not come."""
    return rendered("days_ahead", review=review)


def show_forms(review: Review) -> HTML:
    """The forms: declared up to which day, rows read and refused, who has not handed in."""
    return rendered("forms", review=review)


def show_problems(review: Review) -> HTML:
    """Every problem met in reading: place, found, expected, remedy, consequence."""
    return rendered("problems", review=review)


def show_criteria(review: Review, quoted: bool = False) -> HTML:
    """The texts that know only đạt or chưa đạt, criterion by criterion; `quoted`: with the words of the text."""
    texts = [text for text in review.texts if text.total is None]
    return rendered("criteria", texts=texts, quoted=quoted, codes=number_lines.codes_of(review))


def show_points(review: Review, quoted: bool = False) -> HTML:
    """The texts that give points, item by item; `quoted`: with the words of the text."""
    texts = [text for text in review.texts if text.total is not None]
    return rendered("points", texts=texts, quoted=quoted, codes=number_lines.codes_of(review))


def show_scores(review: Review) -> HTML:
    """The three scores of every criterion side by side, those that differ first."""
    return rendered("scores", rows=tables.three_scores(review))


def show_plan(review: Review) -> HTML:
    """Every sentence of the plan: what was asked beside what was done."""
    return rendered("plan", review=review, sections=tables.sections(review.goals), codes=number_lines.codes_of(review))


def show_numbers(review: Review, previous: Review | None = None) -> HTML:
    """The numeric tables PL1–PL10, with the numbers of the year before where `previous` is its review."""
    return rendered("numbers", review=review, shown=number_lines.number_tables(review, previous))


def show_register(review: Review) -> HTML:
    """The evidence register in its five columns."""
    return rendered("register", review=review)


def show_after_as_of(review: Review) -> HTML:
    """Rows dated after the day of the review."""
    return rendered("after_as_of", review=review)


def show_provenance(review: Review) -> HTML:
    """The texts and who read them when, what is not known of them, the files that were read, the version of the tool."""
    return rendered("provenance", review=review)


def show_points_figure(review: Review) -> HTML | Image:
    """Figure: points by criterion with their ranges."""
    from antq_review.publish.figures.review import points_figure

    return image(points_figure(review), "no_points")


def show_plan_figure(review: Review) -> HTML | Image:
    """Figure: goals by status, section by section of the plan."""
    from antq_review.publish.figures.review import plan_figure

    return image(plan_figure(review), "no_plan")


def show_months_figure(review: Review) -> HTML | Image:
    """Figure: activities by month and topic."""
    from antq_review.publish.figures.review import months_figure

    return image(months_figure(review), "no_months")


def show_participation_figure(review: Review) -> HTML | Image:
    """Figure: people reached by activities, of each audience."""
    from antq_review.publish.figures.year import participation_figure

    return image(participation_figure(review), "no_participation")


def show_incidents_figure(review: Review) -> HTML | Image:
    """Figure: incidents by month and kind."""
    from antq_review.publish.figures.year import incidents_figure

    return image(incidents_figure(review), "no_incidents", review=review)


def show_devices_figure(review: Review) -> HTML | Image:
    """Figure: devices working of those installed."""
    from antq_review.publish.figures.year import devices_figure

    return image(devices_figure(review), "no_devices")


def show_files_figure(review: Review) -> HTML | Image:
    """Figure: rows with their evidence file, sheet by sheet."""
    from antq_review.publish.figures.year import files_figure

    return image(files_figure(review), "no_files")
