"""A Word document as the checks need it: sections, paragraphs with the final format of their runs, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from antq_review.publish.word.decree_30 import TWIPS_PER_MM
from antq_review.publish.word.run_format import RunFormat, RunFormats
from antq_review.text import say, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LENGTH = re.compile(r"-?[0-9]{1,9}\Z")
_WRAPPERS = {"sdt", "sdtContent", "ins", "smartTag", "customXml"}
#: Word's padding at each side of a cell where the file gives none, in mm.
_USUAL_PADDING = 1.9
_DRAWN = {"drawing", "pict", "object", "AlternateContent"}


@dataclass(frozen=True)
class Run:
    """Text in one format."""

    text: str
    look: RunFormat


@dataclass(eq=False)
class Paragraph:
    """`number`: its place in the document, from 1; `width`: width of its cell in mm, None outside tables.

    `row`: its table row; `drawn`: it has a border, a drawing or a page break; `alone`: it is the only block of its
    cell.
    """

    number: int
    runs: list[Run]
    align: str
    drawn: bool
    ends_section: bool
    width: float | None = None
    row: TableRow | None = None
    alone: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def where(self) -> str:
        """The name of the paragraph in a message."""
        words = visible(" ".join(self.text.split()))
        short = words if len(words) <= 40 else words[:39] + "…"
        return say("word.check.at", place=self.number, text=short) if short else say("word.check.at_blank", place=self.number)


@dataclass(eq=False)
class TableRow:
    """A table row, and whether a page break may cut it."""

    whole: bool
    table: int


@dataclass(eq=False)
class DocxSection:
    """Lengths in mm.

    `start`: the number of its first page; None where it continues the numbers of the section before.
    """

    width: float = 0
    height: float = 0
    margins: dict[str, float] = field(default_factory=dict)
    title_page: bool = False
    start: int | None = None
    header: Element | None = None
    footer: Element | None = None
    blocks: list[Paragraph | None] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs in order, also those in tables.

        `blocks` has a None for each table, before the table's paragraphs.
        """
        return [block for block in self.blocks if block is not None]


class WordDocument:
    """Reads the parts of a .docx (`open_docx.parts_of`) into sections."""

    def __init__(self, parts: dict[str, Element]) -> None:
        self.parts = parts
        self.looks = RunFormats(parts.get("word/styles.xml"))
        self.links = self._links()
        self.sections: list[DocxSection] = []
        self._count = self._tables = 0
        body = parts["word/document.xml"].find(W + "body")
        waiting: list[Paragraph | None] = []
        for block in _inside(body) if body is not None else ():
            if block.tag == W + "sectPr":
                self._close(block, waiting)
                waiting = []
                continue
            for properties in self._block(block, waiting):
                self._close(properties, waiting)
                waiting = []
        if waiting or not self.sections:
            self._close(None, waiting)

    def _links(self) -> dict[str, str]:
        rels = self.parts.get("word/_rels/document.xml.rels")
        return {} if rels is None else {link.get("Id", ""): "word/" + link.get("Target", "").removeprefix("/word/") for link in rels}

    def _block(self, block: Element, into: list[Paragraph | None]) -> Iterator[Element]:
        """Add a paragraph or a table. Yields the properties of the section that it ends, where it ends one."""
        if block.tag == W + "p":
            into.append(self._paragraph(block))
            properties = block.find(f"{W}pPr/{W}sectPr")
            if properties is not None:
                yield properties
        elif block.tag == W + "tbl":
            into.append(None)
            into += self._table(block)

    def _table(self, table: Element) -> Iterator[Paragraph]:
        self._tables += 1
        number = self._tables
        for line in (one for one in _inside(table) if one.tag == W + "tr"):
            row = TableRow(whole=_is_on(line.find(f"{W}trPr/{W}cantSplit")), table=number)
            for cell in (one for one in _inside(line) if one.tag == W + "tc"):
                yield from self._cell(table, cell, row)

    def _cell(self, table: Element, cell: Element, row: TableRow) -> Iterator[Paragraph]:
        blocks = [one for one in _inside(cell) if one.tag in (W + "p", W + "tbl")]
        width = _cell_width(table, cell)
        for block in blocks:
            if block.tag == W + "tbl":
                yield from self._table(block)
                continue
            found = self._paragraph(block)
            found.row, found.width, found.alone = row, width, len(blocks) == 1
            yield found

    def _paragraph(self, element: Element) -> Paragraph:
        self._count += 1
        properties = element.find(W + "pPr")
        style = _value(properties, "pStyle")
        border = (properties is not None and properties.find(f"{W}pBdr") is not None) or self.looks.has_border(style)
        drawn = border or any(node.tag.rpartition("}")[2] in _DRAWN for node in element.iter())
        runs = [Run(_text(run), self.looks.of(style, run.find(W + "rPr"))) for run in element.iter(W + "r")]
        align = _value(properties, "jc") or self.looks.align(style)
        broken = any(node.get(W + "type") == "page" for node in element.iter(W + "br"))
        ends = properties is not None and properties.find(W + "sectPr") is not None
        return Paragraph(self._count, [run for run in runs if run.text], align, drawn or broken, ends)

    def _close(self, properties: Element | None, blocks: list[Paragraph | None]) -> None:
        before = self.sections[-1] if self.sections else DocxSection()
        section = DocxSection(header=before.header, footer=before.footer, blocks=list(blocks))
        if properties is not None:
            _read_page(section, properties)
            for name in ("header", "footer"):
                for link in properties.findall(f"{W}{name}Reference"):
                    if link.get(W + "type", "default") == "default":
                        setattr(section, name, self.parts.get(self.links.get(link.get(_R + "id", ""), "")))
        self.sections.append(section)

    @property
    def is_draft(self) -> bool:
        """Does a page header or the beginning of the text have the draft mark?"""
        mark = say("word.draft_mark")
        headers = [root for name, root in self.parts.items() if name.startswith("word/header")]
        top = self.sections[0].paragraphs[:12]
        return any(mark in "".join(root.itertext()) for root in headers) or any(one.text.strip() == mark for one in top)


def _inside(element: Element) -> Iterator[Element]:
    """The children. A content control or a tracked insertion is replaced by its own children."""
    for child in element:
        if child.tag.rpartition("}")[2] in _WRAPPERS:
            yield from _inside(child)
        else:
            yield child


def _read_page(section: DocxSection, properties: Element) -> None:
    size, margins, start = (properties.find(W + name) for name in ("pgSz", "pgMar", "pgNumType"))
    if size is not None:
        section.width, section.height = _mm(size, "w"), _mm(size, "h")
    if margins is not None:
        section.margins = {side: _mm(margins, side) for side in ("top", "bottom", "left", "right")}
    section.title_page = _is_on(properties.find(W + "titlePg"))
    written = start.get(W + "start") if start is not None else None
    section.start = int(written) if written is not None and _LENGTH.match(written) else None


def _mm(element: Element, name: str) -> float:
    written = element.get(W + name, "0")
    return float(written) / TWIPS_PER_MM if _LENGTH.match(written) else 0.0


def _cell_width(table: Element, cell: Element) -> float | None:
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is None or width.get(W + "type", "dxa") != "dxa":
        return None
    padding = cell.find(f"{W}tcPr/{W}tcMar")
    padding = padding if padding is not None else table.find(f"{W}tblPr/{W}tblCellMar")
    if padding is None:
        return _mm(width, "w") - 2 * _USUAL_PADDING
    sides = [padding.find(W + name) for name in ("left", "right", "start", "end")]
    return _mm(width, "w") - sum(_mm(side, "w") for side in sides if side is not None)


def _value(properties: Element | None, name: str) -> str:
    found = properties.find(W + name) if properties is not None else None
    return found.get(W + "val", "") if found is not None else ""


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(W + "val", "1") not in ("0", "false", "off")


def _text(run: Element) -> str:
    signs = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
    return "".join((node.text or "") if node.tag == W + "t" else signs.get(node.tag, "") for node in run.iter())
