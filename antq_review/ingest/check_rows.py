"""Checks across rows: the same thing handed in twice, codes that lead nowhere, files that are not there, days out of period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from antq_review.forms.rows.school import is_month
from antq_review.forms.sheets import PRIVATE_TABLES, SCORE_TABLE, SHEETS, Table
from antq_review.ingest.declarations import SHEET_TITLES
from antq_review.ingest.folder import EvidenceFiles
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.period import Period
from antq_review.text import fold, listed, say

#: Field of a row → the table whose codes it names.
REFERENCES: dict[str, dict[str, str]] = {
    "documents": {"carries_out": "documents"},
    "activities": {"launched_by": "documents"},
    "initiatives": {"decision": "documents"},
    "coordinations": {"activity": "activities"},
    "incidents": {"authority_document": "documents", "repeats": "incidents"},
    "commendations": {"decision": "documents"},
    "meetings": {"minutes": "documents"},
    "self_scores": {"meeting": "meetings"},
    "attendees": {"meeting": "meetings"},
    "opinions": {"meeting": "meetings"},
    "votes": {"meeting": "meetings"},
}
#: Fields that may name several codes; any other is one code, whatever stands in it.
_SEVERAL = frozenset({"carries_out", "repeats"})
_UNIT_FIELDS = {"activities": "organiser", "ratings": "unit", "discipline": "unit"}


def check_rows(evidence: Evidence, files: EvidenceFiles, span: Callable[[int], Period] | None) -> None:
    """Run all checks; rows that are not to be counted leave their table, every step is said."""
    for sheet in SHEETS:
        for table in sheet.tables:
            if table.name in evidence.tables:
                _drop_repeats(evidence, table)
                _drop_out_of_period(evidence, table, span)
                _name_rows(evidence, table)
    _check_lists(evidence)
    _check_references(evidence)
    _check_units(evidence)
    _check_hours(evidence)
    _check_files(evidence, files)


def _check_hours(evidence: Evidence) -> None:
    """A meeting ends after it began."""
    for row in evidence.rows("meetings"):
        starts, ends = row.get("starts_at"), row.get("ends_at")
        if starts is not None and ends is not None and ends <= starts:
            evidence.problems.append(row_problem("meeting_ends_early", row, "ends_at", starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}"))


def _forms(table: str) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in SHEETS for entry in sheet.tables if entry.name == table)


def row_problem(code: str, row: EvidenceRow, field: str, **places: object) -> Problem:
    """A problem at one field of one row."""
    columns = {column.name: column for column in type(row.values).columns()}
    cell = row.cell(field) if field in row.columns else row.cell(next(iter(row.columns)))
    column = columns.get(field)
    found = "" if column is None else cell.shown
    if row.table in PRIVATE_TABLES or (column is not None and column.private):
        found = say("ingest.not_shown")
        places |= {name: found for name in ("named", "name") if name in places}
    return problem(
        code, file=row.file, sheet=row.sheet, cells=[cell.cell], column=column.heading if column else "",
        found=found, forms=_forms(row.table), **places,
    )


def _place(row: EvidenceRow) -> str:
    return say("ingest.row_place", file=row.file, sheet=row.sheet, row=row.number)


def _key(row: EvidenceRow, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(fold(value) if isinstance(value := row.get(name), str) else value for name in names)


def _same(first: EvidenceRow, second: EvidenceRow) -> bool:
    """Do two rows say the same, but for who wrote them, their code, their file and their remarks?"""
    names = [name for name in type(first.values).model_fields if name not in ("id", "organiser", "file", "note")]
    return all(_key(first, (name,)) == _key(second, (name,)) for name in names)


def _drop_repeats(evidence: Evidence, table: Table) -> None:
    """The same thing twice counts once and is named; two rows that contradict each other count neither.

    Where no key names a thing, rows are the same that say the same in every field. Two score tables share the known rows of
    the official one: nobody did a thing twice.
    """
    if table.downwards:
        return
    names = table.key or tuple(table.row.model_fields)
    groups: dict[tuple[Any, ...], list[EvidenceRow]] = defaultdict(list)
    data = evidence.tables[table.name]
    for row in data.rows:
        groups[(row.file if table.name in SCORE_TABLE else "", *_key(row, names))].append(row)
    dropped: set[int] = set()
    for rows in groups.values():
        if len(rows) < 2:
            continue
        first = rows[0]
        agree = all(_same(first, other) for other in rows[1:])
        code = "row_repeated" if agree else "rows_disagree"
        for row in rows[1:] if agree else rows:
            other = first if row is not first else rows[1]
            evidence.problems.append(row_problem(code, row, names[0], other=_place(other)))
            dropped.add(id(row))
            if not agree:
                data.refused.append(row.cell(names[0]))
    data.rows = [row for row in data.rows if id(row) not in dropped]


def _drop_out_of_period(evidence: Evidence, table: Table, span: Callable[[int], Period] | None) -> None:
    """Rows dated outside every period count nowhere. Papers may be older: those in force are looked at by their force."""
    if span is None or evidence.year is None or table.day is None or table.name == "documents":
        return
    period = span(evidence.year)
    data = evidence.tables[table.name]
    kept = []
    for row in data.rows:
        day, last = row.get(table.day), row.get(table.last_day) if table.last_day else None
        if isinstance(day, date) and not period.overlaps(day, last or day):
            places = {"start": f"{period.start:%d/%m/%Y}", "end": f"{period.end:%d/%m/%Y}"}
            evidence.problems.append(row_problem("out_of_period", row, table.day, **places))
        else:
            kept.append(row)
    data.rows = kept


def _name_rows(evidence: Evidence, table: Table) -> None:
    """Codes of a sheet are its own; a second row of the same sheet under one code is said. Blank codes are made.

    Papers are pointed to from everywhere, so their codes are the whole folder's.
    """
    seen: dict[tuple[str, str, str], EvidenceRow] = {}
    for number, row in enumerate(evidence.tables[table.name].rows, start=1):
        if not row.id:
            object.__setattr__(row, "id", f"{table.prefix or table.name}-{number:03d}")
            continue
        key = ("", "", fold(row.id)) if table.name == "documents" else (row.file, row.sheet, fold(row.id))
        if key in seen:
            evidence.problems.append(row_problem("code_twice", row, "id", other=_place(seen[key])))
        else:
            seen[key] = row


def find_row(evidence: Evidence, table: str, code: str, near: EvidenceRow | None = None) -> EvidenceRow | None:
    """The row of a code: in the same file first, else the only one anywhere; None where there is none or more than one."""
    return nearest([row for row in evidence.rows(table) if fold(row.id) == fold(code)], near)


def nearest(named: list[EvidenceRow], near: EvidenceRow | None) -> EvidenceRow | None:
    """Which of the rows of one code is meant: that of the same file, else the only one; None where it cannot be said."""
    own = [row for row in named if near is not None and row.file == near.file]
    found = own or named
    return found[0] if len(found) == 1 else None


def _check_lists(evidence: Evidence) -> None:
    """Lists typed by hand, each entry of which has to be known."""
    titles = "; ".join(sheet.title for sheet in SHEETS if sheet.declared)
    for row in evidence.rows("units"):
        for title in listed(row.get("must_hand_in")):
            if fold(title) not in SHEET_TITLES:
                evidence.problems.append(row_problem("form_unknown", row, "must_hand_in", named=title, known=titles))
    for row in evidence.rows("profile"):
        for month in listed(row.get("teaching_months")):
            if not is_month(month):
                evidence.problems.append(row_problem("month_unknown", row, "teaching_months", named=month))


def _check_references(evidence: Evidence) -> None:
    for table, fields in REFERENCES.items():
        for row in evidence.rows(table):
            for field, target in fields.items():
                written = row.get(field)
                for code in listed(written) if field in _SEVERAL else [str(written or "").strip()]:
                    if code and find_row(evidence, target, code, row) is None:
                        evidence.problems.append(row_problem("code_unknown", row, field, named=code))


def _check_units(evidence: Evidence) -> None:
    known = {fold(row.get("name")) for row in evidence.rows("units")}
    if not known:
        return
    for table, field in _UNIT_FIELDS.items():
        for row in evidence.rows(table):
            if row.get(field) and fold(row.get(field)) not in known:
                evidence.problems.append(row_problem("unit_unknown", row, field))


def _check_files(evidence: Evidence, files: EvidenceFiles) -> None:
    for table in evidence.tables:
        for row in evidence.rows(table):
            entry = row.get("file") if "file" in type(row.values).model_fields else None
            for name in files.missing(entry) if entry else ():
                evidence.problems.append(row_problem("evidence_file_missing", row, "file", name=name))
                evidence.missing_files.add((row.file, row.sheet, row.number))
