"""Cached lookups in the evidence of one school, for values that judging needs many times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from antq_review.forms.columns import Row
from antq_review.forms.rows.evidence import Activity, Document
from antq_review.forms.rows.school import Headcount, Unit
from antq_review.forms.sheets import Sheet, table_of
from antq_review.ingest.check_rows import nearest
from antq_review.ingest.declarations import Declared, declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.participation import Base, Reach, campaigns, first_day, headcount, reach, unit_sizes
from antq_review.period import Period
from antq_review.text import fold

#: Two names that differ only in spelling count as one name: see `fold`.
folded = fold

R = TypeVar("R", bound=Row)
T = TypeVar("T")
_UNKNOWN = object()


def by_activity(rows: Iterable[EvidenceRow[Activity]]) -> list[list[EvidenceRow[Activity]]]:
    """The rows of each activity: one day, name, campaign and organising unit. Each audience and grade has its own row.

    A row that names no unit belongs to the first activity of its day, name and campaign.
    """
    found: dict[tuple[object, ...], dict[str, list[EvidenceRow[Activity]]]] = {}
    for row in rows:
        key, unit = _names(row)
        found.setdefault(key, {}).setdefault(unit, []).append(row)
    activities = []
    for units in found.values():
        nameless = units.pop("", [])
        first, *others = units.values() or [[]]
        activities += [[*first, *nameless], *others]
    return activities


def _names(row: EvidenceRow[Activity]) -> tuple[tuple[object, ...], str]:
    """(day, name and campaign of an activity; its organising unit)."""
    values = row.values
    return (values.held_on, folded(values.name), folded(values.campaign or "")), folded(values.organiser or "")


def _by_value(rows: Iterable[EvidenceRow[Row]], fields: tuple[str, ...]) -> dict[Any, list[EvidenceRow[Row]]]:
    found: dict[Any, list[EvidenceRow[Row]]] = {}
    for row in rows:
        for name in fields:
            found.setdefault(getattr(row.values, name, None), []).append(row)
    return found


def _grouped(rows: Sequence[EvidenceRow[Row]], fields: tuple[str, ...]) -> dict[tuple[Any, ...], list[EvidenceRow[Row]]]:
    groups: dict[tuple[Any, ...], list[EvidenceRow[Row]]] = {}
    columns = [[getattr(row.values, name, None) for row in rows] for name in fields]
    for row, values in zip(rows, zip(*columns, strict=True), strict=True):
        groups.setdefault(values, []).append(row)
    return groups


class Index:
    """Cached lookups in one evidence. An index is valid as long as the evidence does not change.

    `standing`, `changed`: the index of the evidence of which this one is a copy, and what differs in the copy: names of tables
    with other rows, and of forms that are declared otherwise. What rests on none of them is looked up in the standing index.
    """

    def __init__(self, evidence: Evidence, standing: Index | None = None, changed: frozenset[str] = frozenset()) -> None:
        self.evidence = evidence
        self._standing, self._changed = standing, changed
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T], *rests_on: str) -> T:
        """The result of `make`, computed once for each key. The key contains everything that the result depends on.

        `rests_on`: all the tables that are read, and the forms whose declarations are; none: whatever the evidence has.
        """
        if self._standing is not None and rests_on and self._changed.isdisjoint(rests_on):
            return self._standing.once(key, make, *rests_on)
        found: T = self._known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = self._known[key] = make()
        return found

    def having(self, table: str, fields: tuple[str, ...], values: tuple[str, ...]) -> frozenset[EvidenceRow[Row]]:
        """The rows of a table that have one of the values in one of the fields: see `_chosen`."""

        def own(index: Index, whole: bool) -> Iterable[EvidenceRow[Row]]:
            rows = index.once(("values", table, fields, whole), lambda: _by_value(index._rows(table, whole), fields), table)
            return chain.from_iterable(rows.get(value, ()) for value in values)

        return self._chosen(("having", table, fields, values), own, table)

    def where(
        self, condition: Hashable, table: str, fields: tuple[str, ...], meets: Callable[..., bool], *beside: str
    ) -> frozenset[EvidenceRow[Row]]:
        """The rows of a table whose values of the fields meet a condition: see `_chosen`. It is asked once for equal values.

        `condition`: what `meets` asks; `beside`: the other tables on which its answer rests. A field that the table does not
        have has no value (None).
        """

        def own(index: Index, whole: bool) -> Iterable[EvidenceRow[Row]]:
            groups = index.once(("groups", table, fields, whole), lambda: _grouped(index._rows(table, whole), fields), table)
            return chain.from_iterable(rows for values, rows in groups.items() if meets(*values))

        return self._chosen(("where", condition, table, fields), own, table, *beside)

    def _chosen(
        self, key: Hashable, own: Callable[[Index, bool], Iterable[EvidenceRow[Row]]], table: str, *beside: str
    ) -> frozenset[EvidenceRow[Row]]:
        """Rows of a table. `own`: those among all rows of an index, or (False) among the rows that its standing one does not have.

        Ask the result for rows of this evidence only: what the standing one had in their place may be in it.
        """

        def found() -> frozenset[EvidenceRow[Row]]:
            standing = self._standing if self._changed.isdisjoint(beside) else None
            if standing is None:
                return frozenset(own(self, True))
            return standing._chosen(key, own, table, *beside).union(own(self, False))

        return self.once(key, found, table, *beside)

    def _rows(self, table: str, whole: bool) -> list[EvidenceRow[Row]]:
        rows = self.evidence.rows(table)
        if whole or self._standing is None:
            return rows
        standing = self._standing
        known = standing.once(("rows", table), lambda: frozenset(standing.evidence.rows(table)), table)
        return self.once(("new rows", table), lambda: [row for row in rows if row not in known], table)

    def find(self, model: type[R], code: str, near: EvidenceRow[Row] | None = None) -> EvidenceRow[R] | None:
        """The row with this code: the one in the file of `near`, else the only one of all; None: no row, or several."""
        codes = self.once(("codes", model), lambda: self._codes(model), table_of(model))
        return nearest(codes.get(folded(code), []), near)

    def _codes(self, model: type[R]) -> dict[str, list[EvidenceRow[R]]]:
        named: dict[str, list[EvidenceRow[R]]] = {}
        for row in self.evidence.of(model):
            named.setdefault(folded(row.id), []).append(row)
        return named

    def state(self, sheet: Sheet) -> Declared:
        """The declarations of a form over all units: see `Declared`."""
        return self.once(("state", sheet.name), lambda: declared(self.evidence, sheet), sheet.name, "units")

    def dated(self, model: type[R], day: str, window: Period) -> list[EvidenceRow[R]]:
        """Rows of the table of a row model whose date in the field `day` lies in the window."""
        return self.once((model, day, window), lambda: self._dated(model, day, window), table_of(model))

    def _dated(self, model: type[R], day: str, window: Period) -> list[EvidenceRow[R]]:
        days = self.once(("days", model, day), lambda: [
            (on, row) for row in self.evidence.of(model) if (on := getattr(row.values, day)) is not None
        ], table_of(model))
        start, end = window
        return [row for on, row in days if start <= on <= end]

    def in_force(self, window: Period) -> list[EvidenceRow[Document]]:
        """Papers in force on at least one day of the window, whatever year they were signed in."""
        return self.once(("in force", window), lambda: [
            row for row in (self.evidence.of(Document) if window.days else ())
            if row.values.signed_on <= window.end
            and window.overlaps(row.values.in_force_from or row.values.signed_on, row.values.in_force_to)
        ], "documents")

    def distinct(self, rows: Iterable[EvidenceRow[Activity]]) -> int:
        """The number of activities to which the rows belong: see `by_activity`."""
        names = self.once("names", self._names_of_rows, "activities")
        units = {names[row] for row in rows}
        told = {activity for activity, unit in units if unit}
        return sum(bool(unit) or activity not in told for activity, unit in units)

    def _names_of_rows(self) -> dict[EvidenceRow[Activity], tuple[tuple[object, ...], str]]:
        """The names of every row. A copy works out those of its own rows only."""
        known = {} if self._standing is None else self._standing.once("names", self._standing._names_of_rows, "activities")
        return {row: known.get(row) or _names(row) for row in self.evidence.of(Activity)}

    def kinds(self, unit: str) -> set[str]:
        """Kinds of the units with this name. `unit` is folded already."""
        return self.once("kinds", self._kinds, "units").get(unit, set())

    def _kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.evidence.of(Unit):
            found.setdefault(folded(row.values.name), set()).add(row.values.kind)
        return found

    def headcount(self, audience: str, day: date) -> Base | None:
        """The headcount of an audience on its last counting day up to `day`; None: it was not counted until then."""
        found = self.headcounts(audience, day)
        return found[-1] if found else None

    def headcounts(self, audience: str, until: date) -> list[Base | None]:
        """The headcount of an audience on each of its counting days up to a day."""
        counted = self.once(("counted", audience), lambda: self._headcounts(audience), "headcounts")
        return [base for day, base in counted.items() if day <= until]

    def _headcounts(self, audience: str) -> dict[date, Base | None]:
        days = {row.values.counted_on for row in self.evidence.of(Headcount) if row.values.audience == audience}
        return {day: headcount(self.evidence, audience, day) for day in sorted(days)}

    def reaches(self, rows: Sequence[EvidenceRow[Activity]], audience: str, whole: bool) -> list[Reach]:
        """The reach of each campaign among the rows that concerns the audience."""
        return [self._reach(group, audience, whole) for group in campaigns(rows, audience)]

    def _reach(self, group: Sequence[EvidenceRow[Activity]], audience: str, whole: bool) -> Reach:
        def found() -> Reach:
            sizes = self.once("sizes", lambda: unit_sizes(self.evidence), "units")
            return reach(group, audience, self.headcount(audience, first_day(group)), sizes, whole)

        return self.once(("reach", whole, *group), found, "headcounts", "units")
