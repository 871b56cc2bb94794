"""What the look of a cell says of its text: struck through, or typed in a font of an encoding from before Unicode.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from typing import Any

#: Fonts of TCVN3 (.VnTime; .VnTimeH shows capitals) and of VNI (VNI-Times), each with the kind of a cell that is typed in it.
_OLD_FONTS = ((re.compile(r"(?i)\.vn.*h\Z"), "O"), (re.compile(r"(?i)\.vn"), "o"), (re.compile(r"(?i)vni[- ]"), "v"))
_HIGH = re.compile("[\u00a1-\u00ff]")
#: Letters that only Unicode has: such a text was typed in Unicode, whatever its font.
_UNICODE = re.compile(r"[\u0100-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")


class Looks:
    """The styles of one workbook that matter for reading."""

    def __init__(self, book: Any) -> None:
        old = {number: kind for number, font in enumerate(book._fonts) if (kind := _old_kind(font.name or ""))}
        struck = {number for number, font in enumerate(book._fonts) if font.strike}
        self._old = {number: old[style.fontId] for number, style in enumerate(book._cell_styles) if style.fontId in old}
        self._struck = {number for number, style in enumerate(book._cell_styles) if style.fontId in struck}

    def kind(self, cell: Any, text: str) -> str:
        """The kind of a cell with a text: "s", or that of the old encoding in which its font shows the text."""
        if not self._old or not _HIGH.search(text) or _UNICODE.search(text):
            return "s"
        return self._old.get(cell._style_id, "s")

    def is_struck(self, row: Any) -> bool:
        """Are most filled cells of the line struck through?"""
        if not self._struck:
            return False
        filled = [cell._style_id in self._struck for cell in row if cell.value is not None]
        return 2 * sum(filled) > len(filled)


def _old_kind(font: str) -> str:
    return next((kind for pattern, kind in _OLD_FONTS if pattern.match(font)), "")
