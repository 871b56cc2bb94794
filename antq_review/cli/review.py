"""`antq review` of one folder: the whole job, and its summary on screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.cli.check import print_findings, print_problems
from antq_review.cli.progress import progress
from antq_review.files import refuse_inside
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.ingest.problem_groups import problem_groups
from antq_review.scoring.model.review import Review, TextReview
from antq_review.text import criterion_label, day, number, say

if TYPE_CHECKING:
    from antq_review.places.versions import Kind
    from antq_review.publish.notebook.kernel import OwnKernelManager
    from antq_review.publish.output.review_job import Published


def review_folder(
    folder: Path, out: Path, as_of: str, texts: str, kind: Kind, kernel: OwnKernelManager, previous: Path | None = None,
    moved: bool = False, as_json: bool = False,
) -> int:
    """The whole job: read, judge, report, annex. The report's kernel starts while the forms are read, or has started.

    Returns the exit code.
    """
    from antq_review.cli.as_json import of_review, print_json
    from antq_review.publish.output.whole import Wish
    from antq_review.publish.output.whole import review_folder as whole
    from antq_review.scoring.pipeline import asked_day

    wish = Wish(asked_day(as_of), texts, kind, previous, moved)
    refuse_inside(folder, out)
    with progress() as (files, step):
        done = whole(folder, out, wish, files, step, kernel)
    if as_json:
        print_json(of_review(done))
        return 1 if done.review is None or is_open(done.review, done.evidence.problems) else 0
    if done.review is None or done.published is None:
        return only_problems(done.evidence, done.findings)
    print_review(done.review)
    for line in version_lines(done.published):
        print(line)
    print(say("cli.review.results"))
    for path in (*done.published.paths.values(), *done.findings):
        print(f"  {path}")
    return print_state(done.review, done.evidence.problems)


def version_lines(made: Published) -> Iterator[str]:
    """What was made, what differs from the final version before it, and which version of last year it is compared with."""
    if made.same and made.version is not None:
        yield say("places.same", version=made.version.named)
    elif made.version is not None and made.before is not None:
        yield say("places.new", version=made.version.named, before=made.before.named)
        yield from (f"  · {one}" for one in made.changes)
    elif made.version is not None:
        yield say("places.new_first", version=made.version.named)
    if made.earlier is not None:
        yield say("places.compared_with", path=made.earlier)
    if made.unsure is not None:
        yield str(made.unsure)


def only_problems(evidence: Evidence, paths: list[Path]) -> int:
    """The school of the folder is unknown, so nothing is judged and the list of problems (`paths`) is the only result.

    Returns 1.
    """
    if not evidence.files:
        print(say("cli.check.nothing"))
    print_problems(evidence.problems)
    print_findings(evidence, paths)
    print(say("cli.no_profile"))
    return 1


def print_review(review: Review) -> None:
    """Print the summary of a review."""
    from antq_review.publish.report_dates import due
    from antq_review.publish.tables.page_one import conflicts

    print(
        say("cli.review.school", name=review.school.name or review.school.code, year=review.year, day=day(review.as_of))
    )
    for text in review.texts:
        print("  " + _text_line(text))
        print("".join(f"    {one.says}\n" for one in review.progress if one.of == text.id), end="")
    for text, differing in conflicts(review):
        what = say("cli.review.criterion" if text.total is None else "cli.review.item", id=criterion_label(differing.id))
        print("  " + say("cli.review.differs", text=text.short, what=what, says=differing.conflict))
    for one in review.left_out:
        print(f"  {one.says}")
    goals = Counter(goal.status.value for goal in review.goals)
    if goals:
        print("  " + say("cli.review.plan", counts=_states("goal", goals)))
        print("".join(f"    {one.says}\n" for one in review.progress if one.of == "plan"), end="")
    for warning in review.warnings:
        print(f"  {warning}")
    _print_next_days(review)
    for advice in review.to_do[:3]:
        until = f" ({due(review, advice.due_on)})" if advice.due_on else ""
        print("  " + say("cli.review.first", says=advice.says) + until)
        if advice.effect:
            print(f"    → {advice.effect}")
    if review.checks:
        print("  " + say("cli.review.checks", count=len(review.checks), first=review.checks[0].says))
    print("  " + say("cli.review.only_tool"))


def _print_next_days(review: Review) -> None:
    from antq_review.publish.report_dates import next_day_lines

    for says in next_day_lines(review):
        print("  " + say("calendar.next", says=says))


def _text_line(text: TextReview) -> str:
    """What the evidence says of a text, then what the school's meeting concluded; each with its name."""
    from antq_review.publish.wording import basis, self_assessed

    places = {"text": text.short, "basis": basis(text).lower()}
    if text.result is not None:
        states = Counter(finding.settled.truth.value for finding in text.findings)
        return say(
            "cli.review.standard", result=say(f"publish.results.{text.result.value}"), counts=_states("state", states),
            own=self_assessed(text), **places,
        )
    assert text.range is not None and text.range.high is not None and text.total is not None
    low, high = number(text.range.low), number(text.range.high)
    between = low if low == high else say("cli.review.between", low=low, high=high)
    if text.unread:
        figures = {"considered": number(text.considered or 0), "unread": number(text.unread)}
        line = say("cli.review.points", range=between, total=number(text.total), **figures, **places)
    else:
        line = say("cli.review.points_all", range=between, total=number(text.total), **places)
    key = "no_class" if not text.bands else "one_class" if len(text.bands) == 1 else "class"
    bands = say(f"cli.review.{key}", bands=", ".join(text.bands))
    return say("cli.review.with_own", line=line, bands=bands.rstrip("."), own=self_assessed(text))


def _states(group: str, counts: Counter[str]) -> str:
    from antq_review.text import words

    return " · ".join(say(f"cli.{group}.{name}", count=counts[name]) for name in words("cli")[group] if counts[name])


def is_open(review: Review, problems: list[Problem]) -> bool:
    """Is the review a draft that must stay one, or a draft whose forms have faults?"""
    return review.draft and bool(review.draft_reasons or _standing(problems))


def _standing(problems: list[Problem]) -> int:
    """The number of causes, as `problems_in_the_way` counts them."""
    return len(problem_groups(problem for problem in problems if problem.severity is not Severity.NOTE))


def print_state(review: Review, problems: list[Problem]) -> int:
    """Print whether the review is final, or what is open. Returns the exit code: 1 where it is open, else 0."""
    if not review.draft:
        print(say("cli.review.final"))
    if not is_open(review, problems):
        return 0
    from antq_review.scoring.sections.final_version import problems_in_the_way

    count, faults = len(review.draft_reasons), problems_in_the_way(review)
    key = "nothing_open" if not count else "open_with_faults" if faults else "open"
    print(say(f"cli.review.{key}", count=count, problems=faults))
    if others := _standing(problems) - faults:
        print(say("cli.review.other_faults", count=others))
    return 1
