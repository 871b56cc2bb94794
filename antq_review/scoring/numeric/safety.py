"""The numeric tables PL5 (guard duty, checks, devices) and PL7 (incidents).

Incidents are only counted; their free text is never used.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from antq_review.forms.choices import (
    CheckKind,
    CheckResult,
    IncidentKind,
    IncidentOutcome,
    IncidentPlace,
    Offender,
    SystemKind,
    Topic,
    Verified,
)
from antq_review.forms.rows.evidence import Incident
from antq_review.forms.rows.safety import Inspection, System
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.numeric.counts import Counted, Measured, Summed
from antq_review.scoring.numeric.lines import Direction, Line, Privacy, Section, TableLines
from antq_review.scoring.numeric.notes import note
from antq_review.scoring.numeric.rows import NumericLines
from antq_review.text import SILENT

_CHECKED = (CheckKind.CAMERA, CheckKind.FIRE, CheckKind.SECURITY_BOOK, CheckKind.HEAD_CHECK, CheckKind.SURROUNDINGS)
#: Systems that have a line even where the form has no row for them.
_ALWAYS = (SystemKind.CAMERA, SystemKind.FIRE_SYSTEM, SystemKind.VNEID)
_DEVICES = (
    SystemKind.CAMERA, SystemKind.SMART_CAMERA, SystemKind.SURVEILLANCE, SystemKind.FIRE_SYSTEM, SystemKind.OTHER,
)


def _passed(lines: NumericLines, line: Line) -> None:
    """The checks of a kind that passed or were mended by the end of the window. A lower bound where a result is blank."""
    look = lines.look
    rows = [row for row in look.of(Inspection, "from_on") if row.values.kind in line.wanted["kind"]]
    end = look.window.end
    good = [
        row for row in rows
        if row.values.result == CheckResult.PASSED or (row.values.mended_on is not None and row.values.mended_on <= end)
    ]
    without = sum(row.values.result is None for row in rows if row not in good)
    lines.counted(line, "checks", good, "from_on", note("blank_cells", count=without) if without else SILENT)
    if without:
        lines.change_last(at_least=bool(good), value=lines.rows[-1].value if good else None)


def latest_of(rows: Iterable[EvidenceRow[System]]) -> dict[SystemKind, EvidenceRow[System]]:
    """The latest row of each system; of two rows of one day, the later one in the workbook."""
    found: dict[SystemKind, EvidenceRow[System]] = {}
    for row in sorted(rows, key=lambda row: (row.values.counted_on, row.file, row.number)):
        found[row.values.system] = row
    return found


def _latest(look: EvidenceWindow, line: Line) -> EvidenceRow[System] | None:
    latest = latest_of(look.of(System, "counted_on"))
    return next((row for system, row in latest.items() if system == line.entry["system"]), None)


def _has_system(look: EvidenceWindow, line: Line) -> bool:
    return line.entry["system"] in _ALWAYS or _latest(look, line) is not None


def _counted_system(lines: NumericLines, line: Line, column: str, with_day: bool = False) -> None:
    """The number in the latest row of a system."""
    row = _latest(lines.look, line)
    said = note("counted_on", day=row.values.counted_on) if row is not None and with_day else SILENT
    lines.entered(line, row, column, said)


def _guard(column: str, unit: str, direction: Direction) -> Line:
    duty = Summed(Inspection, column, {"kind": (CheckKind.GUARD_DUTY,)})
    return Line(f"guard.{column}", unit, direction, duty, column)


_VNEID = {"system": (SystemKind.VNEID,)}
_USED = {"system": (SystemKind.VNEID, SystemKind.PUPIL_SOFTWARE)}
#: Units: shifts, hours, checks, devices, people. Devices and users come from the latest row of each system in the period;
#: shifts, hours and reports are sums.
PL5 = TableLines("PL5", (
    Section("guard", (
        _guard("shifts_due", "shift", Direction.NEITHER),
        _guard("shifts_signed", "shift", Direction.NEITHER),
        _guard("hours_uncovered", "hour", Direction.LESS),
        Line(
            "checks.entry_log", "stretch", Direction.NEITHER, Counted(Inspection, "from_on", {"kind": (CheckKind.ENTRY_LOG,)}),
            "entry_log",
        ),
    )),
    Section("checks", (
        (
            Line("checks.{kind}", "time", Direction.MORE, Counted(Inspection, "from_on"), each={"kind": _CHECKED}),
            Line("checks.{kind}.passed", "time", Direction.MORE, _passed, "passed", each={"kind": _CHECKED}),
        ),
        Line(
            "activities.fire_safety", "activity", Direction.MORE,
            Measured("activity_count", "activities", {"topic": (Topic.FIRE_SAFETY,)}), "fire_drills",
        ),
    )),
    Section("systems", ((
        Line(
            "system.{system}.installed", "device", Direction.NEITHER, partial(_counted_system, column="installed", with_day=True),
            "installed", each={"system": _DEVICES}, shown=_has_system,
        ),
        Line(
            "system.{system}.working", "device", Direction.MORE, partial(_counted_system, column="working", with_day=True),
            "working", each={"system": _DEVICES}, shown=_has_system,
        ),
    ),)),
    Section("vneid", (
        Line(
            "system.{system}.eligible", "people", Direction.NEITHER, partial(_counted_system, column="eligible"), "eligible",
            each=_VNEID,
        ),
        Line(
            "system.{system}.users", "people", Direction.MORE, partial(_counted_system, column="users"), "users", each=_USED,
            shown=_has_system,
        ),
        Line(
            "system.{system}.reports", "report", Direction.NEITHER, Summed(System, "reports_received"), "reports_received",
            each=_VNEID,
        ),
    )),
))


# --- PL7 -----------------------------------------------------------------------------------------------------------


def _verified(look: EvidenceWindow, closed: bool) -> list[EvidenceRow[Incident]]:
    """The verified incidents that were closed by the end of the window, or those that were not."""
    end = look.window.end
    rows = [row for row in look.of(Incident, "happened_on") if row.values.verified == Verified.YES]
    return [row for row in rows if closed is (row.values.closed_on is not None and row.values.closed_on <= end)]


def _closed(lines: NumericLines, line: Line) -> None:
    lines.counted(line, "incidents", _verified(lines.look, closed=True), "happened_on")


def _pending(lines: NumericLines, line: Line) -> None:
    rows = _verified(lines.look, closed=False)
    lines.counted(line, "incidents", rows, "happened_on", note("pending", day=lines.look.window.end) if rows else SILENT)


def _told(lines: NumericLines, line: Line) -> None:
    """Verified incidents whose cell has the entry. A blank cell may have it, so the number is then a lower bound."""
    (column,) = line.entry
    rows = [row for row in lines.look.of(Incident, "happened_on") if row.values.verified == Verified.YES]
    found = [row for row in rows if row.value_of(column) == line.entry[column]]
    blank = sum(row.value_of(column) is None for row in rows)
    lines.counted(line, "incidents", found, column, note("blank_cells", count=blank) if blank else SILENT)
    if blank:
        lines.change_last(at_least=bool(found), value=lines.rows[-1].value if found else None)


def _is_told(look: EvidenceWindow, line: Line) -> bool:
    """Is the column filled for a verified incident? Forms of earlier years do not have it.

    Either all entries have a line or none: a single line would tell of a single incident in a public copy.
    """
    rows = [row for row in look.of(Incident, "happened_on") if row.values.verified == Verified.YES]
    return any(row.value_of(name) is not None for row in rows for name in line.entry)


_TRUE = {"verified": (Verified.YES,)}
_INCIDENTS = Counted(Incident, "happened_on", _TRUE)
#: Kinds, closed and pending incidents add up to all of them.
_ADDS_UP = Privacy("incidents")


def _involved(column: str) -> Line:
    return Line(
        f"incidents.{column}", "people", Direction.LESS, Summed(Incident, column, _TRUE), f"involved_{column}",
        privacy=Privacy(f"incidents_{column}"),
    )


#: Units: incidents, people. Only numbers: no day, no address, no class, no free text. The number of people is given for all kinds
#: together, because a small number for one kind could identify them.
PL7 = TableLines("PL7", (
    Section("incidents", (
        Line("incidents.all", "incident", Direction.LESS, _INCIDENTS, "all_incidents", privacy=_ADDS_UP),
        Line("incidents.{kind}", "incident", Direction.LESS, _INCIDENTS, each={"kind": IncidentKind}, privacy=_ADDS_UP),
        Line(
            "incidents.unverified", "incident", Direction.LESS, Counted(Incident, "happened_on", {"verified": (Verified.NO,)}),
            "unverified", privacy=Privacy("incidents_unverified"),
        ),
    )),
    Section("handled", (
        Line("incidents.closed", "incident", Direction.NEITHER, _closed, "closed", privacy=_ADDS_UP),
        Line("incidents.pending", "incident", Direction.LESS, _pending, "pending", privacy=_ADDS_UP),
    )),
    *(
        Section(f"by_{column}", (
            Line(
                f"incidents.{column}.{{{column}}}", "incident", Direction.NEITHER, _told, each={column: entries}, privacy=_ADDS_UP,
                shown=_is_told,
            ),
        ))
        for column, entries in (("outcome", IncidentOutcome), ("place", IncidentPlace), ("offender", Offender))
    ),
    Section("involved", (_involved("pupils"), _involved("staff"), _involved("outsiders"))),
))
