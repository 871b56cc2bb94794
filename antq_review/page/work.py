"""What a button starts: each function gives the work of one job. The terminal runs the same functions below `cli`.

A job loads the rooms it needs in its own thread when it runs, so that no screen waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo
from antq_review.files import refuse_inside
from antq_review.page.checked import Stamps
from antq_review.page.folders import Known, chosen_of, out_of
from antq_review.page.job import Job
from antq_review.page.known_years import earlier_year
from antq_review.page.left_places import LeftPlaces
from antq_review.page.parts import Parts, stamps_of
from antq_review.places.manifest import sha256_of
from antq_review.places.versions import Kind, day_of
from antq_review.text import day, say, tell
from antq_review.text.crumbs import crumbs

if TYPE_CHECKING:
    from antq_review.ingest.model import Evidence
    from antq_review.ingest.reader import Book
    from antq_review.publish.notebook.kernel import OwnKernelManager

Work = Callable[[Job], str]


def _read(parts: Parts, known: Known, job: Job, seen: Callable[[Book], None] = lambda _: None) -> tuple[Path, Evidence]:
    """The folder of results, and the forms as they are now; what was read is remembered. `seen`: is shown each workbook.

    Raises UsageError as `refuse_inside` does.
    """
    from antq_review.scoring.pipeline import read_folder

    out = out_of(known, parts.out)
    refuse_inside(known.path, out)
    before = stamps_of(known.path)
    evidence = read_folder(known.path, job.files, seen=seen)
    _remember(parts, known, evidence, before)
    return out, evidence


def check(parts: Parts, known: Known) -> Work:
    """Read the forms and write the list of faults with its marked copies; nothing is judged."""

    def work(job: Job) -> str:
        from antq_review.ingest.reread import KeptBooks
        from antq_review.publish.output.check_job import write_check

        kept = KeptBooks()
        out, evidence = _read(parts, known, job, kept.keep)
        job.step(say("page.steps.marking"))
        write_check(evidence, known.path, out, kept)
        shown = parts.of(known).checked
        assert shown is not None  # `_read` has just remembered it
        return shown.counted

    return work


def _remember(parts: Parts, known: Known, evidence: Evidence, before: Stamps) -> None:
    """Keep what was read, and whose year it is. `before`: the forms as they were when the reading began."""
    from antq_review.page import form_views

    shown = form_views.checked(known, evidence, datetime.now(), before)
    parts.read(known, evidence, shown, form_views.without_typed(shown, known, evidence))
    profile = evidence.profile
    if profile is not None:
        now = parts.folders.known(known.id)
        parts.folders.keep(replace(now, code=profile.school_code or "", school=profile.name or "", year=profile.year or 0))


def review(parts: Parts, known: Known, kind: Kind, texts: str = "", on: Callable[[int | None], date] | None = None) -> Work:
    """Read, judge, publish: a draft, an interim or a final version. `on`: another day than that of everything else.

    The version that was chosen before is so no longer: the new one is what people want to see.
    """

    def work(job: Job) -> str:
        from antq_review.publish.output.whole import Wish, review_folder

        out = out_of(known, parts.out)
        before = stamps_of(known.path)
        with _kernel(job) as kernel:
            today = parts.day(known)
            wish = Wish(on or (lambda _: today), texts, kind, earlier_year(parts, known))
            done = review_folder(known.path, out, wish, job.files, job.step, kernel)
        _remember(parts, known, done.evidence, before)
        if done.review is None or done.published is None:
            raise CannotDo(tell("cli.no_profile"))
        parts.folders.keep(replace(parts.folders.known(known.id), chosen=""))
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


@dataclass(frozen=True)
class Papers:
    """The Word documents that were asked for. `incident`: the code of the one that D11 reports."""

    codes: tuple[str, ...]
    final: bool = False
    public: bool = False
    pdf: bool = False
    incident: str = ""


def dossier(parts: Parts, known: Known, wanted: Papers) -> Work:
    """The chosen Word documents."""

    def work(job: Job) -> str:
        from antq_review.publish.dossier import DOCUMENTS
        from antq_review.publish.word.dossier_job import Order
        from antq_review.publish.word.forms import own_forms
        from antq_review.publish.word.whole import departures, make_dossier
        from antq_review.scoring.sections.incident_record import incident_record

        own = own_forms(known.forms, known.path) if known.forms else {}
        out, evidence = _read(parts, known, job)
        job.step(say("cli.steps.judging"))
        incident = incident_record(evidence, wanted.incident) if wanted.incident else None
        now = parts.folders.known(known.id)
        version = chosen_of(now, parts.out)
        order = Order(wanted.codes, wanted.final, wanted.public, own, wanted.pdf, incident, version.own_texts if version else "")
        found = make_dossier(evidence, day_of_papers(parts, now), order, out, job.step, all_wanted=False, earlier=earlier_year(parts, now))
        parts.left(known, {
            f"{path.parent.name}/{name}": LeftPlaces(sha256_of(path), tuple(found.made.open_places.get(code, ())))
            for code in found.codes for name, path in found.made.paths.items()
            if name.startswith(DOCUMENTS[code].slug) and path.suffix == ".docx"
        })
        parts.of(known).notes["ho-so"] = departures(found.made) if own else []
        places = sum(map(len, found.made.open_places.values()))
        return say("page.said.dossier_open" if places else "page.said.dossier", count=len(found.codes), places=places)

    return work


def day_of_papers(parts: Parts, known: Known) -> date:
    """The day up to which Word documents are written: the fixed one, else that of the version that they belong to."""
    return known.as_of or day_of(chosen_of(known, parts.out)) or parts.day(known)


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
        parts.of(known).notes["luu"] = list(sentences(found))
        return say("page.said.compared", count=len(reviews))

    return work


def archive(parts: Parts, known: Known) -> Work:
    """The bag of the year with the version that was chosen, and at once the check that it is whole."""

    def work(job: Job) -> str:
        from antq_review.publish.archive.archive import archive as make
        from antq_review.publish.archive.verify import check_bag

        out, evidence = _read(parts, known, job)
        chosen = chosen_of(parts.folders.known(known.id), parts.out)
        job.step(say("page.steps.bagging"))
        made = make(known.path, evidence, out, date.today(), job.files, chosen.path.name if chosen else "")
        job.step(say("page.steps.verifying"))
        faults = check_bag(made.path, job.files).faults
        parts.of(known).notes["luu"] = [*faults, *made.look_again]
        key = "page.said.bag_faulty" if faults else "page.said.archived"
        return say(key, files=made.counts["files"], name=made.path.name, place=crumbs(made.path.parent))

    return work


def send(parts: Parts, known: Known, minutes: bool) -> Work:
    """The package to hand in, of the version that was chosen. `minutes`: with D4, which names people."""

    def work(job: Job) -> str:
        from antq_review.province.send import send as make

        out, evidence = _read(parts, known, job)
        chosen = chosen_of(parts.folders.known(known.id), parts.out)
        job.step(say("page.steps.packing"))
        made = make(known.path, evidence, out, minutes=minutes, named=chosen.path.name if chosen else "")
        parts.of(known).notes["luu"] = list(made.left_out)
        key = "sent" if made.is_new else "sent_same"
        return say(f"page.said.{key}", name=made.path.name, version=made.version.named, check=made.code, files=len(made.files))

    return work


def verify(parts: Parts, known: Known, bag: Path) -> Work:
    """Is an archived bag still whole?"""

    def work(job: Job) -> str:
        from antq_review.publish.archive.verify import check_bag

        job.step(say("page.steps.verifying"))
        found = check_bag(bag, job.files)
        parts.of(known).notes["luu"] = list(found.faults)
        key = "page.said.bag_faulty" if found.faults else "page.said.bag_whole"
        return say(key, files=found.files, name=bag.name, place=crumbs(bag.parent))

    return work
