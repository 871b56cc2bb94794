"""`so_sanh.xlsx`: every line in every year, with increases, source cells, and reasons why years cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.forms.save_workbook import workbook_bytes
from antq_review.history.model import Comparison, ComparisonLine, LineKind, Moved, YearHead, YearValue
from antq_review.publish.comparison import lines
from antq_review.publish.comparison.blocks import COUNTED, counts
from antq_review.publish.comparison.sentences import sentences
from antq_review.publish.excel import values as state
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter
from antq_review.text import day, say

_COLOURS = {Moved.IMPROVED: style.OK, Moved.DECLINED: style.NO, Moved.NOT_COMPARABLE: style.OPEN}
_STATE_COLOURS = {"ok": style.OK, "no": style.NO, "open": style.OPEN, "none": style.NONE}
#: No version has a name: each year is called a draft or final.
NO_NAMES: Mapping[int, str] = MappingProxyType({})
_BOLD = (LineKind.CRITERION, LineKind.TOTAL, LineKind.GOAL)


def comparison_workbook(comparison: Comparison, names: Mapping[int, str] = NO_NAMES) -> bytes:
    """The workbook: summary, texts, plan, numbers, sources. The same comparison gives the same bytes.

    `names`: year → its version in words, for the first sheet.
    """
    book = Workbook()
    book.remove(book.active)
    _summary(book, comparison, names)
    texts = [line for line in comparison.lines if line.kind in (LineKind.CRITERION, LineKind.TOTAL) or (
        line.kind is LineKind.MEASURE and line.group != "plan"
    )]
    _table(book, comparison, "texts", texts)
    _table(book, comparison, "plan", [line for line in comparison.lines if line.group == "plan"])
    _table(book, comparison, "numbers", comparison.of(LineKind.ROW))
    _sources(book, comparison)
    return workbook_bytes(book)


def year_sheets(book: Workbook, comparison: Comparison) -> None:
    """Two sheets for the annex: criteria, totals and goals beside the year before, and the sources of every line."""
    kinds = (LineKind.CRITERION, LineKind.TOTAL, LineKind.GOAL)
    _table(book, comparison, "since", comparison.of(*kinds))
    _sources(book, comparison, "since_sources")


def _drafts(page: SheetWriter, comparison: Comparison) -> bool:
    """Writes the draft mark and the years judged again by another text. Returns whether any year is a draft."""
    draft = any(year.draft for year in comparison.years)
    if draft:
        page.line(Put(say("annex.draft"), bold=True, colour=style.OPEN, size=11), centred=False)
    for year in comparison.years:
        if year.rescored:
            says = say("compare.sheet.rescored", year=year.year, rescored=year.rescored)
            page.line(Put(says, bold=True, colour=style.OPEN), centred=False)
    return draft


def _summary(book: Workbook, comparison: Comparison, names: Mapping[int, str]) -> None:
    """The first sheet: sentences, counts of changes, and the day and texts of each year."""
    widths = (34, 16, *(15,) * len(COUNTED))
    headings = (say("compare.sheet.counted"), say("compare.sheet.years"), *(say(f"compare.marks.{moved.value}") for moved in COUNTED))
    page = SheetWriter(
        book.create_sheet(say("compare.sheet.summary")), WORKING,
        [SheetColumn(heading, width, centred=index > 0) for index, (heading, width) in enumerate(zip(headings, widths, strict=True))],
    )
    first, last = comparison.years[0].year, comparison.years[-1].year
    page.title(say("compare.sheet.title", first=first, last=last, school=comparison.school.name))
    draft = _drafts(page, comparison)
    page.gap()
    for sentence in sentences(comparison):
        page.line(Put(sentence, size=11), centred=False)
    page.gap()
    page.headings()
    for name, pairs in counts(comparison):
        for before, now, count in pairs:
            page.row([Put(name), Put(f"{before} → {now}"), *(Put(count[moved] or None) for moved in COUNTED)])
    page.gap()
    for year in comparison.years:
        texts = "; ".join(say("compare.sheet.text", text=text.short, number=text.number) for text in year.texts)
        kind = say(f"compare.sheet.{'draft' if year.draft else 'final'}")
        named = {"year": year.year, "version": names.get(year.year) or say("compare.sheet.unnamed", kind=kind, day=day(year.as_of))}
        page.line(Put(say("compare.sheet.year", **named, texts=texts), size=9), centred=False)
        if year.former:
            page.line(Put(f"{year.year}: {year.former}", size=9), centred=False)
    page.finish(draft=draft, internal=say("annex.internal_mark"))


def _table(book: Workbook, comparison: Comparison, sheet: str, found: Sequence[ComparisonLine]) -> None:
    page = SheetWriter(book.create_sheet(say(f"compare.sheet.{sheet}")), WORKING, _columns(comparison))
    page.title(say(f"compare.sheet.{sheet}_title"))
    draft = _drafts(page, comparison)
    page.gap()
    page.headings()
    group = under = ""
    for line in found:
        if str(line.group_title) != group:
            group, under = str(line.group_title), ""
            page.line(Put(group, bold=True, size=11, fill=style.WASH_FILL, colour=style.BLUE), centred=False)
        if line.kind is LineKind.ROW and str(line.under) != under:
            under = str(line.under)
            page.line(Put(under, bold=True, italic=True), centred=False)
        page.row(_row(line))
    if not found:
        page.line(Put(say("compare.sheet.nothing"), italic=True), centred=False)
    page.finish(draft=draft, internal=say("annex.internal_mark"))


def _columns(comparison: Comparison) -> list[SheetColumn]:
    """Number, content, unit; for each year its value and the change from the year before; the reasons."""
    columns = [
        SheetColumn(say("compare.sheet.id"), 10), SheetColumn(say("compare.sheet.content"), 40),
        SheetColumn(say("compare.sheet.unit"), 10, True),
    ]
    for index, year in enumerate(comparison.years):
        columns.append(SheetColumn(_year(year), 13, True))
        if index:
            before = comparison.years[index - 1].year
            columns.append(SheetColumn(say("compare.sheet.change", before=before, now=year.year), 14, True))
            columns.append(SheetColumn(say("compare.sheet.moved"), 16))
    return [*columns, SheetColumn(say("compare.sheet.why"), 44)]


def _year(head: YearHead) -> str:
    return say("compare.sheet.of_year_rescored" if head.rescored else "compare.sheet.of_year", year=head.year)


def _row(line: ComparisonLine) -> list[Put]:
    bold = line.kind in _BOLD
    puts = [Put(lines.place(line), bold=bold), Put(str(line.label), bold=bold and line.kind is not LineKind.GOAL), Put(lines.unit(line))]
    for index, side in enumerate(line.sides):
        puts.append(_value(line, side))
        if index:
            change = line.changes[index - 1]
            puts.append(Put(lines.difference(change, side) or say("compare.dash")))
            puts.append(Put(lines.mark(change), colour=_COLOURS.get(change.moved, style.INK) if change else style.NONE))
    return [*puts, Put("\n".join(lines.reasons(line)), size=9, colour=style.OPEN)]


def _sources(book: Workbook, comparison: Comparison, sheet: str = "sources") -> None:
    """The sources of every line in every year: citation, file, sheet, cells."""
    columns = [SheetColumn(say("compare.sheet.id"), 10), SheetColumn(say("compare.sheet.content"), 40)]
    columns += [SheetColumn(say("compare.sheet.source", year=year.year), 44) for year in comparison.years]
    page = SheetWriter(book.create_sheet(say(f"compare.sheet.{sheet}")), WORKING, columns)
    page.title(say("compare.sheet.sources_title"))
    draft = _drafts(page, comparison)
    page.gap()
    page.headings()
    group = ""
    for line in comparison.lines:
        if str(line.group_title) != group:
            group = str(line.group_title)
            page.line(Put(group, bold=True, size=11, fill=style.WASH_FILL, colour=style.BLUE), centred=False)
        page.row([Put(lines.place(line)), Put(str(line.label)), *(_source(side) for side in line.sides)])
    page.finish(draft=draft, internal=say("annex.internal_mark"))


def _source(side: YearValue | None) -> Put:
    """The citation and the cells of one year."""
    if side is None:
        return Put(say("compare.dash"), colour=style.NONE)
    places = state.places(side.cells)
    return replace(places, value="\n".join(part for part in (str(side.citation), str(places.value or "")) if part))


def _value(line: ComparisonLine, side: YearValue | None) -> Put:
    """A number as a number; a range, a state or a dash as text."""
    if side is None or side.low is None or side.low != side.high or side.said or line.kind in (LineKind.CRITERION, LineKind.TOTAL):
        open_side = side is not None and (side.low != side.high or lines.state_of(side) == "open")
        colour = _STATE_COLOURS.get(lines.state_of(side), style.OPEN if open_side else style.INK)
        return Put(lines.value(line, side), colour=colour, fill=state.HATCHED if open_side else None, across="center")
    if side.is_rate:
        return state.rate(side.low)
    whole = side.low == side.low.to_integral_value()
    return Put(state.plain(side.low), number_format="#,##0" if whole else "General")
