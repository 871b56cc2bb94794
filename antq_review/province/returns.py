"""Decisions and their reasons as the officer typed them: which hold, and what is wrong with the others, at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from antq_review.forms.choices.officer import DecisionKind, ReturnedText
from antq_review.forms.rows.officer import Decision, ReturnReason
from antq_review.ingest.model import EvidenceRow
from antq_review.package.model import Summary
from antq_review.province.arrival import SHOWN_DIGITS, Arrival
from antq_review.province.officer_folder import Fault, OfficerFolder, fault_at, unknown_package
from antq_review.text import Message, tell
from antq_review.text.personal import MASK, names_somebody

#: A reason tells the school something: so many letters at least.
LEAST_LETTERS = 15


@dataclass
class Decided:
    """Content → the decision about it that holds, with its row; content → the reasons of its return."""

    by_content: dict[str, EvidenceRow[Decision]] = field(default_factory=dict)
    reasons: dict[str, tuple[ReturnReason, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def kind(self, arrival: Arrival) -> DecisionKind | None:
        """What was decided about a package; None where nothing holds."""
        row = self.by_content.get(arrival.package.content)
        return row.values.decision if row is not None else None


def decided(officer: OfficerFolder, arrivals: Sequence[Arrival], as_of: date) -> Decided:
    """The last decision about each package that was not withdrawn. A decision with a fault changes nothing and stops no other."""
    here = {one.shown: one for one in arrivals}
    found = Decided()
    by_package: dict[str, list[EvidenceRow[ReturnReason]]] = {}
    for reason in officer.reasons:
        shown = shown_of(reason.values.package)
        by_package.setdefault(shown, []).append(reason)
        if shown not in here:
            found.faults.append(unknown_package(reason, reason.values.package))
    for row in officer.decisions:
        if row.values.decided_on > as_of:
            continue
        arrival = here.get(shown_of(row.values.package))
        code = officer.code_of(row.values.code)
        if arrival is None or not code or code != officer.code_of(arrival.package.summary.school.code):
            found.faults.append(unknown_package(row, row.values.package))
            continue
        _take(found, row, arrival, by_package.get(arrival.shown, []))
    return found


def _take(found: Decided, row: EvidenceRow[Decision], arrival: Arrival, reasons: Sequence[EvidenceRow[ReturnReason]]) -> None:
    content = arrival.package.content
    if row.values.decision is DecisionKind.WITHDRAW:
        found.by_content.pop(content, None)
        return
    if _names(row.values.post):
        found.faults.append(fault_at(row, "post", tell("province.decision.names_reader")))
        row = replace(row, values=row.values.model_copy(update={"post": None}))  # the decision holds; the name goes to no school
    if row.values.decision is DecisionKind.RETURN:
        faults = [fault_at(one, *said) for one in reasons if (said := _wrong(one.values, arrival.package.summary)) is not None]
        if not reasons:
            faults = [fault_at(row, "decision", tell("province.decision.no_reason", package=row.values.package))]
        if faults:
            found.faults += [fault for fault in faults if fault not in found.faults]
            return
        found.reasons[content] = tuple(one.values for one in reasons)
    found.by_content[content] = row


def _wrong(reason: ReturnReason, summary: Summary) -> tuple[str, Message] | None:
    """The field of a reason that is wrong, and why: too short, about nothing in this package, or naming a person."""
    if not tells(reason.reason):
        return "reason", tell("province.decision.short_reason", least=LEAST_LETTERS)
    for name in ("reason", "to_do"):
        if _names(getattr(reason, name)):
            return name, tell("province.decision.personal")
    known = items_of(summary, reason.text)
    if (reason.item or "") not in known:
        return "item", tell("province.decision.unknown_item", item=reason.item or "–", text=reason.text.label)
    return None


def _names(text: str | None) -> bool:
    """Would a text that goes to the school name a person? Reading has put MASK in the place of a number, or of a name beside a class."""
    return text is not None and (MASK in text or names_somebody(text))


def tells(reason: str) -> bool:
    """Are there letters enough for a reason that says what is wrong?"""
    return sum(letter.isalpha() for letter in reason) >= LEAST_LETTERS


def items_of(summary: Summary, text: ReturnedText) -> list[str]:
    """What a reason may be about: the criteria of a text, the sentences of the plan, or the whole package (an empty id)."""
    if text is ReturnedText.ALL:
        return [""]
    if text is ReturnedText.PLAN:
        return [goal.id for goal in summary.goals]
    return [one.id for found in summary.texts if found.id == text.value for one in found.criteria]


def with_officer_days(officer: OfficerFolder, arrivals: Sequence[Arrival], today: date) -> tuple[list[Arrival], list[Fault]]:
    """The arrivals, each on the day that the officer wrote for it; a day that is to come, or of no package here, changes nothing."""
    days, faults = {}, []
    here = {one.shown for one in arrivals}
    for row in officer.days:
        shown = shown_of(row.values.package)
        if shown not in here:
            faults.append(unknown_package(row, row.values.package))
        elif row.values.received_on > today:
            faults.append(fault_at(row, "received_on", tell("province.decision.day_to_come", day=row.values.received_on)))
        else:
            days[shown] = row.values.received_on
    return [one.on(days[one.shown]) if one.shown in days else one for one in arrivals], faults


def shown_of(package: str) -> str:
    """A content id as the officer typed it: the digits that are printed."""
    return package.casefold()[:SHOWN_DIGITS]
