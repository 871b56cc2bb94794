"""Saving a workbook with reproducible bytes, and writing texts that no program takes for a formula."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.cell import Cell

from antq_review.errors import CannotDo
from antq_review.files import reason_of
from antq_review.text import tell

_STAMP = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
#: Longest text of a cell, in characters; openpyxl would cut a longer one silently.
CELL_LIMIT = 32_767


#: Turns off Excel's warning “number stored as text”; openpyxl cannot write it. It follows the cells.
_ALL_TEXT = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
_AFTER_CELLS = re.compile(rb"<legacyDrawing|<drawing|</worksheet>")


def workbook_bytes(workbook: Workbook, all_text: bool = False) -> bytes:
    """The workbook as .xlsx, without the current time and without a user's name.

    `all_text`: digits in its cells are text on purpose. Raises CannotDo where the system has no room.
    """
    workbook.properties.creator = "antq_review"
    raw = io.BytesIO()
    try:
        workbook.save(raw)
    except OSError as fault:  # openpyxl writes every sheet into a file of the system's temporary folder first
        raise CannotDo(tell("cli.cannot_write", path=fault.filename or "", why=reason_of(fault))) from fault
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>2026-01-01T00:00:00Z\2", content)
            if all_text and name.startswith("xl/worksheets/sheet"):
                content = _AFTER_CELLS.sub(lambda found: _ALL_TEXT + found[0], content, count=1)
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return clean.getvalue()


def put_text(cell: Cell, text: str) -> None:
    """Write a text so that no spreadsheet program takes it for a formula.

    A text longer than CELL_LIMIT is cut and ends in “…”.
    """
    cell.value = text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
