"""The officer's folder: its two workbooks of typed rows, made blank and read back with every fault and its cell.

    0_danh_sach.xlsx    who must report, other codes, settings
    1_quyet_dinh.xlsx   decisions, reasons of returns, days of receipt, choices between packages
    den/                what arrived, any name, any sub-folder; never touched
    so_den.jsonl        the arrival register
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from antq_review.errors import CannotDo
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.officer_sheets import DECISIONS, LIST, OFFICER_SHEETS
from antq_review.forms.rows.officer import (
    ChosenPackage,
    Decision,
    ExpectedSchool,
    OfficerSettings,
    OtherCode,
    ReceivedDay,
    ReturnReason,
)
from antq_review.ingest.model import EvidenceRow, Problem, Severity
from antq_review.ingest.reader import read_books
from antq_review.ingest.recognise import recognise
from antq_review.ingest.table_rows import read_table
from antq_review.ingest.vertical_table import read_downwards
from antq_review.source import CellRef
from antq_review.text import Message, listing, tell
from antq_review.text.personal import names_somebody

if TYPE_CHECKING:
    from antq_review.forms.draw_workbook import Rows

ARRIVALS, REGISTER = "den", "so_den.jsonl"
#: The least threshold below which a public copy hides a number.
FEW = 3
R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Fault:
    """One fault of the officer's own workbooks. `cell` empty: of the whole file."""

    file: str
    sheet: str
    cell: str
    says: Message
    blocks: bool = True

    @property
    def place(self) -> str:
        """`0_danh_sach.xlsx › Trường phải nộp › A7`."""
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True)
class Settings:
    """The settings of one year's receipt."""

    year: int
    due_on: date
    body: str = ""
    counts_drafts: bool = False
    threshold: int = FEW
    sample: int = 0
    seed: str = ""


@dataclass
class OfficerFolder:
    """What the officer typed. Rows of one table in their order; `expected`, `others` by code."""

    settings: Settings
    expected: dict[str, ExpectedSchool] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    decisions: list[EvidenceRow[Decision]] = field(default_factory=list)
    reasons: list[EvidenceRow[ReturnReason]] = field(default_factory=list)
    days: list[EvidenceRow[ReceivedDay]] = field(default_factory=list)
    chosen: list[EvidenceRow[ChosenPackage]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def code_of(self, written: str) -> str:
        """The school of a code, or of one of its other codes; empty where the list has neither. Never by name."""
        return written if written in self.expected else self.others.get(written, "")


def read_officer(folder: Path) -> OfficerFolder:
    """Read both workbooks.

    Raises CannotDo where the list is missing or cannot be read, or has no year or no due day: nothing can be counted then.
    """
    rows: dict[str, list[EvidenceRow[Row]]] = {}
    faults: list[Fault] = []
    paths = [folder / f"{name}.xlsx" for name in (LIST, DECISIONS)]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise CannotDo(tell("province.folder.missing", names=listing(missing), folder=folder))
    for book in read_books(paths):
        if book.fault is not None:
            why = tell(f"ingest.problems.{book.fault}.says", file=book.path.name)
            raise CannotDo(tell("province.folder.unreadable", file=book.path.name, why=why))
        for grid in book.sheets:
            page = recognise(grid, OFFICER_SHEETS)
            for located in page.tables:
                found = (read_downwards if located.table.downwards else read_table)(page, located, book.path.name)
                rows.setdefault(located.table.name, []).extend(found.rows)
                faults += [fault for one in found.problems for fault in _faults(one)]
    result = OfficerFolder(_settings(_of(rows, "officer_settings", OfficerSettings)))
    result.faults = faults
    _fill(result, rows)
    if names_somebody(result.settings.body):  # it stands on the slips and on the roll-up
        result.faults.append(fault_at(rows["officer_settings"][0], "body", tell("province.folder.names_somebody")))
        result.settings = replace(result.settings, body="")
    return result


def _faults(one: Problem) -> Iterator[Fault]:
    says = tell("province.folder.said", says=listing([part for part in (one.says, one.remedy, one.consequence) if part], " "))
    for cell in one.cells or ("",):
        yield Fault(one.file, one.sheet, cell, says, one.severity is Severity.ERROR)


def _of(rows: dict[str, list[EvidenceRow[Row]]], table: str, kind: type[R]) -> list[EvidenceRow[R]]:
    return [row for row in rows.get(table, []) if isinstance(row.values, kind)]  # type: ignore[misc]


def _settings(rows: list[EvidenceRow[OfficerSettings]]) -> Settings:
    given = rows[0].values if rows else OfficerSettings()
    if given.year is None or given.due_on is None:
        raise CannotDo(tell("province.folder.no_settings", file=f"{LIST}.xlsx"))
    return Settings(
        given.year, given.due_on, given.body or "", given.drafts == YesNo.YES, max(FEW, given.threshold or FEW), given.sample or 0,
        given.seed or "",
    )


def _fill(folder: OfficerFolder, rows: dict[str, list[EvidenceRow[Row]]]) -> None:
    schools = _of(rows, "expected", ExpectedSchool)
    for row in schools:
        if row.values.code in folder.expected:
            folder.faults.append(fault_at(row, "code", tell("province.folder.code_twice", code=row.values.code)))
            continue
        folder.expected[row.values.code] = row.values
    communes: dict[str, str] = {}
    for row in schools:
        folder.faults += _contradictions(row, folder.expected)
        written = row.values.commune
        if written and (first := communes.setdefault(written.casefold(), written)) != written:
            folder.faults.append(fault_at(row, "commune", tell("province.folder.commune_twice", written=written, first=first)))
    for line in _of(rows, "other_codes", OtherCode):
        code, other = line.values.code, line.values.other
        if code not in folder.expected:
            folder.faults.append(fault_at(line, "code", tell("province.folder.unknown_code", code=code)))
        elif folder.others.get(other, code) != code or other in folder.expected:
            folder.faults.append(fault_at(line, "other", tell("province.folder.code_of_two", code=other)))
        else:
            folder.others[other] = code
    folder.decisions = _of(rows, "decisions", Decision)
    folder.reasons = _of(rows, "return_reasons", ReturnReason)
    folder.days = _of(rows, "received_days", ReceivedDay)
    folder.chosen = _of(rows, "chosen_packages", ChosenPackage)


def _contradictions(row: EvidenceRow[ExpectedSchool], expected: Mapping[str, ExpectedSchool]) -> Iterator[Fault]:
    """What a school's row says against itself or against the list: a wrong day there takes the school off the list without a word."""
    school = row.values
    if school.from_on and school.to_on and school.to_on < school.from_on:
        yield fault_at(row, "to_on", tell("province.folder.ends_before", to_on=school.to_on, from_on=school.from_on))
    into = school.merged_into
    if not into:
        return
    if into not in expected:
        yield fault_at(row, "merged_into", tell("province.folder.unknown_code", code=into))
    elif _comes_back(school, expected):
        yield fault_at(row, "merged_into", tell("province.folder.into_itself", code=school.code))
    elif school.to_on is None and not school.exempt:
        yield fault_at(row, "to_on", tell("province.folder.no_last_day", code=school.code, into=into))


def _comes_back(school: ExpectedSchool, expected: Mapping[str, ExpectedSchool]) -> bool:
    """Does following the mergers from a school lead to it again? Then none of them is left to owe the report."""
    at, passed = school.merged_into, set[str]()
    while at and at in expected and at not in passed:
        passed.add(at)
        at = expected[at].merged_into
    return school.code in passed


def fault_at(row: EvidenceRow[R], field_name: str, says: Message) -> Fault:
    """A fault at the cell of a field."""
    cell: CellRef = row.cell(field_name)
    return Fault(cell.file, cell.sheet, cell.cell, says)


def unknown_package(row: EvidenceRow[R], package: str) -> Fault:
    """The fault of a row about a package that is not in the folder or belongs to another school."""
    return fault_at(row, "package", tell("province.decision.unknown_package", package=package))


def blank_folder(year: int, carried: OfficerFolder | None = None) -> Iterator[tuple[str, bytes]]:
    """The two workbooks of a new year: name and content. `carried`: last year's, whose list and codes are taken over."""
    from antq_review.forms.carry_over import in_words

    rows: dict[str, list[dict[str, object]]] = {"officer_settings": [{"year": year}]}
    if carried is not None:
        fields = tuple(ExpectedSchool.model_fields)
        staying = [one for one in carried.expected.values() if one.to_on is None or one.to_on.year >= year]
        codes = {one.code for one in staying}  # a code of a school that has left would be a fault of the new list
        rows["expected"] = [dict(in_words(one.model_copy(update={"due_on": None, "exempt": None}), fields)) for one in staying]
        rows["other_codes"] = [{"code": code, "other": other} for other, code in sorted(carried.others.items()) if code in codes]
        rows["officer_settings"][0] |= {"body": carried.settings.body or None, "threshold": carried.settings.threshold}
    yield from drawn(rows)


def drawn(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """Both workbooks with these rows (table → rows of labels)."""
    from antq_review.forms.draw_workbook import Head, draw_workbook
    from antq_review.forms.save_workbook import workbook_bytes

    settings = next(iter(rows.get("officer_settings", ())), {})
    heads = {sheet.name: Head(body=settings.get("body"), year=settings.get("year")) for sheet in OFFICER_SHEETS}
    for name in (LIST, DECISIONS):
        sheets = [sheet for sheet in OFFICER_SHEETS if sheet.workbook == name]
        yield f"{name}.xlsx", workbook_bytes(draw_workbook(sheets, heads, rows, {}))
