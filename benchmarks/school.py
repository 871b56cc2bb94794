"""The measured schools: the example, and larger folders made from it."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from antq_review.ingest.model import Evidence
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.shipped import EXAMPLE_DAY, example_folder

DAY = date.fromisoformat(EXAMPLE_DAY)
#: The workbook of the example that is made larger, its part with the sheet “Hoạt động”, and the most rows of a sheet.
GROWN, SHEET = "3_hoat_dong_Doi.xlsx", "xl/worksheets/sheet1.xml"
LAST_ROW = 1_048_576
_ROW = re.compile(r'<row r="([0-9]+)"[^>]*?>(.*?)</row>', re.DOTALL)
_BLANK_CELL = re.compile(r"<c [^>]*/>")


@cache
def example() -> Review:
    """The example school's review."""
    return review_evidence(read_folder(example_folder()), DAY)


def rewritten(to: Path, sheet: str) -> Path:
    """A copy of the workbook with another XML text for its first sheet."""
    with ZipFile(example_folder() / GROWN) as source, ZipFile(to, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for part in source.namelist():
            made.writestr(part, sheet if part == SHEET else source.read(part))
    return to


def sheet_text() -> str:
    """The XML text of the first sheet of the workbook."""
    with ZipFile(example_folder() / GROWN) as source:
        return source.read(SHEET).decode("utf-8")


def stretched(to: Path) -> Path:
    """The workbook with one formatted, empty cell in every row down to the last row of a sheet."""
    text = sheet_text()
    last = max(int(number) for number, _ in _ROW.findall(text))
    blank = "".join(f'<row r="{number}"><c r="A{number}" s="11"/></row>' for number in range(last + 1, LAST_ROW + 1))
    return rewritten(to, text.replace("</sheetData>", blank + "</sheetData>"))


def with_activities(to: Path, rows: int, first: int) -> Path:
    """The workbook with `rows` activities: those of the example repeated, each with a code and a name of its own."""
    text = sheet_text()
    found = [(int(number), _BLANK_CELL.sub("", cells)) for number, cells in _ROW.findall(text)]
    filled = [(number, cells) for number, cells in found if number >= 14 and "<c " in cells]
    head = text[: text.index(f'<row r="{filled[0][0]}"')]
    lines = []
    for index in range(rows):
        number, cells = filled[index % len(filled)]
        cells = re.sub(rf'r="([A-Z]+){number}"', rf'r="\g<1>{14 + index}"', cells)
        cells = re.sub(r"<t>HD-[0-9]+</t>", f"<t>HD-{first + index}</t>", cells, count=1)
        cells = re.sub(r'(<c r="C[0-9]+"[^>]*><is><t>)', rf"\g<1>{first + index} ", cells, count=1)  # no row repeats another
        lines.append(f'<row r="{14 + index}">{cells}</row>')
    return rewritten(to, head + "".join(lines) + text[text.index("</sheetData>") :])


def under_code(code: str, to: Path) -> Path:
    """A folder with the example's workbooks under another school code of eight letters."""
    to.mkdir(parents=True)
    for path in sorted(example_folder().glob("*.xlsx")):
        with ZipFile(path) as source, ZipFile(to / path.name, "w", ZIP_DEFLATED) as made:
            for part in source.namelist():
                made.writestr(part, source.read(part).replace(b"00123456", code.encode()))
    return to


def school_of(rows: int) -> Evidence:
    """The example school with `rows` activities in the place of those of one of its workbooks, read."""
    with tempfile.TemporaryDirectory(prefix="antq-") as place:
        for book in example_folder().glob("*.xlsx"):
            shutil.copy(book, place)
        with_activities(Path(place) / GROWN, rows, 0)
        return read_folder(Path(place))
