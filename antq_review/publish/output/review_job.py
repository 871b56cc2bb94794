"""The whole job on one folder: every output is made beside its place, and all are moved there when the last is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.history import load_any, previous
from antq_review.publish.output.manifest import MANIFEST, hashes_of, manifest_bytes, read_manifest, sha256_of
from antq_review.publish.output.staging import commit, folder_of, locked, staging
from antq_review.scoring.model.review import Review
from antq_review.text import say, tell

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager


def publish(
    review: Review, out: Path, step: Callable[[str], None] = lambda _: None, kernel: OwnKernelManager | None = None, *,
    previous_file: Path | None = None, target: Path | None = None,
) -> dict[str, Path]:
    """Make every output of a review. Returns name → path in its final place; the manifest is written last.

    Last year's numbers come from `previous_file`, else from the review of the year before in `out`, if there is one.
    `target`: another folder than the year's own; then no earlier year is compared. `kernel`: a kernel that serves many
    reports in turn; None: one for this report alone. Raises FileBusy where an old result is open in another program
    (all old results stay); CannotDo for a full disk, for a draft in the place of a final version, and where the earlier
    review cannot be read.
    """
    from antq_review.publish import calendar as calendar_file
    from antq_review.publish.excel.annex.workbook import annex
    from antq_review.publish.notebook.year_report import write_report

    before, before_file = (None, None) if target else _before(review, out, previous_file)
    target = target or folder_of(out, review)
    if review.draft and read_manifest(target).get("draft") is False:
        raise CannotDo(tell("cli.final_exists", path=target))
    with locked(target), staging(target) as workshop:
        write_whole(workshop / "review.json", review.to_json().encode("utf-8"))
        step(say("cli.steps.annex"))
        write_whole(workshop / "phu_luc.xlsx", annex(review, before))
        write_whole(workshop / calendar_file.NAME, calendar_file.calendar_file(review))
        step(say("cli.steps.report"))
        write_report(review, workshop, before, kernel, **({"previous_name": previous_file.name} if previous_file else {}))
        write_whole(workshop / MANIFEST, _manifest(review, workshop, before_file))
        step(say("cli.steps.done"))
        return commit(workshop, target)


def _before(review: Review, out: Path, given: Path | None) -> tuple[Review | None, Path | None]:
    """The review of the year before and its file. Raises UsageError where the given one has another school or year."""
    if given is None:
        found = previous(out, review.school.code, review.year)
        return found, folder_of(out, review).with_name(str(review.year - 1)) / "review.json" if found else None
    found = load_any(given)
    if found.school.code != review.school.code:
        raise UsageError(tell("compare.cli.previous_school", found=found.school.code, wanted=review.school.code))
    if found.year != review.year - 1:
        raise UsageError(tell("compare.cli.previous_year", found=found.year, wanted=review.year - 1))
    return found, given / "review.json" if given.is_dir() else given


def _manifest(review: Review, workshop: Path, before: Path | None) -> bytes:
    """The judged texts, the inputs, the review of the year before, the outputs."""
    return manifest_bytes(review.school.code, {
        "year": review.year,
        "as_of": review.as_of.isoformat(),
        "draft": review.draft,
        "texts": [text.id for text in review.texts],
        "inputs": {file.name: file.sha256 for file in review.files},
        "previous": sha256_of(before) if before else None,
        "outputs": hashes_of(workshop),
    })
