"""Figures of Nghị định 30/2020/NĐ-CP, Annex I: paper, margins, sizes. Lengths in twips (1/1440 inch), sizes in points."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Times New Roman"
#: A4, width and height.
PAPER = (11906, 16838)
TWIPS_PER_MM = 1440 / 25.4


def twips(millimetres: float) -> int:
    """A length in mm, in twips."""
    return round(millimetres * TWIPS_PER_MM)


#: The margins that the Annex allows, (least, most) in mm, and the margins of the forms.
MARGIN_BOUNDS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}


@dataclass(frozen=True)
class Preset:
    """Sizes that change together (footnote of the Annex). The sizes below are the same in both presets."""

    name: str
    nation: int
    motto: int
    day: int
    body: int
    page: int
    agency: int


#: The sizes that both presets share: number and symbol, “Nơi nhận:”, its items, “Phụ lục”, table text, the electronic
#: annex's corner.
NUMBER, RECIPIENTS, RECIPIENT, ANNEX, TABLE, CORNER = 13, 12, 11, 14, 12, 10
PAIR_14 = Preset("14", nation=13, motto=14, day=14, body=14, page=14, agency=13)
PAIR_13 = Preset("13", nation=12, motto=13, day=13, body=13, page=13, agency=12)
PRESETS = (PAIR_14, PAIR_13)

#: Text width between the margins, in mm: portrait, landscape.
WIDE = {False: 210 - MARGINS["left"] - MARGINS["right"], True: 297 - MARGINS["left"] - MARGINS["right"]}
#: The header's two columns in mm: the right one holds the Quốc hiệu in bold 13 pt (96 mm) on one line.
HEAD_COLUMNS = (66, 99)
#: The line below the agency and below the subject: 1/3 to 1/2 of the text.
SHORT_LINE = 0.42
