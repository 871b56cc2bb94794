"""The last sheet: where the texts were read and by whom, what is not known of them, and the files that were read."""

from __future__ import annotations

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.publish import wording as phrases
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter
from antq_review.scoring.model.review import Review, TextReview
from antq_review.source import grouped
from antq_review.text import day, say

_WIDTHS = {"file": 44, "sheets": 12, "size": 16, "sha256": 72}


def provenance_sheet(book: Workbook, review: Review) -> None:
    """Writes the sources of each text, its period and its last day, the files with their hashes, the rows dated later."""
    columns = [SheetColumn(say(f"annex.provenance.{name}"), width) for name, width in _WIDTHS.items()]
    page = SheetWriter(book.create_sheet(say("annex.sheets.provenance")), WORKING, columns)
    page.title(say("annex.provenance.title"))
    page.line(Put(f"{review.school.name} – {say('annex.year', year=review.year)}", bold=True, size=11), centred=False)
    if review.draft:
        page.line(Put(say("annex.draft"), bold=True, colour=style.OPEN, size=11), centred=False)
    for text in review.texts:
        _text(page, text)
    _later(page, review)
    page.gap()
    page.headings()
    for file in review.files:
        page.row([Put(file.name), Put(len(file.sheets)), Put(file.size, number_format="#,##0"), Put(file.sha256, size=9)])
    page.line(Put(say("annex.provenance.made", day=day(review.as_of), version=review.tool_version), colour=style.SOFT), centred=False)
    page.finish(draft=review.draft, internal=say("annex.internal_mark"))


def _text(page: SheetWriter, text: TextReview) -> None:
    page.line(Put(str(text.number), bold=True, colour=style.BLUE, fill=style.WASH_FILL, size=11), centred=False)
    for source in text.sources:
        places = {"where": source.where, "read_by": source.read_by, "day": day(source.read_on), "note": source.note}
        page.line(Put(say("annex.internal.source", **places).strip()), centred=False)
    span = phrases.span(text.period_start, text.period_end)
    page.line(Put(say("annex.provenance.period", span=span, citation=text.period_citation)), centred=False)
    until = {"day": day(text.deadline), "citation": text.deadline_citation}
    page.line(Put(say("annex.provenance.deadline", **until)), centred=False)
    for gap in text.gaps:
        page.line(Put(say("annex.internal.gap", gap=gap), colour=style.OPEN), centred=False)


def _later(page: SheetWriter, review: Review) -> None:
    """Rows dated after the day of the review: they are not counted, and they are no faults."""
    if not review.after_as_of:
        return
    page.gap()
    page.line(Put(say("annex.provenance.later", day=day(review.as_of)), bold=True), centred=False)
    for place in grouped(review.after_as_of):
        page.line(Put(place, colour=style.SOFT), centred=False)
