"""Checks over several rows: repeated rows, unknown codes and units, missing evidence files, days outside the period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from antq_review.forms.choices import model_name
from antq_review.forms.columns import Row
from antq_review.forms.rows.school import MeetingRow, Profile, Unit, is_month
from antq_review.forms.sheets import PRIVATE_TABLES, SCORE_TABLE, SHEETS, Table
from antq_review.ingest.cell_values import NOT_SHOWN
from antq_review.ingest.declarations import SHEET_TITLES
from antq_review.ingest.folder import EvidenceFiles
from antq_review.ingest.model import Evidence, EvidenceRow, Problem
from antq_review.ingest.problems import problem
from antq_review.period import Period
from antq_review.text import Message, fold, listed, listing, shaped, tell
from antq_review.text.message import Param

R = TypeVar("R", bound=Row)

#: Table → field → the table whose row codes the field contains.
REFERENCES: dict[str, dict[str, str]] = {
    "documents": {"carries_out": "documents"},
    "activities": {"launched_by": "documents"},
    "initiatives": {"decision": "documents", "operating_rules": "documents"},
    "coordinations": {"activity": "activities"},
    "incidents": {"authority_document": "documents", "repeats": "incidents"},
    "commendations": {"decision": "documents"},
    "meetings": {"minutes": "documents"},
    "self_scores": {"meeting": "meetings"},
    "attendees": {"meeting": "meetings"},
    "opinions": {"meeting": "meetings"},
    "votes": {"meeting": "meetings"},
}
#: Fields that may contain several codes. The text of any other field is one code, also with a separator in it.
_SEVERAL = frozenset({"carries_out", "repeats"})
#: Fields whose texts are the same in more spellings than `fold` folds.
_FOLDING = {("initiatives", "name"): model_name}
#: Table → field that contains the name of a unit.
_UNIT_FIELDS = {"activities": "organiser", "ratings": "unit", "discipline": "unit"}


def check_rows(evidence: Evidence, files: EvidenceFiles, span: Callable[[int], Period] | None) -> None:
    """Run all checks. Rows that must not count are removed from their table; each removal is reported as a problem."""
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
    """A meeting must end after it begins."""
    for row in evidence.of(MeetingRow):
        starts, ends = row.values.starts_at, row.values.ends_at
        if starts is not None and ends is not None and ends <= starts:
            evidence.problems.append(row_problem("meeting_ends_early", row, "ends_at", starts=starts, ends=ends))


def _forms(table: str) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in SHEETS for entry in sheet.tables if entry.name == table)


def row_problem(code: str, row: EvidenceRow[Row], field: str, **places: Param) -> Problem:
    """A problem in one field of one row; in the row's first cell where its sheet has no column for the field.

    The content of private cells is not repeated in the message.
    """
    columns = {column.name: column for column in type(row.values).columns()}
    cell = row.cell(field) if field in row.columns else row.cell(next(iter(row.columns)))
    column = columns.get(field)
    found = "" if column is None else cell.shown
    if row.table in PRIVATE_TABLES or (column is not None and column.private):
        found = NOT_SHOWN
        places |= {name: found for name in ("named", "name") if name in places}
    return problem(
        code, file=row.file, sheet=row.sheet, cells=[cell.cell], column=column.heading if column else "",
        found=found, forms=_forms(row.table), **places,
    )


def _place(row: EvidenceRow[Row]) -> Message:
    return tell("ingest.row_place", file=row.file, sheet=row.sheet, row=row.number)


def _key(row: EvidenceRow[Row], names: tuple[str, ...]) -> tuple[object, ...]:
    folding = {name: _FOLDING.get((row.table, name), fold) for name in names}
    return tuple(folding[name](value) if isinstance(value := row.value_of(name), str) else value for name in names)


def _same(first: EvidenceRow[Row], second: EvidenceRow[Row]) -> bool:
    """Have two rows the same values? Not compared: code, organiser, evidence file and note."""
    names = [name for name in type(first.values).model_fields if name not in ("id", "organiser", "file", "note")]
    return all(_key(first, (name,)) == _key(second, (name,)) for name in names)


def _drop_repeats(evidence: Evidence, table: Table) -> None:
    """Of rows with one key and equal values only the first counts; rows with one key and different values do not count.

    In a table without a key, rows are repeated where all their fields are equal. Rows of score tables are compared
    inside one file only: two score tables both contain the known rows of the official table, and that is no repetition.
    """
    if table.downwards:
        return
    names = table.key or tuple(table.row.model_fields)
    groups: dict[tuple[object, ...], list[EvidenceRow[Row]]] = defaultdict(list)
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
    """Rows dated outside every period do not count. Documents are kept: an older document may still be in force."""
    if span is None or evidence.year is None or table.day is None or table.name == "documents":
        return
    period = span(evidence.year)
    data = evidence.tables[table.name]
    kept = []
    for row in data.rows:
        day, last = row.value_of(table.day), row.value_of(table.last_day) if table.last_day else None
        if isinstance(day, date) and not period.overlaps(day, last or day):
            places = {"start": shaped(period.start, "cell_day"), "end": shaped(period.end, "cell_day")}
            evidence.problems.append(row_problem("out_of_period", row, table.day, **places))
        else:
            kept.append(row)
    data.rows = kept


def _name_rows(evidence: Evidence, table: Table) -> None:
    """Give a code to each row without one; report a code that two rows share.

    A code must be unique in its sheet. A document's code must be unique in the whole folder, because rows of every
    sheet refer to documents.
    """
    seen: dict[tuple[str, str, str], EvidenceRow[Row]] = {}
    for number, row in enumerate(evidence.tables[table.name].rows, start=1):
        if not row.id:
            # EvidenceRow is frozen; its code is completed here, before any other module has the row.
            object.__setattr__(row, "id", f"{table.prefix or table.name}-{number:03d}")
            continue
        key = ("", "", fold(row.id)) if table.name == "documents" else (row.file, row.sheet, fold(row.id))
        if key in seen:
            evidence.problems.append(row_problem("code_twice", row, "id", other=_place(seen[key])))
        else:
            seen[key] = row


def find_row(
    evidence: Evidence, table: str, code: str, near: EvidenceRow[Row] | None = None
) -> EvidenceRow[Row] | None:
    """The row with that code, as `nearest` chooses it. For a table whose name is data."""
    return nearest([row for row in evidence.rows(table) if fold(row.id) == fold(code)], near)


def nearest(named: Sequence[EvidenceRow[R]], near: EvidenceRow[Row] | None) -> EvidenceRow[R] | None:
    """Of the rows with one code: the only one in the file of `near`; where it has none, the only one of all files.

    None where no row has the code, or several have it.
    """
    own = [row for row in named if near is not None and row.file == near.file]
    found = own or named
    return found[0] if len(found) == 1 else None


def _check_lists(evidence: Evidence) -> None:
    """Lists typed by hand: sheet titles that a unit must hand in, teaching months. Each entry must be known."""
    titles = listing((sheet.title for sheet in SHEETS if sheet.declared), "; ")
    for row in evidence.of(Unit):
        for title in listed(row.values.must_hand_in):
            if fold(title) not in SHEET_TITLES:
                evidence.problems.append(row_problem("form_unknown", row, "must_hand_in", named=title, known=titles))
    for profile in evidence.of(Profile):
        for month in listed(profile.values.teaching_months):
            if not is_month(month):
                evidence.problems.append(row_problem("month_unknown", profile, "teaching_months", named=month))


def _check_references(evidence: Evidence) -> None:
    for table, fields in REFERENCES.items():
        for row in evidence.rows(table):
            for field, target in fields.items():
                written = row.value_of(field)
                for code in listed(written) if field in _SEVERAL else [str(written or "").strip()]:
                    if code and find_row(evidence, target, code, row) is None:
                        evidence.problems.append(row_problem("code_unknown", row, field, named=code))


def _check_units(evidence: Evidence) -> None:
    known = {fold(row.values.name) for row in evidence.of(Unit)}
    if not known:
        return
    for table, field in _UNIT_FIELDS.items():
        for row in evidence.rows(table):
            if row.value_of(field) and fold(row.value_of(field)) not in known:
                evidence.problems.append(row_problem("unit_unknown", row, field))


def _check_files(evidence: Evidence, files: EvidenceFiles) -> None:
    for table in evidence.tables:
        for row in evidence.rows(table):
            entry = row.value_of("file") if "file" in type(row.values).model_fields else None
            for name in files.missing(entry) if entry else ():
                evidence.problems.append(row_problem("evidence_file_missing", row, "file", name=name))
                evidence.missing_files.add((row.file, row.sheet, row.number))
