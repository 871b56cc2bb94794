"""What the server holds while it runs: codes, folders, jobs, and of each opened folder what was read and judged last."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.page.folders import Folders, Known
from antq_review.page.job import Jobs
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.ingest.model import Evidence
    from antq_review.page.guard import Codes
    from antq_review.page.receive import Conflict

LOG = "nhat_ky.log"
#: A file's size and time, by name: whether the forms are still those that were read.
Stamps = dict[str, tuple[int, int]]


@dataclass
class Opened:
    """What the program knows of a folder since it started. `read_at`, `stamps`: of the last reading."""

    evidence: Evidence | None = None
    read_at: datetime | None = None
    stamps: Stamps = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    open_places: dict[str, list[str]] = field(default_factory=dict)


class Parts:
    """The server's whole memory. `out`: one folder of results for all years; None: one in each year's folder."""

    def __init__(self, place: Path, out: Path | None, codes: Codes) -> None:
        self.place, self.out, self.codes = place, out, codes
        self.folders = Folders(place)
        self.jobs = Jobs(place, self.logged)
        self.opened: dict[str, Opened] = {}
        self.polled = time.monotonic()
        self.ends = False

    def of(self, known: Known) -> Opened:
        """What is known of a folder."""
        return self.opened.setdefault(known.id, Opened())

    def day(self, known: Known) -> date:
        """The one day of the data, for everything that is made of a folder."""
        return known.as_of or date.today()

    def logged(self, fault: BaseException) -> str:
        """Write down where a fault of this program happened, without a word of any cell. Returns the sentence about it."""
        lines = traceback.format_tb(fault.__traceback__)
        with (self.place / LOG).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {type(fault).__name__}\n{''.join(lines)}")
        return say("page.own_fault", log=self.place / LOG)


def stamps_of(folder: Path) -> Stamps:
    """Size and time of every workbook in a folder now."""
    found: Stamps = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.casefold().endswith(".xlsx") and not path.name.startswith((".", "~$")) and path.is_file():
            stat = path.stat()
            found[path.name] = (stat.st_size, stat.st_mtime_ns)
    return found
