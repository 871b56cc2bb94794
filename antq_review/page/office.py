"""The screens of whoever receives packages: the folder and its one job."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from tornado.web import HTTPError

from antq_review.files import files_below, left_behind
from antq_review.page import office_work
from antq_review.page.folders import Known
from antq_review.page.guard import Guarded
from antq_review.page.job import Job
from antq_review.page.office_place import is_office
from antq_review.page.office_views import Office, SchoolLine
from antq_review.page.watch import ask_to_stop, tell_state
from antq_review.page.words import words_of
from antq_review.page.year import Step
from antq_review.province.officer_folder import ARRIVALS
from antq_review.province.outputs import head_lines
from antq_review.province.roll_up import Receipt
from antq_review.text import number

#: Unreadable files that are listed while a job runs.
_MOST_LISTED = 20


class OfficeHandler(Guarded):
    """Base of these screens. `step`: its address among the steps; `tells`: does it say how the last job ended?"""

    step, tells = "", True

    def known(self, name: str) -> Known:
        """The folder with an id; 404 for any other word and for a folder of another kind."""
        try:
            known = self.parts.folders.known(name)
        except KeyError as fault:
            raise HTTPError(HTTPStatus.NOT_FOUND) from fault
        if not is_office(known.path):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return known

    def office(self, known: Known) -> Office:
        """What is known of it since the program started."""
        return office_work.office_of(self.parts, known)

    def show_office(self, template: str, known: Known, **values: object) -> None:
        """A screen with the frame of the folder."""
        job = self.parts.jobs.last(known.id)
        self.show(
            template, known=known, steps=list(self._steps(known)), step=self.step, base=f"/s/{known.id}", day=self.parts.day(known),
            job=job if self.tells and job is not None and not job.runs else None, running=self.parts.jobs.running, **values,
        )

    def line(self, known: Known, key: str) -> SchoolLine:
        """The school with a key; 404 for any other word."""
        found = next((one for one in self.office(known).lines if one.key == key), None)
        if found is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return found

    def _steps(self, known: Known) -> Iterator[Step]:
        office = self.office(known)
        running = self.parts.jobs.running
        receipt = Receipt.of(office.looked.found.standings) if office.looked else None
        not_yet = words_of("office.not_yet")
        got = words_of("office.of", part=number(receipt.received), whole=number(receipt.expected)) if receipt else not_yet
        yield Step("nhan", "intake", got)
        runs = words_of("nav.runs") if running is not None and running.folder == known.id else ""
        data = words_of("office.data", time=f"{office.looked_at:%H:%M}") if office.looked_at else not_yet
        yield Step("bang", "table", runs or data)
        returned = words_of("office.returned", count=number(receipt.returned)) if receipt else not_yet
        yield Step("nhieu", "many", returned)
        yield Step("mau", "sample", words_of("office.files_sample") if receipt else not_yet)
        yield Step("tep", "exports", words_of("office.files") if receipt else not_yet)


class Intake(OfficeHandler):
    """Where packages are put, what the last run found, what to do first."""

    step = "nhan"

    def get(self, name: str) -> None:
        """The screen."""
        known = self.known(name)
        looked = self.office(known).looked
        files = sum(not left_behind(path.name) for path in files_below(known.path / ARRIVALS))
        self.show_office(
            "office_intake.html.j2", known, files=files, looked=looked, lines=head_lines(looked.found) if looked else [],
            unreadable=looked.found.unreadable[:200] if looked else (), faults=looked.faults if looked else (),
        )


class StartRollUp(OfficeHandler):
    """Check and roll-up."""

    def post(self, name: str) -> None:
        """Start, then the running screen. A day that is given is the day of the data from then on."""
        known = self.known(name)
        public = self.get_body_argument("cong_khai", "") == "1"
        back = f"/s/{known.id}/{'tep' if public else 'nhan'}"
        dated = self.with_day(known, f"/s/{known.id}/nhan")
        if dated is not None:
            self.start(dated, "roll_up", office_work.roll_up(self.parts, dated, public), lambda busy: self.refuse(busy, back))


class OfficeRunning(OfficeHandler):
    """11: how far the job is, with the files that cannot be read as they come up."""

    step = "bang"

    def get(self, name: str) -> None:
        """The job, or the table where it ended well; a refusal is shown where the work begins."""
        known = self.known(name)
        job = self.parts.jobs.last(known.id)
        if job is None or not job.runs:
            self.go(f"/s/{known.id}/{'bang' if job is not None and job.state == 'done' else 'nhan'}")
            return
        self.show_office("office_running.html.j2", known, now=job, **office_progress(job, self.office(known)))


def office_progress(job: Job, office: Office) -> dict[str, object]:
    """The numbers of the running screen: files done of all, seconds left by the pace so far."""
    refused = [one for _, one in list(office.kept.values()) if one.refused is not None]
    says = words_of("office.progress", done=number(job.done), every=number(job.every)) if job.every else job.phases[-1].name
    left = round(job.phases[-1].seconds / job.done * (job.every - job.done)) if job.done else None
    times = words_of("office.left", seconds=left, count=number(len(refused))) if left is not None else words_of(
        "running.since", seconds=round(job.seconds)
    )
    share = job.done / job.every if job.every else None
    return {"share": share, "says": says, "times": times, "refused": refused[-_MOST_LISTED:], "refused_count": len(refused)}


class OfficeStatus(OfficeHandler):
    """What a tab asks once a second while a job runs."""

    def get(self, name: str) -> None:
        """The rendered state of the job, or that none runs."""
        known = self.known(name)
        office = self.office(known)
        tell_state(self, self.parts.jobs.last(known.id), lambda job: office_progress(job, office), "office_running_part.html.j2")


class OfficeStop(OfficeHandler):
    """Stops the running job of this folder; what was opened is not opened again."""

    def post(self, name: str) -> None:
        """Ask it to."""
        known = self.known(name)
        ask_to_stop(self.parts.jobs, known.id)
        self.go(f"/s/{known.id}/chay")
