"""A look at the evidence through one window: which rows count, whether their form is closed, why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from antq_review.forms.sheets import Sheet, table_named
from antq_review.ingest.declared import Declared, declared
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.period import Period
from antq_review.scoring.outcome import Reason
from antq_review.source import CellRef
from antq_review.text import day as shown_day
from antq_review.text import fold, say

Filter = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Look:
    """Evidence seen through a period up to a day. The window is the part of the period up to `as_of`."""

    evidence: Evidence
    period: Period
    as_of: date
    year: int

    @property
    def window(self) -> Period:
        """The part of the period that has passed."""
        return self.period.until(self.as_of)

    @property
    def over(self) -> bool:
        """Has the whole period passed?"""
        return self.as_of >= self.period.end

    def within(self, period: Period) -> Look:
        """The same evidence through another period."""
        return replace(self, period=period)

    def rows(self, table: str, day: str) -> list[EvidenceRow]:
        """Rows of a table whose day lies in the window."""
        return [row for row in self.evidence.rows(table) if (on := row.get(day)) is not None and self.window.holds(on)]

    def in_force(self, row: EvidenceRow) -> bool:
        """Is a paper in force on some day of the window, whatever year it was signed in?"""
        start = row.get("in_force_from") or row.get("signed_on")
        return start is not None and self.window.days > 0 and self.window.overlaps(start, row.get("in_force_to"))

    def state(self, table: str) -> Declared:
        """How far the form of a table is declared complete."""
        return _state(self.evidence, table_named(table)[0])

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
        state = _state(self.evidence, sheet)
        places: dict[str, object] = {"form": sheet.title, "day": shown_day(self.window.end), "until": "", "units": "", "files": ""}
        if self.evidence.unread_files:
            kind, places["files"] = "unread", ", ".join(sorted(set(self.evidence.unread_files)))
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


def _state(evidence: Evidence, sheet: Sheet) -> Declared:
    return declared(evidence, sheet)


def units_of(evidence: Evidence, kinds: Iterable[str]) -> list[EvidenceRow]:
    """Units of the profile of the given kinds; `subunit` means every đầu mối trực thuộc."""
    wanted = set(kinds)
    return [
        row for row in evidence.rows("units")
        if row.get("kind") in wanted or ("subunit" in wanted and row.get("is_subunit") == "yes")
    ]


def organised_by(evidence: Evidence, row: EvidenceRow, organisers: tuple[str, ...]) -> bool:
    """Was the activity organised by a unit of that name or kind?"""
    name = fold(row.get("organiser") or "")
    kinds = {unit.get("kind") for unit in evidence.rows("units") if fold(unit.get("name")) == name}
    return any(fold(organiser) == name or organiser in kinds for organiser in organisers)


#: Fields of a row that a filter looks at; the filter is met when any of its values stands in any of them.
_FIELDS = {
    "topic": ("topic_1", "topic_2", "topic_3"),
    "contents": ("contents_1", "contents_2", "contents_3"),
}


def matches(look: Look, row: EvidenceRow, wanted: Filter) -> bool:
    """Does the row meet every filter?"""
    return all(_meets(look, row, name, values) for name, values in wanted.items())


def _meets(look: Look, row: EvidenceRow, name: str, values: tuple[str, ...]) -> bool:
    if name == "organiser":
        return organised_by(look.evidence, row, values)
    if name == "level":
        return row.get("level") in (*values, "all") or row.get("audience") in {f"{value}_pupils" for value in values}
    if name == "name":
        return any(fold(value) in fold(row.get("name") or "") for value in values)
    return any(row.get(field) in values for field in _FIELDS.get(name, (name,)))


def deciding_fields(wanted: Filter) -> tuple[str, ...]:
    """The fields of a row that its filters looked at, for the cells a result walks back to."""
    return tuple(field for name in wanted for field in _FIELDS.get(name, (name,)))
