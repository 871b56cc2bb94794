"""What the look of a cell says of its text: struck through, or typed in a font of an encoding from before Unicode.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from typing import Any

#: Fonts of TCVN3 (.VnTime, .VnArial) and of VNI (VNI-Times).
_OLD_FONT = re.compile(r"(?i)\.vn|vni[- ]")
_HIGH = re.compile("[\u00a1-\u00ff]")
#: Letters that only Unicode has: such a text was typed in Unicode, whatever its font.
_UNICODE = re.compile(r"[\u0100-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")


class Looks:
    """The styles of one workbook that matter for reading."""

    def __init__(self, book: Any) -> None:
        old = {number for number, font in enumerate(book._fonts) if _OLD_FONT.match(font.name or "")}
        struck = {number for number, font in enumerate(book._fonts) if font.strike}
        self._old = {number for number, style in enumerate(book._cell_styles) if style.fontId in old}
        self._struck = {number for number, style in enumerate(book._cell_styles) if style.fontId in struck}

    def is_old(self, cell: Any, text: str) -> bool:
        """Is the text of the cell in an old encoding, as its font tells?"""
        return bool(self._old) and cell._style_id in self._old and bool(_HIGH.search(text)) and not _UNICODE.search(text)

    def is_struck(self, row: Any) -> bool:
        """Are most filled cells of the line struck through?"""
        if not self._struck:
            return False
        filled = [cell._style_id in self._struck for cell in row if cell.value is not None]
        return 2 * sum(filled) > len(filled)
