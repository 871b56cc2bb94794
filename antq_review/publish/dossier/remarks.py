"""Paragraphs that only people write: the sheet “Nhận xét”. What is not written there is asked for, never made up."""

from __future__ import annotations

from antq_review.forms.choices import REMARK_SECTIONS
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.sentences import gap
from antq_review.publish.dossier.suppression import tells_few
from antq_review.scoring.model.review import Review


def human_fields(case: Case) -> dict[str, list[str]]:
    """Section → its paragraphs, or the one that asks for them."""
    return {section: paragraphs_of(case, case.review, section) or [missing(section)] for section in REMARK_SECTIONS.labels}


def paragraphs_of(case: Case, review: Review, section: str) -> list[str]:
    """What the school wrote under a section, one paragraph a line; a public copy asks to rewrite what tells of one or two cases."""
    written = [line.strip() for remark in review.remarks if remark.section == section for line in remark.text.splitlines()]
    found = []
    for place, text in enumerate((line for line in written if line), start=1):
        hidden = case.public and tells_few(text)
        found.append(
            gap("public_remark", section=REMARK_SECTIONS.label(section), place=place) if hidden else _ended(text)
        )
    return found


def missing(section: str) -> str:
    """What must be written where the section is empty."""
    return gap("remark", section=REMARK_SECTIONS.label(section))


def _ended(text: str) -> str:
    """A paragraph ends with a mark of its own."""
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text.rstrip(';, ')}."
