"""Schools judged again from their own forms, on several lanes, and compared with the packages that were received from them.

The forms name people and incidents: results stay in the office, apart from the roll-up, which never reads a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_review.errors import AntqError, CannotDo, UsageError
from antq_review.files import no_folder, reason_of, write_whole
from antq_review.forms.officer_sheets import DECISIONS
from antq_review.places.lock import locked, release_dead
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from antq_review.province.arrival import SHOWN_DIGITS
from antq_review.province.choose import Standing
from antq_review.province.rerun_school import Judged, SchoolJob, rerun_school, stands
from antq_review.province.work import look
from antq_review.publish.excel.table_book import TablePage, table_book
from antq_review.publish.output.executors import LaneMaker, Lanes
from antq_review.text import say, tell, words

#: Where the results lie below OUT, and the workbook that compares.
FOLDER, TABLE = "cham_lai", "doi_chieu.xlsx"
#: Number of schools → what makes a lane, and how many lanes there are.
LanesFor = Callable[[int], AbstractContextManager[tuple[LaneMaker, int]]]


@dataclass(frozen=True)
class Again:
    """One school of the re-run, as far as it is known. `name`: of the list; `content`: of the package; `outcome`: see there."""

    code: str
    name: str
    content: str
    outcome: Judged


@dataclass(frozen=True)
class Rerun:
    """Every folder of forms, in the order of the list, then those of no school. `kept`: how many an earlier run had done."""

    schools: tuple[Again, ...]
    kept: int
    table: Path

    @property
    def failed(self) -> list[Again]:
        """Those that were not judged again."""
        return [one for one in self.schools if one.outcome.why]

    @property
    def differing(self) -> list[Again]:
        """Those whose forms give other figures than their package."""
        return [one for one in self.schools if one.outcome.found]


def rerun(
    folder: Path, forms: Path, out: Path, today: date, lanes: LanesFor,
    unexpected: Callable[[Exception], str], told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rerun:
    """Judge every school of `forms` again and write the comparison to `OUT/cham_lai/<year>/`.

    What an earlier run has done, with the same forms, packages and tool, is not done again. `unexpected`: the sentence
    about a fault of this tool. Raises UsageError for a wrong folder, CannotDo where it cannot be listed or written.
    """
    if out.resolve().is_relative_to(forms.resolve()):
        raise UsageError(tell("rerun.why.inside", out=out, folder=forms))
    looked = look(folder, today, today)
    place = (out / FOLDER / str(looked.found.settings.year)).resolve()
    standings = {one.code: one for one in looked.found.standings}
    jobs, outcomes = _jobs(_folders(forms), standings, place)
    kept = {job.code: one for job in jobs if (one := stands(job)) is not None}
    outcomes += kept.values()
    left = [job for job in jobs if job.code not in kept]
    told(len(kept), len(jobs))
    if left:
        with lanes(len(left)) as (make, count):
            try:
                with Lanes(rerun_school, make, count) as at_work:
                    for done, (job, future) in enumerate(at_work.each(left), start=len(kept) + 1):
                        outcomes.append(_outcome(job, future, unexpected))
                        told(done, len(jobs))
            finally:
                release_dead(place.parent)
    order = {code: number for number, code in enumerate(standings)}
    outcomes.sort(key=lambda one: (order.get(one.code, len(order)), one.code))
    schools = tuple(_again(one, standings.get(one.code)) for one in outcomes)
    return Rerun(schools, len(kept), _write(schools, place))


def _folders(forms: Path) -> list[Path]:
    if not forms.is_dir():
        raise no_folder(forms)
    try:
        found = sorted(path for path in forms.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError as fault:
        raise CannotDo(tell("archive.cannot_read", path=forms, why=reason_of(fault))) from fault
    if not found:
        raise UsageError(tell("rerun.why.no_folder", folder=forms))
    return found


def _jobs(folders: Iterable[Path], standings: dict[str, Standing], place: Path) -> tuple[list[SchoolJob], list[Judged]]:
    """A job for each folder of a school whose package counts; the others with the reason."""
    sent = {one.arrival.package.summary.school.code: code for code, one in standings.items() if one.arrival is not None}
    jobs: dict[str, SchoolJob] = {}
    refused: dict[str, Judged] = {}
    first: dict[str, Path] = {}
    for folder in folders:
        written = folder.name.split()[0]
        code = written if written in standings else sent.get(written, "")
        if not code:
            refused[folder.name] = Judged(folder.name, why=say("rerun.why.no_code", name=folder.name))
            continue
        if code in first:
            jobs.pop(code, None)
            refused[code] = Judged(code, why=say("rerun.why.twice", first=first[code].name, second=folder.name))
            continue
        first[code], arrival = folder, standings[code].arrival
        if arrival is None:
            refused[code] = Judged(code, why=say("rerun.why.no_package", file=f"{DECISIONS}.xlsx"))
            continue
        summary = arrival.package.summary
        codes = tuple(dict.fromkeys((code, summary.school.code)))
        package = summary.to_json().decode("utf-8")
        jobs[code] = SchoolJob(code, codes, str(folder.resolve()), str(place / code), arrival.package.content, package)
    return list(jobs.values()), list(refused.values())


def _outcome(job: SchoolJob, future: Future[Judged], unexpected: Callable[[Exception], str]) -> Judged:
    """What a lane gave. Where it gave none, the disk may still say that the school is done."""
    try:
        return future.result()
    except Exception as fault:
        return stands(job) or Judged(job.code, why=str(fault) if isinstance(fault, AntqError) else unexpected(fault))


def _again(outcome: Judged, standing: Standing | None) -> Again:
    if standing is None:
        return Again(outcome.code, "", "", outcome)
    content = standing.arrival.package.content if standing.arrival is not None else ""
    return Again(outcome.code, standing.school.name or "", content, outcome)


def state_of(outcome: Judged) -> str:
    """Where a school stands, in words."""
    name = "failed" if outcome.why else "differs" if outcome.found else "same"
    return say(f"rerun.state.{name}", count=len(outcome.found)) if name == "differs" else say(f"rerun.state.{name}")


def _write(schools: Sequence[Again], place: Path) -> Path:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotDo(tell("cli.cannot_write", path=place, why=reason_of(fault))) from fault
    with locked(place), staging(place) as workshop:
        write_whole(workshop / TABLE, _workbook(schools, place.name))
        return move_set(workshop, place)[TABLE]


def _workbook(schools: Sequence[Again], year: str) -> bytes:
    """Both tables; the same bytes for the same outcomes."""
    own = words("rerun")
    rows = [
        (number, one.code, one.name, one.content[:SHOWN_DIGITS], state_of(one.outcome), len(one.outcome.found), one.outcome.why)
        for number, one in enumerate(schools, start=1)
    ]
    differing = [(one.code, one.name, found.what, found.received, found.again) for one in schools for found in one.outcome.found]
    pages = [
        TablePage(
            own[f"sheet_{name}"], own[f"title_{name}"], [say("rerun.under", year=year)], own[f"columns_{name}"], lines, [say("rerun.note")]
        )
        for name, lines in (("schools", rows), ("differences", differing))
    ]
    return table_book(pages, say("rerun.internal"))
