"""From the typed lines of a meeting to the cells of the school's workbook: what stands, what would be written, the writing."""


from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.files import nfc
from antq_review.forms.columns import Row
from antq_review.forms.sheets import table_named, table_of
from antq_review.ingest import read_one
from antq_review.ingest.folder import workbooks
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.recognise import Located, RecognisedSheet, recognise
from antq_review.ingest.reread import read_again
from antq_review.page.meeting import NEW_LINE, Wanted, shown
from antq_review.publish.excel.fill_in import CellValue
from antq_review.publish.output.form_job import refuse_open, write_cells
from antq_review.text import fold, tell

#: A table at the end of its sheet may grow by so many lines.
_GROWS = 400


@dataclass(frozen=True)
class Change:
    """One cell that would change: its place and heading, what stands in it, what would be written."""

    cell: CellValue
    heading: str
    stands: str
    becomes: str


@dataclass
class Draft:
    """The changes of one workbook."""

    path: Path
    sha256: str
    models: tuple[type[Row], ...]
    changes: list[Change] = field(default_factory=list)


def drafted(folder: Path, evidence: Evidence, wants: list[Wanted]) -> Draft:
    """What would be written. Raises CannotDo where the place is not clear: a faulty line, no form, two of them, no blank line."""
    tables = {table_of(want.model) for want in wants}
    for name in tables:
        if evidence.refused(name):
            sheet, table = table_named(name)
            raise CannotDo(tell("page.meeting.faulty", table=table.title, sheet=sheet.title))
    name = _file_of(evidence, tables)
    record = next(one for one in evidence.files if one.name == name)
    path = next(one for one in workbooks(folder)[0] if nfc(one.name) == name)
    refuse_open(path)
    pages = [recognise(grid) for _, book in read_again(folder, evidence.files, {name}) for grid in book.sheets]
    if not pages:
        raise CannotDo(tell("page.fill.changed", name=name))
    draft, taken = Draft(path, record.sha256, tuple(dict.fromkeys(want.model for want in wants))), set[tuple[str, int]]()
    for want in wants:
        page, located = _located(pages, want, name)
        draft.changes += _changes(evidence, want, page, located, taken, name)
    return draft


def _file_of(evidence: Evidence, tables: set[str]) -> str:
    """The one workbook with the sheets of these tables."""
    found: dict[str, list[str]] = {}
    for name in sorted(tables):
        sheet, _ = table_named(name)
        files = [record.name for record in evidence.files if sheet.name in record.sheets]
        if not files:
            raise CannotDo(tell("page.fill.no_form", sheet=sheet.title))
        if len(files) > 1:
            raise CannotDo(tell("page.fill.several", sheet=sheet.title, files=", ".join(files)))
        found.setdefault(files[0], []).append(sheet.title)
    if len(found) > 1:
        raise CannotDo(tell("page.fill.several", sheet=", ".join(next(iter(found.values()))), files=", ".join(found)))
    return next(iter(found))


def _located(pages: list[RecognisedSheet], want: Wanted, name: str) -> tuple[RecognisedSheet, Located]:
    sheet, table = table_named(table_of(want.model))
    for page in pages:
        if page.sheet is not None and page.sheet.name == sheet.name:
            for located in page.tables:
                if located.table.name == table.name:
                    return page, located
    raise CannotDo(tell("page.fill.no_form", sheet=sheet.title))


def _changes(
    evidence: Evidence, want: Wanted, page: RecognisedSheet, located: Located, taken: set[tuple[str, int]], file: str
) -> Iterator[Change]:
    rows = [] if want.number == NEW_LINE else evidence.rows(located.table.name)
    stands = next((row for row in rows if want.number in (None, row.number) and _is(row, want.key)), None)
    if stands is None and want.number not in (None, NEW_LINE):
        raise CannotDo(tell("page.fill.changed", name=file))
    line = stands.number if stands is not None else _blank(page, located, taken)
    taken.add((located.table.name, line))
    headings = {column.name: column.heading for column in want.model.columns()}
    for name, value in want.values.items():
        if name not in located.columns:
            continue  # an older form without this column
        old = _label(stands, name) if stands is not None else ""
        new = shown(value)
        same = fold(old) == fold(new) if want.number is None else old.split() == new.split()  # a person's name may get its capitals
        if not same:
            yield Change(CellValue(page.grid.title, line, located.columns[name], value), headings[name], old, new)


def _is(row: EvidenceRow[Row], key: Mapping[str, object]) -> bool:
    return all(fold(str(row.value_of(name) or "")) == fold(str(value)) for name, value in key.items())


def _label(row: EvidenceRow[Row], name: str) -> str:
    value = row.value_of(name)
    return value.label if hasattr(value, "label") else shown(value)


def _blank(page: RecognisedSheet, located: Located, taken: set[tuple[str, int]]) -> int:
    """The first line below the headings and their help that is blank in every column of the table, and inside the table."""
    following = [one.heading_row - 2 for one in page.tables if one.heading_row > located.heading_row]
    end = min(following, default=located.heading_row + _GROWS)
    for line in range(located.heading_row + 2, end):
        filled = page.grid.rows.get(line, {})
        if (located.table.name, line) not in taken and not any(column in filled for column in located.columns.values()):
            return line
    sheet, table = table_named(located.table.name)
    raise CannotDo(tell("page.fill.full", table=table.title, sheet=sheet.title))


def write(draft: Draft) -> Path:
    """Write the changes; the new file must be read as it was meant. Returns where the original lies."""
    cells = [change.cell for change in draft.changes]

    def accepted(made: Path) -> bool:
        found = read_one(made)
        there = {
            (row.sheet, row.number, row.columns[name]): _label(row, name)
            for table in draft.models for row in found.rows(table_of(table)) for name in row.columns
        }
        return all(fold(there.get((one.cell.sheet, one.cell.row, one.cell.column), "")) == fold(one.becomes) for one in draft.changes)

    return write_cells(draft.path, draft.sha256, cells, accepted)
