"""`antq review` of several folders, one after the other on a warm kernel; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.cli.check import refuse_inside, write_findings
from antq_review.cli.help import logged
from antq_review.cli.progress import progress
from antq_review.cli.review import is_open, review_folder, version_lines
from antq_review.errors import AntqError, CannotDo, NotFinal, UsageError
from antq_review.ingest.model import Evidence
from antq_review.places.versions import Kind
from antq_review.scoring.model.review import Review
from antq_review.text import act, literal, say, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import WarmKernels
    from antq_review.publish.output.review_job import Published


@dataclass
class _Run:
    """The common settings of the folders of a run, and the results so far.

    `seen`: school and year → the first folder with them.
    """

    out: Path
    as_of: Callable[[int | None], date]
    texts: str
    kind: Kind
    kernels: WarmKernels
    moved: bool
    seen: dict[tuple[str, int], Path] = field(default_factory=dict)
    made: int = 0
    open: int = 0
    failed: list[tuple[Path, str]] = field(default_factory=list)


def review_folders(
    folders: Sequence[Path], out: Path, as_of: str, texts: str, kind: Kind, previous: Path | None = None, moved: bool = False,
    as_json: bool = False,
) -> int:
    """The whole job on each folder. Returns 0 where every report is made and no review is open, else 1.

    Raises UsageError, before any folder is read, for a mistake that concerns all of them.
    """
    if len(folders) == 1:
        return review_folder(folders[0], out, as_of, texts, kind, previous, moved, as_json)
    if previous is not None:
        raise UsageError(tell("batch.one_previous"))
    from antq_review.scoring.pipeline import asked_day

    on = asked_day(as_of)
    for folder in folders:
        refuse_inside(folder, out)
    from antq_review.publish.notebook.kernel import WarmKernels

    with WarmKernels() as kernels:
        run = _Run(out, on, texts, kind, kernels, moved)
        for number, folder in enumerate(folders, start=1):
            print(_one(run, folder, say("batch.count", done=number, all=len(folders))), flush=True)
    _print_sum(run, len(folders))
    return 1 if run.failed or run.open else 0


def _one(run: _Run, folder: Path, count: str) -> str:
    """The line about one folder. Its fault is kept for the end of the run, so that the next folder follows."""
    try:
        evidence, found, published = _reviewed(run, folder, count)
    except NotFinal as refusal:
        why = " ".join(str(one) for one in (refusal, *refusal.reasons))
    except AntqError as fault:
        why = str(fault)
    except Exception as fault:
        why = logged(fault)
    else:
        run.made += 1
        run.open += is_open(found, evidence.problems)
        name = found.school.name or found.school.code
        return say("batch.made", count=count, name=name, year=found.year, state=_state(found, evidence, published))
    run.failed.append((folder, why))
    return say("batch.failed", count=count, folder=folder)


def _reviewed(run: _Run, folder: Path, count: str) -> tuple[Evidence, Review, Published]:
    from antq_review.publish.output.review_job import publish
    from antq_review.scoring.pipeline import read_folder, review_evidence

    with progress(f"{count}  ") as (files, step):
        evidence = read_folder(folder, files)
        _refuse(run, folder, evidence)
        step(say("cli.steps.judging"))
        found = review_evidence(evidence, run.as_of(evidence.year), run.texts, run.kind.is_official)
        with run.kernels.lend() as kernel:
            made = publish(found, run.out, step, kernel, kind=run.kind, folder=folder, moved=run.moved)
        write_findings(evidence, folder, run.out)
    return evidence, found, made


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


def _print_sum(run: _Run, every: int) -> None:
    print(say("batch.done", made=run.made, all=every, out=run.out))
    if run.open:
        print(say("batch.open", count=run.open))
    if run.failed:
        print(say("batch.not_done", count=len(run.failed)))
        for folder, why in run.failed:
            print(say("batch.reason", folder=folder, why=why))
        print(say("batch.look", act=act("check", "terminal", path=say("cli.metavars.folder"))))
