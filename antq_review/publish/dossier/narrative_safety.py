"""Sections III.3 to III.7 and IV of the year's report: safety, models, digital means, partners, prevention, incidents."""

from __future__ import annotations

from collections.abc import Iterable

from antq_review.forms.choices import (
    CheckKind,
    CommendationLevel,
    IncidentKind,
    IncidentOutcome,
    IncidentPlace,
    Offender,
    Recipient,
    SystemKind,
    Topic,
)
from antq_review.forms.columns import Choices
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.numbers import Figure, listed, prose
from antq_review.publish.dossier.result_124 import police_line
from antq_review.publish.dossier.sentences import clauses, counted, joined, lowered, paragraphs, tell, unbracketed
from antq_review.text import day

_CHECKS = (CheckKind.CAMERA, CheckKind.FIRE, CheckKind.SECURITY_BOOK, CheckKind.SURROUNDINGS)
_SAFETY = (SystemKind.CAMERA, SystemKind.FIRE_SYSTEM, SystemKind.OTHER)
_DIGITAL = (SystemKind.SMART_CAMERA, SystemKind.SURVEILLANCE)
_PREVENTION = (
    Topic.SCHOOL_VIOLENCE, Topic.DRUGS, Topic.CHILD_ABUSE, Topic.HIGH_TECH_CRIME, Topic.ONLINE_FRAUD,
    Topic.CYBER_VIOLATIONS, Topic.UNLAWFUL_GATHERING, Topic.TRAFFIC_SAFETY, Topic.FIREWORKS, Topic.WEAPONS, Topic.E_CIGARETTES,
    Topic.VIDEO_GAMES,
)
_INVOLVED = ("pupils", "staff", "outsiders")
_TOLD: tuple[tuple[str, type[Choices]], ...] = (("offender", Offender), ("place", IncidentPlace), ("outcome", IncidentOutcome))


def environment_paragraphs(case: Case) -> list[str]:
    """Guard duty, checks, devices, fire safety."""
    cells = case.cells
    due, signed = (cells.figure("PL5", f"guard.{name}") for name in ("shifts_due", "shifts_signed"))
    whole = due.positive and due.state == signed.state and due.value == signed.value and due.state != "at_least"
    shifts = tell("environment.shifts.all", due=due.prose) if whole else counted("environment.shifts", signed, due=due.prose)
    checks = "; ".join(_check(case, kind) for kind in _CHECKS if cells.figure("PL5", f"checks.{kind}").positive)
    devices = _devices(case, _SAFETY)
    return joined(
        shifts if due.positive else "", counted("environment.uncovered", cells.figure("PL5", "guard.hours_uncovered")),
        counted("environment.entry_log", cells.figure("PL5", "checks.entry_log")),
    ) + paragraphs(
        tell("environment.checks", list=checks) if checks else "", tell("environment.devices", list=devices) if devices else "",
        counted("environment.fire", cells.figure("PL5", "activities.fire_safety")),
    ) or [tell("environment.nothing")]


def _check(case: Case, kind: CheckKind) -> str:
    """`camera 04 lần`; with the number that passed only where not all passed."""
    done, passed = case.cells.figure("PL5", f"checks.{kind}"), case.cells.figure("PL5", f"checks.{kind}.passed")
    label = lowered(kind.label)
    if passed.positive and passed.value != done.value:
        return tell("environment.check_passed", label=label, n=done.prose, passed=passed.prose)
    return tell("environment.check", label=label, n=done.prose)


def _devices(case: Case, systems: tuple[SystemKind, ...]) -> str:
    found = []
    for system in systems:
        installed, working = (case.cells.figure("PL5", f"system.{system}.{name}") for name in ("installed", "working"))
        if installed.positive and working.value is not None:
            label = lowered(system.label)
            found.append(tell("environment.device", label=label, working=prose(working.value), installed=installed.prose))
    return "; ".join(found)


# --- III.4 to III.6 ------------------------------------------------------------------------------------------------


def initiative_paragraphs(case: Case) -> list[str]:
    """The number of models that are kept up, new, effective, replicated, stopped; and their names."""
    told = [
        counted(f"initiatives.{name}", case.cells.figure("PL4", f"models.{name}"))
        for name in ("kept", "new", "effective", "replicated", "stopped")
    ]
    names = []
    for key in case.cells.keys("PL4", "model."):
        members, name = case.cells.figure("PL4", key), case.cells.label("PL4", key)
        with_members = members.positive and not members.lower
        pattern = "initiatives.named_with_members" if with_members else "initiatives.named"
        names.append(tell(pattern, name=name, members=members.prose))
    if not names:
        return [tell("initiatives.nothing")]
    return [*clauses(*told), tell("initiatives.list", list="; ".join(names))]


def digital_paragraphs(case: Case) -> list[str]:
    """Smart devices, users of the systems, online outreach."""
    cells = case.cells
    users, eligible = cells.figure("PL5", "system.vneid.users"), cells.figure("PL5", "system.vneid.eligible")
    devices = _devices(case, _DIGITAL)
    keys = cells.keys("PL3", "activities.channel.")
    channels = listed((lowered(cells.label("PL3", key)), cells.figure("PL3", key)) for key in keys)
    return joined(
        tell("digital.systems", list=devices) if devices else "",
        counted("digital.vneid", users, eligible=eligible.prose) if eligible.positive else "",
        counted("digital.software", cells.figure("PL5", "system.pupil_software.users"), pupils=case.pupils),
        counted("digital.reports", cells.figure("PL5", "system.vneid.reports")),
        tell("digital.channels", list=channels) if channels else "",
    ) or [tell("digital.nothing")]


def coordination_paragraphs(case: Case) -> list[str]:
    """Joint actions by partner and purpose, papers signed together."""
    cells = case.cells

    def by(begins: str, small: bool) -> str:
        labels = {key: unbracketed(cells.label("PL6", key)) for key in cells.keys("PL6", begins)}
        return listed((lowered(label) if small else label, cells.figure("PL6", key)) for key, label in labels.items())

    partners, purposes = by("coordination.partner.", False), by("coordination.purpose.", True)
    signed = by("coordination.papers.", False)
    return joined(
        counted("coordination.all", cells.figure("PL6", "coordination.all")),
        tell("coordination.partners", list=partners) if partners else "",
    ) + joined(
        tell("coordination.purposes", list=purposes) if purposes else "", tell("coordination.papers", list=signed) if signed else ""
    )


# --- III.7, IV -----------------------------------------------------------------------------------------------------


def prevention_paragraphs(case: Case) -> list[str]:
    """Preventive activities by topic."""
    cells = case.cells
    topics = listed(
        (lowered(cells.label("PL3", f"activities.topic.{name}")), cells.figure("PL3", f"activities.topic.{name}")) for name in _PREVENTION
    )
    return [tell("prevention.topics", list=topics) if topics else tell("prevention.nothing")]


def support_paragraphs(case: Case) -> list[str]:
    """Counselling; pupils at risk and pupils supported, as counts of the busiest month."""
    figure, pupils = case.cells.figure, case.pupils
    return clauses(
        counted("prevention.counselled", figure("PL8", "support.counselled"), pupils=pupils),
        counted("prevention.at_risk", figure("PL8", "support.at_risk_most"), pupils=pupils),
        counted("prevention.supported", figure("PL8", "support.supported_most"), pupils=pupils),
    ) or [tell("support.nothing", pupils=pupils)]


def incident_paragraphs(case: Case) -> list[str]:
    """Incidents as counts: all, by kind, closed, pending, unverified, people; and the check with the police."""
    figure = case.cells.figure
    table = case.review.table("PL7")
    until = day(table.period_end) if table else ""
    every, closed, pending = (figure("PL7", f"incidents.{name}") for name in ("all", "closed", "pending"))
    people, kinds = _people(case), _by(case, "", IncidentKind)
    told = [] if every.hidden else [(name, _by(case, f"{name}.", of)) for name, of in _TOLD]
    return joined(
        counted("incidents.all", every, until=until), tell("incidents.kinds", list=kinds) if kinds else "", _closed(every, closed),
        counted("incidents.pending", pending), counted("incidents.unverified", figure("PL7", "incidents.unverified")),
    ) + joined(*(tell(f"incidents.by_{name}", list=found) for name, found in told if found)) + paragraphs(
        tell("incidents.people", list=people) if people else "", police_line(case)
    )


def _people(case: Case) -> str:
    parts = [(case.cells.label("PL7", f"incidents.{name}"), case.cells.figure("PL7", f"incidents.{name}")) for name in _INVOLVED]
    return listed((lowered(label), figure) for label, figure in parts if not figure.hidden)


def _by(case: Case, begins: str, entries: Iterable[Choices]) -> str:
    """`giao thông 01 vụ; trộm cắp 01 vụ`: the incidents by kind, outcome, place or offender."""
    found = []
    for kind in entries:
        figure = case.cells.figure("PL7", f"incidents.{begins}{kind}")
        if figure.positive:
            pattern = "incidents.kind_hidden" if figure.hidden else "incidents.kind"
            found.append(tell(pattern, label=lowered(kind.called(case.pupils)), n=figure.prose))
    return "; ".join(found)


def _closed(every: Figure, closed: Figure) -> str:
    """One sentence where all incidents are closed; the number of the closed ones only where some are not."""
    if closed.hidden or every.hidden or not closed.positive:
        return ""
    if closed.value == every.value and not every.lower and not closed.lower:
        return tell("incidents.closed.one_all" if every.value == 1 else "incidents.closed.all")
    return counted("incidents.closed", closed)


def commendation_paragraphs(case: Case) -> list[str]:
    """Commendations of groups and persons, in all and by level."""
    cells = case.cells
    whole = _turns(case, "awards.")
    levels = "; ".join(text for level in CommendationLevel if (text := _level(case, level)))
    if whole:
        return joined(tell("commendation.all", list=whole), tell("commendation.levels", list=levels) if levels else "")
    states = {cells.figure("PL9", f"awards.{name}").state for name in Recipient}
    return [tell(f"commendation.none.{'zero' if states == {'zero'} else 'unknown'}")]


def _level(case: Case, level: CommendationLevel) -> str:
    turns = _turns(case, f"awards.{level}.")
    return tell("commendation.level", level=lowered(level.label), list=turns) if turns else ""


def _turns(case: Case, begins: str) -> str:
    """`tập thể 04 lượt, cá nhân 20 lượt`; a recipient without commendations is left out."""
    parts = [(lowered(one.label), case.cells.figure("PL9", f"{begins}{one}")) for one in Recipient]
    return ", ".join(tell("commendation.turns", label=label, n=figure.prose) for label, figure in parts if figure.positive)
