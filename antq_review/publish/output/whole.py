"""The whole job on one folder: read, judge, publish, list the faults. The terminal and the page run the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.files import refuse_inside
from antq_review.ingest.model import Evidence
from antq_review.ingest.reread import KeptBooks
from antq_review.places.versions import Kind
from antq_review.publish.notebook.year_report import load_ahead
from antq_review.publish.output.beside import beside
from antq_review.publish.output.check_job import check_files, write_check, write_check_files
from antq_review.publish.output.review_job import Published, publish
from antq_review.scoring.model.review import Review
from antq_review.scoring.pipeline import read_folder, review_evidence
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager


@dataclass(frozen=True)
class Wish:
    """What is asked of a review: the day in the folder's year, the texts (empty: all in force), the kind, last year's review.

    `moved`: the results of this code and year that another folder made are this folder's.
    """

    on: Callable[[int | None], date]
    texts: str = ""
    kind: Kind = Kind.DRAFT
    previous: Path | None = None
    moved: bool = False


@dataclass(frozen=True)
class Done:
    """What a folder gave. `review`, `published`: None where the school is unknown; then the faults are the only result."""

    evidence: Evidence
    review: Review | None = None
    published: Published | None = None
    findings: list[Path] = field(default_factory=list)


def review_folder(
    folder: Path, out: Path, wish: Wish, files: Callable[[int, int], None], step: Callable[[str], None],
    kernel: OwnKernelManager | None = None,
) -> Done:
    """Read, judge, report, annex, list of faults. `kernel` starts while the forms are read, and its libraries load.

    Raises the errors of each step; what was published before stays whole.
    """
    refuse_inside(folder, out)
    if kernel is None or not folder.is_dir():
        return _reviewed(folder, out, wish, files, step, kernel)
    kernel.start()
    with beside(load_ahead):
        return _reviewed(folder, out, wish, files, step, kernel)


def _reviewed(
    folder: Path, out: Path, wish: Wish, files: Callable[[int, int], None], step: Callable[[str], None], kernel: OwnKernelManager | None
) -> Done:
    """The same once the kernel starts. The list of faults and its marked copies are made while the notebook runs."""
    kept = KeptBooks()
    evidence = read_folder(folder, files, seen=kept.keep)
    if evidence.profile is None:
        return Done(evidence, findings=write_check(evidence, folder, out, kept))
    step(say("cli.steps.judging"))
    found = review_evidence(evidence, wish.on(evidence.year), wish.texts, wish.kind.is_official)
    with beside(lambda: check_files(evidence, folder, kept)) as lists:
        made = publish(found, out, step, kernel, compared_with=wish.previous, kind=wish.kind, folder=folder, moved=wish.moved)
    return Done(evidence, found, made, write_check_files(evidence, lists.result(), out))
