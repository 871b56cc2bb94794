"""Reading one XML part of a workbook: in pieces, element by element, and only elements in their proper places.

Runs inside the worker process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
#: The attribute with which a sheet or a link names its relation.
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_PIECE = 1 << 18

Attributes = dict[str, str]
Begin = Callable[[Attributes], None]
End = Callable[[], None]
#: Path of an element (`worksheet/sheetData/row`) → what is done at its beginning and at its end.
Steps = Mapping[str, tuple[Begin | None, End | None]]


class TooBig(Exception):
    """More filled cells or more text than a school can fill in."""


class _Element:
    """A place in the part: what happens there, and the places within it by the names of their elements."""

    __slots__ = ("begin", "end", "inside")

    def __init__(self) -> None:
        self.begin: Begin | None = None
        self.end: End | None = None
        self.inside: dict[str, _Element] = {}


class PartPass:
    """One pass over a part. An element that `steps` does not name, or in another place or namespace, is ignored with all it contains.

    `text`: the pieces of the characters read since a step has cleared it. A DTD is refused: a workbook has none, and
    with it a text of some bytes may stand for gigabytes.
    """

    def __init__(self, namespace: str, steps: Steps) -> None:
        self.text: list[str] = []
        top = _Element()
        for path, (begin, end) in steps.items():
            place = top
            for name in path.split("/"):
                place = place.inside.setdefault(f"{namespace} {name}", _Element())
            place.begin, place.end = begin, end
        unknown = _Element()
        around: list[_Element] = []

        def enter(tag: str, attributes: Attributes) -> None:
            nonlocal top
            around.append(top)
            top = top.inside.get(tag, unknown)
            if top.begin is not None:
                top.begin(attributes)

        def leave(tag: str) -> None:
            nonlocal top
            if top.end is not None:
                top.end()
            top = around.pop()

        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = enter, leave
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = _refuse_dtd

    def feed(self, piece: bytes) -> None:
        """Raises expat.ExpatError for broken XML, ValueError for a DTD, and what the steps raise."""
        self._parser.Parse(piece, False)

    def close(self) -> None:
        """Raises expat.ExpatError where the part is not finished."""
        self._parser.Parse(b"", True)


def _refuse_dtd(*_: object) -> None:
    raise ValueError("DTD")


def read_part(part: IO[bytes], namespace: str, steps: Steps) -> None:
    """Read a whole part by steps that need no text."""
    reading = PartPass(namespace, steps)
    for piece in pieces(part):
        reading.feed(piece)
        reading.text.clear()
    reading.close()


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces of 256 KB.

    Raises TooBig where one text fills a whole piece: it would need many times as much memory.
    """
    while piece := part.read(_PIECE):
        if len(piece) == _PIECE and b"<" not in piece:
            raise TooBig
        yield piece
