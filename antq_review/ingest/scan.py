"""One streaming pass over a sheet's XML: how far the filled cells reach, what is merged, hidden, a formula.

openpyxl's read-only mode believes the sheet's own `<dimension>`, pads a far cell with millions of empty ones and tells
neither merges nor hidden rows; this pass costs a few per cent of its time and settles all of that first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from antq_review.ingest.guard import MAX_CELLS

#: A form has some 25 columns and some hundred rows; what lies beyond these is not part of a form.
MAX_ROW, MAX_COLUMN = 200_000, 100

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


class TooBig(Exception):
    """More filled cells than any school fills in."""


@dataclass
class Extent:
    """What the pass found. Rows and columns count from 1; `far` holds filled cells outside the bounds."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    has_formulas: bool = False
    far: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Pass:
    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0
        self.reference = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.extent.hidden_rows.append(self.row)
        elif name == "c":
            self._at(attributes.get("r"))
        elif name in ("v", "is", "f"):
            self._filled(name)
        elif name == "mergeCell":
            self.extent.merged.append(attributes.get("ref", ""))

    def _at(self, reference: str | None) -> None:
        found = _REFERENCE.match(reference or "")
        self.column = column_number(found.group(1)) if found else self.column + 1
        self.reference = reference or ""
        if found:
            self.row = int(found.group(2))

    def _filled(self, name: str) -> None:
        extent = self.extent
        extent.has_formulas = extent.has_formulas or name == "f"
        if self.row > MAX_ROW or self.column > MAX_COLUMN:
            if self.reference not in extent.far:
                extent.far.append(self.reference)
            if len(extent.far) > 1000:
                raise TooBig
            return
        extent.last_row, extent.last_column = max(extent.last_row, self.row), max(extent.last_column, self.column)
        extent.cells += 1
        if extent.cells > MAX_CELLS * 2:
            raise TooBig


def _refuse_dtd(*_: object) -> None:
    raise ValueError("DTD")


def scan(part: IO[bytes]) -> Extent:
    """Run the pass. Raises TooBig, expat.ExpatError for broken XML, ValueError where the part carries a DTD."""
    found = _Pass()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.ParseFile(part)
    return found.extent
