"""Tries each step on a copy of the evidence and orders the steps by their effect (outcomes, part 4).

1. Steps that mend faults of the forms, because until then the other effects are based on incomplete evidence.
2. Steps with a good effect, ordered by: most worse classes excluded; most points won; most criteria settled (a text
   without points has only criteria); most points considered in addition; least effort; most goals closed.
3. Steps whose effect is not known.
4. Steps that only settle a criterion or goal as not met: they are right to do, but they do not help.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod

from antq_review.scoring.advice.candidates import Finder, Open
from antq_review.scoring.advice.effect import Effect, effect_in_words, effect_of
from antq_review.scoring.advice.step import Effort, Recommendation, joined
from antq_review.scoring.advice.what_if import Baseline, EvidenceChange, outlook
from antq_review.scoring.model.review_parts import Advice
from antq_review.text import SILENT, Message, criterion_label, listing, tell

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
    def key(self) -> tuple[int, int, Decimal, int, Decimal, int, int, str]:
        """The sort key of the step; see the order above."""
        effect = self.effect
        place = 0 if self.step.repair else 2 if not self.step.promises else 1 if effect.helps else 3
        return (
            place, -effect.bands_won, -effect.points_won, -effect.criteria, -effect.considered,
            self.step.effort.rank, -len(effect.goals), str(self.step.says),  # equal steps stand in the order of their words
        )


def to_do(standing: Baseline) -> tuple[tuple[Advice, ...], int]:
    """The steps in order, and the number of steps that were not tried because there are too many."""
    tried, cut = try_steps(standing)
    return tuple(_advice(standing, one) for one in tried), cut


def try_steps(standing: Baseline) -> tuple[list[Tried], int]:
    """Every step with an effect or with an unknown effect, in order; and the number of steps that were not tried."""
    finder, trials = Finder(standing), _Trials(standing)
    for one in sorted(finder.everything_open(), key=lambda one: -one.points):
        trials.close(one)
    errors = finder.other_errors()
    tried = [*([Tried(errors, Effect())] if errors else []), *trials.done.values()]
    kept = _once(sorted(_smallest(_best_of_families(tried)), key=lambda one: one.key))
    return [one for place, one in enumerate(kept) if not any(_done_by(one, other) for other in kept[:place])], trials.cut


@dataclass
class _Trials:
    """Tries steps, each once, at most `MOST_TRIED`. `done`: the tried steps; `cut`: the number of further steps."""

    standing: Baseline
    done: dict[tuple[EvidenceChange, ...] | str, Tried] = field(default_factory=dict)
    cut: int = 0

    @property
    def full(self) -> bool:
        """Were `MOST_TRIED` steps tried already?"""
        return sum(bool(one.step.changes) for one in self.done.values()) >= MOST_TRIED

    def take(self, step: Recommendation) -> Tried | None:
        """Try a step. None: it was not tried, because the trials are full."""
        key = step.changes or str(step.says)  # two steps with the same words are one step for the reader
        if key not in self.done:
            if step.changes and self.full:
                self.cut += 1
                return None
            outlooks = [outlook(self.standing, change) for change in step.changes]
            self.done[key] = Tried(step, effect_of(self.standing, step, outlooks))
        return self.done[key]

    def close(self, one: Open) -> None:
        """Try the steps of an open criterion or goal: each alone; if none closes it, the fewest that do so together.

        If not even all steps together close it, no single step does, so none of them is tried for this criterion or
        goal.
        """
        parts = [step for step in one.steps if step.changes and step.effort is not Effort.MEET]
        whole = self._joint(parts, one) if len(parts) > 1 else None
        hopeless = len(parts) > 1 and whole is None and not self.full and _ways(parts) <= _MOST_WAYS
        tried = [self.take(step) for step in one.steps if not (hopeless and step in parts)]
        if whole is None or any(found is None or _closes(found.effect, one) for found in tried):
            return
        if not one.text and any(found.effect for found in tried if found):
            return  # a single step has an effect already; the next step for the goal appears after it is done
        self._keep_fewest(parts, whole, one)

    def _keep_fewest(self, steps: Sequence[Recommendation], whole: Tried, one: Open) -> None:
        for step in list(steps):
            fewer = [other for other in steps if other is not step]
            if len(fewer) > 1 and (smaller := self._joint(fewer, one)) is not None:
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


def _closes(effect: Effect, one: Open) -> bool:
    if one.text:
        return any(text.text == one.text and any(done.id == one.id for done in text.settled) for text in effect.texts)
    return any(goal.id == one.id for goal in effect.goals)


def _best_of_families(tried: Iterable[Tried]) -> list[Tried]:
    """Steps with an effect.

    If a form could be declared to several days: the day with the best effect, then the earliest.
    """
    kept: dict[str, Tried] = {}
    for one in tried:
        if one.step.promises and not one.effect:
            continue
        family = one.step.family or f"alone {len(kept)}"
        best = kept.get(family)
        if best is None or (one.key[:-1], _last_day(one)) < (best.key[:-1], _last_day(best)):
            kept[family] = one
    return list(kept.values())


def _last_day(one: Tried) -> date:
    return max((form.day for change in one.step.changes for form in change.declaring), default=date.min)


def _smallest(tried: Iterable[Tried]) -> list[Tried]:
    """The smallest step (least effort, fewest rows) of those with the same effect."""
    kept: dict[Effect | str, Tried] = {}
    for one in sorted(tried, key=lambda one: (one.step.effort.rank, one.rows, str(one.step.says))):
        kept.setdefault(one.effect or str(one.step.says), one)
    return list(kept.values())


def _once(tried: Iterable[Tried]) -> list[Tried]:
    """The first step of those with the same words: they differ only in the days of the rows that they would add."""
    kept: dict[str, Tried] = {}
    for one in tried:
        kept.setdefault(str(one.step.says), one)
    return list(kept.values())


def _done_by(small: Tried, whole: Tried) -> bool:
    """Is `small` a part of `whole`, where `whole` has every effect of it, needs no more effort and adds no harm?"""
    less, more = (
        {part for change in one.step.changes for part in (*change.declaring, *change.adding, *change.setting)} for one in (small, whole)
    )
    return (
        bool(less) and less < more and whole.effect.covers(small.effect) and whole.step.effort.rank <= small.step.effort.rank
        and (small.effect.harms or not whole.effect.harms)
    )


# --- as data of the review -------------------------------------------------------------------------------------------


def _advice(standing: Baseline, tried: Tried) -> Advice:
    step, effect = tried.step, tried.effect
    closes = [
        tell("scoring.advice.criterion", text=text.short, id=criterion_label(done.id)) for text in effect.texts for done in text.settled
    ]
    closes += [tell("scoring.advice.goal", id=goal.id) for goal in effect.goals]
    words = effect_in_words(effect) if step.promises else tell("what_if.effect.unknown")
    if step.assumes:
        words = tell("what_if.effect.with_assumption", effect=words, assumes=step.assumes)
    return Advice(
        says=step.says, closes=tuple(closes), points=effect.points_won, due_on=_due(standing, tried), promised=step.promises,
        effort=step.effort.value, assumes=step.assumes, effect=words, bands_removed=effect.bands_removed, texts=effect.texts,
        goals=effect.goals,
    )


def _due(standing: Baseline, tried: Tried) -> date | None:
    """The last day of the whole effect: the last day of the step, or the first due day of a text or goal it changes.

    The due day of a text is the school's own day of handing in; the texts give none. It is kept after it has passed, to
    show that the step is late. None: there is no such day.
    """
    profile = standing.evidence.profile
    own = profile.hand_in_by if profile is not None else None
    days = [own for _ in tried.effect.texts if own is not None]
    due = {goal.id: max(part.due_on for part in goal.parts) for goal in standing.goals}
    days += [due[goal.id] for goal in tried.effect.goals if due[goal.id] >= standing.as_of]
    if tried.step.latest is not None:
        days.append(tried.step.latest)
    return min(days, default=None)
