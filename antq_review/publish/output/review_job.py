"""The whole job on one folder: everything is made beside its place and moved there only when all of it succeeded."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.errors import CannotDo, FileBusy, UsageError
from antq_review.files import reason_of, write_whole
from antq_review.history import load_any, previous
from antq_review.scoring.model.review import Review
from antq_review.text import say
from antq_review.version import VERSION

if TYPE_CHECKING:
    from antq_review.publish.notebook.kernel import OwnKernelManager

MANIFEST = "manifest.json"
_LOCK = ".antq-dang-chay"
#: A lock older than this belongs to a run that was cut off.
_STALE_SECONDS = 30 * 60


def folder_of(out: Path, review: Review) -> Path:
    """`OUT/<school code>/<year>` of a review."""
    return place_of(out, review.school.code, review.year)


def place_of(out: Path, code: str, year: int) -> Path:
    """`OUT/<school code>/<year>`; the code is checked, so that it can name nothing outside OUT."""
    if not code or not all(letter.isalnum() or letter in "-_." for letter in code) or code.strip(".") == "":
        raise CannotDo(say("cli.bad_school_code", code=code))
    return out / code / str(year)


def publish(
    review: Review, out: Path, step: Callable[[str], None] = lambda _: None, kernel: OwnKernelManager | None = None, *,
    previous_file: Path | None = None, target: Path | None = None,
) -> dict[str, Path]:
    """Make every output of a review. Returns name → path in its final place; the manifest is written last.

    Last year's numbers come from `previous_file`, else from the review of the year before in `out`, where there is one.
    `target`: another folder than the year's own; then no earlier year stands beside it. `kernel`: one that serves many reports
    in turn, None: one for this report alone.
    Raises FileBusy where an old result is open in another program (all old results stay), CannotDo for a full disk or where
    that earlier review cannot be read.
    """
    from antq_review.publish import calendar as calendar_file
    from antq_review.publish.excel.annex.workbook import annex
    from antq_review.publish.notebook.year_report import write_report

    before, before_file = (None, None) if target else _before(review, out, previous_file)
    target = target or folder_of(out, review)
    if review.draft and _is_final(target):
        raise CannotDo(say("cli.final_exists", path=target))
    with _locked(target), _workshop(target) as workshop:
        write_whole(workshop / "review.json", review.to_json().encode("utf-8"))
        step(say("cli.steps.annex"))
        write_whole(workshop / "phu_luc.xlsx", annex(review, before))
        write_whole(workshop / calendar_file.NAME, calendar_file.calendar_file(review))
        step(say("cli.steps.report"))
        write_report(review, workshop, before, kernel, **({"previous_name": previous_file.name} if previous_file else {}))
        write_whole(workshop / MANIFEST, _manifest(review, workshop, before_file))
        step(say("cli.steps.done"))
        return _move(workshop, target)


def _before(review: Review, out: Path, given: Path | None) -> tuple[Review | None, Path | None]:
    """The review of the year before and its file. Raises UsageError where the given one is of another school or year."""
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
    """Does the folder hold an official version? A draft never takes its place."""
    try:
        return json.loads((target / MANIFEST).read_text(encoding="utf-8")).get("draft") is False
    except (OSError, ValueError, AttributeError):
        return False  # nothing there, or nothing that this tool finished


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(dir=target, prefix=".antq-"))
    except OSError as fault:
        raise CannotDo(say("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One run at a time in one output folder; what a run that was cut off left behind is swept away."""
    lock = target / _LOCK
    try:
        target.mkdir(parents=True, exist_ok=True)
        if _abandoned(lock):
            lock.unlink(missing_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError as fault:
        raise CannotDo(say("cli.already_running", path=target)) from fault
    except OSError as fault:
        raise CannotDo(say("cli.cannot_write", path=target, why=reason_of(fault))) from fault
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        for left in target.glob(".antq-*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()
        _drop_if_empty(target)


def _abandoned(lock: Path) -> bool:
    """Was the run that made the lock cut off? Its process is gone, or (Windows, where asking would end it) it is too old."""
    try:
        owner, age = lock.read_text(encoding="ascii", errors="replace"), time.time() - lock.stat().st_mtime
    except OSError:
        return False
    if os.name == "nt" or not owner.isdecimal():
        return age > _STALE_SECONDS
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _drop_if_empty(target: Path) -> None:
    """Leave no empty folders behind a run that wrote nothing."""
    for folder in (target, target.parent):
        with suppress(OSError):
            folder.rmdir()


def _manifest(review: Review, workshop: Path, before: Path | None) -> bytes:
    """What was made from what, and when: the only output with a clock in it."""
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


def _move(workshop: Path, target: Path) -> dict[str, Path]:
    """Put the outputs in place, the manifest last. A file that another program holds stops the move before it begins."""
    names = sorted(path.name for path in workshop.iterdir())
    names.sort(key=lambda name: name == MANIFEST)
    for name in names:
        if (target / name).exists():
            _refuse_busy(target / name)
    old = {name: (target / name).read_bytes() for name in names if (target / name).exists()}
    (target / MANIFEST).unlink(missing_ok=True)  # until the last file is in place, nothing here passes for done
    try:
        for name in names:
            write_whole(target / name, (workshop / name).read_bytes())
    except CannotDo:
        _restore(target, names, old)
        raise
    return {name: target / name for name in names}


def _restore(target: Path, names: list[str], old: dict[str, bytes]) -> None:
    """Put back what stood there, manifest last; what cannot be put back stays without a manifest, so it is not taken for done."""
    with suppress(CannotDo):
        for name in names:
            if name in old:
                write_whole(target / name, old[name])
            else:
                (target / name).unlink(missing_ok=True)


def _refuse_busy(path: Path) -> None:
    try:
        with open(path, "r+b"):
            return
    except PermissionError as fault:
        raise FileBusy(say("cli.file_busy", path=path.name)) from fault
