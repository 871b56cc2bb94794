"""Models of the movement (“mô hình”). All read the sheet “Mô hình”."""

from __future__ import annotations

from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import counted, covered, measure, shared
from antq_review.scoring.model.outcome import Measurement

_TABLE = ("initiatives",)


def _active(look: EvidenceWindow) -> list[EvidenceRow]:
    """Initiatives kept up or new, begun by the window's end."""
    return [
        row for row in look.evidence.rows("initiatives")
        if row.get("status") in ("kept", "new") and (row.get("started_on") is None or row.get("started_on") <= look.window.end)
    ]


def _assessed(look: EvidenceWindow, row: EvidenceRow) -> bool:
    return row.get("assessed_on") is not None and look.window.holds(row.get("assessed_on"))


@measure("initiatives", unit="initiative")
def initiative_effective_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active models assessed within the window as effective (Circular 124 Art. 7(1)). Unit: models."""
    found = [row for row in _active(look) if _assessed(look, row) and row.get("conclusion") == "effective"]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "status", "assessed_on", "conclusion")))


@measure("initiatives", unit="rate", filters=("name",))
def initiative_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the named models that are active. Base: the list of names."""
    names = {folded(name) for name in wanted.get("name", ())}
    found = {folded(row.get("name")): row for row in _active(look) if folded(row.get("name")) in names}
    return covered(look, _TABLE, len(found), len(names), look.cells(found.values(), ("name", "status")))


@measure("initiatives", unit="rate")
def initiative_assessed_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active models assessed in the window. Base: active models; none: unknown."""
    active = _active(look)
    good = [row for row in active if _assessed(look, row)]
    return shared(look, _TABLE, len(good), len(active), look.cells(active, ("name", "assessed_on")))


@measure("initiatives", unit="initiative")
def initiative_unresolved_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active models found ineffective or merely formal, with no decision on what becomes of them. Unit: models."""
    found = [
        row for row in _active(look) if row.get("conclusion") in ("ineffective", "formal") and not row.get("handling")
    ]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "conclusion")))


@measure("initiatives", unit="initiative")
def initiative_replicated_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Models spread further in the window. Unit: models."""
    found = [row for row in look.rows("initiatives", "replicated_on") if row.get("status") != "stopped"]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "replicated_on")))
