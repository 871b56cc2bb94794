"""What judging asks of one school's evidence again and again, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from antq_review.forms.sheets import Sheet
from antq_review.ingest.check_rows import nearest
from antq_review.ingest.declarations import Declared, declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.participation import Base, Reach, campaigns, first_day, headcount, reach
from antq_review.period import Period
from antq_review.source import CellRef, column_letters
from antq_review.text import fold

#: Spelling that must not decide: see `fold`.
folded = fold

T = TypeVar("T")

_letters = cache(column_letters)


def activity_key(row: EvidenceRow) -> tuple[object, ...]:
    """What makes rows one activity: day, name and campaign; each audience and grade has a row of its own."""
    return row.get("held_on"), folded(row.get("name")), folded(row.get("campaign") or "")


class Index:
    """Answers about one evidence, remembered. Good for one judgement: the evidence must not change meanwhile."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._known: dict[Hashable, Any] = {}
        self._cells: dict[tuple[int, str], CellRef] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out the first time the key is asked for. The key names all that it depends on."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def find(self, table: str, code: str, near: EvidenceRow | None = None) -> EvidenceRow | None:
        """The row of a code: in the same file first, else the only one anywhere; None where there is none or several."""
        return nearest(self.once(("codes", table), lambda: self._codes(table)).get(folded(code), []), near)

    def _codes(self, table: str) -> dict[str, list[EvidenceRow]]:
        named: dict[str, list[EvidenceRow]] = {}
        for row in self.evidence.rows(table):
            named.setdefault(folded(row.id), []).append(row)
        return named

    def state(self, sheet: Sheet) -> Declared:
        """How far a form is declared complete."""
        return self.once(("state", sheet.name), lambda: declared(self.evidence, sheet))

    def dated(self, table: str, day: str, window: Period) -> list[EvidenceRow]:
        """Rows of a table whose day lies in the window."""
        return self.once((table, day, window), lambda: self._dated(table, day, window))

    def _dated(self, table: str, day: str, window: Period) -> list[EvidenceRow]:
        (start, end), day_of = window, attrgetter(f"values.{day}")
        return [row for row in self.evidence.rows(table) if (on := day_of(row)) is not None and start <= on <= end]

    def in_force(self, window: Period) -> list[EvidenceRow]:
        """Papers in force on some day of the window, whatever year they were signed in."""
        return self.once(("in force", window), lambda: [
            row for row in self.evidence.rows("documents")
            if (start := row.get("in_force_from") or row.get("signed_on")) is not None
            and row.get("signed_on") <= window.end and window.days > 0 and window.overlaps(start, row.get("in_force_to"))
        ])

    def cell(self, row: EvidenceRow, name: str) -> CellRef:
        """The cell in which a field of a row stands. The evidence keeps the row, so its identity is its own."""
        key = (id(row), name)
        found = self._cells.get(key)
        if found is None:
            cell = f"{_letters(row.columns[name]) if name in row.columns else ''}{row.number}"
            found = self._cells[key] = CellRef.model_validate(
                {"file": row.file, "sheet": row.sheet, "cell": cell, "shown": row.shown.get(name, "")}
            )
        return found

    def kinds(self, unit: str) -> set[str]:
        """Kinds of the units of that name, spelling folded already."""
        return self.once("kinds", self._kinds).get(unit, set())

    def _kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.evidence.rows("units"):
            found.setdefault(folded(row.get("name")), set()).add(row.get("kind"))
        return found

    def headcount(self, audience: str, day: date) -> Base | None:
        """The audience's headcount on the counting day nearest before `day`."""
        days = self.once(("counted", audience), lambda: sorted(
            {row.get("counted_on") for row in self.evidence.rows("headcounts") if row.get("audience") == audience}
        ))
        latest = next((counted for counted in reversed(days) if counted <= day), None)
        if latest is None:
            return None
        return self.once(("people", audience, latest), lambda: headcount(self.evidence, audience, latest))

    def reaches(self, rows: Sequence[EvidenceRow], audience: str, whole: bool) -> list[Reach]:
        """The campaigns among the rows that concern the audience, each worked out once."""
        return [self._reach(group, audience, whole) for group in campaigns(rows, audience)]

    def _reach(self, group: list[EvidenceRow], audience: str, whole: bool) -> Reach:
        key = ("reach", whole, tuple(id(row) for row in group))
        return self.once(key, lambda: reach(group, audience, self.headcount(audience, first_day(group)), whole))
