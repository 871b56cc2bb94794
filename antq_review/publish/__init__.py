"""Room 6: the review as people read it: report, annex, figures. Importing the room loads none of the heavy libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_review.scoring.model.review import Review


def report(review: Review, out: Path, previous: Review | None = None) -> Path:
    """Write the year-end report of a review: `bao_cao.ipynb`, executed, and `bao_cao.html`, the path returned.

    `previous`: the review of the year before, whose numbers stand beside this year's. The notebook names `review.json` as its
    source, which stands beside it. Raises CannotDo, with nothing written, where the
    notebook stops; FileBusy where an old result is open.
    """
    from antq_review.publish.notebook.year_report import write_report

    return write_report(review, out, previous)
