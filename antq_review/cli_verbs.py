"""What each verb does and prints. Results go to standard output, progress and faults to standard error."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from antq_review.cli_progress import progress
from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.ingest.model import Evidence, Problem, Severity
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


# --- check ---------------------------------------------------------------------------------------------------------


def check_folder(folder: Path, out: Path) -> int:
    """Read, judge nothing: the list of problems, on screen and as a workbook."""
    from antq_review.scoring.folder import read_folder

    refuse_inside(folder, out)
    with progress() as (files, _):
        evidence = read_folder(folder, files)
    print_problems(evidence.problems)
    _print_read(evidence)
    if evidence.problems:
        print(say("cli.check.list", path=write_problem_list(evidence, out)))
    print(_counts(evidence.problems))
    return _exit_code(evidence.problems)


def refuse_inside(folder: Path, out: Path) -> None:
    """Nothing is ever written into the evidence folder."""
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError(say("cli.out_inside", out=out, folder=folder))


def _exit_code(problems: list[Problem]) -> int:
    return 1 if any(problem.severity is not Severity.NOTE for problem in problems) else 0


def write_problem_list(evidence: Evidence, out: Path) -> Path:
    from antq_review.publish.problem_list import problem_list

    profile = evidence.profile
    place = out / str(profile.school_code) / str(profile.year) if profile else out / "_chua_ro"
    path = place / "kiem_tra" / "loi_nhap_lieu.xlsx"
    write_whole(path, problem_list(evidence.problems))
    return path


def print_problems(problems: list[Problem]) -> None:
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
