"""What the cells of PL1–PL9 are called in a form: `figure.pl7_incidents_all`. The names are fixed, whatever a school has this year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from antq_review.forms import choices as lists

Cell = tuple[str, str]
_FIXED = {
    "PL1": ("people.staff", "people.pupils", "units.subject_group", "units.office", "classes"),
    "PL2": (
        "documents.all", "documents.resolution", "documents.plan", "documents.programme", "documents.registration",
        "documents.decision", "documents.rules", "documents.periodic_report", "documents.incident_report",
        "documents.interim_review", "documents.final_review", "documents.minutes", "documents.superior_document",
        "documents.quarter_1", "documents.coordination",
    ),
    "PL3": ("activities.all", "activities.by_pupils", "attendances.all"),
    "PL4": ("models.kept", "models.new", "models.stopped", "models.effective", "models.replicated"),
    "PL5": (
        "guard.shifts_due", "guard.shifts_signed", "guard.hours_uncovered", "checks.entry_log", "activities.fire_safety",
        "system.vneid.eligible", "system.vneid.users", "system.vneid.reports", "system.pupil_software.users",
    ),
    "PL6": ("coordination.all", "coordination.papers.police", "coordination.papers.commune", "coordination.papers.parents_board"),
    "PL7": (
        "incidents.all", "incidents.unverified", "incidents.closed", "incidents.pending", "incidents.pupils", "incidents.staff",
        "incidents.outsiders",
    ),
    "PL8": (
        "support.counselled", "support.at_risk_most", "support.supported_most", "support.at_risk_sum", "support.supported_sum",
    ),
    "PL9": ("awards.collective", "awards.person"),
}
_CHECKED = ("camera", "fire", "security_book", "head_check", "surroundings")
_DEVICES = ("camera", "smart_camera", "surveillance", "fire_system", "other")


@cache
def figure_names() -> dict[str, Cell]:
    """Name in a form → cell. Lines that bear a name of the school's own (models) are left out: no form can know them."""
    found = [(table, key) for table, keys in _FIXED.items() for key in keys]
    return {_name(cell): cell for cell in [*found, *_by_lists()]}


def _by_lists() -> Iterator[Cell]:
    """The cells that there are one of for each entry of a closed list."""
    yield from (("PL1", f"people.{name}") for name in lists.AUDIENCES.labels if name != "parents")
    for name, choices in (("form", lists.ACTIVITY_FORMS), ("topic", lists.TOPICS), ("channel", lists.CHANNELS)):
        yield from (("PL3", f"activities.{name}.{code}") for code in choices.labels if code != "in_person")
    for begins in ("attendances", "people", "rate"):
        yield from (("PL3", f"{begins}.{name}") for name in lists.AUDIENCES.labels)
    for kind in _CHECKED:
        yield from (("PL5", f"checks.{kind}{ends}") for ends in ("", ".passed"))
    for system in _DEVICES:
        yield from (("PL5", f"system.{system}.{name}") for name in ("installed", "working"))
    for name, choices in (("partner", lists.PARTNERS), ("purpose", lists.PURPOSES)):
        yield from (("PL6", f"coordination.{name}.{code}") for code in choices.labels)
    yield from (("PL7", f"incidents.{kind}") for kind in lists.INCIDENT_KINDS.labels)
    for level in lists.COMMENDATION_LEVELS.labels:
        yield from (("PL9", f"awards.{level}.{name}") for name in lists.RECIPIENTS.labels)


def _name(cell: Cell) -> str:
    return f"{cell[0]}_{cell[1]}".lower().replace(".", "_")
