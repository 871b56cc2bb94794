"""The few elements of a form as WordprocessingML text: paragraphs, tables, sections.

Template tags are plain text in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from antq_review.publish.word.decree_30 import MARGINS, PAPER, twips

_PLAIN_BORDERS = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: The relations to the page headers, in the order of `blocks.page_headers`.
HEADER_IDS = ("rId4", "rId5", "rId6", "rId7")
#: Room above the first paragraph below a table, 6 points.
BELOW_TABLE = '<w:spacing w:before="120"/>'
#: Room above an annex that follows another one on the same page, 24 points.
ABOVE_ANNEX = '<w:spacing w:before="480"/>'
#: The distance from the edge of the paper to the page number.
_HEADER_MM = 10
#: Left and right padding of a cell in a table with lines, in mm.
PADDING_MM = 1.5


def run(text: str, bold: bool = False) -> str:
    """A run; all its other formatting comes from the style of its paragraph."""
    properties = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, text: str = "", extra: str = "") -> str:
    """A paragraph in a style; `**…**` is bold. `extra`: properties that follow the style's name."""
    pieces = text.split("**")
    runs = "".join(run(piece, bold=index % 2 == 1) for index, piece in enumerate(pieces) if piece)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def drawn_line(style: str) -> str:
    """A low paragraph with a border above it. Filling the form fits the length of the border to the text before it."""
    return paragraph(style, extra=f'<w:ind w:left="{twips(20)}" w:right="{twips(20)}"/>')


def cell(width: float, content: str, span: int = 1) -> str:
    """A cell `width` mm wide."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{spanned}</w:tcPr>{content}</w:tc>'


def row(cells: Sequence[str], heading: bool = False) -> str:
    """A row that no page break cuts; a heading row is repeated on every page."""
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def tag_row(tag: str, widths: Sequence[float]) -> str:
    """A row with nothing but a tag for rows; filling removes it."""
    cells = [cell(sum(widths), paragraph("TableText", tag), len(widths))]
    return row(cells)


def table(widths: Sequence[float], rows: Sequence[str], lines: bool = True) -> str:
    """A table of fixed column widths in mm; without lines: no border at table or cell, no padding."""
    padding = twips(PADDING_MM) if lines else 0
    sides = f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/>'
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(width) for width in widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_LINES if lines else _PLAIN_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def section(landscape: bool = False) -> str:
    """A section: A4, the margins of the Annex, page number hidden on its first page, counted from 1."""
    width, height = PAPER[::-1] if landscape else PAPER
    turned = ' w:orient="landscape"' if landscape else ""
    every, opening = HEADER_IDS[2:] if landscape else HEADER_IDS[:2]
    headers = f'<w:headerReference w:type="default" r:id="{every}"/><w:headerReference w:type="first" r:id="{opening}"/>'
    margins = " ".join(f'w:{side}="{twips(length)}"' for side, length in MARGINS.items())
    return (
        f'<w:sectPr>{headers}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {margins} w:header="{twips(_HEADER_MM)}" w:footer="{twips(_HEADER_MM)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def section_end(properties: str) -> str:
    """The paragraph that ends a section: Word stores the properties of a section in its last paragraph."""
    return f'<w:p><w:pPr><w:pStyle w:val="Break"/>{properties}</w:pPr></w:p>'


def table_end() -> str:
    """The paragraph that Word needs after a table at the end of a text, as low as possible."""
    return paragraph("Break")
