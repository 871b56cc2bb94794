"""The classes of a text with points: which are still possible with a total, under the caps."""

from __future__ import annotations

from collections.abc import Sequence

from antq_review.rules.model import Band
from antq_review.scoring.model.outcome import Interval, Truth
from antq_review.scoring.model.review_parts import CapFinding


def classes(bands: Sequence[Band], whole: Interval, caps: Sequence[CapFinding]) -> tuple[str, ...]:
    """The classes that are still possible for this range of the total and these caps, best first; no bands: empty."""
    names = [band.name for band in bands]
    possible, upper = set[int](), None
    for place, band in enumerate(bands):
        if (whole.high is None or whole.high >= band.at_least) and (upper is None or whole.low < upper):
            possible.add(place)
        upper = band.at_least
    for cap in caps:
        capped = {max(place, names.index(cap.highest)) for place in possible}
        if cap.truth is Truth.YES:
            possible = capped
        elif cap.truth is Truth.UNKNOWN:
            possible |= capped
    return tuple(names[place] for place in sorted(possible))
