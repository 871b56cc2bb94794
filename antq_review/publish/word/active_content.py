"""Active content of a form: fields, outside relations, embedded objects, which could act when it is opened.

All are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from antq_review.text import say, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Page number and number of pages, with switches that only format them.
_HARMLESS = re.compile(r"\s*(PAGE|NUMPAGES)(\s+\\\*\s*\w+)*\s*\Z")
#: Addresses that only name a kind of markup; nobody opens them.
_NAMESPACES = ("http://schemas.", "http://purl.org/", "http://www.w3.org/", "https://schemas.")
_TAG = re.compile(r"\{[{%#]")
#: Elements that load, embed, bind or run something.
_ACTIVE = {
    "object", "OLEObject", "control", "ocx", "altChunk", "subDoc", "dataBinding", "mailMerge", "attachedTemplate", "movie",
    "frameset", "frame", "externalData", "delInstrText", "ddeLink", "hlinkClick", "hlinkHover", "hlinkMouseOver", "docVar",
}
#: Kinds of relation in a plain form: the last word of the relation's type.
_RELATIONS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles", "stylesWithEffects",
    "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer", "footnotes", "endnotes", "image",
    "customXml", "customXmlProps", "classificationlabels",
}


def live_parts(parts: dict[str, Element]) -> list[str]:
    """One sentence for every element of the parts that is neither plain text nor layout."""
    found = [fault for name, root in parts.items() for fault in (_relations(name, root) if name.endswith(".rels") else _part(name, root))]
    return list(dict.fromkeys(visible(fault) for fault in found))


def _relations(name: str, root: Element) -> Iterator[str]:
    for relation in root.iter():
        target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode", "").casefold() == "external" or "://" in target:
            yield say("word.live.outside", part=name, target=target[:80])
        elif kind and kind not in _RELATIONS:
            yield say("word.live.relation", part=name, kind=kind[:40])


def _part(name: str, root: Element) -> Iterator[str]:
    for element in root.iter():
        short = element.tag.rpartition("}")[2]
        if short in _ACTIVE:
            yield say("word.live.active", part=name, element=short)
        for key, value in element.attrib.items():
            if _TAG.search(value):
                yield say("word.live.tag_in_attribute", part=name, value=value[:60])
            outside = "://" in value or value.startswith("\\\\")
            if (key.rpartition("}")[2] == "href" and value) or (outside and not value.startswith(_NAMESPACES)):
                yield say("word.live.outside", part=name, target=value[:80])
    if name == "[Content_Types].xml" and any("macroenabled" in (kind.get("ContentType") or "").casefold() for kind in root):
        yield say("word.live.macro")
    yield from (say("word.live.tag_open", part=name, text=text) for text in _open_tags(root))
    yield from (say("word.live.field", part=name, field=field.strip()[:60]) for field in _fields(root) if not _HARMLESS.match(field))


def _fields(root: Element) -> Iterator[str]:
    """The instruction of every field.

    An instruction that is spread over runs, or contains other fields, is joined first.
    """
    open_fields: list[list[str]] = []
    for element in root.iter():
        if element.tag == W + "fldSimple":
            yield element.get(W + "instr", "")
        elif element.tag == W + "fldChar":
            kind = element.get(W + "fldCharType")
            if kind == "begin":
                open_fields.append([])
            elif kind == "separate" and open_fields:
                yield "".join(open_fields[-1])
                open_fields[-1] = []
            elif kind == "end" and open_fields and (rest := "".join(open_fields.pop())):
                yield rest
        elif element.tag == W + "instrText":
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1].append(element.text or "")
    yield from ("".join(pieces) for pieces in open_fields if pieces)


_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSES = {"{{": "}}", "{%": "%}", "{#": "#}"}


def _open_tags(root: Element) -> Iterator[str]:
    """Tags that are not closed in the paragraph where they open: docxtpl would search the whole document for their end.

    The text of the part is joined first, because docxtpl also removes the markup between two braces.
    """
    text, ends = _joined(root)
    waiting: re.Match[str] | None = None
    for mark in _MARKS.finditer(text):
        near = text[max(0, mark.start() - 20) : mark.end() + 20].strip()
        if mark[0] in _CLOSES:
            if waiting is not None:
                yield near
            waiting = mark
        elif waiting is None or _CLOSES[waiting[0]] != mark[0] or bisect_right(ends, waiting.start()) != bisect_right(ends, mark.end() - 1):
            yield near
            waiting = None
        else:
            waiting = None
    if waiting is not None:
        yield text[waiting.start() : waiting.start() + 40]


def _joined(root: Element) -> tuple[str, list[int]]:
    """The text of a part without its markup, and the position at which each paragraph ends."""
    pieces: list[str] = []
    ends: list[int] = []
    length = 0

    def walk(element: Element) -> None:
        nonlocal length
        pieces.append(element.text or "")
        length += len(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
            length += len(child.tail or "")
        if element.tag == W + "p":
            ends.append(length)

    walk(root)
    return "".join(pieces), ends
