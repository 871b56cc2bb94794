"""What the last check of a folder found, as the screens show it. It lies on the disk, so a restart of the program still knows it.

On the disk is no word that a person typed into a faulty cell: it may be a name. While the program runs, the screens repeat it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from antq_review.page.kept import Kept
from antq_review.page.words import words_of

#: A file's size and time, by name: whether the forms are still those that were read.
Stamps = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class FileLine:
    """One workbook on the screen of forms. `state`: ok, no, open or none; `says`: its word."""

    key: str
    name: str
    units: str
    sheets: str
    until: str
    state: str
    says: str


@dataclass(frozen=True)
class HandedIn:
    """One field of the checklist: the state, its words, and whether anything is asked here."""

    state: str
    says: str


@dataclass(frozen=True)
class Checklist:
    """Unit × sheet: who handed in what, declared until when. `asks`: does the profile say who must hand in what?"""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HandedIn | None, ...]], ...]
    missing: int
    has_units: bool = True
    asks: bool = True


@dataclass(frozen=True)
class ShownFault:
    """One fault. `where`: sheet and cells; then what it is, the remedy, what is expected, what was not counted."""

    state: str
    level: str
    where: str
    column: str
    says: str
    remedy: str
    expected: str
    consequence: str


@dataclass(frozen=True)
class FileProblems:
    """The faults of one file; `key`, `copy`: of the file and of its marked copy, which need not be there any more."""

    name: str
    key: str
    units: str
    copy: str
    lines: tuple[ShownFault, ...]

    @property
    def ready_text(self) -> str:
        """The faults as a text that is pasted into a message to the unit."""
        parts = [words_of("message.head", file=self.name)]
        for line in self.lines:
            where = f"{line.where} ({line.column})" if line.column else line.where
            parts.append(words_of("message.line", level=line.level, where=where, says=line.says, remedy=line.remedy))
        parts.append(words_of("message.end"))
        return "\n".join(parts)


@dataclass(frozen=True)
class Checked:
    """The last check. `clean`: no error, no warning; `incidents`: code → words, of those that have a report of their own.

    `blank`: the workbooks that nobody has filled in yet; `begins`: they are all, as after making them.
    """

    read_at: datetime
    stamps: Stamps
    counted: str
    clean: bool
    files: tuple[FileLine, ...]
    checklist: Checklist
    faults: tuple[FileProblems, ...]
    incidents: tuple[tuple[str, str], ...]
    blank: tuple[str, ...] = ()
    begins: bool = False


CHECKED = Kept("kiem_tra_", Checked)
