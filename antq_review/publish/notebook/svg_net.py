"""The second check of a page, for the pictures in it: an SVG may only draw and write.

A browser shows an SVG in an `<img>` without running or loading anything; who saves the picture and opens it by itself has
no such shelter. So nothing alive gets into a page in the first place.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from xml.parsers import expat

#: How a picture stands in a page; no other kind of picture does.
SVG = "data:image/svg+xml;base64,"
_SPACE = "http://www.w3.org/2000/svg"
_TAGS = frozenset(["svg", "g", "defs", "clipPath", "rect", "path", "use", "text"])
_ATTRIBUTES = frozenset([
    "width", "height", "viewBox", "version", "id", "style", "d", "x", "y", "transform", "clip-path", "http://www.w3.org/1999/xlink href",
])
#: A reference to a part of the picture itself, and the characters of a style that can name nothing outside.
_OWN = re.compile(r"#[\w-]+|url\(#[\w-]+\)")
_STYLE = re.compile(r"[\w .,:;#%'+-]*")
#: Names, numbers and functions of drawing; text that a person typed stands between tags, never in an attribute.
_PLAIN = re.compile(r"[\w .,()\n+-]*")


def forbidden_picture(source: str) -> list[str]:
    """What in the source of a picture is not on the short list that our figures use."""
    if not source.startswith(SVG):
        return ["img src"]
    try:
        content = b64decode(source.removeprefix(SVG), validate=True)
    except NotBase64:
        return ["img src"]
    return forbidden_svg(content)


def forbidden_svg(content: bytes) -> list[str]:
    """The tags, attributes and declarations of an SVG that are not on the short list."""
    found: list[str] = []
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if space != _SPACE or name not in _TAGS:
            found.append(f"svg <{name}>")
        found.extend(f"svg {name} {attribute.rpartition(' ')[2]}" for attribute in _strange(attributes))

    def declared(*_: object) -> None:
        found.append("svg <!>")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = declared
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        found.append("svg")
    return found


def _strange(attributes: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        allowed = _STYLE if name == "style" else _OWN if name == "clip-path" or name.endswith(" href") else _PLAIN
        if name not in _ATTRIBUTES or not allowed.fullmatch(value):
            yield name
