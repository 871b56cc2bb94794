"""Measures of the initiatives (“mô hình”) of the movement. All read the sheet “Mô hình”."""

from __future__ import annotations

from antq_review.forms.choices import InitiativeConclusion, InitiativeStatus
from antq_review.forms.rows.evidence import Initiative
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import counted, covered, measure, shared
from antq_review.scoring.model.outcome import Measurement

_TABLE = ("initiatives",)


def _active(look: EvidenceWindow) -> list[EvidenceRow[Initiative]]:
    """Kept or new initiatives that started by the window's end; a blank start counts."""
    return [
        row for row in look.evidence.of(Initiative)
        if row.values.status in (InitiativeStatus.KEPT, InitiativeStatus.NEW)
        and (row.values.started_on is None or row.values.started_on <= look.window.end)
    ]


def _assessed(look: EvidenceWindow, row: EvidenceRow[Initiative]) -> bool:
    return row.values.assessed_on is not None and look.window.holds(row.values.assessed_on)


@measure("initiatives", unit="initiative")
def initiative_effective_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed in the window as effective (Circular 124 Art. 7(1)). Unit: initiatives."""
    found = [
        row for row in _active(look)
        if _assessed(look, row) and row.values.conclusion == InitiativeConclusion.EFFECTIVE
    ]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "status", "assessed_on", "conclusion")))


@measure("initiatives", unit="rate", filters=("name",))
def initiative_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the named initiatives that are active. Base: the list of names."""
    names = {folded(name) for name in wanted.get("name", ())}
    found = {folded(row.values.name): row for row in _active(look) if folded(row.values.name) in names}
    return covered(look, _TABLE, len(found), len(names), look.cells(found.values(), ("name", "status")))


@measure("initiatives", unit="rate")
def initiative_assessed_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed in the window. Unit: rate. Base: active initiatives; none: unknown."""
    active = _active(look)
    good = [row for row in active if _assessed(look, row)]
    return shared(look, _TABLE, len(good), len(active), look.cells(active, ("name", "assessed_on")))


@measure("initiatives", unit="initiative")
def initiative_unresolved_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed as ineffective or only formal, without a decision on them. Unit: initiatives."""
    poor = (InitiativeConclusion.INEFFECTIVE, InitiativeConclusion.FORMAL)
    found = [row for row in _active(look) if row.values.conclusion in poor and not row.values.handling]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "conclusion")))


@measure("initiatives", unit="initiative")
def initiative_replicated_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Initiatives replicated in the window and not stopped. Unit: initiatives."""
    found = [row for row in look.of(Initiative, "replicated_on") if row.values.status != InitiativeStatus.STOPPED]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "replicated_on")))
