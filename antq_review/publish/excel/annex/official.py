"""The sheets that the school sends out: the official score table, and the criteria of a text without points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from openpyxl import Workbook

from antq_review.forms import cell_styles as style
from antq_review.publish import wording as phrases
from antq_review.publish.excel import values as state
from antq_review.publish.excel.page import OFFICIAL, Put, SheetColumn, SheetWriter, emphasised
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import DeductionFinding, Finding, Review, TextResult, TextReview
from antq_review.text import Message, day, number, say

_RESULT_COLOURS = {TextResult.MET: style.OK, TextResult.NOT_MET: style.NO, TextResult.INSUFFICIENT: style.OPEN}
#: Characters that the name of a sheet may not contain; its greatest length.
_FORBIDDEN, _LONGEST = str.maketrans({sign: "-" for sign in r":\/?*[]"}), 31


def period_line(text: TextReview) -> str:
    """The period of a text and the day up to which it is judged."""
    return say("annex.period", span=phrases.span(text.period_start, text.period_end), until=day(text.data_until))


def _head(page: SheetWriter, review: Review, text: TextReview) -> None:
    page.line(Put(review.school.name.upper(), bold=True, size=13))
    page.line(Put(say("annex.year", year=review.year), bold=True, size=13))
    for key, holds in (("draft", review.draft), ("illustrative", text.illustrative), ("unconfirmed", text.draft)):
        if holds:
            page.line(Put(say(f"annex.{key}"), bold=True, colour=style.OPEN, size=12))
    page.line(Put(period_line(text), italic=True, size=12))
    page.gap()


# --- the official score table --------------------------------------------------------------------------------------


def score_sheet(book: Workbook, review: Review, text: TextReview) -> None:
    """Writes the form of Decision 510: TT, Nội dung chấm điểm, Điểm chuẩn, one to three columns of points, no other."""
    total = text.total or Decimal(0)
    given = text.score_columns
    columns = [
        SheetColumn(say("annex.score.number"), 7, centred=True), SheetColumn(say("annex.score.content"), 65 - 13 * len(given)),
        SheetColumn(say("annex.score.standard", total=number(total)), 13),
        *(SheetColumn(say(f"annex.score.{name}"), 15 - len(given)) for name in given),
    ]
    page = SheetWriter(book.create_sheet(say("annex.sheets.score")), OFFICIAL, columns)
    page.title(say("annex.score.title"))
    page.line(Put(say("annex.score.subtitle"), bold=True, size=13))
    _head(page, review, text)
    page.headings()
    for finding in text.findings:
        for heading in (one for one in text.headings if one.before == finding.id):
            standard = Put(None if heading.points is None else state.plain(heading.points))
            page.row([emphasised(put) for put in (Put(phrases.label(heading.id)), Put(heading.text), standard)] + [Put()] * len(given))
        page.row(_score_row(finding, given))
    for one in text.deductions:
        page.row(_deduction_row(one, given))
    for words in limit_words(text):
        page.row([Put(), Put(words, italic=True), Put(), *[Put()] * len(given)])
    sums = {"own": _own_total(text), "superior": _other_total(text, "verified_points"), "agreed": _other_total(text, "agreed_points")}
    last = [Put(), Put(say("annex.score.total")), Put(state.plain(total)), *(sums.get(name, Put()) for name in given)]
    page.row([emphasised(put) for put in last])
    page.finish(draft=review.draft)


def _points(points: Decimal | None) -> Put:
    return Put(None if points is None else state.plain(points))


def _score_row(finding: Finding, given: Sequence[str]) -> list[Put]:
    """A row of the form. Points stay blank if the provision's text is not known, or while nobody gave them."""
    if finding.is_unread:
        return [Put(phrases.label(finding.id)), Put(finding.title, italic=True), _points(finding.points), *[Put()] * len(given)]
    score = finding.self_score
    scores = {
        "own": finding.concluded_points(), "superior": score.verified_points if score else None,
        "agreed": score.agreed_points if score else None,
    }
    own = (_points(scores.get(name)) for name in given)
    return [Put(phrases.label(finding.id)), Put(finding.marked_text), _points(finding.points), *own]


def taken_words(one: DeductionFinding) -> str:
    """A deduction as the form prints it: its reason, the points each time, the most points."""
    key = "deduction" if one.at_most is None else "deduction_most"
    most = number(one.at_most) if one.at_most is not None else ""
    return say(f"annex.score.{key}", text=one.text, each=number(one.each), most=most)


def limit_words(text: TextReview) -> list[str]:
    """What the paper says about the bonus and the whole total, where the table has bonus rows or a limit."""
    found = []
    if text.bonus_most is not None:
        found.append(say("annex.score.bonus_most", most=number(text.bonus_most)))
    elif text.bonus:
        found.append(say("annex.score.bonus_beyond"))
    if text.never_over is not None:
        found.append(say("annex.score.never_over", most=number(text.never_over)))
    return found


def _deduction_row(one: DeductionFinding, given: Sequence[str]) -> list[Put]:
    taken = {"own": one.self_points if one.concluded else None, "superior": one.verified_points, "agreed": one.agreed_points}
    points = [taken.get(name) for name in given]
    return [Put(phrases.label(one.id)), Put(taken_words(one)), Put(), *(_points(None if value is None else -value) for value in points)]


def _own_total(text: TextReview) -> Put:
    """The concluded points less the concluded deductions; a sentence if one of them is missing."""
    own = text.own_total()
    return Put(say("annex.score.not_enough") if own is None else state.plain(own))


def _other_total(text: TextReview, name: Literal["verified_points", "agreed_points"]) -> Put:
    """The sum of the superior's or the agreed points, less such deductions; blank while a row has none."""
    given: list[Decimal | None] = [getattr(one.self_score, name) if one.self_score else None for one in text.findings]
    taken: list[Decimal | None] = [getattr(one, name) for one in text.deductions]
    if not given or None in given or None in taken:
        return Put()
    return Put(state.plain(text.added(given, taken)))


# --- a text without points -----------------------------------------------------------------------------------------


def yes_no_sheet(book: Workbook, review: Review, text: TextReview) -> None:
    """Writes TT, Tiêu chí, Kết quả tự đánh giá, Ghi chú; parts indented below their criterion; the result last."""
    columns = (
        SheetColumn(say("annex.yes_no.number"), 15), SheetColumn(say("annex.yes_no.criterion"), 38),
        SheetColumn(say("annex.yes_no.result"), 15), SheetColumn(say("annex.yes_no.note"), 20),
    )
    page = SheetWriter(book.create_sheet(str(text.short).translate(_FORBIDDEN)[:_LONGEST]), OFFICIAL, columns)
    page.title(say("annex.yes_no.title"))
    page.line(Put(str(text.title), bold=True, size=12))
    _head(page, review, text)
    page.headings()
    for finding in text.findings:
        page.row(_criterion_row(finding, text))
        for place in finding.walk(readings=False):
            if place.depth:
                page.row(_part_row(place.finding, place.depth))
    _foot(page, text)
    page.finish(draft=review.draft)


def short_citation(citation: Message, text: TextReview) -> str:
    """`Điều 7 khoản 1`: the citation without the name of the text, which is printed above the table."""
    return str(citation).replace(" " + str(text.title).split(":")[0], "").strip()


def _criterion_row(finding: Finding, text: TextReview) -> list[Put]:
    """A criterion with what the meeting concluded; in its note, where that differs from the evidence, both and the reason."""
    place = f"{phrases.label(finding.id)}\n{short_citation(finding.citation, text)}"
    truth = finding.official_truth
    if finding.official is None and truth is Truth.UNKNOWN:
        result = Put(say("annex.yes_no.left_open" if text.is_concluded else "annex.yes_no.no_meeting"), italic=True)
    else:
        result = emphasised(state.truth(truth))
    note = "\n".join([*_meeting(finding), *_evidence(finding), *_readings(finding)])
    return [Put(place), Put(finding.text), result, Put(note)]


def _evidence(finding: Finding) -> list[str]:
    """What the evidence says, where the meeting differs from it or has not concluded; and why it is open."""
    if finding.not_applicable:
        return [str(finding.not_applicable)]
    if finding.official is not None and not finding.conflict:
        return []
    said = [str(finding.conflict)] if finding.conflict else []
    if finding.official is None:
        said.append(say("annex.yes_no.evidence", result=phrases.mark(finding.computed.truth)))
        said += [] if finding.computed.settled else list(dict.fromkeys(str(why.says) for why in finding.reasons))
    return said


def _part_row(part: Finding, depth: int) -> list[Put]:
    """A part: no meeting concludes it by itself, so its result by the evidence is in the note."""
    excused = phrases.excuse_notes(*(place.finding.measurement for place in part.walk()))
    note = [str(part.not_applicable)] if part.not_applicable else [
        say("annex.yes_no.evidence", result=phrases.mark(part.computed.truth)), *map(str, excused), *_readings(part),
    ]
    return [Put(phrases.label(part.id), indent=depth), Put(part.title, indent=depth), Put(), Put("\n".join(note))]


def _meeting(finding: Finding) -> list[str]:
    own = finding.self_score
    if own is None or not own.concluded or own.held_on is None:
        return []
    key = "minutes" if own.minutes else "meeting"
    return [say(f"annex.yes_no.{key}", day=day(own.held_on), minutes=own.minutes)]


def _readings(finding: Finding) -> list[str]:
    truths = {reading.outcome.truth for reading in finding.readings}
    if not truths:
        return []
    if len(truths) == 1:
        return [say("annex.yes_no.readings_agree", count=len(finding.readings))]
    results = "; ".join(f"{reading.id}: {phrases.mark(reading.outcome.truth)}" for reading in finding.readings)
    return [say("annex.yes_no.readings_differ", results=results)]


def _foot(page: SheetWriter, text: TextReview) -> None:
    page.gap()
    result = text.official_result
    colour = _RESULT_COLOURS.get(result, style.NONE) if result is not None else style.OPEN
    page.line(Put(own_result(text), bold=True, colour=colour, size=13), centred=False)
    if text.is_concluded:
        page.line(Put(_counts(finding.official_truth for finding in text.findings)), centred=False)
    for warning in text.warnings:
        page.line(Put(str(warning)), centred=False)
    page.line(Put(say("annex.result.disclaimer"), italic=True, size=11), centred=False)


def own_result(text: TextReview) -> str:
    """`Tự đánh giá: đạt – đề nghị công nhận`; or that no meeting has concluded."""
    return say("annex.result.own", result=phrases.self_assessed(text))


def criteria_counts(text: TextReview) -> str:
    """The number of criteria in each state by the evidence, as a sentence."""
    return _counts(finding.settled.truth for finding in text.findings)


def _counts(truths: Iterable[Truth]) -> str:
    counts = Counter(truths)
    return say("annex.result.counts", **{value.value: counts[value] for value in Truth})
