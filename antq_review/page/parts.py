"""What the server holds while it runs: codes, folders, jobs, and of each opened folder what was read and judged last."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from antq_review.page.checked import CHECKED, Checked, Stamps
from antq_review.page.folders import Folders, Known
from antq_review.page.job import Jobs
from antq_review.page.left_places import LEFT, LeftPlaces
from antq_review.text import say

if TYPE_CHECKING:
    from antq_review.ingest.model import Evidence
    from antq_review.page.guard import Codes
    from antq_review.page.new_year import TypedYear
    from antq_review.page.office_views import Office

LOG = "nhat_ky.log"


@dataclass
class Opened:
    """What the program knows of a folder. `checked`, `left`: also of an earlier start; the rest is of this one."""

    checked: Checked | None = None
    evidence: Evidence | None = None
    refused: list[str] = field(default_factory=list)
    #: Screen (bieu, ho-so, luu) → what it says once, the next time it is shown; another screen would say it under a wrong heading.
    notes: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, LeftPlaces] = field(default_factory=dict)


class Parts:
    """The server's whole memory. `out`: one folder of results for all years; None: one in each year's folder."""

    def __init__(self, place: Path, out: Path | None, codes: Codes) -> None:
        self.place, self.out, self.codes = place, out, codes
        self.folders = Folders(place)
        self.jobs = Jobs(place, self.logged)
        self.opened: dict[str, Opened] = {}
        self.offices: dict[str, Office] = {}
        folders = {one.id for one in self.folders.recent()}
        for kept in (CHECKED, LEFT):
            kept.forget_others(place, folders)
        self.new_year: TypedYear | None = None  # what was typed for a new year while its place is chosen
        self.polled = time.monotonic()
        self.ends = False

    def of(self, known: Known) -> Opened:
        """What is known of a folder."""
        if known.id not in self.opened:
            self.opened[known.id] = Opened(CHECKED.read(self.place, known.id), left=LEFT.read(self.place, known.id) or {})
        return self.opened[known.id]

    def read(self, known: Known, evidence: Evidence, checked: Checked, to_keep: Checked) -> None:
        """Remember what was read. `to_keep`: the part of it that a restart still knows."""
        opened = self.of(known)
        opened.evidence, opened.checked = evidence, checked
        CHECKED.write(self.place, known.id, to_keep)

    def left(self, known: Known, left: dict[str, LeftPlaces]) -> None:
        """Remember the places that documents which were just made leave to a person."""
        opened = self.of(known)
        opened.left |= left
        LEFT.write(self.place, known.id, opened.left)

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
