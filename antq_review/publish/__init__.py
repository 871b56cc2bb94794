"""Room 7: the review for readers: report, annex, figures. Importing this package loads none of the heavy libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_review.scoring.model.review import Review


def report(review: Review, out: Path, previous: Review | None = None) -> Path:
    """Writes the year-end report of a review into `out`; returns the path of `bao_cao.html`.

    Writes the executed notebook `bao_cao.ipynb` too. `previous`: the review of the year before; its numbers are printed
    beside this year's. The notebook names as its source the `review.json` in the same folder. Raises CannotDo, with
    nothing written, if the notebook stops; FileBusy if an old result is open in another program.
    """
    from antq_review.publish.notebook.year_report import write_report

    return write_report(review, out, previous)
