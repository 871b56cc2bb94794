"""What the screens of the forms and of their faults show, as plain values made from the evidence; the templates only place them."""


from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from antq_review.files import nfc
from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import SHEETS, sheet_named
from antq_review.ingest.declarations import must_hand_in
from antq_review.ingest.folder import workbooks
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.ingest.problem_groups import ProblemGroup, problem_groups
from antq_review.page.folders import Known
from antq_review.page.results import key_of
from antq_review.page.words import words_of
from antq_review.places.names import CHECKED
from antq_review.publish.excel.marked_copy.names import copy_names
from antq_review.text import fold

#: The signs beside the words of a level or a state: never colour alone.
SIGNS = {"ok": "✓", "no": "✗", "open": "?", "none": "–"}
_LEVELS = {Severity.ERROR: "no", Severity.WARNING: "open", Severity.NOTE: "none"}


@dataclass(frozen=True)
class FileLine:
    """One workbook on the screen of forms. `state`: ok, no, open or none; `says`: its word."""

    key: str
    name: str
    units: str
    sheets: str
    until: str
    state: str
    says: str


def file_lines(known: Known, evidence: Evidence | None) -> list[FileLine]:
    """Every workbook of the folder: what was found in it, or that it was not read yet."""
    lines = []
    for path in workbooks(known.path)[0]:
        name = nfc(path.name)
        record = next((one for one in evidence.files if one.name == name), None) if evidence else None
        if evidence is None or record is None:
            lines.append(FileLine(key_of("bieu", path.name), name, "", "", "–", "none", words_of("files.not_read")))
            continue
        copies = [copy for copy in evidence.copies if copy.file == name]
        units = dict.fromkeys(copy.unit for copy in copies if copy.unit)
        days = [copy.declared_until for copy in copies if copy.declared_until]
        titles = [sheet_named(sheet).title for sheet in record.sheets]
        state, says = _state([one for one in evidence.problems if one.file == name], name in evidence.unread_files)
        until = f"{min(days):%d/%m/%Y}" if days and len(days) == len(copies) else "–"
        lines.append(FileLine(key_of("bieu", path.name), name, ", ".join(units) or "–", ", ".join(titles) or "–", until, state, says))
    return lines


def _state(problems: list[Problem], unread: bool) -> tuple[str, str]:
    if unread:
        return "no", words_of("files.unread")
    found = Counter(problem.severity for problem in problems)
    if not found[Severity.ERROR] and not found[Severity.WARNING]:
        return "ok", words_of("files.read")
    counts = [words_of(f"counts.{one.value}", count=found[one]) for one in (Severity.ERROR, Severity.WARNING) if found[one]]
    return ("no" if found[Severity.ERROR] else "open"), ", ".join(counts)


@dataclass(frozen=True)
class HandedIn:
    """One field of the checklist: the state, its words, and whether anything is asked here."""

    state: str
    says: str


@dataclass(frozen=True)
class Checklist:
    """Unit × sheet: who handed in what, declared until when."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HandedIn | None, ...]], ...]
    missing: int


def checklist(evidence: Evidence) -> Checklist:
    """What each unit must hand in by the profile, and what is here."""
    sheets = [sheet for sheet in SHEETS if sheet.declared]
    asked = {sheet.name: {fold(unit) for unit in must_hand_in(evidence, sheet)} for sheet in sheets}
    units = [row.values.name for row in evidence.of(Unit)]
    rows, missing = [], 0
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
    return Checklist(tuple(sheets[number].title for number in used), cut, missing)


def _mark(until: date | None) -> HandedIn:
    if until is None:
        return HandedIn("open", words_of("checklist.undeclared"))
    return HandedIn("ok", words_of("checklist.until", day=f"{until:%d/%m/%Y}"))


# --- faults ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownFault:
    """One fault. `where`: sheet and cells; `words`: what it is, the remedy, what is expected, what was not counted."""

    state: str
    level: str
    where: str
    column: str
    says: str
    remedy: str
    expected: str
    consequence: str


@dataclass(frozen=True)
class FileProblems:
    """The faults of one file; `copy`: the key of its marked copy, empty where there is none."""

    name: str
    key: str
    units: str
    copy: str
    lines: tuple[ShownFault, ...]

    @property
    def ready_text(self) -> str:
        """The faults as a text that is pasted into a message to the unit."""
        parts = [words_of("message.head", file=self.name)]
        for line in self.lines:
            where = f"{line.where} ({line.column})" if line.column else line.where
            parts.append(words_of("message.line", level=line.level, where=where, says=line.says, remedy=line.remedy))
        parts.append(words_of("message.end"))
        return "\n".join(parts)


def problems_by_file(known: Known, evidence: Evidence, marked: set[str]) -> list[FileProblems]:
    """The faults, file by file in the order of the list. `marked`: the keys of the copies that stand."""
    by_file: dict[str, list[Problem]] = {}
    for problem in evidence.problems:
        by_file.setdefault(problem.file, []).append(problem)
    copies = copy_names(record.name for record in evidence.files)
    keys = {nfc(path.name): key_of("bieu", path.name) for path in workbooks(known.path)[0]}
    found = []
    for file, problems in by_file.items():
        copy = key_of(CHECKED, copies[file]) if file in copies else ""
        units = dict.fromkeys(one.unit for one in evidence.copies if one.file == file and one.unit)
        lines = tuple(_line(group) for group in problem_groups(problems))
        found.append(FileProblems(file, keys.get(file, ""), ", ".join(units), copy if copy in marked else "", lines))
    return found


def _line(group: ProblemGroup) -> ShownFault:
    expected = str(group.expected) if group.severity is Severity.ERROR else ""
    where = " › ".join(part for part in (group.sheet, group.range) if part) or words_of("whole_file")
    return ShownFault(
        _LEVELS[group.severity], words_of(f"levels.{group.severity.value}"), where, group.column,
        str(group.says), str(group.remedy), expected, str(group.consequence),
    )
