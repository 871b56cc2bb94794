"""PL2 papers, PL4 models, PL6 coordination, PL9 commendations: what was issued, kept up, done together, rewarded."""

from __future__ import annotations

from collections.abc import Sequence

from antq_review.forms import choices as lists
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures import evaluate
from antq_review.scoring.model.numeric_tables import How, NumericTable
from antq_review.scoring.numeric.rows import NumericLines, line, lowered, note, unit
from antq_review.text import day

#: Lines of PL2 → the kinds of papers they count, each with its own line. The last: what is due in quarter I (Circular 124 Art. 7(1)).
_PAPER_LINES = {
    **{name: (name,) for name in ("resolution", "plan", "programme", "registration", "decision")},
    "rules": ("rules", "regulation", "provision", "procedure"),
    **{name: (name,) for name in ("periodic_report", "incident_report", "interim_review", "final_review", "minutes")},
    "superior_document": ("superior_document",),
}
_FIRST_QUARTER = ("resolution", "plan", "programme", "registration")
#: Numbers of papers that a note lists; the register has all of them.
_NUMBERS_SHOWN = 4


def papers(look: EvidenceWindow) -> NumericTable:
    """PL2: papers signed in the period, by kind. Unit: papers. None on a form that is not closed: no number."""
    lines = NumericLines("PL2", look)
    signed = look.rows("documents", "signed_on")
    lines.measured("documents.all", line("all_documents"), unit("document"), "documents_signed", "documents")
    lines.under("by_kind")
    for name, kinds in _PAPER_LINES.items():
        label = line("rules") if name == "rules" else lists.DOCUMENT_KINDS.label(name)
        numbers = _numbers([row for row in signed if row.get("kind") in kinds])
        lines.measured(f"documents.{name}", label, unit("document"), "documents_signed", "documents", {"kind": kinds}, note=numbers)
    lines.under("in_force")
    found = evaluate("documents_signed", look, {"kind": _FIRST_QUARTER, "quarter": ("1",)})
    lines.found("documents.quarter_1", line("first_quarter", year=look.year), unit("document"), found, ("documents",))
    lines.measured(
        "documents.coordination", line("with_partner"), unit("document"), "documents_in_force", "documents",
        {"contents": ("coordination", "parents_coordination")},
    )
    return lines.table()


def _numbers(rows: Sequence[EvidenceRow]) -> str:
    """Number and day of the first few papers; of a confidential one only that it is there."""
    open_rows = [row for row in rows if row.get("number") and row.get("confidential") != "yes"]
    shown = "; ".join(
        note("number_of", number=row.get("number"), day=day(row.get("signed_on"))) for row in open_rows[:_NUMBERS_SHOWN]
    )
    left = len(open_rows) - _NUMBERS_SHOWN
    return note("more", shown=shown, count=left) if left > 0 else shown


# --- PL4 -----------------------------------------------------------------------------------------------------------


def models(look: EvidenceWindow) -> NumericTable:
    """PL4: the models by name with their members; how many are kept up, new, stopped. Units: models, members."""
    lines = NumericLines("PL4", look)
    rows = [
        row for row in look.evidence.rows("initiatives")
        if row.get("started_on") is None or row.get("started_on") <= look.window.end
    ]
    lines.under("summary")
    for status in ("kept", "new", "stopped"):
        found = [row for row in rows if row.get("status") == status]
        lines.counted(f"models.{status}", line(status), unit("model"), "initiatives", found, "status")
    for name in ("effective", "replicated"):
        lines.measured(f"models.{name}", line(name), unit("model"), f"initiative_{name}_count", "initiatives")
    lines.under("models")
    for row in rows:
        name = str(row.get("name"))
        lines.entered(f"model.{name}", name, unit("member"), row, "members")
        lines.rows[-1] = lines.rows[-1].model_copy(update={"note": "; ".join(_about(look, row, lines.rows[-1].note))})
    return lines.table()


def _about(look: EvidenceWindow, row: EvidenceRow, said: str) -> list[str]:
    """Status, conclusion, first day and decision of a model."""
    found = [lists.INITIATIVE_STATUS.label(row.get("status"))]
    if row.get("status") != "stopped":
        held = row.get("assessed_on") is not None and row.get("conclusion")
        found.append(lists.INITIATIVE_CONCLUSIONS.label(row.get("conclusion")) if held else note("not_assessed"))
    if row.get("started_on"):
        found.append(note("started", day=day(row.get("started_on"))))
    paper = look.find("documents", str(row.get("decision")), row) if row.get("decision") else None
    if paper is not None and paper.get("number") and paper.get("confidential") != "yes":
        found.append(note("decision", number=paper.get("number")))
    return [*found, said] if said else found


# --- PL6 -----------------------------------------------------------------------------------------------------------


def coordination(look: EvidenceWindow) -> NumericTable:
    """PL6: joint actions by partner and purpose, papers of coordination signed. Units: actions, papers."""
    lines = NumericLines("PL6", look)
    lines.measured("coordination.all", line("all_actions"), unit("time"), "coordination_count", "coordinations")
    for group, field, choices in (("by_partner", "partner", lists.PARTNERS), ("by_purpose", "purpose", lists.PURPOSES)):
        lines.under(group)
        for code, label in choices.labels.items():
            lines.measured(
                f"coordination.{field}.{code}", label, unit("time"), "coordination_count", "coordinations", {field: (code,)}
            )
    lines.under("papers")
    for code in ("police", "commune", "parents_board"):
        lines.measured(
            f"coordination.papers.{code}", lists.PARTNERS.label(code), unit("document"), "documents_signed", "documents",
            {"partner": (code,)},
        )
    return lines.table()


# --- PL9 -----------------------------------------------------------------------------------------------------------


def commendations(look: EvidenceWindow) -> NumericTable:
    """PL9: commendations by recipient and level. Unit: commendations, as many as the rows say, not rows."""
    lines = NumericLines("PL9", look)
    for code, label in lists.RECIPIENTS.labels.items():
        _award(lines, f"awards.{code}", label, {"recipient": (code,)})
    lines.under("by_level")
    for level, words in lists.COMMENDATION_LEVELS.labels.items():
        for code, label in lists.RECIPIENTS.labels.items():
            shown = line("awards_by", level=words, recipient=lowered(label))
            _award(lines, f"awards.{level}.{code}", shown, {"recipient": (code,), "level": (level,)})
    return lines.table()


def _award(lines: NumericLines, key: str, label: str, wanted: Filter) -> None:
    look = lines.look
    rows = [row for row in look.rows("commendations", "awarded_on") if all(row.get(name) in of for name, of in wanted.items())]
    codes = dict.fromkeys(str(row.get("decision")) for row in rows if row.get("decision"))
    found = [paper for code in codes if (paper := look.find("documents", code)) is not None]
    lines.measured(key, label, unit("award"), "commendation_count", "commendations", wanted, note=_numbers(found))
    lines.rows[-1] = lines.rows[-1].model_copy(update={"how": How.SUMMED})
