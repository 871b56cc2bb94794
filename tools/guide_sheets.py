"""Pictures of the form sheets for the guide: the real sheet with the guide's good rows, drawn by LibreOffice."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops

from antq_review.forms.draw_workbook import draw_workbook
from antq_review.forms.measure_labels import Measure
from antq_review.forms.sheets import SHEETS
from antq_review.source import column_letters
from tools.guide_rows import HEAD, short, table_rows

#: A picture shows so many characters of the sheet's width, this many pixels wide; the columns beyond stand in the text.
_CHARACTERS, _WIDTH, _COLOURS = 130, 1000, 24
#: A longer sheet is cut here; below the last filled row so many blank ones; no row is higher (points).
_ROWS, _BLANK, _HIGHEST = 40, 3, 42


def sheet_pictures() -> Iterator[tuple[str, bytes]]:
    """Name and content of the picture of each sheet."""
    rows = {table: known.good for table, known in table_rows().items()}
    heads = {sheet.name: HEAD for sheet in SHEETS if sheet.declared}
    book = draw_workbook([short(sheet) for sheet in SHEETS], heads, rows, Measure.labels())
    names = {sheet.title: sheet.name for sheet in SHEETS}
    for page in book.worksheets:
        if page.title in names:
            _one_page(page)
        else:
            page.sheet_state = "hidden"
    with tempfile.TemporaryDirectory() as workshop:
        book.save(f"{workshop}/x.xlsx")
        own = f"-env:UserInstallation={Path(workshop).as_uri()}/profile"
        _run("soffice", own, "--headless", "--convert-to", "pdf", "--outdir", workshop, "x.xlsx", cwd=workshop)
        _run("pdftoppm", "-png", "-r", "160", "x.pdf", "p", cwd=workshop)
        pages = sorted(Path(workshop).glob("p*.png"))
        titles = [page.title for page in book.worksheets if page.title in names]
        assert len(pages) == len(titles), f"{len(pages)} pages of {len(titles)} sheets"
        for title, path in zip(titles, pages, strict=True):
            yield f"{names[title]}.png", small_png(_without_margin(Image.open(path).convert("RGB")), _WIDTH, _COLOURS)


def _one_page(page: Worksheet) -> None:
    """Print the first columns, and nothing that is not of the sheet, on one page."""
    width, last = 0.0, 0
    while last < page.max_column and (last == 0 or width <= _CHARACTERS):
        last += 1
        width += page.column_dimensions[column_letters(last)].width or 9
    filled = max(cell.row for line in page.iter_rows(max_row=_ROWS) for cell in line if cell.value is not None)
    page.print_area = f"A1:{column_letters(last)}{min(filled + _BLANK, _ROWS)}"
    for line in page.row_dimensions.values():
        line.height = min(line.height, _HIGHEST) if line.height else None
    page.print_title_rows = None
    setup: Any = page.page_setup
    setup.orientation, setup.fitToWidth, setup.fitToHeight = "landscape", 1, 1
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for part in (page.oddHeader, page.oddFooter, page.evenFooter, page.firstFooter):
        part.left.text = part.center.text = part.right.text = None


def _without_margin(picture: Image.Image) -> Image.Image:
    return picture.crop(ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox())


def small_png(picture: Image.Image, width: int, colours: int) -> bytes:
    """`width` pixels wide, in few colours."""
    picture = picture.convert("RGB")
    picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.quantize(colours).save(out, "PNG", optimize=True)
    return out.getvalue()


def _run(*command: str, cwd: str) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=300)
