"""Which package of a school counts: written rules; where they do not decide, the school's results stay open.

The highest sending that is not returned counts; of one number with two contents none does until the officer chooses; an accepted
one stays until a later decision; a draft never withdraws an official report, and counts only where the settings say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from antq_review.forms.choices.officer import DecisionKind
from antq_review.forms.rows.officer import ExpectedSchool
from antq_review.province.arrival import Arrival
from antq_review.province.officer_folder import Fault, OfficerFolder, unknown_package
from antq_review.province.returns import Decided, decided, shown_of
from antq_review.province.summaries import Package


class ReportState(StrEnum):
    """Where a school's report stands."""

    NOT_SENT = "not_sent"
    RECEIVED = "received"
    UNDECIDED = "undecided"
    DRAFT = "draft"
    ACCEPTED = "accepted"
    ACCEPTED_NEWER = "accepted_newer"
    RETURNED = "returned"
    EXEMPT = "exempt"
    CLOSED = "closed"

    @property
    def counts(self) -> bool:
        """Do the results of such a school enter the totals?"""
        return self in (ReportState.RECEIVED, ReportState.ACCEPTED, ReportState.ACCEPTED_NEWER)

    @property
    def is_expected(self) -> bool:
        """Must such a school report?"""
        return self not in (ReportState.EXEMPT, ReportState.CLOSED)


@dataclass(frozen=True)
class Standing:
    """One school of the list: its state, the package that counts or was returned, packages that wait for a decision."""

    code: str
    school: ExpectedSchool
    state: ReportState
    arrival: Arrival | None
    waiting: tuple[Arrival, ...]
    due_on: date
    has_arrived: bool

    @property
    def late_days(self) -> int | None:
        """Days after the due day, 0 on time; None where nothing arrived."""
        return None if self.arrival is None else max(0, (self.arrival.received_on - self.due_on).days)

    @property
    def counted(self) -> Package | None:
        """The package whose figures enter the totals."""
        return self.arrival.package if self.arrival is not None and self.state.counts else None


@dataclass
class Choice:
    """Every school of the list, the arrivals that belong to none of them, and what the officer decided."""

    standings: list[Standing]
    strangers: list[Arrival] = field(default_factory=list)
    other_years: list[Arrival] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    decided: Decided = field(default_factory=Decided)
    faults: list[Fault] = field(default_factory=list)


def choose(officer: OfficerFolder, arrivals: Sequence[Arrival], as_of: date) -> Choice:
    """The state of every school on the day `as_of`. Decisions and arrivals after that day do not count yet."""
    seen = [one for one in arrivals if one.received_on <= as_of]
    by_school: dict[str, list[Arrival]] = {}
    choice = Choice([], arrivals=seen)
    for one in sorted(seen, key=lambda arrival: (arrival.package.name.number, arrival.package.content)):
        code = officer.code_of(one.package.summary.school.code)
        if one.package.summary.year != officer.settings.year:
            choice.other_years.append(one)
        elif not code:
            choice.strangers.append(one)
        else:
            by_school.setdefault(code, []).append(one)
    ruled = decided(officer, seen, as_of)
    chosen, faults = _chosen(officer, by_school)
    choice.decided, choice.faults = ruled, [*ruled.faults, *faults]
    for code, school in officer.expected.items():
        own = by_school.get(code, [])
        state, arrival, waiting = _state(own, ruled, chosen.get(code, ""), officer.settings.counts_drafts)
        again = [reason.due_on for one in own for reason in ruled.reasons.get(one.package.content, ()) if reason.due_on is not None]
        due = school.due_on or officer.settings.due_on
        if school.exempt:
            state = ReportState.EXEMPT
        elif (school.to_on is not None and school.to_on <= due) or (school.from_on is not None and school.from_on > due):
            state = ReportState.CLOSED  # a later day, to which a return gave time, makes no school close earlier
        choice.standings.append(Standing(code, school, state, arrival, tuple(waiting), max([due, *again]), bool(own)))
    return choice


def _state(
    own: Sequence[Arrival], ruled: Decided, chosen: str, counts_drafts: bool
) -> tuple[ReportState, Arrival | None, list[Arrival]]:
    if not own:
        return ReportState.NOT_SENT, None, []
    accepted = [one for one in own if ruled.kind(one) is DecisionKind.ACCEPT]
    left = [one for one in own if ruled.kind(one) is not DecisionKind.RETURN]
    if accepted:
        last = accepted[-1]
        waiting = [one for one in left if one not in accepted and one.package.name.number > last.package.name.number]
        return (ReportState.ACCEPTED_NEWER if waiting else ReportState.ACCEPTED), last, waiting
    if not left:
        return ReportState.RETURNED, own[-1], []
    official = [one for one in left if not one.package.summary.draft]
    among = official or left
    named = next((one for one in left if one.package.content.startswith(chosen)), None) if chosen else None
    best = [one for one in among if one.package.name.number == among[-1].package.name.number]
    if named is None and len(best) > 1:
        return ReportState.UNDECIDED, None, best
    found = named or best[0]
    waiting = [one for one in left if one is not found and one.package.name.number > found.package.name.number]
    is_draft = found.package.summary.draft and not counts_drafts
    return (ReportState.DRAFT if is_draft else ReportState.RECEIVED), found, waiting


def _chosen(officer: OfficerFolder, by_school: dict[str, list[Arrival]]) -> tuple[dict[str, str], list[Fault]]:
    chosen: dict[str, str] = {}
    faults: list[Fault] = []
    for row in officer.chosen:
        shown = shown_of(row.values.package)
        code = officer.code_of(row.values.code)
        if any(one.shown == shown for one in by_school.get(code, [])):
            chosen[code] = shown
        else:
            faults.append(unknown_package(row, row.values.package))
    return chosen, faults
