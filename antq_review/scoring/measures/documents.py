"""Papers: signed in a window, in force, reviewed, carried out, sent in time. All read the sheet “Văn bản”."""

from __future__ import annotations

from antq_review.ingest.check_rows import find_row
from antq_review.ingest.model import EvidenceRow
from antq_review.period import quarter
from antq_review.scoring.look import Filter, Look, deciding_fields, matches
from antq_review.scoring.measures.base import cells_of, counted, covered, measure, shared
from antq_review.scoring.outcome import Measurement
from antq_review.text import day, say

_TABLE = ("documents",)
_FILTERS = ("kind", "contents", "partner")


def _fields(wanted: Filter, *days: str) -> tuple[str, ...]:
    return (*days, *deciding_fields({name: values for name, values in wanted.items() if name != "quarter"}))


@measure("documents", unit="document", filters=(*_FILTERS, "quarter"))
def documents_signed(look: Look, wanted: Filter) -> Measurement:
    """Papers signed in the window, or in quarter I of the year (`quarter`: Circular 124 Art. 7(1), Decision 510 item 1).

    Unit: papers. A paper signed after the quarter is named in the notes, not counted.
    """
    rest = {name: values for name, values in wanted.items() if name != "quarter"}
    notes: list[str] = []
    if "quarter" in wanted:
        span = quarter(look.year, int(wanted["quarter"][0]))
        late = [row for row in look.rows("documents", "signed_on") if matches(look, row, rest) and row.get("signed_on") > span.end]
        notes = [_late(row) for row in late]
        look = look.within(span)
    found = [row for row in look.rows("documents", "signed_on") if matches(look, row, rest)]
    return counted(look, _TABLE, len(found), cells_of(found, _fields(rest, "signed_on")), notes=notes)


def _late(row: EvidenceRow) -> str:
    return say("scoring.notes.signed_late", id=row.id, subject=row.get("subject"), day=day(row.get("signed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def documents_in_force(look: Look, wanted: Filter) -> Measurement:
    """Papers in force on some day of the window, whatever year they were signed in. Unit: papers."""
    found = [row for row in look.evidence.rows("documents") if look.in_force(row) and matches(look, row, wanted)]
    return counted(look, _TABLE, len(found), cells_of(found, _fields(wanted, "signed_on", "in_force_from", "in_force_to")))


@measure("documents", unit="rate", filters=_FILTERS)
def contents_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed contents that some paper in force covers, in one paper or several (Circular 124 Art. 7(1)).

    Base: the list. Papers of any kind where no kind is asked.
    """
    contents = wanted.get("contents", ())
    rest = {name: values for name, values in wanted.items() if name != "contents"}
    in_force = [row for row in look.evidence.rows("documents") if look.in_force(row) and matches(look, row, rest)]
    having = {content: [row for row in in_force if matches(look, row, {"contents": (content,)})] for content in contents}
    rows = list({id(row): row for found in having.values() for row in found}.values())
    number = sum(bool(found) for found in having.values())
    maybe = look.refused("documents") * 2  # one paper may cover three contents
    return covered(look, _TABLE, number, len(contents), cells_of(rows, _fields(wanted, "signed_on")), maybe=maybe)


@measure("documents", unit="rate", filters=_FILTERS)
def document_kind_coverage(look: Look, wanted: Filter) -> Measurement:
    """Share of the listed kinds of which a paper was signed in the window. Base: the list."""
    rest = {name: values for name, values in wanted.items() if name != "kind"}
    rows = [row for row in look.rows("documents", "signed_on") if matches(look, row, rest)]
    kinds = wanted.get("kind", ())
    found = [row for row in rows if row.get("kind") in kinds]
    number = len({row.get("kind") for row in found})
    return covered(look, _TABLE, number, len(kinds), cells_of(found, ("kind", "signed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def documents_reviewed(look: Look, wanted: Filter) -> Measurement:
    """Papers whose day of review lies in the window. Unit: papers."""
    found = [row for row in look.rows("documents", "reviewed_on") if matches(look, row, wanted)]
    return counted(look, _TABLE, len(found), cells_of(found, _fields(wanted, "reviewed_on")))


@measure("documents", unit="document", filters=_FILTERS)
def duties_assigned(look: Look, wanted: Filter) -> Measurement:
    """Papers signed in the window that assign duties. Unit: papers."""
    rows = [row for row in look.rows("documents", "signed_on") if matches(look, row, wanted)]
    found = [row for row in rows if row.get("assigns_duties") == "yes"]
    return counted(look, _TABLE, len(found), cells_of(found, ("assigns_duties", "signed_on")))


@measure("documents", unit="rate", filters=("contents",))
def carried_out_rate(look: Look, wanted: Filter) -> Measurement:
    """Superiors' papers to be carried out that some paper of the school carries out (Decision 510 item 1, Circular 124 Art. 7(2)).

    Base: papers marked “phải triển khai”, signed up to the window's end and in force in it; none: unknown.
    """
    asked = [
        row for row in look.evidence.rows("documents")
        if row.get("to_be_carried_out") == "yes" and look.in_force(row) and matches(look, row, wanted)
    ]
    done: set[int] = set()
    for row in look.evidence.rows("documents"):
        signed = row.get("signed_on")
        if signed is None or signed > look.window.end:
            continue
        for code in str(row.get("carries_out") or "").split(";"):
            target = find_row(look.evidence, "documents", code.strip(), row) if code.strip() else None
            if target is not None:
                done.add(id(target))
    good = sum(id(row) in done for row in asked)
    return shared(look, _TABLE, good, len(asked), cells_of(asked, ("to_be_carried_out", "number", "signed_on")))


@measure("documents", unit="rate", filters=("kind",))
def report_on_time_rate(look: Look, wanted: Filter) -> Measurement:
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
    return shared(look, _TABLE, len(good), len(due), cells_of(due, ("due_on", "sent_on")), notes=notes)
