"""Lines of a comparison under headings: lines for a table, lines for one sentence, and counts of the changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from antq_review.history.model import OPEN, Comparison, ComparisonLine, LineKind, Moved, Why
from antq_review.publish.comparison.lines import name, reasons, value
from antq_review.text import say

#: Number of years that fit on a page; the workbook and the figures show all.
YEARS_SHOWN = 4
_STILL = (Moved.NOT_COMPARABLE, Moved.UNCHANGED)

# --- tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Lines under one heading.

    `shown`: the lines of the table; `same`: lines that are unchanged in all years shown, for one sentence; `refused`:
    reason with the measures and rows that never changed, but could not be compared in every pair of years for that
    reason.
    """

    title: str
    shown: tuple[ComparisonLine, ...]
    same: tuple[ComparisonLine, ...]
    refused: tuple[tuple[str, tuple[ComparisonLine, ...]], ...]


def first_shown(comparison: Comparison) -> int:
    """The index of the first year on a page."""
    return max(0, len(comparison.years) - YEARS_SHOWN)


def blocks(comparison: Comparison, kinds: Sequence[LineKind], *groups: str, all_of: Sequence[LineKind] = ()) -> list[Block]:
    """Lines of these kinds under headings.

    `groups`: only these; `all_of`: kinds whose unchanged lines are shown too.
    """
    first = first_shown(comparison)
    by_group: dict[str, list[ComparisonLine]] = {}
    for line in comparison.of(*kinds):
        if not groups or line.group in groups:
            by_group.setdefault(str(line.group_title), []).append(line)
    return [_block(title, lines, first, all_of) for title, lines in by_group.items()]


def _block(title: str, lines: Iterable[ComparisonLine], first: int, all_of: Sequence[LineKind]) -> Block:
    shown: list[ComparisonLine] = []
    same: list[ComparisonLine] = []
    refused: dict[str, list[ComparisonLine]] = {}
    for line in lines:
        changes = [change for change in line.changes[first:] if change is not None]
        if line.kind not in all_of and all(change.moved is Moved.UNCHANGED for change in changes):
            same.append(line)
        elif line.kind in (LineKind.ROW, LineKind.MEASURE) and all(change.moved in _STILL for change in changes):
            refused.setdefault(" ".join(reasons(line, first)), []).append(line)
        else:
            shown.append(line)
    return Block(title, tuple(shown), tuple(same), tuple((why, tuple(of)) for why, of in refused.items()))


def gathered(block: Block) -> list[str]:
    """The names of a block's unchanged lines for one sentence; measures of the plan only if their goal is not among them.

    A part is named with its reading if another reading of it stands elsewhere in the block.
    """
    goals = {line.id for line in block.same if line.kind is LineKind.GOAL}
    moved = {line.id for line in (*block.shown, *(line for _, of in block.refused for line in of)) if line.reading}
    names = [
        f"{name(line)} ({value(line, line.sides[-1])})" if line.kind is LineKind.ROW
        else line.id if line.reading and line.id not in moved else name(line)
        for line in block.same if line.group != "plan" or line.kind is LineKind.GOAL or line.key.split("/")[1] not in goals
    ]
    return list(dict.fromkeys(names))


# --- counts --------------------------------------------------------------------------------------------------------

#: Columns of the table of counts, in order.
COUNTED = (Moved.IMPROVED, Moved.DECLINED, Moved.HIGHER, Moved.LOWER, Moved.UNCHANGED, Moved.NOT_COMPARABLE)


def counts(comparison: Comparison) -> list[tuple[str, list[tuple[int, int, Counter[Moved]]]]]:
    """(kind, [(year before, year, number of lines by Moved)]) for criteria, goals, measures and rows."""
    kinds = (LineKind.CRITERION, LineKind.GOAL, LineKind.MEASURE, LineKind.ROW)
    years = list(enumerate(pairwise(comparison.years)))
    return [(say(f"compare.kinds.{kind.value}"), [
        (before.year, now.year, Counter(one.moved for line in comparison.of(kind) if (one := line.changes[index])))
        for index, (before, now) in years
    ]) for kind in kinds]


def open_lines(comparison: Comparison) -> int:
    """The number of lines whose newest change is not known, but better evidence can show it."""
    return sum(line.last is not None and line.last.why in OPEN for line in comparison.lines)


def altered(comparison: Comparison) -> list[ComparisonLine]:
    """Criteria that cannot be compared because their text changed."""
    return [line for line in comparison.of(LineKind.CRITERION) if any(change and change.why is Why.TEXT for change in line.changes)]
