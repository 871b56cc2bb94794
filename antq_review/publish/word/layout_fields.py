"""The fields that the layout adds to a document: lists with punctuation, planned line breaks, the draft mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from antq_review.publish.dossier import DocumentFields
from antq_review.publish.dossier.field_schema import Fields
from antq_review.publish.word.decree_30 import HEAD_COLUMNS, PAIR_14, WIDE, Preset
from antq_review.publish.word.text_width import planned
from antq_review.source import Frozen
from antq_review.text import say

_SPARE_MM = 2.0


@dataclass(frozen=True)
class MadeFrom:
    """Marks a field of the layout with the field of the dossier that it is made from."""

    source: str


class LayoutFields(Frozen):
    """Fields that a form may use besides those of the dossier. A line break in a text is a planned one."""

    superior_lines: Annotated[str, MadeFrom("superior_body")]
    issuing_lines: Annotated[str, MadeFrom("issuing_body")]
    subject_lines: Annotated[str, MadeFrom("document_subject")]
    one_addressee: Annotated[str, MadeFrom("addressees")]
    addressee_lines: Annotated[tuple[str, ...], MadeFrom("addressees")]
    ground_lines: Annotated[tuple[str, ...], MadeFrom("grounds")]
    distribution_lines: Annotated[tuple[str, ...], MadeFrom("distribution")]
    enclosure_lines: Annotated[tuple[str, ...], MadeFrom("enclosures")]
    score_note_lines: Annotated[tuple[str, ...], MadeFrom("score_note")]
    draft_mark: Annotated[str, MadeFrom("draft_mark")]


#: Field of the layout → the dossier's field from which it is made.
ADDED: dict[str, str] = {
    name: mark.source for name, field in LayoutFields.model_fields.items() for mark in field.metadata if isinstance(mark, MadeFrom)
}


def layout_fields(document: DocumentFields, draft: bool, landscape: bool = False, sizes: Preset = PAIR_14) -> LayoutFields:
    """The fields of the layout of one document. `draft`: with the draft mark."""
    head, room = document.letterhead, HEAD_COLUMNS[0] - _SPARE_MM
    return LayoutFields(
        superior_lines=_lines(head.superior_body, sizes.agency, False, room),
        issuing_lines=_lines(head.issuing_body, sizes.agency, True, room),
        subject_lines=_lines(head.document_subject, sizes.body, True, WIDE[landscape] - _SPARE_MM),
        one_addressee=f"{head.addressees[0]}." if len(head.addressees) == 1 else "",
        addressee_lines=_listed(head.addressees, "- "),
        ground_lines=_listed(head.grounds, ""),
        distribution_lines=_listed(head.distribution, "- "),
        enclosure_lines=_listed([row.line for row in document.lists.enclosures], ""),
        score_note_lines=_ended(document.decision.score_notes),
        draft_mark=say("word.draft_mark") if draft else "",
    )


def _lines(text: str, size: float, bold: bool, room: float) -> str:
    """The text on its planned lines; no line breaks inside a compound."""
    return "\n".join(planned(text, size, bold, room))


def with_marks(document: DocumentFields, draft: bool, landscape: bool = False, sizes: Preset = PAIR_14) -> Fields:
    """All that a form is filled with: the fields of the document and those of the layout, by name."""
    return document.values() | layout_fields(document, draft, landscape, sizes).model_dump(mode="json")


def _ended(texts: Sequence[str]) -> list[str]:
    """The paragraphs, the last one with the mark that ends an annex."""
    return [*texts[:-1], *(f"{text.rstrip('.')}{say('word.end_mark')}" for text in texts[-1:])]


def _listed(texts: Sequence[str], sign: str) -> list[str]:
    """`- …;` for each text, `- ….` for the last one."""
    last = len(texts) - 1
    return [f"{sign}{text.rstrip(' ;.')}{'.' if place == last else ';'}" for place, text in enumerate(texts)]
