"""Checks of measurable features: paper, letters, sizes, the Quốc hiệu, page numbers, the signature row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from antq_review.publish.word.decree_30 import (
    ANNEX,
    CORNER,
    FONT,
    MARGIN_BOUNDS,
    NUMBER,
    PAPER,
    RECIPIENT,
    RECIPIENTS,
    TABLE,
    TWIPS_PER_MM,
    WIDE,
    Preset,
)
from antq_review.publish.word.layout_check.document import DocxSection, Paragraph, W, WordDocument
from antq_review.publish.word.layout_check.kind import PaperKind, annex_number, sign_rows
from antq_review.publish.word.text_width import width
from antq_review.text import fold, number, say, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Found = Iterator[tuple[str, str]]
#: The largest difference in mm that is no departure: Word stores lengths in twips, and its dialogs round them.
_SLACK = 0.6
_BLACK = ("auto", "000000")
_SIZES = (NUMBER, RECIPIENT, RECIPIENTS, TABLE)


def paper(document: WordDocument, _: PaperKind) -> Found:
    """1: A4, margins within their bounds."""
    sides = sorted(length / TWIPS_PER_MM for length in PAPER)
    for place, section in enumerate(document.sections, start=1):
        where = say("word.check.section", place=place)
        if any(abs(have - want) > _SLACK for have, want in zip(sorted((section.width, section.height)), sides, strict=True)):
            yield where, say("word.check.paper", width=_mm(section.width), height=_mm(section.height))
        for side, (least, most) in MARGIN_BOUNDS.items():
            have = section.margins.get(side, 0)
            if not least - _SLACK <= have <= most + _SLACK:
                yield where, say("word.check.margin", side=say(f"word.check.side.{side}"), have=_mm(have), least=least, most=most)


def _mm(length: float) -> str:
    return number(round(length))


def letters(document: WordDocument, _: PaperKind) -> Found:
    """2: Times New Roman, black."""
    for paragraph in _paragraphs(document):
        for run in paragraph.runs:
            strange = next((font for font in run.look.fonts if font != FONT), None)
            if strange and run.text.strip():
                yield paragraph.where, say("word.check.font", have=visible(strange)[:40])
            if run.look.colour.casefold() not in _BLACK and run.text.strip():
                yield paragraph.where, say("word.check.colour", have=visible(run.look.colour)[:40])


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    for section in document.sections:
        yield from section.paragraphs


def sizes(document: WordDocument, kind: PaperKind) -> Found:
    """3: all sizes belong to one preset."""
    if kind.sizes is None:
        yield say("word.check.body"), say("word.check.body_size", have=number_of(kind.body_size))
        return
    for paragraph in kind.text:
        wanted = _component(paragraph, kind.sizes)
        for size in sorted({run.look.size for run in paragraph.runs if run.text.strip()}):
            if wanted is not None and size != wanted:
                yield paragraph.where, say("word.check.size_of", have=number_of(size), want=wanted)
            elif wanted is None and size not in _allowed(paragraph, kind.sizes):
                yield paragraph.where, say("word.check.size", have=number_of(size), body=kind.sizes.body)
    for section in kind.annexes:
        for paragraph in section.paragraphs:
            own = {ANNEX} if annex_number(paragraph) is not None else {kind.sizes.body, CORNER, *_SIZES}
            for size in sorted({run.look.size for run in paragraph.runs if run.text.strip()} - own):
                yield paragraph.where, say("word.check.size", have=number_of(size), body=kind.sizes.body)


def number_of(size: float) -> str:
    """A size as people write it: `13`, `13,5`."""
    return f"{size:g}".replace(".", ",")


def _component(paragraph: Paragraph, preset: Preset) -> int | None:
    """The one size that a component of the head must have; None for any other paragraph."""
    text = fold(paragraph.text)
    if text == fold(say("word.nation")):
        return preset.nation
    return preset.motto if text == fold(say("word.motto")) else None


def _allowed(paragraph: Paragraph, preset: Preset) -> set[int]:
    """The sizes of a paragraph: outside tables it is body text; the head, the signature and the data are in tables."""
    return {preset.body} if paragraph.row is None else {preset.body, preset.nation, preset.day, *_SIZES}


def nation(document: WordDocument, kind: PaperKind) -> Found:
    """4: the Quốc hiệu on one line, bold; the Tiêu ngữ with spaces on both sides of its hyphens."""
    if not kind.has_head:
        return
    top = kind.text[:40]
    found = next((one for one in top if fold(one.text) == fold(say("word.nation"))), None)
    if found is None:
        yield say("word.check.head"), say("word.check.no_nation")
        return
    look = found.runs[0].look
    if not all(run.look.bold for run in found.runs if run.text.strip()):
        yield found.where, say("word.check.not_bold")
    room = found.width if found.width is not None else WIDE[False]
    wide = width(found.text.strip(), look.size, look.bold)
    if wide > room + 0.3 or "\n" in found.text:
        yield found.where, say("word.check.two_lines", wide=_mm(wide), room=_mm(room))
    if not any(one.text.strip() == say("word.motto") for one in top):
        yield say("word.check.head"), say("word.check.no_motto")


def page_numbers(document: WordDocument, kind: PaperKind) -> Found:
    """5: PAGE in the top margin, in the middle, hidden on the first page; every annex counts from 1."""
    for place, section in enumerate(document.sections, start=1):
        where = say("word.check.section", place=place)
        if not _has_page(section.header):
            key = "page_below" if _has_page(section.footer) else "no_page"
            yield where, say(f"word.check.{key}")
        if not section.title_page:
            yield where, say("word.check.first_page")
        if section in kind.annexes and section.start != 1 and annex_heading(section):
            yield where, say("word.check.restart")


def annex_heading(section: DocxSection) -> bool:
    """Does an annex begin with this section? False where the section continues one."""
    first = next((one for one in section.paragraphs if one.text.strip()), None)
    return first is not None and annex_number(first) is not None


def _has_page(part: Element | None) -> bool:
    if part is None:
        return False
    fields = [node.text or "" for node in part.iter(W + "instrText")]
    fields += [node.get(W + "instr", "") for node in part.iter(W + "fldSimple")]
    return any("PAGE" in field.split() for field in fields)


def signature_row(_: WordDocument, kind: PaperKind) -> Found:
    """12: no page break cuts the row with the signature."""
    if not kind.has_head:
        return
    marks = {fold(say("word.secretary")), fold(say("word.chair"))} if kind.minutes else set()
    rows = sign_rows(kind) + [one for one in kind.text if one.row is not None and fold(one.text) in marks]
    if not rows:
        yield say("word.check.foot"), say("word.check.no_distribution")
    for one in rows:
        if one.row is None:
            yield one.where, say("word.check.no_sign_table")
        elif not one.row.whole:
            yield one.where, say("word.check.row_splits")
