"""Measures of the initiatives (“mô hình”) of the movement. All read the sheet “Mô hình”."""

from __future__ import annotations

from antq_review.forms.choices import InitiativeConclusion, InitiativeStatus, model_name
from antq_review.forms.rows.evidence import Initiative
from antq_review.ingest.model import EvidenceRow
from antq_review.period import Period
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank, counted, covered, in_quarter, measure, shared
from antq_review.scoring.model.outcome import Measurement, Reason

_TABLE = ("initiatives",)
_POOR = (InitiativeConclusion.INEFFECTIVE, InitiativeConclusion.FORMAL)
_Models = list[EvidenceRow[Initiative]]


def _active(look: EvidenceWindow) -> list[EvidenceRow[Initiative]]:
    """Kept or new initiatives that started by the window's end; a blank start counts."""
    return [
        row for row in look.evidence.of(Initiative)
        if row.values.status in (InitiativeStatus.KEPT, InitiativeStatus.NEW)
        and (row.values.started_on is None or row.values.started_on <= look.window.end)
    ]


def _assessed(look: EvidenceWindow, row: EvidenceRow[Initiative]) -> bool:
    return row.values.assessed_on is not None and look.window.holds(row.values.assessed_on)


@measure("initiatives", unit="initiative", filters=("quarter",))
def initiative_effective_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed in the window as effective (Circular 124 Art. 7(1)). Unit: initiatives.

    Only “chưa hiệu quả”, “hình thức” and a stopped initiative are surely not effective: one that was not assessed in the
    window, or has a blank day or conclusion, may be. `quarter`: active already by that quarter's end; an initiative that
    is kept began before the year.
    """
    begun, not_begun, undated = _begun(in_quarter(look, wanted)[0].window, _active(look), "quarter" in wanted)
    open_ones = [row for row in begun if row.values.conclusion not in _POOR]
    found = [row for row in open_ones if _assessed(look, row) and row.values.conclusion == InitiativeConclusion.EFFECTIVE]
    sure = {*found} - {*undated}
    doubtful = [row for row in open_ones if row not in sure]
    reasons = cells_blank([row for row in doubtful if row.values.assessed_on is None], "assessed_on")
    reasons += cells_blank([row for row in doubtful if row.values.conclusion is None], "conclusion")
    reasons += cells_blank([row for row in undated if row in doubtful], "started_on")
    reasons += _assessed_outside(look, doubtful)
    rows = [row for row in begun if row in sure]
    cells = look.cells([*rows, *doubtful, *not_begun], ("name", "status", "started_on", "assessed_on", "conclusion"))
    return counted(look, _TABLE, len(rows), cells, maybe=len(doubtful), reasons=reasons)


def _begun(quarter: Period, rows: _Models, asked: bool) -> tuple[_Models, _Models, _Models]:
    """The rows that had begun, or may have begun, by the quarter's end; those that had not; those with no known start."""
    if not asked:
        return rows, [], []
    late = [row for row in rows if row.values.started_on is not None and row.values.started_on > quarter.end]
    undated = [row for row in rows if row.values.started_on is None and row.values.status == InitiativeStatus.NEW]
    return [row for row in rows if row not in late], late, undated


def _assessed_outside(look: EvidenceWindow, rows: _Models) -> list[Reason]:
    """The reasons of initiatives whose assessment is of another period."""
    return [
        reason("assessed_outside", row.id, name=row.values.name, day=row.values.assessed_on)
        for row in rows if row.values.assessed_on is not None and not _assessed(look, row)
    ]


@measure("initiatives", unit="rate", filters=("name",))
def initiative_coverage(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Share of the named initiatives that are active. Base: the list of names, compared as `model_name` does."""
    names = {model_name(name) for name in wanted.get("name", ())}
    found = {name: row for row in _active(look) if (name := model_name(row.values.name)) in names}
    return covered(look, _TABLE, len(found), len(names), look.cells(found.values(), ("name", "status")))


@measure("initiatives", unit="rate")
def initiative_assessed_rate(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed in the window. Unit: rate. Base: active initiatives; none: unknown.

    An initiative with a blank day may have been assessed.
    """
    active = _active(look)
    good = [row for row in active if _assessed(look, row)]
    blank = [row for row in active if row.values.assessed_on is None]
    return shared(
        look, _TABLE, len(good), len(active), look.cells(active, ("name", "assessed_on")), maybe=len(blank),
        reasons=cells_blank(blank, "assessed_on"),
    )


@measure("initiatives", unit="initiative")
def initiative_unresolved_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Active initiatives assessed as ineffective or only formal, without a decision on them. Unit: initiatives."""
    found = [row for row in _active(look) if row.values.conclusion in _POOR and not row.values.handling]
    return counted(look, _TABLE, len(found), look.cells(found, ("name", "conclusion")))


@measure("initiatives", unit="initiative")
def initiative_replicated_count(look: EvidenceWindow, wanted: Filter) -> Measurement:
    """Initiatives replicated in the window and not stopped. Unit: initiatives.

    One that says where it was replicated from, but not when, may count.
    """
    found = [row for row in look.of(Initiative, "replicated_on") if row.values.status != InitiativeStatus.STOPPED]
    blank = [row for row in _active(look) if row.values.replicated_from and row.values.replicated_on is None]
    cells = look.cells([*found, *blank], ("name", "replicated_from", "replicated_on"))
    return counted(look, _TABLE, len(found), cells, maybe=len(blank), reasons=cells_blank(blank, "replicated_on"))
