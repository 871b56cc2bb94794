"""What the officer's buttons start: check and roll-up as one job that goes on where it was stopped, and a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from antq_review.forms.choices.officer import DecisionKind
from antq_review.page.folders import Known
from antq_review.page.job import Job
from antq_review.page.office_views import Office, lines_of, office_out
from antq_review.page.parts import Parts
from antq_review.page.words import words_of
from antq_review.page.work import Work
from antq_review.province.arrival import Arrival
from antq_review.province.decide import ReasonToReturn, choose_package, decide
from antq_review.province.slips import write_slips
from antq_review.province.work import look, place_of, write_tables
from antq_review.text import number, say


def office_of(parts: Parts, known: Known) -> Office:
    """What is known of an officer's folder."""
    return parts.offices.setdefault(known.id, Office())


def roll_up(parts: Parts, known: Known, public: bool = False) -> Work:
    """Open what is new, choose, add up, write the tables and new slips; `public`: the copy that may leave the office too."""

    def work(job: Job) -> str:
        office, out = office_of(parts, known), office_out(known, parts.out)
        looked = look(known.path, parts.day(known), date.today(), job.files, office.kept)
        office.looked, office.looked_at, office.lines = looked, datetime.now(), lines_of(looked)
        settings = looked.found.settings
        parts.folders.keep(replace(parts.folders.known(known.id), school=settings.body, year=settings.year))
        job.step(say("page.steps.tables"))
        for copy in (False, True) if public else (False,):
            job.stop.check()  # between whole sets of files
            write_tables(looked, out, copy)
        job.stop.check()
        write_slips(looked.found, place_of(out, settings.year, False))
        says = words_of("said.rolled_up", packages=number(looked.packages), unreadable=number(len(looked.found.unreadable)))
        return f"{says} {words_of('said.office_faults', count=number(len(looked.faults)))}" if looked.faults else says

    return work


def choice(parts: Parts, known: Known, code: str, arrival: Arrival) -> Work:
    """Write which package of a school counts, then roll up again."""
    return _written(parts, known, lambda: choose_package(known.path, code, arrival))


def decision(
    parts: Parts, known: Known, packages: Sequence[tuple[str, Arrival]], kind: DecisionKind, reasons: Sequence[ReasonToReturn]
) -> Work:
    """Write one decision about packages (code of the school, package), then roll up again."""
    return _written(parts, known, lambda: decide(known.path, packages, kind, date.today(), reasons=reasons))


def _written(parts: Parts, known: Known, write: Callable[[], Path]) -> Work:
    """Write into the officer's workbook, then roll up again: only the two workbooks are read anew. What is written stays, also
    where the roll-up after it is stopped."""
    again = roll_up(parts, known)

    def work(job: Job) -> str:
        job.step(say("page.steps.deciding"))
        aside = write()
        again(job)
        return words_of("said.decided", aside=f"{aside.parent.name}/{aside.name}")

    return work
