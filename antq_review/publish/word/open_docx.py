"""Opens a .docx from outside, hostile until checked: sizes before unpacking, no DTD in its XML, no macro."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo
from antq_review.ingest.file_guard import refusal
from antq_review.text import tell, visible

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "word/document.xml"
#: The most bytes of unpacked XML in one document. A year's report with its annexes has under 2 MB.
MAX_XML = 12_000_000
#: The same for a form, which has no rows yet. The time of docxtpl's patterns grows with the square of the size.
MAX_FORM_XML = 3_000_000
#: The most levels of nested elements; Word itself stops at some hundred.
MAX_DEPTH = 200
_XML = (".xml", ".rels")


def parts_of(path: Path, most: int = MAX_XML) -> dict[str, Element]:
    """Every XML part by name, parsed. Raises CannotDo, with file and reason, for a file that is not a sound .docx."""
    if not path.is_file():
        raise CannotDo(tell("word.no_file", path=path))
    why = refusal(path, MAIN)
    if why is not None:
        raise CannotDo(tell(f"word.refused.{why}", file=path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            names = [part.filename for part in archive.infolist() if part.filename.casefold().endswith(_XML)]
            if sum(archive.getinfo(name).file_size for name in names) > most:
                raise CannotDo(tell("word.refused.file_too_big", file=path.name))
            return {name: _parsed(archive.read(name), path.name, name) for name in names}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise CannotDo(tell("word.refused.file_damaged", file=path.name)) from fault


def _parsed(content: bytes, file: str, part: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_bounded_builder(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, _TooDeep, ValueError, LookupError) as fault:
        raise CannotDo(tell("word.refused.part_damaged", file=file, part=visible(part))) from fault
    return root


class _TooDeep(Exception):
    pass


def _bounded_builder() -> object:
    from xml.etree.ElementTree import TreeBuilder

    class BoundedBuilder(TreeBuilder):
        depth = 0

        def start(self, tag: str, attrs: dict[str, str], /) -> Element:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise _TooDeep
            return super().start(tag, attrs)

        def end(self, tag: str, /) -> Element:
            self.depth -= 1
            return super().end(tag)

    return BoundedBuilder()
