"""The numeric table PL1 (size of the school).

Units: people, units, classes. An audience without a headcount has no number. The sheet of units has no declaration, so a
kind of unit without a row has no number either.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from antq_review.forms.choices import PUPILS, STAFF, Audience, UnitKind
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.school import Headcount
from antq_review.period import Period
from antq_review.scoring.evidence.window import EvidenceWindow, units_of
from antq_review.scoring.measures.participation import audiences_of
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.numeric.lines import Direction, Line, Section, TableLines
from antq_review.scoring.numeric.notes import note
from antq_review.scoring.numeric.rows import NumericLines
from antq_review.source import CellRef
from antq_review.text import SILENT


def _present(look: EvidenceWindow, every: Sequence[Audience]) -> list[Audience]:
    """The audiences of a list that the school has."""
    everyone = audiences_of(look, ("everyone",))
    return [name for name in every if name in everyone]


def _is_present(look: EvidenceWindow, line: Line) -> bool:
    return line.entry["audience"] in audiences_of(look, ("everyone",))


def _everyone(lines: NumericLines, line: Line, every: Sequence[Audience]) -> None:
    """The sum over the audiences of the school; no number where one of them was not counted."""
    look = lines.look
    counts = [look.index.headcount(name, look.window.end) for name in _present(look, every)]
    known = [base for base in counts if base is not None]
    whole = len(known) == len(counts) and bool(known)
    lines.put(
        line, sum(base.count for base in known) if whole else None, How.SUMMED, [cell for base in known for cell in base.cells],
        note=SILENT if whole else note("not_in_profile"),
    )


def _audience(lines: NumericLines, line: Line) -> None:
    """The latest headcount in the window or before it. A school that states that it has no guards has 0 of them."""
    look, name = lines.look, line.entry["audience"]
    base, latest = look.index.headcount(name, look.window.end), _counting_day(look, name)
    without = name == Audience.GUARDS and base is None and _no_guards(look)
    missing = note("no_guard_force" if without else "not_in_profile")
    said = note("counted_on", day=latest) if base and latest else missing
    lines.put(
        line, base.count if base else 0 if without else None, How.SUMMED if base and len(base.cells) > 1 else How.ENTERED,
        base.cells if base else _profile_cells(look, "has_guard_force") if without else (), note=said,
    )


def _units(lines: NumericLines, line: Line) -> None:
    rows = units_of(lines.look.evidence, line.wanted["kind"])
    lines.put(
        line, len(rows) or None, How.COUNTED, lines.look.cells(rows, ("name",)), note=SILENT if rows else note("not_in_profile")
    )


def _classes(lines: NumericLines, line: Line) -> None:
    """The number in the profile. Every school has classes, so 0 is treated as blank."""
    profile = lines.look.evidence.profile
    count = profile.class_count or None if profile else None
    lines.put(
        line, count, How.ENTERED, _profile_cells(lines.look, "class_count") if count else (),
        note=SILENT if count else note("not_in_profile"),
    )


def _counting_day(look: EvidenceWindow, audience: str) -> date | None:
    """The latest day in the window or before it on which an audience was counted."""
    days = (row.values.counted_on for row in look.evidence.of(Headcount) if row.values.audience == audience)
    return max((day for day in days if day <= look.window.end), default=None)


def _counting_days(lines: NumericLines) -> Period:
    """From the first to the last of the days on which the audiences of the school were counted."""
    look = lines.look
    found = (
        _counting_day(look, name) for name in _present(look, (*STAFF, *PUPILS)) if look.index.headcount(name, look.window.end)
    )
    days = [day for day in found if day is not None]
    return Period(min(days, default=look.window.end), max(days, default=look.window.end))


def _profile_cells(look: EvidenceWindow, name: str) -> tuple[CellRef, ...]:
    row = look.evidence.profile_row
    return row.cells((name,)) if row is not None else ()


def _no_guards(look: EvidenceWindow) -> bool:
    return look.evidence.profile is not None and look.evidence.profile.has_guard_force == YesNo.NO


PL1 = TableLines("PL1", period=_counting_days, sections=(
    Section("staff", (
        Line("people.staff", "people", Direction.NEITHER, partial(_everyone, every=STAFF), label="all_staff"),
        Line("people.{audience}", "people", Direction.NEITHER, _audience, each={"audience": STAFF}, shown=_is_present),
    )),
    Section("pupils", (
        Line("people.pupils", "people", Direction.NEITHER, partial(_everyone, every=PUPILS), label="all_pupils"),
        Line("people.{audience}", "people", Direction.NEITHER, _audience, each={"audience": PUPILS}, shown=_is_present),
    )),
    Section("units", (
        Line("units.{kind}", "unit", Direction.NEITHER, _units, each={"kind": (UnitKind.SUBJECT_GROUP, UnitKind.OFFICE)}),
        Line("classes", "class", Direction.NEITHER, _classes, label="classes"),
    )),
))
