"""The codes of the evidence register beside a criterion or a goal."""

from __future__ import annotations

from antq_review.scoring.model.review import Review
from antq_review.text import say

#: So many codes are printed; the others are counted.
_CODES_SHOWN = 5


def codes_of(review: Review) -> dict[str, list[str]]:
    """Provision or goal → codes of its evidence, in the order of the register. Names as in `RegisterItem.serves`."""
    found: dict[str, list[str]] = {}
    for item in review.evidence_register:
        for name in item.serves:
            found.setdefault(name, []).append(item.code)
    return found


def codes(known: dict[str, list[str]], name: str) -> str:
    """The codes printed beside a criterion or a goal: the first few, and the number of further ones."""
    every = known.get(name, [])
    first = ", ".join(every[:_CODES_SHOWN])
    left = len(every) - _CODES_SHOWN
    return say("publish.numbers.more_codes", codes=first, count=left) if left > 0 else first
