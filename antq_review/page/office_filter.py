"""Which schools of the common table are sought, and which of them one decision may be about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from antq_review.forms.choices.officer import DecisionKind
from antq_review.package.model import Summary
from antq_review.page.words import words_of
from antq_review.province.arrival import Arrival
from antq_review.province.choose import ReportState
from antq_review.province.law_words import title_of
from antq_review.province.levels import level_order
from antq_review.province.roll_up import CIRCULAR, stated, text_of
from antq_review.scoring.model.outcome import Truth
from antq_review.text import fold, say, vietnamese_key

if TYPE_CHECKING:
    from antq_review.page.office_views import SchoolLine

#: The fields of the form: text, state, level, commune, criterion.
FIELDS = ("tim", "tinh_trang", "cap", "xa", "tc")
#: States of which many schools may be decided at once. What is accepted, or waits for a choice, is looked at one by one.
_MANY = {
    DecisionKind.ACCEPT: frozenset({ReportState.RECEIVED}), DecisionKind.RETURN: frozenset({ReportState.RECEIVED, ReportState.DRAFT}),
}
#: States of a criterion by which schools are sought.
_MARKS = (Truth.NO, Truth.UNKNOWN)


def marks_of(summary: Summary) -> frozenset[str]:
    """The criteria of Circular 124 that the school states as not met or open (`4/no`), or concludes against its evidence (`4/conflict`)."""
    text = text_of(summary, CIRCULAR)
    criteria = text.criteria if text is not None else ()
    open_ = {f"{one.id}/{stated(one)}" for one in criteria if stated(one) in _MARKS}
    return frozenset(open_ | {f"{one.id}/conflict" for one in criteria if one.conflict})


@dataclass(frozen=True)
class Sought:
    """What the form asks for, by its fields; empty: all."""

    tim: str = ""
    tinh_trang: str = ""
    cap: str = ""
    xa: str = ""
    tc: str = ""

    @classmethod
    def asked(cls, argument: Callable[[str, str], str]) -> Sought:
        """From the arguments of a request."""
        return cls(**{name: argument(name, "")[:200] for name in FIELDS})

    def of(self, lines: Iterable[SchoolLine]) -> list[SchoolLine]:
        """The schools that fit, in their order."""
        wanted = fold(self.tim)
        return [
            one for one in lines
            if wanted in one.sought and self.tinh_trang in ("", one.state) and self.cap in ("", one.level)
            and self.xa in ("", one.commune) and (not self.tc or self.tc in one.marks)
        ]

    @property
    def query(self) -> str:
        """As the end of an address."""
        return urlencode({name: getattr(self, name) for name in FIELDS if getattr(self, name)})

    @property
    def fields(self) -> dict[str, str]:
        """As hidden fields of a form."""
        return {name: getattr(self, name) for name in FIELDS}

    def says(self) -> list[str]:
        """What is asked for, in words."""
        named = {"tinh_trang": say(f"province.state.{self.tinh_trang}") if self.tinh_trang in list(ReportState) else self.tinh_trang}
        named |= {"tim": self.tim, "cap": self.cap, "xa": self.xa, "tc": _mark_in_words(self.tc) if self.tc else ""}
        return [f"{words_of(f'office.filters.{name}')}: {named[name]}" for name in FIELDS if named[name]]


def _mark_in_words(mark: str) -> str:
    name, _, state = mark.partition("/")
    known = state if state in (*(one.value for one in _MARKS), "conflict") else "unknown"
    return words_of(f"office.marks.{known}", id=name, title=title_of(CIRCULAR, name))


def choices_of(lines: Sequence[SchoolLine]) -> dict[str, list[tuple[str, str, int]]]:
    """For each list of the form the entries that occur: value, words, schools."""
    states, levels = Counter(one.state for one in lines), Counter(one.level for one in lines if one.level)
    communes, marks = Counter(one.commune for one in lines if one.commune), Counter(mark for one in lines for mark in one.marks)
    return {
        "tinh_trang": [(one.value, say(f"province.state.{one}"), states[one]) for one in ReportState if states[one]],
        "cap": [(name, name, levels[name]) for name in sorted(levels, key=level_order)],
        "xa": [(name, name, communes[name]) for name in sorted(communes, key=vietnamese_key)],
        "tc": [(mark, _mark_in_words(mark), marks[mark]) for mark in sorted(marks)],
    }


def packages_to(lines: Iterable[SchoolLine], kind: DecisionKind) -> list[tuple[str, Arrival]]:
    """The packages among these schools that one decision of this kind may be about: code of the school, package."""
    return [
        (one.code, one.standing.arrival) for one in lines
        if one.state in _MANY[kind] and one.standing.arrival is not None and not one.standing.waiting
    ]


def check_of(packages: Iterable[tuple[str, Arrival]]) -> str:
    """A short check of which packages these are: what was shown is decided on, and no other set of as many."""
    shown = sorted(arrival.shown for _, arrival in packages)
    return hashlib.sha256("\n".join(shown).encode("ascii")).hexdigest()[:16]
