"""The one module that opens received workbooks. Runs inside the worker process only.

`scan` first passes over the sheet's XML for the facts that openpyxl's read-only mode does not give: the true extent,
merged ranges, hidden lines, and formulas that were never calculated. Then openpyxl reads the stored values in one
read-only pass.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

# openpyxl uses numpy only to recognise its number types. Without numpy the worker starts faster and needs less memory.
sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]

import openpyxl  # noqa: E402
from openpyxl.worksheet import _reader  # noqa: E402

from antq_review.ingest.cell_links import links_of  # noqa: E402
from antq_review.ingest.cell_looks import Looks  # noqa: E402
from antq_review.ingest.file_guard import MAX_CELLS  # noqa: E402
from antq_review.ingest.plain_book import plain_book  # noqa: E402
from antq_review.ingest.sheet_scan import Extent, TooBig, chunks, count_sheets, scan  # noqa: E402

#: Most characters of one workbook; a school's year has some hundred thousand. One stored text can appear in many cells.
MAX_TEXT = 10_000_000
#: Most XML tags of all parts except the sheets: so many load within the time for one file.
MAX_TAGS = 2_000_000
#: Longest text of an Excel cell. One character more is sent to the parent, so that it can see that a text is too long.
_CELL_LIMIT = 32_767

_ERRORS = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
})
_ZEROS = re.compile(r"0+")
_NUMBER = re.compile(r"-?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?\Z")
_BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]*\\Z")
#: The code in a workbook for a character that XML cannot contain: `_x000D_`.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|[dD][89a-fA-F][0-9A-Fa-f]{2}|[fF]{3}[eEfF])_")

#: One cell for the parent process: column number, kind, value as text.
#: Kinds: s text · n number · p number with a per cent format · d day · t day and time · h time of day · b true or false
#: · e error · f formula that was never calculated · o text in a font of an encoding from before Unicode
Cell = tuple[int, str, str]


class NoSheets(Exception):
    """The workbook has no readable sheet: it is in the format “Strict Open XML”, or it contains charts only."""


def _plain_number(text: str) -> int | float:
    """Replaces openpyxl's cast, which accepts `1_000`, `NaN` and Arabic digits.

    Raises ValueError for text that Excel never writes.
    """
    if not _NUMBER.match(text):
        raise ValueError(f"not a number: {text[:40]!r}")
    return int(text) if text.lstrip("-").isdecimal() else float(text)


if not openpyxl.DEFUSEDXML:
    raise RuntimeError("defusedxml is missing")
_reader._cast_number = _plain_number


def read_workbook(path: Path) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield for each sheet a dict (title, hidden, merged …) and then its filled rows as [row number, [cells]].

    Raises TooBig, NoSheets and any error of the libraries; the worker turns each into one verdict for the file.
    """
    _weigh(path)
    with closing(_opened(path)) as book:
        sent, looks = 0, Looks(book)
        for page, extent in _measured(book):
            yield {
                "sheet": page.title,
                "hidden": page.sheet_state != "visible",
                "hidden_rows": extent.hidden_rows,
                "hidden_columns": extent.hidden_columns,
                "merged": extent.merged,
                "far": extent.far[:20],
                "links": links_of(book._archive, page._worksheet_path, extent),
            }
            for number, cells, struck in _rows(page, extent, looks):
                sent += sum(len(text) for _, _, text in cells)
                if sent > MAX_TEXT:
                    raise TooBig
                yield [number, cells, True] if struck else [number, cells]


def _opened(path: Path) -> Any:
    """The workbook; without its looks where these have a fault, as other programs write them and Excel forgives them."""
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (OSError, MemoryError, BadZipFile):
        raise
    except Exception as fault:  # openpyxl raises a dozen kinds of exceptions for one odd style or name
        try:
            return openpyxl.load_workbook(plain_book(path), read_only=True, data_only=True, keep_links=False)
        except Exception:
            raise fault from None


def _weigh(path: Path) -> None:
    """Raise TooBig where the parts that openpyxl loads completely (texts, styles, names) have too many tags."""
    tags = 0
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and not name.startswith("xl/worksheets/sheet"):
                with archive.open(name) as part:
                    tags += sum(chunk.count(b"<") for chunk in chunks(part))
            if tags > MAX_TAGS:
                raise TooBig


def _measured(book: Any) -> list[tuple[Any, Extent]]:
    """Every sheet with its extent, before any value is read.

    Raises NoSheets, and ValueError for a damaged file: the workbook lists a sheet that is not in the file.
    """
    with book._archive.open("xl/workbook.xml") as part:
        named = count_sheets(part)
    if not named or (not book.worksheets and named == len(book.sheetnames)):
        raise NoSheets
    if named != len(book.sheetnames):
        raise ValueError(f"{named} sheets named, {len(book.sheetnames)} found")
    pages: list[tuple[Any, Extent]] = []
    room = MAX_CELLS
    for page in book.worksheets:
        extent = scan(partial(book._archive.open, page._worksheet_path), room)
        room -= extent.cells
        pages.append((page, extent))
    return pages


def _rows(page: Any, extent: Extent, looks: Looks) -> Iterator[tuple[int, list[Cell], bool]]:
    """Row number and cells of each filled row, with the formulas that were never calculated; is the row struck through?"""
    if not extent.last_row:
        return
    formulas: dict[int, list[Cell]] = {}
    for number, column, text in extent.uncalculated:
        formulas.setdefault(number, []).append((column, "f", text))
    rows = page.iter_rows(min_row=1, max_row=extent.last_row, min_col=1, max_col=extent.last_column)
    for number, row in enumerate(rows, start=1):
        cells = [cell for index, value in enumerate(row, start=1) if (cell := _cell(index, value, looks))]
        if number in formulas:
            cells = sorted([*cells, *formulas[number]])
        if cells:
            yield number, cells, looks.is_struck(row)
        if number == extent.last_row:
            return


def _cell(index: int, cell: Any, looks: Looks) -> Cell | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e" or (isinstance(value, str) and value in _ERRORS):
        return index, "e", str(value)
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)[: _CELL_LIMIT + 1]
        if _BLANK.match(text):
            return None
        return index, looks.kind(cell, text), text
    if isinstance(value, bool):
        return index, "b", "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return index, *_shown_number(value, cell.number_format or "")
    if isinstance(value, datetime):
        # A day without a time is stored as midnight, also in a cell whose format shows a time.
        whole_day = value.time() == time()
        return (index, "d", value.date().isoformat()) if whole_day else (index, "t", value.isoformat(" ", "minutes"))
    if isinstance(value, date):
        return index, "d", value.isoformat()
    return index, "h", str(value)


def _shown_number(value: int | float, number_format: str) -> tuple[str, str]:
    """Kind and digits: the 15 that Excel shows and compares, of the 17 that a file may hold.

    A whole number has no “.0”; a number format of zeros keeps its leading zeros (`00123456`).
    """
    if isinstance(value, float):
        value = float(f"{value:.15g}")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if not isfinite(value):
        return "e", "#NUM!"
    if "%" in number_format:
        return "p", f"{(Decimal(repr(value)) * 100).normalize():f}%"
    if isinstance(value, int) and value >= 0 and _ZEROS.fullmatch(number_format):
        return "n", str(value).zfill(len(number_format))
    return "n", repr(value)
