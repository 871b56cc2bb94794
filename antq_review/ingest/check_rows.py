"""Checks over several rows: repeated rows, unknown codes and units, missing evidence files, days outside the period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from antq_review.forms.columns import Row
from antq_review.forms.rows.school import MeetingRow, Profile, Unit, is_month
from antq_review.forms.sheets import PRIVATE_TABLES, SHEETS, Table
from antq_review.ingest.check_targets import check_targets
from antq_review.ingest.declarations import SHEET_TITLES
from antq_review.ingest.evidence_files import EvidenceFiles
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.own_sentences import name_own_sentences
from antq_review.ingest.problems import how_to_name
from antq_review.ingest.repeats import drop_repeats
from antq_review.ingest.row_problems import row_place, row_problem
from antq_review.period import Period
from antq_review.text import fold, listed, listing, near_name, shaped
from antq_review.text.personal_paths import Labels, masked_path

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
#: Table → field that contains the name of a unit.
_UNIT_FIELDS = {"activities": "organiser", "ratings": "unit", "discipline": "unit"}


def check_rows(evidence: Evidence, files: EvidenceFiles, span: Callable[[int], Period] | None) -> None:
    """Run all checks. Rows that must not count are removed from their table; each removal is reported as a problem."""
    for sheet in SHEETS:
        for table in sheet.tables:
            if table.name in evidence.tables:
                drop_repeats(evidence, table)
                _drop_out_of_period(evidence, table, span)
                _name_rows(evidence, table)
    check_targets(evidence)
    name_own_sentences(evidence)
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
            evidence.problems.append(row_problem("code_twice", row, "id", other=row_place(seen[key])))
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
                how = how_to_name("form", near_name(title, (sheet.title for sheet in SHEETS if sheet.declared)))
                evidence.problems.append(row_problem("form_unknown", row, "must_hand_in", named=title, known=titles, how=how))
    for profile in evidence.of(Profile):
        for month in listed(profile.values.teaching_months):
            if not is_month(month):
                evidence.problems.append(row_problem("month_unknown", profile, "teaching_months", named=month))


def _check_references(evidence: Evidence) -> None:
    named: dict[str, dict[str, list[EvidenceRow[Row]]]] = {}  # table → code → its rows, gathered once: a log has thousands of references
    for table in {target for fields in REFERENCES.values() for target in fields.values()}:
        codes = named.setdefault(table, {})
        for row in evidence.rows(table):
            codes.setdefault(fold(row.id), []).append(row)
    for table, fields in REFERENCES.items():
        for row in evidence.rows(table):
            for field, target in fields.items():
                written = row.value_of(field)
                for code in listed(written) if field in _SEVERAL else [str(written or "").strip()]:
                    if code and nearest(named[target].get(fold(code), []), row) is None:
                        refused = target in evidence.tables and fold(code) in evidence.tables[target].refused_codes
                        problem = "code_of_refused" if refused else "code_unknown"
                        evidence.problems.append(row_problem(problem, row, field, named=code))


def _check_units(evidence: Evidence) -> None:
    names = [row.values.name for row in evidence.of(Unit)]
    known = {fold(name) for name in names}
    if not known:
        return
    for table, field in _UNIT_FIELDS.items():
        for row in evidence.rows(table):
            written = row.value_of(field)
            if written and fold(written) not in known:
                # What stands in a private table is told in no way, and what it resembles would tell it.
                how = how_to_name("unit", None if table in PRIVATE_TABLES else near_name(written, names))
                evidence.problems.append(row_problem("unit_unknown", row, field, how=how))


def _check_files(evidence: Evidence, files: EvidenceFiles) -> None:
    """Find the evidence files that the rows name, and report those that are not there.

    After this nobody needs the names: they are printed, so what points to a person is masked in them.
    """
    labels = Labels()
    for table in evidence.tables:
        for row in evidence.rows(table):
            entry = row.value_of("file") if "file" in type(row.values).model_fields else None
            if not entry:
                continue
            found = files.find(entry, row.link)
            label = labels.of(found.written)
            if label != entry:
                # EvidenceRow is frozen; the path is completed here, before any other module has the row.
                object.__setattr__(row, "values", row.values.model_copy(update={"file": label}))
            if label != found.written or masked_path(entry) != entry:
                object.__setattr__(row, "shown", {**row.shown, "file": masked_path(row.shown["file"])})
                row.known_cells.clear()
                evidence.problems.append(row_problem("personal_path", row, "file"))
            for fault in found.faults:
                name, near, how = masked_path(fault.name), masked_path(fault.near), fault.how
                evidence.problems.append(row_problem(fault.code, row, "file", name=name, near=near, how=how))
                evidence.missing_files.add((row.file, row.sheet, row.number))
