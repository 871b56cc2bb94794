"""Lines of a comparison under their headings: which a table shows, which one sentence gathers, how many moved which way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from antq_review.history.model import OPEN, Comparison, ComparisonLine, LineKind, Moved, Why
from antq_review.publish.comparison.lines import name, reasons, value
from antq_review.text import say

#: Years that a page or a sheet of paper has room for; the workbook and the figures show all.
YEARS_SHOWN = 4
_STILL = (Moved.NOT_COMPARABLE, Moved.UNCHANGED)

# --- tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Lines under one heading. `shown`: those in the table; `same`: unchanged in all years shown, gathered; `refused`: reason →
    measures and rows that moved nowhere, but that could not be compared in every pair of years for that reason.
    """

    title: str
    shown: tuple[ComparisonLine, ...]
    same: tuple[ComparisonLine, ...]
    refused: tuple[tuple[str, tuple[ComparisonLine, ...]], ...]


def first_shown(comparison: Comparison) -> int:
    """Index of the first year that a page shows."""
    return max(0, len(comparison.years) - YEARS_SHOWN)


def blocks(comparison: Comparison, kinds: Sequence[LineKind], *groups: str, all_of: Sequence[LineKind] = ()) -> list[Block]:
    """Lines of these kinds under their headings. `groups`: only these; `all_of`: kinds whose unchanged lines are shown too."""
    first = first_shown(comparison)
    by_group: dict[str, list[ComparisonLine]] = {}
    for line in comparison.of(*kinds):
        if not groups or line.group in groups:
            by_group.setdefault(line.group_title, []).append(line)
    return [_block(title, lines, first, all_of) for title, lines in by_group.items()]


def _block(title: str, lines: Iterable[ComparisonLine], first: int, all_of: Sequence[LineKind]) -> Block:
    shown, same, refused = [], [], {}
    for line in lines:
        changes = [change for change in line.changes[first:] if change is not None]
        if line.kind not in all_of and all(change.moved is Moved.UNCHANGED for change in changes):
            same.append(line)
        elif line.kind in (LineKind.ROW, LineKind.MEASURE) and all(change.moved in _STILL for change in changes):
            refused.setdefault(" ".join(reasons(line, first)), []).append(line)
        else:
            shown.append(line)
    return Block(title, tuple(shown), tuple(same), tuple((why, tuple(of)) for why, of in refused.items()))


def gathered(same: Sequence[ComparisonLine]) -> list[str]:
    """Lines that one sentence gathers; measures of the plan only where their goal itself moved."""
    goals = {line.id for line in same if line.kind is LineKind.GOAL}
    names = [
        f"{name(line)} ({value(line, line.sides[-1])})" if line.kind is LineKind.ROW else name(line)
        for line in same if line.group != "plan" or line.kind is LineKind.GOAL or line.key.split("/")[1] not in goals
    ]
    return list(dict.fromkeys(names))


# --- counts --------------------------------------------------------------------------------------------------------

#: What the table of counts counts, in its order.
COUNTED = (Moved.IMPROVED, Moved.DECLINED, Moved.HIGHER, Moved.LOWER, Moved.UNCHANGED, Moved.NOT_COMPARABLE)


def counts(comparison: Comparison) -> list[tuple[str, list[tuple[int, int, Counter[Moved]]]]]:
    """(what, [(year before, year, how many lines moved how)]) for criteria, sentences of the plan, measures, rows."""
    kinds = (LineKind.CRITERION, LineKind.GOAL, LineKind.MEASURE, LineKind.ROW)
    return [(say(f"compare.kinds.{kind.value}"), [
        (before.year, now.year, Counter(line.changes[index].moved for line in comparison.of(kind) if line.changes[index]))
        for index, (before, now) in enumerate(pairwise(comparison.years))
    ]) for kind in kinds]


def open_lines(comparison: Comparison) -> int:
    """Lines whose newest change better evidence would show."""
    return sum(line.last is not None and line.last.why in OPEN for line in comparison.lines)


def altered(comparison: Comparison) -> list[ComparisonLine]:
    """Criteria that cannot be compared because their text changed."""
    return [line for line in comparison.of(LineKind.CRITERION) if any(change and change.why is Why.TEXT for change in line.changes)]
