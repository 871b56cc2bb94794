"""The twelve layout checks, for any Word file; every departure has its rule and its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from antq_review.publish.word.layout_check import page as check_page
from antq_review.publish.word.layout_check import text as check_text
from antq_review.publish.word.layout_check.document import WordDocument
from antq_review.publish.word.layout_check.kind import PaperKind, kind_of
from antq_review.publish.word.open_docx import parts_of
from antq_review.text import say

#: The most places in the sentence about one departure.
_PLACES = 5

LayoutCheck = Callable[[WordDocument, PaperKind], Iterator[tuple[str, str]]]
#: Number of the rule → check, which yields (place, departure). The numbers are those of the list that schools receive.
CHECKS: dict[int, LayoutCheck] = {
    1: check_page.paper,
    2: check_page.letters,
    3: check_page.sizes,
    4: check_page.nation,
    5: check_page.page_numbers,
    6: check_text.addressed,
    7: check_text.kept,
    8: check_text.end_marks,
    9: check_text.annexes_named,
    10: check_text.blanks_and_leftovers,
    11: check_text.dates,
    12: check_page.signature_row,
}


@dataclass(frozen=True)
class Departure:
    """One departure from a rule, with all its places."""

    rule: int
    says: str
    places: tuple[str, ...]

    def line(self) -> str:
        """The sentence for the clerk: rule, departure, places."""
        shown = ", ".join(self.places[:_PLACES])
        more = len(self.places) - _PLACES
        where = say("word.check.more", places=shown, more=more) if more > 0 else shown
        return say("word.check.departure", rule=self.rule, about=say(f"word.check.about.r{self.rule}"), says=self.says, where=where)


def check_file(path: Path) -> list[Departure]:
    """Every departure of a Word file, in the order of the rules. Raises CannotDo for a file that is not a sound .docx."""
    return check_document(WordDocument(parts_of(path)))


def check_document(document: WordDocument) -> list[Departure]:
    """Every departure of an opened document."""
    kind = kind_of(document)
    found: dict[tuple[int, str], list[str]] = {}
    for rule, check in CHECKS.items():
        for where, what in check(document, kind):
            found.setdefault((rule, what), []).append(where)
    return [Departure(rule, what, tuple(dict.fromkeys(places))) for (rule, what), places in found.items()]
