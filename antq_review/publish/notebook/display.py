"""The output of the notebooks: one function for each table, page or figure, for Jupyter to display.

The templates escape every text of the evidence, so it is never read as a template or as Markdown.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_review.ingest.problem_groups import problem_groups
from antq_review.publish import report_dates as season
from antq_review.publish import wording as phrases
from antq_review.publish.notebook.svg_net import SVG
from antq_review.publish.tables import findings as tables
from antq_review.publish.tables import numbers as number_lines
from antq_review.publish.tables import page_one
from antq_review.publish.tables.evidence_codes import codes, codes_of
from antq_review.scoring.model.review import Review
from antq_review.source import grouped
from antq_review.text import day, number, say

if TYPE_CHECKING:
    from IPython.display import HTML
    from jinja2 import Environment

    from antq_review.publish.figures.picture import Drawn

TEMPLATES = Path(__file__).with_name("templates")
#: Width of a figure on the page in pixels; the figure itself has more.
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
    environment.globals.update(
        phrases=phrases, tables=tables, page_one=page_one, numbers=number_lines, season=season, say=say, some_codes=codes
    )
    return environment


def _html(text: str) -> HTML:
    from IPython.display import HTML

    return HTML(text)  # type: ignore[no-untyped-call]  # IPython does not type its constructors


def rendered(template: str, **values: Any) -> HTML:
    """A template of this package, filled with `values`."""
    return _html(_environment().get_template(f"{template}.html.j2").render(**values))


def picture(drawn: Drawn | None, template: str, **values: Any) -> HTML:
    """The figure with its alternative text; without a figure, the `template` with a sentence in its place."""
    if drawn is None:
        return rendered(template, **values)
    return rendered("figure", source=SVG + b64encode(drawn.svg()).decode("ascii"), says=drawn.says, width=_FIGURE_WIDTH)


def show_style() -> HTML:
    """The style sheet of the report for a notebook; the HTML report contains its own."""
    return _html(f"<style>{(TEMPLATES / 'style.css').read_text(encoding='utf-8')}</style>")


def show_page_one(review: Review, version: str = "") -> HTML:
    """Page one: three cards, then lines that a principal reads aloud in a minute. `version`: its name in words."""
    return rendered("page_one", review=review, version=version or season.version_in_words(review))


def show_draft_reasons(review: Review) -> HTML:
    """The reasons why the review is not a final version."""
    return rendered("draft_reasons", review=review)


def show_to_do(review: Review, headed: bool = False) -> HTML:
    """Every step with its effect, the most helpful steps first.

    `headed`: with its own heading; nothing for a final version without steps.
    """
    return rendered("to_do", review=review, headed=headed)


def show_checks(review: Review) -> HTML:
    """The consistency checks: scores that contradict each other or have no evidence, rows without their file."""
    return rendered("checks", review=review)


def show_days_ahead(review: Review, short: bool = False) -> HTML:
    """The due days after the day of the review, with the days left, and the goals whose day has not come (`short`: without these)."""
    return rendered("days_ahead", review=review, short=short)


def show_forms(review: Review) -> HTML:
    """The forms: the day of declaration, rows read and refused, units that did not hand in."""
    return rendered("forms", review=review)


def show_problems(review: Review) -> HTML:
    """Every problem found while reading, by cause: place, found and expected value, remedy, consequence."""
    return rendered("problems", review=review, groups=problem_groups(review.problems))


def show_criteria(review: Review, quoted: bool = False, short: bool = False) -> HTML:
    """The texts without points (only đạt or chưa đạt), by criterion.

    `quoted`: with the words of the text; `short`: without source cells, notes and parts of readings, which stand in the annex.
    """
    texts = [text for text in review.texts if text.total is None]
    return rendered("criteria", texts=texts, quoted=quoted, short=short, codes=codes_of(review))


def show_points(review: Review, quoted: bool = False, short: bool = False) -> HTML:
    """The texts with points, by item.

    `quoted`: with the words of the text; `short`: items alone, without parts, readings and source cells, which stand in the annex.
    """
    texts = [text for text in review.texts if text.total is not None]
    return rendered("points", texts=texts, quoted=quoted, short=short, codes=codes_of(review))


def show_scores(review: Review, short: bool = False) -> HTML:
    """The three scores of every criterion side by side, those that differ first; `short`: only those that differ."""
    rows = tables.three_scores(review)
    return rendered("scores", rows=[row for row in rows if row.size or not short], equal=bool(short and rows))


def show_plan(review: Review, short: bool = False) -> HTML:
    """Every goal of the plan, with the target beside the measured value; `short`: without codes and source cells."""
    found = tables.sections(review.goals)
    return rendered("plan", review=review, sections=found, short=short, codes=codes_of(review))


def show_numbers(review: Review, previous: Review | None = None) -> HTML:
    """The numeric tables PL1–PL10, with the numbers of the year before if `previous` is given."""
    return rendered("numbers", review=review, shown=number_lines.number_tables(review, previous))


def show_main_numbers(review: Review, previous: Review | None = None) -> HTML:
    """The few numbers of PL1–PL10 that a meeting asks for; the annex has all."""
    return rendered("main_numbers", review=review, lines=number_lines.main_numbers(review, previous))


def show_annex(review: Review) -> HTML:
    """What the annex holds besides: the name of each sheet and how much is in it."""
    return rendered("annex", review=review, codes=codes_of(review))


def show_register(review: Review) -> HTML:
    """The evidence register in its five columns."""
    return rendered("register", review=review)


def show_after_as_of(review: Review) -> HTML:
    """Rows dated after the day of the review."""
    return rendered("after_as_of", review=review)


def show_provenance(review: Review) -> HTML:
    """The texts with their readers and gaps, the files that were read, the version of the tool."""
    return rendered("provenance", review=review)


def show_points_figure(review: Review) -> HTML:
    """Figure: points by criterion with their ranges."""
    from antq_review.publish.figures.review import points_figure

    return picture(points_figure(review), "no_points")


def show_plan_figure(review: Review) -> HTML:
    """Figure: goals by status, section by section of the plan."""
    from antq_review.publish.figures.review import plan_figure

    return picture(plan_figure(review), "no_plan")


def show_months_figure(review: Review) -> HTML:
    """Figure: activities by month and topic."""
    from antq_review.publish.figures.review import months_figure

    return picture(months_figure(review), "no_months")


def show_participation_figure(review: Review) -> HTML:
    """Figure: the share of each audience that activities reached."""
    from antq_review.publish.figures.year import participation_figure

    return picture(participation_figure(review), "no_participation")


def show_incidents_figure(review: Review) -> HTML:
    """Figure: incidents by month and kind."""
    from antq_review.publish.figures.year import incidents_figure

    return picture(incidents_figure(review), "no_incidents", review=review)


def show_devices_figure(review: Review) -> HTML:
    """Figure: the share of installed devices that work."""
    from antq_review.publish.figures.year import devices_figure

    return picture(devices_figure(review), "no_devices")


def show_files_figure(review: Review) -> HTML:
    """Figure: the share of rows with their evidence file, sheet by sheet."""
    from antq_review.publish.figures.year import files_figure

    return picture(files_figure(review), "no_files")
