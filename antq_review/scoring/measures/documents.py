"""Papers: signed in a window, in force, reviewed, carried out, sent in time. All read the sheet “Văn bản”."""

from __future__ import annotations

from antq_review.ingest.model import EvidenceRow
from antq_review.period import quarter
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import counted, covered, measure, shared
from antq_review.scoring.model.outcome import ONE, Measurement
from antq_review.text import day, listed, say

_TABLE = ("documents",)
_FILTERS = ("kind", "contents", "partner")


def _fields(wanted: Filter, *days: str) -> tuple[str, ...]:
    return (*days, *deciding_fields({name: values for name, values in wanted.items() if name != "quarter"}))


@measure("documents", unit="document", filters=(*_FILTERS, "quarter"))
def documents_signed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window, or in quarter I of the year (`quarter`: Circular 124 Art. 7(1), Decision 510 item 1).

    Unit: papers. A paper signed after the quarter is named in the notes, not counted.
    """
    rest = {name: values for name, values in wanted.items() if name != "quarter"}
    notes: list[str] = []
    if "quarter" in wanted:
        span = quarter(look.year, int(wanted["quarter"][0]))
        signed = look.matching(look.rows("documents", "signed_on"), rest)
        notes = [_late(row) for row in signed if row.get("signed_on") > span.end]
        look = look.within(span)
    found = look.matching(look.rows("documents", "signed_on"), rest)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(rest, "signed_on")), notes=notes)


def _in_force(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow]:
    return look.matching(look.index.in_force(look.window), wanted)


def _late(row: EvidenceRow) -> str:
    return say("scoring.notes.signed_late", id=row.id, subject=row.get("subject"), day=day(row.get("signed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def documents_in_force(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers in force on some day of the window, whatever year they were signed in. Unit: papers."""
    found = _in_force(look, wanted)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(wanted, "signed_on", "in_force_from", "in_force_to")))


@measure("documents", unit="rate", filters=_FILTERS)
def contents_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed contents that some paper in force covers, in one paper or several (Circular 124 Art. 7(1)).

    Base: the list. Papers of any kind where no kind is asked.
    """
    contents = wanted.get("contents", ())
    rest = {name: values for name, values in wanted.items() if name != "contents"}
    in_force = _in_force(look, rest)
    having = {content: look.matching(in_force, {"contents": (content,)}) for content in contents}
    rows = list({id(row): row for found in having.values() for row in found}.values())
    number = sum(bool(found) for found in having.values())
    maybe = look.refused("documents") * 2  # one paper may cover three contents
    return covered(look, _TABLE, number, len(contents), look.cells(rows, _fields(wanted, "signed_on")), maybe=maybe)


@measure("documents", unit="rate", filters=_FILTERS)
def document_kind_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed kinds of which a paper was signed in the window. Base: the list."""
    rest = {name: values for name, values in wanted.items() if name != "kind"}
    rows = look.matching(look.rows("documents", "signed_on"), rest)
    kinds = wanted.get("kind", ())
    found = [row for row in rows if row.get("kind") in kinds]
    number = len({row.get("kind") for row in found})
    return covered(look, _TABLE, number, len(kinds), look.cells(found, ("kind", "signed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def documents_reviewed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers whose day of review lies in the window. Unit: papers."""
    found = look.matching(look.rows("documents", "reviewed_on"), wanted)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(wanted, "reviewed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def duties_assigned(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window that assign duties. Unit: papers."""
    rows = look.matching(look.rows("documents", "signed_on"), wanted)
    found = [row for row in rows if row.get("assigns_duties") == "yes"]
    return counted(look, _TABLE, len(found), look.cells(found, ("assigns_duties", "signed_on")))


@measure("documents", unit="rate", filters=("contents",))
def carried_out_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Superiors' papers to be carried out that some paper of the school carries out (Decision 510 item 1, Circular 124 Art. 7(2)).

    Base: papers marked “phải triển khai”, signed up to the window's end and in force in it; none: unknown.
    """
    asked = [row for row in _in_force(look, wanted) if row.get("to_be_carried_out") == "yes"]
    done: set[int] = set()
    for row in look.evidence.rows("documents"):
        signed = row.get("signed_on")
        if signed is None or signed > look.window.end:
            continue
        for code in listed(row.get("carries_out")):
            target = look.find("documents", code, row)
            if target is not None:
                done.add(id(target))
    good = sum(id(row) in done for row in asked)
    found = shared(look, _TABLE, good, len(asked), look.cells(asked, ("to_be_carried_out", "number", "signed_on")))
    # A refused paper may carry out any number of others.
    return found.model_copy(update={"high": ONE, "reasons": look.why_open("documents")}) if look.refused("documents") else found


@measure("documents", unit="rate", filters=("kind",))
def report_on_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Reports sent by their due day (Decision 510 item 1, plan III.1-6).

    Base: reports whose due day lies in the window; none: unknown. A report without a day of sending is not sent.
    """
    kinds = wanted.get("kind", ("periodic_report", "incident_report"))
    due = [row for row in look.rows("documents", "due_on") if row.get("kind") in kinds]
    good = [row for row in due if row.get("sent_on") is not None and row.get("sent_on") <= row.get("due_on")]
    notes = [
        say("scoring.notes.sent_late", id=row.id, subject=row.get("subject"), due=day(row.get("due_on")))
        for row in due if row not in good
    ]
    return shared(look, _TABLE, len(good), len(due), look.cells(due, ("due_on", "sent_on")), notes=notes)
