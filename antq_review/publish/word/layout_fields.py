"""The fields that the layout adds to a document: lists with punctuation, planned line breaks, the draft mark."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

from antq_review.publish.dossier import each_text
from antq_review.publish.word.decree_30 import HEAD_COLUMNS, PAIR_14, WIDE, Preset
from antq_review.publish.word.text_width import broken
from antq_review.text import say

#: Values by the name of their field, as `dossier.fields` returns them.
Values: TypeAlias = dict[str, Any]
#: Fields that a form may use besides those of the dossier → the dossier's fields from which they are made.
ADDED = {
    "superior_lines": ("superior_body",), "issuing_lines": ("issuing_body",), "one_addressee": ("addressees",),
    "addressee_lines": ("addressees",), "ground_lines": ("grounds",), "distribution_lines": ("distribution",),
    "draft_mark": ("draft_mark",), "subject_lines": ("document_subject",), "enclosure_lines": ("enclosures",),
}
#: Those of the added fields that are lists of texts.
ADDED_LISTS = ("addressee_lines", "ground_lines", "distribution_lines", "enclosure_lines")
#: Characters that XML does not allow, and those that would begin a new line, paragraph or page.
_NOT_TEXT = re.compile("[\x00-\x1f\x7f\ufffe\uffff\u2028\u2029\ud800-\udfff]+")
_SPARE_MM = 2.0


def with_marks(values: Values, draft: bool, landscape: bool = False, sizes: Preset = PAIR_14) -> Values:
    """The fields and those of the layout.

    All texts are NFC and without control characters; the given dict is not changed.
    """
    clean: Values = {name: each_text(value, _clean) for name, value in values.items()}
    room = HEAD_COLUMNS[0] - _SPARE_MM
    to, bodies = clean["addressees"], {"superior": "superior_body", "issuing": "issuing_body"}
    lines = {name: "\n".join(broken(clean[field], sizes.agency, name == "issuing", room)) for name, field in bodies.items()}
    return clean | {
        "superior_lines": lines["superior"],
        "issuing_lines": lines["issuing"],
        "subject_lines": "\n".join(broken(clean["document_subject"], sizes.body, True, WIDE[landscape] - _SPARE_MM)),
        "enclosure_lines": _listed([row["line"] for row in clean["enclosures"]], ""),
        "one_addressee": f"{to[0]}." if len(to) == 1 else "",
        "addressee_lines": _listed(to, "- "),
        "ground_lines": _listed(clean["grounds"], ""),
        "distribution_lines": _listed(clean["distribution"], "- "),
        "draft_mark": say("word.draft_mark") if draft else "",
    }


def _listed(texts: list[str], sign: str) -> list[str]:
    """`- …;` for each text, `- ….` for the last one."""
    last = len(texts) - 1
    return [f"{sign}{text.rstrip(' ;.')}{'.' if place == last else ';'}" for place, text in enumerate(texts)]


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _NOT_TEXT.sub(" ", text))
