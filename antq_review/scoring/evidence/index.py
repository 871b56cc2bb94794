"""Cached lookups in the evidence of one school, for values that judging needs many times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from antq_review.forms.columns import Row
from antq_review.forms.rows.evidence import Activity, Document
from antq_review.forms.rows.school import Headcount, Unit
from antq_review.forms.sheets import Sheet
from antq_review.ingest.check_rows import nearest
from antq_review.ingest.declarations import Declared, declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.participation import Base, Reach, campaigns, first_day, headcount, reach, unit_sizes
from antq_review.period import Period
from antq_review.source import CellRef, column_letters
from antq_review.text import fold

#: Two names that differ only in spelling count as one name: see `fold`.
folded = fold

R = TypeVar("R", bound=Row)
T = TypeVar("T")

_letters = cache(column_letters)


def by_activity(rows: Iterable[EvidenceRow[Activity]]) -> list[list[EvidenceRow[Activity]]]:
    """The rows of each activity: one day, name, campaign and organising unit. Each audience and grade has its own row.

    A row that names no unit belongs to the first activity of its day, name and campaign.
    """
    found: dict[tuple[object, ...], dict[str, list[EvidenceRow[Activity]]]] = {}
    for row in rows:
        key = row.values.held_on, folded(row.values.name), folded(row.values.campaign or "")
        found.setdefault(key, {}).setdefault(folded(row.values.organiser or ""), []).append(row)
    activities = []
    for units in found.values():
        nameless = units.pop("", [])
        first, *others = units.values() or [[]]
        activities += [[*first, *nameless], *others]
    return activities


class Index:
    """Cached lookups in one evidence. An index is valid as long as the evidence does not change."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._known: dict[Hashable, Any] = {}
        self._cells: dict[tuple[int, str], CellRef] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, computed once for each key. The key contains everything that the result depends on."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def find(self, model: type[R], code: str, near: EvidenceRow[Row] | None = None) -> EvidenceRow[R] | None:
        """The row with this code: the one in the file of `near`, else the only one of all; None: no row, or several."""
        return nearest(self.once(("codes", model), lambda: self._codes(model)).get(folded(code), []), near)

    def _codes(self, model: type[R]) -> dict[str, list[EvidenceRow[R]]]:
        named: dict[str, list[EvidenceRow[R]]] = {}
        for row in self.evidence.of(model):
            named.setdefault(folded(row.id), []).append(row)
        return named

    def state(self, sheet: Sheet) -> Declared:
        """The declarations of a form over all units: see `Declared`."""
        return self.once(("state", sheet.name), lambda: declared(self.evidence, sheet))

    def dated(self, model: type[R], day: str, window: Period) -> list[EvidenceRow[R]]:
        """Rows of the table of a row model whose date in the field `day` lies in the window."""
        return self.once((model, day, window), lambda: self._dated(model, day, window))

    def _dated(self, model: type[R], day: str, window: Period) -> list[EvidenceRow[R]]:
        (start, end), day_of = window, attrgetter(f"values.{day}")
        return [row for row in self.evidence.of(model) if (on := day_of(row)) is not None and start <= on <= end]

    def in_force(self, window: Period) -> list[EvidenceRow[Document]]:
        """Papers in force on at least one day of the window, whatever year they were signed in."""
        return self.once(("in force", window), lambda: [
            row for row in self.evidence.of(Document)
            if row.values.signed_on <= window.end and window.days > 0
            and window.overlaps(row.values.in_force_from or row.values.signed_on, row.values.in_force_to)
        ])

    def cell(self, row: EvidenceRow[Row], name: str) -> CellRef:
        """The cell of a field of a row. `id(row)` can be the key, because the evidence keeps every row alive."""
        key = (id(row), name)
        found = self._cells.get(key)
        if found is None:
            cell = f"{_letters(row.columns[name]) if name in row.columns else ''}{row.number}"
            found = self._cells[key] = CellRef.model_validate(
                {"file": row.file, "sheet": row.sheet, "cell": cell, "shown": row.shown.get(name, "")}
            )
        return found

    def kinds(self, unit: str) -> set[str]:
        """Kinds of the units with this name. `unit` is folded already."""
        return self.once("kinds", self._kinds).get(unit, set())

    def _kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.evidence.of(Unit):
            found.setdefault(folded(row.values.name), set()).add(row.values.kind)
        return found

    def headcount(self, audience: str, day: date) -> Base | None:
        """The headcount of an audience on its last counting day up to `day`; None: it was not counted until then."""
        days = self.once(("counted", audience), lambda: sorted(
            {row.values.counted_on for row in self.evidence.of(Headcount) if row.values.audience == audience}
        ))
        latest = next((counted for counted in reversed(days) if counted <= day), None)
        if latest is None:
            return None
        return self.once(("people", audience, latest), lambda: headcount(self.evidence, audience, latest))

    def reaches(self, rows: Sequence[EvidenceRow[Activity]], audience: str, whole: bool) -> list[Reach]:
        """The reach of each campaign among the rows that concerns the audience."""
        return [self._reach(group, audience, whole) for group in campaigns(rows, audience)]

    def _reach(self, group: Sequence[EvidenceRow[Activity]], audience: str, whole: bool) -> Reach:
        key = ("reach", whole, tuple(id(row) for row in group))
        sizes = self.once("sizes", lambda: unit_sizes(self.evidence))
        return self.once(key, lambda: reach(group, audience, self.headcount(audience, first_day(group)), sizes, whole))
