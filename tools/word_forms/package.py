"""A new .docx from the text of its body: the parts of the package around it."""

from __future__ import annotations

from antq_review.publish.word.decree_30 import FONT, Preset
from antq_review.publish.word.docx_package import SAVED_ON, packed
from tools.word_forms.styles import W, styles_xml

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def new_package(body: str, headers: tuple[str, ...], sizes: Preset) -> bytes:
    """A document from `body` (block elements and the last section); the relations of `headers` are rId4, rId5, …"""
    names = [f"header{place}.xml" for place in range(1, len(headers) + 1)]
    links = [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml"), *(("header", name) for name in names)]
    parts = {
        "_rels/.rels": _relations(
            (_R + "/officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            (_R + "/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>antq_review</Application></Properties>",
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _relations(*((f"{_R}/{kind}", name) for kind, name in links)),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
        "word/fontTable.xml": f'<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>',
        **{f"word/{name}": f'<w:hdr xmlns:w="{W}">{content}</w:hdr>' for name, content in zip(names, headers, strict=True)},
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>',
        "word/styles.xml": styles_xml(sizes),
    }
    return packed({"[Content_Types].xml": _content_types(names)} | parts)


def _content_types(headers: list[str]) -> str:
    kinds = _TYPES | {f"/word/{name}": f"{_WORD}.header+xml" for name in headers}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*links: tuple[str, str]) -> str:
    rows = "".join(f'<Relationship Id="rId{place}" Type="{kind}" Target="{to}"/>' for place, (kind, to) in enumerate(links, start=1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def _core() -> str:
    day = SAVED_ON.decode()
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>antq_review</dc:creator>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
