"""The wording of a criterion: what the text itself says, however the rules split and read it.

A text stays the same when the rules come to hold a reading more, a longer quote of a part or another measure. So the
parts and the readings count only with the words that they add, as Article 6 adds to the criterion that points to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TypeVar

from antq_review.rules import Award, Provision
from antq_review.scoring.model.review import Finding
from antq_review.text import fold

_One = TypeVar("_One", Finding, Provision)
#: Ways in which a text itself spreads its points; the other ways are how the rules read its words.
_SPREAD = frozenset({Award.STEPS, Award.PER_UNIT, Award.ANY_OF, Award.UNREAD})


def asked(finding: Finding) -> str:
    """A hash of the wording of a criterion, with its points. Spacing and capitals do not change it, nor do readings."""
    return hashlib.sha256(json.dumps(wording(finding), ensure_ascii=False).encode("utf-8")).hexdigest()


def wording(one: _One) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The quotes that no other quote contains, and the points with their quote; without the numbers of provisions.

    A criterion that only got another number keeps its wording.
    """
    every = list(every_part(one))
    quotes = list(dict.fromkeys(fold(part.text) for part in every))
    points = dict.fromkeys(
        (fold(part.text), str(part.points.normalize()), part.award.value if part.award in _SPREAD else "")
        for part in every if part.points is not None
    )
    return [quote for quote in quotes if not any(quote != other and quote in other for other in quotes)], list(points)


def every_part(one: _One) -> Iterator[_One]:
    """The criterion and everything below it, depth first: itself, its parts, then the parts of its readings."""
    yield one
    for part in one.parts:
        yield from every_part(part)
    for reading in one.readings:
        for part in reading.parts:
            yield from every_part(part)
