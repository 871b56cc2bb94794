"""Checks of the text: addressees, “Nơi nhận”, “./.”, annexes named, blanks, leftovers, dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from antq_review.publish.dossier import missing_prefix
from antq_review.publish.word.layout_check.document import DocxSection, Paragraph, WordDocument
from antq_review.publish.word.layout_check.kind import PaperKind, annex_number, sign_rows
from antq_review.text import fold, say, visible

Found = Iterator[tuple[str, str]]
_DATE = re.compile(say("word.check.date_pattern"))


def addressed(_: WordDocument, kind: PaperKind) -> Found:
    """6: a report, submission or letter has one “Kính gửi”; then the first item of “Nơi nhận” is “- Như trên;”."""
    if not kind.has_head:
        return
    to = fold(say("word.addressed_to"))
    found = [one for one in kind.text if fold(one.text).startswith(to)]
    if kind.addressed and len(found) != 1:
        yield say("word.check.head"), say("word.check.addressed", count=len(found))
    items = _distribution(kind)
    if found and items and fold(items[0].text).strip("-–;. ") != fold(say("word.check.as_above")):
        yield items[0].where, say("word.check.not_as_above")


def _distribution(kind: PaperKind) -> list[Paragraph]:
    """The items of “Nơi nhận:”: those below it in the same cell; outside tables, those below it in the main text."""
    heads = sign_rows(kind)
    if not heads:
        return []
    text = kind.text
    after = text[text.index(heads[-1]) + 1 :]
    return [one for one in after if one.row is heads[-1].row and one.text.strip().startswith(("-", "–"))]


def kept(_: WordDocument, kind: PaperKind) -> Found:
    """7: the last item of “Nơi nhận” is “- Lưu: VT, ….”."""
    items = _distribution(kind)
    if kind.has_head and not items:
        yield say("word.check.foot"), say("word.check.no_distribution")
    elif items and not fold(items[-1].text).startswith(fold(say("word.check.kept"))):
        yield items[-1].where, say("word.check.not_kept")


def end_marks(_: WordDocument, kind: PaperKind) -> Found:
    """8: the main text and every annex end with “./.”."""
    mark = say("word.end_mark")
    if kind.main:
        stops = [one.row for one in sign_rows(kind)]
        tables = {row.table for row in stops if row is not None}
        body = [one for one in kind.text if one.text.strip() and (one.row is None or one.row.table not in tables)]
        yield from _without_end(body, mark)
    for annex in _annexes(kind):
        yield from _without_end([one for one in annex if one.text.strip()], mark)


def _without_end(paragraphs: list[Paragraph], mark: str) -> Found:
    if paragraphs and not paragraphs[-1].text.strip().endswith(mark):
        yield paragraphs[-1].where, say("word.check.no_end")


def _annexes(kind: PaperKind) -> Iterator[list[Paragraph]]:
    """The paragraphs of every annex; an annex may have several sections."""
    current: list[Paragraph] = []
    for paragraph in (one for section in kind.annexes for one in section.paragraphs):
        if annex_number(paragraph) is not None and current:
            yield current
            current = []
        current.append(paragraph)
    if current:
        yield current


def annexes_named(_: WordDocument, kind: PaperKind) -> Found:
    """9: the main text points to every annex."""
    if not kind.main:
        return
    text = " ".join(one.text for one in kind.text)
    for annex in _annexes(kind):
        label = annex[0].text.strip() if annex_number(annex[0]) is not None else ""
        if label and not re.search(rf"{re.escape(label)}\b", text, re.IGNORECASE):
            yield annex[0].where, say("word.check.annex_not_named", label=label)


def blanks_and_leftovers(document: WordDocument, kind: PaperKind) -> Found:
    """10: no empty paragraph as spacing, NFC text, no gap in a final copy."""
    for section in document.sections:
        for blank in _blanks(section):
            yield blank.where, say("word.check.blank")
    prefix = missing_prefix()
    for paragraph in (one for section in document.sections for one in section.paragraphs):
        if paragraph.text != unicodedata.normalize("NFC", paragraph.text):
            yield paragraph.where, say("word.check.not_nfc")
        if prefix in paragraph.text and not document.is_draft:
            yield paragraph.where, say("word.check.left_open")


def _blanks(section: DocxSection) -> Iterator[Paragraph]:
    """Empty paragraphs that Word does not need.

    Word needs one alone in a cell, after a table at the end, between two tables, and at the end of a section.
    """
    last = len(section.blocks) - 1
    for place, block in enumerate(section.blocks):
        if block is None or block.text.strip() or block.drawn or block.ends_section or block.alone:
            continue
        before = section.blocks[place - 1] if place else None
        after_table = before is not None and before.row is not None
        if place == last and block.row is None and after_table:
            continue
        between = place < last and section.blocks[place + 1] is None and after_table and block.row is None
        if not between:
            yield block


def dates(_: WordDocument, kind: PaperKind) -> Found:
    """11: days below 10 and months 1 and 2 have a zero, other months have none; a day or month may be blank."""
    for paragraph in kind.text:
        for found in _DATE.finditer(paragraph.text):
            day, month = found[1], found[2]
            if (day.isdecimal() and len(day) < 2) or not _month_padded(month):
                yield paragraph.where, say("word.check.date", have=visible(found[0].strip()[:60]))


def _month_padded(month: str) -> bool:
    return not month.isdecimal() or (len(month) == 2) == (int(month) in (1, 2, 10, 11, 12))
