"""What the tests of the report look with: the page as a reader meets it, and a school that typed hostile text everywhere."""

import re
from html.parser import HTMLParser

from antq_review.source import CellRef
from antq_review.text import literal

HOSTILE = "A & B <x> {{1+1}} =cmd <script>alert(1)</script>"
TYPED = literal(HOSTILE)


class Read(HTMLParser):
    """Tags with their attributes, and the text in reading order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.skipping = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.skipping = tag in ("style", "title")

    def handle_endtag(self, tag):
        if tag in ("style", "title"):
            self.skipping = False

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def read(shown) -> Read:
    return Read(shown.data)


def hostile(review):
    """The example with a hostile text in every place that comes from a workbook."""
    cell = CellRef(file=HOSTILE, sheet=HOSTILE, cell="B2", shown=HOSTILE)
    text = review.text("tt_124")
    score = text.findings[1].self_score.model_copy(update={"reason": HOSTILE, "minutes": HOSTILE, "verified_by": HOSTILE})
    finding = text.findings[1].model_copy(update={"self_score": score, "conflict": TYPED, "fact_cells": (cell,)})
    goal = review.goals[0]
    part = goal.parts[0].model_copy(update={"quote": HOSTILE, "corrected_quote": HOSTILE, "unit": HOSTILE, "in_charge": HOSTILE})
    table = review.tables[3]
    line = table.rows[0].model_copy(update={"label": TYPED, "note": TYPED, "group": TYPED})
    item = review.evidence_register[0].model_copy(update={"title": TYPED, "where": TYPED, "note": TYPED})
    problem = review.problems[0].model_copy(update={"file": HOSTILE, "says": TYPED, "found": HOSTILE, "remedy": TYPED})
    return review.model_copy(
        update={
            "school": review.school.model_copy(update={"name": HOSTILE, "commune": HOSTILE}),
            "texts": (text.model_copy(update={"findings": (finding,), "short": TYPED}), *review.texts[1:]),
            "goals": (goal.model_copy(update={"parts": (part,)}), *review.goals[1:]),
            "tables": (*review.tables[:3], table.model_copy(update={"rows": (line,), "notes": (TYPED,)}), *review.tables[4:]),
            "evidence_register": (item,), "problems": (problem,),
            "after_as_of": (cell,), "draft_reasons": (TYPED,), "warnings": (TYPED,),
            "files": (review.files[0].model_copy(update={"name": HOSTILE}),),
            "forms": (review.forms[0].model_copy(update={"missing_units": (HOSTILE,), "undeclared": (HOSTILE,), "cells": (cell,)}),),
        }
    )
