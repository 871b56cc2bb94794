"""The numeric tables PL2 (papers), PL4 (models), PL6 (coordination) and PL9 (commendations).

Units: papers, models, members, actions, commendations. A commendation is counted by the number in its row, not by the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from antq_review.forms.choices import (
    CommendationLevel,
    Content,
    DocumentKind,
    InitiativeConclusion,
    InitiativeStatus,
    Partner,
    Purpose,
    Recipient,
)
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Commendation, Document, Initiative
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.model.numeric_tables import How
from antq_review.scoring.numeric.counts import Measured
from antq_review.scoring.numeric.lines import Direction, Line, Privacy, Section, TableLines
from antq_review.scoring.numeric.notes import note, notes_in, one_note
from antq_review.scoring.numeric.rows import NumericLines
from antq_review.text import SILENT, Message, listing, literal

#: Kinds of papers that are due in quarter I (Circular 124, Art. 7(1)).
_FIRST_QUARTER = (DocumentKind.RESOLUTION, DocumentKind.PLAN, DocumentKind.PROGRAMME, DocumentKind.REGISTRATION)
#: Kinds of papers that are counted together.
_RULES = (
    DocumentKind.RULES, DocumentKind.REGULATION, DocumentKind.PROVISION, DocumentKind.PROCEDURE, DocumentKind.RULES_DECISION,
)
#: Kinds that have a line only where the school has such a paper: earlier forms did not offer them.
_WHERE_THERE = (DocumentKind.SCHEME, DocumentKind.OFFICIAL_LETTER, DocumentKind.NOTICE, DocumentKind.PROPOSAL)
#: How many papers a note lists by number; the register lists all of them.
_NUMBERS_SHOWN = 4


def _signed(look: EvidenceWindow, wanted: Filter) -> Message:
    """The numbers of the papers of some kinds that were signed in the window."""
    return _numbers([row for row in look.of(Document, "signed_on") if row.values.kind in wanted["kind"]])


def _numbers(rows: Sequence[EvidenceRow[Document]]) -> Message:
    """Number and day of the first few papers. Confidential papers and papers without a number are left out."""
    open_rows = [row for row in rows if row.values.number and row.values.confidential != YesNo.YES]
    shown = [note("number_of", number=row.values.number, day=row.values.signed_on) for row in open_rows[:_NUMBERS_SHOWN]]
    left = len(open_rows) - _NUMBERS_SHOWN
    return note("more", shown=listing(shown, "; "), count=left) if left > 0 else one_note(shown)


_BY_KIND = Measured("documents_signed", "documents", note=_signed)
_IN_FORCE = Measured("documents_in_force", "documents", {"contents": (Content.COORDINATION, Content.PARENTS_COORDINATION)})


def _has_paper(look: EvidenceWindow, line: Line) -> bool:
    return any(row.values.kind in line.wanted["kind"] for row in look.of(Document, "signed_on"))


def _of_kinds(
    *kinds: DocumentKind, privacy: Privacy | None = None, shown: Callable[[EvidenceWindow, Line], bool] | None = None
) -> Line:
    return Line("documents.{kind}", "document", Direction.NEITHER, _BY_KIND, each={"kind": kinds}, privacy=privacy, shown=shown)


#: Unit: papers. A count of 0 on a form that is not closed gives no number.
PL2 = TableLines("PL2", (
    Section("", (
        Line(
            "documents.all", "document", Direction.NEITHER, Measured("documents_signed", "documents"), "all_documents",
            privacy=Privacy("incident_reports", follows=True),
        ),
    )),
    Section("by_kind", (
        _of_kinds(*_FIRST_QUARTER, DocumentKind.DECISION),
        Line(
            "documents.rules", "document", Direction.NEITHER, Measured("documents_signed", "documents", {"kind": _RULES}, _signed),
            "rules",
        ),
        _of_kinds(DocumentKind.PERIODIC_REPORT),
        _of_kinds(DocumentKind.INCIDENT_REPORT, privacy=Privacy("incident_reports")),
        _of_kinds(DocumentKind.INTERIM_REVIEW, DocumentKind.FINAL_REVIEW, DocumentKind.MINUTES, DocumentKind.SUPERIOR_DOCUMENT),
        _of_kinds(*_WHERE_THERE, shown=_has_paper),
    )),
    Section("in_force", (
        Line(
            "documents.quarter_1", "document", Direction.NEITHER,
            Measured("documents_signed", "documents", {"kind": _FIRST_QUARTER, "quarter": ("1",)}), "first_quarter",
        ),
        Line("documents.coordination", "document", Direction.NEITHER, _IN_FORCE, "with_partner"),
    )),
))


# --- PL4 -----------------------------------------------------------------------------------------------------------


def _started(look: EvidenceWindow) -> list[EvidenceRow[Initiative]]:
    """The models that do not start after the window."""
    return [
        row for row in look.evidence.of(Initiative)
        if row.values.started_on is None or row.values.started_on <= look.window.end
    ]


def _of_status(lines: NumericLines, line: Line) -> None:
    rows = [row for row in _started(lines.look) if row.values.status in line.wanted["status"]]
    lines.counted(line, "initiatives", rows, "status")


def _each_model(lines: NumericLines, line: Line) -> None:
    """One line for each model, with its members."""
    for row in _started(lines.look):
        name = str(row.values.name)
        lines.entered(line, row, "members", key=line.key.format(name=name), label=literal(name))
        lines.change_last(note=one_note(_about(lines.look, row, lines.rows[-1].note)))


def _about(look: EvidenceWindow, row: EvidenceRow[Initiative], said: Message) -> Iterator[Message]:
    """Status, conclusion, first day, decision, rules and interim review of a model, then `said`."""
    yield literal(InitiativeStatus.label_of(row.values.status))
    if row.values.status != InitiativeStatus.STOPPED:
        conclusion = row.values.conclusion if row.values.assessed_on is not None else None
        yield literal(InitiativeConclusion.label_of(conclusion)) if conclusion else note("not_assessed")
    if row.values.started_on:
        yield note("started", day=row.values.started_on)
    paper = look.find(Document, row.values.decision, row) if row.values.decision else None
    if paper is not None and paper.values.number and paper.values.confidential != YesNo.YES:
        yield note("decision", number=paper.values.number)
    rules = look.find(Document, row.values.operating_rules, row) if row.values.operating_rules else None
    if rules is not None and rules.values.number and rules.values.confidential != YesNo.YES:
        yield note("operating_rules", number=rules.values.number)
    if row.values.reviewed_on is not None and look.window.holds(row.values.reviewed_on):
        yield note("model_reviewed", day=row.values.reviewed_on)
    yield from notes_in(said)


#: Units: models, members of each model by its name.
PL4 = TableLines("PL4", (
    Section("summary", (
        Line("models.kept", "model", Direction.MORE, _of_status, "kept", each={"status": (InitiativeStatus.KEPT,)}),
        Line("models.new", "model", Direction.NEITHER, _of_status, "new", each={"status": (InitiativeStatus.NEW,)}),
        Line("models.stopped", "model", Direction.NEITHER, _of_status, "stopped", each={"status": (InitiativeStatus.STOPPED,)}),
        Line("models.effective", "model", Direction.MORE, Measured("initiative_effective_count", "initiatives"), "effective"),
        Line("models.replicated", "model", Direction.MORE, Measured("initiative_replicated_count", "initiatives"), "replicated"),
    )),
    Section("models", (Line("model.{name}", "member", Direction.NEITHER, _each_model, free=True),)),
))


# --- PL6 -----------------------------------------------------------------------------------------------------------

_ACTIONS = Measured("coordination_count", "coordinations")
_SIGNED_WITH = (Partner.POLICE, Partner.COMMUNE, Partner.PARENTS_BOARD)
#: Units: joint actions, and papers signed with a partner.
PL6 = TableLines("PL6", (
    Section("", (Line("coordination.all", "time", Direction.MORE, _ACTIONS, "all_actions"),)),
    Section("by_partner", (
        Line("coordination.partner.{partner}", "time", Direction.MORE, _ACTIONS, each={"partner": Partner}),
    )),
    Section("by_purpose", (
        Line("coordination.purpose.{purpose}", "time", Direction.MORE, _ACTIONS, each={"purpose": Purpose}),
    )),
    Section("papers", (
        Line(
            "coordination.papers.{partner}", "document", Direction.NEITHER, Measured("documents_signed", "documents"),
            each={"partner": _SIGNED_WITH},
        ),
    )),
))


# --- PL9 -----------------------------------------------------------------------------------------------------------


def _decisions(look: EvidenceWindow, wanted: Filter) -> Message:
    """The numbers of the decisions by which the commendations were given."""
    rows = [row for row in look.of(Commendation, "awarded_on") if all(row.value_of(name) in of for name, of in wanted.items())]
    codes = dict.fromkeys(str(row.values.decision) for row in rows if row.values.decision)
    found = [paper for code in codes if (paper := look.find(Document, code)) is not None]
    return _numbers(found) if found else SILENT


_AWARDS = Measured("commendation_count", "commendations", note=_decisions, how=How.SUMMED)
#: Unit: commendations, the sum of the numbers in the rows.
PL9 = TableLines("PL9", (
    Section("", (Line("awards.{recipient}", "award", Direction.MORE, _AWARDS, each={"recipient": Recipient}),)),
    Section("by_level", (
        Line(
            "awards.{level}.{recipient}", "award", Direction.MORE, _AWARDS, "awards_by",
            each={"level": CommendationLevel, "recipient": Recipient}, small="recipient",
        ),
    )),
))
