"""A step: its words, its changes to the evidence, its effort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from antq_review.forms.choices import InitiativeConclusion
from antq_review.forms.columns import CellKind, Column
from antq_review.forms.sheets import table_named
from antq_review.scoring.advice.what_if import Adding, EvidenceChange, placeholder
from antq_review.text import SILENT, Listing, Message, listing, shaped, tell
from antq_review.text.message import Param


class Effort(StrEnum):
    """The amount of work of a step, least first."""

    ENTER = "enter"  # write down what is known: a declaration, a rating, a number
    PAPER = "paper"  # a paper, signed or found and handed in
    MEET = "meet"  # the review meeting
    HOLD = "hold"  # an activity, a joint action, a check

    @property
    def rank(self) -> int:
        """Place in the order; 0 is the least effort."""
        return list(Effort).index(self)


@dataclass(frozen=True)
class Recommendation:
    """One step.

    `changes`: its possible outcomes as changes of the evidence; several where the outcome is not certain, none where
    the effect is not known. `family`: only the best step of a family (one form, declared to several days) is kept.
    `latest`: the last day on which the step is possible. `rules`: (text, points) that are considered in addition.
    `repair`: the step mends faults of the forms, whose rows were not counted; before that the other effects are based
    on incomplete evidence.
    """

    says: Message
    effort: Effort
    changes: tuple[EvidenceChange, ...] = ()
    assumes: Message = SILENT
    family: str = ""
    latest: date | None = None
    rules: tuple[tuple[str, Decimal], ...] = ()
    repair: bool = False

    def by(self, day: date | None) -> Recommendation:
        """The step with the earlier of its own last day and this one; None: no other day."""
        return replace(self, latest=min(day, self.latest)) if day and self.latest else self

    @property
    def promises(self) -> bool:
        """Is its effect known?"""
        return bool(self.changes or self.rules)


#: Fields that only complete a row; the words of a step leave them out.
_FILLING = frozenset({
    "file", "subject", "number", "id", "signed_on", "held_on", "from_on", "awarded_on", "content", "checked_by", "present",
    "count", "started_on", "assessed_on", "conclusion", "status", "result", "reviewed_on", "replicated_on",
})
#: Fields that a step fills in an existing row; text/what_if.toml has words for each.
_FILLED = ("reviewed_on", "assessed_on", "replicated_on")
_ANY = "other"
#: The sentence of what may have been done already, where it is too late to do it.
_FOUND = "what_if.found"


def effort_of(change: EvidenceChange) -> Effort:
    """The amount of work for the rows of a change."""
    tables = {row.table for row in change.adding} | {row.table for row in change.setting}
    return Effort.PAPER if tables <= {"documents", "initiatives", "commendations"} else Effort.HOLD


def assumed_of(change: EvidenceChange) -> Message:
    """The condition of the change: an assessment has its effect only if it concludes so, and that is for people to say."""
    cells = [cell for row in change.adding for cell in row.cells] + [cell for one in change.setting for cell in one.values]
    return tell("what_if.assumes.effective") if ("conclusion", InitiativeConclusion.EFFECTIVE) in cells else SILENT


def in_words(change: EvidenceChange, latest: date | None, pupils: Message) -> Message:
    """The step in words: the work after which these rows can be entered.

    `latest`: its last day; None: it is too late. `pupils`: the school's word for its pupils.
    """
    tables: dict[str, list[Adding]] = {}
    for row in change.adding:
        tables.setdefault(row.table, []).append(row)
    said = [_added(table, rows, "add" if latest else "there", pupils) for table, rows in tables.items()]
    filled: dict[str, list[str]] = {}
    for one in change.setting:
        doing = next(name for name, _ in one.values if name in _FILLED)
        filled.setdefault(doing, []).append(one.code)
    said += [tell(f"what_if.do.{name}", codes=listing(codes)) for name, codes in filled.items()]
    what = listing(said, "; ")
    return tell("what_if.do_it", what=shaped(what, "upper_first")) if latest else tell(_FOUND, what=what)


def _added(table: str, rows: Sequence[Adding], how: str, pupils: Message) -> Message:
    """Number of rows, their common values, and the own values of each row: `thêm 2 văn bản (Quy chế): A; B`."""
    described = [describe(row, pupils) for row in rows]
    common = [part for part in described[0] if all(part in parts for parts in described)]
    own: Counter[Listing] = Counter(listing((part for part in parts if part not in common), " – ") for parts in described)
    count = sum(dict(row.values).get("count", 1) if table == "commendations" else 1 for row in rows)
    said = tell(f"what_if.{how}.{table}", count=count)
    if common:
        said = tell("what_if.with_what", added=said, what=listing(common, " – "))
    each = [one if number == 1 else tell("what_if.times", what=one, count=number) for one, number in own.items() if one]
    return tell("what_if.each", added=said, each=listing(each, "; ")) if each else said


def describe(row: Adding, pupils: Message) -> list[Param]:
    """The values of a row as labels of the form's lists."""
    columns = {column.name: column for column in table_named(row.table)[1].row.columns(pupils)}
    found = [
        _value(row.table, columns[name], value) for name, value in row.values
        if name not in _FILLING and not (columns[name].choices and value == _ANY)
    ]
    return [part for part in found if part]


def _value(table: str, column: Column, value: Param) -> Param:
    if column.name == "name":
        return _own_name(table, str(value))
    if column.name == "expected":
        return tell("what_if.all_present", count=value)
    if column.choices is None:
        return tell("what_if.marked", heading=column.heading, value=value)
    label = column.choices.label_of(str(value), column.pupils)
    if column.kind is not CellKind.YES_NO:
        return label
    return tell("what_if.marked", heading=column.heading.rstrip("?"), value=shaped(label, "lower"))


def _own_name(table: str, name: str) -> str:
    """The part of a name before its placeholder."""
    what = {"activities": "activity", "initiatives": "model"}[table]
    return name.partition(placeholder(what, 0).removesuffix("0"))[0].removesuffix(" – ")


def joined(steps: Iterable[Message]) -> Message:
    """Several steps joined to one sentence; all that may be there already stands last, under one condition."""
    every = list(steps)
    there = [one.get("what") for one in every if one.key == _FOUND]
    whole = [one for one in every if one.key != _FOUND] + ([tell(_FOUND, what=listing(there, "; "))] if there else [])
    first, *others = (shaped(one, "no_stop") for one in whole)
    return tell("what_if.do_it", what=listing([first, *(shaped(one, "lower_first") for one in others)], "; "))
