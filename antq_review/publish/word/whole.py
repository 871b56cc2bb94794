"""The whole dossier of a year: judge, choose what concerns the school, make it. The terminal and the page run the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_review.errors import CannotDo
from antq_review.history import load_any, previous
from antq_review.ingest.model import Evidence
from antq_review.publish.word.chosen import judged
from antq_review.publish.word.dossier_job import Made, Order, write_dossier
from antq_review.publish.word.layout_check.check import check_file
from antq_review.scoring.model.review import Review
from antq_review.text import tell


@dataclass(frozen=True)
class JudgedDossier:
    """What an order gave: the review that the documents state, the documents that concern the school, their files."""

    review: Review
    codes: tuple[str, ...]
    made: Made


def make_dossier(
    evidence: Evidence, on: date, order: Order, out: Path, step: Callable[[str], None] = lambda _: None, *,
    all_wanted: bool, earlier: Path | None = None,
) -> JudgedDossier:
    """Judge up to a day and make the documents of an order; those that do not concern the school are left out.

    `all_wanted`: none may be left out. `earlier`: the review of the year before; without it that of the newest version in
    `out`. Raises what `judged` and `write_dossier` raise, and CannotDo where no document is left.
    """
    codes, review = judged(evidence, on, order.codes, order.final, all_wanted, order.texts)
    if not codes:
        raise CannotDo(tell("page.none_concerns"))
    school = review.school
    before = load_any(earlier) if earlier is not None else previous(out, school.code, review.year, school.codes_before)
    return JudgedDossier(review, codes, write_dossier(review, before, replace(order, codes=codes), out, step))


def departures(made: Made) -> list[str]:
    """The departures of the documents from the decree, each with its file; the shipped forms keep all twelve rules."""
    documents: Iterable[Path] = (path for path in made.paths.values() if path.suffix == ".docx")
    return [f"{path.name}: {one.line()}" for path in documents for one in check_file(path)]
