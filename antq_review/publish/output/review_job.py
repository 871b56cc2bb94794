"""The whole job on one folder: every output is made beside its place, and all are moved there when the last is made."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.history import load_any, previous, previous_file, review_file, several_before
from antq_review.history.changes import changes, same_content
from antq_review.places.lock import locked
from antq_review.places.manifest import MANIFEST, hashes_of, manifest_bytes, read_manifest, sha256_of
from antq_review.places.move import move_set
from antq_review.places.origin import KEY as ORIGIN
from antq_review.places.origin import origin_of, refuse_other_folder
from antq_review.places.staging import staging
from antq_review.places.versions import (
    REVIEW,
    Kind,
    Version,
    named_version,
    newest_official,
    version_folder,
    year_folder,
)
from antq_review.publish.output.beside import beside
from antq_review.publish.report_dates import version_in_words
from antq_review.scoring.model.review import Review
from antq_review.text import Message, act_of, say, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager


@dataclass(frozen=True)
class Published:
    """The files of a version, name → path. `same`: this final version stood already, nothing was made.

    `before`: the final version that it follows, and `changes`: what differs from it. `version`: None for a year judged
    again by another text. `earlier`: the file of the year before that the numbers are compared with; `unsure`: why none
    was taken of several.
    """

    paths: dict[str, Path]
    version: Version | None = None
    before: Version | None = None
    changes: tuple[Message, ...] = ()
    same: bool = False
    earlier: Path | None = None
    unsure: Message | None = None


def publish(
    review: Review, out: Path, step: Callable[[str], None] = lambda _: None, kernel: OwnKernelManager | None = None, *,
    compared_with: Path | None = None, target: Path | None = None, kind: Kind | None = None, folder: Path | None = None,
    moved: bool = False,
) -> Published:
    """Make every output of a review; the manifest comes last.

    Last year's numbers come from `compared_with`, else from the newest version of the year before in `out`, if there is
    one. `kind`: the version to make; without it a draft or a final version as the review is. A final version never
    replaces another: with the content of the newest one none is made. `target`: another folder than a version's; then no
    earlier year is compared. `folder`: the forms, which the version then names; `moved`: the results may be another
    folder's. `kernel`: a kernel that serves many reports in turn; None: one for this report alone.
    Raises FileBusy where an old result is open in another program (all old results stay); CannotDo for a full disk, and
    where the earlier review cannot be read.
    """
    before, before_file = (None, None) if target else _before(review, out, compared_with)
    unsure = several_before(out, review.school.code, review.year, review.school.codes_before) if not (target or compared_with) else None
    year = target.parent if target else year_folder(out, review.school.code, review.year)
    kind = kind or (Kind.DRAFT if review.draft else Kind.FINAL)
    with locked(year):
        if folder is not None and not moved:
            refuse_other_folder(year, folder, _inputs(review))
        last = None if target or review.draft else newest_official(year)
        differing = _changes(last, review, before_file) if last else ()
        if last is not None and last.kind is kind and not differing:
            return Published(_paths(last.path), last, same=True, earlier=before_file, unsure=unsure)
        place = target or version_folder(year, kind, review.as_of)
        with staging(year) as workshop:
            shown = compared_with.name if compared_with else _from(place, before_file)
            _make(review, before, shown, kernel, workshop, step, version_in_words(review, named_version(place)))
            write_whole(workshop / MANIFEST, _manifest(review, workshop, before_file, folder))
            step(say("cli.steps.done"))
            paths = move_set(workshop, place, last=MANIFEST)
    return Published(paths, named_version(place), last, differing, earlier=before_file, unsure=unsure)


def _make(
    review: Review, before: Review | None, shown: str, kernel: OwnKernelManager | None, workshop: Path,
    step: Callable[[str], None], version: str,
) -> None:
    from antq_review.publish import calendar as calendar_file
    from antq_review.publish.comparison.workbook import year_sheets
    from antq_review.publish.excel.annex.workbook import annex
    from antq_review.publish.notebook.year_report import write_report
    from antq_review.publish.tables.year_before import with_year_before

    since = (lambda book: year_sheets(book, with_year_before(before, review))) if before is not None else (lambda _: None)
    step(say("cli.steps.annex"))
    with beside(lambda: annex(review, before, version, since)) as book:
        write_whole(workshop / REVIEW, review.to_json().encode("utf-8"))
        write_whole(workshop / calendar_file.NAME, calendar_file.calendar_file(review))
        step(say("cli.steps.report"))
        write_report(review, workshop, before, kernel, previous_name=shown, version=version)
    write_whole(workshop / "phu_luc.xlsx", book.result())


def _from(place: Path, earlier: Path | None) -> str:
    """The way from a version's folder to the review of the year before, as the notebook shows it."""
    return Path(os.path.relpath(earlier, place)).as_posix() if earlier else ""


def _paths(folder: Path) -> dict[str, Path]:
    """The files of a version that stands, as its manifest lists them; the manifest itself too."""
    listed = read_manifest(folder).get("outputs")
    return {name: folder / name for name in (*(listed if isinstance(listed, dict) else ()), MANIFEST) if (folder / name).is_file()}


def _changes(last: Version, review: Review, before_file: Path | None) -> tuple[Message, ...]:
    """What differs from a final version; nothing where it says the same and is whole."""
    try:
        found = load_any(last.path)
    except CannotDo:
        return (tell("places.changed.unreadable"),)
    listed = read_manifest(last.path)
    differing = changes(found, review) if not same_content(found, review) else ()
    if listed.get("previous") != (sha256_of(before_file) if before_file else None):
        differing += (tell("places.changed.earlier_year"),)
    return differing


def _before(review: Review, out: Path, given: Path | None) -> tuple[Review | None, Path | None]:
    """The review of the year before and its file. Raises UsageError where the given one has another school or year."""
    if given is None:
        whose = out, review.school.code, review.year, review.school.codes_before
        return previous(*whose), previous_file(*whose)
    path = review_file(given)
    found = load_any(given)
    if found.school.code not in (review.school.code, *review.school.codes_before):
        raise UsageError(tell("compare.cli.previous_school", found=found.school.code, wanted=review.school.code))
    if found.year != review.year - 1:
        raise UsageError(tell("compare.cli.previous_year", found=found.year, wanted=review.year - 1, act=act_of("compare")))
    return found, path


def _inputs(review: Review) -> dict[str, str]:
    return {file.name: file.sha256 for file in review.files}


def _manifest(review: Review, workshop: Path, before: Path | None, folder: Path | None = None) -> bytes:
    """The judged texts, the folder of the forms, the inputs, the review of the year before, the outputs."""
    return manifest_bytes(review.school.code, {
        "year": review.year,
        "as_of": review.as_of.isoformat(),
        "draft": review.draft,
        "texts": [text.id for text in review.texts],
        **({ORIGIN: origin_of(folder)} if folder is not None else {}),
        "inputs": _inputs(review),
        "previous": sha256_of(before) if before else None,
        "outputs": hashes_of(workshop),
    })
