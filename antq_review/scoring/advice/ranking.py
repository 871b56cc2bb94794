"""Tries each step on a copy of the evidence and orders the steps by their effect (outcomes, part 4).

1. Steps that mend faults of the forms, because until then the other effects are based on incomplete evidence.
2. Steps with a good effect, ordered by: most worse classes excluded; most points won; most criteria settled (a text
   without points has only criteria); most criteria met under at least one reading; most points considered in addition;
   least effort; most goals closed.
3. Steps whose effect is not known.
4. Steps that only settle a criterion or goal as not met: they are right to do, but they do not help.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from antq_review.scoring.advice.candidates import Finder
from antq_review.scoring.advice.effect import Effect, effect_in_words
from antq_review.scoring.advice.trials import Trials, Tried
from antq_review.scoring.advice.what_if import Baseline
from antq_review.scoring.model.review_parts import Advice
from antq_review.text import criterion_label, tell


def to_do(standing: Baseline) -> tuple[tuple[Advice, ...], int]:
    """The steps in order, and the number of steps that were not tried because there are too many."""
    tried, cut = try_steps(standing)
    return tuple(_advice(standing, one) for one in tried), cut


def try_steps(standing: Baseline) -> tuple[list[Tried], int]:
    """Every step with an effect or with an unknown effect, in order; and the number of steps that were not tried."""
    finder, trials = Finder(standing), Trials(standing)
    for one in sorted(finder.everything_open(), key=lambda one: -one.points):
        trials.close(one)
    errors = finder.other_errors()
    tried = [*([Tried(errors, Effect())] if errors else []), *trials.done.values()]
    kept = _once(sorted(_smallest(_best_of_families(tried)), key=lambda one: one.key))
    return [one for place, one in enumerate(kept) if not any(_done_by(one, other) for other in kept[:place])], trials.cut


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
