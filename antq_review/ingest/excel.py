"""The one module that opens received workbooks. Runs inside the worker process only.

Each part that matters is read once, by expat, and each sheet in one pass (`sheet_scan`): no library that reads workbooks
reports hidden lines, merged ranges, formulas without a result and true extents in a streaming pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import IO, Any, NamedTuple
from zipfile import ZipFile

from antq_review.ingest.blank_rows import without_blank_rows
from antq_review.ingest.cell_links import links_of
from antq_review.ingest.cell_looks import Looks
from antq_review.ingest.file_guard import MAX_CELLS
from antq_review.ingest.sheet_scan import SheetPass
from antq_review.ingest.stored_values import StoredValues, text
from antq_review.ingest.xml_part import (
    MAIN,
    RELATION,
    RELATIONS,
    Attributes,
    PartStep,
    TooBig,
    pieces,
    read_part,
)

#: Most characters of one workbook; a school's year has some hundred thousand. One stored text can appear in many cells.
MAX_TEXT = 10_000_000
#: Most XML tags of all parts except the sheets: so many load within the time for one file.
MAX_TAGS = 2_000_000
#: Most bytes of sheets that are kept from counting to reading; a school's workbook has less than 1 MB.
_KEPT = 8 * 1024 * 1024

_TYPES, _WORKBOOK, _STYLES = "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORKBOOK_TYPES = tuple(
    f"application/vnd.{kind}.main+xml" for kind in (
        "openxmlformats-officedocument.spreadsheetml.sheet", "openxmlformats-officedocument.spreadsheetml.template",
        "ms-excel.sheet.macroEnabled", "ms-excel.template.macroEnabled",
    )
)
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STATES = ("visible", "hidden", "veryHidden")


class NoSheets(Exception):
    """The workbook has no readable sheet: it is in the format “Strict Open XML”, or it contains charts only."""


class _Sheet(NamedTuple):
    title: str
    hidden: bool
    part: str


def read_workbook(path: Path) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield for each sheet a dict (title, hidden), its filled rows as [row number, [cells]], and a dict (merged, far …).

    Raises TooBig, NoSheets and any error of the libraries; the worker turns each into one verdict for the file.
    """
    with ZipFile(path) as archive:
        unpacked = _weigh(archive)
        strings = _shared_strings(archive)
        sheets, from_1904 = _sheets(archive)
        looks = _looks(archive)
        values = StoredValues(strings, looks, from_1904)
        sent, room = 0, MAX_CELLS
        for sheet in sheets:
            yield {"sheet": sheet.title, "hidden": sheet.hidden}
            reading = SheetPass(values, looks.struck, room)
            with archive.open(sheet.part) as part:
                for line in reading.lines(unpacked.pop(sheet.part, []) or without_blank_rows(pieces(part))):
                    sent += sum(len(shown) for _, _, shown in line[1])
                    if sent > MAX_TEXT:
                        raise TooBig
                    yield line
            extent = reading.extent
            room -= extent.cells
            yield {
                "merged": extent.merged, "far": extent.far[:20], "hidden_rows": extent.hidden_rows,
                "hidden_columns": extent.hidden_columns, "links": links_of(archive, sheet.part, extent),
            }


def _weigh(archive: ZipFile) -> dict[str, list[bytes]]:
    """Raise TooBig where the sheets together have too many values, or the other parts (texts, styles, names) too many tags.

    Raises BadZipFile where one is damaged. Counting takes a hundredth of the time of reading. Returns the sheets, each in
    pieces without its blank rows, as far as there is room for them: most of the time of a sheet with a million blank rows
    is unpacking, which then is done once.
    """
    tags = values = 0
    unpacked: dict[str, list[bytes]] = {}
    room = _KEPT
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            with archive.open(name) as part:
                if name.startswith("xl/worksheets/sheet"):
                    for piece in without_blank_rows(pieces(part)):
                        values += piece.count(b"</v>")
                        room -= len(piece)
                        if room >= 0:
                            unpacked.setdefault(name, []).append(piece)
                        else:
                            unpacked.pop(name, None)
                else:
                    tags += sum(piece.count(b"<") for piece in pieces(part))
        if tags > MAX_TAGS or values > MAX_CELLS:
            raise TooBig
    return unpacked


def _shared_strings(archive: ZipFile) -> list[str]:
    """The table of texts that cells share, where the list of the parts names one.

    Raises ValueError where that list does not say that the workbook is where it is looked for.
    """
    workbooks: set[str] = set()
    tables: list[str] = []
    by_suffix: set[str] = set()

    def override(attributes: Attributes) -> None:
        kind, name = attributes.get("ContentType"), attributes.get("PartName", "")
        if kind in _WORKBOOK_TYPES:
            workbooks.add(name)
        elif kind == _STRINGS_TYPE:
            tables.append(name)

    def default(attributes: Attributes) -> None:
        by_suffix.add(attributes.get("ContentType", ""))

    with archive.open(_TYPES) as part:
        read_part(part, _TYPES_SPACE, {"Types/Override": PartStep(override), "Types/Default": PartStep(default)})
    if workbooks != {f"/{_WORKBOOK}"} and (workbooks or by_suffix.isdisjoint(_WORKBOOK_TYPES)):
        raise ValueError(f"the workbook is {sorted(workbooks)}")
    if not tables:
        return []
    with archive.open(tables[0].removeprefix("/")) as part:
        return _texts(part)


def _texts(part: IO[bytes]) -> list[str]:
    """The texts of the table, each from its runs; how it is spoken (`rPh`) is no part of it."""
    found: list[str] = []
    runs: list[str] = []
    steps = {
        "sst/si": PartStep(lambda _: runs.clear(), lambda: found.append(text("".join(runs)))),
        "sst/si/t": PartStep(words=runs.append),
        "sst/si/r/t": PartStep(words=runs.append),
    }
    read_part(part, MAIN, steps)
    return found


def _looks(archive: ZipFile) -> Looks:
    if _STYLES not in archive.namelist():
        return Looks(None)
    with archive.open(_STYLES) as part:
        return Looks(part)


def _sheets(archive: ZipFile) -> tuple[list[_Sheet], bool]:
    """The workbook's sheets without its chart sheets, in their order; and does it count its days from 1904?

    Raises NoSheets, and ValueError or KeyError for a damaged file: the workbook lists a sheet that is not in the file.
    """
    named: list[Attributes] = []
    settings: Attributes = {}
    steps = {"workbook/sheets/sheet": PartStep(named.append), "workbook/workbookPr": PartStep(settings.update)}
    with archive.open(_WORKBOOK) as part:
        read_part(part, MAIN, steps)
    if not named:
        raise NoSheets
    relations = _relations(archive)
    parts = {*archive.namelist()}
    sheets: list[_Sheet] = []
    for sheet in named:
        target, kind = relations[sheet[RELATION]]
        state = sheet.get("state", _STATES[0])
        if target not in parts or state not in _STATES:
            raise ValueError(f"{target}, {state}")
        if "chartsheet" not in kind:
            sheets.append(_Sheet(sheet["name"], state != _STATES[0], target))
    if not sheets:
        raise NoSheets
    return sheets, settings.get("date1904") in ("1", "true")


def _relations(archive: ZipFile) -> dict[str, tuple[str, str]]:
    """Relation of the workbook → the part that it names, and its type."""
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: Attributes) -> None:
        target = attributes["Target"]
        if attributes.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else normpath(join("xl", target))
        found[attributes["Id"]] = target, attributes["Type"]

    with archive.open("xl/_rels/workbook.xml.rels") as part:
        read_part(part, RELATIONS, {"Relationships/Relationship": PartStep(relation)})
    return found
