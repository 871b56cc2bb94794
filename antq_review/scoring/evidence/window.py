"""A look at the evidence through one window: which rows count, whether their form is closed, why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from antq_review.forms.sheets import Sheet, table_named
from antq_review.ingest.declarations import Declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.model.outcome import Reason
from antq_review.source import CellRef
from antq_review.text import day as shown_day
from antq_review.text import say

Filter = Mapping[str, tuple[str, ...]]
RowTest = Callable[[EvidenceRow], bool]


@dataclass(frozen=True)
class EvidenceWindow:
    """Evidence seen through a period up to a day. The window is the part of the period up to `as_of`.

    `index` remembers what was looked up; all looks at one evidence share it.
    """

    evidence: Evidence
    period: Period
    as_of: date
    year: int
    index: Index = field(repr=False, compare=False)

    @cached_property
    def window(self) -> Period:
        """The part of the period that has passed."""
        return self.period.until(self.as_of)

    @property
    def over(self) -> bool:
        """Has the whole period passed?"""
        return self.as_of >= self.period.end

    def within(self, period: Period) -> EvidenceWindow:
        """The same evidence through another period."""
        return replace(self, period=period)

    def rows(self, table: str, day: str) -> list[EvidenceRow]:
        """Rows of a table whose day lies in the window."""
        return self.index.dated(table, day, self.window)

    def matching(self, rows: Iterable[EvidenceRow], wanted: Filter) -> list[EvidenceRow]:
        """The rows that meet every filter."""
        found = list(rows)
        for name, values in wanted.items():
            meets = self._check(name, values)
            found = [row for row in found if meets(row)]
        return found

    def find(self, table: str, code: str, near: EvidenceRow | None = None) -> EvidenceRow | None:
        """The row of a code: in the same file first, else the only one anywhere; None where there is none or several."""
        return self.index.find(table, code, near)

    def cells(self, rows: Iterable[EvidenceRow], fields: Sequence[str]) -> list[CellRef]:
        """The filled ones among the deciding cells of rows, in order."""
        cell = self.index.cell
        return [cell(row, name) for row in rows for name in fields if name in row.shown]

    def organised_by(self, row: EvidenceRow, organisers: tuple[str, ...]) -> bool:
        """Was the activity organised by a unit of that name or kind?"""
        name = folded(row.get("organiser") or "")
        kinds = self.index.kinds(name)
        return any(folded(organiser) == name or organiser in kinds for organiser in organisers)

    def state(self, table: str) -> Declared:
        """How far the form of a table is declared complete."""
        return self.index.state(table_named(table)[0])

    def closed(self, table: str) -> bool:
        """Is the form declared complete up to the window's end?"""
        until = self.state(table).until
        return until is not None and until >= self.window.end

    def refused(self, table: str) -> int:
        """How many rows of the table were refused; each might have matched."""
        return len(self.evidence.refused(table))

    def declaration(self, table: str) -> tuple[CellRef, ...]:
        """The cells in which the form is declared complete: what an absence walks back to."""
        return self.state(table).cells

    def why_open(self, table: str) -> tuple[Reason, ...]:
        """Why nothing final can be said about what is not on the form: undeclared, or refused rows."""
        sheet = table_named(table)[0]
        reasons = [] if self.closed(table) else [self._undeclared(sheet)]
        if refused := self.refused(table):
            reasons.append(
                Reason(
                    code="refused_row", subject=sheet.name,
                    says=say("scoring.reasons.refused_row.says", form=sheet.title, count=refused),
                    settles=say("scoring.reasons.refused_row.settles", form=sheet.title),
                )
            )
        return tuple(reasons)

    def _undeclared(self, sheet: Sheet) -> Reason:
        state = self.index.state(sheet)
        places: dict[str, object] = {"form": sheet.title, "day": shown_day(self.window.end), "until": "", "units": "", "files": ""}
        if self.evidence.unread_files:
            kind, places["files"] = "unread", ", ".join(sorted(set(self.evidence.unread_files)))
        elif self.evidence.refused("units"):
            kind = "units_refused"
        elif state.missing_units:
            kind, places["units"] = "unit", ", ".join(state.missing_units)
        elif state.until is not None:
            kind, places["until"] = "early", shown_day(state.until)
        else:
            kind = "undeclared"
        return Reason(
            code="undeclared", subject=sheet.name,
            says=say(f"scoring.reasons.undeclared.{kind}", **places),
            settles=say(f"scoring.reasons.undeclared.settles_{kind}", **places),
        )

    def _check(self, name: str, values: tuple[str, ...]) -> RowTest:
        """What one filter asks of a row."""
        if name == "organiser":
            return lambda row: self.organised_by(row, values)
        if name == "level":
            pupils = {f"{value}_pupils" for value in values}
            return lambda row: row.get("level") in (*values, "all") or row.get("audience") in pupils
        if name == "name":
            names = [folded(value) for value in values]
            return lambda row: any(part in folded(row.get("name") or "") for part in names)
        fields = _FIELDS.get(name, (name,))
        read: Callable[[EvidenceRow], Any] = attrgetter(*(f"values.{one}" for one in fields))
        if len(fields) == 1:
            return lambda row: read(row) in values
        any_of = frozenset(values)
        return lambda row: not any_of.isdisjoint(read(row))


def units_of(evidence: Evidence, kinds: Iterable[str]) -> list[EvidenceRow]:
    """Units of the profile of the given kinds; `subunit` means every đầu mối trực thuộc."""
    wanted = set(kinds)
    return [
        row for row in evidence.rows("units")
        if row.get("kind") in wanted or ("subunit" in wanted and row.get("is_subunit") == "yes")
    ]


#: Fields of a row that a filter looks at; the filter is met when any of its values stands in any of them.
_FIELDS = {
    "topic": ("topic_1", "topic_2", "topic_3"),
    "contents": ("contents_1", "contents_2", "contents_3"),
}


def deciding_fields(wanted: Filter) -> tuple[str, ...]:
    """The fields of a row that its filters looked at, for the cells a result walks back to."""
    return tuple(found for name in wanted for found in _FIELDS.get(name, (name,)))
