"""The numeric tables PL2 (papers), PL4 (models), PL6 (coordination) and PL9 (commendations)."""

from __future__ import annotations

from collections.abc import Sequence

from antq_review.forms import choices as lists
from antq_review.forms.choices import Content, DocumentKind, InitiativeConclusion, InitiativeStatus, Partner
from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Commendation, Document, Initiative
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.scoring.model.numeric_tables import How, NumericTable
from antq_review.scoring.numeric.rows import NumericLines, line, lowered, note, unit
from antq_review.text import day

#: Kinds of papers that are due in quarter I (Circular 124, Art. 7(1)).
_FIRST_QUARTER = (DocumentKind.RESOLUTION, DocumentKind.PLAN, DocumentKind.PROGRAMME, DocumentKind.REGISTRATION)
_REPORTS = (
    DocumentKind.PERIODIC_REPORT, DocumentKind.INCIDENT_REPORT, DocumentKind.INTERIM_REVIEW, DocumentKind.FINAL_REVIEW,
    DocumentKind.MINUTES,
)
#: Line of PL2 → the kinds of papers that it counts.
_PAPER_LINES: dict[DocumentKind, tuple[DocumentKind, ...]] = {
    **{kind: (kind,) for kind in (*_FIRST_QUARTER, DocumentKind.DECISION)},
    DocumentKind.RULES: (DocumentKind.RULES, DocumentKind.REGULATION, DocumentKind.PROVISION, DocumentKind.PROCEDURE),
    **{kind: (kind,) for kind in (*_REPORTS, DocumentKind.SUPERIOR_DOCUMENT)},
}
#: How many papers a note lists by number; the register lists all of them.
_NUMBERS_SHOWN = 4


def papers(look: EvidenceWindow) -> NumericTable:
    """PL2: papers signed in the period, by kind. Unit: papers. A count of 0 on a form that is not closed: no number."""
    lines = NumericLines("PL2", look)
    signed = look.of(Document, "signed_on")
    lines.measured("documents.all", line("all_documents"), unit("document"), "documents_signed", "documents")
    lines.under("by_kind")
    for name, kinds in _PAPER_LINES.items():
        label = line("rules") if name == DocumentKind.RULES else DocumentKind.label_of(name)
        numbers = _numbers([row for row in signed if row.values.kind in kinds])
        lines.measured(f"documents.{name}", label, unit("document"), "documents_signed", "documents", {"kind": kinds}, note=numbers)
    lines.under("in_force")
    found = evaluate("documents_signed", look, {"kind": _FIRST_QUARTER, "quarter": ("1",)})
    lines.found("documents.quarter_1", line("first_quarter", year=look.year), unit("document"), found, ("documents",))
    lines.measured(
        "documents.coordination", line("with_partner"), unit("document"), "documents_in_force", "documents",
        {"contents": (Content.COORDINATION, Content.PARENTS_COORDINATION)},
    )
    return lines.table()


def _numbers(rows: Sequence[EvidenceRow[Document]]) -> str:
    """Number and day of the first few papers. Confidential papers and papers without a number are left out."""
    open_rows = [row for row in rows if row.values.number and row.values.confidential != YesNo.YES]
    shown = "; ".join(
        note("number_of", number=row.values.number, day=day(row.values.signed_on)) for row in open_rows[:_NUMBERS_SHOWN]
    )
    left = len(open_rows) - _NUMBERS_SHOWN
    return note("more", shown=shown, count=left) if left > 0 else shown


# --- PL4 -----------------------------------------------------------------------------------------------------------


def models(look: EvidenceWindow) -> NumericTable:
    """PL4: models that are kept, new or stopped; each model by name with its members. Units: models, members."""
    lines = NumericLines("PL4", look)
    rows = [
        row for row in look.evidence.of(Initiative)
        if row.values.started_on is None or row.values.started_on <= look.window.end
    ]
    lines.under("summary")
    for status in InitiativeStatus:
        found = [row for row in rows if row.values.status == status]
        lines.counted(f"models.{status}", line(status), unit("model"), "initiatives", found, "status")
    for name in ("effective", "replicated"):
        lines.measured(f"models.{name}", line(name), unit("model"), f"initiative_{name}_count", "initiatives")
    lines.under("models")
    for row in rows:
        name = str(row.values.name)
        lines.entered(f"model.{name}", name, unit("member"), row, "members")
        lines.rows[-1] = lines.rows[-1].model_copy(update={"note": "; ".join(_about(look, row, lines.rows[-1].note))})
    return lines.table()


def _about(look: EvidenceWindow, row: EvidenceRow[Initiative], said: str) -> list[str]:
    """Status, conclusion, first day and decision of a model, then `said`."""
    found = [InitiativeStatus.label_of(row.values.status)]
    if row.values.status != InitiativeStatus.STOPPED:
        conclusion = row.values.conclusion if row.values.assessed_on is not None else None
        found.append(InitiativeConclusion.label_of(conclusion) if conclusion else note("not_assessed"))
    if row.values.started_on:
        found.append(note("started", day=day(row.values.started_on)))
    paper = look.find(Document, row.values.decision, row) if row.values.decision else None
    if paper is not None and paper.values.number and paper.values.confidential != YesNo.YES:
        found.append(note("decision", number=paper.values.number))
    return [*found, said] if said else found


# --- PL6 -----------------------------------------------------------------------------------------------------------


def coordination(look: EvidenceWindow) -> NumericTable:
    """PL6: joint actions by partner and purpose, and papers signed with a partner. Units: actions, papers."""
    lines = NumericLines("PL6", look)
    lines.measured("coordination.all", line("all_actions"), unit("time"), "coordination_count", "coordinations")
    for group, field, choices in (("by_partner", "partner", Partner), ("by_purpose", "purpose", lists.Purpose)):
        lines.under(group)
        for code, label in choices.labels().items():
            lines.measured(
                f"coordination.{field}.{code}", label, unit("time"), "coordination_count", "coordinations", {field: (code,)}
            )
    lines.under("papers")
    for partner in (Partner.POLICE, Partner.COMMUNE, Partner.PARENTS_BOARD):
        lines.measured(
            f"coordination.papers.{partner}", Partner.label_of(partner), unit("document"), "documents_signed",
            "documents", {"partner": (partner,)},
        )
    return lines.table()


# --- PL9 -----------------------------------------------------------------------------------------------------------


def commendations(look: EvidenceWindow) -> NumericTable:
    """PL9: commendations by recipient and level. Unit: commendations (the sum of the numbers in the rows), not rows."""
    lines = NumericLines("PL9", look)
    for code, label in lists.Recipient.labels().items():
        _award(lines, f"awards.{code}", label, {"recipient": (code,)})
    lines.under("by_level")
    for level, words in lists.CommendationLevel.labels().items():
        for code, label in lists.Recipient.labels().items():
            shown = line("awards_by", level=words, recipient=lowered(label))
            _award(lines, f"awards.{level}.{code}", shown, {"recipient": (code,), "level": (level,)})
    return lines.table()


def _award(lines: NumericLines, key: str, label: str, wanted: Filter) -> None:
    look = lines.look
    rows = [row for row in look.of(Commendation, "awarded_on") if all(row.value_of(name) in of for name, of in wanted.items())]
    codes = dict.fromkeys(str(row.values.decision) for row in rows if row.values.decision)
    found = [paper for code in codes if (paper := look.find(Document, code)) is not None]
    lines.measured(key, label, unit("award"), "commendation_count", "commendations", wanted, note=_numbers(found))
    lines.rows[-1] = lines.rows[-1].model_copy(update={"how": How.SUMMED})
