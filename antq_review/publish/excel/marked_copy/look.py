"""The look of a marked copy. Colour is never the only sign: errors have a thick frame, warnings dashed, notes thin."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from antq_review.forms import cell_styles as style
from antq_review.forms.cell_styles import CellLook
from antq_review.ingest.model import Severity

_COLOURS = {Severity.ERROR: style.NO, Severity.WARNING: style.OPEN, Severity.NOTE: style.NONE}
_WASHES = {Severity.ERROR: "F6CFCB", Severity.WARNING: "F8E7C4", Severity.NOTE: style.LINE}
_LINES = {Severity.ERROR: "medium", Severity.WARNING: "mediumDashed", Severity.NOTE: "thin"}


def _text(font: Font, alignment: Alignment) -> CellLook:
    """A text without frame. Every cell of a copy holds a text, whatever it looks like."""
    return {"font": font, "alignment": alignment, "number_format": "@"}


def _boxed(font: Font, alignment: Alignment, border: Border = style.BOX) -> CellLook:
    return {**_text(font, alignment), "border": border}


def _faulty(severity: Severity) -> CellLook:
    side = Side(_LINES[severity], color=_COLOURS[severity])
    font = Font(style.FONT, size=11, bold=severity is Severity.ERROR, color=_COLOURS[severity])
    return {**_boxed(font, style.WRAP, Border(side, side, side, side)), "fill": PatternFill("solid", fgColor=_WASHES[severity])}


#: The look of a marked cell, by its worst fault.
FAULTY: dict[Severity, CellLook] = {severity: _faulty(severity) for severity in Severity}
#: The look of the word for a severity in the list.
SAID: dict[Severity, CellLook] = {severity: {**faulty, "border": style.BOX} for severity, faulty in FAULTY.items()}
TITLE = _text(style.TITLE, style.TOP)
SUBTITLE = _text(style.SUBTITLE, style.TOP)
LABEL = _text(style.BOLD, style.TOP)
HEADING: CellLook = {**_boxed(style.HEADING, style.WRAP_CENTRE), "fill": style.HEADING_FILL}
HELP: CellLook = {**_boxed(style.HELP, style.WRAP), "fill": style.WASH_FILL}
CELL = _boxed(style.PLAIN, style.WRAP)
NUMBER = _boxed(style.PLAIN, style.RIGHT)
NOTE = _boxed(style.HELP, style.WRAP)
MASKED = NOTE
LINK = _boxed(Font(style.FONT, size=11, underline="single", color=style.BLUE), style.WRAP)
PLAIN = _text(style.PLAIN, style.WRAP)
UNWRAPPED = _text(style.SMALL, style.TOP)
