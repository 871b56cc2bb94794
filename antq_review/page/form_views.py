"""What the screens of the forms and of their faults show, as plain values made from the evidence; the templates only place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from antq_review.files import nfc
from antq_review.forms.carry_over import PROFILE_FIELDS, SCORE_OF_THE_YEAR, UNIT_FIELDS
from antq_review.forms.choices import SetBy
from antq_review.forms.columns import Row
from antq_review.forms.rows.evidence import Incident
from antq_review.forms.rows.school import PlanRow, Unit
from antq_review.forms.sheets import SCORE_TABLE, SHEETS, sheet_named, table_named
from antq_review.ingest.cell_values import is_plain_code
from antq_review.ingest.declarations import must_hand_in
from antq_review.ingest.folder import workbooks
from antq_review.ingest.model import Evidence, EvidenceRow, Problem, Severity
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.page.checked import Checked, Checklist, FileLine, FileProblems, HandedIn, ShownFault, Stamps
from antq_review.page.folders import Known
from antq_review.page.results import key_of
from antq_review.page.words import words_of
from antq_review.places.names import CHECKED
from antq_review.publish.excel.marked_copy.names import copy_names
from antq_review.text import day, fold

#: The one problem of a workbook that nobody has filled in.
NOT_DECLARED = "declaration_missing"
#: Tables with lines in a form that was just made, and the fields that may be filled there.
_OFFERED: dict[str, frozenset[str]] = {
    "profile": frozenset({*PROFILE_FIELDS, "year"}),
    "units": frozenset(UNIT_FIELDS),
    "plan": frozenset(PlanRow.model_fields) - {"told", "self_result", "file"},
    **{name: frozenset(table_named(name)[1].row.model_fields) - SCORE_OF_THE_YEAR for name in SCORE_TABLE},
}
_LEVELS = {Severity.ERROR: "no", Severity.WARNING: "open", Severity.NOTE: "none"}


def checked(known: Known, evidence: Evidence, read_at: datetime, stamps: Stamps) -> Checked:
    """What a reading found. `stamps`: the forms as they were when it began."""
    counts = Counter(problem.severity for problem in evidence.problems)
    blank = blank_files(evidence)
    return Checked(
        read_at, stamps, _counted(evidence, blank), not counts[Severity.ERROR] + counts[Severity.WARNING],
        _file_lines(known, evidence, blank), checklist(evidence), _by_file(known, evidence, evidence.problems, blank),
        _incidents(evidence), tuple(sorted(blank)),
        bool(blank) and blank == {copy.file for copy in evidence.copies},
    )


def blank_files(evidence: Evidence) -> set[str]:
    """The workbooks that nobody has filled in yet: nothing typed, no declaration, and no other fault than that it is missing.

    They are no work that was done wrongly; they wait. What is missing keeps its results open as ever.
    """
    faulty = {problem.file for problem in evidence.problems if problem.code != NOT_DECLARED}
    filled = {copy.file for copy in evidence.copies if copy.declared_until}
    filled |= {row.file for table in evidence.tables.values() for row in table.rows if _is_typed(row)}
    filled |= {cell.file for table in evidence.tables.values() for cell in table.refused}
    return {copy.file for copy in evidence.copies} - faulty - filled


def _is_typed(row: EvidenceRow[Row]) -> bool:
    """Does a line hold what only a person writes? Some tables have lines in a form that was just made: there only the fields count
    that no new form fills, and a number that the school has decided on."""
    decided = isinstance(row.values, PlanRow) and row.values.set_by is SetBy.SCHOOL
    return decided or row.table not in _OFFERED or not row.shown.keys() <= _OFFERED[row.table]


def without_typed(shown: Checked, known: Known, evidence: Evidence) -> Checked:
    """The same without a word that a person typed into a cell, for what leaves the folder of the faults."""
    return replace(shown, faults=_by_file(known, evidence, [problem.unquoted() for problem in evidence.problems], shown.blank))


def _counted(evidence: Evidence, blank: Collection[str]) -> str:
    """`1 lỗi, 2 cảnh báo`, or that there is none; of an empty folder that there is no form."""
    if not evidence.files:
        return words_of("nav.no_files")
    found = Counter(problem.severity for problem in evidence.problems if problem.file not in blank)
    parts = [words_of(f"counts.{one.value}", count=found[one]) for one in Severity if found[one]]
    parts += [words_of("counts.blank", count=len(blank))] if blank else []
    return ", ".join(parts) if parts else words_of("counts.none")


def _incidents(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Every incident that can have a report of its own: its code, and what tells it from the others."""
    rows = [row for row in evidence.of(Incident) if is_plain_code(row.id)]
    return tuple((row.id, words_of("papers.one_incident", code=row.id, kind=row.values.kind.label, day=day(row.values.happened_on)))
                 for row in rows)


def file_lines(known: Known, shown: Checked | None) -> list[FileLine]:
    """Every workbook of the folder: what was found in it, or that it was not read yet."""
    read: Mapping[str, FileLine] = {line.name: line for line in shown.files} if shown else {}
    return [read.get(name := nfc(path.name)) or FileLine(key_of("bieu", path.name), name, "", "", "–", "none", words_of("files.not_read"))
            for path in workbooks(known.path)[0]]


def _file_lines(known: Known, evidence: Evidence, blank: Collection[str]) -> tuple[FileLine, ...]:
    lines = []
    keys = {nfc(path.name): key_of("bieu", path.name) for path in workbooks(known.path)[0]}
    for record in evidence.files:
        name = record.name
        copies = [copy for copy in evidence.copies if copy.file == name]
        units = dict.fromkeys(copy.unit for copy in copies if copy.unit)
        days = [copy.declared_until for copy in copies if copy.declared_until]
        titles = [sheet_named(sheet).title for sheet in record.sheets]
        state, says = _state([one for one in evidence.problems if one.file == name], name in evidence.unread_files)
        if name in blank:
            state, says = "none", words_of("files.blank")
        elif state == "ok" and not record.sheets:
            state, says = "none", words_of("files.no_sheet")
        until = f"{min(days):%d/%m/%Y}" if days and len(days) == len(copies) else "–"
        lines.append(FileLine(keys.get(name, ""), name, ", ".join(units) or "–", ", ".join(titles) or "–", until, state, says))
    return tuple(lines)


def _state(problems: list[Problem], unread: bool) -> tuple[str, str]:
    if unread:
        return "no", words_of("files.unread")
    found = Counter(problem.severity for problem in problems)
    if not found[Severity.ERROR] and not found[Severity.WARNING]:
        return "ok", words_of("files.read")
    counts = [words_of(f"counts.{one.value}", count=found[one]) for one in (Severity.ERROR, Severity.WARNING) if found[one]]
    return ("no" if found[Severity.ERROR] else "open"), ", ".join(counts)


def checklist(evidence: Evidence) -> Checklist:
    """What each unit must hand in by the profile, and what is here."""
    sheets = [sheet for sheet in SHEETS if sheet.declared]
    asked = {sheet.name: {fold(unit) for unit in must_hand_in(evidence, sheet)} for sheet in sheets}
    units = [row.values.name for row in evidence.of(Unit)]
    rows, missing = [], 0
    asks = any(asked.values())
    for unit in dict.fromkeys(units):
        marks: list[HandedIn | None] = []
        for sheet in sheets:
            copies = [copy for copy in evidence.copies if copy.sheet == sheet.name and fold(copy.unit) == fold(unit)]
            if copies:
                days = [copy.declared_until for copy in copies]
                marks.append(_mark(min((one for one in days if one), default=None) if all(days) else None))
            elif fold(unit) in asked[sheet.name]:
                marks.append(HandedIn("no", words_of("checklist.missing")))
                missing += 1
            else:
                marks.append(None)
        if any(marks):
            rows.append((unit, tuple(marks)))
    used = [number for number in range(len(sheets)) if any(marks[number] for _, marks in rows)]
    cut = tuple((unit, tuple(marks[number] for number in used)) for unit, marks in rows)
    return Checklist(tuple(sheets[number].title for number in used), cut, missing, bool(units), asks)


def _mark(until: date | None) -> HandedIn:
    if until is None:
        return HandedIn("open", words_of("checklist.undeclared"))
    return HandedIn("ok", words_of("checklist.until", day=f"{until:%d/%m/%Y}"))


# --- faults ------------------------------------------------------------------------------------------------------------


def _by_file(known: Known, evidence: Evidence, every: Sequence[Problem], blank: Collection[str]) -> tuple[FileProblems, ...]:
    """The faults, file by file in the order of the list; those of a workbook that nobody has filled in are told in one line elsewhere."""
    by_file: dict[str, list[Problem]] = {}
    for problem in every:
        if problem.file not in blank:
            by_file.setdefault(problem.file, []).append(problem)
    copies = copy_names(record.name for record in evidence.files)
    keys = {nfc(path.name): key_of("bieu", path.name) for path in workbooks(known.path)[0]}
    found = []
    for file, problems in by_file.items():
        copy = key_of(CHECKED, copies[file]) if file in copies else ""
        units = dict.fromkeys(one.unit for one in evidence.copies if one.file == file and one.unit)
        lines = tuple(_line(group) for group in problem_groups(problems))
        found.append(FileProblems(file, keys.get(file, ""), ", ".join(units), copy, lines))
    return tuple(found)


def _line(group: ProblemGroup) -> ShownFault:
    expected = str(group.expected) if group.severity is Severity.ERROR else ""
    where = " › ".join(part for part in (group.sheet, group.range) if part) or words_of("whole_file")
    return ShownFault(
        _LEVELS[group.severity], words_of(f"levels.{group.severity.value}"), where, group.column,
        str(group.says), str(group.remedy), expected, str(group.consequence),
    )
