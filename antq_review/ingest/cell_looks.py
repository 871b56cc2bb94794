"""What the styles of a workbook say of a cell: the format of its number, a text struck through, a font from before Unicode.

Runs inside the worker process only.
"""

from __future__ import annotations

import re
from typing import IO

from antq_review.ingest.number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from antq_review.ingest.xml_part import MAIN, Attributes, PartStep, Steps, read_part

#: Fonts of TCVN3 (.VnTime; .VnTimeH shows capitals) and of VNI (VNI-Times), each with the kind of a cell that is typed in it.
_OLD_FONTS = ((re.compile(r"(?i)\.vn.*h\Z"), "O"), (re.compile(r"(?i)\.vn"), "o"), (re.compile(r"(?i)vni[- ]"), "v"))
_HIGH = re.compile("[\u00a1-\u00ff]")
#: Letters that only Unicode has: such a text was typed in Unicode, whatever its font.
_UNICODE = re.compile(r"[\u0100-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")


class Looks:
    """The styles of one workbook that matter for reading, each by its number as a cell writes it (`s="11"`).

    `formats`: the style's number format. `struck`: the styles that strike a text through.
    """

    def __init__(self, styles: IO[bytes] | None) -> None:
        """`styles`: the part; None where the workbook has none, and then one plain style. Raises ValueError where it has a fault."""
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._fonts: list[str] = []
        self._struck_fonts: set[int] = set()
        self._cells: list[tuple[int, int]] = []
        if styles is not None:
            read_part(styles, MAIN, self._steps())
        cells = [(str(number), *style) for number, style in enumerate(self._cells or [(0, 0)])]
        old = {number: kind for number, font in enumerate(self._fonts) if (kind := _old_kind(font))}
        self.formats: dict[str, NumberFormat] = {
            style: number_format(self._codes[code]) if code in self._codes else GENERAL for style, code, _ in cells
        }
        self.struck = frozenset(style for style, _, font in cells if font in self._struck_fonts)
        self._old = {style: old[font] for style, _, font in cells if font in old}

    def _steps(self) -> Steps:
        return {
            "styleSheet/numFmts/numFmt": PartStep(self._format),
            "styleSheet/fonts/font": PartStep(lambda _: self._fonts.append("")),
            "styleSheet/fonts/font/name": PartStep(self._font_name),
            "styleSheet/fonts/font/strike": PartStep(self._strike),
            "styleSheet/cellXfs/xf": PartStep(self._cell),
        }

    def _format(self, attributes: Attributes) -> None:
        self._codes[int(attributes["numFmtId"])] = attributes["formatCode"]

    def _font_name(self, attributes: Attributes) -> None:
        self._fonts[-1] = attributes.get("val", "")

    def _strike(self, attributes: Attributes) -> None:
        if attributes.get("val", "1") not in ("0", "false"):
            self._struck_fonts.add(len(self._fonts) - 1)

    def _cell(self, attributes: Attributes) -> None:
        self._cells.append((int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0))))

    def kind(self, style: str, text: str) -> str:
        """The kind of a cell with a text: "s", or that of the old encoding in which its font shows the text."""
        if style not in self._old or not _HIGH.search(text) or _UNICODE.search(text):
            return "s"
        return self._old[style]


def _old_kind(font: str) -> str:
    return next((kind for pattern, kind in _OLD_FONTS if pattern.match(font)), "")
