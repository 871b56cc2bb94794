"""Schools judged again from their own forms, on several lanes, and compared with the packages that were received from them.

The forms name people and incidents: results stay in the office, apart from the roll-up, which never reads a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import no_folder, reason_of, write_whole
from antq_review.forms.officer_sheets import DECISIONS
from antq_review.places.lock import locked, release_dead
from antq_review.places.move import move_set
from antq_review.places.staging import staging
from antq_review.province.choose import SHOWN_DIGITS, Standing
from antq_review.province.rerun_school import Outcome, Task, rerun_school, stands
from antq_review.province.work import look
from antq_review.publish.excel.table_book import TablePage, table_book
from antq_review.publish.output.executors import Lane, Lanes
from antq_review.text import say, tell, words

#: Where the results lie below OUT, and the workbook that compares.
FOLDER, TABLE = "cham_lai", "doi_chieu.xlsx"


@dataclass(frozen=True)
class Again:
    """One school of the re-run, as far as it is known. `name`: of the list; `content`: of the package; `outcome`: see there."""

    code: str
    name: str
    content: str
    outcome: Outcome


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
    folder: Path, forms: Path, out: Path, today: date, lanes: Callable[[int], tuple[Callable[[], Lane], int]],
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rerun:
    """Judge every school of `forms` again and write the comparison to `OUT/cham_lai/<year>/`.

    What an earlier run has done, with the same forms, packages and tool, is not done again. `lanes`: number of schools → what
    makes a lane, and how many. Raises UsageError for a wrong folder, CannotDo where it cannot be listed or written.
    """
    if out.resolve().is_relative_to(forms.resolve()):
        raise UsageError(tell("rerun.why.inside", out=out, folder=forms))
    looked = look(folder, today, today)
    place = (out / FOLDER / str(looked.found.settings.year)).resolve()
    standings = {one.code: one for one in looked.found.standings}
    others = {other: one.code for one in looked.found.standings for other in _codes_sent(one)}
    tasks, outcomes = _tasks(_folders(forms), standings, others, place)
    kept = [one for task in tasks if (one := stands(task)) is not None]
    outcomes += kept
    done_before = {one.code for one in kept}
    left = [task for task in tasks if task.code not in done_before]
    told(len(kept), len(tasks))
    if left:
        make, count = lanes(len(left))
        try:
            with Lanes(rerun_school, make, count) as all_lanes:
                for task, future in all_lanes.each(left):
                    outcomes.append(_outcome(task, future))
                    told(len(kept) + sum(1 for one in outcomes if one.code in standings) - len(kept), len(tasks))
        finally:
            release_dead(place)
    order = {code: number for number, code in enumerate(standings)}
    outcomes.sort(key=lambda one: (order.get(one.code, len(order)), one.code))
    schools = tuple(_again(one, standings.get(one.code)) for one in outcomes)
    return Rerun(schools, len(kept), _write(schools, place))


def _codes_sent(standing: Standing) -> tuple[str, ...]:
    """The code under which a school's package came, where it is another than the list's."""
    return () if standing.arrival is None else (standing.arrival.package.summary.school.code,)


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


def _tasks(
    folders: Iterable[Path], standings: dict[str, Standing], others: dict[str, str], place: Path
) -> tuple[list[Task], list[Outcome]]:
    """A task for each folder of a school whose package counts; the others with the reason."""
    tasks: dict[str, Task] = {}
    refused: dict[str, Outcome] = {}
    first: dict[str, Path] = {}
    for folder in folders:
        written = folder.name.split()[0]
        code = written if written in standings else others.get(written, "")
        if not code:
            refused[folder.name] = Outcome(folder.name, why=say("rerun.why.no_code", name=folder.name))
            continue
        if code in first:
            tasks.pop(code, None)
            refused[code] = Outcome(code, why=say("rerun.why.twice", first=first[code].name, second=folder.name))
            continue
        first[code], arrival = folder, standings[code].arrival
        if arrival is None:
            refused[code] = Outcome(code, why=say("rerun.why.no_package", file=f"{DECISIONS}.xlsx"))
            continue
        summary = arrival.package.summary
        codes = tuple(dict.fromkeys((code, summary.school.code)))
        package = summary.to_json().decode("utf-8")
        tasks[code] = Task(code, codes, str(folder.resolve()), str(place / code), arrival.package.content, package)
    return list(tasks.values()), list(refused.values())


def _outcome(task: Task, future: Future[Outcome]) -> Outcome:
    """What a lane gave. Where it gave none, the disk may still say that the school is done."""
    try:
        return future.result()
    except Exception as fault:
        return stands(task) or Outcome(task.code, why=str(fault))


def _again(outcome: Outcome, standing: Standing | None) -> Again:
    if standing is None:
        return Again(outcome.code, "", "", outcome)
    content = standing.arrival.package.content if standing.arrival is not None else ""
    return Again(outcome.code, standing.school.name or "", content, outcome)


def state_of(outcome: Outcome) -> str:
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
        TablePage(own[f"sheet_{name}"], own[f"title_{name}"], [say("rerun.under", year=year)], own[f"columns_{name}"], lines, [say("rerun.note")])
        for name, lines in (("schools", rows), ("differences", differing))
    ]
    return table_book(pages, say("rerun.internal"))
