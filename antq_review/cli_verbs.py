"""What each verb does and prints. Results go to standard output, progress and faults to standard error."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from antq_review.cli_check import print_findings, print_problems, refuse_inside, write_findings
from antq_review.cli_progress import progress
from antq_review.errors import CannotDo
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.scoring.review import Review, TextReview
from antq_review.text import day, number, say

# --- review --------------------------------------------------------------------------------------------------------


def review_folder(folder: Path, out: Path, as_of: str, texts: str, final: bool) -> int:
    """The whole job: read, judge, report, annex."""
    from antq_review.publish.job import publish
    from antq_review.scoring.folder import read_day, read_folder, review_evidence

    on = read_day(as_of)
    refuse_inside(folder, out)
    with progress() as (files, step):
        evidence = read_folder(folder, files)
        if evidence.profile is None:
            return _only_problems(evidence, folder, out)
        step(say("cli.steps.judging"))
        found = review_evidence(evidence, on, texts, final)
        paths = publish(found, out, step)
    _print_review(found)
    print(say("cli.review.results"))
    for path in paths.values():
        print(f"  {path}")
    return _print_state(found, evidence.problems)


def _only_problems(evidence: Evidence, folder: Path, out: Path) -> int:
    """Nobody knows whose folder it is: nothing is judged, the list of problems is all."""
    if not evidence.files:
        print(say("cli.check.nothing"))
    paths = write_findings(evidence, folder, out)
    print_problems(evidence.problems)
    print_findings(evidence, paths)
    print(say("cli.no_profile"))
    return 1


def _print_review(review: Review) -> None:
    print(
        say("cli.review.school", name=review.school.name or review.school.code, year=review.year, day=day(review.as_of))
    )
    for text in review.texts:
        print("  " + _text_line(text))
        print("".join(f"    {one.says}\n" for one in review.progress if one.of == text.id), end="")
    goals = Counter(goal.status.value for goal in review.goals)
    if goals:
        print("  " + say("cli.review.plan", counts=_states("goal", goals)))
        print("".join(f"    {one.says}\n" for one in review.progress if one.of == "plan"), end="")
    for warning in review.warnings:
        print("  " + warning)
    _print_next_days(review)
    for advice in review.to_do[:3]:
        until = f" ({say('cli.review.due', day=day(advice.due_on))})" if isinstance(advice.due_on, date) else ""
        print("  " + say("cli.review.first", says=advice.says) + until)
        if advice.effect:
            print("    → " + advice.effect)
    if review.checks:
        print("  " + say("cli.review.checks", count=len(review.checks), first=review.checks[0].says))
    print("  " + say("cli.review.only_tool"))


def _print_next_days(review: Review) -> None:
    from antq_review.publish.season import next_day_lines

    for says in next_day_lines(review):
        print("  " + say("calendar.next", says=says))


def _text_line(text: TextReview) -> str:
    if text.result is not None:
        states = Counter(finding.settled.truth.value for finding in text.findings)
        return say(
            "cli.review.standard",
            text=text.short,
            result=say(f"cli.result.{text.result.value}"),
            counts=_states("state", states),
        )
    assert text.range is not None and text.range.high is not None and text.total is not None
    low, high = number(text.range.low), number(text.range.high)
    between = low if low == high else say("cli.review.between", low=low, high=high)
    if text.unread:
        line = say(
            "cli.review.points",
            text=text.short,
            considered=number(text.considered or 0),
            total=number(text.total),
            range=between,
            unread=number(text.unread),
        )
    else:
        line = say("cli.review.points_all", text=text.short, range=between, total=number(text.total))
    bands = say("cli.review.class", bands=", ".join(text.bands)) if text.bands else say("cli.review.no_class")
    return f"{line}. {bands}"


def _states(group: str, counts: Counter[str]) -> str:
    from antq_review.text import words

    return " · ".join(say(f"cli.{group}.{name}", count=counts[name]) for name in words("cli")[group] if counts[name])


def _print_state(review: Review, problems: list[Problem]) -> int:
    standing = sum(problem.severity is not Severity.NOTE for problem in problems)
    if not review.draft:
        print(say("cli.review.final"))
        return 0
    if review.draft_reasons or standing:
        print(say("cli.review.open", count=len(review.draft_reasons), problems=standing))
        return 1
    return 0


# --- notebooks -----------------------------------------------------------------------------------------------------


def open_lab(out: Path) -> int:
    """JupyterLab on a copy of the notebooks; a copy that the user changed is kept."""
    import importlib.util
    import shutil
    import subprocess

    from antq_review.shipped import shipped

    if importlib.util.find_spec("jupyterlab") is None:
        raise CannotDo(say("cli.no_lab"))
    folder = out / "so_tinh"
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in sorted(shipped("notebooks").glob("*.ipynb")):
        if not (folder / notebook.name).exists():
            shutil.copy(notebook, folder / notebook.name)
    print(say("cli.lab.ready", path=folder))
    return subprocess.call([sys.executable, "-m", "jupyterlab", str(folder)])
