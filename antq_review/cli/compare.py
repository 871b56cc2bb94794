"""`antq compare`: years of one school side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import UsageError
from antq_review.text import say, tell

if TYPE_CHECKING:
    from antq_review.history import Comparison


def compare_years(paths: Sequence[Path], out: Path, as_json: bool = False) -> int:
    """Read, compare, write the page and the workbook.

    Returns 1 where better evidence would allow more comparisons, else 0.
    """
    from antq_review.cli.as_json import of_comparison, print_json
    from antq_review.cli.progress import progress
    from antq_review.history import review_file
    from antq_review.history.compare import MOST
    from antq_review.publish.comparison.blocks import open_lines
    from antq_review.publish.output.comparison_job import publish_comparison, stored_years

    if len(paths) > MOST:
        raise UsageError(tell("compare.refused.number", count=len(paths)))
    files = [review_file(path) for path in paths]
    reviews, names = stored_years(files)
    with progress() as (_, step):
        found, written = publish_comparison(reviews, out, step, names=names)
    still_open = open_lines(found)
    if as_json:
        print_json(of_comparison(found, written, still_open))
    else:
        print(say("compare.cli.files"))
        for file in files:
            print(f"  {file}")
        _print(found, written, still_open)
    return 1 if still_open else 0


def _print(found: Comparison, written: dict[str, Path], still_open: int) -> None:
    from antq_review.publish.comparison.blocks import altered
    from antq_review.publish.comparison.sentences import sentences

    print(say("compare.cli.years", school=found.school.name or found.school.code, years=", ".join(str(one.year) for one in found.years)))
    for year in found.years:
        if year.former:
            print(f"  {year.year}: {year.former}")
    for sentence in sentences(found):
        print(f"  {sentence}")
    changed = altered(found)
    if changed:
        ids = ", ".join(f"{line.group_title} {line.id}" for line in changed)
        print("  " + say("compare.cli.altered", count=len(changed), ids=ids))
    print(say("compare.cli.results"))
    for path in written.values():
        print(f"  {path}")
    print(say("compare.cli.open", count=still_open, year=found.years[-2].year) if still_open else say("compare.cli.done"))
