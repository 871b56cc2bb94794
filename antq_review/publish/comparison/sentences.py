"""Three sentences for the principal about this year and last year: on the texts, on the plan, on the work done."""

from __future__ import annotations

from collections.abc import Sequence

from antq_review.history.model import Comparison, ComparisonLine, LineKind, Moved
from antq_review.publish import wording as phrases
from antq_review.publish.comparison.lines import difference
from antq_review.text import say

_NAMED = 6
#: Rows that the third sentence names, in this order.
_SPOKEN = ("PL7/incidents.all", "PL3/activities.all", "PL4/models.effective")


def sentences(comparison: Comparison) -> list[str]:
    """Three sentences about the two newest years."""
    return [_texts(comparison), _plan(comparison), _work(comparison)]


def _texts(comparison: Comparison) -> str:
    lines = [line for line in comparison.of(LineKind.CRITERION) if line.last is not None]
    year = comparison.years[-2].year
    if not lines:
        return say("compare.say.no_texts", year=year)
    says = say("compare.say.texts", year=year, what=_moves(lines, "criterion"))
    points = [words for line in comparison.of(LineKind.TOTAL) if (words := _points(line))]
    return say("compare.say.with_points", says=says, points="; ".join(points)) if points else says + "."


def _points(line: ComparisonLine) -> str:
    """The change of the points of criteria with the same wording; empty if one of the years is not exactly known."""
    before, now = line.sides[-2:]
    if before is None or now is None or line.last is None or line.last.moved is Moved.NOT_COMPARABLE:
        return ""
    if before.low is None or now.low is None or before.low != before.high or now.low != now.high:
        return ""
    return say(
        f"compare.say.points_{_way(line)}", text=line.group_title, before=phrases.between(before.low, before.high),
        now=phrases.between(now.low, now.high),
    )


def _plan(comparison: Comparison) -> str:
    lines = [line for line in comparison.of(LineKind.GOAL) if line.last is not None]
    if not lines:
        return say("compare.say.no_plan")
    return say("compare.say.plan", what=_moves(lines, "goal")) + "."


def _work(comparison: Comparison) -> str:
    found = [words for key in _SPOKEN if (line := comparison.line(key)) is not None and (words := _number(line))]
    if not found:
        return say("compare.say.no_work")
    joined = "; ".join(found)
    return joined[:1].upper() + joined[1:] + "."


def _number(line: ComparisonLine) -> str:
    """`số vụ việc đã xác minh giảm từ 3 xuống 2`, or why the years cannot be compared."""
    name = say(f"compare.spoken.{line.key.partition('/')[2].replace('.', '_')}")
    if line.last is None:
        return ""
    if line.last.moved is Moved.NOT_COMPARABLE:
        why = str(line.last.says).rstrip(".")
        return say("compare.say.number_unknown", name=name, why=why[:1].lower() + why[1:])
    before, now = line.sides[-2:]
    assert before is not None and now is not None and before.low is not None and now.low is not None
    places = {"name": name, "before": phrases.between(before.low, before.high), "now": phrases.between(now.low, now.high)}
    said = say(f"compare.say.number_{_way(line)}", **places)
    share = line.last.share
    if not share:
        return said
    return say("compare.say.with_share", says=said, share=difference(line.last, now).rpartition("; ")[2])


def _way(line: ComparisonLine) -> str:
    """The direction of the number: up, down or level, regardless of which is better."""
    gap = line.last.gap_low if line.last is not None and line.last.gap_low is not None else 0
    return "up" if gap > 0 else "level" if line.last is not None and line.last.moved is Moved.UNCHANGED else "down"


def _moves(lines: Sequence[ComparisonLine], kind: str) -> str:
    """`2 tiêu chí tốt hơn (…), không có tiêu chí nào kém hơn, 5 tiêu chí không đổi, 1 tiêu chí chưa so sánh được (…)`."""
    parts = []
    for moved in (Moved.IMPROVED, Moved.DECLINED, Moved.UNCHANGED, Moved.NOT_COMPARABLE):
        found = [line for line in lines if line.last is not None and line.last.moved is moved]
        if not found and moved in (Moved.UNCHANGED, Moved.NOT_COMPARABLE):
            continue
        key = "none" if not found else "all" if len(found) == len(lines) else "some"
        names = "" if moved is Moved.UNCHANGED or key == "all" else _names(found)
        parts.append(say(f"compare.say.{kind}.{key}", count=len(found), moved=say(f"compare.moved.{moved.value}"), names=names))
        if key == "all":
            return parts[-1]
    return ", ".join(parts)


def _names(lines: Sequence[ComparisonLine]) -> str:
    """` (Thông tư 124: 4, 6; Quyết định 510: 3)`, the first few."""
    by_text: dict[str, list[str]] = {}
    for line in lines[:_NAMED]:
        by_text.setdefault(str(line.group_title) if line.kind is LineKind.CRITERION else "", []).append(line.id)
    shown = "; ".join(f"{text}: {', '.join(ids)}" if text else ", ".join(ids) for text, ids in by_text.items())
    left = len(lines) - _NAMED
    return say("compare.say.names_more", names=shown, count=left) if left > 0 else say("compare.say.names", names=shown)
