"""Writes one sheet of a workbook: columns, title lines, rows of sufficient height, print settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from antq_review.forms import cell_styles as style
from antq_review.forms.cell_styles import CellLook, dress
from antq_review.forms.save_workbook import put_text
from antq_review.publish.excel.row_height import line_count, row_height
from antq_review.source import column_letters
from antq_review.text import say

_A4 = 9
_OFFICIAL_FONT = "Times New Roman"
_BLACK = Side("thin", color="000000")
_DAY_FORMAT = "dd/mm/yyyy"
#: Number format: a space as wide as a bracket between a number and the border at its right.
_AIR = "_)"
#: Factor by which bold letters are wider; width of one step of indent, in units of the sheet.
_BOLD_IS_WIDER, _INDENT_WIDTH = 1.05, 1.8


@dataclass(frozen=True)
class SheetColumn:
    """One column: its heading, its width in units of the sheet (digits of Calibri)."""

    heading: str
    width: float
    centred: bool = False


@dataclass(frozen=True)
class Put:
    """The content and look of one cell. Text stays text, numbers and days stay numbers and days; None or "": blank.

    `size` in points, 0: the size of the sheet's text. `across`: left, center or right; empty: by the column and the
    value.
    """

    value: str | int | float | date | None = None
    colour: str = ""
    bold: bool = False
    italic: bool = False
    fill: PatternFill | None = None
    number_format: str = "General"
    indent: int = 0
    size: float = 0
    across: str = ""


@dataclass(frozen=True)
class SheetStyle:
    """Fonts, lines and paper of a sheet.

    `margins`: top, bottom, left, right in millimetres. `official`: the school sends it out.
    """

    text: Font
    title: Font
    heading: Font
    heading_fill: PatternFill | None
    border: Border
    landscape: bool
    margins: tuple[int, int, int, int]
    official: bool = False


OFFICIAL = SheetStyle(
    text=Font(_OFFICIAL_FONT, size=12), title=Font(_OFFICIAL_FONT, size=14, bold=True),
    heading=Font(_OFFICIAL_FONT, size=12, bold=True), heading_fill=None,
    border=Border(left=_BLACK, right=_BLACK, top=_BLACK, bottom=_BLACK), landscape=False, margins=(20, 20, 30, 15),
    official=True,
)
#: The same for tables of many columns.
OFFICIAL_WIDE = replace(OFFICIAL, text=Font(_OFFICIAL_FONT, size=11), heading=Font(_OFFICIAL_FONT, size=11, bold=True), landscape=True)
WORKING = SheetStyle(
    text=Font(style.FONT, size=10, color=style.INK), title=style.TITLE,
    heading=Font(style.FONT, size=10, bold=True, color="FFFFFF"), heading_fill=style.HEADING_FILL,
    border=style.BOX, landscape=True, margins=(15, 13, 10, 10),
)


@cache
def _alignment(across: str, indent: int) -> Alignment:
    return Alignment(horizontal=across, vertical="top", wrap_text=True, indent=indent)


@dataclass
class SheetWriter:
    """Writes a sheet from the top down."""

    sheet: Worksheet
    look: SheetStyle
    columns: Sequence[SheetColumn]
    next_row: int = field(default=1, init=False)
    #: Size, bold, italic, colour → font.
    _fonts: dict[tuple[float, bool, bool, str], Font] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for index, column in enumerate(self.columns, start=1):
            self.sheet.column_dimensions[column_letters(index)].width = column.width

    def line(self, put: Put, *, centred: bool = True) -> None:
        """Writes one line across all columns, in the font of the text."""
        cell = self.sheet.cell(self.next_row, 1)
        self._write(cell, put, "center" if centred else "left")
        self.sheet.merge_cells(start_row=cell.row, end_row=cell.row, start_column=1, end_column=len(self.columns))
        self._close_row(self._height(put, sum(column.width for column in self.columns)))

    def title(self, text: str) -> None:
        """Writes the title of the sheet across all columns."""
        look = self.look.title
        colour = look.color.rgb[-6:] if look.color else ""
        self.line(Put(text, bold=True, colour=colour, size=look.size), centred=self.look.official)

    def gap(self) -> None:
        """Leaves a narrow empty row."""
        self.sheet.row_dimensions[self.next_row].height = 6
        self.next_row += 1

    def headings(self) -> None:
        """Writes the heading row. It stays visible on the screen and is repeated on every printed page."""
        row, height = self.next_row, 0.0
        for index, column in enumerate(self.columns, start=1):
            cell = self.sheet.cell(row, index)
            put_text(cell, column.heading)
            cell.font, cell.border, cell.alignment = self.look.heading, self.look.border, style.WRAP_CENTRE
            if self.look.heading_fill:
                cell.fill = self.look.heading_fill
            put = Put(column.heading, bold=True, size=self.look.heading.size)
            height = max(height, self._height(put, column.width))
        self._close_row(height)
        self.sheet.freeze_panes = f"A{self.next_row}"
        self.sheet.print_title_rows = f"{row}:{row}"

    def row(self, puts: Sequence[Put]) -> None:
        """Writes one row of the table: one Put for each column."""
        height = 0.0
        for index, (column, put) in enumerate(zip(self.columns, puts, strict=True), start=1):
            cell = self.sheet.cell(self.next_row, index)
            across = "right" if isinstance(put.value, int | float) else "center" if column.centred else "left"
            self._write(cell, put, put.across or across, self.look.border)
            height = max(height, self._height(put, column.width))
        self._close_row(height)

    def finish(self, *, draft: bool, internal: str = "") -> None:
        """Sets paper, margins and page numbers; a draft has DỰ THẢO at the head and foot of every page."""
        sheet, look = self.sheet, self.look
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if look.landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 1, True
        sheet.print_area = f"A1:{column_letters(len(self.columns))}{max(self.next_row - 1, 1)}"
        margins = sheet.page_margins
        margins.top, margins.bottom, margins.left, margins.right = (side / 25.4 for side in look.margins)
        margins.header = margins.footer = 7 / 25.4
        self._head_and_foot(say("annex.draft") if draft else "", internal)

    def _head_and_foot(self, draft: str, internal: str) -> None:
        """Page numbers: official sheets centred at the top, not on page 1 (Decree 30/2020); others at the foot."""
        head, foot, first = self.sheet.oddHeader, self.sheet.oddFooter, self.sheet.firstHeader
        font = f"{self.look.text.name},Regular"
        if self.look.official:
            self.sheet.HeaderFooter.differentFirst = True
            head.center.text, head.center.font, head.center.size = "&P", font, 13
            first.right.text = self.sheet.firstFooter.left.text = draft or None
        else:
            head.left.text, foot.right.text = internal or None, say("annex.page_of")
        head.right.text = foot.left.text = draft or None
        for part in (head.left, head.right, foot.left, foot.right, first.right, self.sheet.firstFooter.left):
            part.font, part.size = font, 10

    def _write(self, cell: Cell, put: Put, across: str, border: Border | None = None) -> None:
        form = "General"
        if put.value == "":
            cell.value = None
        elif isinstance(put.value, str):
            put_text(cell, ILLEGAL_CHARACTERS_RE.sub("", put.value))
        elif put.value is not None:
            cell.value = put.value
            form = _DAY_FORMAT if isinstance(put.value, date) else put.number_format + _AIR
        look: CellLook = {"number_format": form, "font": self._font(put), "alignment": _alignment(across, put.indent)}
        if put.fill:
            look["fill"] = put.fill
        if border:
            look["border"] = border
        dress(cell, **look)

    def _font(self, put: Put) -> Font:
        base, key = self.look.text, (put.size, put.bold, put.italic, put.colour)
        if key not in self._fonts:
            self._fonts[key] = Font(
                base.name, size=put.size or base.size, bold=put.bold, italic=put.italic, color=put.colour or base.color
            )
        return self._fonts[key]

    def _height(self, put: Put, width: float) -> float:
        size = put.size or self.look.text.size
        text = put.value if isinstance(put.value, str) else ""
        serif = self.look.text.name == _OFFICIAL_FONT
        wide = size * _BOLD_IS_WIDER if put.bold else size
        return row_height(line_count(text, width - _INDENT_WIDTH * put.indent, wide, serif=serif), size)

    def _close_row(self, height: float) -> None:
        self.sheet.row_dimensions[self.next_row].height = height
        self.next_row += 1


def mark_rescored(sheet: Worksheet, mark: str) -> None:
    """Adds a mark to the title and the foot of every page: the year was judged again by another text."""
    title = sheet["A1"]
    title.value = f"{title.value}\n({mark})"
    sheet.row_dimensions[1].height = 2.3 * (sheet.row_dimensions[1].height or 18)
    for foot in (sheet.oddFooter, sheet.firstFooter):
        foot.center.text, foot.center.size = mark, 10


def mark_version(sheet: Worksheet, version: str) -> None:
    """Names the version in the foot of every page; on a sheet that the school keeps for itself also below its title."""
    for foot in (sheet.oddFooter, sheet.firstFooter):
        foot.center.text, foot.center.size = version.replace("&", "&&"), 9
    if not sheet.HeaderFooter.differentFirst:
        title = sheet["A1"]
        title.value = f"{title.value}\n{version}"
        sheet.row_dimensions[1].height = 2.1 * (sheet.row_dimensions[1].height or 18)


def emphasised(put: Put) -> Put:
    """The same cell in bold."""
    return replace(put, bold=True)
