"""The school's own sheet: every finding, part and reading with its cells, and why the review is still a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.forms.choices import StandardResult
from antq_review.publish import wording as phrases
from antq_review.publish.excel import values as state
from antq_review.publish.excel.annex.extra_rows import extra_rows
from antq_review.publish.excel.annex.next_steps import next_lines, progress_line
from antq_review.publish.excel.annex.official import criteria_counts, own_result, period_line
from antq_review.publish.excel.page import WORKING, Put, SheetColumn, SheetWriter, emphasised
from antq_review.publish.tables.evidence_codes import codes_of
from antq_review.scoring.model.outcome import Reason
from antq_review.scoring.model.review import Finding, ReadingFinding, Review, TextReview
from antq_review.text import day, number, say, words

_WIDTHS = {
    "id": 9, "criterion": 40, "citation": 14, "points": 7, "computed": 11, "settled": 11, "own": 11, "verified": 10,
    "measured": 12, "fraction": 9, "reasons": 26, "settles": 22, "codes": 20, "cells": 26, "confidence": 10,
}


def internal_sheet(book: Workbook, review: Review) -> None:
    """Writes a block for each text (result, findings, sources, gaps), then next steps and the reasons for a draft."""
    columns = [SheetColumn(say(f"annex.internal.{name}"), width) for name, width in _WIDTHS.items()]
    page = SheetWriter(book.create_sheet(say("annex.sheets.internal")), WORKING, columns)
    page.title(say("annex.internal.title"))
    page.line(Put(f"{review.school.name} – {say('annex.year', year=review.year)}", bold=True, size=11), centred=False)
    page.line(Put(say("annex.internal_mark"), bold=True, colour=style.NO, size=11), centred=False)
    if review.draft:
        page.line(Put(say("annex.draft"), bold=True, colour=style.OPEN, size=11), centred=False)
    page.headings()
    codes = codes_of(review)
    for text in review.texts:
        _text_block(page, text, codes)
        progress_line(page, review, text.id)
    for one in review.left_out:
        page.line(Put(str(one.says), colour=style.SOFT), centred=False)
    next_lines(page, review)
    _draft_reasons(page, review)
    page.finish(draft=review.draft, internal=say("annex.internal_mark"))


def _text_block(page: SheetWriter, text: TextReview, codes: dict[str, list[str]]) -> None:
    band = f"{text.title}\n{period_line(text)}. {result_line(text)}"
    page.line(Put(band, bold=True, colour=style.BLUE, fill=style.WASH_FILL, size=10), centred=False)
    for warning in text.warnings:
        page.line(Put(str(warning), colour=style.OPEN), centred=False)
    for finding in text.findings:
        for row in _rows(finding, 0, finding, _Codes(text.id, codes)):
            page.row(row)
    for beside in extra_rows(text):
        page.row(beside)
    for source in text.sources:
        places = {"where": source.where, "read_by": source.read_by, "day": day(source.read_on), "note": source.note}
        page.line(Put(say("annex.internal.source", **places).strip(), colour=style.SOFT, size=9), centred=False)
    for gap in text.gaps:
        page.line(Put(say("annex.internal.gap", gap=gap), colour=style.OPEN, size=9), centred=False)


def result_line(text: TextReview) -> str:
    """By the evidence, then by the school's meeting, in one line; points are a range while any of them are open."""
    if text.result is not None:
        return f"{phrases.by_evidence(text)}: {criteria_counts(text)}. {own_result(text)}."
    return f"{phrases.considered(text)}. {phrases.classified(text)}. {own_result(text)}."


class _Codes(NamedTuple):
    """The codes of the evidence of each provision of a text."""

    text: str
    known: dict[str, list[str]]

    def of(self, finding: Finding) -> Put:
        return Put(", ".join(self.known.get(f"{self.text}/{finding.id}", ())), size=9)


def _rows(finding: Finding, depth: int, criterion: Finding, codes: _Codes) -> Iterator[list[Put]]:
    row = _row(finding, depth, criterion, codes)
    yield row if depth else [emphasised(row[0]), *row[1:]]
    for part in finding.parts:
        yield from _rows(part, depth + 1, criterion, codes)
    for reading in finding.readings:
        yield _reading_row(finding, reading, depth + 1)
        for part in reading.parts:
            yield from _rows(part, depth + 2, criterion, codes)


def _row(finding: Finding, depth: int, criterion: Finding, codes: _Codes) -> list[Put]:
    title = say("annex.internal.quoted", title=finding.title, text=finding.text)
    measure = finding.measurement
    cells = [*(measure.cells if measure else ()), *finding.fact_cells, *(finding.self_score.cells if finding.self_score else ())]
    return [
        Put(phrases.label(finding.id)), Put(title, indent=depth), Put(str(finding.citation)),
        Put(None if finding.points is None else state.plain(finding.points)), state.outcome(finding.computed),
        state.outcome(finding.settled), _own(finding), _verified(finding), _measured(finding), state.fraction(measure),
        _reasons(finding, criterion), Put(_joined(str(why.settles) for why in _whys(finding, criterion))), codes.of(finding),
        state.places(cells),
        Put(words("annex")["confidence"].get(finding.confidence, finding.confidence)),
    ]


def _reading_row(finding: Finding, reading: ReadingFinding, depth: int) -> list[Put]:
    blank = [Put()] * 9
    return [
        Put(say("annex.internal.reading_id", id=phrases.label(finding.id), reading=reading.id)),
        Put(say("annex.internal.reading", id=reading.id, says=reading.says), indent=depth, italic=True), Put(), Put(),
        state.outcome(reading.outcome), *blank, Put(words("annex")["confidence"].get(reading.basis, reading.basis)),
    ]


def _measured(finding: Finding) -> Put:
    return state.measured(finding.measurement) if finding.measurement else Put()


def _own(finding: Finding) -> Put:
    own = finding.self_score
    given = _given(own.points, own.result) if own else Put()
    if own is None or own.concluded or given.value is None:
        return given
    return Put(say("annex.internal.not_concluded", own=_as_text(given)))


def _verified(finding: Finding) -> Put:
    own = finding.self_score
    given = _given(own.verified_points, own.verified_result) if own else Put()
    if own is None or not own.verified_by or given.value is None:
        return given
    return Put(say("annex.internal.verified_by", value=_as_text(given), by=own.verified_by))


def _given(points: Decimal | None, result: str | None) -> Put:
    """A score that people gave: points, or a result in words."""
    if points is not None:
        return Put(state.plain(points))
    return Put(StandardResult.label_of(result)) if result else Put()


def _as_text(put: Put) -> str:
    return number(Decimal(str(put.value))) if isinstance(put.value, int | float) else str(put.value)


def _whys(finding: Finding, criterion: Finding) -> list[Reason]:
    whys = [*finding.reasons, *(finding.measurement.reasons if finding.measurement else ())]
    return phrases.open_reasons(whys, criterion)


def _reasons(finding: Finding, criterion: Finding) -> Put:
    own = finding.self_score
    said = [say("annex.internal.conflict", conflict=finding.conflict)] if finding.conflict else []
    said += [*map(str, finding.returned), str(finding.not_applicable), *(str(why.says) for why in _whys(finding, criterion)), finding.note]
    said += map(str, finding.measurement.notes) if finding.measurement else ()
    said += [say("annex.internal.own_reason", reason=own.reason)] if own and own.reason else []
    put = Put(_joined(said))
    return replace(put, colour=style.NO) if finding.conflict else put


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _draft_reasons(page: SheetWriter, review: Review) -> None:
    for warning in review.warnings:
        page.line(Put(str(warning), colour=style.OPEN), centred=False)
    if not review.draft_reasons:
        return
    page.gap()
    page.line(Put(say("annex.internal.draft_reasons"), bold=True, colour=style.OPEN, size=11), centred=False)
    for index, reason in enumerate(review.draft_reasons, start=1):
        page.line(Put(f"{index}. {reason}"), centred=False)
