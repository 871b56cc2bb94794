"""The numeric tables PL5 (guard duty, checks, devices) and PL7 (incidents).

Incidents are only counted; their free text is never used.
"""

from __future__ import annotations

from collections.abc import Iterable

from antq_review.forms.choices import CheckKind, CheckResult, IncidentKind, SystemKind, Topic, Verified
from antq_review.forms.rows.evidence import Incident
from antq_review.forms.rows.safety import Inspection, System
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.numeric_tables import NumericTable
from antq_review.scoring.numeric.rows import NumericLines, line, note, unit
from antq_review.text import day

_CHECKED = (CheckKind.CAMERA, CheckKind.FIRE, CheckKind.SECURITY_BOOK, CheckKind.HEAD_CHECK, CheckKind.SURROUNDINGS)
#: Systems that have a line even where the form has no row for them.
_ALWAYS = (SystemKind.CAMERA, SystemKind.FIRE_SYSTEM)
_DEVICES = (
    SystemKind.CAMERA, SystemKind.SMART_CAMERA, SystemKind.SURVEILLANCE, SystemKind.FIRE_SYSTEM, SystemKind.OTHER,
)


def conditions(look: EvidenceWindow) -> NumericTable:
    """PL5: guard duty, checks, devices and systems, VNeID. Units: shifts, hours, checks, devices, people.

    Devices and users come from the latest row of each system in the period; shifts, hours and reports are sums.
    """
    lines = NumericLines("PL5", look)
    checks = look.of(Inspection, "from_on")
    lines.under("guard")
    duty = [row for row in checks if row.values.kind == CheckKind.GUARD_DUTY]
    for name, of in (("shifts_due", "shift"), ("shifts_signed", "shift"), ("hours_uncovered", "hour")):
        lines.summed(f"guard.{name}", line(name), unit(of), "checks", duty, name)
    entries = [row for row in checks if row.values.kind == CheckKind.ENTRY_LOG]
    lines.counted("checks.entry_log", line("entry_log"), unit("stretch"), "checks", entries, "from_on")
    lines.under("checks")
    for kind in _CHECKED:
        _checks(lines, kind, [row for row in checks if row.values.kind == kind])
    lines.measured(
        "activities.fire_safety", line("fire_drills"), unit("activity"), "activity_count", "activities",
        {"topic": (Topic.FIRE_SAFETY,)},
    )
    _systems(lines)
    return lines.table()


def _checks(lines: NumericLines, kind: CheckKind, rows: list[EvidenceRow[Inspection]]) -> None:
    """Adds the number of checks, and the number of those that passed or were mended by the end of the window."""
    label = CheckKind.label_of(kind)
    lines.counted(f"checks.{kind}", label, unit("time"), "checks", rows, "from_on")
    end = lines.look.window.end
    good = [
        row for row in rows
        if row.values.result == CheckResult.PASSED or (row.values.mended_on is not None and row.values.mended_on <= end)
    ]
    without = sum(row.values.result is None for row in rows if row not in good)
    said = note("blank_cells", count=without) if without else ""
    lines.counted(f"checks.{kind}.passed", line("passed", kind=label), unit("time"), "checks", good, "from_on", said)
    if without:
        lines.rows[-1] = lines.rows[-1].model_copy(
            update={"at_least": bool(good), "value": lines.rows[-1].value if good else None}
        )


def latest_of(rows: Iterable[EvidenceRow[System]]) -> dict[SystemKind, EvidenceRow[System]]:
    """The latest row of each system; of two rows of one day, the later one in the workbook."""
    found: dict[SystemKind, EvidenceRow[System]] = {}
    for row in sorted(rows, key=lambda row: (row.values.counted_on, row.file, row.number)):
        found[row.values.system] = row
    return found


def _systems(lines: NumericLines) -> None:
    rows = lines.look.of(System, "counted_on")
    latest = latest_of(rows)
    lines.closed("systems")
    lines.under("systems")
    for system in _DEVICES:
        if system in latest or system in _ALWAYS:
            label, row = SystemKind.label_of(system), latest.get(system)
            said = note("counted_on", day=day(row.values.counted_on)) if row is not None else ""
            for name in ("installed", "working"):
                lines.entered(f"system.{system}.{name}", line(name, system=label), unit("device"), row, name, said)
    lines.under("vneid")
    people = latest.get(SystemKind.VNEID)
    lines.entered("system.vneid.eligible", line("eligible"), unit("people"), people, "eligible")
    for system in (SystemKind.VNEID, SystemKind.PUPIL_SOFTWARE):
        if system in latest or system == SystemKind.VNEID:
            label = SystemKind.label_of(system)
            lines.entered(f"system.{system}.users", line("users", system=label), unit("people"), latest.get(system), "users")
    reports = [row for row in rows if row.values.system == SystemKind.VNEID]
    lines.summed("system.vneid.reports", line("reports_received"), unit("report"), "systems", reports, "reports_received")


# --- PL7 -----------------------------------------------------------------------------------------------------------


def incidents(look: EvidenceWindow) -> NumericTable:
    """PL7: verified incidents by kind, closed and pending; people concerned in all of them. Units: incidents, people.

    Only numbers: no day, place, class or free text. The number of people is given for all kinds together, because a
    small number for one kind could identify them.
    """
    lines = NumericLines("PL7", look)
    rows = [row for row in look.of(Incident, "happened_on") if row.values.verified == Verified.YES]
    lines.under("incidents")
    lines.counted("incidents.all", line("all_incidents"), unit("incident"), "incidents", rows, "happened_on")
    for kind, label in IncidentKind.labels().items():
        own = [row for row in rows if row.values.kind == kind]
        lines.counted(f"incidents.{kind}", label, unit("incident"), "incidents", own, "happened_on")
    unverified = [row for row in look.of(Incident, "happened_on") if row.values.verified == Verified.NO]
    lines.counted("incidents.unverified", line("unverified"), unit("incident"), "incidents", unverified, "happened_on")
    lines.under("handled")
    done = [row for row in rows if row.values.closed_on is not None and row.values.closed_on <= look.window.end]
    lines.counted("incidents.closed", line("closed"), unit("incident"), "incidents", done, "happened_on")
    pending = [row for row in rows if row not in done]
    said = note("pending", day=day(look.window.end)) if pending else ""
    lines.counted("incidents.pending", line("pending"), unit("incident"), "incidents", pending, "happened_on", said)
    lines.under("involved")
    for name in ("pupils", "staff", "outsiders"):
        lines.summed(f"incidents.{name}", line(f"involved_{name}"), unit("people"), "incidents", rows, name)
    return lines.table()
