"""One incident for its report (báo cáo đột xuất): code, kind, days, counts. Never a word that somebody typed about it.

It is not part of the review: `review.json` knows incidents only as counts.
"""

from __future__ import annotations

from datetime import date, datetime

from antq_review.errors import UsageError
from antq_review.ingest.cell_values import is_plain_code
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.source import Frozen
from antq_review.text import say


class IncidentRecord(Frozen):
    """`kind`: a code of `INCIDENT_KINDS`, `verified` of `VERIFIED`. People: counts, None where the cell is blank (not 0).

    `detected_at`, `reported_at`: a day, with its time where that is known.
    """

    code: str
    kind: str
    verified: str
    happened_on: date
    detected_at: datetime | date | None = None
    reported_at: datetime | date | None = None
    closed_on: date | None = None
    pupils: int | None = None
    staff: int | None = None
    outsiders: int | None = None


def incident_record(evidence: Evidence, code: str) -> IncidentRecord:
    """The incident of that code. Raises UsageError where no row, or more than one, has it; the message names the codes there are.

    What was typed is repeated only where it is a code: an older form may have had a pupil's name in its place.
    """
    rows = evidence.rows("incidents")
    found = [row for row in rows if folded(row.id) == folded(code)]
    if len(found) != 1:
        known = ", ".join(dict.fromkeys(row.id for row in rows)) or say("dossier.no_incident")
        typed = code if is_plain_code(code) else say("ingest.not_shown")
        raise UsageError(say("dossier.several_incidents" if found else "dossier.unknown_incident", code=typed, known=known))
    return _record(found[0])


def _record(row: EvidenceRow) -> IncidentRecord:
    return IncidentRecord(
        code=row.id, kind=row.get("kind"), verified=row.get("verified"), happened_on=row.get("happened_on"),
        detected_at=row.get("detected_at"), reported_at=row.get("reported_at"), closed_on=row.get("closed_on"),
        pupils=row.get("pupils"), staff=row.get("staff"), outsiders=row.get("outsiders"),
    )
