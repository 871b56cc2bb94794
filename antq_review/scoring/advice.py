"""What to do first: the steps that would close what is open, those that close most first, each with its last day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from antq_review.scoring.review import Advice, Finding, Goal, GoalStatus, TextReview
from antq_review.text import say


@dataclass
class _Step:
    criteria: dict[str, None] = field(default_factory=dict)
    goals: dict[str, None] = field(default_factory=dict)
    points: Decimal = Decimal(0)
    days: list[date] = field(default_factory=list)


def to_do(texts: Sequence[TextReview], goals: Sequence[Goal]) -> tuple[Advice, ...]:
    """Every step that an open criterion or goal names, most criteria first, then most points, then most goals."""
    steps: dict[str, _Step] = {}
    for text in texts:
        for finding in text.findings:
            if not finding.settled.settled:
                for says in _settling(finding):
                    step = steps.setdefault(says, _Step())
                    step.criteria[say("scoring.advice.criterion", text=text.short, id=finding.id)] = None
                    step.points += (finding.settled.high or Decimal(0)) - (finding.settled.low or Decimal(0))
                    step.days.append(text.deadline)
    for goal in goals:
        for part in goal.parts:
            if goal.status is GoalStatus.OPEN and part.status is GoalStatus.OPEN:
                for says in dict.fromkeys(why.settles for why in part.reasons if why.settles):
                    steps.setdefault(says, _Step()).goals[say("scoring.advice.goal", id=goal.id)] = None
    ordered = sorted(steps.items(), key=lambda item: (-len(item[1].criteria), -item[1].points, -len(item[1].goals), item[0]))
    return tuple(
        Advice(
            says=says, closes=(*step.criteria, *step.goals), points=step.points, due_on=min(step.days) if step.days else None
        )
        for says, step in ordered
    )


def _settling(finding: Finding) -> Iterable[str]:
    return dict.fromkeys(why.settles for why in finding.reasons if why.settles)
