"""Two sheets of the annex that go with the report: the numeric tables PL1–PL10, and the evidence register."""

from __future__ import annotations

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.publish.excel import values as state
from antq_review.publish.excel.page import OFFICIAL_WIDE, Put, SheetColumn, SheetWriter, emphasised
from antq_review.publish.tables import numbers
from antq_review.scoring.model.numeric_tables import NumericRow, RegisterItem
from antq_review.scoring.model.review import Review
from antq_review.text import say

_NUMBER_WIDTHS = {"number": 6, "content": 45, "unit": 16, "before": 11, "now": 11, "change": 14, "note": 33}
#: Without a number of last year.
_YEAR_WIDTHS = {"number": 6, "content": 55, "unit": 16, "now": 13, "note": 46}
_REGISTER_WIDTHS = {"number": 6, "code": 22, "name": 48, "where": 34, "note": 26}
_CENTRED = ("number", "unit", "change")


def _page(book: Workbook, review: Review, sheet: str, widths: dict[str, int], **places: object) -> SheetWriter:
    columns = [SheetColumn(say(f"annex.{sheet}.{name}", **places), width, centred=name in _CENTRED) for name, width in widths.items()]
    page = SheetWriter(book.create_sheet(say(f"annex.sheets.{sheet}")), OFFICIAL_WIDE, columns)
    page.title(say(f"annex.{sheet}.title"))
    page.line(Put(review.school.name.upper(), bold=True, size=13))
    page.line(Put(say("annex.year", year=review.year), bold=True, size=13))
    if review.draft:
        page.line(Put(say("annex.draft"), bold=True, colour=style.OPEN, size=12))
    page.gap()
    return page


def number_sheet(book: Workbook, review: Review, previous: Review | None) -> None:
    """Writes PL1–PL10, each with its period, last year's numbers beside this year's, and notes on unknown numbers.

    Where no number of last year is known, its column and the column of the change are left out.
    """
    tables = numbers.number_tables(review, previous)
    compared = any(table.has_before for table in tables)
    page = _page(book, review, "numbers", _NUMBER_WIDTHS if compared else _YEAR_WIDTHS, last=review.year - 1, this=review.year)
    page.headings()
    for table in tables:
        page.line(Put(table.title, bold=True, size=12, fill=style.WASH_FILL), centred=False)
        page.line(Put(numbers.period(table.table), italic=True), centred=False)
        group = ""
        for line in table.lines:
            if str(line.row.group) != group:
                group = str(line.row.group)
                page.line(Put(group, bold=True, italic=True), centred=False)
            page.row(_number_row(line, compared))
        for note in table.notes:
            page.line(Put(note, italic=True), centred=False)
        page.gap()
    page.finish(draft=review.draft)


def _number_row(line: numbers.NumberLine, compared: bool) -> list[Put]:
    row, now = line.row, emphasised(_value(line.now))
    values = [_value(line.before), now, Put(line.change)] if compared else [now]
    return [Put(line.place, across="center"), Put(str(row.label)), Put(str(row.unit)), *values, Put(line.note, size=10)]


def _value(row: NumericRow | None) -> Put:
    """A number as a number; a lower end, a word or a dash as text."""
    if row is None or row.value is None or row.at_least or row.words:
        return Put(numbers.shown(row), across="center")
    if str(row.unit) == numbers.PERCENT:
        shown = state.rate(row.value / 100)
        return Put(shown.value, number_format=shown.number_format)
    whole = row.value == row.value.to_integral_value()
    return Put(state.plain(row.value), number_format="#,##0" if whole else "General")


# --- the register --------------------------------------------------------------------------------------------------


def register_sheet(book: Workbook, review: Review) -> None:
    """Writes the register in its five official columns only. The note of an item names its provisions and goals."""
    page = _page(book, review, "register", _REGISTER_WIDTHS)
    page.headings()
    for place, item in enumerate(review.evidence_register, start=1):
        page.row(_register_row(review, place, item))
    if not review.evidence_register:
        page.line(Put(say("annex.register.none"), italic=True), centred=False)
    page.finish(draft=review.draft)


def _register_row(review: Review, place: int, item: RegisterItem) -> list[Put]:
    note = "\n".join(one for one in (str(item.note), numbers.serves(review, item.serves)) if one)
    return [
        Put(place, across="center"), Put(item.code), Put(str(item.title)),
        Put(str(item.where)), Put(note, size=10),
    ]
