"""The files of a comparison and of a rescored year, in folders of their own: no year's result is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.files import write_whole
from antq_review.history import Comparison, load_any
from antq_review.history.compare import in_order
from antq_review.places.lock import locked
from antq_review.places.manifest import MANIFEST, hashes_of, manifest_bytes, sha256_of
from antq_review.places.move import move_set
from antq_review.places.names import COMPARED
from antq_review.places.staging import staging
from antq_review.places.versions import named_version, year_folder
from antq_review.publish.comparison.workbook import NO_NAMES
from antq_review.publish.report_dates import version_in_words
from antq_review.scoring.model.review import Review

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager

#: Folders beside the folders of the years.
RESCORED = "cham_lai"


def _school_folder(out: Path, review: Review) -> Path:
    return year_folder(out, review.school.code, review.year).parent


def compared_folder(out: Path, reviews: Sequence[Review]) -> Path:
    """`OUT/<school code>/so_sanh/2024_2025_2026`; a year judged again by another text has the mark `cham_lai`."""
    names = [f"{review.year}_{RESCORED}" if review.rescored else str(review.year) for review in reviews]
    return _school_folder(out, reviews[-1]) / COMPARED / "_".join(names)


def stored_years(files: Sequence[Path]) -> tuple[tuple[Review, ...], dict[int, str]]:
    """The stored reviews of some files in order, and the version of each year in words. Raises CannotDo as `load_any` does."""
    by_file = [(load_any(path), path) for path in files]
    return in_order(review for review, _ in by_file), {
        review.year: version_in_words(review, named_version(path.parent)) for review, path in by_file
    }


def publish_comparison(
    reviews: Sequence[Review], out: Path, step: Callable[[str], None] = lambda _: None,
    kernel: OwnKernelManager | None = None, names: Mapping[int, str] = NO_NAMES,
) -> tuple[Comparison, dict[str, Path]]:
    """Make the page and the workbook for reviews in order. Returns the comparison and name → path.

    `names`: year → its version in words.

    The manifest is written last. Raises FileBusy where an old result is open in another program, CannotDo for a full
    disk; then all old results stay.
    """
    from antq_review.publish.notebook.compare_report import write_comparison

    target = compared_folder(out, reviews)
    with locked(target.parent), staging(target.parent) as workshop:
        found = write_comparison(reviews, workshop, step, kernel, names=names)
        write_whole(workshop / MANIFEST, _manifest(reviews, workshop))
        return found, move_set(workshop, target, last=MANIFEST)


def _manifest(reviews: Sequence[Review], workshop: Path) -> bytes:
    """The compared reviews, each with the hash of its stored form, and the outputs."""
    return manifest_bytes(reviews[-1].school.code, {
        "years": [review.year for review in reviews],
        "draft": any(review.draft for review in reviews),
        "inputs": {f"{review.year}/review.json": sha256_of(review.to_json().encode("utf-8")) for review in reviews},
        "outputs": hashes_of(workshop),
    })


def rescored_folder(out: Path, review: Review, text_id: str) -> Path:
    """`OUT/<school code>/cham_lai/2025_tt_124`: beside the year's own results, never among them."""
    return _school_folder(out, review) / RESCORED / f"{review.year}_{text_id}"
