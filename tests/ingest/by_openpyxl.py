"""What a workbook contains by openpyxl: the oracle for our own reader, with the workbook loaded once for values and once for all else."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from antq_review.ingest.excel import read_workbook
from antq_review.ingest.sheet_scan import MAX_COLUMN, MAX_ROW

Sheets = list[dict[str, Any]]
_BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]*\\Z")
_CONTROL = re.compile(r"_x(00[01][0-9A-Fa-f]|[dD][89a-fA-F][0-9A-Fa-f]{2}|[fF]{3}[eEfF])_")


def by_us(path: Path) -> Sheets:
    sheets: Sheets = []
    for line in read_workbook(path):
        if isinstance(line, list):
            sheets[-1]["rows"][line[0]] = {column: (kind, text) for column, kind, text in line[1]}
            sheets[-1]["struck"] |= {line[0]} if len(line) > 2 else set()
        elif "sheet" in line:
            sheets.append({"title": line["sheet"], "hidden": line["hidden"], "rows": {}, "struck": set()})
        else:
            sheets[-1] |= {
                "merged": {*line["merged"]}, "far": len(line["far"]), "hidden_rows": {*line["hidden_rows"]},
                "hidden_columns": {*line["hidden_columns"]},
                "links": {(row, column): target for row, column, target in line["links"]},
            }
    return sheets


def by_openpyxl(path: Path) -> Sheets:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values, formulas = load_workbook(path, read_only=True, data_only=True), load_workbook(path)
        sheets = [_sheet(page, formulas[page.title]) for page in values.worksheets]
    values.close()
    return sheets


def _sheet(page: Any, whole: Any) -> dict[str, Any]:
    page.reset_dimensions()
    made: dict[str, Any] = {
        "title": page.title, "hidden": page.sheet_state != "visible", "rows": {}, "struck": set(), "far": 0,
        "merged": {str(one) for one in whole.merged_cells.ranges},
        "hidden_rows": {number for number, row in whole.row_dimensions.items() if row.hidden and number <= MAX_ROW},
        "hidden_columns": {
            number for column in whole.column_dimensions.values() if column.hidden
            for number in range(column.min, min(column.max, MAX_COLUMN) + 1)
        },
        "links": {
            (cell.row, cell.column): cell.hyperlink.target for cell in whole._cells.values()
            if cell.hyperlink is not None and cell.hyperlink.target
        },
    }
    for row in page.iter_rows():
        cells = [cell for cell in row if hasattr(cell, "row") and cell.row <= MAX_ROW and cell.column <= MAX_COLUMN]
        made["far"] += sum(hasattr(cell, "row") and cell.value is not None and cell not in cells for cell in row)
        found = {cell.column: shown for cell in cells if (shown := _shown(cell, whole))}
        if found:
            number = cells[0].row
            made["rows"][number] = found
            filled = [bool(cell.font.strike) for cell in cells if cell.value is not None]
            made["struck"] |= {number} if 2 * sum(filled) > len(filled) else set()
    return made


def _shown(cell: Any, whole: Any) -> tuple[str, str] | None:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip() and cell.data_type != "s"):
        written = whole.cell(cell.row, cell.column)
        if cell.data_type == "str":  # a formula whose result is an empty text
            return None
        return ("f", str(written.value)) if written.data_type == "f" else None
    if cell.data_type == "e" or (isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A"))):
        return "e", value
    if isinstance(value, str):
        text = _CONTROL.sub(lambda code: chr(int(code[1], 16)), value)[:32_768]
        return None if _BLANK.match(text) else (_kind(cell.font.name or "", text), text)
    if isinstance(value, bool):
        return "b", str(value).upper()
    if isinstance(value, datetime):
        return ("d", f"{value:%Y-%m-%d}") if value.time() == time() else ("t", f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, (date, time, timedelta)):
        return "d" if isinstance(value, date) else "h", str(value)
    return _number(value, cell.number_format)


def _kind(font: str, text: str) -> str:
    old = re.search("[\u00a1-\u00ff]", text) and not re.search("[\u0100-\u01b0\u0300-\u0323\u1ea0-\u1ef9]", text)
    name = font.casefold()
    if not old:
        return "s"
    return "O" if re.match(r"\.vn.*h\Z", name) else "o" if name.startswith(".vn") else "v" if re.match("vni[- ]", name) else "s"


def _number(value: float, code: str) -> tuple[str, str]:
    shown = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not shown.is_finite():
        return "e", "#NUM!"
    whole = shown == int(shown) and (isinstance(value, int) or abs(shown) < 10**15)
    if "%" in code:
        return "p", f"{(shown * 100).normalize():f}%"
    if whole and shown >= 0 and set(code) == {"0"}:
        return "n", str(int(shown)).zfill(len(code))
    return "n", str(int(shown)) if whole else repr(float(shown))
