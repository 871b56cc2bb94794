"""The evidence of one window: the rows that count, whether their form is closed, and the reasons why it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from antq_review.forms.choices import LEVEL_PUPILS, SchoolLevel
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.rows.school import Unit
from antq_review.forms.sheets import Sheet, table_named
from antq_review.ingest.declarations import Declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.index import Index, folded
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.model.outcome import Reason
from antq_review.source import CellRef
from antq_review.text import fold_name, listing
from antq_review.text.message import Param

R = TypeVar("R", bound=Row)
Filter = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class EvidenceWindow:
    """The evidence of a period up to a day. The window is the part of the period up to `as_of`.

    All windows on one evidence share one `index`, which caches the lookups.
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
        """The same evidence with another period."""
        return replace(self, period=period)

    def of(self, model: type[R], day: str) -> list[EvidenceRow[R]]:
        """Rows of the table of a row model whose date in the field `day` lies in the window."""
        return self.index.dated(model, day, self.window)

    def matching(self, rows: Iterable[EvidenceRow[R]], wanted: Filter) -> list[EvidenceRow[R]]:
        """The rows that meet every filter. They are rows of this evidence."""
        found = list(rows)
        for name, values in wanted.items():
            meets = self.meeting(found[0].table, name, values) if found else ()
            found = [row for row in found if row in meets]
        return found

    def meeting(self, table: str, name: str, values: tuple[str, ...]) -> frozenset[EvidenceRow[Row]]:
        """The rows of a table that meet one filter: see `Index.having`, `Index.where`."""
        where = partial(self.index.where, (name, values), table)
        if name == "organiser":
            return where(("organiser",), self._organised_by(values), "units")
        if name == "level":
            pupils = {audience for level, audience in LEVEL_PUPILS.items() if level in values}
            return where(("level", "audience"), lambda level, audience: level in (*values, SchoolLevel.ALL) or audience in pupils)
        if name == "name":
            names = [fold_name(value) for value in values]
            return where(("name",), lambda given: any(part in fold_name(given or "") for part in names))
        return self.index.having(table, _FIELDS.get(name, (name,)), values)

    def find(self, model: type[R], code: str, near: EvidenceRow[Row] | None = None) -> EvidenceRow[R] | None:
        """The row with this code: the one in the file of `near`, else the only one of all; None: no row, or several."""
        return self.index.find(model, code, near)

    def cells(self, rows: Iterable[EvidenceRow[Row]], fields: Sequence[str]) -> list[CellRef]:
        """The filled cells of the given fields: row by row, in the order of the fields."""
        # There are many thousands of them: a cell that is known already costs no call.
        return [row.known_cells.get(name) or row.cell(name) for row in rows for name in fields if name in row.shown]

    def _organised_by(self, organisers: tuple[str, ...]) -> Callable[[str | None], bool]:
        """Is a row's unit one of these? `organisers`: names or kinds of units."""
        names = {folded(organiser) for organiser in organisers}

        def meets(organiser: str | None) -> bool:
            name = folded(organiser or "")
            return name in names or not self.index.kinds(name).isdisjoint(organisers)

        return meets

    def state(self, table: str) -> Declared:
        """The declarations of the form of a table over all units: see `Declared`."""
        return self.index.state(table_named(table)[0])

    def closed(self, table: str) -> bool:
        """Is the form declared complete up to the window's end?"""
        until = self.state(table).until
        return until is not None and until >= self.window.end

    def refused(self, table: str) -> int:
        """The number of refused rows of the table. Each of them might have matched."""
        return len(self.evidence.refused(table))

    def declaration(self, table: str) -> tuple[CellRef, ...]:
        """The cells in which the form is declared complete. They are the proof when a measure finds no row."""
        return self.state(table).cells

    def why_open(self, table: str) -> tuple[Reason, ...]:
        """Why rows may be missing from the form: it is not declared complete, or rows were refused."""
        sheet = table_named(table)[0]
        reasons = [] if self.closed(table) else [self._undeclared(sheet)]
        if refused := self.refused(table):
            reasons.append(reason("refused_row", sheet.name, form=sheet.title, count=refused))
        return tuple(reasons)

    def _undeclared(self, sheet: Sheet) -> Reason:
        state = self.index.state(sheet)
        places: dict[str, Param] = {"form": sheet.title, "day": self.window.end}
        if self.evidence.unread_files:
            kind, places["files"] = "unread", listing(sorted(set(self.evidence.unread_files)))
        elif self.evidence.refused("units"):
            kind = "units_refused"
        elif state.missing_units:
            kind, places["units"] = "unit", listing(state.missing_units)
        elif state.until is not None:
            kind, places["until"] = "early", state.until
        else:
            kind = "undeclared"
        return reason("undeclared", sheet.name, kind, **places)


def units_of(evidence: Evidence, kinds: Iterable[str]) -> list[EvidenceRow[Unit]]:
    """Units of the profile of the given kinds. The kind `subunit` means every unit marked “đầu mối trực thuộc”."""
    wanted = set(kinds)
    return [
        row for row in evidence.of(Unit)
        if row.values.kind in wanted or ("subunit" in wanted and row.values.is_subunit == YesNo.YES)
    ]


#: Filters that compare several fields. A row meets the filter when one of the fields has one of the wanted values.
_FIELDS = {
    "topic": ("topic_1", "topic_2", "topic_3"),
    "contents": ("contents_1", "contents_2", "contents_3"),
}


def deciding_fields(wanted: Filter) -> tuple[str, ...]:
    """The fields of a row that the filters compare. Their cells belong to the evidence of the result."""
    return tuple(found for name in wanted for found in _FIELDS.get(name, (name,)))
