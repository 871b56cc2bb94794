"""The form of a declaration: one line of PL1–PL10 in every respect.

Each table's module declares its lines. The declaration says how a line is counted (`tables.py`), whether more is better
(`history/directions.py`), its name in a Word form (`publish/dossier/number_names.py`), and with which other lines a public
copy hides it (`publish/dossier/suppression.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from antq_review.forms.columns import Choices
from antq_review.period import Period
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.text import SILENT, Message, literal, shaped, tell

if TYPE_CHECKING:
    from antq_review.scoring.numeric.rows import NumericLines

#: Adds a line, or all lines of a free one, to a table that is being filled.
Counting = Callable[["NumericLines", "Line"], None]
Lists = Mapping[str, Iterable[Choices]]
_PLACE = re.compile(r"\\?\{\w+\\?\}")


class Direction(StrEnum):
    """Is more better, is less better, or is the number only information?"""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True)
class Privacy:
    """With which lines a public copy hides a line.

    The lines of one `group` can be worked out from one another. They are hidden together as soon as one of them is a
    small number. `follows`: the line is no private number, so its own small value hides nothing. `less`: keys of the
    same table; the line less one of these is a number of people too, and a small one hides the groups of both lines.
    """

    group: str
    follows: bool = False
    less: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of a table, or a family: one line for each entry of closed lists.

    `key` identifies the line in every year. The key of a family has places, as `activities.topic.{topic}`, and `each` has
    the list of each place; the place is the name of the field or filter that must have the entry. `unit`, `label`:
    words of `numeric.toml`. Without a label the line has the label of its entry; `small` is the place of the label
    whose entry begins with a small letter. `count` adds the line. `shown`: does the school have this line?
    `free`: `count` adds any number of lines with keys of its own, so a Word form cannot name them. `entry`: the entry
    of each place, where this is one line of a family.
    """

    key: str
    unit: str
    direction: Direction
    count: Counting
    label: str = ""
    each: Lists = field(default_factory=dict)
    small: str = ""
    privacy: Privacy | None = None
    shown: Callable[[EvidenceWindow, Line], bool] | None = None
    free: bool = False
    entry: Mapping[str, Choices] = field(default_factory=dict)

    def members(self) -> Iterator[Line]:
        """The lines of a family; of any other declaration the line itself."""
        for entries in product(*self.each.values()):
            entry = dict(zip(self.each, entries, strict=True))
            yield replace(self, key=self.key.format_map(entry), entry=entry) if entry else self

    @property
    def wanted(self) -> Filter:
        """The entry as a filter."""
        return {name: (one,) for name, one in self.entry.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Fits the keys of a family: also those of entries that its lists no longer have."""
        return re.compile(_PLACE.sub(".+" if self.free else "[^.]+", re.escape(self.key)))

    def title(self, year: int, pupils: Message = SILENT) -> Message:
        """The label of the line in a year, in a school with this word for its pupils."""
        labels = {name: one.called(pupils) for name, one in self.entry.items()}
        if not self.label:
            return literal(next(iter(labels.values())))
        known = {name: shaped(label, "lower_first") if name == self.small else label for name, label in labels.items()}
        return tell(f"numeric.rows.{self.label}", **known, year=year, pupils=pupils)


@dataclass(frozen=True)
class Section:
    """Lines below one heading; `group` is its name in `numeric.toml`, empty: no heading.

    Several families in a tuple take turns: for each entry one line of the first, then one of the second.
    """

    group: str
    lines: tuple[Line | tuple[Line, ...], ...]

    def __iter__(self) -> Iterator[Line]:
        for one in self.lines:
            families = one if isinstance(one, tuple) else (one,)
            for turn in zip(*(family.members() for family in families), strict=True):
                yield from turn

    @property
    def declared(self) -> Iterator[Line]:
        """The declarations as they are written, families not unfolded."""
        for one in self.lines:
            yield from one if isinstance(one, tuple) else (one,)


@dataclass(frozen=True)
class TableLines:
    """The declaration of one table. `period`: the period of its numbers, where this is not the window of the review."""

    id: str
    sections: tuple[Section, ...]
    period: Callable[[NumericLines], Period] | None = None

    def __iter__(self) -> Iterator[Line]:
        for section in self.sections:
            yield from section

    def line(self, key: str) -> Line | None:
        """The line with this key; else the family or the free line whose keys have this form; else None."""
        own = self._by_key.get(key)
        declared = (line for section in self.sections for line in section.declared)
        return own or next((line for line in declared if line.pattern.fullmatch(key)), None)

    def group(self, key: str) -> str:
        """The group of the line with this key; empty where it has none."""
        exact = (section.group for section in self.sections if any(line.key == key for line in section))
        alike = (section.group for section in self.sections if any(line.pattern.fullmatch(key) for line in section.declared))
        return next(exact, None) or next(alike, "")

    @cached_property
    def _by_key(self) -> dict[str, Line]:
        return {line.key: line for line in self if not line.free}
