"""One incident for its report (báo cáo đột xuất): code, kind, days, counts. Its free text is never used.

The record is not part of the review: `review.json` contains incidents only as counts.
"""

from __future__ import annotations

from datetime import date, datetime

from antq_review.errors import UsageError
from antq_review.forms.rows.evidence import Incident
from antq_review.ingest.cell_values import is_plain_code
from antq_review.ingest.model import Evidence, EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.source import Frozen
from antq_review.text import listing, tell


class IncidentRecord(Frozen):
    """`kind`: a code of `IncidentKind`; `verified`: of `Verified`. People are counts; None: the cell is blank (not 0).

    `detected_at`, `reported_at`: a day, with its time where the time is known.
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
    """The incident with this code.

    Raises UsageError where no row or several rows have the code; the message lists all codes.

    The message repeats `code` only where it looks like a code, because an older form may contain a pupil's name in its
    place.
    """
    rows = evidence.of(Incident)
    found = [row for row in rows if folded(row.id) == folded(code)]
    if len(found) != 1:
        known = listing(dict.fromkeys(row.id for row in rows)) or tell("dossier.no_incident")
        typed = code if is_plain_code(code) else tell("ingest.not_shown")
        raise UsageError(tell("dossier.several_incidents" if found else "dossier.unknown_incident", code=typed, known=known))
    return _record(found[0])


def _record(row: EvidenceRow[Incident]) -> IncidentRecord:
    return IncidentRecord(
        code=row.id, kind=row.values.kind, verified=row.values.verified, happened_on=row.values.happened_on,
        detected_at=row.values.detected_at, reported_at=row.values.reported_at, closed_on=row.values.closed_on,
        pupils=row.values.pupils, staff=row.values.staff, outsiders=row.values.outsiders,
    )
