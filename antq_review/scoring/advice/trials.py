"""Tries steps on a copy of the evidence: each alone, and the fewest that close a criterion or goal together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from math import prod

from antq_review.scoring.advice.candidates import Open
from antq_review.scoring.advice.effect import Effect, effect_of
from antq_review.scoring.advice.step import Effort, Recommendation, joined
from antq_review.scoring.advice.what_if import Baseline, EvidenceChange, outlook
from antq_review.text import SILENT, Message, listing, tell

#: How many steps are tried. Further steps are only counted, and the review contains their number.
MOST_TRIED = 40
#: A joint step is tried only if it has at most this many possible outcomes.
_MOST_WAYS = 4


@dataclass(frozen=True)
class Tried:
    """A step and its effect."""

    step: Recommendation
    effect: Effect

    @property
    def rows(self) -> int:
        """Number of rows and declarations that the step needs."""
        return max((change.size for change in self.step.changes), default=0)

    @property
    def key(self) -> tuple[int, int, Decimal, int, int, Decimal, int, int, str]:
        """The sort key of the step; see the order in `ranking`."""
        effect = self.effect
        place = 0 if self.step.repair else 2 if not self.step.promises else 1 if effect.helps else 3
        return (
            place, -effect.bands_won, -effect.points_won, -effect.criteria, -effect.by_reading, -effect.considered,
            self.step.effort.rank, -len(effect.goals), str(self.step.says),  # equal steps stand in the order of their words
        )


@dataclass
class Trials:
    """Tries steps, each once, at most `MOST_TRIED`. `done`: the tried steps; `cut`: the number of further steps."""

    standing: Baseline
    done: dict[tuple[EvidenceChange, ...] | str, Tried] = field(default_factory=dict)
    cut: int = 0

    @property
    def room(self) -> int:
        """How many more steps may be tried."""
        return MOST_TRIED - sum(bool(one.step.changes) for one in self.done.values())

    @property
    def full(self) -> bool:
        """Were `MOST_TRIED` steps tried already?"""
        return self.room <= 0

    def take(self, step: Recommendation) -> Tried | None:
        """Try a step. None: it was not tried, because the trials are full."""
        key = step.changes or str(step.says)  # two steps with the same words are one step for the reader
        if key in self.done:
            known = self.done[key]
            self.done[key] = replace(known, step=known.step.by(step.latest))
        elif step.changes and self.full:
            self.cut += 1
            return None
        else:
            outlooks = [outlook(self.standing, change) for change in step.changes]
            self.done[key] = Tried(step, effect_of(self.standing, step, outlooks))
        return self.done[key]

    def close(self, one: Open) -> None:
        """Try the steps of an open criterion or goal: each alone; if none closes it, the fewest that do so together.

        A criterion whose readings differ may only be brought to be met under one of them. If not even all steps together
        do either, no single step does, so none of them is tried for this criterion or goal. Where there is no room to try
        each alone, the fewest together take the place of one.
        """
        parts = [step for step in one.steps if step.changes and step.effort is not Effort.MEET]
        whole = self._joint(parts, one) if len(parts) > 1 else None
        hopeless = len(parts) > 1 and whole is None and not self.full and _ways(parts) <= _MOST_WAYS
        new = [step for step in parts if step.changes not in self.done]
        if whole is not None and len(new) > self.room:
            self.cut += len(new)
            self._keep_fewest(parts, whole, one, least=1)
            for step in one.steps:
                if step not in parts:
                    self.take(step)
            return
        tried = [self.take(step) for step in one.steps if not (hopeless and step in parts)]
        if whole is None or any(found is None or _closes(found.effect, one) >= _closes(whole.effect, one) for found in tried):
            return
        if not one.text and any(found.effect for found in tried if found):
            return  # a single step has an effect already; the next step for the goal appears after it is done
        self._keep_fewest(parts, whole, one)

    def _keep_fewest(self, steps: Sequence[Recommendation], whole: Tried, one: Open, least: int = 2) -> None:
        for step in list(steps):
            fewer = [other for other in steps if other is not step]
            smaller = self._joint(fewer, one) if len(fewer) >= least else None
            if smaller is not None and _closes(smaller.effect, one) >= _closes(whole.effect, one):
                steps, whole = fewer, smaller
        self.done[whole.step.changes] = whole

    def _joint(self, steps: Sequence[Recommendation], one: Open) -> Tried | None:
        if self.full or _ways(steps) > _MOST_WAYS:
            return None
        changes = tuple(sum(way, EvidenceChange()) for way in product(*(step.changes for step in steps)))
        days = [step.latest for step in steps if step.latest]
        step = Recommendation(
            joined(step.says for step in steps), max((step.effort for step in steps), key=lambda effort: effort.rank), changes,
            assumes=_assumed(steps),
            latest=min(days) if days else None,
        )
        found = Tried(step, effect_of(self.standing, step, [outlook(self.standing, change) for change in changes]))
        return found if _closes(found.effect, one) else None


def _assumed(steps: Iterable[Recommendation]) -> Message:
    """The conditions of several steps together, each once."""
    each = list(dict.fromkeys(step.assumes for step in steps if step.assumes))
    if len(each) > 1:
        return tell("what_if.assumes.several", each=listing(each))
    return each[0] if each else SILENT


def _ways(steps: Iterable[Recommendation]) -> int:
    """Number of possible outcomes of these steps together."""
    return prod(len(step.changes) for step in steps)


def _closes(effect: Effect, one: Open) -> int:
    """2: the criterion or goal is settled; 1: the criterion is met under at least one reading; 0: neither."""
    if not one.text:
        return 2 if any(goal.id == one.id for goal in effect.goals) else 0
    texts = [text for text in effect.texts if text.text == one.text]
    if any(done.id == one.id for text in texts for done in text.settled):
        return 2
    return 1 if any(one.id in text.by_reading for text in texts) else 0
