"""The officer's folder as plain values: one line a school, the lines of one page, a school's packages, the files to hand out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from antq_review.files import RESULTS
from antq_review.forms.officer_sheets import DECISIONS, LIST
from antq_review.package.check import check_code
from antq_review.package.model import Summary
from antq_review.page.folders import Known
from antq_review.page.office_filter import Sought, marks_of
from antq_review.page.results import ResultFile, file_of, listed_files
from antq_review.province.arrival import Arrival
from antq_review.province.choose import ReportState, Standing
from antq_review.province.frames import circular_of, points_in
from antq_review.province.officer_folder import REGISTER
from antq_review.province.receive import Kept
from antq_review.province.roll_up import CIRCULAR, commune_of, level_of, text_of
from antq_review.province.work import FOLDER, PUBLIC, Looked
from antq_review.scoring.model.outcome import Truth
from antq_review.scoring.model.review import TextResult
from antq_review.text import fold, say, vietnamese_key

PAGE_ROWS = 50
_SIGNS = {TextResult.MET: "ok", TextResult.NOT_MET: "no", TextResult.INSUFFICIENT: "open"}
_STATES = {
    ReportState.ACCEPTED: "ok", ReportState.RETURNED: "no", ReportState.UNDECIDED: "open", ReportState.ACCEPTED_NEWER: "open",
    ReportState.DRAFT: "open",
}
TRUTHS = {Truth.YES: "ok", Truth.NO: "no", Truth.UNKNOWN: "open"}


@dataclass
class Office:
    """What the program knows of an officer's folder since it started. `kept`: packages as opened, for a run that goes on."""

    looked: Looked | None = None
    looked_at: datetime | None = None
    lines: list[SchoolLine] = field(default_factory=list)
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True)
class SchoolLine:
    """One school of the table. `sign`, `state_sign`: ok, no, open or none; `marks`: criteria by which it can be sought."""

    key: str
    code: str
    name: str
    commune: str
    result: str
    sign: str
    points: str
    illustrative: bool
    conflicts: int | None
    received_on: date | None
    late_days: int | None
    state: ReportState
    says: str
    state_sign: str
    standing: Standing
    sought: str
    level: str
    marks: frozenset[str]


def lines_of(looked: Looked) -> list[SchoolLine]:
    """Every school of the list, in its order."""
    return [_line(one) for one in looked.found.standings]


def _line(one: Standing) -> SchoolLine:
    arrival = one.arrival
    summary = arrival.package.summary if arrival is not None else None
    text = text_of(summary, CIRCULAR) if summary is not None else None
    sign = _SIGNS.get(text.official or TextResult.INSUFFICIENT, "none") if text is not None else "none"
    return SchoolLine(
        key_of(one.code), one.code, one.school.name, commune_of(one), circular_of(summary) if summary else "–", sign,
        *_points(summary), conflicts(summary) if summary else None, arrival.received_on if arrival else None,
        one.late_days, one.state, say(f"province.state.{one.state}"), _STATES.get(one.state, "none"), one,
        fold(f"{one.code} {one.school.name} {commune_of(one)} {level_of(one)}"), level_of(one),
        marks_of(summary) if summary else frozenset(),
    )


def _points(summary: Summary | None) -> tuple[str, bool]:
    """The points of the first text that has points, and whether its table is only an illustration."""
    text = next((one for one in summary.texts if one.total is not None and one.range is not None), None) if summary else None
    return (points_in(text), text.illustrative) if text is not None else ("", False)


def key_of(code: str) -> str:
    """The key of a school, as the page's links name it."""
    return hashlib.sha256(code.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def conflicts(summary: Summary) -> int:
    """Criteria in which the school's own result lies outside what its evidence gives."""
    return sum(one.conflict for text in summary.texts for one in text.criteria)


# --- one page of the table ---------------------------------------------------------------------------------------------

_SORTS = {
    "ma": lambda line: line.code, "truong": lambda line: vietnamese_key(line.name), "xa": lambda line: vietnamese_key(line.commune),
    "lech": lambda line: -(line.conflicts or 0), "nop": lambda line: line.received_on or date.max, "tinh_trang": lambda line: line.says,
}


@dataclass(frozen=True)
class PageOfSchools:
    """The lines of one page, and where it stands among those that were sought."""

    lines: Sequence[SchoolLine]
    first: int
    found: int
    number: int
    last: int


def table_page(lines: Sequence[SchoolLine], sought: Sought, sort: str, number: int) -> PageOfSchools:
    """Search, filter and sort on the server; a page that does not exist is the nearest one."""
    found = sought.of(lines)
    if sort in _SORTS:
        found.sort(key=_SORTS[sort])
    last = max(1, -(-len(found) // PAGE_ROWS))
    number = min(max(1, number), last)
    first = (number - 1) * PAGE_ROWS
    return PageOfSchools(found[first : first + PAGE_ROWS], first, len(found), number, last)


# --- one school --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownPackage:
    """One package of a school."""

    arrival: Arrival
    counts: bool
    check: str
    version: str

    @property
    def summary(self) -> Summary:
        """What it says."""
        return self.arrival.package.summary


def packages_of(standing: Standing) -> list[ShownPackage]:
    """The package that counts or was returned first, then those that wait."""
    every = [*([standing.arrival] if standing.arrival is not None else []), *standing.waiting]
    return [
        ShownPackage(
            one, standing.counted is one.package, check_code(one.package.summary),
            say(f"province.version.{one.package.summary.version.kind}", number=one.package.summary.version.number),
        )
        for one in every
    ]


# --- files -------------------------------------------------------------------------------------------------------------


def office_out(known: Known, out: Path | None) -> Path:
    """Where a roll-up is written: beside the folder, because inside it would be read as something that arrived."""
    return out if out is not None else known.path.parent / RESULTS


def office_files(known: Known, out: Path | None) -> dict[str, ResultFile]:
    """Key → file, of everything that an officer's folder has to hand out now."""
    found: list[ResultFile] = []
    if known.year:
        for name in (str(known.year), f"{known.year}{PUBLIC}"):
            found += listed_files(name, office_out(known, out) / FOLDER / name)
    found += [file_of("so", known.path / name) for name in (f"{LIST}.xlsx", f"{DECISIONS}.xlsx", REGISTER)]
    return {one.key: one for one in found if one.path.is_file() and not one.path.is_symlink()}


def kind_of(file: ResultFile) -> str:
    """What a file is, as a word of `page.office.kinds`."""
    own = {f"{LIST}.xlsx": "list", f"{DECISIONS}.xlsx": "decisions", REGISTER: "register"}
    if file.group == "so":
        return own[file.name]
    return f"{'public' if file.group.endswith(PUBLIC) else 'internal'}_{file.path.suffix.removeprefix('.')}"
