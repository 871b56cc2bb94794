"""Draws a form from its text: `data_templates/bieu_word/nguon/D3.txt` → the shipped .docx with template tags.

A line of the text is one of

    # …                        a remark, not drawn
    Body: some text            a paragraph in a style (`styles.py`); **…** is bold; {{ field }} is filled in
    {%p if has_votes %}        a tag for paragraphs, in a paragraph of its own
    @each field                one Body paragraph for each item of a list of texts
    @head | @head bare         the two-column header; bare: without number and without place and date
    @addressees | @grounds     “Kính gửi” for one or several; the grounds, one paragraph each
    @line                      the drawn line below the subject or an annex's title
    @sign | @sign minutes      the signature block; minutes: secretary left, chair right, “Nơi nhận” below
    @annex | @annex landscape  the section above ends; an annex begins, upright or landscape;
    @annex flow                an annex that follows the one above on the same upright page
    @table 10c 60l 30r         a table: widths in mm, alignment (left, centre, right); then its rows, “|” between cells;
    head | …                   the heading row, repeated on every page
    {%tr for one in rows %}    a tag for rows
    bold | …                   a row of sums
    = text                     one cell over the whole width, bold
    @end                       the end of the table
    @for name other …          the lines up to “@next” once for each name, which stands in the place of “$”
    @gap                       room above the next paragraph, for one that follows a table in some cases only
    @sideways                  the document begins on a landscape page
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from antq_review.errors import CannotDo
from antq_review.publish.word.decree_30 import PAIR_14, TABLE, WIDE, Preset
from antq_review.publish.word.text_width import planned
from antq_review.text import literal
from tools.word_forms import blocks as head
from tools.word_forms.package import new_package
from tools.word_forms.styles import style_list
from tools.word_forms.wordml import (
    ABOVE_ANNEX,
    BELOW_TABLE,
    PADDING_MM,
    cell,
    drawn_line,
    paragraph,
    row,
    section,
    section_end,
    table,
    table_end,
    tag_row,
)
from tools.word_forms.words import phrase

_COLUMN = re.compile(r"(\d+(?:\.\d+)?)([lcr])\Z")
_CELL_STYLES = {"l": "TableText", "c": "TableCentre", "r": "TableFigure"}


def draw_form(text: str, sizes: Preset = PAIR_14) -> bytes:
    """The form as .docx. Raises CannotDo for a line that is none of the above; the message contains the line."""
    return _Drawing(text, sizes).package()


class _Drawing:
    """The state of one drawing: the blocks so far, and whether the current section is landscape, and whether annexes flow in it."""

    def __init__(self, text: str, sizes: Preset) -> None:
        self.sizes = sizes
        self.styles = {style.id for style in style_list(sizes)}
        self.lines = _numbered(text)
        self.blocks: list[str] = []
        self.landscape = False
        self.flowing = False
        self.above = ""
        self.below_table = False
        self.steps: dict[str, Callable[[list[str]], None]] = {
            "@head": self._head, "@addressees": self._addressees, "@grounds": self._grounds, "@line": self._line,
            "@each": self._each, "@sign": self._sign, "@annex": self._annex, "@table": self._table, "@sideways": self._sideways,
            "@gap": self._below_table,
        }

    def package(self) -> bytes:
        for place, line in self.lines:
            word, *rest = line.split()
            if word in self.steps:
                self.steps[word](rest)
            elif line.startswith("{%p "):
                self.blocks.append(paragraph("Body", line))  # filling removes it
            else:
                self._paragraph(place, line)
        body = "".join(self.blocks) + section(self.landscape)
        return new_package(body, head.page_headers(), self.sizes)

    def _paragraph(self, place: int, line: str) -> None:
        style, colon, text = line.partition(":")
        if not colon or style not in self.styles:
            raise CannotDo(literal(phrase("bad_line", place=place, line=line)))
        self.blocks.append(paragraph(style, text.strip(), self._gap()))

    def _gap(self) -> str:
        """Room above the first paragraph below a table, and above an annex that follows another."""
        gap = self.above or (BELOW_TABLE if self.below_table else "")
        self.below_table, self.above = False, ""
        return gap

    def _head(self, rest: list[str]) -> None:
        self.blocks.append(head.letterhead(bare=rest == ["bare"]))

    def _addressees(self, _: list[str]) -> None:
        self.blocks += head.addressees()

    def _grounds(self, _: list[str]) -> None:
        self.blocks += head.each("ground_lines", "Ground")

    def _line(self, _: list[str]) -> None:
        self.blocks.append(drawn_line("ShortLine"))

    def _each(self, rest: list[str]) -> None:
        style = rest[1] if len(rest) > 1 else "Body"
        self.blocks += head.each(rest[0], style, self._gap())

    def _sign(self, rest: list[str]) -> None:
        self.blocks += [head.minutes_signature() if rest == ["minutes"] else head.signature(), table_end()]

    def _annex(self, rest: list[str]) -> None:
        flow = rest == ["flow"]
        if flow and self.flowing:
            self.above = ABOVE_ANNEX
            return
        if self.blocks[-1] == table_end():
            self.blocks.pop()  # the paragraph that ends the section follows the table
        self.blocks.append(section_end(section(self.landscape)))
        self.landscape, self.flowing = rest == ["landscape"], flow

    def _sideways(self, _: list[str]) -> None:
        self.landscape = True

    def _below_table(self, _: list[str]) -> None:
        self.below_table = True

    def _table(self, rest: list[str]) -> None:
        columns = [_column(written) for written in rest]
        room = WIDE[self.landscape]
        scale = room / sum(width for width, _ in columns)
        widths = [width * scale for width, _ in columns]
        aligned = [align for _, align in columns]
        rows = []
        for place, line in self.lines:
            if line == "@end":
                break
            rows.append(_row(place, line, widths, aligned))
        self.blocks.append(table(widths, rows))
        self.below_table = True


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are drawn, with their numbers; the lines of “@for” once for each of its names."""
    kept = ((place, line.strip()) for place, line in enumerate(text.splitlines(), start=1) if line.strip() and not line.startswith("#"))
    for place, line in kept:
        if not line.startswith("@for "):
            yield place, line
            continue
        repeated = list(takewhile(lambda one: one[1] != "@next", kept))
        for name in line.split()[1:]:
            yield from ((number, one.replace("$", name)) for number, one in repeated)


def _column(written: str) -> tuple[float, str]:
    found = _COLUMN.match(written)
    if found is None:
        raise CannotDo(literal(phrase("bad_column", given=written)))
    return float(found[1]), found[2]


def _row(place: int, line: str, widths: list[float], aligned: list[str]) -> str:
    if line.startswith("{%tr "):
        return tag_row(line, widths)
    if line.startswith("= "):
        return row([cell(sum(widths), paragraph("TableStrong", line[2:]), len(widths))])
    word = line.partition("|")[0].strip()
    heading, bold = word == "head", word == "bold"
    texts = [text.strip() for text in (line.partition("|")[2] if heading or bold else line).split("|")]
    if len(texts) != len(widths):
        raise CannotDo(literal(phrase("bad_row", place=place, cells=len(texts), columns=len(widths))))
    styles = ["TableHead"] * len(texts) if heading or bold else [_CELL_STYLES[align] for align in aligned]
    if heading:
        texts = [_bound(text, width) for text, width in zip(texts, widths, strict=True)]
    return row([cell(width, _cell_content(style, text)) for width, style, text in zip(widths, styles, texts, strict=True)], heading)


def _bound(text: str, width: float) -> str:
    """The heading of a column, which breaks between compounds only; one with a field in it is left as it is."""
    return text if "{{" in text else " ".join(planned(text, TABLE, True, width - 2 * PADDING_MM))


def _cell_content(style: str, text: str) -> str:
    """The paragraphs of a cell, separated by “//” in the text; `{%p … %}` needs a paragraph of its own."""
    return "".join(paragraph(style, piece.strip()) for piece in text.split("//"))
