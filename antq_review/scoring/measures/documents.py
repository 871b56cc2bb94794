"""Measures of papers: signed, in force, reviewed, carried out, sent in time. All read the sheet “Văn bản”."""

from __future__ import annotations

from collections.abc import Iterable

from antq_review.forms.choices import DocumentKind
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document
from antq_review.ingest.model import EvidenceRow
from antq_review.period import quarter
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter, deciding_fields
from antq_review.scoring.measures.base import cells_blank, counted, covered, in_quarter, measure, shared
from antq_review.scoring.measures.blanks import undecided, unticked
from antq_review.scoring.model.outcome import ONE, Measurement, Reason
from antq_review.text import Message, listed, tell

_TABLE = ("documents",)
_FILTERS = ("kind", "contents", "partner")
#: Filters of the provisions that accept a paper of another kind than the text names only by a conclusion of the meeting.
_OTHER = ("other_kind", "other_contents")
_Papers = list[EvidenceRow[Document]]


def _fields(wanted: Filter, *days: str) -> tuple[str, ...]:
    return (*days, *deciding_fields({name: values for name, values in wanted.items() if name not in ("quarter", *_OTHER)}))


def _named(wanted: Filter) -> Filter:
    """The filters without those of other kinds."""
    return {name: values for name, values in wanted.items() if name not in _OTHER}


def _of_other_kinds(look: EvidenceWindow, rows: Iterable[EvidenceRow[Document]], wanted: Filter) -> _Papers:
    """Papers of a kind that the text neither names nor excludes (`other_kind`), with the wanted contents and partner.

    `other_contents` stands in the place of `contents` for a kind that by itself does not say what it is.
    """
    if "other_kind" not in wanted:
        return []
    asked = {**_named(wanted), "kind": wanted["other_kind"]}
    if "other_contents" in wanted:
        asked["contents"] = wanted["other_contents"]
    return look.matching(rows, asked)


def _kind_open(rows: Iterable[EvidenceRow[Document]]) -> list[Reason]:
    return [reason("needs_judgement", row.id, "paper", kind_of_paper=row.shown.get("kind", "")) for row in rows]


def _papers(
    look: EvidenceWindow, rows: _Papers, wanted: Filter, *days: str, notes: Iterable[Message] = ()
) -> Measurement:
    """The papers of the rows that meet the filters.

    A paper with a blank cell may meet them; the reasons name it, and its cells are no evidence yet. Where no paper
    meets them, one of another kind may count.
    """
    named = _named(wanted)
    found = look.matching(rows, named)
    doubtful, reasons = undecided(look, rows, named)
    others = [] if found else _of_other_kinds(look, rows, wanted)
    reasons += _kind_open(others)
    cells = look.cells([*found, *others], _fields(wanted, *days))
    return counted(look, _TABLE, len(found), cells, maybe=len(doubtful) + len(others), reasons=reasons, notes=notes)


@measure("documents", unit="document", filters=(*_FILTERS, *_OTHER, "quarter"))
def documents_signed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window; with the filter `quarter`: in that quarter of the year.

    Circular 124 Art. 7(1) and Decision 510 item 1 name quarter I. Unit: papers. Notes name the papers that were signed
    after the quarter, and those that were signed before it and are in force in it.
    """
    within, rest = in_quarter(look, wanted)
    notes: list[Message] = []
    if "quarter" in wanted:
        span, named = quarter(look.year, int(wanted["quarter"][0])), _named(rest)
        signed = look.matching(look.of(Document, "signed_on"), named)
        notes = [_told("signed_late", row) for row in signed if row.values.signed_on > span.end]
        in_force = look.matching(look.index.in_force(within.window), named)
        notes += [_told("signed_early", row) for row in in_force if row.values.signed_on < span.start]
    return _papers(within, within.of(Document, "signed_on"), rest, "signed_on", notes=notes)


def _told(note: str, row: EvidenceRow[Document]) -> Message:
    return tell(f"scoring.notes.{note}", id=row.id, subject=row.values.subject, day=row.values.signed_on)


@measure("documents", unit="document", filters=(*_FILTERS, *_OTHER, "quarter"))
def documents_in_force(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers in force on at least one day of the window, whatever year they were signed in. Unit: papers.

    `quarter`: on at least one day of that quarter.
    """
    look, rest = in_quarter(look, wanted)
    return _papers(look, look.index.in_force(look.window), rest, "signed_on", "in_force_from", "in_force_to")


@measure("documents", unit="document", filters=_FILTERS)
def documents_with_all_contents(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers in force in the window that have every listed content each (plan II.2-1). Unit: papers.

    A paper without contents may have them.
    """
    in_force, contents = look.index.in_force(look.window), wanted.get("contents", ())
    rows = look.matching(in_force, {name: values for name, values in wanted.items() if name != "contents"})
    found = rows
    for content in contents:
        found = look.matching(found, {"contents": (content,)})
    doubtful, reasons = undecided(look, in_force, wanted)
    cells = look.cells(found, _fields(wanted, "signed_on"))
    return counted(look, _TABLE, len(found), cells, maybe=len([row for row in doubtful if row not in found]), reasons=reasons)


@measure("documents", unit="rate", filters=(*_FILTERS, *_OTHER, "quarter"))
def contents_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed contents that papers in force cover, one paper or several (Circular 124 Art. 7(1)).

    Base: the list. Without a kind: papers of any kind. `quarter`: papers in force in that quarter. A paper without
    contents may cover three of them.
    """
    look, wanted = in_quarter(look, wanted)
    contents = wanted.get("contents", ())
    in_force = look.index.in_force(look.window)
    rest = {name: values for name, values in _named(wanted).items() if name != "contents"}
    papers = look.matching(in_force, rest)
    having = {content: look.matching(papers, {"contents": (content,)}) for content in contents}
    rows = list(dict.fromkeys(row for found in having.values() for row in found))
    number = sum(bool(found) for found in having.values())
    missing = tuple(content for content, found in having.items() if not found)
    doubtful, reasons = undecided(look, in_force, {**rest, "contents": missing}) if missing else ([], [])
    others = _of_other_kinds(look, in_force, {**wanted, "contents": missing}) if missing else []
    more = [content for content in missing if look.matching(others, {"contents": (content,)})]
    # A refused paper may cover three contents, and `covered` adds the first.
    maybe = look.refused("documents") * 2 + len(doubtful) * 3 + len(more)
    cells = look.cells([*rows, *others], _fields(wanted, "signed_on"))
    return covered(look, _TABLE, number, len(contents), cells, maybe=maybe, reasons=reasons + _kind_open(others))


@measure("documents", unit="rate", filters=(*_FILTERS, *_OTHER))
def document_kind_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the listed kinds with a paper signed in the window. Base: the list.

    A paper of another kind (`other_kind`) may stand for one that is missing.
    """
    named = _named(wanted)
    kinds = named.get("kind", ())
    signed = look.of(Document, "signed_on")
    found = look.matching(signed, named) if kinds else []
    doubtful, reasons = undecided(look, signed, named)
    had = {row.values.kind for row in found}
    more = {row.values.kind for row in doubtful} - had
    others = _of_other_kinds(look, signed, wanted) if had < set(kinds) else []
    cells = look.cells([*found, *others], ("kind", "signed_on"))
    why = [*(reasons if more else ()), *_kind_open(others)]
    return covered(look, _TABLE, len(had), len(kinds), cells, maybe=len(more) + len(others), reasons=why)


@measure("documents", unit="document", filters=_FILTERS)
def documents_reviewed(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers reviewed in the window. Unit: papers."""
    return _papers(look, look.of(Document, "reviewed_on"), wanted, "reviewed_on")


@measure("documents", unit="document", filters=_FILTERS)
def duties_assigned(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Papers signed in the window that assign duties. Unit: papers.

    Where the mark is blank in all these papers, each of them may assign duties.
    """
    signed = look.of(Document, "signed_on")
    rows = look.matching(signed, wanted)
    found = [row for row in rows if row.values.assigns_duties == YesNo.YES]
    doubtful, reasons = undecided(look, signed, wanted)
    doubtful = [row for row in doubtful if row.values.assigns_duties != YesNo.NO]
    if unticked(signed, "assigns_duties"):
        doubtful += rows
        reasons = [*reasons, *cells_blank(rows, "assigns_duties")]
    cells = look.cells(found, ("assigns_duties", "signed_on"))
    return counted(look, _TABLE, len(found), cells, maybe=len(doubtful), reasons=reasons if doubtful else ())


@measure("documents", unit="rate", filters=("contents",))
def carried_out_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Superiors' papers that a paper of the school carries out (Decision 510 item 1, Circular 124 Art. 7(2)).

    Unit: rate. Base: papers marked “phải triển khai”, signed up to the window's end and in force in it; none: unknown.
    A superior's paper with a blank mark may belong to the base.
    """
    in_force = look.matching(look.index.in_force(look.window), wanted)
    asked = [row for row in in_force if row.values.to_be_carried_out == YesNo.YES]
    unmarked = [
        row for row in in_force
        if row.values.to_be_carried_out is None and row.values.kind == DocumentKind.SUPERIOR_DOCUMENT
    ]
    done: set[EvidenceRow[Document]] = set()
    for row in look.evidence.of(Document):
        if row.values.signed_on > look.window.end:
            continue
        for code in listed(row.values.carries_out):
            target = look.find(Document, code, row)
            if target is not None:
                done.add(target)
    good = sum(row in done for row in asked)
    cells = look.cells([*asked, *unmarked], ("to_be_carried_out", "number", "signed_on"))
    left = sum(row not in done for row in unmarked)  # those that are carried out never lower the rate
    found = shared(
        look, _TABLE, good, len(asked) + left, cells, maybe=left, reasons=cells_blank(unmarked, "to_be_carried_out") if left else (),
    )
    # One refused paper may carry out any number of other papers.
    return found.model_copy(update={"high": ONE, "reasons": look.why_open("documents")}) if look.refused("documents") else found


@measure("documents", unit="rate", filters=("kind",))
def report_on_time_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Reports sent by their due day (Decision 510 item 1, plan III.1-6). Unit: rate.

    Base: reports whose due day lies in the window; none: unknown. A report with a blank day of sending may have been
    sent in time.
    """
    kinds = wanted.get("kind", (DocumentKind.PERIODIC_REPORT, DocumentKind.INCIDENT_REPORT))
    due = [
        (row, last_day) for row in look.of(Document, "due_on")
        if row.values.kind in kinds and (last_day := row.values.due_on) is not None
    ]
    unsent = [row for row, _ in due if row.values.sent_on is None]
    late = [(row, last_day) for row, last_day in due if row.values.sent_on is not None and row.values.sent_on > last_day]
    notes = [
        tell("scoring.notes.sent_late", id=row.id, subject=row.values.subject, due=last_day)
        for row, last_day in late
    ]
    cells = look.cells([row for row, _ in due], ("due_on", "sent_on"))
    good = len(due) - len(late) - len(unsent)
    return shared(
        look, _TABLE, good, len(due), cells, maybe=len(unsent), reasons=cells_blank(unsent, "sent_on"), notes=notes,
    )
