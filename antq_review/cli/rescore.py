"""`antq rescore`: a past year judged by another text, in a folder of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from antq_review.text import day, say


def rescore_folder(folder: Path, given: str, out: Path, as_of: str) -> int:
    """Read, judge by the other text, write beside the year's own results.

    Returns 1 where the review is open, else 0.
    """
    from antq_review.cli.check import write_findings
    from antq_review.cli.progress import progress
    from antq_review.cli.review import only_problems, print_review, print_state
    from antq_review.files import refuse_inside
    from antq_review.history.rescore import named_rulebook, read_for, rescore
    from antq_review.publish.output.comparison_job import rescored_folder
    from antq_review.publish.output.review_job import publish

    refuse_inside(folder, out)
    rulebook = named_rulebook(given)
    with progress() as (files, step):
        evidence = read_for(rulebook, folder, files)
        if evidence.profile is None or evidence.year is None:
            return only_problems(evidence, write_findings(evidence, folder, out))
        step(say("cli.steps.judging"))
        on, of_stored = _day(as_of, out, evidence.profile.school_code or "", evidence.year)
        found = rescore(evidence, rulebook, on)
        made = publish(found, out, step, target=rescored_folder(out, found, rulebook.id))
    print(found.rescored)
    if of_stored:
        print(say("compare.rescore.same_day", day=day(on), year=found.year))
    print_review(found)
    print(say("cli.review.results"))
    for path in made.paths.values():
        print(f"  {path}")
    return print_state(found, evidence.problems)


def _day(written: str, out: Path, code: str, year: int) -> tuple[date, bool]:
    """The requested day; else the day of the year's stored review, so that only the text differs; else today.

    The second value: does the day come from the stored review?
    """
    from antq_review.history import previous
    from antq_review.scoring.pipeline import read_day

    stored = None if written.strip() else previous(out, code, year + 1)
    return (stored.as_of, True) if stored is not None else (read_day(written), False)
