"""Colours, fonts and borders of every sheet that the toolkit draws."""

from __future__ import annotations

from copy import copy
from typing import TypedDict, Unpack
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

INK, SOFT, LINE, WASH, BLUE = "1B2733", "5B6B7A", "D9E0E6", "F5F7F9", "1F4E79"
OK, NO, OPEN, NONE = "2E7D4F", "A8322A", "94600F", "66727D"
OPEN_WASH = "FBF5EA"

FONT = "Calibri"
TITLE = Font(FONT, size=15, bold=True, color=BLUE)
SUBTITLE = Font(FONT, size=12, bold=True, color=BLUE)
PLAIN = Font(FONT, size=11, color=INK)
BOLD = Font(FONT, size=11, bold=True, color=INK)
HEADING = Font(FONT, size=11, bold=True, color="FFFFFF")
HELP = Font(FONT, size=9, italic=True, color=SOFT)
SMALL = Font(FONT, size=9, color=SOFT)

HEADING_FILL = PatternFill("solid", fgColor=BLUE)
WASH_FILL = PatternFill("solid", fgColor=WASH)
#: Of a conditional format: Excel takes the background of a solid fill, so both are given.
UNUSED_FILL = PatternFill("solid", fgColor="D9D9D9", bgColor="D9D9D9")
ENTRY_FILL = PatternFill("solid", fgColor="FFFDF5")
_SIDE = Side("thin", color=LINE)
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
UNDER = Border(bottom=_SIDE)

WRAP = Alignment(wrap_text=True, vertical="top")
#: A long text runs on over the blank cells beside it.
TOP = Alignment(vertical="top")
WRAP_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
RIGHT = Alignment(horizontal="right", vertical="top")


class CellLook(TypedDict, total=False):
    """What a cell can look like: the constants above, or other parts."""

    font: Font
    fill: PatternFill
    border: Border
    alignment: Alignment
    number_format: str


#: Workbook → look (its parts by identity) → openpyxl's style, and the parts: while they are kept, their identity stays theirs.
_known: WeakKeyDictionary[Workbook, dict[tuple[object, ...], tuple[StyleArray, CellLook]]] = WeakKeyDictionary()


def dress(cell: Cell, **look: Unpack[CellLook]) -> None:
    """Give a blank or written cell its look. openpyxl hashes every part that is assigned; to copy an earlier cell's style is cheap."""
    styles = _known.setdefault(cell.parent.parent, {})
    key = (cell.quotePrefix, *((name, part if isinstance(part, str) else id(part)) for name, part in look.items()))
    if key not in styles:
        for name, part in look.items():
            setattr(cell, name, part)
        styles[key] = copy(cell._style), look
    cell._style = copy(styles[key][0])
