"""One streaming pass over a sheet's XML: extent, merged ranges, hidden lines, formulas without a result.

openpyxl's read-only mode trusts the sheet's own `<dimension>`, adds millions of empty cells before a far one, drops
rows that are out of order, and reports neither merged ranges nor hidden rows. This pass finds all of that first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from antq_review.ingest.file_guard import MAX_CELLS

#: A form has some 25 columns and some hundred rows. Cells beyond these bounds are not part of a form.
MAX_ROW, MAX_COLUMN = 20_000, 100
#: Most cells outside these bounds, and most merged ranges. A sheet with more is refused.
_MAX_STRAY = 1_000

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_ADDRESS = re.compile(r'(?i)\s*HYPERLINK\(\s*"([^"]{1,2000})"')
#: Most links of one sheet; a school's form has one a row at most.
_MAX_LINKS = 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_TRUE = ("1", "true")
#: Beginnings of the elements in a filled cell. A namespace prefix hides them, but then it hides `</sheetData>` too.
_FILLED = (b"<v", b"<is", b"<f")
_CHUNK, _OVERLAP = 1 << 18, 16


class TooBig(Exception):
    """More filled cells or more text than a school can fill in."""


@dataclass
class Extent:
    """The result of the pass. Rows and columns are counted from 1. `far`: filled cells outside the bounds.

    `uncalculated`: row, column and text of each formula without a result. `links`: range and relation of each link;
    `addresses`: (row, column) → address in a HYPERLINK formula.
    """

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    far: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: list[tuple[int, int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    addresses: dict[tuple[int, int], str] = field(default_factory=dict)


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Pass:
    """The state of the pass. `handlers`: tag → handler; all other elements of the sheet are ignored."""

    def __init__(self, most: int) -> None:
        self.extent = Extent()
        self.most = most
        self.row = self.column = 0
        self.reference, self.type, self.filled = "", "", False
        self.formula: list[str] | None = None
        self.stored: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = _refuse_dtd
        steps = {
            "row": self._row, "c": self._cell, "v": self._value, "is": self._value, "f": self._formula,
            "mergeCell": self._merge, "col": self._columns, "hyperlink": self._link,
        }
        self.handlers: dict[str, Callable[[dict[str, str]], None]] = {f"{_MAIN} {tag}": step for tag, step in steps.items()}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        handler = self.handlers.get(tag)
        if handler is not None:
            handler(attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        if self.formula is not None:  # of the last cell of the row before
            self.leave_formula()
        number = int(attributes.get("r", self.row + 1))
        if number <= self.row:
            raise ValueError(f"row {number} after row {self.row}")
        self.row, self.column = number, 0
        if attributes.get("hidden") in _TRUE and number <= MAX_ROW:
            self.extent.hidden_rows.append(number)

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.formula is not None:
            self.leave_formula()
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
            reference = ""
        else:
            found = _REFERENCE.match(reference)
            column = column_number(found.group(1)) if found else 0
            if found is None or int(found.group(2)) != self.row or column <= self.column:
                raise ValueError(f"cell {reference} in row {self.row} after column {self.column}")
            self.column = column
        self.reference, self.type, self.filled = reference, attributes.get("t", "n"), False

    def _value(self, attributes: dict[str, str]) -> None:
        self._fill()
        if self.formula is not None:
            self.stored = []
            self.parser.CharacterDataHandler = self.stored.append

    def _formula(self, attributes: dict[str, str]) -> None:
        self._fill()
        self.formula = []
        self.parser.CharacterDataHandler = self.formula.append

    def leave_formula(self) -> None:
        """End of a cell with a formula: record the formula where it has no result.

        An empty text is a result only in a text cell.
        """
        assert self.formula is not None
        result = self.stored is not None and ("".join(self.stored).strip() or self.type == "str")
        address = _ADDRESS.match("".join(self.formula))
        if address and self.row <= MAX_ROW and self.column <= MAX_COLUMN:
            self.extent.addresses[self.row, self.column] = address[1]
        if not result and self.row <= MAX_ROW and self.column <= MAX_COLUMN:
            self.extent.uncalculated.append((self.row, self.column, "=" + "".join(self.formula).strip()[:200]))
        self.formula = self.stored = self.parser.CharacterDataHandler = None

    def _fill(self) -> None:
        if self.filled:
            return
        self.filled = True
        extent = self.extent
        if self.row > MAX_ROW or self.column > MAX_COLUMN:
            extent.far.append(self.reference)
            if len(extent.far) > _MAX_STRAY:
                raise TooBig
            return
        extent.last_row, extent.last_column = max(extent.last_row, self.row), max(extent.last_column, self.column)
        extent.cells += 1
        if extent.cells > self.most:
            raise TooBig

    def _merge(self, attributes: dict[str, str]) -> None:
        self.extent.merged.append(attributes.get("ref", ""))
        if len(self.extent.merged) > _MAX_STRAY:
            raise TooBig

    def _link(self, attributes: dict[str, str]) -> None:
        if _RELATION in attributes and len(self.extent.links) < _MAX_LINKS:
            self.extent.links.append((attributes.get("ref", ""), attributes[_RELATION]))

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMN)
            self.extent.hidden_columns += range(first, last + 1)


def _refuse_dtd(*_: object) -> None:
    raise ValueError("DTD")


def scan(open_part: Callable[[], IO[bytes]], most: int = MAX_CELLS) -> Extent:
    """Run the pass over a sheet with at most `most` filled cells.

    Raises TooBig, expat.ExpatError for broken XML, ValueError where the part contains a DTD or cells out of order.
    """
    found = _Pass(most)
    with open_part() as part:
        first, end = _blank_rows(part)
    with open_part() as part:
        found.parser.Parse(part.read(first))
        while part.tell() < end:
            part.read(min(_CHUNK, end - part.tell()))
        found.parser.ParseFile(part)
    if found.formula is not None:
        found.leave_formula()
    return found.extent


def chunks(part: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces of 256 KB.

    Raises TooBig where one text fills a whole piece: it would need many times as much memory.
    """
    while chunk := part.read(_CHUNK):
        if len(chunk) == _CHUNK and b"<" not in chunk:
            raise TooBig
        yield chunk


def _blank_rows(part: IO[bytes]) -> tuple[int, int]:
    """Start and end of the blank rows below the last filled cell, as bytes in the part; (0, 0) where they are few.

    A sheet that is formatted down to its last row has a million blank rows. Skipping them is faster than parsing them.
    """
    place, first, carried = 0, None, b""
    for chunk in chunks(part):
        text = carried + chunk
        close = text.find(b"</sheetData>")
        stop = len(text) if close < 0 else close
        filled = max(text.rfind(mark, 0, stop) for mark in _FILLED)
        if filled >= 0 or first is None:
            row = text.find(b"<row ", max(filled, 0), stop)
            first = place + row if row >= 0 else None
        if close >= 0:
            return (first, place + close) if first is not None and place + close - first > _CHUNK else (0, 0)
        carried = text[-_OVERLAP:]
        place += len(text) - len(carried)
    return 0, 0


def count_sheets(part: IO[bytes]) -> int:
    """Number of sheets that the workbook part lists. Raises the same errors as `scan` for broken XML and a DTD."""
    names = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal names
        names += tag == f"{_MAIN} sheet"

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.ParseFile(part)
    return names
