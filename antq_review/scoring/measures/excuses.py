"""Excuses of events under Art. 6(3) of Circular 124: what the school claims, and the paper that proves it.

A claim is not a finding: it needs a paper whose issuer is not the school. Without one, the meeting of Art. 9(1)(c), in which
the police take part, decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from antq_review.forms.columns import YesNo
from antq_review.forms.rows.evidence import Document, Incident
from antq_review.forms.rows.school import Unit
from antq_review.ingest.model import EvidenceRow
from antq_review.scoring.evidence.index import folded
from antq_review.scoring.evidence.reasons import reason
from antq_review.scoring.evidence.window import EvidenceWindow, Filter
from antq_review.scoring.measures.base import cells_blank
from antq_review.scoring.model.outcome import Reason, Truth
from antq_review.text import SILENT, Message, listed, tell, words

#: The reason of an excuse without such a paper. A meeting settles it only with the school's reason for its conclusion.
UNPROVED = "excuse_unproved"
#: The facts that each excuse needs.
_NEEDS = {"force_majeure": ("force_majeure",), "mitigated": ("found_in_time", "all_measures", "reported_at_once")}
FACTS = tuple(fact for facts in _NEEDS.values() for fact in facts)


class Excuse(NamedTuple):
    """Does an excuse hold for an event? `reasons`: why it is open; `note`: the ground, and the paper that proves it."""

    truth: Truth
    reasons: tuple[Reason, ...] = ()
    note: Message = SILENT


def excuse_of(look: EvidenceWindow, row: EvidenceRow[Incident], wanted: Filter) -> Excuse:
    """The excuse of one event, among those that the provision accepts."""
    kinds = wanted.get("excusable_kind")
    accepted = [
        name for name in wanted.get("excuse", ())
        if name != "force_majeure" or kinds is None or row.values.kind in kinds
    ]
    facts = {name: [row.value_of(fact) for fact in _NEEDS[name]] for name in accepted}
    possible = [name for name, values in facts.items() if YesNo.NO not in values]
    claimed = [name for name in possible if None not in facts[name]]
    if claimed:
        return _claimed(look, row, tell(f"scoring.excuses.{claimed[0]}"))
    if possible:
        blank = [fact for name in possible for fact in _NEEDS[name] if row.value_of(fact) is None]
        return Excuse(Truth.UNKNOWN, tuple(why for fact in blank for why in cells_blank([row], fact)))
    return Excuse(Truth.NO)


def _claimed(look: EvidenceWindow, row: EvidenceRow[Incident], ground: Message) -> Excuse:
    code = row.values.authority_document
    paper = look.find(Document, code, row) if code else None
    if paper is not None and _from_outside(look, paper.values.issuer):
        note = tell("scoring.notes.excused", id=row.id, ground=ground, number=paper.values.number or paper.id)
        return Excuse(Truth.YES, note=note)
    why = reason(UNPROVED, row.id, ground=ground)
    return Excuse(Truth.UNKNOWN, (why,), tell("scoring.notes.excuse_claimed", id=row.id, ground=ground))


def _from_outside(look: EvidenceWindow, issuer: str | None) -> bool:
    """Is an issuer of a paper somebody else than the school? A blank issuer, or an unknown school, proves nothing.

    A paper of two issuers (“Công an xã và Trường …”) is also one of the other body. A body with a word of a school in its
    name (“Ban Giám hiệu”, “Chi bộ”, “THCS …”) is taken for the school's: in doubt the meeting decides.
    """
    name = folded(look.evidence.profile.name or "") if look.evidence.profile else ""
    if not name:
        return False
    said = words("scoring")["issuers"]
    own = {folded(unit.values.name) for unit in look.evidence.of(Unit)}
    own |= {name.removeprefix(folded(word)).strip() for word in listed(said["begins"])}
    # The name itself may contain “và” or a comma (“Trường Tiểu học và Trung học cơ sở …”), so it is marked before the split.
    # A dash between two bodies has spaces, which folding takes away; a name with a dash is never split at one.
    parts = re.split(said["dashes"], issuer or "") if "-" not in name else [issuer or ""]
    marked = "; ".join(folded(part).replace(name, _OWN) for part in parts)
    bodies = [body.strip() for body in re.split(said["between"], marked) if body.strip()]
    return any(_OWN not in body and body not in own and not _of_a_school(body) for body in bodies)


#: Stands for the school's name in the issuer of a paper.
_OWN = "\0"


def _of_a_school(body: str) -> bool:
    """Does a name (folded) begin with a word, or contain one, that a school and its parts have in theirs?"""
    said = words("scoring")["issuers"]
    begins, contains = ("|".join(re.escape(folded(word)) for word in listed(said[key])) for key in ("begins", "contains"))
    return re.search(rf"^(?:{begins})(?!\w)|(?<!\w)(?:{contains})(?!\w)", body) is not None
