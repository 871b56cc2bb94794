"""The effect that a step can promise.

A step may have several possible outcomes. Only the effects that occur in all of them are promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from antq_review.rules.model import Award
from antq_review.scoring.advice.step import Recommendation
from antq_review.scoring.advice.what_if import Baseline, Scenario
from antq_review.scoring.model.outcome import Interval, Truth
from antq_review.scoring.model.review import Finding, Goal, GoalStatus, TextResult, TextReview
from antq_review.scoring.model.review_parts import GoalEffect, Settled, TextEffect
from antq_review.text import Listing, Message, criterion_label, listing, tell
from antq_review.text.message import Param

#: The final states of a goal.
_CLOSED = (GoalStatus.MET, GoalStatus.EXCEEDED, GoalStatus.NOT_MET)
#: Values of `becomes`: the result is settled but people decide which it is; points are settled.
EITHER, POINTS = "either", "points"


@dataclass(frozen=True)
class Effect:
    """The promised effect of a step: on every text that it changes, and on the goals that it closes.

    `bands_won`: number of classes and results that are no longer possible and are worse than the possible ones.
    """

    texts: tuple[TextEffect, ...] = ()
    goals: tuple[GoalEffect, ...] = ()
    bands_won: int = 0

    def __bool__(self) -> bool:
        return bool(self.texts or self.goals)

    @property
    def bands_removed(self) -> int:
        """Number of classes (for texts without points: results) that are no longer possible."""
        return sum(len(text.bands_removed) for text in self.texts)

    @property
    def helps(self) -> bool:
        """Does the step do more than settle a criterion or goal as not met, or points as lost?"""
        closed = any(
            one.becomes != Truth.NO.value and (one.becomes != POINTS or one.points is None) for text in self.texts for one in text.settled
        )
        met = any(goal.becomes != GoalStatus.NOT_MET.value for goal in self.goals)
        return closed or met or self.bands_won > 0 or self.points_won > 0 or self.by_reading > 0 or self.considered > 0

    @property
    def harms(self) -> bool:
        """Does it settle a criterion or goal as not met, or exclude a better class or result?"""
        return (
            self.bands_won < self.bands_removed or any(one.becomes == Truth.NO.value for text in self.texts for one in text.settled)
            or any(goal.becomes == GoalStatus.NOT_MET.value for goal in self.goals)
        )

    def covers(self, other: Effect) -> bool:
        """Does this step have every effect of the other step?"""
        texts = {text.text: text for text in self.texts}
        return set(other.goals) <= set(self.goals) and all(
            (mine := texts.get(text.text)) is not None and set(text.settled) <= set(mine.settled)
            and set(text.by_reading) <= {*mine.by_reading, *(done.id for done in mine.settled)}
            and set(text.bands_removed) <= set(mine.bands_removed) and text.points_won <= mine.points_won
            and text.considered <= mine.considered
            for text in other.texts
        )

    @property
    def points_won(self) -> Decimal:
        """Rise of the lower bound, summed over all texts. Unit: points."""
        return sum((text.points_won for text in self.texts), Decimal(0))

    @property
    def criteria(self) -> int:
        """Number of criteria that are settled."""
        return sum(len(text.settled) for text in self.texts)

    @property
    def by_reading(self) -> int:
        """Number of criteria that stay open, but are met from then on under at least one reading."""
        return sum(len(text.by_reading) for text in self.texts)

    @property
    def considered(self) -> Decimal:
        """Points that are considered in addition, because the text of their provision becomes known."""
        return sum((text.considered for text in self.texts), Decimal(0))


def effect_of(standing: Baseline, step: Recommendation, outlooks: Sequence[Scenario]) -> Effect:
    """The effects that occur in every one of the step's `outlooks`."""
    rules = dict(step.rules)
    texts, won = [], 0
    for place, text in enumerate(standing.texts):
        found = _of_text(text, [one.texts[place] for one in outlooks], rules.get(text.id, Decimal(0)))
        if found.settled or found.bands_removed or found.by_reading or found.considered or found.before != found.after:
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
        settled=tuple(_settled(before.findings, [one.findings for one in after])),
        by_reading=tuple(_by_reading(before.findings, [one.findings for one in after])), considered=considered,
    )


def _hull(ranges: Sequence[Interval]) -> Interval | None:
    if not ranges:
        return None
    highs = [one.high for one in ranges if one.high is not None]
    return Interval(low=min(one.low for one in ranges), high=max(highs) if len(highs) == len(ranges) else None)


def _removed(before: TextReview, after: Sequence[TextReview]) -> list[str]:
    """Classes that are possible in no outlook. A class between two possible classes stays possible."""
    if before.total is None:
        left = frozenset[TextResult]().union(*(results_left(one) for one in after))
        return sorted(result.value for result in results_left(before) - left)
    places = [before.bands.index(band) for one in after for band in one.bands if band in before.bands]
    if not places:
        return []
    return [band for place, band in enumerate(before.bands) if not min(places) <= place <= max(places)]


def _won(before: TextReview, removed: Sequence[str]) -> int:
    """Number of removed classes or results that are worse than all remaining ones. Classes are ordered best first."""
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


def _by_reading(before: Sequence[Finding], after: Sequence[Sequence[Finding]]) -> Iterator[str]:
    for place, finding in enumerate(before):
        found = [one[place] for one in after]
        stays_open = not finding.settled.settled and any(not one.settled.settled for one in found)
        if stays_open and not _met_by_a_reading(finding) and all(one.settled.settled or _met_by_a_reading(one) for one in found):
            yield finding.id


def _met_by_a_reading(finding: Finding) -> bool:
    """Is the finding met if every provision in it is read in the way that suits the school best?"""
    if finding.readings:
        return any(all(_met_by_a_reading(part) for part in reading.parts) for reading in finding.readings)
    if finding.parts:
        some = any if finding.award is Award.ANY_OF else all
        return some(_met_by_a_reading(part) for part in finding.parts)
    return finding.computed.truth in (Truth.YES, Truth.NOT_APPLICABLE)


def _of_goals(before: Sequence[Goal], after: Sequence[Sequence[Goal]]) -> Iterator[GoalEffect]:
    for place, goal in enumerate(before):
        found = {one[place].status for one in after}
        if found and found <= set(_CLOSED) and goal.status not in (*found, GoalStatus.MET, GoalStatus.EXCEEDED):
            yield GoalEffect(id=goal.id, becomes=found.pop().value if len(found) == 1 else EITHER)


# --- in words ----------------------------------------------------------------------------------------------------------


def effect_in_words(effect: Effect) -> Message:
    """In words: `Quyết định 510: từ 9–12 lên 10–12 điểm, chốt mục 4a; Kế hoạch: chốt chỉ tiêu II.2-4 (đạt)`."""
    said = [tell("what_if.effect.text", text=text.short, said=listing(_of_one_text(text))) for text in effect.texts]
    for becomes, ids in _grouped((goal.becomes, goal.id) for goal in effect.goals):
        said.append(_closed("goals", becomes, ids))
    return tell("what_if.effect.whole", said=listing(said, "; "))


def _of_one_text(text: TextEffect) -> Iterator[Message]:
    if text.before and text.after and text.before != text.after:
        way = tell("what_if.effect.up" if text.points_won > 0 else "what_if.effect.narrower")
        yield tell("what_if.effect.range", before=_between(text.before), way=way, after=_between(text.after))
    if text.bands_removed and text.before:
        yield tell("what_if.effect.bands", bands=listing(text.bands_removed))
    elif text.bands_removed:
        out = [tell(f"what_if.result.{result}") for result in text.bands_removed]
        yield tell("what_if.effect.results", out=listing(out))
    items = [one for one in text.settled if one.becomes == POINTS]
    for known in (True, False):
        if ids := listing(criterion_label(one.id) for one in items if (one.points is not None) is known):
            yield tell("what_if.effect.items" if known else "what_if.effect.items_either", ids=ids)
    for becomes, ids in _grouped((one.becomes, criterion_label(one.id)) for one in text.settled if one not in items):
        yield _closed("criteria", becomes, ids)
    if text.by_reading:
        kind = "criteria_by_reading" if text.before is None else "items_by_reading"
        yield tell(f"what_if.effect.{kind}", ids=listing(criterion_label(name) for name in text.by_reading))
    if text.considered:
        yield tell("what_if.effect.considered", points=text.considered)


def _closed(what: str, becomes: str, ids: Listing) -> Message:
    if becomes == EITHER:
        return tell(f"what_if.effect.{what}_either", ids=ids)
    return tell(f"what_if.effect.{what}", ids=ids, becomes=tell(f"what_if.becomes.{becomes}"))


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Listing]]:
    groups: dict[str, list[str]] = {}
    for becomes, name in pairs:
        groups.setdefault(becomes, []).append(name)
    return [(becomes, listing(names)) for becomes, names in groups.items()]


def _between(interval: Interval) -> Param:
    if interval.high is None or interval.settled:
        return interval.low
    return tell("what_if.effect.between", low=interval.low, high=interval.high)


def results_left(text: TextReview) -> frozenset[TextResult]:
    """The results that are still possible for a text without points."""
    if text.result is TextResult.INSUFFICIENT:
        return frozenset({TextResult.MET, TextResult.NOT_MET})
    return frozenset({text.result}) if text.result else frozenset()
