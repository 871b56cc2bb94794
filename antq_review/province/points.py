"""The points of texts that have points, apart for every table that asks for something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.package.model import Summary, TextSummary
from antq_review.province.choose import Standing
from antq_review.province.law_words import short_of


@dataclass(frozen=True)
class TableGroup:
    """The schools whose text asks for the same with the same points. Points of different groups are never put together."""

    text: str
    asks: str
    schools: int
    illustrative: bool
    considered: Decimal | None
    total: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bands: Counter[str]
    open: int


def groups_of_points(schools: Iterable[tuple[Standing, Summary]]) -> list[TableGroup]:
    """The texts with points, grouped by (text, what it asks); the largest group first. An illustrative table gives no class."""
    found: dict[tuple[str, str], list[TextSummary]] = {}
    for _, summary in schools:
        for text in (one for one in summary.texts if one.total is not None):
            found.setdefault((text.id, text.asks), []).append(text)
    lines = [_group(asks, texts) for (_, asks), texts in found.items()]
    return sorted(lines, key=lambda line: (line.text, -line.schools, line.asks))


def _group(asks: str, texts: Sequence[TextSummary]) -> TableGroup:
    lows = [one.range.low for one in texts if one.range is not None]
    highs = [one.range.high for one in texts if one.range is not None and one.range.high is not None]
    illustrative = any(one.illustrative for one in texts)
    return TableGroup(
        short_of(texts[0].id), asks, len(texts), illustrative, texts[0].considered, texts[0].total,
        min(lows, default=None), max(highs, default=None),
        Counter() if illustrative else Counter(one.bands[0] for one in texts if len(one.bands) == 1),
        sum(len(one.bands) != 1 or one.illustrative for one in texts),
    )
