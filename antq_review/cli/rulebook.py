"""The verbs about the rulebooks, and about a school's own score table."""

from __future__ import annotations

from pathlib import Path

from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.text import act, day, number, say, tell


def list_rulebooks() -> None:
    """Print one line for each text: its first day in force, and how much of its content is known."""
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
    """Print a text criterion by criterion, with everything that decides. Raises UsageError for an unknown text."""
    from antq_review.cli.rulebook_show import lines
    from antq_review.rules import register, rulebook

    if text_id not in [entry.id for entry in register()]:
        raise UsageError(tell("rules.unknown", id=text_id, known=", ".join(entry.id for entry in register())))
    for line in lines(rulebook(text_id)):
        print(line)


# --- a school's own score table ----------------------------------------------------------------------------------------

#: The name that the terminal proposes for a new table.
_NEW = "thang_diem.xlsx"


def new_score_table(path: Path) -> None:
    """Write a blank score table with the official columns and the known rows.

    Raises UsageError for a name that is not .xlsx, CannotDo for an existing file.
    """
    from antq_review.forms import score_table_file
    from antq_review.scoring.score_table.table import blank_rows

    if path.suffix.casefold() != ".xlsx":
        raise UsageError(tell("cli.rulebook.not_xlsx", path=path))
    if path.exists():
        raise CannotDo(tell("cli.rulebook.exists", path=path))
    rows = blank_rows()
    write_whole(path, score_table_file(rows))
    print(say("cli.rulebook.made", path=path, known=len(rows)))
    print(say("cli.rulebook.next", act=act("rulebook_check", "terminal", path=path)))


def check_score_table(path: Path) -> int:
    """Print every fault of a score table with its cell; the summary of a table without faults.

    Returns 1 where there is no table, or one that is faulty, illustrative or not confirmed; else 0.
    """
    from antq_review.cli.check import exit_code, print_problems
    from antq_review.ingest import Severity, read_one
    from antq_review.ingest.problems import merged
    from antq_review.scoring.score_table.table import score_table, summary

    evidence = read_one(path)
    sheets = {sheet for record in evidence.files for sheet in record.sheets}
    holds_table = "thang_diem" in sheets or bool(evidence.refused("score_rows"))
    if sheets and not holds_table:
        print(_no_table(path))  # the faults of another form do not matter here
        return 1
    found = score_table(evidence)
    problems = merged([*evidence.problems, *found.problems])
    print_problems(problems)
    if found.rulebook is None:
        faulty = any(problem.severity is Severity.ERROR for problem in problems)
        print(say("cli.rulebook.faulty" if faulty else "cli.rulebook.blank") if faulty or holds_table else _no_table(path))
        return 1
    print(summary(found.rulebook))
    if found.rulebook.illustrative:
        print(say("cli.rulebook.illustrative"))
    names = found.rulebook.confirmed_by
    print(say("cli.rulebook.confirmed", entered=names[0], checked=names[1]) if names else say("cli.rulebook.unconfirmed"))
    print(say("cli.rulebook.put"))
    return max(exit_code(problems), 0 if names and not found.rulebook.illustrative else 1)


def _no_table(path: Path) -> str:
    return say("cli.rulebook.no_table", path=path, act=act("rulebook_new", "terminal", path=_NEW))
