"""A running job as a tab sees it, for a school's folder and an officer's: its state, asked once a second, and its stop."""

from __future__ import annotations

import json
from collections.abc import Callable

from antq_review.page.guard import Guarded
from antq_review.page.job import Job, Jobs
from antq_review.page.words import page


def tell_state(handler: Guarded, job: Job | None, progress: Callable[[Job], dict[str, object]], template: str) -> None:
    """Answer with the rendered state of a folder's job, or that none runs. `progress`: the values of the template."""
    answer: dict[str, object] = {"runs": False}
    if job is not None and job.runs:
        told = progress(job)
        answer = {"runs": True, "says": told["says"], "part": page(template, now=job, **told)}
    handler.set_header("Content-Type", "application/json; charset=utf-8")
    handler.finish(json.dumps(answer, ensure_ascii=False))


def ask_to_stop(jobs: Jobs, folder: str) -> None:
    """Ask the running job to end, where it is this folder's; the running screen shows the end."""
    job = jobs.running
    if job is not None and job.folder == folder:
        job.stop.ask()
