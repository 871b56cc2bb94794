"""What each verb does and prints. Results go to standard output, progress and faults to standard error."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.scoring.review import Review, TextReview
from antq_review.text import day, number, say


def make_templates(folder: Path, school_code: str | None, year: int | None) -> None:
    """Write the blank workbooks; a file of the same name stops everything before anything is written."""
    from antq_review.forms import blank_files

    if year is not None and not 2022 <= year <= 2099:
        raise UsageError(say("cli.bad_year", year=year))
    files = blank_files(school_code, year)
    for name in files:
        if (folder / name).exists():
            raise CannotDo(say("cli.folder_not_empty", path=folder, name=name))
    for name, content in files.items():
        write_whole(folder / name, content)
    print(say("cli.templates.made", count=len(files), path=folder))
    for name in files:
        print(f"  {name}")
    print(say("cli.templates.next", path=folder))


# --- progress ------------------------------------------------------------------------------------------------------


@contextmanager
def _progress() -> Iterator[tuple[Callable[[int, int], None], Callable[[str], None]]]:
    """(told of files read, told of the next step). A bar on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield (lambda _done, _all: None), (lambda _step: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("cli.steps.reading"), total=None)
        steps = [say(f"cli.steps.{name}") for name in ("judging", "annex", "report", "done")]

        def files(done: int, every: int) -> None:
            bar.update(task, completed=done, total=every)

        def step(name: str) -> None:
            bar.update(task, description=name, completed=steps.index(name) + 1, total=len(steps))

        yield files, step


# --- check ---------------------------------------------------------------------------------------------------------


def check_folder(folder: Path, out: Path) -> int:
    """Read, judge nothing: the list of problems, on screen and as a workbook."""
    from antq_review.scoring.folder import read_folder

    _refuse_inside(folder, out)
    with _progress() as (files, _):
        evidence = read_folder(folder, files)
    _print_problems(evidence.problems)
    _print_read(evidence)
    if evidence.problems:
        print(say("cli.check.list", path=_write_problem_list(evidence, out)))
    print(_counts(evidence.problems))
    return _exit_code(evidence.problems)


def _refuse_inside(folder: Path, out: Path) -> None:
    """Nothing is ever written into the evidence folder."""
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError(say("cli.out_inside", out=out, folder=folder))


def _exit_code(problems: list[Problem]) -> int:
    return 1 if any(problem.severity is not Severity.NOTE for problem in problems) else 0


def _write_problem_list(evidence: Evidence, out: Path) -> Path:
    from antq_review.publish.problem_list import problem_list

    profile = evidence.profile
    place = out / str(profile.school_code) / str(profile.year) if profile else out / "_chua_ro"
    path = place / "kiem_tra" / "loi_nhap_lieu.xlsx"
    write_whole(path, problem_list(evidence.problems))
    return path


def _print_problems(problems: list[Problem]) -> None:
    for problem in problems:
        print(f"[{say(f'ingest.severity.{problem.severity.value}')}] {problem.place}".rstrip())
        print("    " + " ".join(part for part in (problem.says, problem.remedy, problem.consequence) if part))
        if problem.severity is Severity.ERROR and problem.expected:
            print("    " + say("cli.check.expected", expected=problem.expected))


def _print_read(evidence: Evidence) -> None:
    if not evidence.files:
        print(say("cli.check.nothing"))
    rows = sum(len(table.rows) for name, table in evidence.tables.items() if name not in ("profile", "plan"))
    refused = sum(len(table.refused) for table in evidence.tables.values())
    print(say("cli.check.read", files=len(evidence.files), rows=rows, refused=refused))


def _counts(problems: list[Problem]) -> str:
    found = Counter(problem.severity for problem in problems)
    if not problems:
        return say("cli.check.clean")
    return say(
        "cli.check.counts", errors=found[Severity.ERROR], warnings=found[Severity.WARNING], notes=found[Severity.NOTE]
    )


# --- review --------------------------------------------------------------------------------------------------------


def review_folder(folder: Path, out: Path, as_of: str, texts: str, final: bool, previous: Path | None = None) -> int:
    """The whole job: read, judge, report, annex."""
    from antq_review.publish.job import publish
    from antq_review.scoring.folder import read_day, read_folder, review_evidence

    on = read_day(as_of)
    _refuse_inside(folder, out)
    with _progress() as (files, step):
        evidence = read_folder(folder, files)
        if evidence.profile is None:
            return _only_problems(evidence, out)
        step(say("cli.steps.judging"))
        found = review_evidence(evidence, on, texts, final)
        paths = publish(found, out, step, previous_file=previous)
    _print_review(found)
    print(say("cli.review.results"))
    for path in paths.values():
        print(f"  {path}")
    return _print_state(found, evidence.problems)


def _only_problems(evidence: Evidence, out: Path) -> int:
    """Nobody knows whose folder it is: nothing is judged, the list of problems is all."""
    if not evidence.files:
        print(say("cli.check.nothing"))
    _print_problems(evidence.problems)
    print(say("cli.check.list", path=_write_problem_list(evidence, out)))
    print(say("cli.no_profile"))
    return 1


def _print_review(review: Review) -> None:
    print(
        say("cli.review.school", name=review.school.name or review.school.code, year=review.year, day=day(review.as_of))
    )
    for text in review.texts:
        print("  " + _text_line(text))
    goals = Counter(goal.status.value for goal in review.goals)
    if goals:
        print("  " + say("cli.review.plan", counts=_states("goal", goals)))
    for warning in review.warnings:
        print("  " + warning)
    for advice in review.to_do[:3]:
        until = f" ({say('cli.review.due', day=day(advice.due_on))})" if isinstance(advice.due_on, date) else ""
        print("  " + say("cli.review.first", says=advice.says) + until)
    print("  " + say("cli.review.only_tool"))


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


# --- rulebooks -----------------------------------------------------------------------------------------------------


def list_rulebooks() -> None:
    """One line a text: since when, and how much of it is known."""
    from antq_review.rules import register, rulebook

    for entry in register():
        text = rulebook(entry.id)
        unread = sum(criterion.points or 0 for criterion in text.criteria if criterion.award.value == "unread")
        if text.total is None:
            known = say("cli.rulebook.known_all", count=len(text.criteria))
        else:
            known = say("cli.rulebook.known_points", known=number(text.total - unread), total=number(text.total))
        print(say("cli.rulebook.line", id=text.id, number=text.number, day=day(text.effective_from), known=known))


def show_rulebook(text_id: str) -> None:
    """The text, criterion by criterion, with quotes and citations."""
    from antq_review.errors import UsageError
    from antq_review.forms.measures import MEASURES
    from antq_review.rules import Provision, register, rulebook

    if text_id not in [entry.id for entry in register()]:
        raise UsageError(say("rules.unknown", id=text_id, known=", ".join(entry.id for entry in register())))
    text = rulebook(text_id)
    print(text.title)
    for source in text.sources:
        print(say("cli.rulebook.source", where=source.where, day=day(source.read_on)))
    period = text.period
    print(
        say(
            "cli.rulebook.period",
            start=f"{period.start_day}/{period.start_month}",
            end=f"{period.end_day}/{period.end_month}",
            citation=period.citation,
        )
    )

    def show(provision: Provision, indent: str) -> None:
        points = (
            f" – {say('cli.rulebook.points', points=number(provision.points))}" if provision.points is not None else ""
        )
        print(f"\n{indent}{provision.id}. {provision.title}{points}")
        print(f"{indent}   “{provision.text}” ({provision.citation})")
        if provision.measure:
            label = MEASURES.label(provision.measure)
            print(indent + "   " + say("cli.rulebook.measure", measure=label))
        for part in provision.parts:
            show(part, indent + "   ")
        for reading in provision.readings:
            print(indent + "   " + say("cli.rulebook.reading", id=reading.id, says=reading.says))
            for part in reading.parts:
                show(part, indent + "      ")

    for criterion in text.criteria:
        show(criterion, "")
    print()
    for gap in text.gaps:
        print(say("cli.rulebook.gap", what=gap))


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
