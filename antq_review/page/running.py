"""Starting, watching and stopping the one job; the question that every open tab asks."""

from __future__ import annotations

from antq_review.page import work
from antq_review.page.job import Job
from antq_review.page.watch import ask_to_stop, tell_state
from antq_review.page.words import words_of
from antq_review.page.year import SCREENS, YearHandler
from antq_review.places.versions import Kind
from antq_review.text import say


class StartCheck(YearHandler):
    """Reads the forms."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        self.start(known, "check", work.check(self.parts, known))


class StartReview(YearHandler):
    """Judges and publishes a draft. A day that is given is the day of everything from then on."""

    def post(self, name: str) -> None:
        """Start, then the running screen."""
        known = self.known(name)
        dated = self.with_day(known, f"/h/{known.id}/ket-qua")
        if dated is not None:
            self.start(dated, "review", work.review(self.parts, dated, Kind.DRAFT))


class Running(YearHandler):
    """06: how far the job is. It goes on without this page."""

    step = "ket-qua"

    def get(self, name: str) -> None:
        """The job, or where its end is shown."""
        known = self.known(name)
        job = self.parts.jobs.last(known.id)
        if job is None or not job.runs:
            self.go(f"/h/{known.id}/{SCREENS[job.kind] if job else 'bieu'}")
            return
        self.show_year("running.html.j2", known, now=job, **progress(job))


def progress(job: Job) -> dict[str, object]:
    """The numbers of the running screen: the share that is done, by time or else by steps, and the sentence about the step.

    A bar without a share moves all the time, which costs an old computer more than the page does.
    """
    usual = job.usual
    pending, count = _pending(job), len(job.phases)
    share = min(0.97, job.seconds / usual) if usual else (count - 1) / (count + len(pending))
    says = words_of("running.says", number=count, every=count + len(pending), name=job.phases[-1].name)
    if job.every:
        says += " " + words_of("running.files", done=job.done, every=job.every)
    times = words_of("running.usual" if usual else "running.since", seconds=round(job.seconds), usual=round(usual or 0))
    return {"share": share, "says": says, "times": times, "pending": pending}


def _pending(job: Job) -> list[str]:
    """The names of the steps that follow."""
    names = {"check": ("page.steps.marking",)}.get(job.kind, tuple(f"cli.steps.{one}" for one in ("judging", "annex", "report", "done")))
    planned = [say(name) for name in names] if job.kind in ("check", "review", "final", "interim") else []
    passed = {phase.name for phase in job.phases}
    return [name for name in planned if name not in passed]


class Status(YearHandler):
    """What a tab asks once a second while a job runs, and every ten seconds otherwise."""

    def get(self, name: str) -> None:
        """The rendered state of the job, or where its end is."""
        tell_state(self, self.parts.jobs.last(self.known(name).id), progress, "running_part.html.j2")


class StopJob(YearHandler):
    """Stops the running job of a folder."""

    def post(self, name: str) -> None:
        """Ask it to; the running screen shows the end."""
        known = self.known(name)
        ask_to_stop(self.parts.jobs, known.id)
        self.go(f"/h/{known.id}/chay")
