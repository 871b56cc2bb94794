"""Lines of the school's own sheet: the consistency checks, and the steps that help most."""

from __future__ import annotations

from antq_review.forms import cell_styles as style
from antq_review.publish import report_dates as season
from antq_review.publish.excel.page import Put, SheetWriter
from antq_review.scoring.model.review import Review
from antq_review.scoring.model.review_parts import Advice
from antq_review.source import grouped
from antq_review.text import say


def progress_line(page: SheetWriter, review: Review, of: str) -> None:
    """Writes how much is declared for a text; nothing if no declaration is required."""
    for one in review.progress:
        if one.of == of:
            page.line(Put(str(one.says), colour=style.SOFT), centred=False)


def next_lines(page: SheetWriter, review: Review) -> None:
    """Writes the checks, the largest first, then the steps with their effect, the most helpful first."""
    if review.checks:
        _heading(page, "annex.internal.checks")
        for index, check in enumerate(review.checks, start=1):
            cells = "; ".join(grouped(check.cells))
            said = say("annex.internal.check", index=index, says=check.says, cells=cells) if cells else f"{index}. {check.says}"
            page.line(Put(said), centred=False)
    if review.to_do:
        _heading(page, "annex.internal.to_do")
        for index, advice in enumerate(review.to_do, start=1):
            page.line(Put(f"{index}. {_step(review, advice)}"), centred=False)
        if review.to_do_untried:
            page.line(Put(say("annex.internal.untried", count=review.to_do_untried), colour=style.SOFT), centred=False)


def _heading(page: SheetWriter, key: str) -> None:
    page.gap()
    page.line(Put(say(key), bold=True, colour=style.BLUE, size=11), centred=False)


def _step(review: Review, advice: Advice) -> str:
    said = say("annex.internal.step", says=advice.says, effect=advice.effect) if advice.effect else str(advice.says)
    return say("annex.internal.step_due", says=said, due=season.due(review, advice.due_on)) if advice.due_on else said
