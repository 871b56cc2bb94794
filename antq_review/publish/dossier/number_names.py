"""The names of the cells of PL1–PL9 in a form: `figure.pl7_incidents_all`.

They are the same for every school and year.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from antq_review.forms.choices import (
    ActivityForm,
    Audience,
    Channel,
    CheckKind,
    CommendationLevel,
    IncidentKind,
    Partner,
    Purpose,
    Recipient,
    SystemKind,
    Topic,
)
from antq_review.forms.columns import Choices

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
_CHECKED = (CheckKind.CAMERA, CheckKind.FIRE, CheckKind.SECURITY_BOOK, CheckKind.HEAD_CHECK, CheckKind.SURROUNDINGS)
_DEVICES = (
    SystemKind.CAMERA, SystemKind.SMART_CAMERA, SystemKind.SURVEILLANCE, SystemKind.FIRE_SYSTEM, SystemKind.OTHER,
)
_ACTIVITY_LISTS: dict[str, type[Choices]] = {"form": ActivityForm, "topic": Topic, "channel": Channel}
_COORDINATION_LISTS: dict[str, type[Choices]] = {"partner": Partner, "purpose": Purpose}


@cache
def figure_names() -> dict[str, Cell]:
    """Name in a form → cell.

    Lines with a name of the school's own (models) are left out: a form cannot foresee them.
    """
    found = [(table, key) for table, keys in _FIXED.items() for key in keys]
    return {_name(cell): cell for cell in [*found, *_by_lists()]}


def _by_lists() -> Iterator[Cell]:
    """The cells that exist once for each member of a closed list."""
    yield from (("PL1", f"people.{name}") for name in Audience if name is not Audience.PARENTS)
    for of, choices in _ACTIVITY_LISTS.items():
        yield from (("PL3", f"activities.{of}.{one}") for one in choices if one is not Channel.IN_PERSON)
    for begins in ("attendances", "people", "rate"):
        yield from (("PL3", f"{begins}.{name}") for name in Audience)
    for kind in _CHECKED:
        yield from (("PL5", f"checks.{kind}{ends}") for ends in ("", ".passed"))
    for system in _DEVICES:
        yield from (("PL5", f"system.{system}.{name}") for name in ("installed", "working"))
    for of, choices in _COORDINATION_LISTS.items():
        yield from (("PL6", f"coordination.{of}.{one}") for one in choices)
    yield from (("PL7", f"incidents.{incident}") for incident in IncidentKind)
    for level in CommendationLevel:
        yield from (("PL9", f"awards.{level}.{name}") for name in Recipient)


def _name(cell: Cell) -> str:
    return f"{cell[0]}_{cell[1]}".lower().replace(".", "_")
