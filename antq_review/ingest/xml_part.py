"""Reading one XML part of a workbook: in pieces, element by element, and only elements in their proper places.

Runs inside the worker process only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
#: The attribute with which a sheet or a link names its relation.
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_PIECE = 1 << 18

Attributes = dict[str, str]


class PartStep(NamedTuple):
    """What is done with an element: at its `begin` with its attributes, at its `end`; or with its `words`, if only they matter."""

    begin: Callable[[Attributes], object] | None = None
    end: Callable[[], object] | None = None
    words: Callable[[str], object] | None = None


#: Path of an element (`worksheet/sheetData/row`) → what is done with it.
Steps = Mapping[str, PartStep]


class TooBig(Exception):
    """More filled cells or more text than a school can fill in."""


class _Element:
    """A place in the part: what is done there, and the places within it by the names of their elements."""

    __slots__ = ("begin", "end", "inside", "other", "words")

    def __init__(self, other: _Element | None = None) -> None:
        """`other`: the place of an element within this one that has no place of its own; without it, it is ignored with all it contains."""
        self.begin, self.end, self.words = PartStep()
        self.inside: dict[str, _Element] = {}
        self.other = other or self


class PartPass:
    """One pass over a part. An element that `steps` does not name, or in another place or namespace, is ignored with all it contains.

    A DTD is refused: a workbook has none, and with it a text of some bytes may stand for gigabytes.
    """

    def __init__(self, namespace: str, steps: Steps) -> None:
        ignored, refused = _Element(), _Element()
        refused.begin = _refuse_element
        top = _Element(ignored)
        for path, step in steps.items():
            place = top
            for name in path.split("/"):
                place = place.inside.setdefault(f"{namespace} {name}", _Element(ignored))
            place.begin, place.end, place.words = step
            if step.words is not None:
                place.other = refused
        around: list[_Element] = []
        text: list[str] = []

        def enter(tag: str, attributes: Attributes) -> None:
            nonlocal top
            around.append(top)
            top = top.inside.get(tag, top.other)
            if top.begin is not None:
                top.begin(attributes)
            elif top.words is not None:
                text.clear()

        def leave(tag: str) -> None:
            nonlocal top
            if top.words is not None:
                top.words("".join(text))
            elif top.end is not None:
                top.end()
            top = around.pop()

        def in_words() -> bool:
            return top.words is not None

        self._text, self._in_words = text, in_words
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = enter, leave
        parser.CharacterDataHandler = text.append
        parser.StartDoctypeDeclHandler = _refuse_dtd

    def feed(self, piece: bytes) -> None:
        """Raises expat.ExpatError for broken XML, ValueError for a DTD or an element within mere words, and what the steps raise."""
        self._parser.Parse(piece, False)
        if not self._in_words():
            self._text.clear()  # what stands between the elements: of a large part it would fill the memory

    def close(self) -> None:
        """Raises expat.ExpatError where the part is not finished."""
        self._parser.Parse(b"", True)


def _refuse_dtd(*_: object) -> None:
    raise ValueError("DTD")


def _refuse_element(attributes: Attributes) -> None:
    raise ValueError("an element within words")


def read_part(part: IO[bytes], namespace: str, steps: Steps) -> None:
    """Read a whole part."""
    reading = PartPass(namespace, steps)
    for piece in pieces(part):
        reading.feed(piece)
    reading.close()


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces of 256 KB.

    Raises TooBig where one text fills a whole piece: it would need many times as much memory.
    """
    while piece := part.read(_PIECE):
        if len(piece) == _PIECE and b"<" not in piece:
            raise TooBig
        yield piece
