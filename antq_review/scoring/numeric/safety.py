"""PL5 conditions and PL7 incidents: guard duty, checks, devices; incidents as counts, never their free text."""

from __future__ import annotations

from collections.abc import Iterable

from antq_review.forms import choices as lists
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow
from antq_review.scoring.model.numeric_tables import NumericTable
from antq_review.scoring.numeric.rows import NumericLines, line, note, unit
from antq_review.text import day

_CHECKED = ("camera", "fire", "security_book", "head_check", "surroundings")
#: Systems that have a line even where nobody wrote a row.
_ALWAYS = ("camera", "fire_system")
_DEVICES = ("camera", "smart_camera", "surveillance", "fire_system", "other")


def conditions(look: EvidenceWindow) -> NumericTable:
    """PL5: guard duty, checks, devices and systems, VNeID. Units: shifts, hours, checks, devices, people.

    Devices and users are what the latest row of a system in the period says; shifts, hours and reports are sums.
    """
    lines = NumericLines("PL5", look)
    checks = look.rows("checks", "from_on")
    lines.under("guard")
    duty = [row for row in checks if row.get("kind") == "guard_duty"]
    for name, of in (("shifts_due", "shift"), ("shifts_signed", "shift"), ("hours_uncovered", "hour")):
        lines.summed(f"guard.{name}", line(name), unit(of), "checks", duty, name)
    entries = [row for row in checks if row.get("kind") == "entry_log"]
    lines.counted("checks.entry_log", line("entry_log"), unit("stretch"), "checks", entries, "from_on")
    lines.under("checks")
    for kind in _CHECKED:
        _checks(lines, kind, [row for row in checks if row.get("kind") == kind])
    lines.measured(
        "activities.fire_safety", line("fire_drills"), unit("activity"), "activity_count", "activities", {"topic": ("fire_safety",)}
    )
    _systems(lines)
    return lines.table()


def _checks(lines: NumericLines, kind: str, rows: list[EvidenceRow]) -> None:
    """How many checks, and how many of them passed or were mended by the end of the window."""
    label = lists.CHECK_KINDS.label(kind)
    lines.counted(f"checks.{kind}", label, unit("time"), "checks", rows, "from_on")
    end = lines.look.window.end
    good = [
        row for row in rows
        if row.get("result") == "passed" or (row.get("mended_on") is not None and row.get("mended_on") <= end)
    ]
    without = sum(row.get("result") is None for row in rows if row not in good)
    said = note("blank_cells", count=without) if without else ""
    lines.counted(f"checks.{kind}.passed", line("passed", kind=label), unit("time"), "checks", good, "from_on", said)
    if without:
        lines.rows[-1] = lines.rows[-1].model_copy(
            update={"at_least": bool(good), "value": lines.rows[-1].value if good else None}
        )


def latest_of(rows: Iterable[EvidenceRow]) -> dict[str, EvidenceRow]:
    """The latest row of each system; of two on one day, the later in the workbook."""
    found: dict[str, EvidenceRow] = {}
    for row in sorted(rows, key=lambda row: (row.get("counted_on"), row.file, row.number)):
        found[str(row.get("system"))] = row
    return found


def _systems(lines: NumericLines) -> None:
    rows = lines.look.rows("systems", "counted_on")
    latest = latest_of(rows)
    lines.closed("systems")
    lines.under("systems")
    for system in _DEVICES:
        if system in latest or system in _ALWAYS:
            label, row = lists.SYSTEMS.label(system), latest.get(system)
            said = note("counted_on", day=day(row.get("counted_on"))) if row is not None else ""
            for name in ("installed", "working"):
                lines.entered(f"system.{system}.{name}", line(name, system=label), unit("device"), row, name, said)
    lines.under("vneid")
    people = latest.get("vneid")
    lines.entered("system.vneid.eligible", line("eligible"), unit("people"), people, "eligible")
    for system in ("vneid", "pupil_software"):
        if system in latest or system == "vneid":
            label = lists.SYSTEMS.label(system)
            lines.entered(f"system.{system}.users", line("users", system=label), unit("people"), latest.get(system), "users")
    reports = [row for row in rows if row.get("system") == "vneid"]
    lines.summed("system.vneid.reports", line("reports_received"), unit("report"), "systems", reports, "reports_received")


# --- PL7 -----------------------------------------------------------------------------------------------------------


def incidents(look: EvidenceWindow) -> NumericTable:
    """PL7: verified incidents by kind, people concerned over all of them, closed and pending. Units: incidents, people.

    Only numbers: no day, place, class or free text. People are given for the year as a whole, never for one kind, since a
    small number of one kind would name them.
    """
    lines = NumericLines("PL7", look)
    rows = [row for row in look.rows("incidents", "happened_on") if row.get("verified") == "yes"]
    lines.under("incidents")
    lines.counted("incidents.all", line("all_incidents"), unit("incident"), "incidents", rows, "happened_on")
    for kind, label in lists.INCIDENT_KINDS.labels.items():
        own = [row for row in rows if row.get("kind") == kind]
        lines.counted(f"incidents.{kind}", label, unit("incident"), "incidents", own, "happened_on")
    unverified = [row for row in look.rows("incidents", "happened_on") if row.get("verified") == "no"]
    lines.counted("incidents.unverified", line("unverified"), unit("incident"), "incidents", unverified, "happened_on")
    lines.under("handled")
    done = [row for row in rows if row.get("closed_on") is not None and row.get("closed_on") <= look.window.end]
    lines.counted("incidents.closed", line("closed"), unit("incident"), "incidents", done, "happened_on")
    pending = [row for row in rows if row not in done]
    said = note("pending", day=day(look.window.end)) if pending else ""
    lines.counted("incidents.pending", line("pending"), unit("incident"), "incidents", pending, "happened_on", said)
    lines.under("involved")
    for name in ("pupils", "staff", "outsiders"):
        lines.summed(f"incidents.{name}", line(f"involved_{name}"), unit("people"), "incidents", rows, name)
    return lines.table()
