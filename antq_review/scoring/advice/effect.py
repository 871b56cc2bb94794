"""What a step's outlooks have in common, against where the school stands: the effect that may be promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.scoring.advice.step import Recommendation
from antq_review.scoring.advice.what_if import Baseline, Scenario
from antq_review.scoring.model.outcome import Interval, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalStatus, TextResult, TextReview, criterion_label
from antq_review.scoring.model.review_parts import GoalEffect, Settled, TextEffect
from antq_review.text import number, say

#: Goals about which the last word is said.
_CLOSED = (GoalStatus.MET, GoalStatus.EXCEEDED, GoalStatus.NOT_MET)
#: Becomes something, and which depends on what people will say.
EITHER, POINTS = "either", "points"


@dataclass(frozen=True)
class Effect:
    """What is promised of a step: for every text that it changes, and the goals that it closes.

    `bands_won`: of the classes and results that are no longer possible, those worse than what is left.
    """

    texts: tuple[TextEffect, ...] = ()
    goals: tuple[GoalEffect, ...] = ()
    bands_won: int = 0

    def __bool__(self) -> bool:
        return bool(self.texts or self.goals)

    @property
    def bands_removed(self) -> int:
        """Classes, or results of a text without points, that are no longer possible."""
        return sum(len(text.bands_removed) for text in self.texts)

    @property
    def helps(self) -> bool:
        """Does it do more than settle something as not met, or points as lost?"""
        closed = any(
            one.becomes != Truth.NO.value and (one.becomes != POINTS or one.points is None) for text in self.texts for one in text.settled
        )
        met = any(goal.becomes != GoalStatus.NOT_MET.value for goal in self.goals)
        return closed or met or self.bands_won > 0 or self.points_won > 0 or self.considered > 0

    @property
    def harms(self) -> bool:
        """Does it settle something as not met, or put a better class or result out of reach?"""
        return (
            self.bands_won < self.bands_removed or any(one.becomes == Truth.NO.value for text in self.texts for one in text.settled)
            or any(goal.becomes == GoalStatus.NOT_MET.value for goal in self.goals)
        )

    def covers(self, other: Effect) -> bool:
        """Is everything that another step does done by this one too?"""
        texts = {text.text: text for text in self.texts}
        return set(other.goals) <= set(self.goals) and all(
            (mine := texts.get(text.text)) is not None and set(text.settled) <= set(mine.settled)
            and set(text.bands_removed) <= set(mine.bands_removed) and text.points_won <= mine.points_won
            and text.considered <= mine.considered
            for text in other.texts
        )

    @property
    def points_won(self) -> Decimal:
        """Rise of the low end, over all texts."""
        return sum((text.points_won for text in self.texts), Decimal(0))

    @property
    def criteria(self) -> int:
        """Criteria settled."""
        return sum(len(text.settled) for text in self.texts)

    @property
    def considered(self) -> Decimal:
        """Points that come under consideration."""
        return sum((text.considered for text in self.texts), Decimal(0))


def effect_of(standing: Baseline, step: Recommendation, outlooks: Sequence[Scenario]) -> Effect:
    """What holds in every outlook of the step."""
    rules = dict(step.rules)
    texts, won = [], 0
    for place, text in enumerate(standing.texts):
        found = _of_text(text, [one.texts[place] for one in outlooks], rules.get(text.id, Decimal(0)))
        if found.settled or found.bands_removed or found.considered or found.before != found.after:
            texts.append(found)
            won += _won(text, found.bands_removed)
    return Effect(tuple(texts), tuple(_of_goals(standing.goals, [one.goals for one in outlooks])), won)


def _of_text(before: TextReview, after: Sequence[TextReview], considered: Decimal) -> TextEffect:
    whole, bands = before.range, list[str]()
    if after:
        whole = _hull([one.range for one in after if one.range is not None])
        bands = _removed(before, after)
    won = whole.low - before.range.low if whole and before.range else Decimal(0)
    return TextEffect(
        text=before.id, short=before.short, before=before.range, after=whole, points_won=won, bands_removed=tuple(bands),
        settled=tuple(_settled(before.findings, [one.findings for one in after])), considered=considered,
    )


def _hull(ranges: Sequence[Interval]) -> Interval | None:
    if not ranges:
        return None
    highs = [one.high for one in ranges if one.high is not None]
    return Interval(low=min(one.low for one in ranges), high=max(highs) if len(highs) == len(ranges) else None)


def _removed(before: TextReview, after: Sequence[TextReview]) -> list[str]:
    """Classes that no outlook leaves possible; between two possible ones everything stays possible."""
    if before.total is None:
        left = frozenset[TextResult]().union(*(results_left(one) for one in after))
        return sorted(result.value for result in results_left(before) - left)
    places = [before.bands.index(band) for one in after for band in one.bands if band in before.bands]
    if not places:
        return []
    return [band for place, band in enumerate(before.bands) if not min(places) <= place <= max(places)]


def _won(before: TextReview, removed: Sequence[str]) -> int:
    """How many of the removed classes or results are worse than all that is left; classes stand best first."""
    if before.total is None:
        return removed.count(TextResult.NOT_MET.value)
    left = [place for place, band in enumerate(before.bands) if band not in removed]
    return sum(before.bands.index(band) > max(left) for band in removed) if left else 0


def _settled(before: Sequence[Finding], after: Sequence[Sequence[Finding]]) -> Iterator[Settled]:
    for place, finding in enumerate(before):
        found = [one[place].settled for one in after]
        if not finding.settled.settled and found and all(one.settled for one in found):
            if finding.points is None:
                truths = {one.truth.value for one in found}
                yield Settled(id=finding.id, becomes=truths.pop() if len(truths) == 1 else EITHER)
            else:
                points = {one.low for one in found}
                yield Settled(id=finding.id, becomes=POINTS, points=points.pop() if len(points) == 1 else None)


def _of_goals(before: Sequence[Goal], after: Sequence[Sequence[Goal]]) -> Iterator[GoalEffect]:
    for place, goal in enumerate(before):
        found = {one[place].status for one in after}
        if found and found <= set(_CLOSED) and goal.status not in (*found, GoalStatus.MET, GoalStatus.EXCEEDED):
            yield GoalEffect(id=goal.id, becomes=found.pop().value if len(found) == 1 else EITHER)


# --- in words ----------------------------------------------------------------------------------------------------------


def effect_in_words(effect: Effect) -> str:
    """`Quyết định 510: từ 9–12 lên 10–12 điểm, chốt mục 4a; Kế hoạch: chốt chỉ tiêu II.2-4 (đạt)`."""
    said = [say("what_if.effect.text", text=text.short, said=", ".join(_of_one_text(text))) for text in effect.texts]
    for becomes, ids in _grouped((goal.becomes, goal.id) for goal in effect.goals):
        said.append(_closed("goals", becomes, ids))
    return "; ".join(said)


def _of_one_text(text: TextEffect) -> Iterator[str]:
    if text.before and text.after and text.before != text.after:
        way = say("what_if.effect.up" if text.points_won > 0 else "what_if.effect.narrower")
        yield say("what_if.effect.range", before=_between(text.before), way=way, after=_between(text.after))
    if text.bands_removed and text.before:
        yield say("what_if.effect.bands", bands=", ".join(text.bands_removed))
    elif text.bands_removed:
        out = ", ".join(say(f"what_if.result.{result}") for result in text.bands_removed)
        yield say("what_if.effect.results", out=out)
    items = [one for one in text.settled if one.becomes == POINTS]
    for known in (True, False):
        if ids := ", ".join(criterion_label(one.id) for one in items if (one.points is not None) is known):
            yield say("what_if.effect.items" if known else "what_if.effect.items_either", ids=ids)
    for becomes, ids in _grouped((one.becomes, criterion_label(one.id)) for one in text.settled if one not in items):
        yield _closed("criteria", becomes, ids)
    if text.considered:
        yield say("what_if.effect.considered", points=number(text.considered))


def _closed(what: str, becomes: str, ids: str) -> str:
    if becomes == EITHER:
        return say(f"what_if.effect.{what}_either", ids=ids)
    return say(f"what_if.effect.{what}", ids=ids, becomes=say(f"what_if.becomes.{becomes}"))


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for becomes, name in pairs:
        groups.setdefault(becomes, []).append(name)
    return [(becomes, ", ".join(names)) for becomes, names in groups.items()]


def _between(interval: Interval) -> str:
    low = number(interval.low)
    if interval.high is None or interval.settled:
        return low
    return say("what_if.effect.between", low=low, high=number(interval.high))


def results_left(text: TextReview) -> frozenset[TextResult]:
    """The results that a text without points still allows."""
    if text.result is TextResult.INSUFFICIENT:
        return frozenset({TextResult.MET, TextResult.NOT_MET})
    return frozenset({text.result}) if text.result else frozenset()
