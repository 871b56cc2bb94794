"""How one piece of evidence is called and where it lies, without names of pupils and without the words of an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from antq_review.forms import choices as lists
from antq_review.forms.sheets import Table, table_named
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.numeric.rows import lowered
from antq_review.text import day, say


def is_private(table: Table) -> bool:
    """Is the table's evidence listed without its place? Incidents and the support of pupils are."""
    return any(column.private for column in table.row.columns() if column.name == "file")


def kind_of(row: EvidenceRow) -> str:
    """The kind of a paper; of any other row the name of its table."""
    if row.table == "documents":
        return lists.DOCUMENT_KINDS.label(row.get("kind"))
    return table_named(row.table)[1].title


def title_of(rows: Sequence[EvidenceRow]) -> str:
    """What the piece is: a paper by kind, number, day and subject; a file by the first thing it shows, and how many more."""
    titles = list(dict.fromkeys(_TITLES[row.table](row) for row in rows))
    if len(titles) == 1 or rows[0].table == "documents":
        return titles[0]
    return say("numeric.register.more", first=titles[0], count=len(titles) - 1)


def where_of(row: EvidenceRow, private: bool) -> str:
    """Format and path, a web address, or who keeps the paper; a confidential or private piece without its path."""
    keeper = str(row.get("keeper") or "") if row.table == "documents" else ""
    if private:
        return say("numeric.register.private")
    if row.table == "documents" and row.get("confidential") == "yes":
        return say("numeric.register.confidential", keeper=keeper) if keeper else say("numeric.register.confidential_unknown")
    file = str(row.get("file") or "")
    if file.casefold().startswith(("http://", "https://")):
        return say("numeric.register.web", path=file)
    if file:
        ending = PurePosixPath(file.replace("\\", "/")).suffix.lstrip(".").upper()
        return say("numeric.register.file", format=ending or say("numeric.register.no_format"), path=file)
    return say("numeric.register.paper", keeper=keeper) if keeper else say("numeric.register.paper_unknown")


# --- titles --------------------------------------------------------------------------------------------------------


def _document(row: EvidenceRow) -> str:
    kind, number = kind_of(row), str(row.get("number") or "")
    own = number and folded(number).startswith(folded(kind))  # a book is called “Sổ 01” already
    name = number if own else say("numeric.register.numbered", kind=kind, number=number) if number else kind
    key = "confidential_document" if row.get("confidential") == "yes" else "document"
    return say(f"numeric.register.{key}", name=name, day=day(row.get("signed_on")), subject=row.get("subject"))


def _activity(row: EvidenceRow) -> str:
    return say("numeric.register.activities", name=row.get("name"), day=day(row.get("held_on")))


def _initiative(row: EvidenceRow) -> str:
    return say("numeric.register.initiatives", name=row.get("name"))


def _coordination(row: EvidenceRow) -> str:
    purpose = say("numeric.register.purpose_of", purpose=lowered(lists.PURPOSES.label(row.get("purpose")))) if row.get("purpose") else ""
    on = say("numeric.register.day_of", day=day(row.get("held_on"))) if row.get("held_on") else ""
    return say("numeric.register.coordinations", partner=lists.PARTNERS.label(row.get("partner")), purpose=purpose, day=on)


def _rating(row: EvidenceRow) -> str:
    year = say("numeric.register.year_of", year=row.get("year_considered")) if row.get("year_considered") else ""
    return say("numeric.register.ratings", unit=row.get("unit"), year=year)


def _commendation(row: EvidenceRow) -> str:
    return say(
        "numeric.register.commendations", level=lists.COMMENDATION_LEVELS.label(row.get("level")),
        recipient=lowered(lists.RECIPIENTS.label(row.get("recipient"))), day=day(row.get("awarded_on")),
    )


def _check(row: EvidenceRow) -> str:
    return say("numeric.register.checks", kind=lists.CHECK_KINDS.label(row.get("kind")), day=day(row.get("from_on")))


def _system(row: EvidenceRow) -> str:
    return say("numeric.register.systems", system=lists.SYSTEMS.label(row.get("system")), day=day(row.get("counted_on")))


def _support(row: EvidenceRow) -> str:
    return say("numeric.register.support", month=row.get("month_on").month, year=row.get("month_on").year)


def _incident(row: EvidenceRow) -> str:
    return say("numeric.register.incidents", id=row.id)


_TITLES: dict[str, Callable[[EvidenceRow], str]] = {
    "documents": _document, "activities": _activity, "initiatives": _initiative, "coordinations": _coordination,
    "ratings": _rating, "commendations": _commendation, "checks": _check, "systems": _system, "support": _support,
    "incidents": _incident,
}
