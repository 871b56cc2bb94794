"""Problems by cause: what one act mends is one line, with the range of its cells and their number.

Every surface shows these groups: the screen, the report, the annex, the list of faults, the marked copies, the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from antq_review.ingest.model import Problem, Severity
from antq_review.ingest.problems import by_row
from antq_review.source import CellRef, grouped
from antq_review.text import Message, listing, shaped, tell
from antq_review.text.message import Param

#: So many different sentences of one cause are shown; the others are counted.
MOST_SHOWN = 3
#: Parameters that hold a whole list of allowed entries, and the length (letters) from which it is printed once only.
_LISTS, _LONG = ("choices", "known"), 60


@dataclass(frozen=True)
class ProblemGroup:
    """Problems of one file, sheet and column that have one code, one remedy and one expected content.

    `cells`: all their cells, by row. `says`: their sentences, at most MOST_SHOWN of them. `found`: what stands in the cells,
    likewise. `expected`: where a long list of entries was told in an earlier group, the place of that group.
    """

    code: str
    severity: Severity
    file: str
    sheet: str
    column: str
    cells: tuple[str, ...]
    says: Message
    found: str
    expected: Message
    remedy: Message
    consequence: Message
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """The number of cells; of problems that have none, the number of problems."""
        return len(self.cells) or len(self.problems)

    @property
    def range(self) -> str:
        """`D8:D62, 55 ô`; one cell is named alone, a fault of a whole sheet or file has none."""
        refs = [CellRef(file="", sheet="", cell=cell) for cell in self.cells]
        names = ", ".join(grouped(refs))
        return str(tell("ingest.group.range", cells=names, count=len(self.cells))) if len(self.cells) > 1 else names

    @property
    def place(self) -> str:
        """`file › sheet › D8:D62, 55 ô, «column»`."""
        place = " › ".join(part for part in (self.file, self.sheet, self.range) if part)
        return place + (f", «{self.column}»" if self.column else "")


def problem_groups(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """The problems by cause, in the order of the first of each. A long list of allowed entries is told by one group only."""
    causes: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        key = one.severity, one.code, one.file, one.sheet, one.column, one.expected, one.remedy, one.consequence
        causes.setdefault(key, []).append(one)
    return _lists_once([_group(members) for members in causes.values()])


def _group(members: Sequence[Problem]) -> ProblemGroup:
    first = members[0]
    cells = tuple(sorted(dict.fromkeys(cell for one in members for cell in one.cells if cell), key=by_row))
    founds = list(dict.fromkeys(one.found for one in members if one.found))
    found = "; ".join(founds[:MOST_SHOWN]) + ("; …" if len(founds) > MOST_SHOWN else "")
    return ProblemGroup(
        first.code, first.severity, first.file, first.sheet, first.column, cells, _says(members), found, first.expected,
        first.remedy, first.consequence, tuple(members),
    )


def _says(members: Sequence[Problem]) -> Message:
    different = list(dict.fromkeys(one.says for one in members))
    if len(different) == 1:
        return different[0]
    says = listing([shaped(one, "no_stop") for one in different[:MOST_SHOWN]], "; ")
    if len(different) <= MOST_SHOWN:
        return tell("ingest.group.says", says=says)
    return tell("ingest.group.says_more", says=says, count=len(different) - MOST_SHOWN)


def _lists_once(groups: Sequence[ProblemGroup]) -> tuple[ProblemGroup, ...]:
    told: dict[str, str] = {}
    found = []
    for group in groups:
        entries = _long_list(group)
        if entries in told:
            found.append(replace(group, expected=tell("ingest.group.list_again", place=told[entries])))
        else:
            found.append(group)
            if entries:
                told[entries] = group.place
    return tuple(found)


def _long_list(group: ProblemGroup) -> str:
    """The list of entries that the group tells, where it is long."""
    params: Iterable[Param] = (group.expected.get(name) for name in _LISTS)
    return next((text for one in params if one is not None and len(text := str(tell("ingest.group.entries", entries=one))) > _LONG), "")
