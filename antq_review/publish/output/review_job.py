"""The whole job on one folder: every output is made beside its place, and all are moved there when the last is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo, UsageError
from antq_review.files import write_whole
from antq_review.history import load_any, previous
from antq_review.publish.output.staging import MANIFEST, commit, folder_of, locked, staging
from antq_review.scoring.model.review import Review
from antq_review.text import say
from antq_review.version import VERSION

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
    if review.draft and _is_final(target):
        raise CannotDo(say("cli.final_exists", path=target))
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
        raise UsageError(say("compare.cli.previous_school", found=found.school.code, wanted=review.school.code))
    if found.year != review.year - 1:
        raise UsageError(say("compare.cli.previous_year", found=found.year, wanted=review.year - 1))
    return found, given / "review.json" if given.is_dir() else given


def _is_final(target: Path) -> bool:
    """Does the folder contain a final version? A draft never replaces it."""
    try:
        return json.loads((target / MANIFEST).read_text(encoding="utf-8")).get("draft") is False
    except (OSError, ValueError, AttributeError):
        return False  # no manifest, or one that this tool did not write


def _manifest(review: Review, workshop: Path, before: Path | None) -> bytes:
    """The inputs, the outputs, and the time: the only output with a clock in it."""
    made = {path.name: _sha256(path) for path in sorted(workshop.iterdir())}
    content = {
        "tool": f"antq_review {VERSION}",
        "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "school_code": review.school.code,
        "year": review.year,
        "as_of": review.as_of.isoformat(),
        "draft": review.draft,
        "texts": [text.id for text in review.texts],
        "inputs": {file.name: file.sha256 for file in review.files},
        "previous": _sha256(before) if before else None,
        "outputs": made,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
