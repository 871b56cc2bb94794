"""What helps most: each step tried on a copy of the evidence, those with an effect in order of it (outcomes, part 4).

First what is faulty in the forms: until it is mended the rest stands on too little. Then the steps that rule out most worse
classes, then those that win most points, then – since a text without points knows only criteria – those that settle most
criteria, then those that bring most points under consideration, then the least effort. Then the steps whose effect nobody can
tell. Last those that only settle something as not met: right to do, but no help.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import prod
from typing import Any

from antq_review.scoring.advice.candidates import Finder, Open
from antq_review.scoring.advice.effect import Effect, effect_in_words, effect_of
from antq_review.scoring.advice.step import Effort, Recommendation, joined
from antq_review.scoring.advice.what_if import Baseline, EvidenceChange, outlook
from antq_review.scoring.model.review import criterion_label
from antq_review.scoring.model.review_parts import Advice
from antq_review.text import say

#: Steps that are tried; what is beyond is counted and said.
MOST_TRIED = 40
#: Ways in which a step made of several may turn out; more are not tried.
_MOST_WAYS = 4


@dataclass(frozen=True)
class Tried:
    """A step and what it would change."""

    step: Recommendation
    effect: Effect

    @property
    def rows(self) -> int:
        """Rows and declarations that the step asks for."""
        return max((change.size for change in self.step.changes), default=0)

    @property
    def key(self) -> tuple[Any, ...]:
        """Its place in the order."""
        effect = self.effect
        place = 0 if self.step.repair else 2 if not self.step.promises else 1 if effect.helps else 3
        return (
            place, -effect.bands_won, -effect.points_won, -effect.criteria, -effect.considered,
            self.step.effort.rank, -len(effect.goals), self.step.says,
        )


def to_do(standing: Baseline) -> tuple[tuple[Advice, ...], int]:
    """The steps in order, and how many were not tried because there are too many."""
    tried, cut = try_steps(standing)
    return tuple(_advice(standing, one) for one in tried), cut


def try_steps(standing: Baseline) -> tuple[list[Tried], int]:
    """Every step with an effect, or whose effect cannot be told, in order; and how many were not tried."""
    finder, trials = Finder(standing), _Trials(standing)
    for one in sorted(finder.everything_open(), key=lambda one: -one.points):
        trials.close(one)
    errors = finder.other_errors()
    tried = [*([Tried(errors, Effect())] if errors else []), *trials.done.values()]
    kept = sorted(_smallest(_best_of_families(tried)), key=lambda one: one.key)
    return [one for place, one in enumerate(kept) if not any(_done_by(one, other) for other in kept[:place])], trials.cut


@dataclass
class _Trials:
    """Tries steps, each once, up to `MOST_TRIED`."""

    standing: Baseline
    done: dict[tuple[EvidenceChange, ...] | str, Tried] = field(default_factory=dict)
    cut: int = 0

    @property
    def full(self) -> bool:
        """Were as many steps tried as may be?"""
        return sum(bool(one.step.changes) for one in self.done.values()) >= MOST_TRIED

    def take(self, step: Recommendation) -> Tried | None:
        """Try a step; None where it is one too many."""
        key = step.changes or step.says
        if key not in self.done:
            if step.changes and self.full:
                self.cut += 1
                return None
            outlooks = [outlook(self.standing, change) for change in step.changes]
            self.done[key] = Tried(step, effect_of(self.standing, step, outlooks))
        return self.done[key]

    def close(self, one: Open) -> None:
        """Try what might close it: each step alone, and where none does, the fewest that do so together.

        Where not even all of them together close it, none does alone, and none is tried for its sake.
        """
        parts = [step for step in one.steps if step.changes and step.effort is not Effort.MEET]
        whole = self._joint(parts, one) if len(parts) > 1 else None
        hopeless = len(parts) > 1 and whole is None and not self.full and _ways(parts) <= _MOST_WAYS
        tried = [self.take(step) for step in one.steps if not (hopeless and step in parts)]
        if whole is None or any(found is None or _closes(found.effect, one) for found in tried):
            return
        if not one.text and any(found.effect for found in tried if found):
            return  # the step that already does something comes first; the rest of the goal shows when it is done
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
            assumes=", ".join(dict.fromkeys(step.assumes for step in steps if step.assumes)),
            latest=min(days) if days else None,
        )
        found = Tried(step, effect_of(self.standing, step, [outlook(self.standing, change) for change in changes]))
        return found if _closes(found.effect, one) else None


def _ways(steps: Iterable[Recommendation]) -> int:
    """In how many ways these steps may turn out together."""
    return prod(len(step.changes) for step in steps)


def _closes(effect: Effect, one: Open) -> bool:
    if one.text:
        return any(text.text == one.text and any(done.id == one.id for done in text.settled) for text in effect.texts)
    return any(goal.id == one.id for goal in effect.goals)


def _best_of_families(tried: Iterable[Tried]) -> list[Tried]:
    """Steps with an effect. Of a form that could be declared to several days: the day that does most, the earliest of those."""
    kept: dict[str, Tried] = {}
    for one in tried:
        if one.step.promises and not one.effect:
            continue
        family = one.step.family or f"{one.step.says} {len(kept)}"
        best = kept.get(family)
        if best is None or (one.key[:-1], _last_day(one)) < (best.key[:-1], _last_day(best)):
            kept[family] = one
    return list(kept.values())


def _last_day(one: Tried) -> date:
    return max((form.day for change in one.step.changes for form in change.declaring), default=date.min)


def _smallest(tried: Iterable[Tried]) -> list[Tried]:
    """Of steps with one and the same effect the smallest: least effort, fewest rows."""
    kept: dict[Effect | str, Tried] = {}
    for one in sorted(tried, key=lambda one: (one.step.effort.rank, one.rows, one.step.says)):
        kept.setdefault(one.effect or one.step.says, one)
    return list(kept.values())


def _done_by(small: Tried, whole: Tried) -> bool:
    """Is a step a part of another that does all it does, is no more effort and has no drawback of its own?"""
    less, more = (
        {part for change in one.step.changes for part in (*change.declaring, *change.adding, *change.setting)} for one in (small, whole)
    )
    return (
        bool(less) and less < more and whole.effect.covers(small.effect) and whole.step.effort.rank <= small.step.effort.rank
        and (small.effect.harms or not whole.effect.harms)
    )


# --- as the review holds it ---------------------------------------------------------------------------------------------


def _advice(standing: Baseline, tried: Tried) -> Advice:
    step, effect = tried.step, tried.effect
    closes = [
        say("scoring.advice.criterion", text=text.short, id=criterion_label(done.id)) for text in effect.texts for done in text.settled
    ]
    closes += [say("scoring.advice.goal", id=goal.id) for goal in effect.goals]
    words = effect_in_words(effect) if step.promises else say("what_if.effect.unknown")
    if step.assumes:
        words = say("what_if.effect.with_assumption", effect=words, assumes=step.assumes)
    return Advice(
        says=step.says, closes=tuple(closes), points=effect.points_won, due_on=_due(standing, tried), promised=step.promises,
        effort=step.effort.value, assumes=step.assumes, effect=words, bands_removed=effect.bands_removed, texts=effect.texts,
        goals=effect.goals,
    )


def _due(standing: Baseline, tried: Tried) -> date | None:
    """The first day after which the step no longer helps something: its own last day, or a deadline of what it would close.

    A text whose deadline has passed keeps it: it is late, not without a day. None where nothing has a day.
    """
    deadlines = {text.id: text.deadline for text in standing.texts}
    days = [deadlines[text.text] for text in tried.effect.texts]
    due = {goal.id: max(part.due_on for part in goal.parts) for goal in standing.goals}
    days += [due[goal.id] for goal in tried.effect.goals if due[goal.id] >= standing.as_of]
    if tried.step.latest is not None:
        days.append(tried.step.latest)
    return min(days, default=None)
