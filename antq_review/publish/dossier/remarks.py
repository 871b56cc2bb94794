"""Paragraphs that only people write, from the sheet “Nhận xét”.

A missing one becomes a gap; the program never invents it.
"""

from __future__ import annotations

from antq_review.forms.choices import RemarkSection
from antq_review.publish.dossier.context import Case
from antq_review.publish.dossier.field_groups import Remarks
from antq_review.publish.dossier.sentences import gap
from antq_review.publish.dossier.suppression import tells_few
from antq_review.scoring.model.review import Review


def remarks(case: Case) -> Remarks:
    """The paragraphs of each section, or one gap. The fields have the codes of the sections as their names."""
    return Remarks.model_validate({one.value: paragraphs_of(case, case.review, one) or [missing(one)] for one in RemarkSection})


def paragraphs_of(case: Case, review: Review, section: RemarkSection) -> list[str]:
    """The school's paragraphs of a section, one for each line.

    A public copy has a gap in place of one about one or two cases.
    """
    written = [line.strip() for remark in review.remarks if remark.section == section for line in remark.text.splitlines()]
    found = []
    for place, text in enumerate((line for line in written if line), start=1):
        hidden = case.public and tells_few(text)
        found.append(
            gap("public_remark", section=section.label, place=place, pupils=case.pupils) if hidden else _ended(text)
        )
    return found


def missing(section: RemarkSection) -> str:
    """The gap for an empty section."""
    return gap("remark", section=section.label)


def _ended(text: str) -> str:
    """The paragraph, with a mark at its end."""
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text.rstrip(';, ')}."
