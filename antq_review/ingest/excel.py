"""The one module that opens received workbooks. Runs inside the worker process only.

Two read-only passes of openpyxl, for stored values and for formulas; the second only where the sheet has a formula, because
only it can tell a formula that was never calculated from an empty cell.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

# openpyxl asks for numpy only to recognise its number types; without it the worker starts sooner and stays small.
sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]

import openpyxl  # noqa: E402
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # noqa: E402

from antq_review.ingest.scan import Extent, scan  # noqa: E402

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"})
_ZEROS = re.compile(r"0+")

#: One cell on its way to the parent: column number, kind, value as text.
#: Kinds: s text · n number · d day · t day and time · h time of day · b truth value · e error · f formula never calculated
Cell = tuple[int, str, str]


def read_workbook(path: Path) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield for each sheet a dict (title, hidden, merged …) and then its filled rows as [row number, [cells]].

    Whatever the libraries raise passes through: the worker turns it into one verdict for the file.
    """
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        if not values.worksheets:
            raise ValueError("no sheet")
        extents = {page.title: _extent(values, page) for page in values.worksheets}
        formulas = None
        if any(extent.has_formulas for extent in extents.values()):
            formulas = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
        for page in values.worksheets:
            extent = extents[page.title]
            yield {
                "sheet": page.title,
                "hidden": page.sheet_state != "visible",
                "hidden_rows": extent.hidden_rows,
                "merged": extent.merged,
                "far": extent.far[:20],
            }
            yield from _rows(page, formulas[page.title] if formulas and extent.has_formulas else None, extent)


def _extent(book: Any, page: ReadOnlyWorksheet) -> Extent:
    with book._archive.open(page._worksheet_path) as part:
        return scan(part)


def _rows(page: Any, formulas: Any, extent: Extent) -> Iterator[list[Any]]:
    bounds = {"min_row": 1, "max_row": extent.last_row, "min_col": 1, "max_col": extent.last_column}
    if not extent.last_row:
        return
    formula_rows = formulas.iter_rows(**bounds) if formulas is not None else None
    for number, row in enumerate(page.iter_rows(**bounds), start=1):
        formula_row = next(formula_rows) if formula_rows is not None else ()
        cells = [cell for index, value in enumerate(row, start=1) if (cell := _cell(index, value))]
        cells += _uncalculated(row, formula_row)
        if cells:
            yield [number, sorted(cells)]


def _uncalculated(row: tuple[Any, ...], formula_row: tuple[Any, ...]) -> list[Cell]:
    return [
        (index, "f", str(formula.value))
        for index, (value, formula) in enumerate(zip(row, formula_row, strict=False), start=1)
        if value.value is None and formula.value is not None and formula.data_type == "f"
    ]


def _cell(index: int, cell: Any) -> Cell | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e" or (isinstance(value, str) and value in _ERRORS):
        return index, "e", str(value)
    if isinstance(value, bool):
        return index, "b", "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return index, "n", _shown_number(value, cell.number_format)
    if isinstance(value, datetime):
        whole_day = value.time() == time() and "h" not in (cell.number_format or "").lower()
        return (index, "d", value.date().isoformat()) if whole_day else (index, "t", value.isoformat(" ", "minutes"))
    if isinstance(value, date):
        return index, "d", value.isoformat()
    if isinstance(value, str):
        return (index, "s", value) if value.strip() else None
    return index, "h", str(value)


def _shown_number(value: int | float, number_format: str | None) -> str:
    """Digits as they stand; a whole number loses its “.0”; a format of zeros keeps the zeros it shows (`00123456`)."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and value >= 0 and _ZEROS.fullmatch(number_format or ""):
        return str(value).zfill(len(number_format or ""))
    return repr(value)
