"""An id of the catalogue means the catalogue's sentence: a plan row with another sentence gets an id of the school's own."""

from __future__ import annotations

from antq_review.forms.catalogue import in_catalogue, meant, own_ids
from antq_review.forms.rows.school import PlanRow
from antq_review.ingest.check_targets import measure_of
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.ingest.row_problems import row_problem
from antq_review.text import fold


def name_own_sentences(evidence: Evidence) -> None:
    """Give the rows with a changed sentence their own id, the parts of one sentence the same, and say it at each cell.

    A result that the school wrote beside a measure is said too: the evidence judges such a row.
    """
    rows = evidence.of(PlanRow)
    free = own_ids(row.values.goal_id for row in rows)
    given: dict[str, str] = {}
    for row in rows:
        old = row.values.goal_id
        if in_catalogue(old) and meant(old, row.values.quote) is None:
            if fold(old) not in given:
                given[fold(old)] = next(free)
            _rename(evidence, row, given[fold(old)])
        if row.values.self_result is not None and measure_of(row.values.measure) is not None:
            evidence.problems.append(row_problem("own_result_measured", row, "self_result", measure=row.values.measure))


def _rename(evidence: Evidence, row: EvidenceRow[PlanRow], new: str) -> None:
    evidence.problems.append(row_problem("sentence_changed", row, "goal_id", new=new, old=row.values.goal_id))
    # EvidenceRow is frozen; the id is completed here, before any other module has the row.
    object.__setattr__(row, "values", row.values.model_copy(update={"goal_id": new}))
