"""The report of a year, or of its part that has passed: a notebook executed on a review, and the page made from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.files import write_whole
from antq_review.places.temporary import temporary_folder
from antq_review.publish import report_dates as season
from antq_review.publish.notebook.html import to_html
from antq_review.publish.notebook.run import execute, written
from antq_review.scoring.model.review import Review
from antq_review.shipped import shipped
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager

NOTEBOOK = "4_bao_cao_nam.ipynb"


def write_report(
    review: Review, out: Path, previous: Review | None = None, kernel: OwnKernelManager | None = None, *, previous_name: str = "",
    version: str = "",
) -> Path:
    """Runs the notebook on the reviews, makes the page, then writes both; returns the path of the page.

    `previous_name`: the file of the year before as the notebook names it. `version`: its name in words, for page one.
    `kernel`: a kernel for many reports in turn (`kernel.own_kernel`); None: a kernel for this report alone.
    """
    with temporary_folder() as workshop:
        files, shown = {"review_file": _stored(review, workshop / "review.json")}, {}
        if previous is not None:
            files["previous_file"] = _stored(previous, workshop / "previous.json")
            shown["previous_file"] = previous_name or f"../{previous.year}/review.json"
        files["version"] = version or season.version_in_words(review)
        notebook = execute(shipped("notebooks") / NOTEBOOK, files, kernel, shown)
    page = to_html(notebook, _title(review), review.draft)
    write_whole(out / "bao_cao.ipynb", written(notebook))
    write_whole(out / "bao_cao.html", page.encode("utf-8"))
    return out / "bao_cao.html"


def load_ahead() -> None:
    """Loads what runs a notebook and makes its page: in a thread, while something else is waited for."""
    import antq_review.publish.notebook.engine  # noqa: F401
    from antq_review.publish.notebook.html import exporter

    exporter()


def _stored(review: Review, path: Path) -> str:
    path.write_text(review.to_json(), encoding="utf-8", newline="\n")
    return str(path)


def _title(review: Review) -> str:
    return say("publish.phrases.document_title", title=season.title(review), school=review.school.name)
