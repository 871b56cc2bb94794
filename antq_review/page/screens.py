"""What each screen shows, as plain values made from the evidence and the review; the templates only place them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import SHEETS, sheet_named
from antq_review.history import load_any
from antq_review.ingest.declarations import must_hand_in
from antq_review.ingest.folder import nfc, workbooks
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.page.folders import Known
from antq_review.page.parts import Parts, stamps_of
from antq_review.page.results import key_of, versions_of, year_of
from antq_review.page.words import words_of
from antq_review.places.versions import Version
from antq_review.publish import wording as phrases
from antq_review.publish.excel.marked_copy.copies import copy_names
from antq_review.publish.output.check_job import FOLDER
from antq_review.publish.report_dates import due
from antq_review.publish.tables import page_one
from antq_review.publish.tables.findings import goal_counts, states
from antq_review.scoring.model.review import Review, TextReview
from antq_review.source import CellRef, grouped
from antq_review.text import fold, number, say

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
class Mark:
    """One field of the checklist: the state, its words, and whether anything is asked here."""

    state: str
    says: str


@dataclass(frozen=True)
class Checklist:
    """Unit × sheet: who handed in what, declared until when."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark | None, ...]], ...]
    missing: int


def checklist(evidence: Evidence) -> Checklist:
    """What each unit must hand in by the profile, and what is here."""
    sheets = [sheet for sheet in SHEETS if sheet.declared]
    asked = {sheet.name: {fold(unit) for unit in must_hand_in(evidence, sheet)} for sheet in sheets}
    units = [row.values.name for row in evidence.of(Unit)]
    rows, missing = [], 0
    for unit in dict.fromkeys(units):
        marks: list[Mark | None] = []
        for sheet in sheets:
            copies = [copy for copy in evidence.copies if copy.sheet == sheet.name and fold(copy.unit) == fold(unit)]
            if copies:
                days = [copy.declared_until for copy in copies]
                marks.append(_mark(min((one for one in days if one), default=None) if all(days) else None))
            elif fold(unit) in asked[sheet.name]:
                marks.append(Mark("no", words_of("checklist.missing")))
                missing += 1
            else:
                marks.append(None)
        if any(marks):
            rows.append((unit, tuple(marks)))
    used = [number for number in range(len(sheets)) if any(marks[number] for _, marks in rows)]
    cut = tuple((unit, tuple(marks[number] for number in used)) for unit, marks in rows)
    return Checklist(tuple(sheets[number].title for number in used), cut, missing)


def _mark(until: date | None) -> Mark:
    if until is None:
        return Mark("open", words_of("checklist.undeclared"))
    return Mark("ok", words_of("checklist.until", day=f"{until:%d/%m/%Y}"))


# --- faults ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProblemLine:
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
    lines: tuple[ProblemLine, ...]

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
        copy = key_of(FOLDER, copies[file]) if file in copies else ""
        units = dict.fromkeys(one.unit for one in evidence.copies if one.file == file and one.unit)
        lines = tuple(_line(problem) for problem in problems)
        found.append(FileProblems(file, keys.get(file, ""), ", ".join(units), copy if copy in marked else "", lines))
    return found


def _line(problem: Problem) -> ProblemLine:
    cells = grouped(CellRef(file="", sheet=problem.sheet, cell=cell) for cell in problem.cells)
    state = _LEVELS[problem.severity]
    expected = str(problem.expected) if problem.severity is Severity.ERROR else ""
    return ProblemLine(
        state, words_of(f"levels.{problem.severity.value}"), "; ".join(cells) or problem.sheet or words_of("whole_file"), problem.column,
        str(problem.says), str(problem.remedy), expected, str(problem.consequence),
    )


# --- results -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """One card of the results: a heading, the answer with its state, small lines."""

    title: str
    basis: str
    answer: str
    state: str
    small: tuple[str, ...]


def cards(review: Review) -> list[Card]:
    """The cards of page one: each text, then the plan."""
    plan = " · ".join(f"{phrases.word(status).lower()} {count}" for status, count in goal_counts(review.goals))
    progress = page_one.progress_of(review, "plan")
    done, every = page_one.goals_done(review), len(review.goals)
    last = Card(words_of("cards.plan", count=every), "", words_of("cards.plan_done", done=done), "ok", tuple(filter(None, (plan, progress))))
    return [*(_card(review, text) for text in review.texts), last]


def _card(review: Review, text: TextReview) -> Card:
    own = words_of("cards.own", own=phrases.self_assessed(text))
    small = (page_one.progress_of(review, text.id), *map(str, text.warnings))
    if text.total is None:
        assert text.result is not None
        basis, _, said = phrases.by_evidence(text).partition(": ")
        counts = " · ".join(f"{phrases.word(truth).lower()} {count}" for truth, count in states(text))
        lines = tuple(filter(None, (counts, own, *small)))
        return Card(str(text.short), basis, said[:1].upper() + said[1:], phrases.state(text.result), lines)
    assert text.range is not None
    answer = words_of("cards.points", range=phrases.reached(text.range), total=number(text.considered or 0))
    return Card(str(text.short), phrases.basis(text), answer, "", tuple(filter(None, (phrases.classified(text), own, *small))))


def first_steps(review: Review) -> list[tuple[str, str]]:
    """What to do first: the step with its day, and its effect."""
    found = []
    for advice in review.to_do[:3]:
        until = f" ({due(review, advice.due_on)})" if advice.due_on else ""
        found.append((f"{advice.says}{until}", str(advice.effect)))
    return found


@dataclass(frozen=True)
class Shown:
    """The version that the results show, its review, when it was made; `changed`: forms that differ from the judged ones."""

    version: Version
    review: Review
    made_at: datetime
    changed: tuple[str, ...]


_REVIEWS: dict[Path, tuple[tuple[int, int], Review]] = {}


def stored_review(path: Path) -> Review:
    """The review in a version's folder; read again where the file is another one."""
    stat = (path / "review.json").stat()
    stamp = (stat.st_size, stat.st_mtime_ns)
    known = _REVIEWS.get(path)
    if known is None or known[0] != stamp:
        known = _REVIEWS[path] = (stamp, load_any(path))
        while len(_REVIEWS) > 8:
            del _REVIEWS[next(iter(_REVIEWS))]
    return known[1]


def shown_of(parts: Parts, known: Known, named: str = "") -> Shown | None:
    """The newest draft or official version, whichever was made last, or the named one; None where nothing was judged."""
    found = versions_of(known, parts.out)
    if named:
        found = [one for one in found if one.path.name == named]
    if not found:
        return None
    version = max(found, key=lambda one: one.made_at)
    review = stored_review(version.path)
    made_at = version.made_at.astimezone().replace(tzinfo=None)
    return Shown(version, review, made_at, _changed(known, review, made_at))


def _changed(known: Known, review: Review, made_at: datetime) -> tuple[str, ...]:
    """Forms that are new, gone, or of another size than when the version was made, or were saved after it."""
    judged = {one.name: one for one in review.files}
    now = {nfc(name): stamp for name, stamp in stamps_of(known.path).items()}
    moved = {name for name in judged.keys() ^ now.keys()}
    later = {name for name, (_, ns) in now.items() if name in judged and datetime.fromtimestamp(ns / 1e9) > made_at}
    return tuple(sorted(moved | later))


def open_count(review: Review) -> int:
    """How many things stand in the way of a final version."""
    return len(review.draft_reasons)




# --- versions, bags ----------------------------------------------------------------------------------------------------


def official_of(parts: Parts, known: Known) -> Version | None:
    """The newest official version."""
    return next((one for one in reversed(versions_of(known, parts.out)) if one.is_official), None)


def version_lines(parts: Parts, known: Known) -> list[tuple[Version, datetime]]:
    """Every version of the year with the moment it was made, the newest first."""
    found = [(one, one.made_at.astimezone().replace(tzinfo=None)) for one in versions_of(known, parts.out)]
    return sorted(found, key=lambda one: one[1], reverse=True)


def bags_of(parts: Parts, known: Known) -> list[Path]:
    """The archived bags of the year."""
    year = year_of(known, parts.out)
    place = year.parent / say("archive.folder") if year is not None else None
    if place is None or not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if path.is_dir() and path.name.startswith(f"{known.code}_{known.year}_"))
