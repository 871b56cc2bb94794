"""The addresses behind the words of cells: links of a sheet, and HYPERLINK formulas. Runs inside the worker process only."""

from __future__ import annotations

import re
from posixpath import dirname
from zipfile import ZipFile

from antq_review.ingest.sheet_scan import MAX_COLUMN, MAX_ROW, Extent, column_number
from antq_review.ingest.xml_part import RELATIONS, Attributes, PartStep, read_part

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\Z")
#: A longer address is none.
_LONGEST = 2_000
#: Most cells that the links of one sheet are laid over.
_MAX_CELLS = 20_000


def links_of(archive: ZipFile, sheet: str, extent: Extent) -> list[tuple[int, int, str]]:
    """Row, column and address of each linked cell of a sheet."""
    found = dict(extent.addresses)
    targets = _targets(archive, sheet) if extent.links else {}
    for reference, relation in extent.links:
        bounds, target = _RANGE.match(reference), targets.get(relation, "")
        if bounds is None or not 0 < len(target) <= _LONGEST:
            continue
        left, top = column_number(bounds[1]), int(bounds[2])
        right, bottom = (column_number(bounds[3]), int(bounds[4])) if bounds[3] else (left, top)
        for row in range(top, min(bottom, MAX_ROW) + 1):
            for column in range(left, min(right, MAX_COLUMN) + 1):
                if len(found) < _MAX_CELLS:
                    found.setdefault((row, column), target)
    return [(row, column, target) for (row, column), target in sorted(found.items())]


def _targets(archive: ZipFile, sheet: str) -> dict[str, str]:
    """Relation → address of the links that lead out of the workbook."""
    name = f"{dirname(sheet)}/_rels/{sheet.rpartition('/')[2]}.rels"
    if name not in archive.namelist():
        return {}
    found: dict[str, str] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    with archive.open(name) as part:
        read_part(part, RELATIONS, {"Relationships/Relationship": PartStep(relation)})
    return found
