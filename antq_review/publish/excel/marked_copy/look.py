"""The look of a marked copy. Colour is never the only sign: errors have a thick frame, warnings dashed, notes thin."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from antq_review.forms import cell_styles as style
from antq_review.ingest.model import Severity

#: Font, fill, frame and alignment of a cell.
CellLook = tuple[Font, PatternFill | None, Border | None, Alignment]

_COLOURS = {Severity.ERROR: style.NO, Severity.WARNING: style.OPEN, Severity.NOTE: style.NONE}
_WASHES = {Severity.ERROR: "F6CFCB", Severity.WARNING: "F8E7C4", Severity.NOTE: style.LINE}
_LINES = {Severity.ERROR: "medium", Severity.WARNING: "mediumDashed", Severity.NOTE: "thin"}


def _faulty(severity: Severity) -> CellLook:
    side = Side(_LINES[severity], color=_COLOURS[severity])
    return (
        Font(style.FONT, size=11, bold=severity is Severity.ERROR, color=_COLOURS[severity]),
        PatternFill("solid", fgColor=_WASHES[severity]), Border(side, side, side, side), style.WRAP,
    )


#: The look of a marked cell, by its worst fault.
FAULTY: dict[Severity, CellLook] = {severity: _faulty(severity) for severity in Severity}
#: The look of the word for a severity in the list.
SAID: dict[Severity, CellLook] = {
    severity: (font, fill, style.BOX, setting) for severity, (font, fill, _, setting) in FAULTY.items()
}
TITLE: CellLook = (style.TITLE, None, None, Alignment(vertical="top"))
SUBTITLE: CellLook = (style.SUBTITLE, None, None, Alignment(vertical="top"))
LABEL: CellLook = (style.BOLD, None, None, Alignment(vertical="top"))
HEADING: CellLook = (style.HEADING, style.HEADING_FILL, style.BOX, style.WRAP_CENTRE)
HELP: CellLook = (style.HELP, style.WASH_FILL, style.BOX, style.WRAP)
CELL: CellLook = (style.PLAIN, None, style.BOX, style.WRAP)
NUMBER: CellLook = (style.PLAIN, None, style.BOX, style.RIGHT)
NOTE: CellLook = (style.HELP, None, style.BOX, style.WRAP)
MASKED: CellLook = NOTE
LINK: CellLook = (Font(style.FONT, size=11, underline="single", color=style.BLUE), None, style.BOX, style.WRAP)
PLAIN: CellLook = (style.PLAIN, None, None, style.WRAP)
UNWRAPPED: CellLook = (style.SMALL, None, None, Alignment(vertical="top"))
