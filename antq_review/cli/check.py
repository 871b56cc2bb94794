"""`antq check`: the faults in the forms, on screen, as a list, and marked in a copy of each file. Nothing is judged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.cli.progress import progress
from antq_review.files import refuse_inside
from antq_review.forms.sheets import SCORE_TABLE
from antq_review.ingest.model import Evidence, Problem, Severity
from antq_review.ingest.problem_groups import problem_groups
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.ingest.reread import KeptBooks


def check_folder(folder: Path, out: Path, as_json: bool = False) -> int:
    """Read without judging: the list of problems, on screen and as a workbook, and the marked copies.

    Returns the exit code.
    """
    from antq_review.ingest.reread import KeptBooks
    from antq_review.publish.excel.load_alone import load_openpyxl_alone
    from antq_review.scoring.pipeline import read_folder

    refuse_inside(folder, out)
    kept = KeptBooks()
    with progress() as (files, _):
        evidence = read_folder(folder, files, seen=kept.keep)
        if evidence.problems:
            load_openpyxl_alone()
        paths = write_findings(evidence, folder, out, kept)
    if as_json:
        from antq_review.cli.as_json import of_check, print_json

        print_json(of_check(evidence, paths))
        return exit_code(evidence.problems)
    print_problems(evidence.problems)
    _print_read(evidence)
    print_findings(evidence, paths)
    print(_counts(evidence.problems))
    return exit_code(evidence.problems)


def write_findings(evidence: Evidence, folder: Path, out: Path, kept: KeptBooks | None = None) -> list[Path]:
    """Write the list of problems and the marked copies to `kiem_tra`. `kept`: workbooks that need not be read again.

    Returns their paths, the list first; none without problems.
    """
    from antq_review.publish.output.check_job import write_check

    return write_check(evidence, folder, out, kept)


def print_findings(evidence: Evidence, paths: list[Path]) -> None:
    """Print the paths of the list and of the marked copies, and the names of faulty files without a copy."""
    if not paths:
        return
    print(say("cli.check.list", path=paths[0]))
    if paths[1:]:
        print(say("marked.terminal.made"))
        for path in paths[1:]:
            print(f"  {path}")
    if unmade := _unmade(evidence, {path.name for path in paths}):
        print(say("marked.terminal.unmade", files=", ".join(unmade)))


def _unmade(evidence: Evidence, made: set[str]) -> list[str]:
    from antq_review.publish.excel.marked_copy.copies import wants_copy
    from antq_review.publish.excel.marked_copy.names import copy_names

    names = copy_names(record.name for record in evidence.files)
    return [file for file, name in names.items() if name not in made and wants_copy(evidence, file)]


def print_problems(problems: list[Problem]) -> None:
    """Print every problem by its cause: place, fault, remedy; for an error also the expected content."""
    for group in problem_groups(one.unquoted() for one in problems):
        print(f"[{say(f'ingest.severity.{group.severity.value}')}] {group.place}".rstrip())
        print("    " + " ".join(str(part) for part in (group.says, group.remedy, group.consequence) if part))
        if group.severity is Severity.ERROR and group.expected:
            print("    " + say("cli.check.expected", expected=group.expected))


def exit_code(problems: list[Problem]) -> int:
    """1 where there is an error or a warning, else 0."""
    return 1 if any(problem.severity is not Severity.NOTE for problem in problems) else 0


def _print_read(evidence: Evidence) -> None:
    if not evidence.files:
        print(say("cli.check.nothing"))
    rows = sum(len(table.rows) for name, table in evidence.tables.items() if name not in ("profile", "plan", *SCORE_TABLE))
    refused = sum(len(table.refused) for table in evidence.tables.values())
    print(say("cli.check.read", files=sum(bool(file.sheets) for file in evidence.files), rows=rows, refused=refused))


def _counts(problems: list[Problem]) -> str:
    found = Counter(problem.severity for problem in problems)
    if not problems:
        return say("cli.check.clean")
    return say(
        "cli.check.counts", errors=found[Severity.ERROR], warnings=found[Severity.WARNING], notes=found[Severity.NOTE]
    )
