"""A step: what to do in words, what it changes in the evidence, how much effort it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from antq_review.forms.columns import CellKind, Column
from antq_review.forms.sheets import table_named
from antq_review.scoring.advice.what_if import Adding, EvidenceChange
from antq_review.text import say


class Effort(StrEnum):
    """How much work a step is, least first."""

    ENTER = "enter"  # write down what is known: a declaration, a rating, a number
    PAPER = "paper"  # a paper, signed or found and handed in
    MEET = "meet"  # the review meeting
    HOLD = "hold"  # an activity, a joint action, a check

    @property
    def rank(self) -> int:
        """Place in the order, least effort 0."""
        return list(Effort).index(self)


@dataclass(frozen=True)
class Recommendation:
    """One step. `changes`: what it does; several where nobody knows yet which it will be, none where its effect is unknown.

    `family`: of steps of one family (one form, declared to several days) only the best is kept. `latest`: the last day on
    which it can still be done. `rules`: (text, points) that it brings under consideration. `repair`: something in the forms is
    faulty and was not counted; until it is mended the other steps stand on too little.
    """

    says: str
    effort: Effort
    changes: tuple[EvidenceChange, ...] = ()
    assumes: str = ""
    family: str = ""
    latest: date | None = None
    rules: tuple[tuple[str, Decimal], ...] = ()
    repair: bool = False

    @property
    def promises(self) -> bool:
        """Can its effect be told?"""
        return bool(self.changes or self.rules)


#: Fields that only fill a row up, and tell nobody what to do.
_FILLING = frozenset({
    "file", "subject", "number", "id", "signed_on", "held_on", "from_on", "awarded_on", "content", "checked_by", "present",
    "count", "assessed_on", "conclusion", "status", "result", "reviewed_on", "replicated_on",
})
#: Cells that a step fills in a row that is there, each with its own words.
_FILLED = ("reviewed_on", "assessed_on", "replicated_on")
_ANY = "other"


def effort_of(change: EvidenceChange) -> Effort:
    """How much work the rows of a change are."""
    tables = {row.table for row in change.adding} | {row.table for row in change.setting}
    return Effort.PAPER if tables <= {"documents", "initiatives", "commendations"} else Effort.HOLD


def in_words(change: EvidenceChange, latest: date | None) -> str:
    """What to do so that these rows can be entered. `latest`: the last day for it; None: its time has passed."""
    tables: dict[str, list[Adding]] = {}
    for row in change.adding:
        tables.setdefault(row.table, []).append(row)
    said = [_added(table, rows) for table, rows in tables.items()]
    filled: dict[str, list[str]] = {}
    for one in change.setting:
        doing = next(name for name, _ in one.values if name in _FILLED)
        filled.setdefault(doing, []).append(one.code)
    said += [say(f"what_if.do.{name}", codes=", ".join(codes)) for name, codes in filled.items()]
    what = "; ".join(said)
    return say("what_if.do_it", what=what[:1].upper() + what[1:]) if latest else say("what_if.found", what=what)


def _added(table: str, rows: Sequence[Adding]) -> str:
    """How many rows, what they have in common, and what each has of its own: `thêm 2 văn bản (Quy chế): A; B`."""
    described = [describe(row) for row in rows]
    common = [part for part in described[0] if all(part in parts for parts in described)]
    own = Counter(" – ".join(part for part in parts if part not in common) for parts in described)
    count = sum(dict(row.values).get("count", 1) if table == "commendations" else 1 for row in rows)
    said = say(f"what_if.add.{table}", count=count)
    if common:
        said = say("what_if.with_what", added=said, what=" – ".join(common))
    each = [one if number == 1 else say("what_if.times", what=one, count=number) for one, number in own.items() if one]
    return say("what_if.each", added=said, each="; ".join(each)) if each else said


def describe(row: Adding) -> list[str]:
    """The chosen values of a row in the words of the form's lists."""
    columns = {column.name: column for column in table_named(row.table)[1].row.columns()}
    found = [
        _value(row.table, columns[name], value) for name, value in row.values
        if name not in _FILLING and not (columns[name].choices and value == _ANY)
    ]
    return [part for part in found if part]


def _value(table: str, column: Column, value: Any) -> str:
    if column.name == "name":
        return _own_name(table, value)
    if column.name == "expected":
        return say("what_if.all_present", count=value)
    if column.choices is None:
        return say("what_if.marked", heading=column.heading, value=value)
    label = column.choices.label(value)
    return say("what_if.marked", heading=column.heading.rstrip("?"), value=label.lower()) if column.kind is CellKind.YES_NO else label


def _own_name(table: str, name: str) -> str:
    """What a name holds besides the words that fill it up."""
    key = {"activities": "some_activity", "initiatives": "some_model"}[table]
    filled = say(f"what_if.{key}", number=0).rpartition(" ")[0]
    return name.partition(filled)[0].removesuffix(" – ")


def joined(steps: Iterable[str]) -> str:
    """Several steps as one sentence."""
    said = [one.rstrip(".") for one in steps]
    return "; ".join([said[0], *(one[:1].lower() + one[1:] for one in said[1:])]) + "."
