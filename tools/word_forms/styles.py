"""Every component has a paragraph style. A form has no direct formatting, so all its sizes can only change together."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from antq_review.publish.word.decree_30 import (
    ANNEX,
    FONT,
    NUMBER,
    RECIPIENT,
    RECIPIENTS,
    TABLE,
    Preset,
    twips,
)
from tools.word_forms.words import phrase

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: Room for signature and seal between office and name, in points.
_SIGN_ROOM = 72
_FIRST_LINE, _BODY_GAP, _LINE = 12.7, 6, 264


@dataclass(frozen=True)
class Style:
    """A paragraph style. `before`, `after` in points; `left`, `hanging`, `first` in mm; `line` in 240ths of a line."""

    id: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "both"
    before: float = 0
    after: float = 0
    left: float = 0
    hanging: float = 0
    first: float = 0
    line: int = 240
    together: bool = False
    border: bool = False


def _head(sizes: Preset) -> list[Style]:
    return [
        Style("Superior", sizes.agency, align="center"),
        Style("Agency", sizes.agency, bold=True, align="center"),
        Style("Nation", sizes.nation, bold=True, align="center"),
        Style("Motto", sizes.motto, bold=True, align="center"),
        Style("Number", NUMBER, align="center", before=6),
        Style("DayLine", sizes.day, italic=True, align="center", before=6),
        Style("ShortLine", 1, align="center", before=3, after=1, border=True, together=True),
        Style("FullLine", 1, align="center", before=1, after=1, border=True),
        Style("DocumentType", sizes.body, bold=True, align="center", before=14, together=True),
        Style("Subject", sizes.body, bold=True, align="center", together=True),
        Style("PageNumber", sizes.page, align="center"),
    ]


def _body(sizes: Preset) -> list[Style]:
    return [
        Style("Addressee", sizes.body, align="center", before=12, after=6),
        Style("AddresseeHead", sizes.body, align="left", before=12, left=30, together=True),
        Style("AddresseeLine", sizes.body, align="left", left=54, hanging=3, after=3),
        Style("Ground", sizes.body, italic=True, first=_FIRST_LINE, after=_BODY_GAP, line=_LINE),
        Style("Body", sizes.body, first=_FIRST_LINE, after=_BODY_GAP, line=_LINE),
        Style("Opening", sizes.body, first=_FIRST_LINE, before=6, after=_BODY_GAP, line=_LINE),
        Style("End", sizes.body, align="left", first=_FIRST_LINE, before=6),
        Style("BodyLeft", sizes.body, align="left", first=_FIRST_LINE, after=_BODY_GAP, line=_LINE),
        Style("BodyTogether", sizes.body, first=_FIRST_LINE, together=True, after=_BODY_GAP, line=_LINE),
        Style(
            "Section", sizes.body, bold=True, align="left", first=_FIRST_LINE, before=6, after=_BODY_GAP, line=_LINE,
            together=True,
        ),
        Style("Clause", sizes.body, bold=True, first=_FIRST_LINE, together=True, after=_BODY_GAP, line=_LINE),
        Style("Remark", TABLE, italic=True, together=True, after=_BODY_GAP),
        Style("Recipients", RECIPIENTS, bold=True, italic=True, align="left"),
        Style("Recipient", RECIPIENT, align="left", left=3, hanging=3),
        Style("Office", sizes.body, bold=True, align="center", together=True),
        Style("OfficeNote", sizes.body, italic=True, align="center", together=True),
        Style("Signer", sizes.body, bold=True, align="center", before=_SIGN_ROOM),
        Style("AnnexNumber", ANNEX, bold=True, align="center", together=True),
        Style("AnnexName", sizes.body, bold=True, align="center", together=True),
        Style("AnnexTo", sizes.body, italic=True, align="center", together=True),
        Style("Period", TABLE, italic=True, align="center", before=4, after=6, together=True),
        Style("TableHead", TABLE, bold=True, align="center", before=2, after=2, together=True),
        Style("TableText", TABLE, align="left", before=2, after=2),
        Style("TableStrong", TABLE, bold=True, align="left", before=2, after=2, together=True),
        Style("TableCentre", TABLE, align="center", before=2, after=2),
        Style("TableFigure", TABLE, align="right", before=2, after=2),
        Style("Break", 1),
    ]


def style_list(sizes: Preset) -> list[Style]:
    """All styles of the forms for one preset of sizes."""
    return [*_head(sizes), *_body(sizes)]


def styles_xml(sizes: Preset) -> str:
    """The styles part: Times New Roman in all four scripts, black, Vietnamese; no theme."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    size = sizes.body * 2
    normal = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{_QUICK}</w:style>'
    grid = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>{normal}{grid}{''.join(_style(style) for style in style_list(sizes))}</w:styles>"
    )


_QUICK = "<w:qFormat/>"


def _style(style: Style) -> str:
    name = quoteattr(phrase(f"styles.{style.id}"))
    size = round(style.size * 2)
    weight = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    run = f'{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val={name}/><w:basedOn w:val="Normal"/>'
        f"{_QUICK}<w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    """Paragraph properties, in the order that the schema requires."""
    together = "<w:keepNext/>" if style.together else ""
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>' if style.border else ""
    rule = 'w:line="20" w:lineRule="exact"' if style.border or style.id == "Break" else f'w:line="{style.line}" w:lineRule="auto"'
    spacing = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" {rule}/>'
    sides = {"left": style.left, "hanging": style.hanging, "firstLine": style.first}
    given = " ".join(f'w:{side}="{twips(length)}"' for side, length in sides.items() if length)
    indent = f"<w:ind {given}/>" if given else ""
    return f'{together}{border}{spacing}{indent}<w:jc w:val="{style.align}"/>'
