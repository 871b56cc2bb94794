"""Rows of a large table as the XML of their sheet: what openpyxl would write, with an object and ten times longer a cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.publish.excel.page import Put, SheetWriter
from antq_review.source import column_letters

Value = str | int | float | date | None


class PlainRows:
    """Writes rows below the headings of a sheet as `SheetWriter.row` does, but as bytes.

    A workbook numbers its looks in the order in which they are asked for: `number_looks` asks for those of the cells above.
    """

    def __init__(self, page: SheetWriter) -> None:
        self.page = page
        self.letters = [column_letters(place) for place in range(1, len(page.columns) + 1)]
        #: (column, value, bold) → the XML of the cell after its place, and its height: tables say the same again and again.
        self.known: dict[tuple[int, Value, bool], tuple[str, float]] = {}

    def write(self, row: Sequence[Value], bold: bool) -> bytes:
        """One row of the table."""
        line = self.page.next_row
        cells = [self.known.get(key) or self._made(*key) for key in ((column, value, bold) for column, value in enumerate(row))]
        self.page.next_row += 1
        written = "".join([f'<c r="{letters}{line}" {xml}' for letters, (xml, _) in zip(self.letters, cells, strict=True)])
        return f'<row r="{line}" ht="{safe_string(max(height for _, height in cells))}" customHeight="1">{written}</row>'.encode()

    def _made(self, column: int, value: Value, bold: bool) -> tuple[str, float]:
        cell = Cell(self.page.sheet, row=1, column=1)  # of no place: it only takes the value and the look
        height = self.page.put(cell, self.page.columns[column], Put(value, bold=bold))
        made = self.known[column, value, bold] = f's="{cell.style_id}" {_content(cell.value)}', height
        return made


def number_looks(sheet: Worksheet) -> None:
    """Give the looks of all cells their numbers, which openpyxl else gives when it saves them."""
    for _, cell in sorted(sheet._cells.items()):  # to ask for rows would make cells
        cell.style_id  # noqa: B018 (asks for it)


def _content(value: Value) -> str:
    """Type and content of a cell, as openpyxl writes them."""
    if value is None:
        return 't="n" />'
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value.strip() not in ("", value) else ""
        return f't="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
    return f't="n"><v>{safe_string(to_excel(value) if isinstance(value, date) else value)}</v></c>'
