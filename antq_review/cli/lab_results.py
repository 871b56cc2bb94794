"""The copies of the notebooks open with their results: what is new, or older than what it shows, is run before JupyterLab starts.

A copy that the user changed is the user's to run.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from antq_review.cli.lab_copies import Copies
from antq_review.cli.progress import one_by_one
from antq_review.errors import CannotDo, UsageError
from antq_review.files import files_below, write_whole
from antq_review.text import say
from antq_review.version import VERSION

#: Beside the copies: name → what the results of the copy were made from.
_RECORD = ".antq_lab_results.json"
#: The officer's notebook: it has nothing to show before its user names the folder of the packages.
_OFFICERS = "5_tong_hop.ipynb"


def run_copies(copies: Copies, folder: Path | None) -> list[str]:
    """Run what has no results of today's forms. Returns a sentence for each copy that stopped; it stays as it was."""
    made_from, known = _made_from(copies, folder), _known(copies.place)
    ours = (name for name in copies.names if name not in copies.kept and name != _OFFICERS)
    due = [name for name in ours if known.get(name) != made_from or not _has_results(copies.place / name)]
    if not due:
        return []
    from antq_review.publish.notebook.kernel import WarmKernels
    from antq_review.publish.notebook.run import execute, written

    failed = []
    with WarmKernels() as kernels, one_by_one(say("lab.running"), due) as each:
        for name in each:
            try:
                with kernels.lend() as kernel:
                    results = written(execute(copies.place / name, {}, kernel, working=True))
            except (CannotDo, UsageError) as fault:
                failed.append(say("lab.not_run", why=fault))
                continue
            write_whole(copies.place / name, results)
            known[name] = made_from
            write_whole(copies.place / _RECORD, json.dumps(known, indent=1).encode("utf-8"))
    return failed


def _made_from(copies: Copies, folder: Path | None) -> str:
    """A hash of all that the results follow from: this tool, the day, the parameters, the forms, the results of the years."""
    found = hashlib.sha256(f"{VERSION} {date.today()} {sorted(copies.values.items())}".encode("utf-8", "surrogateescape"))
    results = [Path(one) / "review.json" for one in copies.values.get("reviews", "").split("; ") if one]
    for path in [*(sorted(files_below(folder)) if folder is not None else ()), *results]:
        if path.is_file():
            seen = path.stat()
            found.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _known(place: Path) -> dict[str, str]:
    """The record; an empty one where there is none or it is damaged: then everything is run again."""
    try:
        found = json.loads((place / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _has_results(copy: Path) -> bool:
    return any(cell.get("outputs") for cell in json.loads(copy.read_text(encoding="utf-8"))["cells"])
