"""Puts values into cells of a school's own workbook, cell by cell in its package: every other part stays byte for byte.

openpyxl would load the workbook and save what it understands; pictures, notes, validations that it does not know would be
gone. Here only the cells that are named change. The workbook has passed the guard of reading; its XML is parsed without
entities. What cannot be changed without losing something is refused: a formula, a signed or macro package.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import PurePosixPath

from lxml import etree

from antq_review.errors import CannotDo
from antq_review.ingest.sheet_scan import column_number
from antq_review.source import column_letters
from antq_review.text import tell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DAY_ONE = date(1899, 12, 30)
_SIGNED = ("_xmlsignatures/", "vbaproject.bin")

#: A value for a cell; None empties it and keeps its looks.
Written = str | Decimal | date | time | None


@dataclass(frozen=True)
class CellValue:
    """One cell that gets a value: its sheet by title, its row and column from 1."""

    sheet: str
    row: int
    column: int
    value: Written

    @property
    def address(self) -> str:
        """`E12`."""
        return f"{column_letters(self.column)}{self.row}"


def filled_in(content: bytes, name: str, cells: Iterable[CellValue]) -> bytes:
    """The workbook with the values in their cells. Raises CannotDo, with the cell, where something would be lost."""
    by_sheet: dict[str, list[CellValue]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.sheet, []).append(cell)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            if any(mark in part.casefold() for part in source.namelist() for mark in _SIGNED):
                raise CannotDo(tell("page.fill.signed", name=name))
            parts = _parts_of(source)
            wanted = {_part(parts, sheet, name): those for sheet, those in by_sheet.items()}
            changed = {part: _filled(source.read(part), name, those) for part, those in wanted.items()}
            return _packed(source, changed)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as fault:
        raise CannotDo(tell("page.fill.strange", name=name)) from fault


def _part(parts: Mapping[str, str], sheet: str, name: str) -> str:
    if sheet not in parts:
        raise CannotDo(tell("page.fill.strange", name=name))
    return parts[sheet]


def _parsed(content: bytes) -> etree._Element:
    """A part without entities. Raises ValueError for a document type: Excel writes none."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type")
    return root


def _parts_of(source: zipfile.ZipFile) -> dict[str, str]:
    """Title of a sheet → its part, by the workbook's own list."""
    links = {
        link.get("Id"): str(link.get("Target")) for link in _parsed(source.read("xl/_rels/workbook.xml.rels"))
    }
    book = _parsed(source.read("xl/workbook.xml"))
    found = {}
    for sheet in book.iter(f"{{{_MAIN}}}sheet"):
        target = links[sheet.get(f"{{{_LINK}}}id")]
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        found[" ".join(str(sheet.get("name")).split())] = part
    return found


def _filled(content: bytes, name: str, cells: Iterable[CellValue]) -> bytes:
    root = _parsed(content)
    data = root.find(f"{{{_MAIN}}}sheetData")
    if data is None:
        raise ValueError("no cells")
    merged = [one.get("ref") or "" for one in root.iter(f"{{{_MAIN}}}mergeCell")]
    rows = _Rows(data)
    for cell in cells:
        if any(_inside(cell, ref) for ref in merged):
            raise CannotDo(tell("page.fill.merged", name=name, sheet=cell.sheet, cell=cell.address))
        _put(_cell(rows.row(cell.row), cell), cell, name)
    for size in root.findall(f"{{{_MAIN}}}dimension"):
        root.remove(size)  # optional; it may have become too small
    tree = root.getroottree()
    whole: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=tree.docinfo.standalone)
    return whole


def _inside(cell: CellValue, ref: str) -> bool:
    """Lies the cell in a merged range, but at its first cell?"""
    found = re.fullmatch(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)", ref)
    if found is None:
        return False
    left, top, right, bottom = column_number(found[1]), int(found[2]), column_number(found[3]), int(found[4])
    return left <= cell.column <= right and top <= cell.row <= bottom and (cell.row, cell.column) != (top, left)


class _Rows:
    """The rows of a sheet by their number: thousands of lines may be written at once."""

    def __init__(self, data: etree._Element) -> None:
        self.data = data
        self.known: dict[int, etree._Element] = {}
        for row in data:
            self.known.setdefault(int(row.get("r") or 0), row)
        self.last = max(self.known, default=0)

    def row(self, number: int) -> etree._Element:
        """The row with a number; a new one in its place where there is none."""
        found = self.known.get(number)
        if found is not None:
            found.attrib.pop("spans", None)
            return found
        made = self.known[number] = etree.Element(f"{{{_MAIN}}}row", r=str(number))
        if number > self.last:
            self.last = number
            self.data.append(made)
        else:
            next(row for row in self.data if int(row.get("r") or 0) > number).addprevious(made)
        return made


def _cell(row: etree._Element, cell: CellValue) -> etree._Element:
    """The cell in its row; a new one in its place where there is none."""
    for index, one in enumerate(row):
        letters = re.match(r"[A-Z]+", one.get("r") or "")
        here = column_number(letters[0]) if letters else 0
        if here == cell.column:
            return one
        if here > cell.column:
            made = etree.Element(f"{{{_MAIN}}}c", r=cell.address)
            row.insert(index, made)
            return made
    return etree.SubElement(row, f"{{{_MAIN}}}c", r=cell.address)


def _put(element: etree._Element, cell: CellValue, name: str) -> None:
    """The value into the cell, whose looks stay. A day goes in as a number where the form gave the cell its looks."""
    if element.find(f"{{{_MAIN}}}f") is not None:
        raise CannotDo(tell("page.fill.formula", name=name, sheet=cell.sheet, cell=cell.address))
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", None)
    value = cell.value
    if value is None:
        return
    if isinstance(value, date | time) and element.get("s") is None:
        value = f"{value:%d/%m/%Y}" if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, str):
        element.set("t", "inlineStr")
        inside = etree.SubElement(element, f"{{{_MAIN}}}is")
        text = etree.SubElement(inside, f"{{{_MAIN}}}t")
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return
    if isinstance(value, date):
        shown = str((value - _DAY_ONE).days)
    elif isinstance(value, time):
        shown = repr((value.hour * 60 + value.minute) / 1440)
    else:
        shown = str(value)
    etree.SubElement(element, f"{{{_MAIN}}}v").text = shown


def _packed(source: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The package with the changed parts; every other part as it was, in its place and with its day."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, part.date_time)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, part.external_attr
            packed.writestr(entry, changed.get(part.filename) or source.read(part.filename))
    return target.getvalue()
