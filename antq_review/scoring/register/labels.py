"""The title and the place of one piece of evidence, without names of pupils and free text of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from antq_review.forms import choices as lists
from antq_review.forms.columns import Row, YesNo
from antq_review.forms.rows.evidence import Activity, Commendation, Coordination, Document, Incident, Initiative, Rating
from antq_review.forms.rows.safety import Inspection, Support, System
from antq_review.forms.rows.school import PlanRow
from antq_review.forms.sheets import Table, table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.text import SILENT, Message, literal, shaped, tell


def is_private(table: Table) -> bool:
    """Is the evidence of this table listed without its place? True for incidents and the support of pupils."""
    return any(column.private for column in table.row.columns() if column.name == "file")


def kind_of(row: EvidenceRow[Row], pupils: Message) -> Message:
    """The kind of a paper; of any other row the name of its table."""
    if isinstance(row.values, Document):
        return literal(lists.DocumentKind.label_of(row.values.kind, pupils))
    return literal(table_named(row.table)[1].called(pupils))


def title_of(rows: Sequence[EvidenceRow[Row]], pupils: Message) -> Message:
    """A paper: kind, number, day and subject. A file: the title of its first row and the number of further titles."""
    titles = list(dict.fromkeys(_title(row, pupils) for row in rows))
    if len(titles) == 1 or rows[0].table == "documents":
        return titles[0]
    return tell("numeric.register.more", first=titles[0], count=len(titles) - 1)


def where_of(row: EvidenceRow[Row], private: bool) -> Message:
    """Format and path, a web address, or who keeps the paper; a confidential or private piece without its path."""
    paper = row.values if isinstance(row.values, Document) else None
    keeper = paper.keeper or "" if paper is not None else ""
    if private:
        return tell("numeric.register.private")
    if paper is not None and paper.confidential == YesNo.YES:
        return tell("numeric.register.confidential", keeper=keeper) if keeper else tell("numeric.register.confidential_unknown")
    file = str(row.value_of("file") or "")
    if file.casefold().startswith(("http://", "https://")):
        return tell("numeric.register.web", path=file)
    if file:
        ending = PurePosixPath(file.replace("\\", "/")).suffix.lstrip(".").upper()
        return tell("numeric.register.file", format=ending or tell("numeric.register.no_format"), path=file)
    return tell("numeric.register.paper", keeper=keeper) if keeper else tell("numeric.register.paper_unknown")


# --- titles --------------------------------------------------------------------------------------------------------


def _title(row: EvidenceRow[Row], pupils: Message) -> Message:
    match row.values:
        case Document() as paper:
            return _paper(lists.DocumentKind.label_of(paper.kind, pupils), paper)
        case Activity() as activity:
            return tell("numeric.register.activities", name=activity.name, day=activity.held_on)
        case Initiative() as initiative:
            return tell("numeric.register.initiatives", name=initiative.name)
        case Coordination() as joint:
            return _coordination(joint, pupils)
        case Rating() as rating:
            year = tell("numeric.register.year_of", year=rating.year_considered) if rating.year_considered else SILENT
            return tell("numeric.register.ratings", unit=rating.unit, year=year)
        case Commendation() as award:
            return tell(
                "numeric.register.commendations", level=lists.CommendationLevel.label_of(award.level),
                recipient=shaped(lists.Recipient.label_of(award.recipient), "lower_first"), day=award.awarded_on,
            )
        case Inspection() as check:
            return tell("numeric.register.checks", kind=lists.CheckKind.label_of(check.kind), day=check.from_on)
        case System() as system:
            return tell("numeric.register.systems", system=lists.SystemKind.label_of(system.system, pupils), day=system.counted_on)
        case Support() as support:
            return tell("numeric.register.support", month=support.month_on.month, year=support.month_on.year, pupils=pupils)
        case PlanRow() as goal:
            return tell("numeric.register.plan", id=goal.goal_id)
        case Incident():
            return tell("numeric.register.incidents", id=row.id)
    raise KeyError(row.table)


def _paper(kind: str, paper: Document) -> Message:
    """Kind, number, day and subject. The message of a confidential paper does not even hold its subject."""
    number = paper.number or ""
    own = number and folded(number).startswith(folded(kind))  # a book's number already contains its kind: “Sổ 01”
    name = number if own else tell("numeric.register.numbered", kind=kind, number=number) if number else kind
    if paper.confidential == YesNo.YES:
        return tell("numeric.register.confidential_document", name=name, day=paper.signed_on)
    return tell("numeric.register.document", name=name, day=paper.signed_on, subject=paper.subject)


def _coordination(joint: Coordination, pupils: Message) -> Message:
    purpose = shaped(lists.Purpose.label_of(joint.purpose, pupils), "lower_first") if joint.purpose else None
    return tell(
        "numeric.register.coordinations", partner=lists.Partner.spoken_of(joint.partner),
        purpose=tell("numeric.register.purpose_of", purpose=purpose) if purpose else SILENT,
        day=tell("numeric.register.day_of", day=joint.held_on) if joint.held_on else SILENT,
    )
