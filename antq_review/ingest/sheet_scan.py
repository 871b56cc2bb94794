"""One pass over a sheet's XML: its cells, and all that a reader of the sheet would see or miss. Runs inside the worker process.

The sheet's own `<dimension>` is not believed, and rows and cells must stand in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from antq_review.ingest.stored_values import StoredValues
from antq_review.ingest.xml_part import MAIN, RELATION, Attributes, PartPass, PartStep, Steps, TooBig

#: A form has some 25 columns and some hundred rows. Cells beyond these bounds are not part of a form.
MAX_ROW, MAX_COLUMN = 20_000, 100
#: Most cells outside these bounds, and most merged ranges. A sheet with more is refused.
_MAX_STRAY = 1_000

_ADDRESS = re.compile(r'(?i)\s*HYPERLINK\(\s*"([^"]{1,2000})"')
#: Most links of one sheet; a school's form has one a row at most.
_MAX_LINKS = 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_TRUE = ("1", "true")

#: One cell for the parent process: column number, kind (see ingest.stored_values), value as text.
Cell = tuple[int, str, str]
#: One filled row: its number, its cells; and True where most of its filled cells are struck through.
Line = list[Any]


@dataclass
class Extent:
    """What a sheet has beside its cells. Rows and columns are counted from 1. `far`: filled cells outside the bounds.

    `links`: range and relation of each link; `addresses`: (row, column) → address in a HYPERLINK formula.
    """

    cells: int = 0
    far: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    addresses: dict[tuple[int, int], str] = field(default_factory=dict)


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class SheetPass:
    """The pass. `extent` is whole only after the last of its `lines`."""

    def __init__(self, values: StoredValues, struck: frozenset[str], most: int) -> None:
        """`struck`: the styles that strike a text through; `most`: most filled cells of the sheet."""
        self.extent = Extent()
        self._readers, self._struck, self._most = values.readers, struck, most
        self._lines: list[Line] = []
        self._row = self._column = 0
        self._digits = ""
        self._cells: list[Cell] = []
        self._with_value = self._with_strike = 0
        self._reference: str | None = None
        self._type = self._style = ""
        self._stored: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._reading = PartPass(MAIN, self._steps())

    def _steps(self) -> Steps:
        row = "worksheet/sheetData/row"
        return {
            row: PartStep(self._begin_row, self._end_row),
            f"{row}/c": PartStep(self._begin_cell, self._end_cell),
            f"{row}/c/v": PartStep(words=self._store),
            f"{row}/c/f": PartStep(words=self._calculate),
            f"{row}/c/is": PartStep(self._begin_inline),
            f"{row}/c/is/t": PartStep(words=self._add_inline),
            f"{row}/c/is/r/t": PartStep(words=self._add_inline),
            "worksheet/cols/col": PartStep(self._columns),
            "worksheet/mergeCells/mergeCell": PartStep(self._merge),
            "worksheet/hyperlinks/hyperlink": PartStep(self._link),
        }

    def lines(self, pieces: Iterable[bytes]) -> Iterator[Line]:
        """The filled rows of the sheet. `pieces`: its XML; blank rows may have been left out of it.

        Raises TooBig, expat.ExpatError for broken XML, and ValueError where the part contains a DTD, cells out of order
        or a cell that Excel does not write.
        """
        for piece in pieces:
            self._reading.feed(piece)
            yield from self._lines
            self._lines.clear()
        self._reading.close()

    # --- rows and cells --------------------------------------------------------------------------------------------

    def _begin_row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self._row + 1))
        if number <= self._row:
            raise ValueError(f"row {number} after row {self._row}")
        self._row, self._column, self._digits = number, 0, str(number)
        self._cells, self._with_value, self._with_strike = [], 0, 0
        if attributes.get("hidden") in _TRUE and number <= MAX_ROW:
            self.extent.hidden_rows.append(number)

    def _end_row(self) -> None:
        if self._cells:
            struck = 2 * self._with_strike > self._with_value
            self._lines.append([self._row, self._cells, True] if struck else [self._row, self._cells])

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            column = _COLUMNS.get(reference.removesuffix(self._digits)) or self._far_column(reference)
            if column <= self._column:
                raise ValueError(f"cell {reference} in row {self._row} after column {self._column}")
            self._column = column
        self._reference, self._type, self._style = reference, attributes.get("t", "n"), attributes.get("s", "0")
        self._stored = self._inline = self._formula = None

    def _far_column(self, reference: str) -> int:
        """The column of a cell beyond the bounds. Raises ValueError where it is no cell of this row."""
        found = _REFERENCE.match(reference)
        if found is None or int(found[2]) != self._row:
            raise ValueError(f"cell {reference} in row {self._row}")
        return column_number(found[1])

    def _end_cell(self) -> None:
        stored, formula = self._stored, self._formula
        if stored is None and formula is None and self._inline is None:
            return
        if self._row > MAX_ROW or self._column > MAX_COLUMN:
            self._note_far()
            return
        self.extent.cells += 1
        if self.extent.cells > self._most:
            raise TooBig
        if self._type == "inlineStr":
            stored = self._inline
        if formula is not None and not self._calculated(formula, stored):
            return
        if stored is None or (stored == "" and self._type != "inlineStr"):
            return
        self._with_value += 1
        self._with_strike += self._style in self._struck
        shown = self._readers[self._type](stored, self._style)
        if shown is not None:
            self._cells.append((self._column, *shown))

    def _note_far(self) -> None:
        self.extent.far.append(self._reference or "")
        if len(self.extent.far) > _MAX_STRAY:
            raise TooBig

    def _calculated(self, formula: str, stored: str | None) -> bool:
        """Has the formula of the cell a result? Without one the formula itself is the cell's content.

        An empty text is a result only in a text cell.
        """
        if address := _ADDRESS.match(formula):
            self.extent.addresses[self._row, self._column] = address[1]
        if stored is not None and (stored.strip() or self._type == "str"):
            return True
        self._cells.append((self._column, "f", "=" + formula.strip()[:200]))
        return False

    # --- what is in a cell -----------------------------------------------------------------------------------------

    def _store(self, words: str) -> None:
        self._stored = words

    def _calculate(self, words: str) -> None:
        self._formula = words

    def _begin_inline(self, attributes: Attributes) -> None:
        self._inline = ""

    def _add_inline(self, words: str) -> None:
        assert self._inline is not None
        self._inline += words

    # --- beside the cells ------------------------------------------------------------------------------------------

    def _merge(self, attributes: Attributes) -> None:
        self.extent.merged.append(attributes.get("ref", ""))
        if len(self.extent.merged) > _MAX_STRAY:
            raise TooBig

    def _link(self, attributes: Attributes) -> None:
        if RELATION in attributes and len(self.extent.links) < _MAX_LINKS:
            self.extent.links.append((attributes.get("ref", ""), attributes[RELATION]))

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), MAX_COLUMN)
            self.extent.hidden_columns += range(first, last + 1)


_COLUMNS = {letters: number for letters in [
    *map(chr, range(65, 91)), *(chr(first) + chr(second) for first in range(65, 69) for second in range(65, 91))
] if (number := column_number(letters)) <= MAX_COLUMN}
