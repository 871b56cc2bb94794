"""Which package of a school counts: written rules; where they do not decide, the school's results stay open.

The highest sending that is not returned counts; of one number with two contents none does until the officer chooses; an accepted
one stays until a later decision; a draft never withdraws an official report, and counts only where the settings say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from antq_review.forms.choices.officer import DecisionKind
from antq_review.forms.columns import Row
from antq_review.forms.rows.officer import Decision, ExpectedSchool
from antq_review.ingest.model import EvidenceRow
from antq_review.province.officer_folder import Fault, OfficerFolder, fault_at
from antq_review.province.summaries import Package
from antq_review.text import tell

#: So many digits of a content id are printed and typed.
SHOWN_DIGITS = 12


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
class Arrival:
    """One content, wherever and however often it lies below `den/`. `received_on`: first sight, or the officer's day."""

    package: Package
    files: tuple[str, ...]
    received_on: date

    @property
    def shown(self) -> str:
        """The content id as it is printed."""
        return self.package.content[:SHOWN_DIGITS]

    def on(self, day: date) -> Arrival:
        """The same, received on another day."""
        return replace(self, received_on=day)


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
    """Every school of the list, and the arrivals that belong to none of them."""

    standings: list[Standing]
    strangers: list[Arrival] = field(default_factory=list)
    other_years: list[Arrival] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def choose(officer: OfficerFolder, arrivals: Sequence[Arrival], as_of: date) -> Choice:
    """The state of every school on the day `as_of`. Decisions and arrivals after that day do not count yet."""
    seen = [one for one in arrivals if one.received_on <= as_of]
    by_school: dict[str, list[Arrival]] = {}
    choice = Choice([])
    for one in sorted(seen, key=lambda arrival: (arrival.package.name.number, arrival.package.content)):
        written = one.package.summary.school.code
        code = written if written in officer.expected else officer.others.get(written, "")
        if one.package.summary.year != officer.settings.year:
            choice.other_years.append(one)
        elif not code:
            choice.strangers.append(one)
        else:
            by_school.setdefault(code, []).append(one)
    decided, choice.faults = _decisions(officer, seen, as_of)
    chosen, more = _chosen(officer, by_school)
    choice.faults += more
    returned_until = _resend_days(officer)
    for code, school in officer.expected.items():
        own = by_school.get(code, [])
        state, arrival, waiting = _state(own, decided, chosen.get(code, ""), officer.settings.counts_drafts)
        due = max([school.due_on or officer.settings.due_on, *(returned_until[one.shown] for one in own if one.shown in returned_until)])
        if school.exempt:
            state = ReportState.EXEMPT
        elif school.to_on is not None and school.to_on <= due:
            state = ReportState.CLOSED
        choice.standings.append(Standing(code, school, state, arrival, tuple(waiting), due, bool(own)))
    return choice


def _state(
    own: Sequence[Arrival], decided: dict[str, DecisionKind], chosen: str, counts_drafts: bool
) -> tuple[ReportState, Arrival | None, list[Arrival]]:
    if not own:
        return ReportState.NOT_SENT, None, []
    accepted = [one for one in own if decided.get(one.package.content) is DecisionKind.ACCEPT]
    left = [one for one in own if decided.get(one.package.content) is not DecisionKind.RETURN]
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


# --- what the officer wrote --------------------------------------------------------------------------------------------


def _decisions(officer: OfficerFolder, seen: Iterable[Arrival], as_of: date) -> tuple[dict[str, DecisionKind], list[Fault]]:
    """Content → the last decision about it that was not withdrawn; and the decisions about a package that is not there."""
    contents = {one.shown: one.package.content for one in seen}
    decided: dict[str, DecisionKind] = {}
    faults: list[Fault] = []
    for row in officer.decisions:
        content = contents.get(row.values.package.casefold()[:SHOWN_DIGITS])
        if row.values.decided_on > as_of:
            continue
        if content is None:
            faults.append(unknown_package(row, row.values.package))
            continue
        if row.values.decision is DecisionKind.RETURN and not _has_reason(officer, row):
            faults.append(fault_at(row, "decision", tell("province.decision.no_reason", package=row.values.package)))
            continue
        if row.values.decision is DecisionKind.WITHDRAW:
            decided.pop(content, None)
        else:
            decided[content] = row.values.decision
    return decided, faults


def _has_reason(officer: OfficerFolder, row: EvidenceRow[Decision]) -> bool:
    shown = row.values.package.casefold()[:SHOWN_DIGITS]
    return any(one.values.package.casefold()[:SHOWN_DIGITS] == shown and is_reason(one.values.reason) for one in officer.reasons)


def is_reason(text: str) -> bool:
    """Does a reason tell the school anything? At least 15 letters."""
    return sum(letter.isalpha() for letter in text) >= 15


def _chosen(officer: OfficerFolder, by_school: dict[str, list[Arrival]]) -> tuple[dict[str, str], list[Fault]]:
    chosen: dict[str, str] = {}
    faults: list[Fault] = []
    for row in officer.chosen:
        shown = row.values.package.casefold()[:SHOWN_DIGITS]
        if any(one.shown == shown for one in by_school.get(row.values.code, [])):
            chosen[row.values.code] = shown
        else:
            faults.append(unknown_package(row, row.values.package))
    return chosen, faults


def _resend_days(officer: OfficerFolder) -> dict[str, date]:
    """Content as shown → the day by which the school was asked to send again."""
    days: dict[str, date] = {}
    for row in officer.reasons:
        if row.values.due_on is not None:
            shown = row.values.package.casefold()[:SHOWN_DIGITS]
            days[shown] = max(days.get(shown, date.min), row.values.due_on)
    return days


def unknown_package(row: EvidenceRow[Row], package: str) -> Fault:
    """The fault of a row about a package that is not in the folder or belongs to another school."""
    return fault_at(row, "package", tell("province.decision.unknown_package", package=package))
