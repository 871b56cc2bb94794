"""The comparison of a review with the review of the year before, made once for all tables and chapters that need it."""

from __future__ import annotations

from antq_review.history.compare import compare
from antq_review.history.model import Comparison
from antq_review.scoring.model.review import Review

#: The last pair of reviews with its comparison. A review is immutable, so its identity is enough.
_last: tuple[Review, Review, Comparison] | None = None


def with_year_before(previous: Review, review: Review) -> Comparison:
    """The comparison of the two reviews, the earlier one first. Asked again for the same two objects, it is not made again."""
    global _last
    known = _last
    if known is None or known[0] is not previous or known[1] is not review:
        known = _last = (previous, review, compare((previous, review)))
    return known[2]
