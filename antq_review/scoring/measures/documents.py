"""Measures of papers: signed, in force, reviewed, carried out, sent in time. All read the sheet “Văn bản”."""

from __future__ import annotations

from antq_review.forms.choices import DocumentKind
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.ingest.model import EvidenceRow
from antq_review.period import quarter
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import counted, covered, measure, shared
from antq_review.scoring.model.outcome import ONE, Measurement
from antq_review.text import Message, listed, tell

_TABLE = ("documents",)
_FILTERS = ("kind", "contents", "partner")


def _fields(wanted: Filter, *days: str) -> tuple[str, ...]:
    return (*days, *deciding_fields({name: values for name, values in wanted.items() if name != "quarter"}))


@measure("documents", unit="document", filters=(*_FILTERS, "quarter"))
def documents_signed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window; with the filter `quarter`: in that quarter of the year.

    Circular 124 Art. 7(1) and Decision 510 item 1 require quarter I. Unit: papers. A paper signed after the quarter is
    not counted, and a note names it.
    """
    rest = {name: values for name, values in wanted.items() if name != "quarter"}
    notes: list[Message] = []
    if "quarter" in wanted:
        span = quarter(look.year, int(wanted["quarter"][0]))
        signed = look.matching(look.of(Document, "signed_on"), rest)
        notes = [_late(row) for row in signed if row.values.signed_on > span.end]
        look = look.within(span)
    found = look.matching(look.of(Document, "signed_on"), rest)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(rest, "signed_on")), notes=notes)


def _in_force(look: EvidenceWindow, wanted: Filter) -> list[EvidenceRow[Document]]:
    return look.matching(look.index.in_force(look.window), wanted)


def _late(row: EvidenceRow[Document]) -> Message:
    return tell("scoring.notes.signed_late", id=row.id, subject=row.values.subject, day=row.values.signed_on)


@measure("documents", unit="document", filters=_FILTERS)
def documents_in_force(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers in force on at least one day of the window, whatever year they were signed in. Unit: papers."""
    found = _in_force(look, wanted)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(wanted, "signed_on", "in_force_from", "in_force_to")))


@measure("documents", unit="rate", filters=_FILTERS)
def contents_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed contents that papers in force cover, one paper or several (Circular 124 Art. 7(1)).

    Base: the list. Without a kind: papers of any kind.
    """
    contents = wanted.get("contents", ())
    rest = {name: values for name, values in wanted.items() if name != "contents"}
    in_force = _in_force(look, rest)
    having = {content: look.matching(in_force, {"contents": (content,)}) for content in contents}
    rows = list({id(row): row for found in having.values() for row in found}.values())
    number = sum(bool(found) for found in having.values())
    maybe = look.refused("documents") * 2  # a refused paper may cover three contents; `covered` adds the first
    return covered(look, _TABLE, number, len(contents), look.cells(rows, _fields(wanted, "signed_on")), maybe=maybe)


@measure("documents", unit="rate", filters=_FILTERS)
def document_kind_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed kinds with a paper signed in the window. Base: the list."""
    rest = {name: values for name, values in wanted.items() if name != "kind"}
    rows = look.matching(look.of(Document, "signed_on"), rest)
    kinds = wanted.get("kind", ())
    found = [row for row in rows if row.values.kind in kinds]
    number = len({row.values.kind for row in found})
    return covered(look, _TABLE, number, len(kinds), look.cells(found, ("kind", "signed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def documents_reviewed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers reviewed in the window. Unit: papers."""
    found = look.matching(look.of(Document, "reviewed_on"), wanted)
    return counted(look, _TABLE, len(found), look.cells(found, _fields(wanted, "reviewed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def duties_assigned(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window that assign duties. Unit: papers."""
    rows = look.matching(look.of(Document, "signed_on"), wanted)
    found = [row for row in rows if row.values.assigns_duties == YesNo.YES]
    return counted(look, _TABLE, len(found), look.cells(found, ("assigns_duties", "signed_on")))


@measure("documents", unit="rate", filters=("contents",))
def carried_out_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Superiors' papers that a paper of the school carries out (Decision 510 item 1, Circular 124 Art. 7(2)).

    Unit: rate. Base: papers marked “phải triển khai”, signed up to the window's end and in force in it; none: unknown.
    """
    asked = [row for row in _in_force(look, wanted) if row.values.to_be_carried_out == YesNo.YES]
    done: set[int] = set()
    for row in look.evidence.of(Document):
        if row.values.signed_on > look.window.end:
            continue
        for code in listed(row.values.carries_out):
            target = look.find(Document, code, row)
            if target is not None:
                done.add(id(target))
    good = sum(id(row) in done for row in asked)
    found = shared(look, _TABLE, good, len(asked), look.cells(asked, ("to_be_carried_out", "number", "signed_on")))
    # One refused paper may carry out any number of other papers.
    return found.model_copy(update={"high": ONE, "reasons": look.why_open("documents")}) if look.refused("documents") else found


@measure("documents", unit="rate", filters=("kind",))
def report_on_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Reports sent by their due day (Decision 510 item 1, plan III.1-6). Unit: rate.

    Base: reports whose due day lies in the window; none: unknown. A report with a blank day of sending is not sent.
    """
    kinds = wanted.get("kind", (DocumentKind.PERIODIC_REPORT, DocumentKind.INCIDENT_REPORT))
    due = [
        (row, last_day) for row in look.of(Document, "due_on")
        if row.values.kind in kinds and (last_day := row.values.due_on) is not None
    ]
    late = [(row, last_day) for row, last_day in due if row.values.sent_on is None or row.values.sent_on > last_day]
    notes = [
        tell("scoring.notes.sent_late", id=row.id, subject=row.values.subject, due=last_day)
        for row, last_day in late
    ]
    cells = look.cells([row for row, _ in due], ("due_on", "sent_on"))
    return shared(look, _TABLE, len(due) - len(late), len(due), cells, notes=notes)
