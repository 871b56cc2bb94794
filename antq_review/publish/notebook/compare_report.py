"""A comparison of years as files: notebook 3 executed on the reviews, the page made from it, and the workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.files import write_whole
from antq_review.history.compare import compare
from antq_review.history.model import Comparison
from antq_review.places.temporary import temporary_folder
from antq_review.publish.comparison.workbook import NO_NAMES, comparison_workbook
from antq_review.publish.notebook.html import to_html
from antq_review.publish.notebook.run import execute, written
from antq_review.publish.report_dates import version_in_words
from antq_review.scoring.model.review import Review
from antq_review.shipped import shipped
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager

NOTEBOOK = "3_so_sanh_nam.ipynb"


def write_comparison(
    reviews: Sequence[Review], out: Path, step: Callable[[str], None] = lambda _: None, kernel: OwnKernelManager | None = None, *,
    names: Mapping[int, str] = NO_NAMES,
) -> Comparison:
    """Writes `so_sanh.xlsx`, `so_sanh.ipynb` and `so_sanh.html` into `out`; returns the comparison.

    `reviews` come in order, the earliest first. `step` receives the name of each step. The executed notebook names the
    reviews by year, not by their paths. `names`: year → its version in words. Raises CannotDo if the notebook stops.
    """
    found = compare(reviews)
    names = {review.year: names.get(review.year) or version_in_words(review) for review in reviews}
    step(say("cli.steps.annex"))
    write_whole(out / "so_sanh.xlsx", comparison_workbook(found, names))
    step(say("cli.steps.report"))
    with temporary_folder() as workshop:
        paths = [_stored(review, workshop) for review in reviews]
        shown = {"reviews": "; ".join(f"{review.year}/review.json" for review in reviews)}
        versions = "\n".join(names.values())
        notebook = execute(shipped("notebooks") / NOTEBOOK, {"reviews": "\n".join(paths), "versions": versions}, kernel, shown)
    title = say("publish.phrases.document_title", title=say("compare.page_title", first=reviews[0].year, last=reviews[-1].year),
                school=found.school.name)
    page = to_html(notebook, title, any(year.draft for year in found.years))
    write_whole(out / "so_sanh.ipynb", written(notebook))
    write_whole(out / "so_sanh.html", page.encode("utf-8"))
    return found


def _stored(review: Review, folder: Path) -> str:
    path = folder / f"{review.year}.json"
    path.write_text(review.to_json(), encoding="utf-8", newline="\n")
    return str(path)
