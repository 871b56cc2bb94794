"""The parts above and below the text of a document: letterhead, addressees, signature, page number."""

from __future__ import annotations

from antq_review.publish.word.decree_30 import HEAD_COLUMNS, WIDE, twips
from antq_review.text import say
from tools.word_forms.wordml import BELOW_TABLE, cell, drawn_line, paragraph, row, table

#: The two columns of the signature, in mm.
_SIGN_COLUMNS = (80, 85)
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def page_headers() -> tuple[str, ...]:
    """The headers of upright pages: of every page, of a first page; then the same two for landscape pages."""
    return tuple(_page_header(numbered, landscape) for landscape in (False, True) for numbered in (True, False))


def _page_header(numbered: bool, landscape: bool) -> str:
    """Page number in the middle of the top margin, the draft mark at the right; without the number on a first page."""
    wide = twips(WIDE[landscape])
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{wide // 2}"/><w:tab w:val="right" w:pos="{wide}"/></w:tabs><w:jc w:val="left"/>'
    number = _PAGE if numbered else ""
    mark = '<w:r><w:t xml:space="preserve">{{ draft_mark }}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/>{tabs}</w:pPr><w:r><w:tab/></w:r>{number}<w:r><w:tab/></w:r>{mark}</w:p>'


def letterhead(bare: bool) -> str:
    """Superior and school left, Quốc hiệu and Tiêu ngữ right; below them number and place-date, unless `bare`."""
    left, right = HEAD_COLUMNS
    agency = paragraph("Superior", "{{ superior_lines }}") + paragraph("Agency", "{{ issuing_lines }}") + drawn_line("ShortLine")
    nation = paragraph("Nation", say("word.nation")) + paragraph("Motto", say("word.motto")) + drawn_line("FullLine")
    rows = [row([cell(left, agency), cell(right, nation)])]
    if not bare:
        number, day = paragraph("Number", "{{ number_line }}"), paragraph("DayLine", "{{ date_line }}")
        rows.append(row([cell(left, number), cell(right, day)]))
    return table(HEAD_COLUMNS, rows, lines=False)


def each(field: str, style: str, extra: str = "") -> list[str]:
    """A paragraph for every text of a list."""
    loop = paragraph("Body", f"{{%p for one in {field} %}}")
    return [loop, paragraph(style, "{{ one }}", extra), paragraph("Body", "{%p endfor %}")]


def addressees() -> list[str]:
    """One addressee: on the line of “Kính gửi:”. Several: one line each, with the dashes below the colon."""
    to = say("word.addressed_to")
    return [
        paragraph("Body", "{%p if has_one_addressee %}"),
        paragraph("Addressee", f"{to} {{{{ one_addressee }}}}"),
        paragraph("Body", "{%p else %}"),
        paragraph("AddresseeHead", to),
        *each("addressee_lines", "AddresseeLine"),
        paragraph("Body", "{%p endif %}"),
    ]


def _distribution(gap: str = "") -> str:
    return paragraph("Recipients", say("word.distribution"), gap) + "".join(each("distribution_lines", "Recipient"))


def _signed(office: str, name: str) -> str:
    return office + paragraph("Signer", name)


def signature() -> str:
    """“Nơi nhận” left, office and name right, in one row that no page break cuts."""
    left, right = _SIGN_COLUMNS
    office = "".join(each("signature_lines", "Office"))
    block = row([cell(left, _distribution()), cell(right, _signed(office, "{{ signer_name }}"))])
    return table(_SIGN_COLUMNS, [block], lines=False)


def minutes_signature() -> str:
    """Secretary left, chair right, their names below; then “Nơi nhận”."""
    left, right = _SIGN_COLUMNS
    secretary = _signed(paragraph("Office", say("word.secretary")), "{{ secretary_name }}")
    chair = _signed(paragraph("Office", say("word.chair")), "{{ chair_name }}")
    names = row([cell(left, secretary), cell(right, chair)])
    below = row([cell(left, _distribution(BELOW_TABLE)), cell(right, paragraph("Recipient"))])
    return table(_SIGN_COLUMNS, [names, below], lines=False)
