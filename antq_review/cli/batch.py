"""`antq review` of several folders, on as many lanes as wished; one folder that fails does not stop the others.

This process reads the folders, in their order, and settles what lies between them; a lane judges, draws and writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.cli.as_json import Record, of_review, print_json
from antq_review.cli.check import write_findings
from antq_review.cli.help import logged
from antq_review.cli.progress import progress, waiting
from antq_review.cli.review import is_open, review_folder, version_lines
from antq_review.errors import AntqError, CannotDo, NotFinal, UsageError
from antq_review.files import refuse_inside
from antq_review.ingest.model import Evidence
from antq_review.places.lock import release_dead
from antq_review.places.versions import Kind
from antq_review.scoring.model.review import Review
from antq_review.text import act, fold, literal, say, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager
    from antq_review.publish.output.executors import Lanes
    from antq_review.publish.output.review_job import Published


@dataclass(frozen=True)
class _Job:
    """One school, read and not refused. `count`: its place among the folders, in words."""

    number: int
    count: str
    folder: Path
    evidence: Evidence
    on: date
    out: Path
    texts: str
    kind: Kind
    moved: bool
    as_json: bool
    step: Callable[[str], None]

    @property
    def codes(self) -> frozenset[str]:
        """The codes under which the school has results: a year is compared with the one before, which may be another job."""
        profile = self.evidence.profile
        assert profile is not None
        return frozenset(fold(code) for code in (profile.school_code or "", *profile.codes_before()))


@dataclass(frozen=True)
class _Ended:
    """What became of a folder: its line on screen, and either whether the review is open, or why there is none.

    `record`: what `--json` says of it, where that was asked.
    """

    line: str
    is_open: bool = False
    why: str = ""
    record: Record | None = None


@dataclass
class _Run:
    """The common settings of the folders of a run, and the results so far.

    `seen`: school and year → the first folder with them. `ended`: number of a folder → its result; `told`: lines on screen.
    """

    folders: Sequence[Path]
    out: Path
    as_of: Callable[[int | None], date]
    texts: str
    kind: Kind
    moved: bool
    as_json: bool
    seen: dict[tuple[str, int], Path] = field(default_factory=dict)
    ended: dict[int, _Ended] = field(default_factory=dict)
    told: int = 0


def review_folders(
    folders: Sequence[Path], out: Path, as_of: str, texts: str, kind: Kind, kernel: OwnKernelManager, previous: Path | None = None,
    moved: bool = False, workers: int | None = None, as_json: bool = False,
) -> int:
    """The whole job on each folder. Returns 0 where every report is made and no review is open, else 1.

    `workers`: so many lanes; None: as many as this computer has cores and memory for. What is said and written is the same.
    Raises UsageError, before any folder is read, for a mistake that concerns all of them.
    """
    if len(folders) == 1:
        return review_folder(folders[0], out, as_of, texts, kind, kernel, previous, moved, as_json)
    if previous is not None:
        raise UsageError(tell("batch.one_previous"))
    from antq_review.publish.output.executors import Lanes
    from antq_review.publish.output.lane import local_lane, usual_lanes
    from antq_review.scoring.pipeline import asked_day

    run = _Run(folders, out, asked_day(as_of), texts, kind, moved, as_json)
    for folder in folders:
        refuse_inside(folder, out)
    count = min(workers, len(folders)) if workers is not None else usual_lanes(len(folders))
    try:
        with Lanes(_reviewed, local_lane(count), count) as lanes:
            _all(run, lanes, in_turn=count == 1)
    finally:
        release_dead(out)
    return _sum(run)


def _all(run: _Run, lanes: Lanes[_Job, _Ended], in_turn: bool) -> None:
    """Every folder, one after the other. `in_turn`: a folder is finished before the next is read, and its steps are shown."""
    at_work: dict[int, _Job] = {}

    def take(wait: bool) -> bool:
        if (found := lanes.take(wait)) is None:
            return False
        job, future = found
        del at_work[job.number]
        run.ended[job.number] = _result(job, future)
        return True

    for number in range(len(run.folders)):
        count = say("batch.count", done=number + 1, all=len(run.folders))
        with progress(f"{count}  ") as (files, step):
            job = _read(run, number, count, files, step if in_turn else _unseen)
            if job is not None:
                while any(job.codes & other.codes for other in at_work.values()):
                    take(True)
                at_work[number] = job
                lanes.submit(job)
        _tell(run)
        while take(lanes.is_full):
            _tell(run)
    with waiting(len(run.folders), lambda: _tell(run)) as ended:
        while take(True):
            ended(len(run.ended))


def _unseen(_step: str) -> None:
    """The steps of another process are not shown."""


def _tell(run: _Run) -> None:
    """Print the lines of the folders in their order, as far as they have ended."""
    while run.told in run.ended:
        if not run.as_json:
            print(run.ended[run.told].line, flush=True)
        run.told += 1


def _read(run: _Run, number: int, count: str, files: Callable[[int, int], None], step: Callable[[str], None]) -> _Job | None:
    """The job of a folder; None where the folder is refused, which is then its result."""
    from antq_review.scoring.pipeline import read_folder

    folder = run.folders[number]
    try:
        evidence = read_folder(folder, files)
        _refuse(run, folder, evidence)
        return _Job(number, count, folder, evidence, run.as_of(evidence.year), run.out, run.texts, run.kind, run.moved, run.as_json, step)
    except Exception as fault:
        run.ended[number] = _failed(count, folder, fault)
        return None


def _reviewed(job: _Job) -> _Ended:
    """Judge and publish, in a lane."""
    from antq_review.publish.output.lane import warm_kernels
    from antq_review.publish.output.review_job import publish
    from antq_review.publish.output.whole import Done
    from antq_review.scoring.pipeline import review_evidence

    try:
        job.step(say("cli.steps.judging"))
        found = review_evidence(job.evidence, job.on, job.texts, job.kind.is_official)
        with warm_kernels().lend() as kernel:
            made = publish(found, job.out, job.step, kernel, kind=job.kind, folder=job.folder, moved=job.moved)
        done = Done(job.evidence, found, made, write_findings(job.evidence, job.folder, job.out))
    except Exception as fault:  # told here: an exception that has reasons does not come whole into another process
        return _failed(job.count, job.folder, fault)
    name = found.school.name or found.school.code
    line = say("batch.made", count=job.count, name=name, year=found.year, state=_state(found, job.evidence, made))
    return _Ended(line, is_open(found, job.evidence.problems), record=of_review(done) if job.as_json else None)


def _result(job: _Job, future: Future[_Ended]) -> _Ended:
    """What a lane made of a folder. The lane may have died of it."""
    try:
        return future.result()
    except Exception as fault:
        return _failed(job.count, job.folder, fault)


def _failed(count: str, folder: Path, fault: Exception) -> _Ended:
    """The line about a folder without a report. Why is said at the end of the run."""
    if isinstance(fault, NotFinal):
        why = " ".join(str(one) for one in (fault, *fault.reasons))
    else:
        why = str(fault) if isinstance(fault, AntqError) else logged(fault)
    return _Ended(say("batch.failed", count=count, folder=folder), why=why)


def _refuse(run: _Run, folder: Path, evidence: Evidence) -> None:
    """Raises CannotDo for an unknown school, and for the same school and year as in an earlier folder of this run."""
    profile = evidence.profile
    if not evidence.files:
        raise CannotDo(tell("batch.nothing"))
    if profile is None or profile.school_code is None or profile.year is None:
        unread = [f"{entry.file}: {entry.says}" for entry in evidence.problems if entry.file in evidence.unread_files]
        raise CannotDo(literal(" ".join([say("cli.no_profile"), *unread])))
    whose = profile.school_code.casefold(), profile.year
    if whose in run.seen:
        raise CannotDo(tell("batch.twice", code=profile.school_code, year=profile.year, first=run.seen[whose]))
    run.seen[whose] = folder


def _state(review: Review, evidence: Evidence, made: Published) -> str:
    if not review.draft:
        return " ".join(version_lines(made))
    reasons = len(review.draft_reasons)
    state = say("batch.draft", open=reasons) if reasons else say("batch.ready")
    unread = len(set(evidence.unread_files))
    return f"{state}; {say('batch.unread', files=unread)}" if unread else state


def _sum(run: _Run) -> int:
    """Print the sum of the run. Returns the exit code."""
    ended = [run.ended[number] for number in range(len(run.folders))]
    failed = [(folder, one.why) for folder, one in zip(run.folders, ended, strict=True) if one.why]
    still_open = sum(one.is_open for one in ended)
    if run.as_json:
        every = zip(run.folders, ended, strict=True)
        print_json({"folders": [{"folder": str(folder), "refused": one.why or None, **(one.record or {})} for folder, one in every]})
        return 1 if failed or still_open else 0
    print(say("batch.done", made=len(ended) - len(failed), all=len(ended), out=run.out))
    if still_open:
        print(say("batch.open", count=still_open))
    if failed:
        print(say("batch.not_done", count=len(failed)))
        for folder, why in failed:
            print(say("batch.reason", folder=folder, why=why))
        print(say("batch.look", act=act("check", "terminal", path=say("cli.metavars.folder"))))
    return 1 if failed or still_open else 0
