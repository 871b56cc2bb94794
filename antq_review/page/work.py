"""What a button starts: each function gives the work of one job. The terminal runs the same functions below `cli`.

A job loads the rooms it needs in its own thread when it runs, so that no screen waits for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo
from antq_review.files import RESULTS
from antq_review.ingest.model import Evidence, Severity
from antq_review.page.folders import Known, out_of, versions_of
from antq_review.page.job import Job
from antq_review.page.parts import Parts, Stamps, stamps_of
from antq_review.places.versions import Kind
from antq_review.text import day, say, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager

Work = Callable[[Job], str]


def _read(parts: Parts, known: Known, job: Job) -> tuple[Path, Evidence]:
    """The folder of results, and the forms as they are now; what was read is remembered. Raises UsageError as `refuse_inside` does."""
    from antq_review.publish.output.whole import refuse_inside
    from antq_review.scoring.pipeline import read_folder

    out = out_of(known, parts.out)
    refuse_inside(known.path, out)
    before = stamps_of(known.path)
    evidence = read_folder(known.path, job.files)
    _remember(parts, known, evidence, before)
    return out, evidence


def check(parts: Parts, known: Known) -> Work:
    """Read the forms and write the list of faults with its marked copies; nothing is judged."""

    def work(job: Job) -> str:
        from antq_review.publish.output.check_job import write_check

        out, evidence = _read(parts, known, job)
        job.step(say("page.steps.marking"))
        write_check(evidence, known.path, out)
        return counted(evidence)

    return work


def counted(evidence: Evidence) -> str:
    """`1 lỗi, 2 cảnh báo`, or that there is none."""
    found = Counter(problem.severity for problem in evidence.problems)
    parts = [say(f"page.counts.{one.value}", count=found[one]) for one in Severity if found[one]]
    return ", ".join(parts) if parts else say("page.counts.none")


def _remember(parts: Parts, known: Known, evidence: Evidence, before: Stamps) -> None:
    """Keep what was read, and whose year it is. `before`: the forms as they were when the reading began."""
    opened = parts.of(known)
    opened.evidence, opened.read_at, opened.stamps = evidence, datetime.now(), before
    profile = evidence.profile
    if profile is not None:
        now = parts.folders.known(known.id)
        parts.folders.keep(replace(now, code=profile.school_code or "", school=profile.name or "", year=profile.year or 0))


def review(parts: Parts, known: Known, kind: Kind, texts: str = "") -> Work:
    """Read, judge, publish: a draft, an interim or a final version."""

    def work(job: Job) -> str:
        from antq_review.publish.output.whole import Wish, review_folder

        out = out_of(known, parts.out)
        before = stamps_of(known.path)
        with _kernel(job) as kernel:
            on = parts.day(known)
            wish = Wish(lambda _: on, texts, kind, earlier_year(parts, known))
            done = review_folder(known.path, out, wish, job.files, job.step, kernel)
        _remember(parts, known, done.evidence, before)
        if done.review is None or done.published is None:
            raise CannotDo(tell("cli.no_profile"))
        version = done.published.version
        assert version is not None
        key = "same" if done.published.same else "final" if version.is_official else "reviewed"
        return say(f"page.said.{key}", version=version.named, day=day(done.review.as_of))

    return work


@contextmanager
def _kernel(job: Job) -> Iterator[OwnKernelManager]:
    """A kernel that ends with the job, or when its end is asked for."""
    from antq_review.publish.notebook.kernel import leave_thread, own_kernel

    try:
        with own_kernel() as kernel:
            job.stop.also(kernel.stop)
            yield kernel
    finally:
        leave_thread()


def earlier_year(parts: Parts, known: Known) -> Path | None:
    """The review of the year before, where it lies in another known folder; with one folder of results `publish` finds it."""
    from antq_review.history import review_file

    if parts.out is not None or not known.code:
        return None
    for other in parts.folders.recent():
        if (other.code, other.year) == (known.code, known.year - 1):
            path = review_file(other.path / RESULTS / other.code / str(other.year))
            return path if path.is_file() else None
    return None


def dossier(parts: Parts, known: Known, codes: tuple[str, ...], final: bool, public: bool) -> Work:
    """The chosen Word documents."""

    def work(job: Job) -> str:
        from antq_review.history import load_any, previous
        from antq_review.publish.word.chosen import judged
        from antq_review.publish.word.dossier_job import Order, write_dossier

        out, evidence = _read(parts, known, job)
        job.step(say("cli.steps.judging"))
        concern, found = judged(evidence, parts.day(known), codes, final, all_wanted=False)
        if not concern:
            raise CannotDo(tell("page.none_concerns"))
        path = earlier_year(parts, parts.folders.known(known.id))
        earlier = load_any(path) if path is not None else previous(out, found.school.code, found.year)
        made = write_dossier(found, earlier, Order(concern, final, public), out, job.step)
        parts.of(known).open_places |= {code: made.open_places.get(code, []) for code in concern}
        places = sum(map(len, made.open_places.values()))
        return say("page.said.dossier_open" if places else "page.said.dossier", count=len(concern), places=places)

    return work


def compare(parts: Parts, known: Known, years: Sequence[Path]) -> Work:
    """Years of one school side by side. `years`: folders of versions."""

    def work(job: Job) -> str:
        from antq_review.history import review_file
        from antq_review.publish.comparison.sentences import sentences
        from antq_review.publish.output.comparison_job import publish_comparison, stored_years

        reviews, names = stored_years([review_file(path) for path in years])
        job.step(say("cli.steps.report"))
        with _kernel(job) as kernel:
            found, _ = publish_comparison(reviews, out_of(known, parts.out), job.step, kernel, names)
        parts.of(known).notes = list(sentences(found))
        return say("page.said.compared", count=len(reviews))

    return work


def archive(parts: Parts, known: Known, of: str = "") -> Work:
    """The bag of the year, and at once the check that it is whole."""

    def work(job: Job) -> str:
        from datetime import date

        from antq_review.publish.archive.archive import archive as make
        from antq_review.publish.archive.verify import check_bag

        out, evidence = _read(parts, known, job)
        job.step(say("page.steps.bagging"))
        made = make(known.path, evidence, out, date.today(), job.files, of)
        job.step(say("page.steps.verifying"))
        faults = check_bag(made.path, job.files).faults
        parts.of(known).notes = [*faults, *made.look_again]
        return say("page.said.archived" if not faults else "page.said.bag_faulty", files=made.counts["files"], path=made.path)

    return work


def verify(parts: Parts, known: Known, bag: Path) -> Work:
    """Is an archived bag still whole?"""

    def work(job: Job) -> str:
        from antq_review.publish.archive.verify import check_bag

        job.step(say("page.steps.verifying"))
        found = check_bag(bag, job.files)
        parts.of(known).notes = list(found.faults)
        return say("page.said.bag_faulty" if found.faults else "page.said.bag_whole", path=bag, files=found.files)

    return work


def versions_known(parts: Parts, known: Known) -> list[tuple[Known, Path]]:
    """Of every known year of this school, the version that counts: what can be compared, the newest year first."""
    found = []
    for other in parts.folders.recent():
        if other.code and other.code == known.code:
            newest = versions_of(other, parts.out)
            found += [(other, newest[-1].path)] if newest else []
    return sorted(found, key=lambda one: one[0].year, reverse=True)
